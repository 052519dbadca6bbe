import type { AlarmEvent } from '../../../src-shared/contract/index.ts';
import type { UtcMs } from '../../../src-shared/kernel/index.ts';
import type { AlarmPriority } from '../../../src-shared/plant/index.ts';
import type { Sql } from '../../platform/sql.ts';
import type { PerformanceEvent } from './model/performance.ts';

type EventRow = { sequence: number; alarm: string; at: number; event: AlarmEvent['event']; priority: AlarmPriority; value: number | null; actor: string | null; note: string | null; zh: string; en: string };
export type SettingRevision = { readonly revision: number; readonly at: UtcMs; readonly actor: string; readonly undoesTo: number | null; readonly overrides: string };
export type JournalFilter = { readonly from: UtcMs; readonly to: UtcMs; readonly alarm?: string | undefined; readonly limit: number };

const EVENT = 'sequence, alarm, at, event, priority, value, actor, note, message_zh AS zh, message_en AS en';

/** SQL of the alarm journal and of the state that survives a restart, in small verbs. */
export const createAlarmStore = (sql: Sql) => ({
  transaction: <T>(work: () => T): T => sql.transaction(work),
  addEvent: ({ sequence, alarm, at, event, priority, value, actor, note, message }: AlarmEvent, writtenAt: UtcMs) =>
    void sql.run('INSERT INTO alarm_event (sequence, alarm, at, event, priority, value, actor, note, message_zh, message_en, written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', sequence, alarm, at, event, priority, Number.isFinite(value) ? value : null, actor, note, message.zh, message.en, writtenAt),
  /** Newest first. */
  journal: ({ from, to, alarm, limit }: JournalFilter): AlarmEvent[] =>
    (alarm === undefined
      ? sql.all<EventRow>(`SELECT ${EVENT} FROM alarm_event WHERE at >= ? AND at <= ? ORDER BY at DESC, sequence DESC LIMIT ?`, from, to, limit)
      : sql.all<EventRow>(`SELECT ${EVENT} FROM alarm_event WHERE alarm = ? AND at >= ? AND at <= ? ORDER BY at DESC, sequence DESC LIMIT ?`, alarm, from, to, limit)
    ).map(({ zh, en, value, ...row }) => ({ ...row, value: value ?? NaN, message: { zh, en } })),
  /** What performance is made of, ascending, after a place in the journal. */
  performanceAfter: ({ at, sequence, to, limit }: { readonly at: UtcMs; readonly sequence: number; readonly to: UtcMs; readonly limit: number }): (PerformanceEvent & { readonly sequence: number })[] =>
    sql.all(`SELECT sequence, alarm, at, event, priority FROM alarm_event WHERE (at, sequence) > (?, ?) AND at <= ? AND event IN ('raised', 'returned', 'cleared') ORDER BY at, sequence LIMIT ?`, at, sequence, to, limit),
  firstAt: () => sql.get<{ first: number | null }>('SELECT min(at) AS first FROM alarm_event')?.first ?? null,
  lastSequence: () => sql.get<{ last: number | null }>('SELECT max(sequence) AS last FROM alarm_event')?.last ?? 0,
  /** When alarms were raised since `from`, our time, ascending; of the newest 5,000 events, so that the start does not read the whole journal. */
  raisedSince: (from: UtcMs) =>
    sql.all<{ at: number }>("SELECT written_at AS at FROM (SELECT sequence, event, written_at FROM alarm_event ORDER BY sequence DESC LIMIT 5000) WHERE event = 'raised' AND written_at > ? ORDER BY sequence", from).map((row) => row.at),
  putState: (id: string, state: string) => void sql.run('INSERT INTO alarm_state (id, state) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state', id, state),
  dropState: (id: string) => void sql.run('DELETE FROM alarm_state WHERE id = ?', id),
  states: () => sql.all<{ id: string; state: string }>('SELECT id, state FROM alarm_state'),
  /** One revision of the master alarm database; without a number the last one. */
  settingRevision: (revision?: number) =>
    sql.get<SettingRevision>(`SELECT revision, at, actor, undoes_to AS undoesTo, overrides FROM alarm_setting_revision WHERE revision = coalesce(?, (SELECT max(revision) FROM alarm_setting_revision))`, revision ?? null),
  addSettingRevision: ({ revision, at, actor, undoesTo, overrides }: SettingRevision) => void sql.run('INSERT INTO alarm_setting_revision (revision, at, actor, undoes_to, overrides) VALUES (?, ?, ?, ?, ?)', revision, at, actor, undoesTo, overrides),
  outOfOperation: () => sql.all<{ equipment: string; by: string; at: UtcMs; reason: string }>('SELECT equipment, by, at, reason FROM equipment_out_of_operation ORDER BY at'),
  putOutOfOperation: ({ equipment, by, at, reason }: { readonly equipment: string; readonly by: string; readonly at: UtcMs; readonly reason: string }) => void sql.run('INSERT INTO equipment_out_of_operation (equipment, by, at, reason) VALUES (?, ?, ?, ?)', equipment, by, at, reason),
  dropOutOfOperation: (equipment: string) => void sql.run('DELETE FROM equipment_out_of_operation WHERE equipment = ?', equipment),
  settingsHash: () => sql.get<{ hash: string }>('SELECT hash FROM alarm_settings')?.hash,
  putSettingsHash: (hash: string) => void sql.run('INSERT INTO alarm_settings (id, hash) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET hash = excluded.hash', hash),
});
export type AlarmStore = ReturnType<typeof createAlarmStore>;
