import type { ZoneRisk } from '../../../src-shared/contract/index.ts';
import type { RiskGrade } from '../../../src-shared/plant/index.ts';

const GRADE_ORDER: Readonly<Record<RiskGrade, number>> = { major: 0, considerable: 1, general: 2, low: 3 };

/** Zone ids, gravest live grade first, then by index in steps of ten, then the plant's own order: rows do not dance with every point. */
export const zonesInOrder = (zones: readonly { readonly id: string; readonly grade: RiskGrade }[], risks: readonly Pick<ZoneRisk, 'zone' | 'grade' | 'index'>[]): readonly string[] => {
  const live = new Map(risks.map((risk) => [risk.zone, risk]));
  return zones
    .map(({ id, grade }, place) => ({ id, place, order: GRADE_ORDER[live.get(id)?.grade ?? grade], step: Math.round((live.get(id)?.index ?? 0) / 10) }))
    .sort((a, b) => a.order - b.order || b.step - a.step || a.place - b.place)
    .map(({ id }) => id);
};

/** The zone with the highest index. */
export const worstZone = (risks: readonly ZoneRisk[]): ZoneRisk | null => risks.reduce<ZoneRisk | null>((worst, risk) => (worst === null || risk.index > worst.index ? risk : worst), null);

/** A scale for a zone's last hour: at least 20 points wide, so that noise stays flat and a rise is seen. */
export const sparkRange = (history: readonly number[]): readonly [number, number] => {
  const low = Math.min(...history);
  const high = Math.max(...history);
  const margin = Math.max(0, 20 - (high - low)) / 2;
  return [low - margin, high + margin];
};

/** `10⁻⁵` for a decade. */
export const powerLabel = (decade: number): string => `10${[...String(Math.round(Math.log10(decade)))].map((digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)])).join('')}`;
