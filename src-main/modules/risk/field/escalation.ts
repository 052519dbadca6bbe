import { blastBand, blastEscalation, heatEscalation, substanceOf, timeToFailure, type VesselKind } from '../../consequence/index.ts';
import { explosionOf } from './harms.ts';
import type { RiskItem } from './items.ts';
import type { Consequence, Scenario } from './scenario.ts';

/** A vessel that a fire or blast at another item may break: index of the item, metres from centre to nearest wall. */
export type Target = { readonly index: number; readonly distance: number; readonly vessel: Vessel };
/** A vessel as the escalation models know it: its kind under blast, whether it is built for pressure under heat, and its volume, m³. */
export type Vessel = { readonly blast: VesselKind; readonly heat: 'atmospheric' | 'pressurised'; readonly volumeM3: number };

/** Beyond this no fire of a leak and no blast of a unit reaches the thresholds, m. */
const FARTHEST = 200;
/** A tank for less than this is atmospheric, Pa (0.5 bar over the air). */
const PRESSURISED_FROM = 150_000;

export const vesselOf = (item: Pick<RiskItem, 'kind' | 'pressurePa' | 'volumeM3'>): Vessel => {
  const heat = item.pressurePa < PRESSURISED_FROM ? 'atmospheric' : 'pressurised';
  const blast = heat === 'atmospheric' ? 'atmospheric' : item.kind === 'column' || item.kind === 'reactor' ? 'elongated' : 'pressurised';
  return { blast, heat, volumeM3: item.volumeM3 };
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
/** A jet points at a vessel in one of six directions, and past it in the others. */
const POINTED_AT = 1 / 6;

/** Heat that reaches a distance from a radiating centre, W/m²; air's absorption left out. */
const heatAt = (radiatedW: number, distance: number): number => radiatedW / (4 * Math.PI * distance ** 2);

/**
 * Chance that a target fails in the fire of a scenario, and that the blast breaks it (halfway between those of both bounds of congestion). A fire that goes out before the vessel would
 * fail breaks nothing; a jet radiates from the middle of its flame.
 */
export const escalationChances = (scenario: Pick<Scenario, 'substance' | 'band'>, consequence: Pick<Consequence, 'radiatedW' | 'flameM' | 'explosionJ'>, { distance, vessel, lastsS }: Target & { readonly lastsS: number }): { readonly heat: number; readonly blast: number } => {
  const { fire } = substanceOf(scenario.substance);
  const { radiatedW, flameM } = consequence;
  const under = (flux: number): number => (flux > 0 && timeToFailure(vessel.heat, flux, vessel.volumeM3) <= lastsS ? heatEscalation(vessel.heat, flux, vessel.volumeM3) : 0);
  const ahead = distance <= flameM ? STRUCK : heatAt(radiatedW, distance - flameM / 2);
  const heat = radiatedW <= 0 ? 0 : flameM === 0 ? under(heatAt(radiatedW, distance)) : POINTED_AT * under(ahead) + (1 - POINTED_AT) * under(heatAt(radiatedW, Math.hypot(distance, flameM / 2)));
  if (consequence.explosionJ <= 0 || fire === undefined) return { heat, blast: 0 };
  const { low, high } = blastBand({ ...explosionOf(consequence.explosionJ, fire), congestion: scenario.band }, distance);
  return { heat, blast: (blastEscalation(vessel.blast, low) + blastEscalation(vessel.blast, high)) / 2 };
};
