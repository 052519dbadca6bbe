import type { Escalation } from '../../../../src-shared/contract/index.ts';
import type { Equipment, PlantModel } from '../../../../src-shared/plant/index.ts';
import {
  blastBand, blastDistance, blastEscalation, escalationThresholds, heatEscalation, irradiance, jetFire, jetFireFlux, poolFire, poolFirePatches, radiationThresholds, substanceOf, timeToFailure, type Weather,
} from '../../consequence/index.ts';
import { escalationTargets, STRUCK, type Target } from './escalation.ts';
import { explosionOf } from './harms.ts';
import { riskItems, type RiskItem } from './items.ts';
import { failuresOf, protectedChance, type ProtectionState } from './protections.ts';
import { consequenceOf, scenarioOf, type Scenario } from './scenario.ts';

/** Overpressures whose reach is drawn, Pa: all die in the open (0.3 bar), atmospheric tanks are at their threshold (0.22), people in buildings die (0.1), glass breaks (0.03). */
const RINGS = [30_000, 22_000, 10_000, 3_000] as const;
/** Water within reach: monitors throw 50 m and stand 15 m off at least (GB 50160-2008 §8.6), hoses from a hydrant reach 60 m. */
const REACH = { 'fire-monitor': [15, 50], hydrant: [0, 60] } as const;
/** Cooling water of vessels of liquefied gas and of atmospheric tanks beside a fire, L/(min·m²) (GB 50160-2008 §8.10.4 and table 8.4.5). */
const COOLING = { pressurised: 9, atmospheric: 2 } as const;
const FEWEST = 1e-3;

/**
 * What the greatest hole short of rupture in one item would set off, or a release of so many kg/s that is going on: heat and blast on each vessel around it, when and how likely it fails, and with what it can be cooled; null for
 * an item that holds nothing flammable. The fire of a gas points at each vessel in turn; that of a pool leans with the wind.
 */
export const escalationOf = (plant: PlantModel, { equipment, weather, inventoryKg, protections, at, rateKgS }: { readonly equipment: string; readonly weather: Weather; readonly inventoryKg: number; /** Of each vessel, in the order of `riskItems`. */ readonly protections: readonly (readonly ProtectionState[])[]; readonly at: number; readonly rateKgS?: number }): Escalation | null => {
  const items = riskItems(plant);
  const index = items.findIndex(({ id }) => id === equipment);
  const item = items[index];
  const leak = item?.classes.findLast(({ hole }) => hole !== null);
  if (item === undefined || leak === undefined || leak.hole === null || substanceOf(item.substance).fire === undefined) return null;
  const possible = scenarioOf(item, leak, inventoryKg);
  if (possible === null) return null;
  const scenario = rateKgS === undefined ? possible : { ...possible, rateKgS };
  const { windFrom: _windFrom, ...still } = weather;
  const { explosionJ } = consequenceOf(scenario, still);
  const flame = flameOf(scenario, weather);
  if (flame === null) return null;
  const explosion = explosionJ <= 0 ? null : { ...explosionOf(explosionJ, substanceOf(item.substance).fire!), congestion: scenario.band };
  const targets = escalationTargets(items)[index]!
    .map((target) => {
      const other = items[target.index]!;
      const { heat, struck } = flame.on(other.x - item.x, other.y - item.y, target);
      const blast = explosion === null ? null : blastBand(explosion, target.distance);
      const [low, high] = [blast?.low ?? 0, blast?.high ?? 0];
      const { vessel } = target;
      const failing = heat >= escalationThresholds[vessel.heat].heat;
      return {
        equipment: other.id, distanceM: target.distance, kind: vessel.heat, heat, struck, heatThreshold: escalationThresholds[vessel.heat].heat,
        failsAfterS: failing ? timeToFailure(vessel.heat, heat, vessel.volumeM3) : null, heatChance: heatEscalation(vessel.heat, heat, vessel.volumeM3),
        protectedChance: protectedChance({ heat: vessel.heat, volumeM3: vessel.volumeM3, has: vessel.has, fails: failuresOf(protections[target.index]!), flux: heat, isStruck: struck, lastsS: inventoryKg / scenario.rateKgS }),
        protections: protections[target.index]!.map((each) => ({ ...each, tags: [...each.tags] })),
        blast: [low, high] as [number, number], blastThreshold: escalationThresholds[vessel.blast].overpressure, blastChance: [blastEscalation(vessel.blast, low), blastEscalation(vessel.blast, high)] as [number, number],
        coolingLMin: COOLING[vessel.heat] * surfaceOf(other), coolers: coolersOf(plant, other, (x, y) => flame.beside([x - item.x, y - item.y], [other.x - item.x, other.y - item.y])),
      };
    })
    .filter((each) => each.heatChance > FEWEST || each.blastChance[1] > FEWEST || each.heat > 0.5 * each.heatThreshold)
    .toSorted((a, b) => Math.max(b.heatChance, b.blastChance[1]) - Math.max(a.heatChance, a.blastChance[1]) || b.heat - a.heat);
  const rings = explosion === null ? [] : RINGS.map((overpressure) => ({ overpressure, reachM: [blastDistance({ ...explosion, congestion: [scenario.band[0], scenario.band[0]] }, overpressure), blastDistance(explosion, overpressure)] as [number, number] })).filter(({ reachM }) => reachM[1] > 1);
  return {
    at, equipment, position: [item.x, item.y], holeM: rateKgS === undefined ? leak.hole : null, fire: flame.facts, explosion: explosion === null ? null : { energyJ: explosionJ, congestion: [...scenario.band], rings }, targets: targets.slice(0, 12),
    model: `escalation/1; ${flame.model}; ${explosion === null ? 'no congested space' : 'BST, energy of the cloud within the congested space'}; Landucci 2009 and Cozzani 2005, 2006`,
  };
};

type Flame = {
  readonly facts: Escalation['fire'];
  readonly model: string;
  /** Heat at the near wall of a vessel dx, dy from the source, W/m². */
  readonly on: (dx: number, dy: number, target: Target) => { readonly heat: number; readonly struck: boolean };
  /** Heat at a place while the flame points towards another, W/m²; both from the source. */
  readonly beside: (place: readonly [number, number], towards: readonly [number, number]) => number;
};

const flameOf = (scenario: Scenario, weather: Weather): Flame | null => {
  const substance = substanceOf(scenario.substance);
  const air = { temperature: weather.temperature ?? 293.15, pressure: weather.pressure ?? 101_325, humidity: weather.humidity ?? 0.6, windSpeed: weather.windSpeed };
  const height = 2;
  if (!scenario.isLiquid) {
    const jet = jetFire(substance, scenario.rateKgS, air);
    if (jet === null) return null;
    return {
      facts: { kind: 'jet', rateKgS: scenario.rateKgS, sizeM: jet.length, heatW: jet.heatRelease },
      model: 'jet after Lowesmith 2007, weighted sources, pointed at each vessel',
      on(_dx, _dy, { distance }) {
        if (distance <= jet.length) return { heat: STRUCK, struck: true };
        return { heat: jetFireFlux(jet, { from: [0, 0, height], axis: [1, 0, 0], receiver: [distance, 0, height] }, air), struck: false };
      },
      beside: ([x, y], [tx, ty]) => jetFireFlux(jet, { from: [0, 0, height], axis: [tx / Math.hypot(tx, ty), ty / Math.hypot(tx, ty), 0], receiver: [x, y, height] }, air),
    };
  }
  const { pool } = substance.fire ?? {};
  if (pool === undefined) return null;
  const area = Math.min((Math.PI / 4) * 40 ** 2, scenario.rateKgS / pool.burningRate);
  const fire = poolFire(substance, { area }, air);
  if (fire === null) return null;
  const patches = poolFirePatches(fire, 24, 14);
  const angle = (weather.windFrom * Math.PI) / 180;
  const [east, north] = [-Math.sin(angle), -Math.cos(angle)];
  const at = ([ux, uy]: readonly [number, number], distance: number): number => irradiance(patches, { x: distance * (ux * east + uy * north), y: distance * (uy * east - ux * north), z: height }, air).most;
  return {
    facts: { kind: 'pool', rateKgS: scenario.rateKgS, sizeM: fire.diameter, heatW: fire.heatRelease },
    model: 'pool fire after Pritchard & Binding 1992, two-zone emissive power',
    on(dx, dy, target) {
      const centre = Math.max(1e-6, Math.hypot(dx, dy));
      if (target.distance <= fire.diameter / 2) return { heat: fire.clearPower, struck: true };
      return { heat: at([dx / centre, dy / centre], target.distance), struck: false };
    },
    beside: ([x, y]) => at([x / Math.max(1e-6, Math.hypot(x, y)), y / Math.max(1e-6, Math.hypot(x, y))], Math.max(fire.diameter / 2, Math.hypot(x, y))),
  };
};

const surfaceOf = ({ volumeM3 }: RiskItem): number => Math.cbrt(36 * Math.PI * volumeM3 ** 2);

/**
 * Monitors and hydrants that reach a vessel, monitors first, then the nearest: a hydrant where somebody can stand for a moment (API 521: 6.31 kW/m²), a monitor, which is left to itself once it is open, where
 * it stays whole (World Bank 1988: 37.5 kW/m²).
 */
const coolersOf = (plant: PlantModel, vessel: RiskItem, heatAt: (x: number, y: number) => number): Escalation['targets'][number]['coolers'] =>
  plant.equipment
    .flatMap((item: Equipment) => {
      if (item.kind !== 'fire-monitor' && item.kind !== 'hydrant') return [];
      const [nearest, farthest] = REACH[item.kind];
      const [x, y] = item.position;
      const distanceM = Math.hypot(x - vessel.x, y - vessel.y);
      if (distanceM < nearest || distanceM > farthest) return [];
      const heat = heatAt(x, y);
      return heat > (item.kind === 'hydrant' ? radiationThresholds.api521.escapeSeconds : radiationThresholds.worldBank1988.equipmentDamage) ? [] : [{ equipment: item.id, kind: item.kind, distanceM, heat }];
    })
    .toSorted((a, b) => (a.kind === b.kind ? a.distanceM - b.distanceM : a.kind === 'fire-monitor' ? -1 : 1))
    .slice(0, 4);
