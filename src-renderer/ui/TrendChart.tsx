import { useEffect, useRef } from 'react';
import uPlot, { type AlignedData, type Options } from 'uplot';
import 'uplot/dist/uPlot.min.css';

export type TrendLine = { readonly label: string; readonly unit: string; readonly decimals: number; readonly at: Float64Array; readonly mean: Float64Array; readonly min: Float64Array; readonly max: Float64Array };
export type TrendLimit = { readonly value: number; readonly colour: string; readonly label: string };

/** History of one tag: mean as a line, min–max as a band, limits dashed and named. Times in the site's zone. */
export const TrendChart = ({ line, limits, normal, timeZone, theme, height = '11rem' }: { readonly line: TrendLine; readonly limits: readonly TrendLimit[]; readonly normal?: readonly [number, number] | undefined; readonly timeZone: string; readonly theme: string; readonly height?: string }) => {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const resolved = (value: string) => (value.startsWith('var(') ? colour(value.slice(4, -1)) : value);
    const base = Number.parseFloat(style.fontSize);
    const font = `${String(base * 0.75)}px ${style.getPropertyValue('--font')}`;
    const axis = { stroke: colour('--dim'), font, grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1, size: 4 } };
    const options: Options = {
      width: element.clientWidth,
      height: element.clientHeight,
      cursor: { y: false, points: { show: false } },
      legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), timeZone),
      scales: { x: { time: true }, y: { range: (_plot, low, high) => padded(low, high, limits) } },
      axes: [
        { ...axis, values: [[3_600 * 24, '{MM}-{DD}', null, null, null, null, null, null, 1], [3_600, '{HH}:{mm}', '\n{MM}-{DD}', null, null, null, null, null, 1], [60, '{HH}:{mm}', null, null, null, null, null, null, 1], [1, '{HH}:{mm}:{ss}', null, null, null, null, null, null, 1]], size: base * 2 },
        { ...axis, size: base * 3.2 },
      ],
      series: [{}, { stroke: 'transparent' }, { stroke: 'transparent' }, { stroke: colour('--text'), width: Math.max(1.25, base / 12), points: { show: false } }],
      bands: [{ series: [1, 2], fill: `${colour('--rest')}66` }],
      hooks: {
        drawClear: [
          (plot) => {
            if (normal === undefined) return;
            const top = Math.max(plot.bbox.top, plot.valToPos(normal[1], 'y', true));
            const bottom = Math.min(plot.bbox.top + plot.bbox.height, plot.valToPos(normal[0], 'y', true));
            plot.ctx.fillStyle = colour('--raised');
            if (bottom > top) plot.ctx.fillRect(plot.bbox.left, top, plot.bbox.width, bottom - top);
          },
        ],
        draw: [
          ({ ctx, bbox, valToPos }) => {
            ctx.save();
            ctx.lineWidth = Math.max(1, base / 12) * devicePixelRatio;
            ctx.textAlign = 'left';
            ctx.textBaseline = 'alphabetic';
            ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
            ctx.font = `${String(base * 0.75 * devicePixelRatio)}px ${style.getPropertyValue('--font')}`;
            for (const limit of limits) {
              const y = valToPos(limit.value, 'y', true);
              if (y < bbox.top || y > bbox.top + bbox.height) continue;
              ctx.strokeStyle = resolved(limit.colour);
              ctx.fillStyle = resolved(limit.colour);
              ctx.beginPath();
              ctx.moveTo(bbox.left, y);
              ctx.lineTo(bbox.left + bbox.width, y);
              ctx.stroke();
              ctx.fillText(limit.label, bbox.left + 4 * devicePixelRatio, y - 3 * devicePixelRatio);
            }
            ctx.restore();
          },
        ],
      },
    };
    const plot = new uPlot(options, [line.at.map((at) => at / 1_000), line.max, line.min, line.mean].map((column) => Array.from(column, (value) => (Number.isFinite(value) ? value : null))) as AlignedData, element);
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [line, limits, normal, timeZone, theme]);
  return <div ref={host} className="trend" style={{ height }} role="img" aria-label={line.label} />;
};

const padded = (low: number | null, high: number | null, limits: readonly TrendLimit[]): [number, number] => {
  if (low === null || high === null) return [0, 1];
  const span = Math.max(high - low, Math.abs(high) * 0.02, 1e-6);
  const near = limits.map(({ value }) => value).filter((value) => value > low - span * 2 && value < high + span * 2);
  const bottom = Math.min(low, ...near);
  const top = Math.max(high, ...near);
  const margin = Math.max(top - bottom, span) * 0.08;
  return [bottom - margin, top + margin];
};
