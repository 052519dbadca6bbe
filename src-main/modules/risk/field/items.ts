import type { Equipment, PlantModel } from '../../../../src-shared/plant/index.ts';
import { isConsequenceSubstance, type ConsequenceSubstance } from '../../consequence/index.ts';
import { leakClasses, type LeakClass } from '../model/leakFrequencies.ts';

/** One item that can leak: where it stands, what it holds and in which state. */
export type RiskItem = {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly substance: ConsequenceSubstance;
  readonly pressurePa: number;
  readonly temperatureK: number;
  /** What can flow out when it is full, kg. */
  readonly capacityKg: number;
  /** Equipment whose level says how full it is. */
  readonly levelTag: string | null;
  readonly classes: readonly LeakClass[];
};

/**
 * The plant's items that can leak something that harms. Pumps, arms, valves and exchangers without contents of their own are fed from the nearest vessel of
 * the same substance in their unit, and leak at its state.
 */
export const riskItems = (plant: PlantModel): readonly RiskItem[] =>
  plant.equipment.flatMap((item): RiskItem[] => {
    const classes = leakClasses(item.kind);
    const { substance } = item;
    if (classes.length === 0 || substance === undefined || !isConsequenceSubstance(substance)) return [];
    const supply = item.inventory ?? supplyOf(plant, item);
    if (supply === undefined) return [];
    const { pressurePa, temperatureK, capacityKg, levelTag } = supply;
    return [{ id: item.id, x: item.position[0], y: item.position[1], substance, pressurePa, temperatureK, capacityKg, levelTag: levelTag ?? null, classes }];
  });

const supplyOf = (plant: PlantModel, item: Equipment): Equipment['inventory'] => {
  const away = (other: Equipment): number => Math.hypot(other.position[0] - item.position[0], other.position[1] - item.position[1]);
  return plant.equipment
    .filter((other) => other.unit === item.unit && other.substance === item.substance && other.inventory !== undefined)
    .reduce<Equipment | undefined>((nearest, other) => (nearest === undefined || away(other) < away(nearest) ? other : nearest), undefined)?.inventory;
};
