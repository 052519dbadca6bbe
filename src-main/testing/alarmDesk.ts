import type { z } from 'zod';
import { disposable, Quality } from '../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../src-shared/plant/index.ts';
import { alarmMigrations, createAlarms, type ReadSamples } from '../modules/alarms/index.ts';
import { createLedger, ledgerMigrations } from '../modules/ledger/index.ts';
import { createRegistry } from '../modules/registry/index.ts';
import { createFaults } from '../platform/faults.ts';
import { openSql } from '../platform/sql.ts';
import { buildPlant } from './buildPlant.ts';
import { createFakeClock } from './fakeClock.ts';
import { buildBatch } from './samples.ts';
import { temporaryFolder } from './temporary.ts';

/** The alarm module over a database on disk and a clock of its own; `start` is the next life over the same database. */
export const openAlarmDesk = (change?: (plant: z.input<typeof PlantModel>) => void, samples?: ReadSamples) => {
  const folder = temporaryFolder();
  const clock = createFakeClock();
  const registry = createRegistry({ plant: buildPlant(change) });
  const sql = openSql(folder.file('station.db'), [...ledgerMigrations, ...alarmMigrations]);
  const ledger = createLedger({ sql, clock });
  const faults = createFaults(clock);
  const alarms = createAlarms({ registry, sql, clock, ledger, faults, ...(samples && { samples }) });
  /** The next life over the same database, begun after the last tick of this one. */
  const start = (plant = registry) => {
    alarms.tick();
    return createAlarms({ registry: plant, sql, clock, ledger, faults });
  };
  const raised: string[] = [];
  alarms.onDidRaise((row) => raised.push(row.id));
  const sample = (tag: string, value: number, rest: { at?: number; quality?: number } = {}) => alarms.evaluate(buildBatch(clock.now(), [registry.tagIndex(tag) ?? -1, value, rest.at ?? clock.now(), rest.quality ?? Quality.good]));
  const states = (from = alarms) => Object.fromEntries(from.table.rows().map((row) => [row.id, row.state]));
  const journal = (from = alarms) => from.journal({ from: 0, to: Infinity, limit: 100 }).toReversed().map(({ alarm, event }) => `${alarm} ${event}`);
  /** Time passes with a tick each half second, as the station gives it. */
  const pass = (ms: number) => {
    for (let left = ms; left > 0; left -= 500) {
      clock.advance(Math.min(500, left));
      alarms.tick();
    }
  };
  return { clock, registry, sql, ledger, faults, alarms, start, raised, sample, states, journal, pass, ...disposable(() => { sql[Symbol.dispose](); folder[Symbol.dispose](); }) };
};
