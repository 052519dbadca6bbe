/** An estimate with its uncertainty on a fixed scale from 0: band P10–P90, tick P50; open to the right where the model only says "more". */
export const IntervalBar = ({ p10, p50, p90, max, marks, label }: { readonly p10: number; readonly p50: number; readonly p90: number; readonly max: number; readonly marks: readonly number[]; readonly label: string }) => {
  const at = (x: number) => `${String(Math.max(0, Math.min(100, (x / max) * 100)))}%`;
  const width = `${String(Math.max(0.5, (Math.min(p90, max) - Math.min(p10, max)) * (100 / max)))}%`;
  return (
    <div className="interval-bar" role="img" aria-label={label} data-open={p90 > max || undefined}>
      {marks.map((mark) => (
        <i key={mark} className="interval-mark" style={{ left: at(mark) }} />
      ))}
      <i className="interval-band" style={{ left: at(p10), width }} />
      {p50 <= max && <i className="interval-tick" style={{ left: at(p50) }} />}
    </div>
  );
};
