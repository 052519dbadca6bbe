import type { Anlan, Handlers, PermitRow } from '../../../src-shared/contract/index.ts';
import { createTable, type Clock, type Table, type UtcMs } from '../../../src-shared/kernel/index.ts';
import { resolveWhen, type RecordsFile } from '../../../src-shared/plant/index.ts';
import type { Registry } from '../registry/index.ts';

/** Permits for special work by the clock: planned, active, ended. */
export type Permits = {
  readonly table: Table<string, PermitRow>;
  activeIn(zone: string): readonly PermitRow[];
  /** Moves permits whose time has come; call it a few times a minute. */
  tick(): void;
  readonly handlers: Handlers<Anlan['permits']>;
};

export const createPermits = ({ records, registry, clock }: { readonly records: RecordsFile; readonly registry: Registry; readonly clock: Clock }): Permits => {
  const table = createTable<string, PermitRow>((row) => row.id);
  const start = clock.now();
  for (const { id, kind, level, title, zone, equipment = null, from, to, people } of records.permits) {
    const span = { from: resolveWhen(from, start), to: resolveWhen(to, start) };
    // Work on a piece of equipment happens where it stands: one source per fact.
    const place = equipment === null ? zone : (registry.equipment(equipment)?.zone ?? zone);
    table.put({ id, kind, level, title, zone: place, equipment, ...span, people, state: stateAt(span, start) });
  }
  return {
    table,
    activeIn: (zone) => table.rows().filter((row) => row.zone === zone && row.state === 'active'),
    tick() {
      const now = clock.now();
      table.change(() => {
        for (const row of table.rows()) {
          const state = stateAt(row, now);
          if (state !== row.state) table.put({ ...row, state });
        }
      });
    },
    handlers: { permits: table },
  };
};

const stateAt = ({ from, to }: { readonly from: UtcMs; readonly to: UtcMs }, now: UtcMs): PermitRow['state'] => (now < from ? 'planned' : now < to ? 'active' : 'ended');
