import { acceptance, britterMcQuaidFraction, plumeField, stabilityFromObukhov, trialStatistics, type PlumeField, type PlumeInput, type TrialPair, type Weather } from '../../modules/consequence/index.ts';
import { unwrap } from '../../../src-shared/kernel/index.ts';
import { bare, evaluated, MissingInput, numberOf, numbersOf, optionalNumber, unsupported, type CaseAdapter, type Evaluation, type ReferenceCase } from './caseAdapter.ts';
import { denseGas } from './dispersion.ts';
import { namedTrials } from './namedTrials.ts';

/** A field along the axis of a cloud: the wind blows from the west, arcs lie to the east. */
const alongAxis = (release: Omit<PlumeInput, 'grid' | 'source'>, height: number, farthest: number): PlumeField =>
  unwrap(plumeField({ ...release, source: { x: 0, y: 0, z: height }, grid: { x0: 0, y0: -1, cell: Math.max(1, farthest / 200), nx: 210, ny: 2 } }));

/** Shortest time over which the engine's plume is averaged: arcs of field trials are maxima over a second or so. */
const shortest = 20;

const weatherOf = (inputs: ReferenceCase['inputs']): Weather => {
  const profile = bare(inputs['wind_profile']);
  const top = Array.isArray(profile) ? profile.at(-1) : undefined;
  const [windHeight, windSpeed] = Array.isArray(top) ? (top as [number, number]) : [optionalNumber(inputs, 'wind_height') ?? 10, numberOf(inputs, 'u', 'u10', 'wind_speed')];
  const roughness = numberOf(inputs, 'z0');
  const obukhov = optionalNumber(inputs, 'Obukhov_length');
  const inverseObukhov = obukhov === undefined ? numberOf(inputs, 'inverse_Obukhov') : 1 / obukhov;
  return {
    windSpeed, windHeight, windFrom: 270, roughness, inverseObukhov, stability: stabilityFromObukhov(inverseObukhov, roughness),
    temperature: numberOf(inputs, 'T_ambient'), pressure: optionalNumber(inputs, 'pressure') ?? 101325, humidity: numberOf(inputs, 'RH'),
  };
};

/** Pairs as volume fractions, so that trials in per cent and in ppm weigh alike; `unit` is the fraction that one unit means. */
const pairsOf = (observed: readonly number[], predicted: readonly number[], unit: number): readonly TrialPair[] =>
  observed.flatMap((each, index) => (each > 0 && (predicted[index] ?? 0) > 0 ? [{ observed: each * unit, predicted: predicted[index]! * unit }] : []));

/** A pool of LNG: arc-wise maxima of methane at a metre, volume per cent. */
const lngPool = ({ inputs, expected }: ReferenceCase): Evaluation => {
  const diameter = numberOf(inputs, 'pool_diameter');
  const arcs = numbersOf(expected, 'arc_distance');
  const observed = bare(expected['max_CH4']);
  if (!Array.isArray(observed)) throw new MissingInput('expected.max_CH4 is not a list');
  const field = alongAxis({
    substance: 'methane', rateKgS: numberOf(inputs, 'mean_rate'), releaseTemperature: 111.66, sourceArea: (Math.PI / 4) * diameter ** 2, weather: weatherOf(inputs), averagingTimeS: shortest,
  }, 0, Math.max(...arcs, 800));
  const got = arcs.map((x) => field.at(x, 0, 1) / 1e4);
  const limit = Array.from({ length: 2000 }, (_, i) => 5 + 0.5 * i).findLast((x) => field.at(x, 0, 0.5) >= 5e4);
  const given = bare(expected['observed_distance_to_LFL']);
  const distance = typeof given === 'number' ? { observed_distance_to_LFL: limit ?? 0 } : {};
  const observedDistance = typeof given === 'number' ? { observed_distance_to_LFL: given } : {};
  return evaluated({ arc_distance: arcs, max_CH4: got, ...distance }, {
    expected: { arc_distance: arcs, max_CH4: observed, ...observedDistance }, pairs: pairsOf(observed as number[], got, 0.01),
    why: `${field.model}, ${field.choice.text.en}; ${limit === undefined ? '5 % is not reached' : `5 % to ${limit} m`}`,
  });
};

/** Trials that a case calls by name and whose release it leaves to the archive they stand in. */
const named = ({ inputs, expected }: ReferenceCase): Evaluation => {
  const arcs = numbersOf(inputs, 'arc');
  const height = optionalNumber(inputs, 'height') ?? 1;
  const got: Record<string, number[]> = {};
  const pairs: TrialPair[] = [];
  for (const [name, entry] of Object.entries(expected)) {
    const trial = namedTrials[name];
    const observed = bare(entry);
    if (trial === undefined || !Array.isArray(observed)) return unsupported(`the release conditions of ${name} are neither in the case nor in the engine's list of trials`);
    const field = alongAxis({ ...trial.release, averagingTimeS: shortest }, trial.height, Math.max(...arcs));
    got[name] = arcs.map((x) => field.at(x, 0, height));
    pairs.push(...pairsOf(observed as number[], got[name], 1e-6));
  }
  return evaluated(got, { pairs, why: 'release conditions from the Modelers Data Archive (Hanna, Chang & Strimaitis 1993), which the case names' });
};

/** A heavy cloud let go at once: the workbook takes it, in which stability has no part; its answer is the same in every class. */
const insensitivity = ({ inputs }: ReferenceCase): Evaluation => {
  const distance = numberOf(inputs, 'distance');
  const winds = numbersOf(inputs, 'wind_10m');
  const source = { amount: 2000, density: 2 * 1.2, temperature: 288 };
  const peaks = winds.map((windSpeed) => britterMcQuaidFraction('instantaneous', source, { windSpeed, temperature: 288, pressure: 101325 }, distance));
  const ratio = Math.max(...peaks) / Math.min(...peaks);
  return evaluated({ ratioBelow3: ratio < 3 }, { expected: { ratioBelow3: true }, tolerance: { kind: 'exact', value: 0 }, why: `instantaneous dense releases are computed by Britter & McQuaid, where class has no part; over the winds of the case the peak changes ${ratio.toFixed(2)} times` });
};

const slabJet = ({ inputs, expected }: ReferenceCase): Evaluation => {
  const xs = numbersOf(expected, 'x');
  const windHeight = Number(/([\d.]+)/.exec(String((inputs['u'] as { readonly at?: unknown } | undefined)?.at))?.[1] ?? 10);
  const substance = 'ammonia';
  const input = {
    substance, rateKgS: numberOf(inputs, 'rate'), liquidFraction: numberOf(inputs, 'liquid_fraction'), sourceArea: numberOf(inputs, 'source_area'), releaseTemperature: numberOf(inputs, 'T_source'),
    weather: { ...weatherOf(inputs), windHeight }, averagingTimeS: numberOf(inputs, 'averaging_time'), isJet: true, model: 'slab',
  } as const;
  const section = alongAxis(input, numberOf(inputs, 'height'), Math.max(...xs)).section;
  const rows = xs.map((x) => section?.(x) ?? null);
  if (rows.some((row) => row === null)) return unsupported('the engine chose a model without sections');
  const column = (key: 'averageFraction' | 'height' | 'halfWidth' | 'temperature'): readonly number[] => rows.map((row) => row![key]);
  return evaluated({ x: xs, cloud_average_volume_fraction: column('averageFraction'), cloud_height: column('height'), half_width: column('halfWidth'), cloud_temperature: column('temperature') });
};

const scaling = ({ inputs }: ReferenceCase): Evaluation => {
  const observed = numbersOf(inputs, 'obs');
  const all = numbersOf(inputs, 'f').map((f) => trialStatistics(observed.map((each) => ({ observed: each, predicted: f * each }))));
  return evaluated({ MG: all.map((each) => each.mg), VG: all.map((each) => each.vg), FB: all.map((each) => each.fb), FAC2: all.map((each) => each.fac2), NMSE: all.map((each) => each.nmse) });
};

export const fieldTrialAdapters: readonly CaseAdapter[] = [
  {
    kinds: ['field-trial'],
    evaluate: (reference) => {
      if ('pool_diameter' in reference.inputs) return lngPool(reference);
      if (/insensitiv|thorney/.test(reference.id)) return insensitivity(reference);
      return 'arc' in reference.inputs ? named(reference) : unsupported('the case gives no arcs to predict');
    },
  },
  { kinds: ['dense-gas'], evaluate: (reference) => ('source_area' in reference.inputs ? slabJet(reference) : denseGas(reference)) },
  { kinds: ['metric'], evaluate: scaling },
  {
    kinds: ['acceptance'],
    evaluate: () => evaluated({ FAC2_min: acceptance.leastFac2, FB_abs_max: acceptance.mostFb, MG: acceptance.mg, NMSE_max: acceptance.mostNmse, VG_max: acceptance.mostVg }),
  },
];
