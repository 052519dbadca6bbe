import { estimateRelease, heatLethality, isConsequenceSubstance, jetFire, plumeField, poolRadiativeFraction, substanceOf, toxicLethality, type ConsequenceSubstance, type PlumeField, type Weather } from '../../consequence/index.ts';
import { immediateIgnition, ignitionChances } from '../model/ignition.ts';
import type { LeakClass } from '../model/leakFrequencies.ts';
import type { RiskItem } from './items.ts';
import { plumeKernel, roundKernel, type Kernel } from './kernels.ts';

/** One way an item can leak, reduced to what its consequences depend on; values are steps, so that like leaks share their kernels. */
export type Scenario = {
  readonly substance: ConsequenceSubstance;
  readonly isLiquid: boolean;
  /** kg/s into the air, or on the ground for a liquid. */
  readonly rateKgS: number;
  readonly temperatureK: number;
  readonly liquidFraction: number;
  readonly exposureS: number;
};

/** What a scenario does once it has happened: poisoned air, a cloud that burns later, a fire at once. Null where there is nothing to fear. */
export type Consequence = { readonly toxic: Kernel | null; readonly flash: Kernel | null; readonly fire: Kernel | null; readonly immediate: number };

const FARTHEST = 1_500;
/** People notice, leave or are led out within ten minutes; CPR 18E takes thirty for the public. */
const LONGEST_EXPOSURE = 600;
const RUPTURE_SECONDS = 600;
/** Pools end at their bund: no wider than this, m. */
const WIDEST_POOL = 40;
const BURNING = 0.055;

const step = (value: number, ratio: number): number => ratio ** Math.round(Math.log(Math.max(value, 1e-6)) / Math.log(ratio));

/** The scenario of one leak class of an item with so much in it; null where nothing flows out. */
export const scenarioOf = (item: RiskItem, leak: LeakClass, inventoryKg: number): Scenario | null => {
  if (inventoryKg <= 1) return null;
  const release = estimateRelease({ substance: item.substance, holeDiameter: leak.hole ?? 0.1, storage: { pressure: item.pressurePa, temperature: item.temperatureK, inventoryKg } });
  if (!release.ok) return null;
  const { phase, rateKgS, airborneKgS, temperature, liquidFraction } = release.value;
  const isLiquid = phase === 'liquid';
  const out = Math.min(rateKgS, inventoryKg / 30);
  const whole = leak.hole === null ? inventoryKg / RUPTURE_SECONDS : out;
  const share = isLiquid || rateKgS === 0 ? 1 : airborneKgS / rateKgS;
  const rate = whole * share;
  if (rate < 1e-4) return null;
  return { substance: item.substance, isLiquid, rateKgS: step(rate, 1.25), temperatureK: Math.round(temperature / 10) * 10, liquidFraction: Math.round(liquidFraction * 5) / 5, exposureS: step(Math.min(LONGEST_EXPOSURE, Math.max(30, inventoryKg / whole)), 1.5) };
};

/** Consequences of a scenario under one weather, whatever way the wind blows. */
export const consequenceOf = (scenario: Scenario, weather: Omit<Weather, 'windFrom'>): Consequence => {
  const { substance, isLiquid, rateKgS } = scenario;
  const isLowReactivity = substance === 'methane' || substance === 'ammonia';
  const immediate = immediateIgnition({ rateKgS, isLiquid, isLowReactivity });
  if (isLiquid) return { toxic: null, flash: null, fire: poolKernel(scenario), immediate };
  const field = cloudFor(scenario, weather);
  return { toxic: field === null ? null : toxicKernel(scenario, field), flash: field === null ? null : flashKernel(scenario, field), fire: jetKernel(scenario, weather), immediate };
};

/** Chances of each consequence, under the live ignition factor. */
export const shares = (consequence: Consequence, ignition: number): { readonly toxic: number; readonly flash: number; readonly fire: number } => {
  const burns = consequence.flash !== null || consequence.fire !== null;
  const { immediate, delayed } = burns ? ignitionChances(consequence.immediate, ignition) : { immediate: 0, delayed: 0 };
  return { toxic: 1 - immediate - delayed, flash: delayed, fire: immediate };
};

/** The wind blows along +x in every kernel. */
const ALONG_X = 270;

const cloudFor = (scenario: Scenario, weather: Omit<Weather, 'windFrom'>): PlumeField | null => {
  const field = plumeField({
    substance: scenario.substance,
    rateKgS: scenario.rateKgS,
    releaseTemperature: Math.max(20, scenario.temperatureK),
    liquidFraction: scenario.liquidFraction,
    source: { x: 0, y: 0, z: 1 },
    weather: { ...weather, windFrom: ALONG_X },
    grid: { x0: FARTHEST, y0: 0, cell: 1, nx: 1, ny: 1 },
    levels: [],
  });
  return field.ok ? field.value : null;
};

const toxicKernel = ({ substance, exposureS }: Scenario, field: PlumeField): Kernel | null => {
  // The probit is a function of ppm alone here: a table in ln(ppm) spares a logarithm and an error function per point.
  const first = Math.log(0.1);
  const last = Math.log(1e6);
  const table = Float64Array.from({ length: 256 }, (_value, i) => toxicLethality(substance, [{ seconds: exposureS, ppm: Math.exp(first + ((last - first) * i) / 255) }]) ?? 0);
  if (table[255] === 0) return null;
  const lethality = (ppm: number): number => {
    if (ppm <= 0.1) return 0;
    const place = Math.min(254.999, ((Math.log(ppm) - first) * 255) / (last - first));
    const i = place | 0;
    return table[i]! + (place - i) * (table[i + 1]! - table[i]!);
  };
  return plumeKernel((along, across) => lethality(field.at(along, across, 1.5)), FARTHEST);
};

const flashKernel = ({ substance }: Scenario, field: PlumeField): Kernel | null => {
  const fire = substanceOf(substance).fire;
  return fire === undefined ? null : plumeKernel((along, across) => (field.at(along, across, 1.5) >= 1e6 * fire.lower ? 1 : 0), FARTHEST);
};

const jetKernel = ({ substance, rateKgS }: Scenario, weather: Omit<Weather, 'windFrom'>): Kernel | null => {
  const fire = jetFire(substanceOf(substance), rateKgS, { temperature: weather.temperature ?? 293.15, pressure: weather.pressure ?? 101_325 });
  if (fire === null) return null;
  // A jet may point anywhere: its radiating centre stands for all of them at the source.
  return roundKernel((distance) => heatLethality((fire.radiativeFraction * fire.heatRelease) / (4 * Math.PI * Math.max(distance, 1) ** 2), 20), FARTHEST);
};

const poolKernel = ({ substance, rateKgS }: Scenario): Kernel | null => {
  const { fire } = substanceOf(substance);
  if (fire === undefined || !isConsequenceSubstance(substance)) return null;
  const burning = fire.pool?.burningRate ?? BURNING;
  const diameter = Math.min(WIDEST_POOL, Math.sqrt((4 * rateKgS) / (Math.PI * burning)));
  const power = poolRadiativeFraction(diameter) * burning * Math.PI * (diameter / 2) ** 2 * fire.heatOfCombustion;
  return roundKernel((distance) => (distance <= diameter / 2 ? 1 : heatLethality(power / (4 * Math.PI * distance ** 2), 20)), FARTHEST);
};
