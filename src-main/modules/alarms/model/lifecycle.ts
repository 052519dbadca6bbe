import type { AlarmEvent, AlarmState } from '../../../../src-shared/contract/index.ts';

/**
 * Where one alarm stands, as independent facts; the state that people see follows from them (`stateOf`). ISA-18.2 §6.
 * An alarm that is normal is acknowledged and not held.
 */
export type Lifecycle = {
  /** The condition is present, delays included. */
  readonly active: boolean;
  readonly acknowledged: boolean;
  /** A latching alarm that has been active since its last reset. */
  readonly held: boolean;
  /** A more severe alarm of the same tag and side is up (IEC 62541-9 exclusive limits). */
  readonly superseded: boolean;
  readonly shelved: boolean;
  /** Suppressed by design, by a rule or a plant state. */
  readonly suppressed: boolean;
  readonly outOfService: boolean;
};

export const NORMAL: Lifecycle = { active: false, acknowledged: true, held: false, superseded: false, shelved: false, suppressed: false, outOfService: false };

export const STIMULI = ['activate', 'return', 'acknowledge', 'reset', 'supersede', 'unsupersede', 'shelve', 'unshelve', 'suppress', 'unsuppress', 'take-out-of-service', 'return-to-service'] as const;
export type Stimulus = (typeof STIMULI)[number];

export type Transition = {
  readonly next: Lifecycle;
  /** What the journal says of it; null when nobody needs to know. */
  readonly event: AlarmEvent['event'] | null;
  /** A new demand for attention: it sounds. */
  readonly rings: boolean;
};

/** What people see. Out of service hides suppression, which hides shelving, which hides the process. */
export const stateOf = (life: Lifecycle): AlarmState | 'normal' => {
  if (life.outOfService) return 'out-of-service';
  if (life.suppressed) return 'suppressed';
  if (life.shelved) return 'shelved';
  if (life.active && life.superseded) return 'suppressed';
  if (life.active) return life.acknowledged ? 'acknowledged' : 'unacknowledged';
  if (!life.acknowledged) return 'returned';
  return life.held ? 'latched' : 'normal';
};

/** The next place of an alarm, or null when the stimulus does not apply there. Total over all places and stimuli. */
export const advance = (life: Lifecycle, stimulus: Stimulus, { latched }: { readonly latched: boolean }): Transition | null => {
  const state = stateOf(life);
  switch (stimulus) {
    case 'activate':
      if (life.active) return null;
      return activated({ ...life, active: true, acknowledged: false, held: latched });
    case 'return':
      if (!life.active) return null;
      if (!isVisible(life)) return quiet(idle(life));
      if (life.superseded) return { next: idle(life), event: 'cleared', rings: false };
      if (life.acknowledged && !life.held) return { next: idle(life), event: 'cleared', rings: false };
      return { next: { ...life, active: false }, event: 'returned', rings: false };
    case 'acknowledge':
      // Also one that is hidden by a more severe alarm: whoever acknowledges that one has seen this one.
      return isVisible(life) && !life.acknowledged ? { next: { ...life, acknowledged: true }, event: 'acknowledged', rings: false } : null;
    case 'reset':
      return state === 'latched' ? { next: idle(life), event: 'cleared', rings: false } : null;
    case 'supersede':
      return life.superseded ? null : { next: { ...life, superseded: true }, event: isUp(state) ? 'suppressed' : null, rings: false };
    case 'unsupersede':
      return life.superseded ? { next: { ...life, superseded: false }, event: isVisible(life) && life.active ? 'restored' : null, rings: false } : null;
    case 'shelve':
      return life.shelved || life.suppressed || life.outOfService ? null : { next: { ...life, shelved: true }, event: 'shelved', rings: false };
    case 'unshelve':
      return life.shelved ? uncovered({ ...life, shelved: false }, 'unshelved') : null;
    case 'suppress':
      return life.suppressed ? null : { next: { ...life, suppressed: true }, event: 'suppressed', rings: false };
    case 'unsuppress':
      return life.suppressed ? uncovered({ ...life, suppressed: false }, 'restored') : null;
    case 'take-out-of-service':
      return life.outOfService ? null : { next: { ...life, outOfService: true }, event: 'out-of-service', rings: false };
    case 'return-to-service':
      return life.outOfService ? uncovered({ ...life, outOfService: false }, 'restored') : null;
  }
};

/**
 * What the journal says of an alarm that stands elsewhere now because its owner says so, in the order in which it must have happened, and
 * whether it asks for attention: active, unacknowledged and in view, and not so before.
 */
export const observed = (before: Lifecycle, after: Lifecycle): { readonly events: readonly AlarmEvent['event'][]; readonly rings: boolean } => {
  const events: AlarmEvent['event'][] = [];
  const rose = (fact: keyof Lifecycle) => after[fact] && !before[fact];
  const isNew = isVisible(after) && after.active && (!before.active || (before.acknowledged && !after.acknowledged));
  if (isNew) events.push('raised');
  if (after.acknowledged && !before.acknowledged) events.push('acknowledged');
  if (before.active && !after.active && isVisible(after)) events.push(stateOf(after) === 'normal' ? 'cleared' : 'returned');
  if (rose('shelved')) events.push('shelved');
  if (rose('suppressed')) events.push('suppressed');
  if (rose('outOfService')) events.push('out-of-service');
  if (before.shelved && !after.shelved) events.push('unshelved');
  if ((before.suppressed && !after.suppressed) || (before.outOfService && !after.outOfService)) events.push('restored');
  if (events.length === 0 && stateOf(before) !== stateOf(after)) events.push(stateOf(after) === 'normal' ? 'cleared' : 'restored');
  return { events, rings: stateOf(after) === 'unacknowledged' && stateOf(before) !== 'unacknowledged' };
};

/** Whether a lesser alarm of the same tag and side is hidden behind this one. */
export const supersedes = (life: Lifecycle): boolean => isUp(stateOf(life));

const isVisible = (life: Lifecycle): boolean => !(life.shelved || life.suppressed || life.outOfService);
const isUp = (state: AlarmState | 'normal'): boolean => state === 'unacknowledged' || state === 'acknowledged';
const activated = (next: Lifecycle): Transition => {
  if (!isVisible(next)) return quiet(next);
  return next.superseded ? { next, event: 'suppressed', rings: false } : { next, event: 'raised', rings: true };
};
const idle = (life: Lifecycle): Lifecycle => ({ ...life, active: false, acknowledged: true, held: false });
const quiet = (next: Lifecycle): Transition => ({ next, event: null, rings: false });

/** Back in view: what is still present asks for attention again, what has gone meanwhile is over. */
const uncovered = (life: Lifecycle, event: AlarmEvent['event']): Transition => {
  if (!isVisible(life)) return { next: life, event, rings: false };
  if (!life.active) return { next: idle(life), event, rings: false };
  const next = { ...life, acknowledged: false };
  return { next, event, rings: stateOf(next) === 'unacknowledged' };
};
