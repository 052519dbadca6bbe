export type PriorityLook = 'unacknowledged' | 'acknowledged' | 'returned' | 'latched' | 'shelved' | 'rest';
export type Priority = 1 | 2 | 3 | 4;

const SHAPES: Readonly<Record<Priority, string>> = { 1: 'M3 3H17V17H3Z', 2: 'M10 2L18.5 17.5H1.5Z', 3: 'M1.5 2.5H18.5L10 18Z', 4: 'M10 1L19 10L10 19L1 10Z' };
const NUMBER_Y: Readonly<Record<Priority, number>> = { 1: 14.2, 2: 15.6, 3: 11.6, 4: 14.2 };

/**
 * Alarm priority by shape, number and colour (■ ▲ ▼ ◆). Unacknowledged: flashes at 1 Hz between filled and outline, so that it
 * can be read at any moment; acknowledged: filled; returned: outline, flashing; latched: outline; shelved: outline, dim, with a
 * clock; rest (nothing of this priority): outline, dim. All marks of a page flash together.
 */
export const PriorityMark = ({ priority, look = 'acknowledged', size = '1.15rem' }: { readonly priority: Priority; readonly look?: PriorityLook; readonly size?: string }) => {
  const colour = look === 'shelved' || look === 'rest' ? 'var(--rest)' : `var(--p${String(priority)})`;
  const flashes = look === 'unacknowledged' || look === 'returned';
  const outline = <path d={SHAPES[priority]} fill="none" stroke={colour} strokeWidth={2} strokeLinejoin="round" />;
  return (
    <svg style={{ width: size, height: size, flex: 'none', verticalAlign: '-0.2em' }} viewBox="0 0 20 20" aria-hidden="true" data-priority={priority} data-look={look}>
      {look === 'shelved' ? (
        <>
          {outline}
          <path d="M10 6.5V10.5L12.5 12" fill="none" stroke={colour} strokeWidth={1.6} />
        </>
      ) : (
        <>
          {look !== 'returned' && outline}
          <Digit priority={priority} fill={colour} />
          {look === 'returned' && (
            <g className="flash">
              {outline}
            </g>
          )}
          {(look === 'unacknowledged' || look === 'acknowledged') && (
            <g className={flashes ? 'flash' : undefined}>
              <path d={SHAPES[priority]} fill={colour} stroke={colour} strokeWidth={2} strokeLinejoin="round" />
              <Digit priority={priority} fill="var(--on-priority)" />
            </g>
          )}
        </>
      )}
    </svg>
  );
};

const Digit = ({ priority, fill }: { readonly priority: Priority; readonly fill: string }) => (
  <text x={10} y={NUMBER_Y[priority]} textAnchor="middle" fontSize={11.5} fontWeight={700} fill={fill}>
    {priority}
  </text>
);
