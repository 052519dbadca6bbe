import type { AlarmSetting } from '../../../../src-shared/plant/index.ts';

/** What a condition looks at: the value itself; its slope in units per minute for RATE, its distance from the set point for DEVIATION, its number of exceedances for COUNT. */
export type Condition = Pick<AlarmSetting, 'kind' | 'limit' | 'deadband'>;

/** The condition on what is watched: a COUNT alarm compares its number with `times`; `limit` and `deadband` say what an exceedance is. */
export const conditionOf = ({ kind, limit, deadband, times = 2 }: AlarmSetting): Condition => (kind === 'COUNT' ? { kind, limit: times, deadband: 0 } : { kind, limit, deadband });
/** An open interval of values. */
export type Band = readonly [low: number, high: number];

/**
 * Whether the condition is present at `value`, given that it `was`: reaching the limit starts it, leaving it by more than
 * the deadband ends it (IEC 62682 §10.5.5). RATE above zero alarms on rising, below zero on falling; DEVIATION to either side. DISCRETE is present in one state.
 */
export const isPresent = (condition: Condition, was: boolean, value: number): boolean => {
  if (condition.kind === 'DISCRETE') return Math.abs(value - condition.limit) < 0.5;
  const edge = edgeOf(condition, was);
  if (condition.kind === 'DEVIATION') return Math.abs(value) >= edge;
  return isUpward(condition) ? value >= edge : value <= edge;
};

/** The widest band around what is watched inside which the condition stays as it `is`; the test of the hot path. */
export const quietBand = (condition: Condition, is: boolean, value: number): Band => {
  if (condition.kind === 'DEVIATION') {
    const edge = edgeOf(condition, is);
    if (!is) return [-edge, edge];
    return value < 0 ? [-Infinity, -edge] : [edge, Infinity];
  }
  if (condition.kind !== 'DISCRETE') {
    const edge = edgeOf(condition, is);
    return is === isUpward(condition) ? [edge, Infinity] : [-Infinity, edge];
  }
  if (is) return [condition.limit - 0.5, condition.limit + 0.5];
  return value < condition.limit ? [-Infinity, condition.limit - 0.5] : [condition.limit + 0.5, Infinity];
};

const isUpward = ({ kind, limit }: Condition): boolean => kind === 'HI' || kind === 'HIHI' || kind === 'COUNT' || kind === 'DEVIATION' || (kind === 'RATE' && limit > 0);
const edgeOf = (condition: Condition, is: boolean): number => (is ? condition.limit + (isUpward(condition) ? -condition.deadband : condition.deadband) : condition.limit);
