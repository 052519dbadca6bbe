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
