import type { CameraEvent } from '../../../src-shared/contract/index.ts';

/** People in each zone by index; `zone` is -1 outside all of them and NaN for a person not seen yet. */
export const countByZone = (zone: Float64Array, people: number, zones: number): readonly number[] => {
  const counts = Array.from({ length: zones }, () => 0);
  for (let person = 0; person < people; person += 1) {
    const index = zone[person] ?? Number.NaN;
    if (index >= 0 && index < zones) counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
};

/** People whose position is known. */
export const countSeen = (at: Float64Array, people: number): number => {
  let seen = 0;
  for (let person = 0; person < people; person += 1) if (Number.isFinite(at[person])) seen += 1;
  return seen;
};

const KIND_ORDER: Readonly<Record<CameraEvent['kind'], number>> = { fire: 0, smoke: 1, fall: 2, intrusion: 3, climbing: 4, 'no-helmet': 5, 'no-vest': 6 };

/** The camera event that matters now: gravest kind first, then newest. */
export const mattersNow = (events: readonly CameraEvent[]): CameraEvent | null => [...events].sort((a, b) => KIND_ORDER[a.kind] - KIND_ORDER[b.kind] || b.lastAt - a.lastAt)[0] ?? null;
