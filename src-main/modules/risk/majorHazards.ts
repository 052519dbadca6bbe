import type { MajorHazard } from '../../../src-shared/contract/index.ts';
import { isUsable } from '../../../src-shared/kernel/index.ts';
import type { PlantModel, SubstanceId } from '../../../src-shared/plant/index.ts';
import type { Registry } from '../registry/index.ts';
import { assessUnit, betaOf, thresholdOf } from './model/majorHazard.ts';
import type { NamedChemical } from './model/majorHazardTables.ts';
import type { LastValues } from './weather.ts';

const CHEMICAL: Partial<Record<SubstanceId, NamedChemical>> = {
  ammonia: 'ammonia', chlorine: 'chlorine', 'hydrogen-sulphide': 'hydrogen sulfide', methane: 'methane', propane: 'LPG', butane: 'LPG', lpg: 'LPG', hydrogen: 'hydrogen', benzene: 'benzene', methanol: 'methanol', gasoline: 'gasoline',
};

/** GB 18218-2018 table 5 counts those outside within so many metres of the boundary. */
const COUNTED_WITHIN = 500;

/** People outside the fence who count for α; null where the plant model does not say. */
export const peopleOutsideOf = ({ site: { peopleOutside, width, depth } }: PlantModel): number | null => {
  const away = ([x, y]: readonly [number, number]): number => Math.hypot(Math.max(0, -x, x - width), Math.max(0, -y, y - depth));
  return peopleOutside === undefined ? null : peopleOutside.reduce((sum, { position, people }) => sum + (away(position) <= COUNTED_WITHIN ? people : 0), 0);
};

/** GB 18218-2018 for each unit of the plant with what its tanks hold now (what they could hold where no level tells). Units without a listed chemical are left out. */
export const majorHazardsOf = (registry: Registry, values: LastValues): MajorHazard[] => {
  const peopleOutside = peopleOutsideOf(registry.plant);
  return registry.plant.units.flatMap((unit): MajorHazard[] => {
    const tonnes = new Map<NamedChemical, number>();
    for (const { unit: own, substance, inventory } of registry.plant.equipment) {
      const chemical = substance === undefined ? undefined : CHEMICAL[substance];
      if (own !== unit.id || inventory === undefined || chemical === undefined) continue;
      const index = inventory.levelTag === undefined ? undefined : registry.tagIndex(inventory.levelTag);
      const level = index === undefined ? undefined : values.last(index);
      const share = level !== undefined && isUsable(level.quality) && Number.isFinite(level.value) ? Math.min(1, Math.max(0, level.value / 100)) : 1;
      tonnes.set(chemical, (tonnes.get(chemical) ?? 0) + (share * inventory.capacityKg) / 1_000);
    }
    if (tonnes.size === 0) return [];
    const inventory = [...tonnes].map(([chemical, amount]) => ({ chemical, tonnes: amount }));
    const { s, r, grade, alpha } = assessUnit(inventory, peopleOutside ?? Infinity);
    return [{ unit: unit.id, name: unit.name, s, r, grade, alpha, peopleOutside, items: inventory.map(({ chemical, tonnes: amount }) => ({ substance: chemical, tonnes: amount, threshold: thresholdOf(chemical), beta: betaOf(chemical) })) }];
  });
};
