import type { Actor, AlarmRow, Anlan, InputOf, OutputOf, RefusalOf } from '../../../src-shared/contract/index.ts';
import { MINUTE, ok, refuse, text, type Clock, type Result } from '../../../src-shared/kernel/index.ts';
import { settingAsideOf, type AlarmPolicy, type AlarmPriority } from '../../../src-shared/plant/index.ts';
import { rowOf } from './alarm.ts';
import type { Board } from './board.ts';
import type { Externals } from './external.ts';
import type { Journal } from './journal.ts';
import { stateOf, type Stimulus } from './model/lifecycle.ts';
import type { Suppression } from './suppression.ts';

type Entries = Anlan['alarms'];
type Answer<E> = Result<OutputOf<E>, RefusalOf<E>>;
type Acknowledge = Entries['acknowledge'];
type Shelve = Entries['shelve'];
type Unshelve = Entries['unshelve'];

/** What people do to alarms. An alarm of our own moves at once; a wish for one of another system goes there and its answer comes back. */
export type Operator = {
  acknowledge(ids: readonly string[], by: Actor, note: string): Answer<Acknowledge>;
  /** Of our own and of other systems. */
  acknowledgeAny(ids: readonly string[], by: Actor, note: string): Promise<Answer<Acknowledge>>;
  /** Ends latched alarms whose condition is gone. */
  reset(ids: readonly string[], by: Actor): Answer<Entries['reset']>;
  shelve(input: InputOf<Shelve>, by: Actor): Answer<Shelve>;
  shelveAny(input: InputOf<Shelve>, by: Actor): Promise<Answer<Shelve>>;
  unshelve(id: string, by: Actor): Answer<Unshelve>;
  unshelveAny(id: string, by: Actor): Promise<Answer<Unshelve>>;
  takeOutOfService(input: InputOf<Entries['takeOutOfService']>, by: Actor): Answer<Entries['takeOutOfService']>;
  returnToService(ids: readonly string[], by: Actor): Answer<Entries['returnToService']>;
  setOperation(input: InputOf<Entries['setOperation']>, by: Actor): Answer<Entries['setOperation']>;
};

type Dependencies = { readonly board: Board; readonly externals: Externals; readonly suppression: Suppression; readonly hasEquipment: (id: string) => boolean; readonly journal: Journal; readonly policy: AlarmPolicy; readonly clock: Clock };

export const createOperator = ({ board, externals, suppression, hasEquipment, journal, policy, clock }: Dependencies): Operator => {
  /** What a person did is on disk before it is answered; what the process did waits for the next tick. */
  const kept = <T>(answer: T): T => {
    journal.flush();
    return answer;
  };
  const notFound = (id: string) => refuse('NotFound', text(`没有报警 ${id}`, `There is no alarm ${id}`));
  /** Applies one stimulus to several alarms; how many it moved, and whether any of them is known. */
  const applyAll = (ids: readonly string[], stimulus: Stimulus, { actor, note }: { readonly actor: string; readonly note: string }) => {
    let moved = 0;
    let known = 0;
    board.change(() => {
      for (const id of ids) {
        const alarm = board.alarms.get(id);
        if (alarm === undefined || (stateOf(alarm.life) === 'normal' && stimulus !== 'take-out-of-service')) continue;
        known += 1;
        if (board.apply(alarm, stimulus, { at: clock.now(), actor, note })) moved += 1;
      }
    });
    return { moved, isKnown: known > 0 };
  };

  const acknowledge: Operator['acknowledge'] = (ids, by, note) => {
    const { moved, isKnown } = applyAll(ids, 'acknowledge', { actor: by.name, note });
    if (moved > 0) return kept(ok({ acknowledged: moved }));
    return isKnown ? refuse('AlreadyAcknowledged', text('这些报警已经确认', 'These alarms are acknowledged already')) : notFound(ids.join(', '));
  };
  const shelve: Operator['shelve'] = ({ id, minutes, reason }, by) => {
    const alarm = board.alarms.get(id);
    if (alarm === undefined) return notFound(id);
    if (alarm.definition.kind === 'SYSTEM') return refuse('NotAllowed', text('系统自身的报警不能搁置', 'An alarm of the station itself cannot be shelved'));
    const limit = shelvingLimit(alarm.definition.priority, minutes, by);
    if (limit !== null) return limit;
    const isShelved = board.apply(alarm, 'shelve', { at: clock.now(), actor: by.name, note: `${minutes} min: ${reason}`, shelf: { until: clock.now() + minutes * MINUTE, reason } });
    const row = rowOf(alarm);
    if (!isShelved || row === null) return refuse('NotAllowed', text('报警已搁置、被抑制或停用', 'The alarm is shelved, suppressed or out of service already'));
    return kept(ok(row));
  };
  /** The limits of a role (ISA-18.2 §11.5); null when the wish stays within. */
  const shelvingLimit = (priority: AlarmPriority, minutes: number, by: Actor) => {
    const { maxMinutes, most, priorities } = settingAsideOf(policy, by.role);
    if (!priorities.includes(priority)) return refuse('NotAllowed', text(`${by.name} 的角色不能搁置优先级 ${priority} 的报警`, `The role of ${by.name} may not shelve alarms of priority ${priority}`));
    if (minutes > maxMinutes) return refuse('NotAllowed', text(`${by.name} 的角色最多搁置 ${maxMinutes} 分钟`, `The role of ${by.name} may shelve for ${maxMinutes} min at most`));
    const shelved = board.table.rows().filter((row) => row.state === 'shelved').length;
    return shelved >= most ? refuse('NotAllowed', text(`已有 ${shelved} 条报警被搁置，${by.name} 的角色最多 ${most} 条`, `${shelved} alarms are shelved already; the role of ${by.name} may go up to ${most}`)) : null;
  };
  const notYourRole = (by: Actor) => (settingAsideOf(policy, by.role).outOfService ? null : refuse('NotAllowed', text(`${by.name} 的角色不能停用报警或设备`, `The role of ${by.name} may not take alarms or equipment out`)));
  /** The row as it stands; the one before where there is none any more. */
  const rowNow = (id: string, before: AlarmRow): AlarmRow => {
    const alarm = board.alarms.get(id);
    return (alarm === undefined ? null : rowOf(alarm)) ?? { ...before, shelvedUntil: null, shelvedBy: null, shelveReason: null };
  };
  const unshelve: Operator['unshelve'] = (id, by) => {
    const alarm = board.alarms.get(id);
    if (alarm === undefined) return notFound(id);
    const before = rowOf(alarm);
    if (before === null || !board.apply(alarm, 'unshelve', { at: clock.now(), actor: by.name })) return refuse('NotShelved', text('报警未搁置', 'The alarm is not shelved'));
    return kept(ok(rowNow(id, before)));
  };

  return {
    acknowledge,
    async acknowledgeAny(ids, by, note) {
      const { theirs = [], own = [] } = Object.groupBy(ids, (id) => (externals.isExternal(id) ? 'theirs' : 'own'));
      if (theirs.length === 0) return acknowledge(own, by, note);
      const ours = own.length === 0 ? null : acknowledge(own, by, note);
      const answers = await Promise.all(theirs.map((id) => externals.acknowledge(id, by, note)));
      const refusals = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal]));
      const acknowledged = (ours?.ok === true ? ours.value.acknowledged : 0) + answers.length - refusals.length;
      const [first] = refusals;
      if (acknowledged === 0 && first !== undefined) return { ok: false, refusal: first };
      const refused = [...new Map(refusals.map((refusal) => [refusal.text.en, refusal.text])).values()];
      return kept(ok(refused.length === 0 ? { acknowledged } : { acknowledged, refused }));
    },
    reset(ids, by) {
      const { moved, isKnown } = applyAll(ids, 'reset', { actor: by.name, note: '' });
      if (moved > 0) return kept(ok({ reset: moved }));
      return isKnown ? refuse('NotLatched', text('报警条件仍在，或报警未锁存', 'Still present, unacknowledged or not latched')) : notFound(ids.join(', '));
    },
    shelve,
    async shelveAny(input, by) {
      const before = board.table.get(input.id);
      if (before === undefined || !externals.isExternal(input.id)) return shelve(input, by);
      const limit = shelvingLimit(before.priority, input.minutes, by);
      if (limit !== null) return limit;
      const answer = await externals.shelve(input.id, { ms: input.minutes * MINUTE, reason: input.reason }, by);
      return answer.ok ? ok(rowNow(input.id, before)) : answer;
    },
    unshelve,
    async unshelveAny(id, by) {
      const before = board.table.get(id);
      if (before === undefined || !externals.isExternal(id)) return unshelve(id, by);
      const answer = await externals.unshelve(id, by);
      return answer.ok ? ok(rowNow(id, before)) : answer;
    },
    takeOutOfService({ ids, reason }, by) {
      const refusal = notYourRole(by);
      if (refusal !== null) return refusal;
      if (ids.some((id) => externals.isExternal(id) || board.alarms.get(id)?.definition.kind === 'SYSTEM')) return refuse('NotAllowed', text('系统自身或其他系统的报警不能在此停用', 'Alarms of the station itself or of other systems cannot be taken out of service here'));
      const { moved, isKnown } = applyAll(ids, 'take-out-of-service', { actor: by.name, note: reason });
      if (moved > 0) return kept(ok({ moved }));
      return isKnown ? refuse('NotAllowed', text('报警已停用', 'Out of service already')) : notFound(ids.join(', '));
    },
    returnToService(ids, by) {
      const refusal = notYourRole(by);
      if (refusal !== null) return refusal;
      const { moved, isKnown } = applyAll(ids, 'return-to-service', { actor: by.name, note: '' });
      if (moved > 0) return kept(ok({ moved }));
      return isKnown ? refuse('NotAllowed', text('报警并未停用', 'Not out of service')) : notFound(ids.join(', '));
    },
    setOperation({ equipment, inOperation, reason }, by) {
      const refusal = notYourRole(by);
      if (refusal !== null) return refusal;
      if (!hasEquipment(equipment)) return refuse('NotFound', text(`没有设备 ${equipment}`, `There is no equipment ${equipment}`));
      const alarms = suppression.setOperation(equipment, inOperation, { by, reason });
      if (alarms === null) return refuse('NothingChanged', inOperation ? text('设备并未停运', 'It is in operation already') : text('设备已停运', 'It is out of operation already'));
      return kept(ok({ alarms }));
    },
  };
};
