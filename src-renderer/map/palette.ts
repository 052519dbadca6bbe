import type { AlarmPriority, RiskGrade } from '../../src-shared/plant/index.ts';
import type { Text } from '../../src-shared/kernel/index.ts';
import type { ThemeName } from '../scene/twinProps.ts';

/** Colours of everything drawn over the plant. Three palettes that are never mixed: alarm priority, risk grade, hazard (look.md). */
export type Rgb = readonly [red: number, green: number, blue: number];

const hex = (value: string): Rgb => [Number.parseInt(value.slice(1, 3), 16), Number.parseInt(value.slice(3, 5), 16), Number.parseInt(value.slice(5, 7), 16)];
export const css = ([red, green, blue]: Rgb, alpha = 1): string => `rgba(${red}, ${green}, ${blue}, ${alpha})`;

export type Theme = {
  readonly background: Rgb;
  readonly panel: Rgb;
  readonly raised: Rgb;
  readonly text: Rgb;
  readonly dim: Rgb;
  /** Equipment and lines at rest. */
  readonly rest: Rgb;
  readonly alarm: Readonly<Record<AlarmPriority, Rgb>>;
  readonly person: Rgb;
  readonly personEdge: Rgb;
};

export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  night: { background: hex('#111518'), panel: hex('#191E22'), raised: hex('#22282D'), text: hex('#D6DCE2'), dim: hex('#9AA5AF'), rest: hex('#5E6973'), alarm: { 1: hex('#FF4D45'), 2: hex('#FF9F2E'), 3: hex('#FFD83D'), 4: hex('#E48BFF') }, person: hex('#F2F5F7'), personEdge: hex('#111518') },
  dusk: { background: hex('#23292E'), panel: hex('#2B3238'), raised: hex('#353D44'), text: hex('#E4E9ED'), dim: hex('#B4BEC7'), rest: hex('#76828C'), alarm: { 1: hex('#FF6A63'), 2: hex('#FFAE4D'), 3: hex('#FFDD55'), 4: hex('#EBA3FF') }, person: hex('#FFFFFF'), personEdge: hex('#23292E') },
  day: { background: hex('#C4C9CD'), panel: hex('#D3D7DA'), raised: hex('#E2E5E7'), text: hex('#14181B'), dim: hex('#3E4750'), rest: hex('#6F7982'), alarm: { 1: hex('#A80F0A'), 2: hex('#8A4200'), 3: hex('#6B5200'), 4: hex('#7A1FA2') }, person: hex('#FFFFFF'), personEdge: hex('#14181B') },
};

/** Shape of each alarm priority: colour is never alone. */
export const ALARM_SHAPES = { 1: 'square', 2: 'up', 3: 'down', 4: 'diamond' } as const;

export const GRADE_COLOURS: Readonly<Record<RiskGrade, Rgb>> = { major: hex('#C8202F'), considerable: hex('#E8702A'), general: hex('#E3B81F'), low: hex('#3D7FC4') };
export const GRADE_WORDS: Readonly<Record<RiskGrade, Text>> = { major: { zh: '重大', en: 'Major' }, considerable: { zh: '较大', en: 'Considerable' }, general: { zh: '一般', en: 'General' }, low: { zh: '低', en: 'Low' } };

/** Hazard clouds, outer to inner. */
export const HAZARD_COLOURS: Readonly<Record<1 | 2 | 3, Rgb>> = { 1: hex('#B9A2FF'), 2: hex('#8F6BFF'), 3: hex('#5B2BD6') };
export const ROUTE_COLOUR: Rgb = hex('#2FBF71');
/** The way of those who come in, never to be taken for the way out. */
export const RESCUE_COLOUR: Rgb = hex('#35B6D9');
export const BLOCKED_COLOUR: Rgb = hex('#8C969E');

/** Individual risk per year: where the ramp starts and ends, and the criteria of GB 36894-2018 drawn as contours. */
export const RISK_RANGE: readonly [number, number] = [1e-8, 1e-3];
export const RISK_CRITERIA: readonly number[] = [3e-7, 3e-6, 1e-5];

/** Inferno (perceptually even, dark to light) at nine even steps; between them the colours are mixed. */
const INFERNO: readonly Rgb[] = ['#000004', '#1f0c48', '#550f6d', '#88226a', '#ba3655', '#e35933', '#f98e09', '#f9cb35', '#fcffa4'].map(hex);

/** Colour at `t` from 0 to 1 along inferno. */
export const inferno = (t: number): Rgb => {
  const at = Math.min(1, Math.max(0, t)) * (INFERNO.length - 1);
  const i = Math.min(INFERNO.length - 2, Math.floor(at));
  const [a, b, f] = [INFERNO[i]!, INFERNO[i + 1]!, at - i];
  return [Math.round(a[0] + (b[0] - a[0]) * f), Math.round(a[1] + (b[1] - a[1]) * f), Math.round(a[2] + (b[2] - a[2]) * f)];
};

/** Place of a risk on the log ramp, 0 at 1e-8 per year to 1 at 1e-3; negative below, NaN for no number. */
export const riskPlace = (perYear: number): number => (Math.log10(perYear) - Math.log10(RISK_RANGE[0])) / (Math.log10(RISK_RANGE[1]) - Math.log10(RISK_RANGE[0]));

/** Risk as usual keeps to the grey base: nothing below the lowest criterion, faint from there. */
const FAINT = 30;
const FULL = 165;
const GREY: Rgb = [150, 150, 150];
/** Above this a risk shows in full whatever is usual, per year. */
const RISK_ALWAYS = 1e-4;
/** From this many times what is usual on a risk is abnormal, and from that many in full. */
const RISK_ABNORMAL: readonly [number, number] = [1.2, 3];

const between = (value: number, [low, high]: readonly [number, number]): number => Math.min(1, Math.max(0, Math.log(value / low) / Math.log(high / low)));

/**
 * Colour and opacity (0 to 255) of a risk beside what is usual there: nothing below the lowest criterion, faint grey up to 10⁻⁴ while it is as usual; in colour where it is more than usual, or above
 * 10⁻⁴ in any case.
 */
export const riskColour = (perYear: number, standing: number): readonly [number, number, number, number] => {
  const lowest = RISK_CRITERIA[0]!;
  if (!(perYear >= lowest)) return [0, 0, 0, 0];
  const faint = FAINT * (0.4 + 0.6 * between(perYear, [lowest, RISK_CRITERIA.at(-1)!]));
  const saturation = Math.max(standing > 0 ? between(perYear / standing, RISK_ABNORMAL) : 1, between(perYear, [0.8 * RISK_ALWAYS, 3 * RISK_ALWAYS]));
  const hot = inferno(0.12 + 0.88 * riskPlace(perYear));
  const [red, green, blue] = GREY.map((grey, i) => Math.round(grey + (hot[i]! - grey) * (0.3 + 0.7 * saturation))) as [number, number, number];
  return [red, green, blue, Math.round(faint + (FULL - faint) * saturation)];
};

/** `3×10⁻⁷` and `10⁻⁵`: how a small frequency is written. */
export const powerOfTen = (value: number): string => {
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const mantissa = Math.round((value / 10 ** exponent) * 10) / 10;
  const raised = [...String(exponent)].map((digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]!)).join('');
  return mantissa === 1 ? `10${raised}` : `${mantissa}×10${raised}`;
};
