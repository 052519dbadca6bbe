import { blastBand, blastEscalation, substanceOf, type VesselKind } from '../../consequence/index.ts';
import type { Protections } from '../../../../src-shared/plant/index.ts';
import { protectedChance, type FailureOnDemand } from './protections.ts';
import { explosionOf } from './harms.ts';
import type { RiskItem } from './items.ts';
import type { Consequence, Scenario } from './scenario.ts';

/** A vessel that a fire or blast at another item may break: index of the item, metres from centre to nearest wall. */
export type Target = { readonly index: number; readonly distance: number; readonly vessel: Vessel };
/** A vessel as the escalation models know it: its kind under blast, whether it is built for pressure under heat, and its volume, m³. */
export type Vessel = { readonly blast: VesselKind; readonly heat: 'atmospheric' | 'pressurised'; readonly volumeM3: number; readonly has: Protections };

/** Beyond this no fire of a leak and no blast of a unit reaches the thresholds, m. */
const FARTHEST = 200;
/** A tank for less than this is atmospheric, Pa (0.5 bar over the air). */
const PRESSURISED_FROM = 150_000;

export const vesselOf = (item: Pick<RiskItem, 'kind' | 'pressurePa' | 'volumeM3' | 'protections'>): Vessel => {
  const heat = item.pressurePa < PRESSURISED_FROM ? 'atmospheric' : 'pressurised';
  const blast = heat === 'atmospheric' ? 'atmospheric' : item.kind === 'column' || item.kind === 'reactor' ? 'elongated' : 'pressurised';
  return { blast, heat, volumeM3: item.volumeM3, has: item.protections };
};

/** For each item the vessels near it that hold something, itself left out. */
export const escalationTargets = (items: readonly RiskItem[]): readonly (readonly Target[])[] =>
  items.map((item) =>
    items.flatMap((other, index): Target[] => {
      if (other === item || !other.isVessel) return [];
      const radius = Math.cbrt((3 * other.volumeM3) / (4 * Math.PI));
      const distance = Math.max(1, Math.hypot(other.x - item.x, other.y - item.y) - radius);
      return distance > FARTHEST ? [] : [{ index, distance, vessel: vesselOf(other) }];
    }),
  );

/** Heat on what a jet flame strikes, W/m² (Lowesmith et al. 2007: 200 to 300 kW/m² in jets of gas and liquefied gas). */
export const STRUCK = 250_000;
/** The most that a pool fire gives to what it engulfs, W/m² (API 521; CPR 14E). */
const ENGULFED = 100_000;
/** Leaks blow up, down and to four sides alike (the six directions of the usual convention); those to the sides at any angle. */
const SIDEWAYS = 4 / 6;
/** Half the angle that a jet flame itself takes up (Kalghatgi 1984; CPR 14E: a cone of about 7° to each side), radians. */
const FLAME_SPREAD = (7 * Math.PI) / 180;
/** Share of jets that strike a vessel within their reach: those whose flame meets the circle that it covers. */
const pointedAt = (distance: number, volumeM3: number): number => {
  const radius = Math.cbrt((3 * volumeM3) / (4 * Math.PI));
  return (SIDEWAYS * (Math.asin(radius / (radius + distance)) + FLAME_SPREAD)) / Math.PI;
};

/** Heat that reaches a distance from a radiating centre, W/m²; air's absorption left out. */
const heatAt = (radiatedW: number, distance: number): number => radiatedW / (4 * Math.PI * distance ** 2);

/** How soon what feeds a fire is shut off, s, and how often that fails; Infinity and 1 where it cannot be. */
export type Isolation = { readonly afterS: number; readonly fails: number };
/** A target with its protections as they are now, and how long the fire beside it lasts where nobody shuts it off, s. */
export type Threatened = Target & { readonly fails: FailureOnDemand; readonly lastsS: number; readonly isolation: Isolation };

/**
 * Chance that a target fails in the fire of a scenario, and that the blast breaks it (halfway between those of both bounds of congestion). A fire that goes out before the vessel would
 * fail breaks nothing; a jet radiates from the middle of its flame.
 */
export const escalationChances = (scenario: Pick<Scenario, 'substance' | 'band'>, consequence: Pick<Consequence, 'radiatedW' | 'flameM' | 'explosionJ'>, { distance, vessel, fails, lastsS, isolation }: Threatened): { readonly heat: number; readonly blast: number } => {
  const { fire } = substanceOf(scenario.substance);
  const { radiatedW, flameM } = consequence;
  const forTime = (flux: number, isStruck: boolean, seconds: number): number => (flux > 0 ? protectedChance({ heat: vessel.heat, volumeM3: vessel.volumeM3, has: vessel.has, fails, flux, isStruck, lastsS: seconds }) : 0);
  const under = (flux: number, isStruck = false): number =>
    lastsS > isolation.afterS ? (1 - isolation.fails) * forTime(flux, isStruck, isolation.afterS) + isolation.fails * forTime(flux, isStruck, lastsS) : forTime(flux, isStruck, lastsS);
  const pointed = pointedAt(distance, vessel.volumeM3);
  const isReached = distance <= flameM;
  const ahead = isReached ? STRUCK : heatAt(radiatedW, distance - flameM / 2);
  const heat = radiatedW <= 0 ? 0 : flameM === 0 ? under(Math.min(ENGULFED, heatAt(radiatedW, distance))) : pointed * under(Math.min(STRUCK, ahead), isReached) + (1 - pointed) * under(Math.min(STRUCK, heatAt(radiatedW, Math.hypot(distance, flameM / 2))));
  if (consequence.explosionJ <= 0 || fire === undefined) return { heat, blast: 0 };
  const { low, high } = blastBand({ ...explosionOf(consequence.explosionJ, fire), congestion: scenario.band }, distance);
  return { heat, blast: (blastEscalation(vessel.blast, low) + blastEscalation(vessel.blast, high)) / 2 };
};
