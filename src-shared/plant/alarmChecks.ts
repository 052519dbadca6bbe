import { text, type Text } from '../kernel/index.ts';
import type { AlarmSetting, Tag } from './plantModel.ts';
import { namesIn, parsePlantState } from './plantState.ts';

/** What is wrong with one field of the alarm at `index` of a tag. */
export type AlarmProblem = { readonly index: number; readonly field: 'kind' | 'limit' | 'deadband' | 'times' | 'withinS' | 'setpoint' | 'suppressWhen'; readonly text: Text };

/** What else an alarm may name. */
export type KnownNames = { hasTag(id: string): boolean; hasEquipment(id: string): boolean };

/** What the alarms of one tag must hold among themselves and with the tag's range, and what they name must exist. Each field alone is checked by `AlarmSetting`. */
export const alarmProblems = ({ id, range: [low, high] }: Pick<Tag, 'id' | 'range'>, alarms: readonly AlarmSetting[], known: KnownNames): readonly AlarmProblem[] => {
  const problems: AlarmProblem[] = [];
  const wrong = (index: number, field: AlarmProblem['field'], zh: string, en: string) => problems.push({ index, field, text: text(zh, en) });
  const byKind = new Map<AlarmSetting['kind'], { readonly limit: number; readonly index: number }>();
  alarms.forEach(({ kind, limit, deadband, times, withinS, setpoint, suppressWhen }, index) => {
    if (byKind.has(kind)) wrong(index, 'kind', `同一位号已有 ${kind} 报警`, `this tag already has a ${kind} alarm`);
    else byKind.set(kind, { limit, index });
    if (kind !== 'RATE' && kind !== 'DEVIATION' && (limit < low || limit > high)) wrong(index, 'limit', `限值 ${limit} 超出量程 ${low}…${high}`, `limit ${limit} lies outside the range ${low}…${high}`);
    if (kind === 'RATE' && limit === 0) wrong(index, 'limit', '变化率限值不能为 0（正值报上升，负值报下降）', 'a rate limit cannot be 0 (positive alarms on rising, negative on falling)');
    if (kind === 'DEVIATION' && !(limit > 0 && limit <= high - low)) wrong(index, 'limit', `偏差限值 ${limit} 应大于 0 且不超过量程宽度`, `a deviation limit must be above 0 and within the width of the range, not ${limit}`);
    if ((kind === 'DEVIATION') !== (setpoint !== undefined)) wrong(index, 'setpoint', setpoint === undefined ? '偏差报警需要给定值位号' : '只有偏差报警有给定值', setpoint === undefined ? 'a deviation alarm needs the tag of its set point' : 'only a deviation alarm has a set point');
    else if (setpoint !== undefined && (setpoint === id || !known.hasTag(setpoint))) wrong(index, 'setpoint', `给定值位号 ${setpoint} 不存在或就是本位号`, `the set point ${setpoint} is no other tag of the plant model`);
    for (const [field, value] of [['times', times], ['withinS', withinS]] as const) if ((kind === 'COUNT') !== (value !== undefined)) wrong(index, field, value === undefined ? '计次报警需要次数和时间' : '只有计次报警有次数和时间', value === undefined ? 'a count alarm needs times and withinS' : 'only a count alarm has times and withinS');
    if (suppressWhen !== undefined) {
      const state = parsePlantState(suppressWhen);
      if (!state.ok) wrong(index, 'suppressWhen', state.refusal.text.zh, state.refusal.text.en);
      else for (const name of [...namesIn(state.value).tags.filter((tag) => !known.hasTag(tag)), ...namesIn(state.value).equipment.filter((item) => !known.hasEquipment(item))]) wrong(index, 'suppressWhen', `厂区模型没有 ${name}`, `the plant model has no ${name}`);
    }
    if (kind === 'DISCRETE' && !Number.isInteger(limit)) wrong(index, 'limit', '离散报警的限值应为状态编号（整数）', 'the limit of a discrete alarm is a state number, an integer');
    if (deadband >= high - low) wrong(index, 'deadband', `死区 ${deadband} 不小于量程宽度`, `deadband ${deadband} is not smaller than the range`);
  });
  const ordered = (['LOLO', 'LO', 'HI', 'HIHI'] as const).flatMap((kind) => {
    const found = byKind.get(kind);
    return found === undefined ? [] : [{ kind, ...found }];
  });
  for (const [position, upper] of ordered.entries()) {
    const lower = ordered[position - 1];
    if (lower !== undefined && !(lower.limit < upper.limit)) wrong(upper.index, 'limit', `${upper.kind} ${upper.limit} 应大于 ${lower.kind} ${lower.limit}`, `${upper.kind} ${upper.limit} must be above ${lower.kind} ${lower.limit}`);
  }
  return problems;
};
