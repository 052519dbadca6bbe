import { createEmitter, createTable, text, type Clock, type Listen, type Table, type Text, type UtcMs } from '../../../src-shared/kernel/index.ts';
import type { AlarmEvent, AlarmRow } from '../../../src-shared/contract/index.ts';
import { newAlarm, rowOf, type Alarm } from './alarm.ts';
import { kindWords, type Definition } from './definition.ts';
import { createFirstOut } from './firstOut.ts';
import type { Journal } from './journal.ts';
import { advance, observed, stateOf, supersedes, type Lifecycle, type Stimulus } from './model/lifecycle.ts';

/** Every alarm there can be, by id; the one place where an alarm changes. */
export type Board = {
  readonly alarms: ReadonlyMap<string, Alarm>;
  readonly table: Table<string, AlarmRow>;
  /** The alarm of a definition, new or known; a known one takes the new words. */
  define(definition: Definition): Alarm;
  /** Moves an alarm; false when the stimulus does not apply where it stands. */
  apply(alarm: Alarm, stimulus: Stimulus, occasion: Occasion): boolean;
  /** Puts an alarm of another system where that system says it stands, and journals what that means to people. */
  follow(alarm: Alarm, life: Lifecycle, occasion: Occasion): void;
  /** Shows an alarm whose facts were set from outside, after a restart. */
  show(alarm: Alarm, event: AlarmEvent['event'] | null, note: string | null): void;
  /** Runs changes as one: one announcement, then the news to listeners. The journal takes them to the disk together with others of the same tick. */
  change(run: () => void): void;
  readonly onDidRaise: Listen<AlarmRow>;
  readonly onDidRecord: Listen<AlarmEvent>;
  /** A group of changes asks for attention; just before it settles. */
  readonly onDidRing: Listen<void>;
  /** After each group of changes that changed something. */
  readonly onDidSettle: Listen<void>;
};

/** When and why an alarm moves: source time for the process, our time for people. */
export type Occasion = { readonly at: UtcMs; readonly value?: number; readonly actor?: string; readonly note?: string; readonly shelf?: { readonly until: UtcMs; readonly reason: string }; /** What suppresses it, for people. */ readonly by?: Text };

export const createBoard = ({ clock, journal }: { readonly clock: Clock; readonly journal: Journal }): Board => {
  const alarms = new Map<string, Alarm>();
  const firstOut = createFirstOut();
  const table = createTable<string, AlarmRow>((row) => row.id);
  const raised = createEmitter<AlarmRow>();
  const recorded = createEmitter<AlarmEvent>();
  const ringing = createEmitter<void>();
  const settled = createEmitter<void>();
  let depth = 0;
  let news: AlarmRow[] = [];
  let dirty = false;

  const show = (alarm: Alarm) => {
    const row = rowOf(alarm);
    dirty = true;
    journal.touch(alarm);
    if (row === null) table.drop(alarm.definition.id);
    else table.put(row);
    return row;
  };
  const record = (alarm: Alarm, kind: AlarmEvent['event'], { at, actor = null, note = null }: { readonly at: UtcMs; readonly actor?: string | null; readonly note?: string | null }) => {
    const { id, priority, message } = alarm.definition;
    recorded.emit(journal.add({ alarm: id, at, event: kind, priority, value: alarm.value, actor, note, message }));
  };
  const change = (run: () => void) => {
    depth += 1;
    try {
      table.change(run);
    } finally {
      depth -= 1;
      if (depth === 0) settle();
    }
  };
  const settle = () => {
    if (!dirty) return;
    dirty = false;
    const rows = news;
    news = [];
    if (rows.length > 0) ringing.emit();
    settled.emit();
    for (const row of rows) raised.emit(row);
  };

  const apply: Board['apply'] = (alarm, stimulus, occasion) => {
    const transition = advance(alarm.life, stimulus, alarm.definition);
    if (transition === null) return false;
    const now = clock.now();
    alarm.life = transition.next;
    alarm.changedAt = now;
    if (occasion.value !== undefined) alarm.value = occasion.value;
    if (stimulus === 'activate') {
      alarm.raisedAt = occasion.at;
      alarm.seenAt = now;
      alarm.count += 1;
      alarm.acknowledgedBy = null;
      alarm.acknowledgedAt = null;
    } else if (stimulus === 'acknowledge') {
      alarm.acknowledgedBy = occasion.actor ?? null;
      alarm.acknowledgedAt = now;
    } else if (stimulus === 'shelve') {
      alarm.shelvedUntil = occasion.shelf?.until ?? null;
      alarm.shelvedBy = occasion.actor ?? null;
      alarm.shelveReason = occasion.shelf?.reason ?? null;
    } else if (stimulus === 'unshelve') {
      alarm.shelvedUntil = null;
      alarm.shelvedBy = null;
      alarm.shelveReason = null;
    }
    else if (stimulus === 'suppress') alarm.suppressedBy = occasion.by ?? null;
    else if (stimulus === 'supersede') alarm.suppressedBy ??= occasion.by ?? null;
    else if (stimulus === 'unsuppress' || (stimulus === 'unsupersede' && !alarm.life.suppressed)) alarm.suppressedBy = null;
    else if (stimulus === 'take-out-of-service') {
      alarm.outOfServiceBy = occasion.actor ?? null;
      alarm.outOfServiceReason = occasion.note ?? null;
    } else if (stimulus === 'return-to-service') {
      alarm.outOfServiceBy = null;
      alarm.outOfServiceReason = null;
    }
    if (stateOf(alarm.life) === 'normal') alarm.count = 0;
    change(() => {
      firstOut.settle(alarm);
      const row = show(alarm);
      if (transition.event !== null) record(alarm, transition.event, occasion);
      if (transition.rings && row !== null) news.push(row);
      const { lesser } = alarm;
      if (lesser === null) return;
      if (stimulus === 'acknowledge' && lesser.life.superseded) apply(lesser, 'acknowledge', occasion);
      apply(lesser, supersedes(alarm.life) ? 'supersede' : 'unsupersede', { at: occasion.at, by: behind(alarm) });
    });
    return true;
  };

  return {
    alarms,
    table,
    define(definition) {
      const known = alarms.get(definition.id);
      if (known !== undefined) {
        firstOut.leave(known);
        known.definition = definition;
        firstOut.join(known);
        return known;
      }
      const alarm = newAlarm(definition);
      alarms.set(definition.id, alarm);
      firstOut.join(alarm);
      return alarm;
    },
    apply,
    follow(alarm, life, occasion) {
      const now = clock.now();
      const { events, rings } = observed(alarm.life, life);
      alarm.life = life;
      alarm.changedAt = now;
      if (occasion.value !== undefined) alarm.value = occasion.value;
      if (events.includes('raised')) {
        alarm.raisedAt = occasion.at;
        alarm.seenAt = now;
        alarm.count += 1;
      }
      alarm.acknowledgedBy = life.acknowledged ? (events.includes('acknowledged') ? (occasion.actor ?? null) : alarm.acknowledgedBy) : null;
      alarm.acknowledgedAt = life.acknowledged ? (events.includes('acknowledged') ? now : alarm.acknowledgedAt) : null;
      if (stateOf(life) === 'normal') alarm.count = 0;
      change(() => {
        const row = show(alarm);
        for (const event of events) record(alarm, event, occasion);
        if (rings && row !== null) news.push(row);
      });
    },
    show(alarm, event, note) {
      change(() => {
        show(alarm);
        if (event !== null) record(alarm, event, { at: clock.now(), note });
      });
    },
    change,
    onDidRaise: raised.listen,
    onDidRecord: recorded.listen,
    onDidRing: ringing.listen,
    onDidSettle: settled.listen,
  };
};

/** What hides a lesser alarm of the same tag. */
export const behind = ({ definition: { kind } }: Alarm): Text => text(`本位号已${kindWords(kind).zh}`, `${kindWords(kind).en} of the same tag is up`);
