/** A line without axes: what it did lately, on a fixed scale. */
export const Sparkline = ({ values, range, label }: { readonly values: ArrayLike<number>; readonly range: readonly [number, number]; readonly label: string }) => {
  const [low, high] = range;
  const span = high > low ? high - low : 1;
  const last = values.length - 1;
  let path = '';
  let drawing = false;
  for (let index = 0; index <= last; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      drawing = false;
      continue;
    }
    const x = last > 0 ? (index / last) * 100 : 100;
    const y = 22 - Math.max(0, Math.min(1, (value - low) / span)) * 20;
    path += `${drawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    drawing = true;
  }
  return (
    <svg className="sparkline" viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label={label}>
      <path d={path} fill="none" stroke="currentColor" strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
    </svg>
  );
};
