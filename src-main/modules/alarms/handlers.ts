import type { Anlan, Handlers } from '../../../src-shared/contract/index.ts';
import { ok } from '../../../src-shared/kernel/index.ts';
import type { AlarmService } from './service.ts';

export const createHandlers = (alarms: AlarmService): Handlers<Anlan['alarms']> => ({
  active: alarms.table,
  annunciator: alarms.annunciator,
  acknowledge: ({ ids, note }, { actor }) => alarms.acknowledgeAny(ids, actor, note),
  reset: ({ ids }, { actor }) => alarms.reset(ids, actor),
  silence() {
    alarms.silence();
    return ok({});
  },
  shelve: (input, { actor }) => alarms.shelveAny(input, actor),
  unshelve: ({ id }, { actor }) => alarms.unshelveAny(id, actor),
  policy: () => alarms.policy,
  takeOutOfService: (input, { actor }) => alarms.takeOutOfService(input, actor),
  returnToService: ({ ids }, { actor }) => alarms.returnToService(ids, actor),
  outOfOperation: alarms.outOfOperation,
  setOperation: (input, { actor }) => alarms.setOperation(input, actor),
  reportVoice(report) {
    alarms.reportVoice(report);
    return {};
  },
  settings: alarms.master.state,
  exportSettings: () => ({ csv: alarms.master.print() }),
  previewSettings: ({ csv }) => alarms.master.preview(csv),
  applySettings: (input, { actor }) => alarms.master.apply(input, actor),
  undoSettings: ({ revision }, { actor }) => alarms.master.undo(revision, actor),
  replay: (input) => alarms.replay(input),
  tune: (input, { actor }) => alarms.master.tune(input, actor),
  performance: (period) => alarms.performance(period),
  journal: (filter) => alarms.journal(filter),
});
