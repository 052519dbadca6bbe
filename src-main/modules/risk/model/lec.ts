import { text, type Text } from '../../../../src-shared/kernel/index.ts';
import type { RiskGrade } from '../../../../src-shared/plant/index.ts';

/** Scales of the LEC method (Graham & Kinney 1976; 作业条件危险性评价法): likelihood, exposure, consequence. */
export const lecScales = { L: [10, 6, 3, 1, 0.5, 0.2, 0.1], E: [10, 6, 3, 2, 1, 0.5], C: [100, 40, 15, 7, 3, 1] } as const;

/** Bands of D = L·E·C, the most dangerous first; `above` is exclusive for the first and inclusive below it. */
export const lecBands = [
  { above: 320, name: text('极其危险', 'extremely dangerous') },
  { above: 160, name: text('高度危险', 'highly dangerous') },
  { above: 70, name: text('显著危险', 'markedly dangerous') },
  { above: 20, name: text('可能危险', 'possibly dangerous') },
  { above: 0, name: text('稍有危险', 'slightly dangerous') },
] as const;

/** D = L·E·C and its band. Throws a RangeError for a factor that is on no scale. */
export const lec = (factors: { readonly L: number; readonly E: number; readonly C: number }): { readonly d: number; readonly name: Text } => {
  for (const scale of ['L', 'E', 'C'] as const) if (!lecScales[scale].some((value) => value === factors[scale])) throw new RangeError(`${scale} = ${factors[scale]} is not on the scale ${lecScales[scale].join(', ')}`);
  const d = factors.L * factors.E * factors.C;
  return { d, name: (d > 320 ? lecBands[0] : lecBands.slice(1).find((band) => d >= band.above)!).name };
};

/** Four-colour grading of the double-prevention mechanism: 重大 red, 较大 orange, 一般 yellow, 低 blue. */
export const gradeColours: Readonly<Record<RiskGrade, { readonly name: Text; readonly colour: Text }>> = {
  major: { name: text('重大风险', 'major risk'), colour: text('红', 'red') },
  considerable: { name: text('较大风险', 'considerable risk'), colour: text('橙', 'orange') },
  general: { name: text('一般风险', 'general risk'), colour: text('黄', 'yellow') },
  low: { name: text('低风险', 'low risk'), colour: text('蓝', 'blue') },
};
