import type { Equipment, PlantModel, Protections } from '../../../../src-shared/plant/index.ts';
import { isConsequenceSubstance, substanceOf, vapourPressure, type ConsequenceSubstance } from '../../consequence/index.ts';
import { leakClasses, type LeakClass } from '../model/leakFrequencies.ts';
import { congestedSpaces, type CongestedSpace } from './congestion.ts';

/** One item that can leak: where it stands, what it holds and in which state. */
export type RiskItem = {
  readonly id: string;
  readonly kind: Equipment['kind'];
  readonly x: number;
  readonly y: number;
  readonly substance: ConsequenceSubstance;
  readonly pressurePa: number;
  readonly temperatureK: number;
  /** What can flow out when it is full, kg. */
  readonly capacityKg: number;
  /** It holds this itself; false: it is fed from a vessel of its unit. */
  readonly isVessel: boolean;
  /** Outer volume of the item, m³. */
  readonly volumeM3: number;
  /** Equipment whose level says how full it is. */
  readonly levelTag: string | null;
  readonly classes: readonly LeakClass[];
  /** What can flow out when it breaks off, m: of an item that is fed, the bore of its line. */
  readonly boreM: number;
  /** The vessel it is fed from; itself where it holds something. */
  readonly source: string;
  readonly protections: Protections;
  /** Where a cloud of it would burn fast. */
  readonly congested: CongestedSpace;
};

/**
 * The plant's items that can leak something that harms. Pumps, arms, valves and exchangers without contents of their own are fed from the nearest vessel of
 * the same substance in their unit, and leak at its state.
 */
export const riskItems = (plant: PlantModel): readonly RiskItem[] => {
  const congested = congestedSpaces(plant);
  return plant.equipment.flatMap((item): RiskItem[] => {
    const classes = leakClasses(item.kind);
    const { substance } = item;
    if (classes.length === 0 || substance === undefined || !isConsequenceSubstance(substance)) return [];
    const vessel = item.inventory === undefined ? supplyOf(plant, item) : item;
    if (vessel?.inventory === undefined) return [];
    const { temperatureK, capacityKg, levelTag } = vessel.inventory;
    const [x, y] = item.position;
    return [{ id: item.id, kind: item.kind, x, y, substance, pressurePa: pressureOf(substance, vessel), temperatureK, capacityKg, isVessel: item.inventory !== undefined, volumeM3: volumeOf(item), levelTag: levelTag ?? null, boreM: boreOf(plant, item), source: vessel.id, protections: item.protections ?? {}, classes, congested: congested.get(item.unit)! }];
  });
};

/** Four inches, the row of the frequencies; and sixteen, beyond which API RP 581 part 3 counts no hole, m. */
const [USUAL_BORE, WIDEST_BORE] = [0.102, 0.406];

/** Bore of the line at an item: its own pipes of its substance, else the widest inside its unit, else four inches. */
const boreOf = (plant: PlantModel, { id, unit, substance }: Equipment): number => {
  const unitOf = new Map(plant.equipment.map((other) => [other.id, other.unit]));
  const lines = plant.pipes.filter((pipe) => pipe.substance === substance);
  const own = lines.filter(({ from, to }) => from === id || to === id);
  const inside = lines.filter(({ from, to }) => from !== undefined && to !== undefined && unitOf.get(from) === unit && unitOf.get(to) === unit);
  const widest = Math.max(...(own.length > 0 ? own : inside).map(({ diameter }) => diameter));
  return Number.isFinite(widest) ? Math.min(WIDEST_BORE, Math.max(0.025, widest)) : USUAL_BORE;
};

/** Volume of a cylinder of the item's length (or height) and width, of a ball for spheres. */
const volumeOf = ({ kind, size: [length, width, height] }: Equipment): number => (kind === 'sphere' ? (Math.PI / 6) * width ** 3 : (Math.PI / 4) * (kind === 'horizontal-vessel' ? width * height * length : length * width * height));

/** A vessel filled to more than this holds liquid, kg/m³; a gas of 60 bar has less. */
const LIQUID_FROM = 100;

/**
 * Pressure of what a vessel holds, Pa: what the plant model says, and at least that of its vapour where so much is in it that it must be liquid. A mixture such as LPG, counted as
 * propane, may be stored below the pressure of pure propane.
 */
const pressureOf = (substance: ConsequenceSubstance, vessel: Equipment): number => {
  const { pressurePa, temperatureK, capacityKg } = vessel.inventory!;
  const isLiquid = temperatureK < substanceOf(substance).criticalTemperature && capacityKg / volumeOf(vessel) > LIQUID_FROM;
  return isLiquid ? Math.max(pressurePa, 1.001 * vapourPressure(substanceOf(substance), temperatureK)) : pressurePa;
};

const supplyOf = (plant: PlantModel, item: Equipment): Equipment | undefined => {
  const away = (other: Equipment): number => Math.hypot(other.position[0] - item.position[0], other.position[1] - item.position[1]);
  return plant.equipment
    .filter((other) => other.unit === item.unit && other.substance === item.substance && other.inventory !== undefined)
    .reduce<Equipment | undefined>((nearest, other) => (nearest === undefined || away(other) < away(nearest) ? other : nearest), undefined);
};
