import type { Text } from '../../src-shared/kernel/index.ts';
import type { Camera, Detector, Equipment, MusterPoint, Person, PlantModel, Tag } from '../../src-shared/plant/index.ts';

type Zone = PlantModel['zones'][number];
type Unit = PlantModel['units'][number];

/** The plant model with its look-ups; built once per page. */
export type PlantIndex = {
  readonly model: PlantModel;
  /** The tag's number in every series, -1 if unknown. */
  tagIndex(id: string): number;
  tag(id: string): Tag | undefined;
  zone(id: string): Zone | undefined;
  unit(id: string): Unit | undefined;
  equipment(id: string): Equipment | undefined;
  detector(id: string): Detector | undefined;
  camera(id: string): Camera | undefined;
  person(id: string): Person | undefined;
  personIndex(id: string): number;
  muster(id: string): MusterPoint | undefined;
  tagsOf(equipment: string): readonly Tag[];
  equipmentOf(unit: string): readonly Equipment[];
  /** The detector behind a tag, if the tag is one's reading. */
  detectorOf(tag: string): Detector | undefined;
  /** The name of whatever carries this id; the id itself when unknown. */
  nameOf(id: string): Text;
};

const byId = <T extends { readonly id: string }>(items: readonly T[]) => new Map(items.map((item) => [item.id, item]));
const grouped = <T>(items: readonly T[], keyOf: (item: T) => string) => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
};

export const createPlantIndex = (model: PlantModel): PlantIndex => {
  const tagNumbers = new Map(model.tags.map((tag, index) => [tag.id, index]));
  const personNumbers = new Map(model.people.map((person, index) => [person.id, index]));
  const tags = byId(model.tags);
  const zones = byId(model.zones);
  const units = byId(model.units);
  const equipment = byId(model.equipment);
  const detectors = byId(model.detectors);
  const cameras = byId(model.cameras);
  const people = byId(model.people);
  const muster = byId(model.muster);
  const tagsByEquipment = grouped(model.tags, (tag) => tag.equipment);
  const equipmentByUnit = grouped(model.equipment, (item) => item.unit);
  const detectorByTag = new Map(model.detectors.map((detector) => [detector.tag, detector]));
  return {
    model,
    tagIndex: (id) => tagNumbers.get(id) ?? -1,
    tag: (id) => tags.get(id),
    zone: (id) => zones.get(id),
    unit: (id) => units.get(id),
    equipment: (id) => equipment.get(id),
    detector: (id) => detectors.get(id),
    camera: (id) => cameras.get(id),
    person: (id) => people.get(id),
    personIndex: (id) => personNumbers.get(id) ?? -1,
    muster: (id) => muster.get(id),
    tagsOf: (id) => tagsByEquipment.get(id) ?? [],
    equipmentOf: (id) => equipmentByUnit.get(id) ?? [],
    detectorOf: (id) => detectorByTag.get(id),
    nameOf(id) {
      const named = equipment.get(id) ?? zones.get(id) ?? units.get(id) ?? detectors.get(id) ?? cameras.get(id) ?? muster.get(id) ?? tags.get(id);
      if (named !== undefined) return named.name;
      const person = people.get(id)?.name ?? id;
      return { zh: person, en: person };
    },
  };
};
