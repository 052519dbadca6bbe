import { deathRadius, kingeryBulmash, scaledOverpressure, tntMass } from '../../modules/consequence/index.ts';
import { bare, evaluated, MissingInput, numberOf, numbersOf, optionalNumber, unsupported, type CaseAdapter, type Evaluation, type ReferenceCase } from './caseAdapter.ts';

const tnt = ({ inputs }: ReferenceCase): Evaluation => {
  const given = bare(inputs['tnt_mass']);
  if (given !== undefined) {
    const radii = numbersOf(inputs, 'tnt_mass').map(deathRadius);
    return evaluated({ death_radius: Array.isArray(given) ? radii : radii[0] });
  }
  // The engine's kilogram of TNT is 4.68 MJ; a case with another one is scaled to it.
  const energy = optionalNumber(inputs, 'tnt_energy') ?? 4.68e6;
  return evaluated({ tnt_mass: (tntMass(numberOf(inputs, 'mass'), numberOf(inputs, 'heat_of_combustion'), numberOf(inputs, 'yield')) * 4.68e6) / energy });
};

const blastCurve = ({ inputs }: ReferenceCase): Evaluation => {
  const distances = numbersOf(inputs, 'scaled_distance');
  const all = (quantity: Parameters<typeof kingeryBulmash>[0]): readonly number[] => distances.map((z) => kingeryBulmash(quantity, z));
  return evaluated({ incident_overpressure: all('incidentPressure'), incident_impulse: all('incidentImpulse'), arrival_time: all('arrivalTime'), reflected_overpressure: all('reflectedPressure') });
};

const machOf = (name: string): number => {
  const mach = Number(/^Mf([\d.]+)$/.exec(name)?.[1]);
  if (!Number.isFinite(mach)) throw new MissingInput(`${name} is not a flame Mach number as Mf0.2`);
  return mach;
};

const flameCurves = ({ inputs, expected }: ReferenceCase): Evaluation => {
  const points = bare(inputs['points']);
  if (typeof points !== 'object' || points === null) return orderings(expected);
  const got = Object.fromEntries(Object.entries(expected).map(([name, entry]) => {
    const mach = machOf(name);
    const distances = (points as Readonly<Record<string, unknown>>)[name];
    if (!Array.isArray(distances)) throw new MissingInput(`inputs.points.${name}`);
    const scaled = { scaled_overpressure: distances.map((distance) => scaledOverpressure(mach, Number(distance))) };
    return [name, 'plateau' in (entry as object) ? { ...scaled, plateau: scaledOverpressure(mach, 0.15) } : scaled];
  }));
  return evaluated(got, { why: 'the curves are the module\'s own solution of the constant-speed flame, not readings of the published figure' });
};

/** The laws that a case puts in words, checked on the engine's own curves. */
const orderings = (expected: ReferenceCase['expected']): Evaluation => {
  const machs = [0.12, 0.2, 0.35, 0.5, 0.7, 1, 1.4, 2, 5.2];
  const distances = Array.from({ length: 60 }, (_, i) => 0.2 * 40 ** (i / 59));
  const falls = machs.every((mach) => distances.every((r, i) => i === 0 || scaledOverpressure(mach, r) <= scaledOverpressure(mach, distances[i - 1]!) * (1 + 1e-9)));
  const rises = distances.every((r) => machs.every((mach, i) => i === 0 || scaledOverpressure(mach, r) >= scaledOverpressure(machs[i - 1]!, r) * (1 - 1e-9)));
  const farField = distances.filter((r) => r > 2).every((r) => {
    const strong = machs.filter((mach) => mach >= 1).map((mach) => scaledOverpressure(mach, r));
    return Math.max(...strong) / Math.min(...strong) < 1.25;
  });
  const distanceTo = (energy: number): number => {
    const length = Math.cbrt((2 * energy) / 101325);
    let [low, high] = [0.2 * length, 10 * length];
    for (let i = 0; i < 60; i += 1) {
      const middle = (low + high) / 2;
      if (scaledOverpressure(1, middle / length) > 0.1) low = middle;
      else high = middle;
    }
    return low;
  };
  const laws: Readonly<Record<string, boolean>> = { 1: falls, 2: rises, 3: farField, 4: Math.abs(distanceTo(8e9) / distanceTo(1e9) - 2) < 1e-6 };
  const asked = Object.keys(expected).filter((key) => key in laws);
  if (asked.length === 0) return unsupported('the case gives neither points on curves nor laws that the engine knows');
  return evaluated(Object.fromEntries(asked.map((key) => [key, laws[key]])), { expected: Object.fromEntries(asked.map((key) => [key, true])), tolerance: { kind: 'exact', value: 0 } });
};

export const explosionAdapters: readonly CaseAdapter[] = [
  { kinds: ['vce-tnt'], evaluate: tnt },
  { kinds: ['blast-curve'], evaluate: blastCurve },
  { kinds: ['vce-bst'], evaluate: flameCurves },
];
