import type { AlarmEvent } from '../../../src-shared/contract/index.ts';
import type { Clock } from '../../../src-shared/kernel/index.ts';
import type { Faults } from '../../platform/faults.ts';
import { saveAlarm, type Alarm } from './alarm.ts';
import { stateOf } from './model/lifecycle.ts';
import type { AlarmStore, JournalFilter } from './store.ts';

/** Events and changed alarms on their way to the database: one transaction a flush. What the disk refuses waits, within a bound, and is tried again. */
export type Journal = {
  /** Numbers an event and takes it in. */
  add(event: Omit<AlarmEvent, 'sequence'>): AlarmEvent;
  /** The alarm's state has changed and is to be kept. */
  touch(alarm: Alarm): void;
  /** Writes what waits; on disk when it returns true. While writing fails it tries at most once a second. */
  flush(): boolean;
  /** Written and waiting events, newest first. */
  read(filter: JournalFilter): AlarmEvent[];
};

const MAX_WAITING = 50_000;
const RETRY_MS = 1_000;

export const createJournal = ({ store, clock, faults }: { readonly store: AlarmStore; readonly clock: Clock; readonly faults: Faults }): Journal => {
  let sequence = store.lastSequence();
  let waiting: AlarmEvent[] = [];
  let changed = new Set<Alarm>();
  let failedAt: number | null = null;
  let lost = 0;
  return {
    add(event) {
      sequence += 1;
      const numbered = { sequence, ...event };
      waiting.push(numbered);
      if (waiting.length > MAX_WAITING) {
        waiting.shift();
        lost += 1;
      }
      return numbered;
    },
    touch: (alarm) => void changed.add(alarm),
    flush() {
      if (waiting.length === 0 && changed.size === 0) return true;
      const now = clock.monotonic();
      if (failedAt !== null && now - failedAt < RETRY_MS) return false;
      try {
        store.transaction(() => {
          const writtenAt = clock.now();
          for (const event of waiting) store.addEvent(event, writtenAt);
          for (const alarm of changed) {
            if (stateOf(alarm.life) === 'normal') store.dropState(alarm.definition.id);
            else store.putState(alarm.definition.id, saveAlarm(alarm));
          }
        });
      } catch (error) {
        failedAt = now;
        faults.report({ source: 'alarms', code: 'JournalNotWritten', severity: 'error', text: { zh: '报警日志无法写入磁盘，暂存内存', en: 'The alarm journal cannot be written; events wait in memory' }, detail: `${String(error)}; waiting ${waiting.length}, lost ${lost}` });
        return false;
      }
      if (failedAt !== null) faults.clear('alarms', 'JournalNotWritten');
      failedAt = null;
      waiting = [];
      changed = new Set();
      return true;
    },
    read(filter) {
      const written = store.journal(filter);
      if (waiting.length === 0) return written;
      const { from, to, alarm, limit } = filter;
      const own = waiting.filter((event) => event.at >= from && event.at <= to && (alarm === undefined || event.alarm === alarm));
      return [...own, ...written].toSorted((a, b) => b.at - a.at || b.sequence - a.sequence).slice(0, limit);
    },
  };
};
