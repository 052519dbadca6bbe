import type { CSSProperties } from 'react';
import type { Description } from './describe.ts';
import { css, type Theme } from './palette.ts';

/** A few lines beside the pointer. `at` is in pixels of the view, `box` the view's size: it turns over at the edges. */
export const Tooltip = ({ description, at, box, theme }: { description: Description; at: readonly [number, number]; box: readonly [number, number]; theme: Theme }) => {
  const style: CSSProperties = {
    position: 'absolute',
    left: at[0] > box[0] * 0.7 ? undefined : at[0] + 16,
    right: at[0] > box[0] * 0.7 ? box[0] - at[0] + 16 : undefined,
    top: at[1] > box[1] * 0.7 ? undefined : at[1] + 16,
    bottom: at[1] > box[1] * 0.7 ? box[1] - at[1] + 16 : undefined,
    maxWidth: '22em',
    padding: '0.5em 0.7em',
    background: css(theme.panel, 0.96),
    color: css(theme.text),
    borderRadius: 2,
    pointerEvents: 'none',
    fontSize: '0.9em',
    lineHeight: 1.45,
  };
  return (
    <div style={style} data-twin="tooltip">
      <div style={{ fontWeight: 600 }}>{description.title}</div>
      <div style={{ color: css(theme.dim) }}>{description.subtitle}</div>
      {description.rows.map(([name, value]) => (
        <div key={`${name}${value}`} style={{ display: 'flex', justifyContent: 'space-between', gap: '1.2em' }}>
          <span style={{ color: css(theme.dim) }}>{name}</span>
          <span style={{ fontVariantNumeric: 'tabular-nums', textAlign: 'right' }}>{value}</span>
        </div>
      ))}
    </div>
  );
};
