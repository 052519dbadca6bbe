import type { RiskCause, ZoneRisk } from '../../../../src-shared/contract/index.ts';
import type { Text } from '../../../../src-shared/kernel/index.ts';
import type { RiskGrade } from '../../../../src-shared/plant/index.ts';

/** One thing known against a zone: how much it weighs before saturation, why, and what would take it away. */
export type Finding = {
  readonly factor: RiskCause['factor'];
  readonly text: Text;
  readonly weight: number;
  readonly evidence: RiskCause['evidence'];
  /** What a person would do about it; findings that one action removes together share the same `remedy.id`. */
  readonly remedy: { readonly id: string; readonly text: Text };
};

export type Indexed = Pick<ZoneRisk, 'index' | 'factors' | 'causes' | 'advice'>;

/** Weights add up and saturate: index = 100 (1 − exp(−Σw/100)). A single weight of 60 gives 45, two of them 70. */
export const saturate = (weight: number): number => 100 * (1 - Math.exp(-weight / 100));

/**
 * The index of 人-机-环-管: 0 when nothing is known against the zone, towards 100. Each cause keeps its share of the sum of weights, so that the
 * causes' points add up to the index exactly; more of anything never lowers it.
 */
export const indexOf = (findings: readonly Finding[]): Indexed => {
  const weighing = findings.filter((finding) => finding.weight > 0);
  const total = weighing.reduce((sum, finding) => sum + finding.weight, 0);
  const index = saturate(total);
  const points = (weight: number): number => (total === 0 ? 0 : (index * weight) / total);
  const causes = weighing.map(({ factor, text, weight, evidence }) => ({ factor, text, points: points(weight), evidence })).toSorted((a, b) => b.points - a.points);
  const sumOf = (factor: RiskCause['factor']): number => causes.filter((cause) => cause.factor === factor).reduce((sum, cause) => sum + cause.points, 0);
  return { index, causes, factors: { people: sumOf('people'), machine: sumOf('machine'), environment: sumOf('environment'), management: sumOf('management') }, advice: adviceFor(weighing, total) };
};

/** The single action after which the index would be lowest. */
const adviceFor = (findings: readonly Finding[], total: number): ZoneRisk['advice'] => {
  const byRemedy = Map.groupBy(findings, (finding) => finding.remedy.id);
  const best = [...byRemedy.values()]
    .map((group) => ({ text: group[0]!.remedy.text, weight: group.reduce((sum, finding) => sum + finding.weight, 0) }))
    .toSorted((a, b) => b.weight - a.weight)[0];
  return best === undefined ? null : { text: best.text, lowersBy: saturate(total) - saturate(total - best.weight) };
};

/** Index at which a grade begins. */
export const gradeFrom = { low: 0, general: 20, considerable: 40, major: 65 } as const satisfies Record<RiskGrade, number>;
const order: readonly RiskGrade[] = ['low', 'general', 'considerable', 'major'];

/** The grade of an index by itself, without memory. */
export const gradeOf = (index: number): RiskGrade => order.findLast((grade) => index >= gradeFrom[grade])!;

export type Graded = { readonly grade: RiskGrade; /** Since when the index has stayed under the grade's lower border; null while it has not. UTC ms. */ readonly belowSince: number | null };

const BAND = 5;
const DWELL = 60_000;

/** The next grade: up at once, down one or more only after a minute at least 5 points below the border. No flicker. */
export const nextGrade = (previous: Graded | null, index: number, now: number): Graded => {
  const reached = gradeOf(index);
  if (previous === null || order.indexOf(reached) > order.indexOf(previous.grade)) return { grade: reached, belowSince: null };
  if (index > gradeFrom[previous.grade] - BAND || previous.grade === 'low') return { grade: previous.grade, belowSince: null };
  const belowSince = previous.belowSince ?? now;
  return now - belowSince < DWELL ? { grade: previous.grade, belowSince } : { grade: reached, belowSince: null };
};

/** Where the index is going, from one point a minute: the last three minutes against the seven before, by more than 3 points. */
export const trendOf = (history: readonly number[], index: number): ZoneRisk['trend'] => {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const before = history.slice(-10, -3);
  if (before.length === 0) return 'steady';
  const change = mean([...history.slice(-3), index]) - mean(before);
  return change > 3 ? 'rising' : change < -3 ? 'falling' : 'steady';
};
