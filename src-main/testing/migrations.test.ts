import { expect, it } from 'vitest';
import { alarmMigrations } from '../modules/alarms/index.ts';
import { cameraMigrations } from '../modules/cameras/index.ts';
import { feedMigrations } from '../modules/feeds/index.ts';
import { hazardMigrations } from '../modules/hazards/index.ts';
import { inferenceMigrations } from '../modules/inference/index.ts';
import { incidentMigrations } from '../modules/incidents/index.ts';
import { ledgerMigrations } from '../modules/ledger/index.ts';
import { registryMigrations } from '../modules/registry/index.ts';
import { riskMigrations } from '../modules/risk/index.ts';
import { securityMigrations } from '../modules/security/index.ts';
import { openSql } from '../platform/sql.ts';
import { temporaryFolder } from './temporary.ts';

const SETS = [
  { name: 'ledger', migrations: ledgerMigrations, tables: ['ledger', 'ledger_head'], ids: [1, 10] },
  { name: 'security', migrations: securityMigrations, tables: ['session', 'user'], ids: [10, 20] },
  { name: 'alarms', migrations: alarmMigrations, tables: ['alarm_event', 'alarm_setting_revision', 'alarm_settings', 'alarm_state', 'equipment_out_of_operation'], ids: [20, 30] },
  { name: 'incidents', migrations: incidentMigrations, tables: ['incident', 'incident_entry'], ids: [30, 40] },
  { name: 'hazards', migrations: hazardMigrations, tables: ['hazard', 'hazard_step'], ids: [40, 50] },
  { name: 'inference', migrations: inferenceMigrations, tables: ['forecast'], ids: [50, 60] },
  { name: 'registry', migrations: registryMigrations, tables: ['model_change_page', 'model_change_set', 'model_version'], ids: [60, 70] },
  { name: 'feeds', migrations: feedMigrations, tables: ['feed_gap', 'feed_mapping'], ids: [70, 80] },
  { name: 'cameras', migrations: cameraMigrations, tables: ['camera_zones', 'evidence'], ids: [80, 90] },
  { name: 'risk', migrations: riskMigrations, tables: ['risk_warning'], ids: [90, 100] },
] as const;

it.each(SETS)('$name: its own range of ids, strict tables, and nothing to do the second time', ({ migrations, tables, ids: [from, to] }) => {
  using folder = temporaryFolder();
  for (const { id } of migrations) expect(id >= from && id < to).toBe(true);
  for (let opening = 1; opening <= 2; opening += 1) {
    using sql = openSql(folder.file('station.db'), migrations);
    expect(sql.all<{ name: string }>("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 1 AND name <> 'migration' ORDER BY name").map((table) => table.name)).toEqual(tables);
    expect(sql.all('SELECT id FROM migration').length).toBe(migrations.length);
  }
});
