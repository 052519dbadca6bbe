/** Least-squares slope of memory over time, MB per hour; null when there is too little to tell. */
export const slopePerHour = (points: readonly { readonly at: number; readonly mb: number }[]): number | null => {
  const known = points.filter(({ mb }) => Number.isFinite(mb));
  if (known.length < 10) return null;
  const meanAt = known.reduce((sum, { at }) => sum + at, 0) / known.length;
  const meanMb = known.reduce((sum, { mb }) => sum + mb, 0) / known.length;
  const over = known.reduce((sum, { at, mb }) => sum + (at - meanAt) * (mb - meanMb), 0);
  const under = known.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  return Math.round((over / under) * 3_600_000 * 10) / 10;
};
