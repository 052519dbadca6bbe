import type { Fault } from '../src-shared/contract/index.ts';
import { type Disposable, type Table } from '../src-shared/kernel/index.ts';
import type { AlarmSetting } from '../src-shared/plant/index.ts';
import type { Alarms } from './modules/alarms/index.ts';
import type { ModelChange } from './modules/registry/index.ts';

/** An active fault of severity error is a system alarm; it returns to normal with its cause. */
export const followFaults = (faults: Table<string, Fault>, alarms: Pick<Alarms, 'raiseSystem' | 'clearSystem'>): Disposable => {
  const show = (fault: Fault) => {
    if (fault.severity !== 'error') return;
    if (fault.active) alarms.raiseSystem({ code: fault.id, priority: 2, text: fault.text, detail: fault.detail });
    else alarms.clearSystem(fault.id);
  };
  faults.rows().forEach(show);
  return faults.onDidChange(({ put }) => put.forEach(show));
};

/** Alarm settings that a version of the model brings, by alarm. */
export const limitsOf = (changes: readonly ModelChange[]): ReadonlyMap<string, AlarmSetting> =>
  new Map(
    changes.flatMap(({ kind, id, after }): readonly [string, AlarmSetting][] => {
      if (kind !== 'limit' || after === null || !('limit' in after)) return [];
      const { tag: _tag, ...setting } = after;
      return [[id, setting]];
    }),
  );
