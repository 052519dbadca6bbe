import { contains, createValue, text, type Text, type Value } from '../../../src-shared/kernel/index.ts';
import type { AlarmSetting, Detector, Equipment, Person, PlantDocument, PlantModel, Tag } from '../../../src-shared/plant/index.ts';

/**
 * The plant model by id and by index, built once. A tag's index in `plant.tags` is its number in every batch and series.
 * Lookups by an id give undefined for an unknown one; lookups by a known tag's index throw for one outside the model.
 */
export type Registry = {
  readonly plant: PlantModel;
  /** Of the plant model, as its file states it. */
  readonly version: string;
  tagIndex(id: string): number | undefined;
  tag(id: string): Tag | undefined;
  tagAt(index: number): Tag;
  equipment(id: string): Equipment | undefined;
  equipmentOf(tagIndex: number): Equipment;
  zone(id: string): PlantModel['zones'][number] | undefined;
  /** Id of the zone in which the tag's equipment stands. */
  zoneOf(tagIndex: number): string;
  /** Index of the zone around a point in plant metres; -1 outside all. */
  zoneAt(x: number, y: number): number;
  unit(id: string): PlantModel['units'][number] | undefined;
  unitOf(equipment: string): PlantModel['units'][number] | undefined;
  detector(id: string): Detector | undefined;
  detectorOf(tagIndex: number): Detector | undefined;
  detectorsIn(zone: string): readonly Detector[];
  tagsOf(equipment: string): readonly number[];
  equipmentIn(zone: string): readonly Equipment[];
  person(id: string): Person | undefined;
  /** Index in `plant.people` of whoever wears it. */
  wearerOf(wearable: string): number | undefined;
  /** `Tank farm · Storage · Ammonia tank`, as an alarm states its place. */
  placeOf(tagIndex: number): Text;
  /** Replaces the alarm settings of a tag. These and documents are the only facts of the plant model that change in a running station; others build it anew. */
  setAlarms(tagIndex: number, alarms: readonly AlarmSetting[]): void;
  setDocuments(equipment: string, documents: readonly PlantDocument[]): void;
  /** Another number with each change. */
  readonly revision: Value<number>;
};

/** `revision` counts on from a number that no former registry of this plant has reached: its clients ask again after the station has been built anew. */
export const createRegistry = ({ plant, version = plant.version, revision: first = 0 }: { readonly plant: PlantModel; readonly version?: string; readonly revision?: number }): Registry => {
  const revision = createValue(first);
  const tagIndex = new Map(plant.tags.map((tag, index) => [tag.id, index]));
  const equipment = byId(plant.equipment);
  const zones = byId(plant.zones);
  const units = byId(plant.units);
  const detectors = byId(plant.detectors);
  const people = byId(plant.people);
  const wearers = new Map(plant.people.map((person, index) => [person.wearable, index]));
  const equipmentOf = plant.tags.map((tag) => known(equipment.get(tag.equipment), 'equipment', tag.equipment));
  const detectorOf = new Map(plant.detectors.map((detector) => [known(tagIndex.get(detector.tag), 'tag', detector.tag), detector]));
  const detectorsIn = Map.groupBy(plant.detectors, (detector) => detector.zone);
  const equipmentIn = Map.groupBy(plant.equipment, (item) => item.zone);
  const tagsOf = Map.groupBy(plant.tags.keys(), (index) => known(plant.tags[index], 'tag index', index).equipment);
  const at = (index: number): Equipment => known(equipmentOf[index], 'tag index', index);
  return {
    plant,
    version,
    tagIndex: (id) => tagIndex.get(id),
    tag: (id) => plant.tags[tagIndex.get(id) ?? -1],
    tagAt: (index) => known(plant.tags[index], 'tag index', index),
    equipment: (id) => equipment.get(id),
    equipmentOf: at,
    zone: (id) => zones.get(id),
    zoneOf: (index) => at(index).zone,
    zoneAt: (x, y) => plant.zones.findIndex((zone) => contains(zone.polygon, x, y)),
    unit: (id) => units.get(id),
    unitOf: (id) => units.get(equipment.get(id)?.unit ?? ''),
    detector: (id) => detectors.get(id),
    detectorOf: (index) => detectorOf.get(index),
    detectorsIn: (zone) => detectorsIn.get(zone) ?? [],
    tagsOf: (id) => tagsOf.get(id) ?? [],
    equipmentIn: (zone) => equipmentIn.get(zone) ?? [],
    person: (id) => people.get(id),
    wearerOf: (wearable) => wearers.get(wearable),
    placeOf(index) {
      const item = at(index);
      const parts = [zones.get(item.zone)?.name, units.get(item.unit)?.name, item.name].filter((part) => part !== undefined);
      // A unit often bears its zone's name.
      const joined = (words: readonly string[]) => [...new Set(words)].join(' · ');
      return text(joined(parts.map((part) => part.zh)), joined(parts.map((part) => part.en)));
    },
    setAlarms(index, alarms) {
      known(plant.tags[index], 'tag index', index).alarms = [...alarms];
      revision.set(revision.get() + 1);
    },
    setDocuments(id, documents) {
      known(equipment.get(id), 'equipment', id).documents = [...documents];
      revision.set(revision.get() + 1);
    },
    revision,
  };
};

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> => new Map(items.map((item) => [item.id, item]));

/** The configuration has been checked before: a hole here is a bug. */
const known = <T>(found: T | undefined, kind: string, id: string | number): T => {
  if (found === undefined) throw new Error(`registry: no ${kind} ${id}`);
  return found;
};
