import { contains, type Point, type Polygon } from '../../src-shared/kernel/index.ts';
import type { Equipment, PlantModel } from '../../src-shared/plant/index.ts';
import type { Selection, ThemeName } from '../scene/twinProps.ts';
import type { Hovered } from './describe.ts';
import type { Rgb } from './palette.ts';

/** The plant as flat drawing: areas and lines with a tone, in drawing order. Plant metres. */
export type Tone = 'ground' | 'paving' | 'road' | 'green' | 'water' | 'bund' | 'building' | 'hall' | 'rack' | 'fence' | 'pipe' | 'equipment' | 'gate';
export type PlanShapes = {
  readonly areas: readonly { readonly outline: readonly Point[]; readonly tone: Tone; readonly edge: boolean }[];
  readonly lines: readonly { readonly path: readonly Point[]; readonly tone: Tone; readonly width: number }[];
};

export const PLAN_TONES: Readonly<Record<ThemeName, Readonly<Record<Tone, Rgb>>>> = {
  night: { ground: [30, 35, 39], paving: [38, 44, 49], road: [24, 28, 31], green: [33, 43, 38], water: [26, 40, 51], bund: [44, 51, 57], building: [62, 70, 77], hall: [48, 55, 61], rack: [74, 83, 90], fence: [74, 83, 90], pipe: [84, 94, 102], equipment: [94, 105, 115], gate: [120, 130, 138] },
  dusk: { ground: [58, 66, 73], paving: [68, 77, 84], road: [48, 55, 61], green: [62, 76, 68], water: [52, 70, 84], bund: [76, 85, 92], building: [98, 108, 116], hall: [82, 91, 99], rack: [108, 118, 126], fence: [104, 114, 122], pipe: [118, 130, 140], equipment: [130, 142, 152], gate: [160, 170, 178] },
  day: { ground: [200, 205, 208], paving: [212, 216, 219], road: [178, 184, 188], green: [184, 197, 186], water: [170, 190, 203], bund: [221, 224, 226], building: [168, 175, 180], hall: [190, 196, 200], rack: [140, 148, 154], fence: [140, 148, 154], pipe: [126, 135, 142], equipment: [111, 121, 130], gate: [90, 98, 105] },
};

const ROUND = new Set<Equipment['kind']>(['sphere', 'storage-tank', 'vertical-vessel', 'column', 'flare', 'mast', 'detector-post', 'hydrant', 'fire-monitor']);

/** The outline of a piece of equipment on the ground: a circle or a turned rectangle, at least a metre across so that it can be hit. */
export const footprint = ({ kind, position: [x, y], size: [length, width], heading }: Pick<Equipment, 'kind' | 'position' | 'size' | 'heading'>): Point[] => {
  if (ROUND.has(kind)) {
    const radius = Math.max(0.5, length / 2);
    return Array.from({ length: 20 }, (_, i) => [x + Math.cos((i / 20) * 2 * Math.PI) * radius, y + Math.sin((i / 20) * 2 * Math.PI) * radius]);
  }
  const [c, s] = [Math.cos((heading * Math.PI) / 180), Math.sin((heading * Math.PI) / 180)];
  const [a, b] = [Math.max(1, length) / 2, Math.max(1, width) / 2];
  return [[-a, -b], [a, -b], [a, b], [-a, b]].map(([u, v]): Point => [x + u! * c - v! * s, y + u! * s + v! * c]);
};

export const planShapes = (plant: PlantModel): PlanShapes => {
  const { width, depth } = plant.site;
  const of = (...kinds: readonly string[]) => plant.structures.filter(({ kind }) => kinds.includes(kind));
  const housing = (shape: Polygon) => plant.equipment.some(({ position }) => contains(shape, position[0], position[1]));
  return {
    areas: [
      { outline: [[0, 0], [width, 0], [width, depth], [0, depth]], tone: 'ground', edge: false },
      ...of('green').map(({ shape }) => ({ outline: shape, tone: 'green' as const, edge: false })),
      ...of('paving').map(({ shape }) => ({ outline: shape, tone: 'paving' as const, edge: false })),
      ...of('water').map(({ shape }) => ({ outline: shape, tone: 'water' as const, edge: false })),
      ...of('bund').map(({ shape }) => ({ outline: shape, tone: 'bund' as const, edge: true })),
      ...of('building', 'shelter').map(({ shape, kind }) => ({ outline: shape, tone: kind === 'shelter' || housing(shape) ? ('hall' as const) : ('building' as const), edge: true })),
      ...plant.equipment.map((item) => ({ outline: footprint(item), tone: 'equipment' as const, edge: true })),
    ],
    lines: [
      ...of('road').map(({ shape, width: wide = 6 }) => ({ path: shape, tone: 'road' as const, width: wide })),
      ...of('pipe-rack').map(({ shape, width: wide = 4 }) => ({ path: shape, tone: 'rack' as const, width: wide })),
      ...plant.pipes.map(({ path, diameter }) => ({ path: path.map(([x, y]): Point => [x, y]), tone: 'pipe' as const, width: Math.max(0.3, diameter) })),
      ...of('fence').map(({ shape }) => ({ path: shape, tone: 'fence' as const, width: 0.5 })),
      ...of('gate').map(({ shape }) => ({ path: shape, tone: 'gate' as const, width: 1.5 })),
    ],
  };
};

/** Where a plan looks: middle and pixels per metre. */
export type PlanCamera = { readonly x: number; readonly y: number; readonly scale: number };

/** Camera that shows a rectangle of plant metres with a little room around. */
export const fitPlan = ([x0, y0, x1, y1]: readonly [number, number, number, number], [width, height]: readonly [number, number]): PlanCamera => ({ x: (x0 + x1) / 2, y: (y0 + y1) / 2, scale: 0.94 * Math.min(width / Math.max(1, x1 - x0), height / Math.max(1, y1 - y0)) });

/** Rectangle of a view of the plant model: its unit's zone and equipment, or the whole site. */
export const planExtent = (plant: PlantModel, view: string): readonly [number, number, number, number] => {
  const unit = plant.units.find(({ id }) => id === plant.views.find((candidate) => candidate.id === view)?.unit);
  const points = unit === undefined ? [] : [...(plant.zones.find(({ id }) => id === unit.zone)?.polygon ?? []), ...plant.equipment.filter((item) => item.unit === unit.id && item.zone === unit.zone).map(({ position }): Point => [position[0], position[1]])];
  if (points.length === 0) return [0, 0, plant.site.width, plant.site.depth];
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
};

/** What lies under a point of the plan: the smallest thing first. `reach` is how many metres a finger covers. */
export const pickPlan = (plant: PlantModel, [x, y]: Point, { reach, people, zones }: { reach: number; people: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> } | null; zones: boolean }): Hovered | null => {
  const within = (px: number, py: number) => Math.hypot(px - x, py - y) <= reach;
  const person = people === null ? -1 : plant.people.findIndex((_, i) => within(people.x[i] ?? Number.NaN, people.y[i] ?? Number.NaN));
  if (person >= 0) return { kind: 'person', id: plant.people[person]!.id };
  const point = (kind: Selection['kind'], id: string | undefined): Hovered | null => (id === undefined ? null : { kind, id });
  const node = new Map(plant.walkways.nodes.map(({ id, position }) => [id, position]));
  const small =
    point('detector', plant.detectors.find(({ position }) => within(position[0], position[1]))?.id) ??
    point('camera', plant.cameras.find(({ position }) => within(position[0], position[1]))?.id) ??
    point('muster', plant.muster.find((muster) => within(...(node.get(muster.node) ?? [Number.NaN, Number.NaN])))?.id);
  const under = plant.equipment.filter((item) => contains(footprint(item), x, y)).sort((a, b) => a.size[0] * a.size[1] - b.size[0] * b.size[1])[0];
  if (under !== undefined) return { kind: 'equipment', id: under.id };
  if (small !== null) return small;
  return zones ? point('zone', plant.zones.find(({ polygon }) => contains(polygon, x, y))?.id) : null;
};
