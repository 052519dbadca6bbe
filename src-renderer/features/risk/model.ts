import type { ZoneRisk } from '../../../src-shared/contract/index.ts';
import type { RiskGrade } from '../../../src-shared/plant/index.ts';

const GRADE_ORDER: Readonly<Record<RiskGrade, number>> = { major: 0, considerable: 1, general: 2, low: 3 };

/** Zone ids, gravest live grade first, in the plant's own order within a grade: rows move only when a grade changes. */
export const zonesInOrder = (zones: readonly { readonly id: string; readonly grade: RiskGrade }[], risks: readonly Pick<ZoneRisk, 'zone' | 'grade'>[]): readonly string[] => {
  const live = new Map(risks.map(({ zone, grade }) => [zone, grade]));
  return zones
    .map(({ id, grade }, index) => ({ id, index, order: GRADE_ORDER[live.get(id) ?? grade] }))
    .sort((a, b) => a.order - b.order || a.index - b.index)
    .map(({ id }) => id);
};

/** The zone with the highest index. */
export const worstZone = (risks: readonly ZoneRisk[]): ZoneRisk | null => risks.reduce<ZoneRisk | null>((worst, risk) => (worst === null || risk.index > worst.index ? risk : worst), null);
