import type { Language } from '../../src-shared/kernel/index.ts';

/** The one place where numbers, units and times become words. */

export { unitWord } from '../../src-shared/kernel/index.ts';

/** Fixed decimals, thin-space thousands; `–` for NaN. */
export const number = (value: number, decimals = 0): string => {
  if (!Number.isFinite(value)) return '–';
  const text = value.toFixed(decimals).replace(/^-(0(\.0+)?)$/, '$1');
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, '\u2009') : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
};

/** `1.2×10⁻⁵` for frequencies and doses. */
export const scientific = (value: number, decimals = 1): string => {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const [mantissa = '', exponent = '0'] = value.toExponential(decimals).split('e');
  const raised = [...String(Number(exponent))].map((digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)])).join('');
  return `${mantissa}×10${raised}`;
};

export const percent = (fraction: number, decimals = 0): string => (Number.isFinite(fraction) ? `${number(fraction * 100, decimals)}%` : '–');

/** A load as part of a criterion: `47.5%` below it, `2.2×` from it on. */
export const share = (fraction: number): string => (fraction < 1 ? percent(fraction, 1) : `${significant(fraction)}×`);

/** Significant digits for values of unknown size, never exponents between 0.001 and 100000. */
export const significant = (value: number, digits = 2): string => {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  if (magnitude < -3 || magnitude > 5) return scientific(value, digits - 1);
  return number(value, Math.max(0, digits - 1 - magnitude));
};

/** How long ago or how long yet, in one or two units: `42 s`, `3 min`, `2 h 05`, `4 d`. Negative counts as zero. */
export const duration = (ms: number, language: Language): string => {
  const [s, min, h, d] = language === 'zh' ? [' 秒', ' 分', ' 时', ' 天'] : [' s', ' min', ' h', ' d'];
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return `${String(seconds)}${s}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return minutes < 5 ? `${String(minutes)}${min} ${String(seconds % 60).padStart(2, '0')}` : `${String(minutes)}${min}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${String(hours)}${h} ${String(minutes % 60).padStart(2, '0')}`;
  return `${String(Math.floor(hours / 24))}${d}`;
};

/** `3:05` for arrivals and evacuation times. */
export const minutesSeconds = (seconds: number): string => {
  if (!Number.isFinite(seconds)) return '–';
  const whole = Math.round(seconds);
  return `${String(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}`;
};

export const bytes = (count: number): string => {
  if (!Number.isFinite(count)) return '–';
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)));
  return `${significant(count / 1_000 ** step, 3)} ${units[step] ?? ''}`;
};

export type TimeForm = 'time' | 'minute' | 'date' | 'dateTime' | 'stamp';
const formatters = new Map<string, Intl.DateTimeFormat>();

/** A moment in the site's own time zone: `14:03:27`, `14:03`, `11-24`, `11-24 14:03`, `2026-11-24 14:03:27`; the same in both languages. */
export const moment = (at: number, timeZone: string, form: TimeForm): string => {
  if (!Number.isFinite(at)) return '–';
  const formatter = formatters.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  formatters.set(timeZone, formatter);
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = Object.fromEntries(formatter.formatToParts(at).map(({ type, value }) => [type, value]));
  const { year = '', month = '', day = '', hour = '', minute = '', second = '' } = parts;
  switch (form) {
    case 'time':
      return `${hour}:${minute}:${second}`;
    case 'minute':
      return `${hour}:${minute}`;
    case 'date':
      return `${month}-${day}`;
    case 'dateTime':
      return `${month}-${day} ${hour}:${minute}`;
    case 'stamp':
      return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
  }
};

/** The site's offset from UTC at a moment: `+08`, `+05:30`. */
export const offset = (at: number, timeZone: string): string => {
  const part = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at).find(({ type }) => type === 'timeZoneName');
  const text = (part?.value ?? 'GMT').replace('GMT', '');
  return text === '' ? '+00' : text.replace(/:00$/, '');
};
