import fs from 'node:fs';
import { flameBallBlast, scaleLength } from './flameBall.ts';

/**
 * Writes model/blastCurveTable.ts: `node src-main/modules/consequence/generate/blastCurves.ts` (some minutes). The scaled impulse is i a0 / (p0^(2/3) E^(1/3)).
 * Between the fastest deflagration (about Mach 2) and the Chapman–Jouguet detonation (5.2) no steady flame exists, so none is computed. A faster flame is never
 * counted the milder, nor a nearer place the safer: each curve is raised to the ones before it, where shock and flame of neighbouring speeds overtake
 * each other, and to what lies farther out, where the step-wise flame leaves a ripple.
 */
const machs = [0.07, 0.12, 0.2, 0.35, 0.5, 0.7, 1, 1.4, 2, 5.2];
const distances = Array.from({ length: 25 }, (_, i) => 0.15 * (10 / 0.15) ** (i / 24));
const round = (value: number): number => Number(value.toPrecision(4));

const rows = machs.map((mach) => {
  const points = flameBallBlast(mach, 110);
  const at = (distance: number, of: (point: (typeof points)[number]) => number): number => {
    // The mean over two per cent of distance: single cells carry the ripple of the step-wise flame.
    const near = points.filter((point) => Math.abs(point.distance / distance - 1) < 0.02);
    return near.reduce((sum, point) => sum + of(point), 0) / near.length;
  };
  return {
    mach,
    overpressure: distances.map((distance) => round(at(distance, (point) => point.overpressure))),
    impulse: distances.map((distance) => round((at(distance, (point) => point.impulse) * Math.sqrt(1.4)) / scaleLength)),
  };
});

for (const key of ['overpressure', 'impulse'] as const) {
  for (const row of rows) for (let k = distances.length - 2; k >= 0; k -= 1) row[key][k] = Math.max(row[key][k]!, row[key][k + 1]!);
  for (let i = 1; i < rows.length; i += 1) rows[i]![key] = rows[i]![key].map((value, k) => Math.max(value, rows[i - 1]![key][k]!));
}

const list = (values: readonly number[]): string => `[${values.join(', ')}]`;
const lines = rows.map((row) => `  { mach: ${row.mach}, overpressure: ${list(row.overpressure)}, impulse: ${list(row.impulse)} },`);
fs.writeFileSync(
  new URL('../model/blastCurveTable.ts', import.meta.url),
  `/** Written by generate/blastCurves.ts: peak overpressure over p0 and scaled positive impulse at scaled distances, by flame Mach number. */
export const blastDistances: readonly number[] = ${list(distances.map(round))};

export const blastCurveTable: readonly { readonly mach: number; readonly overpressure: readonly number[]; readonly impulse: readonly number[] }[] = [
${lines.join('\n')}
];
`,
);
