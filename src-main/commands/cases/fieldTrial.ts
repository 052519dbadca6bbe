import {
  acceptance, britterMcQuaidFraction, evaluateTrial, fieldTrials, plumeField, ppmFromDensity, stabilityClasses, stabilityFromObukhov, substanceOf, trialReport, trialStatistics, type ConsequenceSubstance, type FieldTrial, type PlumeField, type PlumeInput,
  type TrialPair, type Weather,
} from '../../modules/consequence/index.ts';
import { unwrap } from '../../../src-shared/kernel/index.ts';
import { bare, evaluated, MissingInput, numberOf, numbersOf, optionalNumber, unsupported, type CaseAdapter, type Evaluation, type ReferenceCase } from './caseAdapter.ts';
import { denseGas } from './dispersion.ts';

/** A field along the axis of a cloud: the wind blows from the west, arcs lie to the east. */
const alongAxis = (release: Omit<PlumeInput, 'grid' | 'source'>, height: number, farthest: number): PlumeField =>
  unwrap(plumeField({ ...release, source: { x: 0, y: 0, z: height }, grid: { x0: 0, y0: -1, cell: Math.max(1, farthest / 200), nx: 210, ny: 2 } }));

/** Shortest time over which the engine's plume is averaged: arcs of field trials are maxima over a second or so. */
const shortest = 20;

const weatherOf = (inputs: ReferenceCase['inputs']): Weather => {
  const profile = bare(inputs['wind_profile']);
  const top = Array.isArray(profile) ? profile.at(-1) : undefined;
  const [windHeight, windSpeed] = Array.isArray(top) ? (top as [number, number]) : [optionalNumber(inputs, 'wind_height', 'z_ref') ?? 10, numberOf(inputs, 'u', 'u10', 'wind_speed', 'u_ref')];
  const roughness = optionalNumber(inputs, 'z0', 'roughness') ?? 0.006;
  const obukhov = optionalNumber(inputs, 'Obukhov_length', 'L');
  const given = stabilityClasses.find((each) => each === bare(inputs['stability']));
  const inverseObukhov = obukhov === undefined ? optionalNumber(inputs, 'inverse_Obukhov', 'inv_L') : 1 / obukhov;
  if (inverseObukhov === undefined && given === undefined) throw new MissingInput('neither inputs.Obukhov_length nor inputs.inverse_Obukhov nor inputs.stability is given');
  return {
    windSpeed, windHeight, windFrom: 270, roughness, stability: given ?? stabilityFromObukhov(inverseObukhov!, roughness), ...(inverseObukhov === undefined ? {} : { inverseObukhov }),
    temperature: optionalNumber(inputs, 'T_ambient', 'temperature') ?? 293.15, pressure: optionalNumber(inputs, 'pressure') ?? 101_325, humidity: optionalNumber(inputs, 'RH', 'humidity') ?? 0.5,
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

/** The trial that a case means by `DT1`, `Goldfish 2` or, for a case about one trial, by its substance. */
const trialCalled = (name: string, { id, title }: Pick<ReferenceCase, 'id' | 'title'>): FieldTrial | undefined => {
  const [, letters = '', number] = /^([a-z ]+?)[ _-]*(\d+)$/i.exec(name) ?? [];
  const numbered = number ?? /(?:tortoise|goldfish)[ _-]*(\d+)/i.exec(`${id} ${title}`)?.[1];
  const series = /^(dt|desert)/i.test(letters) || /tortoise/i.test(`${id} ${title}`) ? 'Desert Tortoise' : /^(gf|goldfish)/i.test(letters) || /goldfish/i.test(`${id} ${title}`) ? 'Goldfish' : null;
  return fieldTrials.find((trial) => trial.id === `${series ?? ''} ${numbered ?? ''}`);
};

/** Trials that a case calls by name and whose release it leaves to the archive they stand in. */
const named = (reference: ReferenceCase): Evaluation => {
  const { inputs, expected } = reference;
  const arcs = numbersOf(inputs, 'arc', 'arcs');
  const got: Record<string, number[]> = {};
  const pairs: TrialPair[] = [];
  for (const [name, entry] of Object.entries(expected)) {
    const trial = trialCalled(name, reference);
    const observed = bare(entry);
    if (trial === undefined || !Array.isArray(observed)) return unsupported(`the release conditions of ${name} are neither in the case nor in the engine's list of trials`);
    const { arcs: predicted } = evaluateTrial({ ...trial, sampledAt: optionalNumber(inputs, 'height') ?? trial.sampledAt, arcs: arcs.map((distance) => ({ distance, measured: 1 })) });
    got[name] = predicted.map((arc) => arc.predicted);
    pairs.push(...pairsOf(observed as number[], got[name], 1e-6));
  }
  return evaluated(got, { pairs, why: 'release conditions from the Modelers Data Archive (Hanna, Chang & Strimaitis 1993), which the case names' });
};

/** Volume fraction from a unit in which concentrations of a tracer are given, at the air's state; null for a unit not known. */
const fractionOf = (substance: ConsequenceSubstance, unit: string, air: { readonly temperature: number; readonly pressure: number }): number | null => {
  const kilograms = { 'kg/m3': 1, 'g/m3': 1e-3, 'mg/m3': 1e-6, 'ug/m3': 1e-9, 'µg/m3': 1e-9 }[unit];
  if (kilograms !== undefined) return 1e-6 * ppmFromDensity(substanceOf(substance), kilograms, air);
  return { ppm: 1e-6, ppb: 1e-9, '%': 0.01, 'vol %': 0.01, 'mol/mol': 1 }[unit] ?? null;
};

/** A passive tracer from a point, as at Prairie Grass: arc maxima by the Gaussian plume. The case must say how much was released, in which wind, and what was measured. */
const passiveTracer = ({ inputs, expected }: ReferenceCase): Evaluation => {
  const arcs = numbersOf(inputs, 'arcs', 'arc', 'arc_distance');
  const [name, entry] = Object.entries(expected).find(([, each]) => Array.isArray(bare(each)) && (bare(each) as unknown[]).length === arcs.length) ?? [];
  if (name === undefined) return unsupported('the case gives no concentrations on its arcs');
  if (Array.isArray(bare(inputs['rate'] ?? inputs['Q']))) return unsupported('the case gives a range of release rates and no single one');
  const tracer = /so2|sulphur/i.test(String(bare(inputs['tracer'] ?? inputs['substance'] ?? 'SO2'))) ? 'sulphur-dioxide' : null;
  if (tracer === null) return unsupported('the tracer is not one of the engine\'s substances');
  const unit = typeof entry === 'object' && entry !== null && 'unit' in entry ? String((entry as { readonly unit: unknown }).unit) : 'ppm';
  const weather = weatherOf(inputs);
  const fraction = fractionOf(tracer, unit, { temperature: weather.temperature ?? 293.15, pressure: weather.pressure ?? 101_325 });
  if (fraction === null) return unsupported(`the unit ${unit} is not one of concentrations`);
  const field = alongAxis({ substance: tracer, rateKgS: numberOf(inputs, 'rate', 'Q'), weather, averagingTimeS: optionalNumber(inputs, 'duration', 'averaging_time') ?? 600, model: 'gaussian-plume' }, optionalNumber(inputs, 'release_height') ?? 0.5, Math.max(...arcs));
  const height = optionalNumber(inputs, 'sampler_height', 'height') ?? 1.5;
  const got = arcs.map((x) => (1e-6 * field.at(x, 0, height)) / fraction);
  return evaluated({ [name]: got }, { expected: { [name]: bare(entry) }, pairs: pairsOf(bare(entry) as number[], got, fraction), why: field.choice.text.en });
};

/** A yardstick of what models reach: our own measures over the trials we have, against the least that the case asks of dense gas. */
const yardstick = (): Evaluation => {
  const { statistics } = trialReport();
  const dense = statistics.find(({ name }) => name.en === 'LNG and ammonia')!;
  return evaluated({ fac2AtLeastHalf: dense.fac2 >= acceptance.leastFac2 }, {
    expected: { fac2AtLeastHalf: true }, tolerance: { kind: 'exact', value: 0 },
    why: `the case gives no data; over the trials the engine has: ${statistics.map(({ name, n, fac2, mg, vg, fb, nmse }) => `${name.en} (${n} arcs) FAC2 ${fac2.toFixed(2)}, MG ${mg.toFixed(2)}, VG ${vg.toFixed(2)}, FB ${fb.toFixed(2)}, NMSE ${nmse.toFixed(2)}`).join('; ')}`,
  });
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
      if ('tracer' in reference.inputs || /prairie/.test(reference.id)) return passiveTracer(reference);
      return 'arc' in reference.inputs || 'arcs' in reference.inputs ? named(reference) : unsupported('the case gives no arcs to predict');
    },
  },
  { kinds: ['dense-gas'], evaluate: (reference) => ('source_area' in reference.inputs ? slabJet(reference) : denseGas(reference)) },
  { kinds: ['metric'], evaluate: scaling },
  { kinds: ['performance'], evaluate: yardstick },
  {
    kinds: ['acceptance'],
    evaluate: () => evaluated({ FAC2_min: acceptance.leastFac2, FB_abs_max: acceptance.mostFb, MG: acceptance.mg, NMSE_max: acceptance.mostNmse, VG_max: acceptance.mostVg }),
  },
];
