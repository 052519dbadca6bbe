import { MINUTE, isUsable } from '../../../src-shared/kernel/index.ts';
import { createProtections } from './protections.ts';
import { createSightMemory } from './sights.ts';
import type { RiskDependencies } from './dependencies.ts';
import type { ZoneFacts } from './model/findings.ts';
import { isConsequenceSubstance, substanceOf, toxicProbits } from '../consequence/index.ts';
import type { LiveWeather } from './weather.ts';

/** Heart rates outside this band are strain (per minute). */
const STRAIN = [45, 165] as const;
/** Share by which the usual headcount of a zone follows the present one each second: an hour's memory. */
const USUAL_RATE = 1 / 3_600;

/** Gathers, zone by zone, what the other modules know at this moment. Call `gather` once a second. */
export const createFacts = (deps: RiskDependencies) => {
  const { registry, values, people, alarms, inference, permits, hazards, inspection, clock } = deps;
  const { plant } = registry;
  const detectorTags = new Set(plant.detectors.map((detector) => detector.tag));
  const zoneOfEquipment = new Map(plant.equipment.map((item) => [item.id, item.zone]));
  const zoneOfCamera = new Map(plant.cameras.map((camera) => [camera.id, camera.zone]));
  const nameOf = new Map(plant.people.map((person) => [person.id, person.name]));
  const equipmentName = new Map(plant.equipment.map((item) => [item.id, item.name]));
  const tagKind = new Map(plant.tags.map((tag) => [tag.id, tag.kind]));
  const tagsIn = plant.zones.map((zone) => plant.tags.map((tag, index) => ({ tag, index })).filter(({ tag }) => zoneOfEquipment.get(tag.equipment) === zone.id));
  const usual = new Float64Array(plant.zones.length);
  const zones = plant.zones.map((zone): ZoneFacts['zone'] => {
    const substances = plant.equipment.filter((item) => item.zone === zone.id).flatMap((item) => (item.substance !== undefined && isConsequenceSubstance(item.substance) ? [item.substance] : []));
    return { id: zone.id, name: zone.name, grade: zone.grade, holdsFlammable: substances.some((id) => id !== 'ammonia' && substanceOf(id).fire !== undefined), holdsToxic: substances.some((id) => toxicProbits[id] !== undefined) };
  });
  const sights = createSightMemory(people.cameraEvents, clock);
  const protections = createProtections(deps);
  let startedAt: number | null = null;

  return {
    gather(live: LiveWeather): readonly ZoneFacts[] {
      const now = clock.now();
      startedAt ??= now;
      const rows = alarms.table.rows().filter((alarm) => alarm.zone !== '');
      const assets = inference.assets.rows();
      const active = permits.table.rows().filter((permit) => permit.state === 'active');
      const open = hazards.table.rows().filter((hazard) => hazard.state !== 'closed');
      const overdue = inspection.overdue();
      const expired = Map.groupBy(inspection.expiredQualifications(), (each) => each.person);
      const events = sights.recent();
      const where = people.positions();
      // Before feeds have had time to speak, silence says nothing.
      const hasSettled = now - startedAt > 20_000;
      const unsupplied = !hasSettled ? [] : protections().flatMap(({ equipment, states }) => states.flatMap(({ kind, why, tags }) => (why === 'supply' ? [{ equipment, kind, tags }] : [])));
      return zones.map((zone, z): ZoneFacts => {
        const inside = [...where.person.keys()].filter((row) => where.zone[row] === z && !people.isStale(where.person[row]!));
        // The usual headcount is learnt; at first it is the present one.
        usual[z] = now - startedAt! < MINUTE ? inside.length : usual[z]! + USUAL_RATE * (inside.length - usual[z]!);
        const permitsHere = active.filter((permit) => permit.zone === zone.id);
        const silent = hasSettled ? tagsIn[z]!.filter(({ index }) => !isUsable(values.last(index)?.quality ?? 3)).map(({ tag }) => tag.id) : [];
        return {
          now,
          zone,
          alarms: rows.filter((alarm) => alarm.zone === zone.id).map((alarm) => ({ ...alarm, tagKind: tagKind.get(alarm.tag) ?? 'other' })),
          assets: assets.filter((asset) => zoneOfEquipment.get(asset.equipment) === zone.id).map((asset) => ({ ...asset, name: equipmentName.get(asset.equipment)! })),
          blind: { detectors: silent.filter((id) => detectorTags.has(id)), others: silent.filter((id) => !detectorTags.has(id)), tags: tagsIn[z]!.length },
          weather: { windSpeed: live.isKnown ? live.weather.windSpeed : 3, temperatureC: orMild(live.temperatureC, 20), rain: orMild(live.rain, 0) },
          people: {
            count: inside.length,
            usual: usual[z]!,
            strained: inside.flatMap((row) => {
              const person = plant.people[where.person[row]!];
              const rate = where.heartRate[row]!;
              return person !== undefined && Number.isFinite(rate) && rate > 0 && (rate < STRAIN[0] || rate > STRAIN[1]) ? [{ id: person.id, name: person.name, heartRate: rate }] : [];
            }),
          },
          unsupplied: unsupplied.filter(({ equipment }) => zoneOfEquipment.get(equipment) === zone.id),
          permits: permitsHere,
          hazards: open.filter((hazard) => hazard.zone === zone.id),
          overdue: overdue.filter((each) => zoneOfEquipment.get(each.equipment) === zone.id),
          unqualified: [...new Set(permitsHere.flatMap((permit) => permit.people))].flatMap((person) => (expired.get(person) ?? []).map(({ kind }) => ({ person, name: nameOf.get(person) ?? person, kind }))),
          cameras: events.filter((event) => zoneOfCamera.get(event.camera) === zone.id),
        };
      });
    },
  };
};

const orMild = (value: number, mild: number): number => (Number.isFinite(value) ? value : mild);
