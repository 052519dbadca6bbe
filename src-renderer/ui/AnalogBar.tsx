import type { Priority } from './PriorityMark.tsx';

export type BarLimit = { readonly at: number; readonly priority: Priority; readonly side: 'high' | 'low' };

/**
 * A value against its range (screens.md rule 2): track, band of a normal day, limit ticks, pointer. The pointer takes the
 * colour of the worst limit it has crossed, else it stays grey.
 */
export const AnalogBar = ({ value, range, normal, limits, stale = false, label }: AnalogBarProps) => {
  const [low, high] = range;
  const at = (x: number) => Math.max(0, Math.min(100, ((x - low) / (high > low ? high - low : 1)) * 100));
  const crossed = limits.filter((limit) => (limit.side === 'high' ? value >= limit.at : value <= limit.at)).sort((a, b) => a.priority - b.priority)[0];
  const colour = crossed === undefined || stale ? 'var(--text)' : `var(--p${String(crossed.priority)})`;
  return (
    <div className="analog-bar" role="meter" aria-label={label} aria-valuemin={low} aria-valuemax={high} aria-valuenow={Number.isFinite(value) ? value : low}>
      {normal && <i className="analog-normal" style={{ left: `${String(at(normal[0]))}%`, width: `${String(at(normal[1]) - at(normal[0]))}%` }} />}
      {limits.map((limit) => (
        <i key={`${limit.side}${String(limit.at)}`} className="analog-limit" data-crossed={limit === crossed || undefined} style={{ left: `${String(at(limit.at))}%`, ['--colour' as string]: `var(--p${String(limit.priority)})` }} />
      ))}
      {Number.isFinite(value) && <i className="analog-pointer" data-crossed={crossed !== undefined || undefined} style={{ left: `${String(at(value))}%`, background: stale ? 'var(--rest)' : colour }} />}
    </div>
  );
};

export type AnalogBarProps = { readonly value: number; readonly range: readonly [number, number]; readonly normal?: readonly [number, number] | undefined; readonly limits: readonly BarLimit[]; readonly stale?: boolean; readonly label: string };
