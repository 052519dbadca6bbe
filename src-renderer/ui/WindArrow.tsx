/** Wind from a compass direction, degrees clockwise from north: the arrow flies with the wind, the tail stands where it comes from. */
export const WindArrow = ({ fromDegrees, size = '3.5rem', north }: { readonly fromDegrees: number; readonly size?: string; readonly north: string }) => (
  <svg className="wind-arrow" viewBox="-50 -50 100 100" style={{ width: size, height: size }} aria-hidden="true">
    <circle r={40} fill="none" stroke="var(--rest)" strokeWidth={1.5} />
    {[0, 90, 180, 270].map((degrees) => (
      <path key={degrees} d="M0 -40V-34" stroke="var(--rest)" strokeWidth={2} transform={`rotate(${String(degrees)})`} />
    ))}
    <text y={-24} textAnchor="middle" fontSize={14} fill="var(--dim)">
      {north}
    </text>
    {Number.isFinite(fromDegrees) && (
      <g transform={`rotate(${String(fromDegrees)})`}>
        <path d="M0 -36V22" stroke="var(--text)" strokeWidth={4} />
        <path d="M-11 14L0 36L11 14Z" fill="var(--text)" />
      </g>
    )}
  </svg>
);
