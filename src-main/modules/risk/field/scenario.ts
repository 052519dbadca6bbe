import { estimateRelease, evaporatingPool, plumeField, substanceOf, type ConsequenceSubstance, type PlumeField, type Weather } from '../../consequence/index.ts';
import { delayedIgnition, EXPLOSION_SHARE, FIREBALL_SHARE, ignitionChances, immediateIgnition } from '../model/ignition.ts';
import type { LeakClass } from '../model/leakFrequencies.ts';
import type { CongestedSpace } from './congestion.ts';
import type { RiskItem } from './items.ts';
import { explosionHarm, fireballHarm, flashHarm, jetHarm, poolHarm, toxicHarm, type Harm } from './harms.ts';

/** One way an item can leak, reduced to what its consequences depend on; values are steps, so that like leaks share their kernels. */
export type Scenario = {
  readonly substance: ConsequenceSubstance;
  readonly isLiquid: boolean;
  /** kg/s into the air, or on the ground for a liquid. */
  readonly rateKgS: number;
  readonly temperatureK: number;
  readonly liquidFraction: number;
  readonly exposureS: number;
  /** kg that a bursting vessel of liquefied gas would burn as a fireball, and its pressure, Pa; 0 where none. */
  readonly burstKg: number;
  readonly burstPressurePa: number;
  readonly congestedM3: number;
  readonly band: CongestedSpace['band'];
};

/** What a release can come to: poisoned air, a cloud that flashes, one that explodes, a jet or pool fire at once, a fireball. */
export const outcomes = ['toxic', 'flash', 'explosion', 'fire', 'fireball'] as const;
export type Outcome = (typeof outcomes)[number];

/** What a scenario does once it has happened. Null where there is nothing to fear. */
export type Consequence = Readonly<Record<Outcome, Harm | null>> & { readonly immediate: number; readonly delayed: number; /** Heat of its fire that is radiated, W. */ readonly radiatedW: number; /** Length of its flame where it is a jet, m; else 0. */ readonly flameM: number; /** J that explode. */ readonly explosionJ: number };

export const FARTHEST = 1_500;
/** People notice, leave or are led out within ten minutes; CPR 18E takes thirty for the public. */
const LONGEST_EXPOSURE = 600;
const RUPTURE_SECONDS = 600;
/** Pools end at their bund: no wider than this, m; without one they spread to a centimetre (CPR 18E table 3.6: 5 mm smooth, 20 mm rough ground). */
const WIDEST_POOL = 40;
const POOL_DEPTH = 0.01;

const step = (value: number, ratio: number): number => (value <= 0 ? 0 : ratio ** Math.round(Math.log(Math.max(value, 1e-6)) / Math.log(ratio)));

/** The scenario of one leak class of an item with so much in it; null where nothing flows out. */
export const scenarioOf = (item: RiskItem, leak: LeakClass, inventoryKg: number): Scenario | null => {
  if (inventoryKg <= 1) return null;
  // What is fed from a vessel breaks off at the bore of its line; only a vessel itself can lose everything.
  const isRuptured = leak.hole === null && item.isVessel;
  const release = estimateRelease({ substance: item.substance, holeDiameter: leak.hole ?? (item.isVessel ? 0.1 : item.boreM), storage: { pressure: item.pressurePa, temperature: item.temperatureK, inventoryKg } });
  if (!release.ok) return null;
  const { phase, rateKgS, airborneKgS, temperature, liquidFraction } = release.value;
  const isLiquid = phase === 'liquid';
  const out = Math.min(rateKgS, inventoryKg / 30);
  const whole = isRuptured ? inventoryKg / RUPTURE_SECONDS : leak.hole === null ? Math.min(out, inventoryKg / RUPTURE_SECONDS) : out;
  const share = isLiquid || rateKgS === 0 ? 1 : airborneKgS / rateKgS;
  const rate = whole * share;
  if (rate < 1e-4) return null;
  const bursts = isRuptured && phase === 'two-phase' && substanceOf(item.substance).fire !== undefined && !isLowReactivity(item.substance);
  return {
    substance: item.substance, isLiquid, rateKgS: step(rate, 1.25), temperatureK: Math.round(temperature / 10) * 10, liquidFraction: Math.round(liquidFraction * 5) / 5, exposureS: step(Math.min(LONGEST_EXPOSURE, Math.max(30, inventoryKg / whole)), 1.5),
    burstKg: bursts ? step(inventoryKg, 1.25) : 0, burstPressurePa: bursts ? step(item.pressurePa, 1.5) : 0, congestedM3: step(item.congested.volumeM3, 1.5), band: item.congested.band,
  };
};

const isLowReactivity = (substance: ConsequenceSubstance): boolean => substance === 'methane' || substance === 'ammonia';

/** Consequences of a scenario under one weather, whatever way the wind blows. */
export const consequenceOf = (scenario: Scenario, weather: Omit<Weather, 'windFrom'>): Consequence => {
  const { substance, isLiquid, rateKgS, exposureS } = scenario;
  const { fire } = substanceOf(substance);
  const air = { temperature: weather.temperature ?? 293.15, pressure: weather.pressure ?? 101_325, humidity: weather.humidity ?? 0.6, windSpeed: weather.windSpeed };
  const poolArea = isLiquid ? Math.min((Math.PI / 4) * WIDEST_POOL ** 2, (rateKgS * exposureS) / (700 * POOL_DEPTH)) : 0;
  const vapour = isLiquid ? Math.min(rateKgS, evaporatingPool(substanceOf(substance), { area: poolArea, temperature: Math.min(scenario.temperatureK, substanceOf(substance).boilingPoint - 1) }, air)) : rateKgS;
  const field = vapour < 1e-4 ? null : cloudFor({ scenario, vapour, poolArea }, weather);
  const flash = field === null || fire === undefined ? null : flashHarm(field, fire.lower);
  const exploding = flash === null || fire === undefined ? null : explosionHarm({ volumeM3: scenario.congestedM3, band: scenario.band }, { field, substance: substanceOf(substance), fire });
  const burning = isLiquid ? poolHarm(substance, rateKgS, WIDEST_POOL) : jetHarm(substance, rateKgS, air);
  return {
    toxic: field === null ? null : toxicHarm(substance, exposureS, field),
    flash,
    explosion: exploding?.harm ?? null,
    fire: burning?.harm ?? null,
    fireball: scenario.burstKg > 0 && fire !== undefined ? fireballHarm(scenario, fire.heatOfCombustion, air) : null,
    immediate: immediateIgnition({ rateKgS, isLiquid, isLowReactivity: isLowReactivity(substance) }),
    delayed: flash === null ? 0 : delayedIgnition(exposureS),
    radiatedW: burning?.radiatedW ?? 0,
    flameM: burning?.flameM ?? 0,
    explosionJ: exploding?.energyJ ?? 0,
  };
};

/** Chances of each outcome, under the live ignition factor; together one where something burns. */
export const shares = (consequence: Consequence, ignition: number): Readonly<Record<Outcome, number>> => {
  const burns = consequence.flash !== null || consequence.fire !== null;
  const { immediate, delayed } = burns ? ignitionChances(consequence.immediate, consequence.delayed, ignition) : { immediate: 0, delayed: 0 };
  const exploding = consequence.explosion === null ? 0 : EXPLOSION_SHARE;
  const ball = consequence.fireball === null ? 0 : FIREBALL_SHARE;
  return { toxic: 1 - immediate - delayed, flash: delayed * (1 - exploding), explosion: delayed * exploding, fire: immediate * (1 - ball), fireball: immediate * ball };
};

/** The wind blows along +x in every kernel. */
const ALONG_X = 270;

const cloudFor = ({ scenario, vapour, poolArea }: { readonly scenario: Scenario; readonly vapour: number; readonly poolArea: number }, weather: Omit<Weather, 'windFrom'>): PlumeField | null => {
  const field = plumeField({
    substance: scenario.substance,
    rateKgS: vapour,
    ...(poolArea > 0 ? { sourceArea: poolArea } : { releaseTemperature: Math.max(20, scenario.temperatureK), liquidFraction: scenario.liquidFraction }),
    source: { x: 0, y: 0, z: poolArea > 0 ? 0 : 1 },
    weather: { ...weather, windFrom: ALONG_X },
    grid: { x0: FARTHEST, y0: 0, cell: 1, nx: 1, ny: 1 },
    levels: [],
  });
  return field.ok ? field.value : null;
};
