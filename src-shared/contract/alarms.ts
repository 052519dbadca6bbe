import { z } from 'zod';
import { AlarmPolicy, AlarmPriority, AlarmTargets } from '../plant/index.ts';
import { command, contract, Id, LocalText, query, table, UtcMs, value } from './define.ts';

/** ISA-18.2 states. `unacknowledged` and `acknowledged` are active; `returned` is back to normal but unacknowledged; `latched` is normal, acknowledged and waits for reset. */
export const AlarmState = z.enum(['unacknowledged', 'acknowledged', 'returned', 'latched', 'shelved', 'suppressed', 'out-of-service']);
export type AlarmState = z.infer<typeof AlarmState>;

export const AlarmRow = z.object({
  /** Stable for tag and kind: `TAG/HIHI`; system alarms are `system/CODE`, those of another system `external/FEED/…`. */
  id: Id,
  /** The feed of the system that owns this alarm and its state (OPC UA Alarms & Conditions); null for an alarm of our own. */
  source: z.string().nullable(),
  /** Nobody vouches for its state just now: the source is not there. */
  isStale: z.boolean(),
  tag: z.string(),
  equipment: z.string(),
  zone: z.string(),
  kind: z.string(),
  priority: AlarmPriority,
  state: AlarmState,
  message: LocalText,
  place: LocalText,
  value: z.number(),
  limit: z.number(),
  unit: z.string(),
  /** Source time of the sample that crossed the limit; `seenAt` when the station raised it. */
  raisedAt: UtcMs,
  seenAt: UtcMs,
  changedAt: UtcMs,
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: UtcMs.nullable(),
  shelvedUntil: UtcMs.nullable(),
  shelvedBy: z.string().nullable(),
  shelveReason: z.string().nullable(),
  /** What suppresses it: the plant state, the equipment out of operation, or the more severe alarm of the same tag. */
  suppressedBy: LocalText.nullable(),
  /** Who took it out of service, and why. */
  outOfServiceBy: z.string().nullable(),
  outOfServiceReason: z.string().nullable(),
  /** First-out group (IEC 62541-9 AlarmGroup); `firstOut` names the alarm that came first in it since it was last quiet. */
  group: z.string().nullable(),
  firstOut: z.string().nullable(),
  /** Times raised since it was last normal and acknowledged. */
  count: z.number(),
  cause: LocalText.nullable(),
  consequence: LocalText.nullable(),
  action: LocalText.nullable(),
  respondWithinS: z.number().nullable(),
});
export type AlarmRow = z.infer<typeof AlarmRow>;

export const AlarmEvent = z.object({ sequence: z.number(), alarm: Id, at: UtcMs, event: z.enum(['raised', 'acknowledged', 'returned', 'cleared', 'shelved', 'unshelved', 'suppressed', 'out-of-service', 'restored']), priority: AlarmPriority, value: z.number(), actor: z.string().nullable(), note: z.string().nullable(), message: LocalText });
export type AlarmEvent = z.infer<typeof AlarmEvent>;

/** The annunciator: what sounds now. `silenced` never mutes the next alarm. */
export const Annunciator = z.object({
  /** Highest unacknowledged priority, or null when there is none. */
  sounding: AlarmPriority.nullable(),
  silenced: z.boolean(),
  worst: Id.nullable(),
  unacknowledged: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  active: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** More than ten new alarms in ten minutes on this desk (ISA-18.2 flood). */
  flood: z.boolean(),
  ratePer10Min: z.number(),
  shelved: z.number(),
  suppressed: z.number(),
  outOfService: z.number(),
  /** Counts the demands for sound: one more each time it begins, changes its priority or ends its silence. */
  demand: z.number(),
  /** Who sounds now, by what they confirm: an annunciator of its own, a page, the station itself because nobody answered within 2 s, or nobody at all. `waiting` until the first answer. */
  heard: z.enum(['quiet', 'waiting', 'annunciator', 'page', 'station', 'nobody']),
  /** An annunciator of its own is alive on the station's machine: the windows beside it keep quiet. */
  hasOwnAnnunciator: z.boolean(),
  /** Alarms that nobody has acknowledged for 15 min: each lifts the silence once (screens.md rule 7). */
  overdue: z.number(),
});
export type Annunciator = z.infer<typeof Annunciator>;

/** What a client that can sound says of itself, once a second while something is to be heard and every few seconds otherwise. */
export const VoiceReport = z.strictObject({
  client: z.string().min(1).max(40),
  kind: z.enum(['annunciator', 'page']),
  /** `playing`: its audio runs and its own measurement hears the pulses; `blocked`: the browser wants a click first. */
  state: z.enum(['ready', 'playing', 'blocked']),
  /** The priority that sounds, and the peak of the last round at its output, 0 to 1. */
  priority: AlarmPriority.nullable(),
  peak: z.number().min(0).max(10),
});
export type VoiceReport = z.infer<typeof VoiceReport>;

/** Equipment that is out of operation by a decision; its process alarms mean nothing and are suppressed by design. */
export const OutOfOperation = z.object({ equipment: Id, by: z.string(), at: UtcMs, reason: z.string(), alarms: z.number() });
export type OutOfOperation = z.infer<typeof OutOfOperation>;

const Reason = z.string().min(3).max(200);

/** Key figures of the alarm system over a time (ISA-18.2 §16, EEMUA 191). `from` is where the journal begins when it is younger than asked. */
export const AlarmPerformance = z.object({
  from: UtcMs,
  to: UtcMs,
  raised: z.number(),
  /** Clock periods of ten minutes. */
  periods: z.number(),
  averagePer10Min: z.number(),
  peakPer10Min: z.number(),
  peakAt: UtcMs.nullable(),
  /** Periods with 0, 1, 2, 3–5, 6–10 and more than 10 new alarms. */
  distribution: z.array(z.number()).length(6),
  /** Share of periods in flood: from more than ten to fewer than five. */
  floodShare: z.number(),
  byPriority: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** Alarms now active, and those active for more than 24 h. */
  standing: z.number(),
  stale: z.number(),
  /** Alarms raised three times or more within a minute; occurrences gone within ten seconds. */
  chattering: z.number(),
  fleeting: z.number(),
  top: z.array(z.object({ alarm: Id, message: LocalText, priority: AlarmPriority, raised: z.number(), chattering: z.boolean(), fleeting: z.number() })),
  topShare: z.number(),
  /** What this site measures them by. */
  targets: AlarmTargets,
});
export type AlarmPerformance = z.infer<typeof AlarmPerformance>;

/** A file of the master alarm database; one of 3,000 alarms has some 900,000 characters. */
const SettingsCsv = z.string().max(1_300_000);
/** What one row of the file would do. `line` counts from 1, the header being the first. */
export const AlarmSettingsRow = z.object({
  line: z.number(),
  alarm: z.string(),
  changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  problems: z.array(z.object({ field: z.string(), text: LocalText })),
});
export type AlarmSettingsRow = z.infer<typeof AlarmSettingsRow>;
/** The preview: every row that changes something or is wrong; `same` counts the others. Nothing can be applied while `wrong` > 0. */
export const AlarmSettingsPreview = z.object({ revision: z.number(), same: z.number(), changed: z.number(), wrong: z.number(), rows: z.array(AlarmSettingsRow) });
export type AlarmSettingsPreview = z.infer<typeof AlarmSettingsPreview>;
/** Where the master alarm database stands: revision 0 is the plant model as delivered. */
export const AlarmSettingsState = z.object({ revision: z.number(), at: UtcMs.nullable(), actor: z.string().nullable(), overrides: z.number(), canUndo: z.boolean() });
export type AlarmSettingsState = z.infer<typeof AlarmSettingsState>;

/** What a person may try on one alarm; seconds, and the tag's own unit (per minute for RATE). */
export const AlarmTuning = z.strictObject({ limit: z.number(), deadband: z.number().nonnegative(), onDelayS: z.number().nonnegative().max(3_600), offDelayS: z.number().nonnegative().max(3_600), times: z.int().min(2).max(1_000).optional(), withinS: z.number().positive().max(604_800).optional() });
export type AlarmTuning = z.infer<typeof AlarmTuning>;
/** What an alarm would have done over a piece of history; `episodes` are the newest 1,000. */
export const AlarmReplay = z.object({ raised: z.number(), fleeting: z.number(), chattering: z.boolean(), activeMs: z.number(), episodes: z.array(z.object({ from: UtcMs, to: UtcMs.nullable() })) });
export type AlarmReplay = z.infer<typeof AlarmReplay>;

export const alarms = contract('alarms', {
  active: table({ key: Id, keyOf: 'id', row: AlarmRow, delivery: 'lossless' }),
  annunciator: value({ value: Annunciator }),
  acknowledge: command({ input: z.strictObject({ ids: z.array(Id).min(1).max(1_000), note: z.string().max(500).default('') }), output: z.object({ acknowledged: z.number(), /** What the systems that own some of them refused meanwhile. */ refused: z.array(LocalText).optional() }), refusals: ['NotFound', 'AlreadyAcknowledged', 'SourceRefused'], needs: 'alarm.acknowledge' }),
  /** Ends latched alarms whose condition is gone. */
  reset: command({ input: z.strictObject({ ids: z.array(Id).min(1).max(1_000) }), output: z.object({ reset: z.number() }), refusals: ['NotFound', 'NotLatched'], needs: 'alarm.acknowledge' }),
  silence: command({ input: z.strictObject({}), output: z.strictObject({}), refusals: [], needs: 'alarm.acknowledge' }),
  shelve: command({ input: z.strictObject({ id: Id, minutes: z.number().min(1).max(480), reason: z.string().min(3).max(200) }), output: AlarmRow, refusals: ['NotFound', 'NotAllowed', 'SourceRefused'], needs: 'alarm.shelve' }),
  unshelve: command({ input: z.strictObject({ id: Id }), output: AlarmRow, refusals: ['NotFound', 'NotShelved', 'SourceRefused'], needs: 'alarm.shelve' }),
  /** What each role may set aside. */
  policy: query({ input: z.strictObject({}), output: AlarmPolicy }),
  /** Out of service: for maintenance, without an end of its own (ISA-18.2 §6.6). */
  takeOutOfService: command({ input: z.strictObject({ ids: z.array(Id).min(1).max(200), reason: Reason }), output: z.object({ moved: z.number() }), refusals: ['NotFound', 'NotAllowed'], needs: 'alarm.shelve' }),
  returnToService: command({ input: z.strictObject({ ids: z.array(Id).min(1).max(200) }), output: z.object({ moved: z.number() }), refusals: ['NotFound', 'NotAllowed'], needs: 'alarm.shelve' }),
  /** Equipment out of operation: its alarms are suppressed by design, those of gas, flame and smoke detectors never. */
  outOfOperation: table({ key: Id, keyOf: 'equipment', row: OutOfOperation, delivery: 'lossless' }),
  setOperation: command({ input: z.strictObject({ equipment: Id, inOperation: z.boolean(), reason: Reason }), output: z.object({ alarms: z.number() }), refusals: ['NotFound', 'NotAllowed', 'NothingChanged'], needs: 'alarm.shelve' }),
  /** A client that can sound says what it hears of itself. A query and no command: nobody acts, and the ledger is no place for a heartbeat. */
  reportVoice: query({ input: VoiceReport, output: z.strictObject({}) }),
  /** Where the settings stand, and the whole master alarm database as CSV (UTF-8 with byte order mark, RFC 4180). */
  settings: value({ value: AlarmSettingsState }),
  exportSettings: query({ input: z.strictObject({}), output: z.object({ csv: z.string() }) }),
  previewSettings: query({ input: z.strictObject({ csv: SettingsCsv }), output: AlarmSettingsPreview }),
  /** Applies a file as previewed at `revision`, at once; alarms that the file does not name stay. An override wins over the plant model. */
  applySettings: command({ input: z.strictObject({ csv: SettingsCsv, revision: z.int() }), output: AlarmSettingsState, refusals: ['Outdated', 'Invalid', 'NothingChanged'], needs: 'model.manage', secret: ['csv'] }),
  /** Back to the settings before the last import; again for the one before. */
  undoSettings: command({ input: z.strictObject({ revision: z.int() }), output: AlarmSettingsState, refusals: ['Outdated', 'NothingToUndo'], needs: 'model.manage' }),
  /** The site's own history of an alarm's tag, by the settings in force and by others. Null when there is no such alarm. `from` is the first sample read: the newest 300,000 at most. */
  replay: query({ input: z.strictObject({ alarm: Id, from: UtcMs, to: UtcMs, tuning: AlarmTuning }), output: z.object({ from: UtcMs, to: UtcMs, samples: z.number(), current: AlarmReplay, tuned: AlarmReplay }).nullable() }),
  /** Puts other settings of one alarm in force, as an override of the plant model. */
  tune: command({ input: z.strictObject({ alarm: Id, tuning: AlarmTuning, reason: z.string().min(3).max(200), revision: z.int() }), output: AlarmSettingsState, refusals: ['NotFound', 'Outdated', 'Invalid', 'NothingChanged'], needs: 'model.manage' }),
  /** At most 92 days, ending no later than now. */
  performance: query({ input: z.strictObject({ from: UtcMs, to: UtcMs }), output: AlarmPerformance }),
  journal: query({ input: z.strictObject({ from: UtcMs, to: UtcMs, alarm: Id.optional(), limit: z.int().min(1).max(5_000).default(500) }), output: z.array(AlarmEvent) }),
});
