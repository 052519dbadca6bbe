import type { AlarmRow, AssetHealth, HazardRow, PermitRow } from '../../../src-shared/contract/index.ts';
import type { Clock, Log, Table } from '../../../src-shared/kernel/index.ts';
import type { Sql } from '../../platform/sql.ts';
import type { Inspection } from '../inspection/index.ts';
import type { People } from '../people/index.ts';
import type { Registry } from '../registry/index.ts';
import type { LastValues, WeatherWatch } from './weather.ts';

/** What risk needs of the other modules. */
export type RiskDependencies = {
  readonly registry: Registry;
  readonly values: LastValues;
  /** The station's; its own watch of the mast without one. */
  readonly weather?: WeatherWatch;
  readonly people: Pick<People, 'positions' | 'isStale'> & { readonly cameraEvents: Pick<People['cameraEvents'], 'rows'> };
  readonly alarms: { readonly table: Pick<Table<string, AlarmRow>, 'rows'> };
  readonly inference: { readonly assets: Pick<Table<string, AssetHealth>, 'rows'> };
  readonly permits: { readonly table: Pick<Table<string, PermitRow>, 'rows'> };
  readonly hazards: { readonly table: Pick<Table<string, HazardRow>, 'rows'> };
  readonly inspection: Pick<Inspection, 'overdue' | 'expiredQualifications' | 'plansWithin'>;
  /** An `engines` worker of its own, started with the plant model as its data: a cold risk field must not wait in front of an emergency. */
  readonly engines: { call<T>(method: string, input: unknown): Promise<T> };
  /** Where warnings and what came of them are kept. */
  readonly sql: Sql;
  readonly clock: Clock;
  readonly log: Log;
};
