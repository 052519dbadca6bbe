import { type RefObject, useImperativeHandle, useRef } from 'react';
import type { Language } from '../../src-shared/kernel/index.ts';
import { css, type Theme } from '../map/palette.ts';

/** North arrow, wind arrow and scale bar. They are moved by the frame loop through this handle, never by React state. */
export type InstrumentsHandle = { update(reading: InstrumentsReading): void };
export type InstrumentsReading = {
  /** Direction on the screen, degrees clockwise from up, in which true north lies. */
  readonly north: number;
  /** Where the wind blows to on the screen, degrees clockwise from up; null without wind data. */
  readonly wind: { readonly to: number; readonly speed: number; readonly fromDegrees: number } | null;
  /** At the middle of the view. */
  readonly metresPerPixel: number;
};

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
const BAR_PX = 130;
const BODY_PX = 14;
const COMPASS_POINTS = { zh: ['北', '东北', '东', '东南', '南', '西南', '西', '西北'], en: ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] } as const;

/** A round length whose bar is at most `widest` px wide. */
export const scaleStep = (metresPerPixel: number, widest = BAR_PX): number => STEPS.findLast((step) => step / metresPerPixel <= widest) ?? STEPS[0]!;
export const compassPoint = (degrees: number, language: Language): string => COMPASS_POINTS[language][Math.round((((degrees % 360) + 360) % 360) / 45) % 8]!;

export const Instruments = ({ handle, theme, language }: { handle: RefObject<InstrumentsHandle | null>; theme: Theme; language: Language }) => {
  const [north, wind, windText, bar, barText] = [useRef<SVGGElement>(null), useRef<SVGGElement>(null), useRef<HTMLSpanElement>(null), useRef<HTMLDivElement>(null), useRef<HTMLSpanElement>(null)];
  useImperativeHandle(handle, () => ({
    update({ north: northTo, wind: blowing, metresPerPixel }) {
      north.current?.setAttribute('transform', `rotate(${northTo.toFixed(1)})`);
      wind.current?.setAttribute('visibility', blowing === null ? 'hidden' : 'visible');
      if (blowing !== null) wind.current?.setAttribute('transform', `rotate(${blowing.to.toFixed(1)})`);
      const text = blowing === null ? '—' : language === 'zh' ? `${compassPoint(blowing.fromDegrees, 'zh')}风 ${blowing.speed.toFixed(1)} m/s` : `${compassPoint(blowing.fromDegrees, 'en')} ${blowing.speed.toFixed(1)} m/s`;
      if (windText.current !== null && windText.current.textContent !== text) windText.current.textContent = text;
      const step = scaleStep(metresPerPixel, bar.current === null ? BAR_PX : (BAR_PX * Number.parseFloat(getComputedStyle(bar.current).fontSize)) / (BODY_PX * 0.85));
      if (bar.current !== null) bar.current.style.width = `${(step / metresPerPixel).toFixed(1)}px`;
      if (barText.current !== null && barText.current.textContent !== `${step} m`) barText.current.textContent = `${step} m`;
    },
  }));
  return (
    <div data-twin="instruments" style={{ position: 'absolute', right: 16, bottom: 16, display: 'flex', alignItems: 'flex-end', gap: 16, pointerEvents: 'none', color: css(theme.text), fontSize: '0.85em', fontVariantNumeric: 'tabular-nums' }}>
      <div style={{ textAlign: 'right', paddingBottom: 6 }}>
        <span ref={barText} style={{ textShadow: `0 0 3px ${css(theme.background)}` }} />
        <div ref={bar} style={{ height: '0.4em', marginTop: 2, borderStyle: 'solid', borderColor: css(theme.text), borderWidth: '0 0.12em 0.12em', width: 60, marginLeft: 'auto' }} />
      </div>
      <div style={{ textAlign: 'center', background: css(theme.panel, 0.82), borderRadius: 2, padding: '4px 8px 6px' }}>
        <svg style={{ width: '6em', height: '6em' }} viewBox="-36 -36 72 72" role="img" aria-label={language === 'zh' ? '北向与风向' : 'north and wind'}>
          <circle r="26" fill="none" stroke={css(theme.rest)} strokeWidth="1" />
          <g ref={north}>
            <path d="M0 -33 L4 -25 L-4 -25 Z" fill={css(theme.text)} />
            <text y="-14" textAnchor="middle" fontSize="10" fontWeight="600" fill={css(theme.text)}>
              N
            </text>
            <path d="M0 26 V21 M26 0 H21 M-26 0 H-21" stroke={css(theme.rest)} strokeWidth="1.2" />
          </g>
          <g ref={wind}>
            <path d="M0 20 V-12" stroke={css(theme.text)} strokeWidth="2" />
            <path d="M0 -20 L5.5 -9 L0 -12 L-5.5 -9 Z" fill={css(theme.text)} />
            <path d="M0 20 L5 23 M0 15 L5 18" stroke={css(theme.text)} strokeWidth="1.6" />
          </g>
        </svg>
        <div>
          <span ref={windText} />
        </div>
      </div>
    </div>
  );
};
