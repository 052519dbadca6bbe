import type { Point3 } from '../../src-shared/kernel/index.ts';
import type { AlarmPriority } from '../../src-shared/plant/index.ts';
import type { Annotation } from './annotations.ts';
import { ALARM_SHAPES, css, GRADE_COLOURS, HAZARD_COLOURS, RESCUE_COLOUR, ROUTE_COLOUR, type Theme } from './palette.ts';

/** Pixel of a plant point, or null when it is behind the camera. */
export type Project = (point: Point3) => readonly [x: number, y: number] | null;
export type PaintOptions = {
  readonly project: Project;
  readonly theme: Theme;
  /** CSS pixels of the whole picture. */
  readonly width: number;
  readonly height: number;
  /** CSS font family; sizes follow `base` (px of body text). */
  readonly font: string;
  readonly base: number;
  /** Flashing symbols are on in this half second. */
  readonly lit: boolean;
  /** Metres across the picture at its centre, which says how much detail has room. */
  readonly span: number;
  /** Whether a point on the ground is behind something; a zone's word there would seem to belong to what hides it. */
  readonly isHidden?: (point: Point3) => boolean;
  /** Pixel rectangles kept free (the legend). */
  readonly keepFree: readonly Box[];
};
export type Box = readonly [x0: number, y0: number, x1: number, y1: number];

const overlaps = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Paints annotations by rank onto a cleared 2D canvas; whatever would cover something of higher rank is left out, alarms never. Returns how many were drawn. */
export const paintAnnotations = (context: CanvasRenderingContext2D, annotations: readonly Annotation[], options: PaintOptions): number => {
  const taken: Box[] = [...options.keepFree];
  let drawn = 0;
  const shown = gathered(annotations, options);
  for (const annotation of shown) {
    if (annotation.kind === 'label' && annotation.within !== undefined && options.span > annotation.within) continue;
    const at = options.project(annotation.at);
    if (at === null || at[0] < -40 || at[1] < -40 || at[0] > options.width + 40 || at[1] > options.height + 40) continue;
    if (annotation.kind === 'label' && annotation.style === 'zone' && annotation.selected !== true && options.isHidden?.(annotation.at) === true) continue;
    const box = annotation.kind === 'alarm' ? alarmMark(context, annotation, { at, options }) : annotation.kind === 'values' ? valueCard(context, annotation, { at, options, taken }) : label(context, annotation, { at, options, taken });
    if (box === null) continue;
    taken.push(box);
    drawn += 1;
  }
  return drawn;
};

/** Alarm symbols that would cover each other as one, with the number of all: the highest priority, flashing while any is unacknowledged. */
const gathered = (annotations: readonly Annotation[], { project, base }: PaintOptions): readonly Annotation[] => {
  const clusters: { readonly pixel: readonly [number, number]; alarm: Annotation & { kind: 'alarm' } }[] = [];
  const others: Annotation[] = [];
  for (const annotation of annotations) {
    const pixel = annotation.kind === 'alarm' ? project(annotation.at) : null;
    if (annotation.kind !== 'alarm' || pixel === null) {
      others.push(annotation);
      continue;
    }
    const near = clusters.find((cluster) => Math.hypot(cluster.pixel[0] - pixel[0], cluster.pixel[1] - pixel[1]) < base * 1.5);
    if (near === undefined) clusters.push({ pixel, alarm: annotation });
    else near.alarm = { ...near.alarm, count: near.alarm.count + annotation.count, state: FLASHING.find((state) => state === near.alarm.state || state === annotation.state) ?? near.alarm.state };
  }
  return [...clusters.map(({ alarm }) => alarm), ...others];
};
/** What must be seen first. */
const FLASHING = ['unacknowledged', 'returned'] as const;

type Place = { readonly at: readonly [number, number]; readonly options: PaintOptions; readonly taken: readonly Box[] };
const fits = (box: Box, { options, taken }: Place): boolean => box[0] > 2 && box[1] > 2 && box[2] < options.width - 2 && box[3] < options.height - 2 && !taken.some((other) => overlaps(box, other));

/** The outline of an alarm symbol about its centre: shape and number and colour (screens.md rule 4). */
export const alarmOutline = (context: CanvasRenderingContext2D, priority: AlarmPriority, { x, y, size }: { x: number; y: number; size: number }): void => {
  const corners = { square: [[-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]], up: [[0, -1.1], [1.1, 0.85], [-1.1, 0.85]], down: [[0, 1.1], [1.1, -0.85], [-1.1, -0.85]], diamond: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]] } as const;
  context.beginPath();
  for (const [dx, dy] of corners[ALARM_SHAPES[priority]]) context.lineTo(x + dx * size, y + dy * size);
  context.closePath();
};

const alarmMark = (context: CanvasRenderingContext2D, { priority, state, count }: Annotation & { kind: 'alarm' }, { at: [x, y], options }: Omit<Place, 'taken'>): Box => {
  const { theme, base, font, lit } = options;
  const size = base * 0.72;
  const [cx, cy] = [x, y - size - base * 0.7];
  const colour = css(theme.alarm[priority]);
  const line = base / 14;
  const filled = state === 'unacknowledged' || state === 'acknowledged';
  const flashing = state === 'unacknowledged' || state === 'returned';
  context.strokeStyle = css(theme.background, 0.9);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(cx, cy + size);
  context.lineWidth = 3 * line;
  context.stroke();
  context.strokeStyle = colour;
  context.lineWidth = 1.5 * line;
  context.stroke();
  context.lineWidth = 4 * line;
  context.strokeStyle = css(theme.background, 0.95);
  alarmOutline(context, priority, { x: cx, y: cy, size });
  context.stroke();
  context.fillStyle = filled && (!flashing || lit) ? colour : css(theme.panel, 0.95);
  context.fill();
  context.lineWidth = 2 * line;
  context.strokeStyle = colour;
  context.stroke();
  context.font = `600 ${base * 0.8}px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = filled && (!flashing || lit) ? css(theme.background) : colour;
  context.fillText(String(priority), cx, cy + (priority === 2 ? size * 0.22 : priority === 3 ? -size * 0.18 : size * 0.04));
  if (count > 1) {
    context.textAlign = 'left';
    context.font = `600 ${base * 0.8}px ${font}`;
    outlined(context, `×${count}`, { x: cx + size * 1.35, y: cy, colour: css(theme.text), halo: css(theme.background, 0.9) });
  }
  return [cx - size * 1.2, cy - size * 1.2, cx + size * (count > 1 ? 3 : 1.2), cy + size * 1.2];
};

/** Text with a thin halo of the background so that it reads on anything. */
const outlined = (context: CanvasRenderingContext2D, text: string, { x, y, colour, halo }: { x: number; y: number; colour: string; halo: string }): void => {
  context.lineJoin = 'round';
  context.lineWidth = 3.5;
  context.strokeStyle = halo;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
};

const plate = (context: CanvasRenderingContext2D, [x0, y0, x1, y1]: Box, fill: string): void => {
  context.fillStyle = fill;
  context.beginPath();
  context.roundRect(x0, y0, x1 - x0, y1 - y0, 2);
  context.fill();
};

const label = (context: CanvasRenderingContext2D, annotation: Annotation & { kind: 'label' }, place: Place): Box | null => {
  const { at: [x, y], options } = place;
  const { theme, base, font } = options;
  const { style, text, note, selected = false } = annotation;
  const size = style === 'unit' ? base : style === 'equipment' || style === 'criterion' ? base * 0.8 : base * 0.9;
  const weight = style === 'unit' || style === 'muster' || style === 'stand' || style === 'source' || selected ? 600 : 500;
  context.font = `${weight} ${size}px ${font}`;
  const wide = context.measureText(text).width;
  const noteWide = note === undefined ? 0 : context.measureText(note).width + size * 0.5;
  const [padX, tall] = [size * 0.45, size * 1.5];
  const mark = style === 'zone' || style === 'muster' || style === 'stand' ? size * 1.05 : 0;
  const total = wide + noteWide + mark + padX * 2;
  const boxAt = (left: number, top: number): Box => [left, top, left + total, top + tall];
  // What matters in an emergency looks for room round its point; a zone's word keeps to its corner.
  const above = boxAt(x - total / 2, y - tall - (style === 'unit' ? 4 : 2));
  const beside = boxAt(x + 4, y - tall - 2);
  const round = [beside, boxAt(x - total - 4, y - tall - 2), boxAt(x + 6, y + 4), boxAt(x - total - 6, y + 4), above, boxAt(x - total / 2, y + 6)];
  const candidates = style === 'cloud' || style === 'source' || style === 'seen' ? round : style === 'muster' || style === 'stand' ? [above, ...round] : style === 'zone' ? [beside] : [above];
  const box = candidates.find((candidate) => fits(candidate, place));
  if (box === undefined) return null;
  const middle = (box[1] + box[3]) / 2 + size * 0.04;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const plated = style !== 'criterion' && (style !== 'equipment' || selected);
  if (plated) plate(context, box, css(theme.panel, selected ? 0.95 : 0.82));
  if (selected) {
    context.strokeStyle = css(theme.text);
    context.lineWidth = 1;
    context.strokeRect(box[0] + 0.5, box[1] + 0.5, total - 1, tall - 1);
  }
  if (style === 'zone' && annotation.grade !== undefined) {
    // A hatched swatch: the word stands beside the same pattern as the area.
    const [sx, sy, s] = [box[0] + padX * 0.8, middle - size * 0.4, size * 0.8];
    const colour = GRADE_COLOURS[annotation.grade];
    context.save();
    context.beginPath();
    context.rect(sx, sy, s, s);
    context.fillStyle = css(colour, 0.35);
    context.fill();
    context.clip();
    context.strokeStyle = css(colour);
    context.lineWidth = 1.2;
    context.beginPath();
    for (let d = -s; d < s; d += s / 3) {
      context.moveTo(sx + d, sy + s);
      context.lineTo(sx + d + s, sy);
    }
    context.stroke();
    context.restore();
    context.strokeStyle = css(colour);
    context.lineWidth = 1.5;
    context.strokeRect(sx, sy, s, s);
  }
  if (style === 'muster') {
    context.fillStyle = css(ROUTE_COLOUR);
    context.fillRect(box[0] + padX * 0.8, middle - size * 0.4, size * 0.8, size * 0.8);
  }
  if (style === 'stand') {
    // A cross before the word and a ring at the place.
    const [sx, sy, s] = [box[0] + padX * 0.8 + size * 0.4, middle, size * 0.4];
    context.strokeStyle = css(RESCUE_COLOUR);
    context.lineWidth = size * 0.24;
    context.beginPath();
    context.moveTo(sx - s, sy);
    context.lineTo(sx + s, sy);
    context.moveTo(sx, sy - s);
    context.lineTo(sx, sy + s);
    context.stroke();
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, size * 0.4, 0, 2 * Math.PI);
    context.stroke();
  }
  if (style === 'seen') {
    // A camera's word: a lens before it and a line to the place.
    context.strokeStyle = css(theme.text);
    context.lineWidth = 1;
    context.strokeRect(box[0] + 0.5, box[1] + 0.5, total - 1, tall - 1);
    context.beginPath();
    context.arc(x, y, 3, 0, 2 * Math.PI);
    context.stroke();
  }
  if (style === 'cloud' && annotation.severity !== undefined) {
    context.fillStyle = css(HAZARD_COLOURS[annotation.severity]);
    context.fillRect(box[0], box[1], 3, tall);
  }
  const colour = style === 'equipment' && !selected ? css(theme.text, 0.92) : css(theme.text);
  const left = box[0] + padX + mark;
  if (plated) {
    context.fillStyle = colour;
    context.fillText(text, left, middle);
  } else outlined(context, text, { x: left, y: middle, colour, halo: css(theme.background, 0.75) });
  if (note !== undefined) {
    context.fillStyle = css(theme.dim);
    context.fillText(note, left + wide + size * 0.5, middle);
  }
  return box;
};

const valueCard = (context: CanvasRenderingContext2D, { title, rows, selected }: Annotation & { kind: 'values' }, place: Place): Box | null => {
  const { at: [x, y], options } = place;
  const { theme, base, font } = options;
  const [small, line, pad] = [base * 0.85, base * 1.45, base * 0.6];
  const measure = (text: string, size: number, weight = 500) => {
    context.font = `${weight} ${size}px ${font}`;
    return context.measureText(text).width;
  };
  const nameWide = Math.max(0, ...rows.map(({ name }) => measure(name, small)));
  const valueWide = Math.max(0, ...rows.map(({ value }) => measure(value, base, 600)));
  const unitWide = Math.max(0, ...rows.map(({ unit }) => measure(unit, small)));
  const wide = Math.max(measure(title, base, 600), nameWide + valueWide + unitWide + base * 1.4) + pad * 2;
  const tall = line * (rows.length + 1) + pad * 1.2;
  // To the upper right where there is room, else round the other corners.
  const corners = [[x + base * 2.2, y - tall - base * 1.6], [x - wide - base * 2.2, y - tall - base * 1.6], [x + base * 2.2, y + base], [x - wide - base * 2.2, y + base]] as const;
  const box = corners.map(([left, top]): Box => [left, top, left + wide, top + tall]).find((candidate) => fits(candidate, place)) ?? null;
  if (box === null) return null;
  context.strokeStyle = css(theme.dim);
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(box[0] > x ? box[0] : box[2], box[1] > y ? box[1] : box[3]);
  context.stroke();
  plate(context, box, css(theme.panel, 0.94));
  if (selected) {
    context.strokeStyle = css(theme.text);
    context.strokeRect(box[0] + 0.5, box[1] + 0.5, wide - 1, tall - 1);
  }
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillStyle = css(theme.text);
  context.font = `600 ${base}px ${font}`;
  context.fillText(title, box[0] + pad, box[1] + pad * 0.6 + line / 2);
  rows.forEach(({ name, value, unit, state, alarm }, i) => {
    const middle = box[1] + pad * 0.6 + line * (i + 1.5);
    context.textAlign = 'left';
    context.font = `500 ${small}px ${font}`;
    context.fillStyle = css(theme.dim);
    context.fillText(name, box[0] + pad, middle);
    context.fillText(unit, box[2] - pad - unitWide, middle);
    context.textAlign = 'right';
    context.font = `600 ${base}px ${font}`;
    const right = box[2] - pad - unitWide - (unitWide > 0 ? base * 0.3 : 0);
    context.fillStyle = alarm !== null ? css(theme.alarm[alarm]) : css(state === 'good' ? theme.text : theme.dim);
    context.fillText(value, right, middle);
    if (state === 'bad') {
      context.strokeStyle = css(theme.dim);
      context.lineWidth = 1.5;
      context.beginPath();
      context.moveTo(right - context.measureText(value).width, middle);
      context.lineTo(right, middle);
      context.stroke();
    }
  });
  return box;
};
