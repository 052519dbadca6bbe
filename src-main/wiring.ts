import type { Fault } from '../src-shared/contract/index.ts';
import { createScope, text, type Disposable, type Table } from '../src-shared/kernel/index.ts';
import type { AlarmSetting } from '../src-shared/plant/index.ts';
import type { Alarms } from './modules/alarms/index.ts';
import type { Feeds } from './modules/feeds/index.ts';
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

/** Alarms of OPC UA servers join the list: their state is their server's, and what a person wishes goes there. */
export const followConditions = ({ feeds, alarms, ids }: { readonly feeds: Pick<Feeds, 'onDidChangeConditions' | 'wish'>; readonly alarms: Pick<Alarms, 'connectExternal'>; /** Feeds that take conditions. */ readonly ids: readonly string[] }): Disposable => {
  const scope = createScope();
  const lines = new Map(
    ids.map((feed) => [
      feed,
      scope.add(
        alarms.connectExternal({
          id: feed,
          name: text(`数据源 ${feed}`, `Feed ${feed}`),
          acknowledge: (key, by, note) => feeds.wish({ feed, key, act: 'acknowledge', comment: note === '' ? by.name : `${by.name}: ${note}` }),
          shelve: (key, { ms }) => feeds.wish({ feed, key, act: 'shelve', ms }),
          unshelve: (key) => feeds.wish({ feed, key, act: 'unshelve' }),
        }),
      ),
    ]),
  );
  scope.add(
    feeds.onDidChangeConditions(({ feed, change, conditions }) => {
      const line = lines.get(feed);
      if (change === 'lost') line?.lost();
      else line?.[change](conditions);
    }),
  );
  return scope;
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
