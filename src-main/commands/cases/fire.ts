import {
  burningRate, fireball, fireballExposure, fireballLife, gasThroughHole, holeArea, irradiance, jetFire, jetFireFlux, pointSourceFlux, poolDiameter, poolFire, poolFirePatches, poolFuels, poolRadiativeFraction, shokriBeylerFlux,
  simpleTransmissivity, sphereView, substanceOf, transmissivity, isConsequenceSubstance, type Substance,
} from '../../modules/consequence/index.ts';
import { bare, evaluated, MissingInput, numberOf, numbersOf, optionalNumber, textOf, unsupported, type CaseAdapter, type Evaluation, type ReferenceCase, type Tolerance } from './caseAdapter.ts';
import { difference } from './judge.ts';
import { substanceNamed } from './dispersion.ts';

const fuelOf = (inputs: ReferenceCase['inputs']): Substance => {
  const name = textOf(inputs, 'fuel').toLowerCase();
  const id = /lng|methane|natural gas/.test(name) ? 'methane' : /lpg|propane/.test(name) ? 'propane' : substanceNamed(name);
  if (!isConsequenceSubstance(id)) throw new MissingInput(`the engine does not know the fuel ${name}`);
  return substanceOf(id);
};

const pointSource = (reference: ReferenceCase): Evaluation => {
  const { inputs } = reference;
  if ('L_over_D' in inputs) return evaluated({ flux: numbersOf(inputs, 'L_over_D').map((ratio) => shokriBeylerFlux(ratio) / 1000) });
  if ('k_beta' in inputs) {
    const area = numberOf(inputs, 'pool_area');
    const diameter = poolDiameter(area);
    const power = burningRate({ burningRate: numberOf(inputs, 'mass_burning_rate_infinite'), kBeta: numberOf(inputs, 'k_beta') }, diameter) * area * numberOf(inputs, 'effective_heat_of_combustion');
    const distance = numberOf(inputs, 'distance_pool_edge_to_target') + diameter / 2;
    const flux = pointSourceFlux({ power, radiativeFraction: optionalNumber(inputs, 'radiative_fraction') ?? 0.3, transmissivity: 1 }, distance);
    return evaluated({ pool_diameter: diameter, heat_release_rate: power / 1000, heat_release_rate_reworked: power / 1000, radiant_flux: flux / 1000 });
  }
  if ('flame_height' in inputs) {
    const diameter = numberOf(inputs, 'pool_diameter');
    const [x = 0, y = 0, z = 0] = numbersOf(inputs, 'target');
    const distance = Math.hypot(x, y, z - numberOf(inputs, 'flame_height') / 2);
    const passed = simpleTransmissivity(distance, { temperature: numberOf(inputs, 'temperature'), humidity: numberOf(inputs, 'relative_humidity') });
    const power = numberOf(inputs, 'mass_burning_rate') * (Math.PI / 4) * diameter ** 2 * numberOf(inputs, 'heat_of_combustion');
    return evaluated({ flux: pointSourceFlux({ power, radiativeFraction: poolRadiativeFraction(diameter), transmissivity: passed }, distance) });
  }
  return unsupported('no point-source pool fire that the engine can be given');
};

const burningRates = ({ expected }: ReferenceCase): Evaluation => {
  const got = Object.entries(expected).flatMap(([name, entry]) => {
    const fuel = poolFuels[name.replace(/_m_only$/, '').replaceAll('_', '-').toLowerCase()];
    if (fuel === undefined) return [];
    const row = [fuel.burningRate, fuel.heatOfCombustion / 1000, fuel.kBeta];
    return [[name, row.slice(0, Array.isArray(bare(entry)) ? (bare(entry) as unknown[]).length : 1)] as const];
  });
  return got.length === 0 ? unsupported('the engine has none of these fuels') : evaluated(Object.fromEntries(got));
};

/** `holds` says so where a comparison of values cannot. */
type Band = { readonly got: unknown; readonly expected: unknown; readonly tolerance: Tolerance; readonly holds?: boolean };

/** Quantities of one case that are held to different tolerances: got and expected become one verdict per quantity. */
const banded = (bands: Readonly<Record<string, Band>>, why: string): Evaluation => {
  const misses = Object.entries(bands).flatMap(([name, band]) => {
    const miss = band.holds === undefined ? difference(band.expected, band.got, band.tolerance, name) : band.holds ? null : `${name}: ${String(band.expected)} lies outside ${JSON.stringify(band.got)}`;
    return miss === null ? [] : [miss];
  });
  const got = Object.fromEntries(Object.entries(bands).map(([name, band]) => [name, band.got]));
  const expected = Object.fromEntries(Object.entries(bands).map(([name, band]) => [name, band.expected]));
  return evaluated({ ...got, withinTolerance: misses.length === 0 }, {
    expected: { ...expected, ...got, withinTolerance: true }, tolerance: { kind: 'exact', value: 0 }, why: [why, ...misses, `measured: ${JSON.stringify(expected)}`].filter((each) => each !== '').join('; '),
  });
};

const numbers = (value: unknown): readonly number[] => {
  const plain = bare(value);
  return (Array.isArray(plain) ? plain : [plain]).map(Number);
};

const factorOf = (reference: ReferenceCase): Tolerance => ({ kind: 'factor', value: typeof reference.tolerance.value === 'number' ? reference.tolerance.value : 2 });

/** A measured pool fire: flame by wind, flux around it. */
const poolFireField = (reference: ReferenceCase): Evaluation => {
  const { inputs, expected } = reference;
  if (!('pool_diameter' in inputs)) return 'upwind' in expected ? decayShape(expected) : unsupported('the case gives no pool');
  const fuel = fuelOf(inputs);
  const diameter = numberOf(inputs, 'pool_diameter');
  const air = { temperature: optionalNumber(inputs, 'air_temperature') ?? 293.15, humidity: optionalNumber(inputs, 'relative_humidity') ?? 0.5, pressure: 101325 };
  const rates = numbersOf(inputs, 'mass_burning_rate', 'mass_burning_rate_about');
  const winds = 'wind_speed_9m' in inputs ? numbersOf(inputs, 'wind_speed_9m') : rates.map(() => 3);
  const given = { flameLength: optionalNumber(inputs, 'mean_flame_length'), tilt: optionalNumber(inputs, 'mean_tilt') };
  const fires = rates.map((rate, i) => poolFire(fuel, {
    area: (Math.PI / 4) * diameter ** 2, burningRate: rate, ...(given.flameLength === undefined ? {} : { flameLength: given.flameLength }), ...(given.tilt === undefined ? {} : { tilt: given.tilt }),
  }, { ...air, windSpeed: winds[i] ?? winds[0]! })!);
  const flux = (fireIndex: number, distance: number, azimuth: number): number =>
    irradiance(poolFirePatches(fires[fireIndex]!), { x: distance * Math.cos(azimuth), y: distance * Math.sin(azimuth), z: 1.5 }, air).most / 1000;
  const around = (fireIndex: number, distance: number): readonly number[] => Array.from({ length: 16 }, (_, k) => flux(fireIndex, distance, (k / 8) * Math.PI));
  const bands: Record<string, Band> = {};
  const add = (name: string, got: readonly number[], tolerance: Tolerance): void => {
    if (name in expected && given.flameLength === undefined) bands[name] = { got, expected: numbers(expected[name]), tolerance };
  };
  add('flame_length', fires.map((fire) => fire.shape.length), { kind: 'rel', value: 0.25 });
  add('flame_tilt', fires.map((fire) => fire.shape.tilt), { kind: 'abs', value: 15 });
  add('flame_drag_ratio', fires.map((fire) => fire.shape.drag), { kind: 'rel', value: 0.25 });
  const factor = factorOf(reference);
  for (const [name, entry] of Object.entries(expected)) {
    const period = Number(/^max_flux_period_(\d)/.exec(name)?.[1] ?? 0);
    if (period > 0) {
      const { distance_m: at, kW_m2: measured } = entry as { readonly distance_m: readonly number[]; readonly kW_m2: readonly number[] };
      bands[name] = { got: at.map((distance) => Math.max(...around(period - 1, distance))), expected: measured, tolerance: factor };
    }
    const single = /^flux_at_([\d.]+)m/.exec(name)?.[1];
    if (single !== undefined) {
      // The wind's bearing is not in the case: any direction around the pool in either period may be the one measured, so the span is what is held against it.
      const [measured] = numbers(entry);
      const all = fires.flatMap((_fire, i) => around(i, Number(single)));
      const [least, most] = [Math.min(...all), Math.max(...all)];
      bands[name] = { got: { least, most }, expected: measured, tolerance: factor, holds: measured! <= most * factor.value && measured! >= least / factor.value };
    }
    if (name === 'wide_angle_flux') Object.assign(bands, quadrants(entry as Quadrants, (distance, azimuth) => flux(0, distance, azimuth), factor));
  }
  return Object.keys(bands).length === 0 ? unsupported('the case names no quantity of a pool fire that the engine computes') : banded(bands, '');
};

type Quadrants = Readonly<Record<string, { readonly m: readonly number[]; readonly kW_m2: readonly number[] }>>;

/** Four lines of gauges; the flame leans towards the one that receives most at like distance. */
const quadrants = (lines: Quadrants, flux: (distance: number, azimuth: number) => number, tolerance: Tolerance): Readonly<Record<string, Band>> => {
  const compass = ['E', 'N', 'W', 'S'];
  const load = (name: string): number => {
    const { m, kW_m2: measured } = lines[name]!;
    return measured[0]! * m[0]! ** 2;
  };
  const names = Object.keys(lines).filter((name) => compass.includes(name));
  const towards = names.toSorted((a, b) => load(b) - load(a))[0]!;
  return Object.fromEntries(names.map((name) => {
    const azimuth = ((compass.indexOf(name) - compass.indexOf(towards)) * Math.PI) / 2;
    const { m, kW_m2: measured } = lines[name]!;
    return [name, { got: m.map((distance) => flux(distance, azimuth)), expected: measured, tolerance }];
  }));
};

/** Where conditions are incomplete, the shape alone: flux of a leaning flame falls between r^-1.5 and r^-2.5 and is greater downwind. */
const decayShape = (expected: ReferenceCase['expected']): Evaluation => {
  const tilt = optionalNumber(expected, 'flame_tilt') ?? 45;
  const length = optionalNumber(expected, 'mean_flame_length') ?? 5;
  const air = { temperature: 293, humidity: 0.5, pressure: 101325, windSpeed: 5 };
  const fire = poolFire(substanceOf('methane'), { area: (Math.PI / 4) * (length / 1.5) ** 2, flameLength: length, tilt }, air)!;
  const patches = poolFirePatches(fire);
  const at = (x: number, y: number): number => irradiance(patches, { x, y, z: 1.5 }, air).most;
  const slope = (near: number, far: number): number => Math.log(near / far) / Math.log(2);
  const slopes = [slope(at(-13, 0), at(-26, 0)), slope(at(0, 13), at(0, 26)), slope(at(20, 0), at(40, 0))];
  const checks = { fallsAsItShould: slopes.every((each) => each > 1.5 && each < 2.9), moreDownwind: at(20, 0) > at(-20, 0) };
  return evaluated(checks, { expected: { fallsAsItShould: true, moreDownwind: true }, tolerance: { kind: 'exact', value: 0 }, why: `falls as r^-${slopes.map((each) => each.toFixed(2)).join(', r^-')} upwind, aside, downwind` });
};

const jetFireField = (reference: ReferenceCase): Evaluation => {
  const { inputs, expected } = reference;
  const isHydrogen = /hydrogen|h2/i.test(`${reference.title} ${'fuel' in inputs ? textOf(inputs, 'fuel') : ''}`);
  const fuel = isHydrogen ? substanceOf('hydrogen') : 'fuel' in inputs ? fuelOf(inputs) : substanceOf('methane');
  const gauge = optionalNumber(inputs, 'pressure_gauge');
  const pressure = gauge === undefined ? numberOf(inputs, 'stagnation_pressure', 'pressure') : gauge + 101325;
  const air = { temperature: optionalNumber(inputs, 'air_temperature') ?? 288, humidity: optionalNumber(inputs, 'relative_humidity') ?? 0.7, pressure: 101325 };
  // Sonic flow contracts less than a liquid: 0.85 for a sharp edge (Jobson 1955; Perry's 8th ed. §10).
  const hole = { area: holeArea(numberOf(inputs, 'hole_diameter', 'orifice')), dischargeCoefficient: 0.85, ambientPressure: 101325 };
  const { rate } = gasThroughHole({ pressure, temperature: optionalNumber(inputs, 'temperature') ?? 283, molarMass: fuel.molarMass, gamma: fuel.gamma }, hole);
  const fire = jetFire(fuel, rate, air)!;
  const all: Record<string, { readonly got: number; readonly tolerance: Tolerance }> = {
    mass_flow: { got: rate, tolerance: judged(reference) }, heat_release_rate: { got: fire.heatRelease / 1e6, tolerance: judged(reference) }, flame_length: { got: fire.length, tolerance: judged(reference) },
    radiative_fraction: { got: fire.radiativeFraction, tolerance: { kind: 'abs', value: 0.06 } },
  };
  if ('radiometer' in inputs) {
    const [x = 0, y = 0, z = 0] = numbersOf(inputs, 'radiometer');
    // As the file's source has it: x along the jet, y up, z aside.
    const flux = jetFireFlux(fire, { from: [0, 0, optionalNumber(inputs, 'release_height') ?? 1], axis: [1, 0, 0], receiver: [x, z, y] }, air);
    all['flux'] = { got: flux / 1000, tolerance: judged(reference) };
  }
  const bands = Object.fromEntries(Object.entries(all).filter(([name]) => name in expected).map(([name, { got, tolerance }]) => [name, { got, expected: numbers(expected[name])[0], tolerance }]));
  return Object.keys(bands).length === 0 ? unsupported('the case names no quantity of a jet fire that the engine computes') : banded(bands, 'lift_off_distance' in expected ? `lift-off ${fire.liftOff.toFixed(1)} m, reported` : '');
};

const judged = (reference: ReferenceCase): Tolerance => ({ kind: reference.tolerance.kind === 'factor' ? 'factor' : 'rel', value: typeof reference.tolerance.value === 'number' ? reference.tolerance.value : 0.3 });

const transmission = ({ inputs, expected }: ReferenceCase): Evaluation => {
  const humidity = numberOf(inputs, 'relative_humidity');
  const paths = numbersOf(inputs, 'path');
  const got = Object.fromEntries(Object.entries(expected).map(([name, entry]) => {
    const temperature = (entry as { readonly air_temperature_K?: unknown }).air_temperature_K ?? optionalNumber(inputs, 'air_temperature');
    if (typeof temperature !== 'number') throw new MissingInput(`expected.${name}.air_temperature_K`);
    return [name, paths.map((path) => transmissivity(path, { temperature, humidity }))];
  }));
  return evaluated(got);
};

const bleve = ({ inputs }: ReferenceCase): Evaluation => {
  const mass = optionalNumber(inputs, 'mass') ?? numberOf(inputs, 'volume') * numberOf(inputs, 'liquid_density') * (optionalNumber(inputs, 'fill') ?? 1);
  const ball = fireball(mass, 46.35e6, 1.7e6);
  const power = optionalNumber(inputs, 'surface_emissive_power');
  const distance = optionalNumber(inputs, 'distance');
  if (power === undefined || distance === undefined) return evaluated({ mass, fireball_diameter: ball.diameter, duration: ball.duration });
  const view = optionalNumber(inputs, 'view_factor_published') ?? sphereView(ball.diameter, Math.hypot(distance, ball.height));
  return evaluated({ mass, fireball_diameter: ball.diameter, duration: ball.duration, flux: (power * view * (optionalNumber(inputs, 'transmissivity') ?? 1)) / 1000 }, {
    why: `own view factor ${sphereView(ball.diameter, Math.hypot(distance, ball.height)).toFixed(3)} at a centre height of 0.75 D`,
  });
};

const bleveField = (reference: ReferenceCase): Evaluation => {
  const { inputs, expected } = reference;
  const ball = fireball(numberOf(inputs, 'mass'), fuelOf(inputs).fire!.heatOfCombustion, numberOf(inputs, 'burst_pressure'));
  const got: Record<string, unknown> = { correlation_duration: ball.duration };
  for (const name of Object.keys(expected)) {
    const distance = /^peak_flux_(\d+)m$/.exec(name)?.[1];
    if (distance !== undefined) got[name] = fireballExposure(ball, Number(distance), { temperature: 283, humidity: 0.7 }).peakFlux / 1000;
  }
  const comparable = Object.fromEntries(Object.entries(expected).filter(([name]) => name in got));
  return evaluated(got, { expected: comparable, why: `time of peak ${(fireballLife(ball) / 3).toFixed(1)} s after ignition, reported: the trials count from the vessel's burst` });
};

export const fireAdapters: readonly CaseAdapter[] = [
  { kinds: ['pool-fire-point-source'], evaluate: pointSource },
  { kinds: ['property'], evaluate: burningRates },
  { kinds: ['pool-fire-field'], evaluate: poolFireField },
  { kinds: ['jet-fire-field'], evaluate: jetFireField },
  { kinds: ['transmissivity'], evaluate: transmission },
  { kinds: ['bleve-fireball'], evaluate: bleve },
  { kinds: ['bleve-fireball-field'], evaluate: bleveField },
];
