import { z } from 'zod';
import { LocalText, type AlarmRow } from '../../../src-shared/contract/index.ts';
import type { Text, UtcMs } from '../../../src-shared/kernel/index.ts';
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
  shelvedBy: string | null;
  shelveReason: string | null;
  suppressedBy: Text | null;
  outOfServiceBy: string | null;
  outOfServiceReason: string | null;
  firstOut: string | null;
  isStale: boolean;
  count: number;
};

const FRESH = {
  lesser: null, life: NORMAL, value: NaN, raisedAt: 0, seenAt: 0, changedAt: 0, acknowledgedBy: null, acknowledgedAt: null, shelvedUntil: null, shelvedBy: null, shelveReason: null,
  suppressedBy: null, outOfServiceBy: null, outOfServiceReason: null, firstOut: null, isStale: false, count: 0,
} as const;
export const newAlarm = (definition: Definition): Alarm => ({ definition, ...FRESH });

/** The row that clients see; null while the alarm is normal. */
export const rowOf = ({ definition, life, lesser: _lesser, ...facts }: Alarm): AlarmRow | null => {
  const state = stateOf(life);
  if (state === 'normal') return null;
  const { latched: _latched, ...fixed } = definition;
  return { ...fixed, state, ...facts };
};

/** The words of an alarm that the plant model does not know: the station's own, and those of another system. */
const OwnWords = z.object({
  source: z.string().nullable(), tag: z.string(), equipment: z.string(), zone: z.string(), kind: z.string(), priority: AlarmPriority, message: LocalText, place: LocalText, unit: z.string(),
});
/** What is kept over a restart. `superseded` follows from the other alarms of the tag. */
const Saved = z.object({
  life: z.object({ active: z.boolean(), acknowledged: z.boolean(), held: z.boolean(), shelved: z.boolean(), suppressed: z.boolean(), outOfService: z.boolean() }),
  value: z.number().nullable(),
  raisedAt: z.number(),
  seenAt: z.number(),
  changedAt: z.number(),
  acknowledgedBy: z.string().nullable(),
  acknowledgedAt: z.number().nullable(),
  shelvedUntil: z.number().nullable(),
  shelvedBy: z.string().nullable().default(null),
  shelveReason: z.string().nullable(),
  suppressedBy: LocalText.nullable().default(null),
  outOfServiceBy: z.string().nullable().default(null),
  outOfServiceReason: z.string().nullable().default(null),
  firstOut: z.string().nullable().default(null),
  count: z.number(),
  words: OwnWords.optional(),
});
export type Saved = z.infer<typeof Saved>;

export const saveAlarm = ({ definition, life, lesser: _lesser, isStale: _isStale, ...facts }: Alarm): string => {
  const { superseded: _superseded, ...kept } = life;
  const saved: Saved = { life: kept, ...facts, ...(definition.kind === 'SYSTEM' || definition.source !== null ? { words: OwnWords.parse(definition) } : {}) };
  return JSON.stringify(saved);
};

/** Null when the text is not what `saveAlarm` wrote. */
export const readSaved = (state: string): Saved | null => {
  const parsed = Saved.safeParse(JSON.parse(state));
  return parsed.success ? parsed.data : null;
};

export const restoreAlarm = (alarm: Alarm, { life, words: _words, value, ...facts }: Saved): void => {
  Object.assign(alarm, facts, { life: { ...life, superseded: false }, value: value ?? NaN });
};
