import { QUALITY_NAMES, type QualityName } from '../../../src-shared/kernel/index.ts';
import type { Registry } from '../registry/index.ts';
import type { LastValues } from '../risk/index.ts';

/** A value as it stood, with its own source time and quality, for the record of an incident. */
export type Witness = { readonly tag: string; readonly name: { readonly zh: string; readonly en: string }; readonly value: number; readonly unit: string; readonly quality: QualityName; readonly at: number; readonly isDetector: boolean };

/**
 * The values that a reviewer will ask for: the detectors of the zone and those that voted, the tags of the equipment in question, and the weather mast.
 * Tags that never had a value are left out; bad and stale ones are in, and say so.
 */
export const witnessesOf = ({ registry, values, zone, equipment, detectors }: { readonly registry: Registry; readonly values: LastValues; readonly zone: string; readonly equipment: string | null; readonly detectors: readonly string[] }): readonly Witness[] => {
  const speaking = new Set([...registry.detectorsIn(zone).map(({ tag }) => tag), ...detectors.flatMap((id) => registry.detector(id)?.tag ?? [])]);
  const weather = Object.values(registry.plant.weather).filter((id) => id !== undefined);
  const tags = new Set([...speaking, ...(equipment === null ? [] : registry.tagsOf(equipment).map((index) => registry.tagAt(index).id)), ...weather]);
  return [...tags].flatMap((id): readonly Witness[] => {
    const index = registry.tagIndex(id);
    const last = index === undefined ? undefined : values.last(index);
    if (index === undefined || last === undefined) return [];
    const { name, unit } = registry.tagAt(index);
    return [{ tag: id, name, value: last.value, unit, quality: QUALITY_NAMES[last.quality] ?? 'bad', at: last.at, isDetector: speaking.has(id) }];
  });
};
