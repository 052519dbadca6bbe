import type { Text } from '../../../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../../../src-shared/plant/index.ts';

/** What decoding needs to know of one tag; `index` is its place in the plant model's `tags`. */
export type FeedTag = {
  readonly index: number;
  readonly id: string;
  readonly equipment: string;
  readonly unit: string;
  readonly area: string;
  /** Words of a discrete tag's states in both languages, lower case → value. */
  readonly states: ReadonlyMap<string, number>;
  /** Whether its value moves between states only, so that silence says nothing about the sensor. */
  readonly isDiscrete: boolean;
  readonly name: Text;
  /** UCUM code of its values, and their range. */
  readonly uom: string;
  readonly range: readonly [number, number];
};

const DISCRETE = new Set(['state', 'position', 'count', 'flame', 'smoke']);

/** The plant model's tags with the ids that an address template may name. */
export const toFeedTags = (plant: PlantModel): readonly FeedTag[] => {
  const equipment = new Map(plant.equipment.map((item) => [item.id, item]));
  const areaOf = new Map(plant.units.map((unit) => [unit.id, unit.area]));
  return plant.tags.map((tag, index) => {
    const unit = equipment.get(tag.equipment)?.unit ?? '';
    const states = new Map<string, number>();
    for (const [value, name] of (tag.states ?? []).entries()) {
      states.set(name.zh.toLowerCase(), value);
      states.set(name.en.toLowerCase(), value);
    }
    return { index, id: tag.id, equipment: tag.equipment, unit, area: areaOf.get(unit) ?? '', states, isDiscrete: states.size > 0 || DISCRETE.has(tag.kind), name: tag.name, uom: tag.unit, range: tag.range };
  });
};
