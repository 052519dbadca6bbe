import { text, type Text } from '../kernel/index.ts';
import type { AlarmSetting, Tag } from './plantModel.ts';

/** What is wrong with one field of the alarm at `index` of a tag. */
export type AlarmProblem = { readonly index: number; readonly field: 'kind' | 'limit' | 'deadband'; readonly text: Text };

/** What the alarms of one tag must hold among themselves and with the tag's range. Each field alone is checked by `AlarmSetting`. */
export const alarmProblems = ({ range: [low, high] }: Pick<Tag, 'range'>, alarms: readonly AlarmSetting[]): readonly AlarmProblem[] => {
  const problems: AlarmProblem[] = [];
  const wrong = (index: number, field: AlarmProblem['field'], zh: string, en: string) => problems.push({ index, field, text: text(zh, en) });
  const byKind = new Map<AlarmSetting['kind'], { readonly limit: number; readonly index: number }>();
  alarms.forEach(({ kind, limit, deadband }, index) => {
    if (byKind.has(kind)) wrong(index, 'kind', `同一位号已有 ${kind} 报警`, `this tag already has a ${kind} alarm`);
    else byKind.set(kind, { limit, index });
    if (kind !== 'RATE' && (limit < low || limit > high)) wrong(index, 'limit', `限值 ${limit} 超出量程 ${low}…${high}`, `limit ${limit} lies outside the range ${low}…${high}`);
    if (kind === 'RATE' && limit === 0) wrong(index, 'limit', '变化率限值不能为 0（正值报上升，负值报下降）', 'a rate limit cannot be 0 (positive alarms on rising, negative on falling)');
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
