import { z } from 'zod';
import { LocalText, type AlarmRow } from '../../../src-shared/contract/index.ts';
import type { UtcMs } from '../../../src-shared/kernel/index.ts';
import { AlarmPriority } from '../../../src-shared/plant/index.ts';
import type { Definition } from './definition.ts';
import { NORMAL, stateOf, type Lifecycle } from './model/lifecycle.ts';

/** One alarm and where it stands now. The facts change in place, by the board only. */
export type Alarm = {
  definition: Definition;
  /** The less severe alarm of the same tag and side, which this one supersedes while it is up. */
  lesser: Alarm | null;
  life: Lifecycle;
  value: number;
  raisedAt: UtcMs;
  seenAt: UtcMs;
  changedAt: UtcMs;
  acknowledgedBy: string | null;
  acknowledgedAt: UtcMs | null;
  shelvedUntil: UtcMs | null;
  shelveReason: string | null;
  count: number;
};

export const newAlarm = (definition: Definition): Alarm => ({ definition, lesser: null, life: NORMAL, value: NaN, raisedAt: 0, seenAt: 0, changedAt: 0, acknowledgedBy: null, acknowledgedAt: null, shelvedUntil: null, shelveReason: null, count: 0 });

/** The row that clients see; null while the alarm is normal. */
export const rowOf = ({ definition, life, lesser: _lesser, ...facts }: Alarm): AlarmRow | null => {
  const state = stateOf(life);
  if (state === 'normal') return null;
  const { latched: _latched, ...fixed } = definition;
  return { ...fixed, state, ...facts };
};

/** What is kept over a restart. `superseded` follows from the other alarms of the tag; a system alarm brings its own words. */
const Saved = z.object({
  life: z.object({ active: z.boolean(), acknowledged: z.boolean(), held: z.boolean(), shelved: z.boolean(), suppressed: z.boolean(), outOfService: z.boolean() }),
  value: z.number().nullable(),
  raisedAt: z.number(),
  seenAt: z.number(),
  changedAt: z.number(),
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: z.number().nullable(),
  shelvedUntil: z.number().nullable(),
  shelveReason: z.string().nullable(),
  count: z.number(),
  system: z.object({ priority: AlarmPriority, text: LocalText }).optional(),
});
export type Saved = z.infer<typeof Saved>;

export const saveAlarm = ({ definition, life, lesser: _lesser, ...facts }: Alarm): string => {
  const { superseded: _superseded, ...kept } = life;
  const saved: Saved = { life: kept, ...facts, ...(definition.kind === 'SYSTEM' ? { system: { priority: definition.priority, text: definition.message } } : {}) };
  return JSON.stringify(saved);
};

/** Null when the text is not what `saveAlarm` wrote. */
export const readSaved = (state: string): Saved | null => {
  const parsed = Saved.safeParse(JSON.parse(state));
  return parsed.success ? parsed.data : null;
};

export const restoreAlarm = (alarm: Alarm, { life, system: _system, value, ...facts }: Saved): void => {
  Object.assign(alarm, facts, { life: { ...life, superseded: false }, value: value ?? NaN });
};
