import type { Clock } from '../../../src-shared/kernel/index.ts';
import { readSaved, restoreAlarm, type Saved } from './alarm.ts';
import { behind, type Board } from './board.ts';
import { systemDefinition, type Definition } from './definition.ts';
import { supersedes } from './model/lifecycle.ts';
import type { AlarmStore } from './store.ts';

const SYSTEM = 'system/';

/**
 * Puts every alarm back where it stood before the restart; the first samples then say what is still so. A system alarm counts as
 * returned, since its cause is raised anew if it is still there; one of another system is stale until that system says more. An alarm that is configured no more is gone; its journal stays.
 */
export const restoreAlarms = ({ board, store, clock }: { readonly board: Board; readonly store: AlarmStore; readonly clock: Clock }): void => {
  const states = store.states();
  board.change(() => {
    for (const { id, state } of states) {
      const saved = readSaved(state);
      if (saved?.words !== undefined) board.define(definitionOf(id, saved.words));
      const alarm = board.alarms.get(id);
      if (saved === null || alarm === undefined) {
        store.dropState(id);
        continue;
      }
      restoreAlarm(alarm, saved);
      alarm.isStale = alarm.definition.source !== null;
      board.show(alarm, 'restored', null);
      if (alarm.definition.kind === 'SYSTEM') board.apply(alarm, 'return', { at: clock.now() });
    }
    for (const alarm of board.alarms.values()) if (alarm.lesser !== null && supersedes(alarm.life)) board.apply(alarm.lesser, 'supersede', { at: clock.now(), by: behind(alarm) });
  });
};

const definitionOf = (id: string, words: NonNullable<Saved['words']>): Definition =>
  words.kind === 'SYSTEM' ? systemDefinition({ code: id.slice(SYSTEM.length), priority: words.priority, text: words.message }) : { ...words, id, limit: NaN, latched: false, group: null, cause: null, consequence: null, action: null, respondWithinS: null };
