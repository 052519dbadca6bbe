import { isUsable, type Point3 } from '../../../src-shared/kernel/index.ts';
import type { Detector, Equipment, PlantModel, SubstanceId } from '../../../src-shared/plant/index.ts';
import { estimateRelease, isConsequenceSubstance, substanceOf, type DetectorReading, type LeakCandidate } from '../consequence/index.ts';
import type { LastValues, TagIndex } from '../risk/index.ts';
import type { ReleaseState } from './assessment.ts';

/** Detectors and equipment farther than this from an alarm do not speak to it, m. */
const RANGE = 300;
const MOST_DETECTORS = 20;
/** kg/s where the equipment's contents are not known. */
const UNKNOWN_MOST = 20;

/** `mostKgS`: what a 50 mm hole would let out into the air; more than that is a rupture and not a leak to be inferred. */
export type Candidate = LeakCandidate & ReleaseState & { readonly mostKgS: number };

const flat = (a: Point3, b: Point3): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Substances that leak from the same vessels: LPG is propane and butane. */
const kin = (a: SubstanceId | undefined, b: SubstanceId): boolean => a === b || (a !== undefined && [a, b].every((id) => ['lpg', 'propane', 'butane'].includes(id)));

/** Equipment that holds the substance near any of these places, in the state in which it would leak. */
export const candidatesNear = (plant: PlantModel, substance: SubstanceId, places: readonly Point3[]): readonly Candidate[] =>
  plant.equipment
    .filter((item) => kin(item.substance, substance) && places.some((place) => flat(place, item.position) <= RANGE))
    .map((item) => ({ id: item.id, x: item.position[0], y: item.position[1], ...leakState(item) }));

/** Temperature and droplets of the gas that would come out of a 50 mm hole, and how much of it. */
const leakState = ({ substance, inventory }: Equipment): ReleaseState & { readonly mostKgS: number } => {
  if (substance === undefined || inventory === undefined || !isConsequenceSubstance(substance)) return { mostKgS: UNKNOWN_MOST };
  const release = estimateRelease({ substance, holeDiameter: 0.05, storage: { pressure: inventory.pressurePa, temperature: inventory.temperatureK, inventoryKg: inventory.capacityKg } });
  if (!release.ok) return { mostKgS: UNKNOWN_MOST };
  const { phase, rateKgS, temperature, liquidFraction } = release.value;
  // A cold liquid evaporates from its pool as gas at about the air's temperature; only what flashes carries droplets.
  return phase === 'liquid' ? { mostKgS: rateKgS } : { mostKgS: rateKgS, releaseTemperature: temperature, liquidFraction };
};

/** The wake in which a leak near a place mixes first: that of the nearest vessel of the substance within 30 m. */
export const wakeNear = (plant: PlantModel, substance: SubstanceId, place: Point3): { readonly width: number; readonly height: number } | null => {
  const vessels = plant.equipment.filter((item) => kin(item.substance, substance) && item.inventory !== undefined && flat(place, item.position) <= WAKE_WITHIN);
  const nearest = vessels.toSorted((a, b) => flat(place, a.position) - flat(place, b.position))[0];
  return nearest === undefined ? null : { width: Math.min(20, Math.max(nearest.size[0], nearest.size[1])), height: Math.min(10, nearest.size[2]) };
};
const WAKE_WITHIN = 30;

/**
 * What burns at a vessel on fire: the whole surface of a tank, the contents of a vessel under pressure as a jet from a 25 mm hole, else a pool as long as the
 * equipment. A declared rate is a pool's or the jet's own.
 */
export const burningOf = (holder: Equipment | undefined, declaredKgS: number | null): { readonly diameter: number; readonly baseZ: number; readonly jetKgS: number | null } => {
  const diameter = Math.max(3, holder?.size[0] ?? 10);
  const pool = { diameter: declaredKgS === null ? diameter : Math.max(3, Math.sqrt((4 * declaredKgS) / (Math.PI * POOL_BURNING))), baseZ: 0, jetKgS: null };
  if (holder?.substance === undefined || holder.inventory === undefined || !isConsequenceSubstance(holder.substance)) return pool;
  if (holder.kind === 'storage-tank') return { diameter, baseZ: holder.size[2], jetKgS: null };
  const { pressurePa, temperatureK, capacityKg } = holder.inventory;
  const release = estimateRelease({ substance: holder.substance, holeDiameter: 0.025, storage: { pressure: pressurePa, temperature: temperatureK, inventoryKg: capacityKg } });
  return release.ok && release.value.phase !== 'liquid' ? { diameter, baseZ: 0, jetKgS: declaredKgS ?? release.value.rateKgS } : pool;
};

/** kg/(m² s), the usual middle of hydrocarbon pools. */
const POOL_BURNING = 0.055;

/** A gas detector's reading in ppm; null where the detector has nothing usable to say. */
export const readingOf = (registry: TagIndex, values: LastValues, detector: Detector): DetectorReading | null => {
  const index = registry.tagIndex(detector.tag);
  const tag = index === undefined ? undefined : registry.plant.tags[index];
  const last = index === undefined ? undefined : values.last(index);
  if (tag === undefined || last === undefined || !isUsable(last.quality) || !Number.isFinite(last.value)) return null;
  const ppm = ppmPerUnit(tag.unit, detector.substance);
  if (ppm === null) return null;
  const [x, y, z] = detector.position;
  // Three percent of the range is what a fixed detector's own zero may wander; whatever alarms is seen in any case.
  const alarmAt = Math.min(...tag.alarms.filter((alarm) => alarm.kind === 'HI' || alarm.kind === 'HIHI').map((alarm) => alarm.limit));
  return { x, y, z: Math.min(200, Math.max(0, z)), ppm: Math.min(1e6, Math.max(0, last.value * ppm)), detectionLimit: Math.max(1e-3, Math.min(0.03 * tag.range[1], alarmAt / 2) * ppm), saturatedAt: Math.max(1e-3, 0.98 * tag.range[1] * ppm) };
};

const ppmPerUnit = (unit: string, substance: SubstanceId | undefined): number | null => {
  if (unit === '[ppm]' || unit === 'ppm') return 1;
  if (unit === '[ppb]' || unit === 'ppb') return 1e-3;
  if (unit !== '%' && unit !== '%LEL') return null;
  const fire = substance !== undefined && isConsequenceSubstance(substance) ? substanceOf(substance).fire : undefined;
  return fire === undefined ? null : fire.lower * 1e4;
};

/** Readings that bear on a leak: the strongest that see something and the nearest that do not. */
export const readingsNear = (input: { readonly registry: TagIndex; readonly values: LastValues; readonly substance: SubstanceId; readonly places: readonly Point3[] }): readonly DetectorReading[] => {
  const { registry, values, substance, places } = input;
  const near = (detector: Detector): number => Math.min(...places.map((place) => flat(place, detector.position)));
  const all = registry.plant.detectors
    .filter((detector) => detector.kind === 'gas' && kin(detector.substance, substance) && near(detector) <= RANGE)
    .toSorted((a, b) => near(a) - near(b))
    .flatMap((detector) => readingOf(registry, values, detector) ?? []);
  const isSeeing = (reading: DetectorReading): boolean => reading.ppm >= reading.detectionLimit;
  const seeing = all.filter(isSeeing).toSorted((a, b) => b.ppm / b.detectionLimit - a.ppm / a.detectionLimit).slice(0, MOST_DETECTORS / 2);
  return [...seeing, ...all.filter((reading) => !isSeeing(reading)).slice(0, MOST_DETECTORS - seeing.length)];
};
