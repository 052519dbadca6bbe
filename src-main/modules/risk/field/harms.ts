import {
  blastDistance, blastLethality, fireball, fireballExposure, heatLethality, indoorToxicShare, isConsequenceSubstance, jetFire, poolRadiativeFraction, probitOf, probitShare, substanceOf, thermalProbits, toxicLethality,
  type CloudExplosion, type ConsequenceSubstance, type Flammability, type PlumeField, type Substance,
} from '../../consequence/index.ts';
import type { CongestedSpace } from './congestion.ts';
import { plumeKernel, roundKernel, type Kernel } from './kernels.ts';

/** Lethality around a source for people outdoors and for people in buildings. */
export type Harm = { readonly outdoors: Kernel | null; readonly indoors: Kernel | null };

const FARTHEST = 1_500;
/** Fresh air in a building whose ventilation is not known, changes an hour (RIVM Bevi manual §3.4.4). */
const AIR_CHANGES = 1;
const BURNING = 0.055;
/** A building burns, and whoever is in it, from 35 kW/m² (CPR 18E §5.3). */
const BUILDING_BURNS = 35_000;

const harm = (outdoors: Kernel | null, indoors: Kernel | null): Harm | null => (outdoors === null && indoors === null ? null : { outdoors, indoors });

/** Poisoned air; indoors through the air exchange of the building. */
export const toxicHarm = (substance: ConsequenceSubstance, exposureS: number, field: PlumeField): Harm | null => {
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
  const inside = indoorToxicShare(substance, exposureS, AIR_CHANGES);
  return harm(plumeKernel((along, across) => lethality(field.at(along, across, 1.5)), FARTHEST), plumeKernel((along, across) => lethality(inside * field.at(along, across, 1.5)), FARTHEST));
};

/** Everybody within the lower limit dies, in buildings too (CPR 18E §5.3). */
export const flashHarm = (field: PlumeField, lower: number): Harm | null => {
  const kernel = plumeKernel((along, across) => (field.at(along, across, 1.5) >= 1e6 * lower ? 1 : 0), FARTHEST);
  return harm(kernel, kernel);
};

/** Heat of a stoichiometric hydrocarbon cloud, J/m³ (CPR 14E). */
const CLOUD_HEAT = 3.5e6;

/**
 * The part of a cloud within a congested space explodes: lethality halfway between those of both bounds of congestion, by Baker–Strehlow–Tang around the source. Null where
 * nothing is congested or nobody would die.
 */
export const explosionHarm = ({ volumeM3, band }: CongestedSpace, cloud: { readonly field: PlumeField | null; readonly substance: Substance; readonly fire: Flammability }): { readonly harm: Harm; readonly energyJ: number } | null => {
  const { field, substance, fire } = cloud;
  if (field === null || volumeM3 === 0) return null;
  const energyJ = Math.min(flammableMass(field, substance, fire.lower) * fire.heatOfCombustion, CLOUD_HEAT * volumeM3);
  const reach = (overpressure: number): readonly number[] => band.map((level) => blastDistance({ ...explosionOf(energyJ, fire), congestion: [level, level] }, overpressure));
  const [all, few] = [reach(30_000), reach(10_000)];
  const lethality = (isIndoors: boolean) => (distance: number): number =>
    band.reduce((sum, _level, i) => sum + blastLethality(distance <= all[i]! ? 30_000 : distance <= few[i]! ? 10_000 : 0, isIndoors), 0) / band.length;
  const found = harm(roundKernel(lethality(false), FARTHEST), roundKernel(lethality(true), FARTHEST));
  return found === null ? null : { harm: found, energyJ };
};

/** An explosion in a plant: racks and roofs leave two and a half dimensions to expand into. */
export const explosionOf = (energyJ: number, fire: Flammability): Omit<CloudExplosion, 'congestion'> => ({ energy: energyJ, reactivity: fire.reactivity, expansion: 2.5, ambientPressure: 101_325 });

/**
 * Mass of a steady cloud above its lower limit L, kg: over sections of half an ellipse between the limits across and up, whose mean is (C₀ − L)/ln(C₀/L) when the section is
 * Gaussian with C₀ in its middle.
 */
export const flammableMass = (field: PlumeField, { molarMass }: Substance, lower: number): number => {
  const limit = 1e6 * lower;
  const edge = (value: (distance: number) => number): number => {
    let [low, high] = [0, 2];
    if (value(0) < limit) return 0;
    while (value(high) >= limit && high < FARTHEST) high *= 2;
    for (let i = 0; i < 12; i += 1) {
      const middle = (low + high) / 2;
      if (value(middle) >= limit) low = middle;
      else high = middle;
    }
    return low;
  };
  let reach = 0;
  for (let x = 0.5; x <= FARTHEST; x *= 1.1) if (field.at(x, 0, 0.5) >= limit) reach = x;
  const sections = 20;
  let mass = 0;
  for (let i = 0; i < sections; i += 1) {
    const x = (reach * (i + 0.5)) / sections;
    const middle = field.at(x, 0, 0.5);
    if (middle <= limit * 1.001) continue;
    const area = (Math.PI / 2) * edge((y) => field.at(x, y, 0.5)) * edge((z) => field.at(x, 0, z));
    mass += (reach / sections) * area * ((middle - limit) / Math.log(middle / limit)) * 1e-6 * (molarMass / 0.02406);
  }
  return mass;
};

type Burning = { readonly harm: Harm | null; readonly radiatedW: number; /** Length of a jet's flame, m; 0 for a pool. */ readonly flameM: number };

const heatHarm = (flux: (distance: number) => number): Harm | null =>
  harm(roundKernel((distance) => heatLethality(flux(distance), 20), FARTHEST), roundKernel((distance) => (flux(distance) >= BUILDING_BURNS ? 1 : 0), FARTHEST));

export const jetHarm = (substance: ConsequenceSubstance, rateKgS: number, air: { readonly temperature: number; readonly pressure: number }): Burning | null => {
  const fire = jetFire(substanceOf(substance), rateKgS, air);
  if (fire === null) return null;
  const radiatedW = fire.radiativeFraction * fire.heatRelease;
  // A jet may point anywhere: its radiating centre stands for all of them at the source.
  return { harm: heatHarm((distance) => radiatedW / (4 * Math.PI * Math.max(distance, 1) ** 2)), radiatedW, flameM: fire.length };
};

export const poolHarm = (substance: ConsequenceSubstance, rateKgS: number, widest: number): Burning | null => {
  const { fire } = substanceOf(substance);
  if (fire === undefined || !isConsequenceSubstance(substance)) return null;
  const burning = fire.pool?.burningRate ?? BURNING;
  const diameter = Math.min(widest, Math.sqrt((4 * rateKgS) / (Math.PI * burning)));
  const radiatedW = poolRadiativeFraction(diameter) * burning * Math.PI * (diameter / 2) ** 2 * fire.heatOfCombustion;
  return { harm: heatHarm((distance) => (distance <= diameter / 2 ? BUILDING_BURNS : radiatedW / (4 * Math.PI * distance ** 2))), radiatedW, flameM: 0 };
};

/** A fireball through its whole life: within its ball everybody, farther off by the dose; buildings shelter until they burn. */
export const fireballHarm = ({ burstKg, burstPressurePa }: { readonly burstKg: number; readonly burstPressurePa: number }, heatOfCombustion: number, air: { readonly temperature: number; readonly humidity: number }): Harm | null => {
  const ball = fireball(burstKg, heatOfCombustion, burstPressurePa);
  const stations = Array.from({ length: 48 }, (_value, i) => (FARTHEST * (i + 1)) / 48);
  const exposures = stations.map((distance) => fireballExposure(ball, distance, air, 24));
  const at = (distance: number): { readonly dose: number; readonly peakFlux: number } => {
    const place = Math.min(46.999, Math.max(0, (48 * distance) / FARTHEST - 1));
    const [i, share] = [Math.floor(place), place - Math.floor(place)];
    const mix = (key: 'dose' | 'peakFlux'): number => exposures[i]![key] ** (1 - share) * exposures[i + 1]![key] ** share;
    return { dose: mix('dose'), peakFlux: mix('peakFlux') };
  };
  const within = (distance: number): boolean => distance <= ball.diameter / 2;
  return harm(
    roundKernel((distance) => (within(distance) ? 1 : probitShare(probitOf(thermalProbits['tsao-perry-death'], at(distance).dose))), FARTHEST),
    roundKernel((distance) => (within(distance) || at(distance).peakFlux >= BUILDING_BURNS ? 1 : 0), FARTHEST),
  );
};
