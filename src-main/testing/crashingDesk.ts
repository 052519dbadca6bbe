/**
 * A station's desk in a process of its own, for the crash test: raises, acknowledges and records in a loop on a real database and
 * prints each acknowledged alarm and each incident entry after the call has returned, until it is killed. `node crashingDesk.ts FILE`.
 */
import { writeSync } from 'node:fs';
import { unwrap } from '../../src-shared/kernel/index.ts';
import { createAlarms, alarmMigrations } from '../modules/alarms/index.ts';
import { createIncidents, incidentMigrations } from '../modules/incidents/index.ts';
import { createLedger, ledgerMigrations } from '../modules/ledger/index.ts';
import { createRegistry } from '../modules/registry/index.ts';
import { systemClock } from '../platform/clock.ts';
import { createFaults } from '../platform/faults.ts';
import { createIds } from '../platform/ids.ts';
import { openSql } from '../platform/sql.ts';
import { buildPlant } from './buildPlant.ts';
import { buildBatch } from './samples.ts';

const actor = { id: 'op', name: '王强', role: 'operator' };
const clock = systemClock;
const registry = createRegistry({ plant: buildPlant() });
const sql = openSql(process.argv[2] ?? '', [...ledgerMigrations, ...alarmMigrations, ...incidentMigrations]);
const ledger = createLedger({ sql, clock });
const faults = createFaults(clock);
const alarms = createAlarms({ registry, sql, clock, ledger, faults });
const incidents = createIncidents({ sql, clock, ids: createIds(clock), ledger, faults });
const tag = registry.tagIndex('PT-101') ?? -1;
const incident = unwrap(incidents.open({ title: 'crash', kind: 'other', zone: null }, actor));

for (let round = 1; ; round += 1) {
  // The life before may have ended with the alarm up and acknowledged: normal first, then up.
  alarms.evaluate(buildBatch(clock.now(), [tag, 1.0], [tag, 1.6]));
  ledger.append({ actor: actor.id, kind: 'command', subject: 'alarms.acknowledge', body: { round } });
  unwrap(alarms.acknowledge(['PT-101/HI'], actor, `round ${round}`));
  writeSync(1, `acknowledged ${round}\n`);
  const entry = unwrap(incidents.note({ incident: incident.id, text: `round ${round}`, order: false }, actor));
  writeSync(1, `noted ${entry.sequence}\n`);
}
