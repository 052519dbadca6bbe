import { centre, contains, distance, type Point, type Point3 } from '../../../src-shared/kernel/index.ts';
import type { PlantModel, Structure } from '../../../src-shared/plant/index.ts';
import { type MeshBuilder, offsetSides } from './meshBuilder.ts';

/** Roads, buildings, racks, fences, bunds and greenery: whatever of the plant is not equipment. Plant metres. */

/** Heights of flat things, so that they never fight for the same depth. */
const LEVEL = { water: 0.02, grass: 0.05, paving: 0.08, bundFloor: 0.1, road: 0.13, mark: 0.16 } as const;

export const buildStructure = (mesh: MeshBuilder, structure: Structure, plant: PlantModel): void => {
  const { shape, height, width = 6 } = structure;
  switch (structure.kind) {
    case 'road':
      mesh.ribbon('kerb', shape, width + 0.5, LEVEL.road - 0.01);
      mesh.ribbon('road', shape, width, LEVEL.road);
      return roadMarks(mesh, structure, plant.structures);
    case 'paving':
      return mesh.flat('paving', shape, LEVEL.paving);
    case 'green':
      mesh.flat('grass', shape, LEVEL.grass);
      return plantTrees(mesh, structure, plant);
    case 'water':
      return mesh.flat('water', shape, LEVEL.water);
    case 'bund':
      mesh.flat('concrete', shape, LEVEL.bundFloor);
      return wallAlong(mesh, [...shape, shape[0]!], Math.max(0.4, height));
    case 'fence':
      return fence(mesh, shape, height > 0 ? height : 2.2);
    case 'gate':
      return gate(mesh, structure);
    case 'pipe-rack':
      return pipeRack(mesh, shape, { height: height > 0 ? height : 6, width });
    case 'shelter':
    case 'building': {
      // What houses equipment is drawn open, so that the machines in it can be seen and picked.
      const houses = plant.equipment.some(({ position }) => contains(shape, position[0], position[1]));
      if (houses || structure.kind === 'shelter') return openHall(mesh, shape, { height: height > 0 ? height : 6, roof: !houses, walls: structure.kind === 'building' });
      return building(mesh, structure);
    }
  }
};

/** A dashed centre line, left out where the road crosses another. */
const roadMarks = (mesh: MeshBuilder, road: Structure, structures: readonly Structure[]): void => {
  if ((road.width ?? 6) < 5) return;
  const others = structures.filter((other) => other.kind === 'road' && other !== road);
  const onOther = (p: Point) => others.some(({ shape, width = 6 }) => shape.slice(1).some((b, i) => toSegment(p, shape[i]!, b) < width / 2 + 1));
  for (const [a, b] of dashes(road.shape, 3, 4)) if (!onOther(a) && !onOther(b)) mesh.ribbon('roadMark', [a, b], 0.18, LEVEL.mark);
  for (const side of [0, 1] as const) {
    const edge = offsetSides(road.shape, (road.width ?? 6) / 2 - 0.25).map((pair) => pair[side]);
    for (const [a, b] of dashes(edge, 6, 0)) if (!onOther(a) && !onOther(b)) mesh.ribbon('roadMark', [a, b], 0.1, LEVEL.mark);
  }
};

/** Shortest distance of a point to a segment. */
export const toSegment = ([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number => {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
};

/** Pieces of `on` metres with gaps of `off` along every leg of a line. */
export const dashes = (line: readonly Point[], on: number, off: number): (readonly [Point, Point])[] =>
  line.slice(1).flatMap((b, i) => {
    const a = line[i]!;
    const length = distance(a, b);
    const at = (s: number): Point => [a[0] + ((b[0] - a[0]) * s) / length, a[1] + ((b[1] - a[1]) * s) / length];
    const pieces: (readonly [Point, Point])[] = [];
    for (let s = off / 2; s + 0.5 < length; s += on + off) pieces.push([at(s), at(Math.min(length, s + on))]);
    return pieces;
  });

const wallAlong = (mesh: MeshBuilder, line: readonly Point[], height: number): void => {
  line.slice(1).forEach((b, i) => {
    const a = line[i]!;
    const length = distance(a, b);
    mesh.place(0, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, 0], (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI);
    mesh.box('bund', [0, 0, height / 2], [length + 0.35, 0.35, height]);
  });
  mesh.place(0, [0, 0, 0]);
};

const fence = (mesh: MeshBuilder, line: readonly Point[], height: number): void => {
  line.slice(1).forEach((b, i) => {
    const a = line[i]!;
    const length = distance(a, b);
    const posts = Math.max(1, Math.round(length / 4));
    for (let j = 0; j <= posts; j += 1) {
      const [x, y] = [a[0] + ((b[0] - a[0]) * j) / posts, a[1] + ((b[1] - a[1]) * j) / posts];
      mesh.box('rail', [x, y, height / 2], [0.08, 0.08, height]);
    }
    for (const share of [0.08, 0.35, 0.65, 0.97]) mesh.tube('rail', [a[0], a[1], height * share], [b[0], b[1], height * share], { radius: 0.03, segments: 3 });
  });
};

const gate = (mesh: MeshBuilder, { shape, height }: Structure): void => {
  const [a, b] = [shape[0]!, shape.at(-1)!];
  const [length, turn] = [distance(a, b), (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI];
  mesh.place(0, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, 0], turn);
  const tall = Math.max(2.6, height);
  for (const side of [-1, 1]) mesh.box('wall', [side * (length / 2 + 0.4), 0, tall / 2], [0.8, 0.8, tall]);
  if (tall > 4.5) mesh.box('wallTrim', [0, 0, tall - 0.3], [length + 1.6, 0.9, 0.6]);
  for (const side of [-1, 1]) {
    const arm = length * 0.44;
    mesh.box('machine', [(side * length) / 2 - side * 0.3, 0.9, 0.6], [0.4, 0.4, 1.2]);
    for (let i = 0; i < 6; i += 1) mesh.tube(i % 2 === 0 ? 'steelLight' : 'steelDark', [side * (length / 2 - 0.3 - (arm * i) / 6), 0.9, 1.1], [side * (length / 2 - 0.3 - (arm * (i + 1)) / 6), 0.9, 1.1], { radius: 0.07, segments: 5 });
  }
  mesh.place(0, [0, 0, 0]);
};

/** Portal frames in two tiers with longitudinal beams. */
const pipeRack = (mesh: MeshBuilder, line: readonly Point[], { height, width }: { height: number; width: number }): void => {
  const sides = offsetSides(line, width / 2);
  line.slice(1).forEach((b, i) => {
    const a = line[i]!;
    const length = distance(a, b);
    const bays = Math.max(1, Math.round(length / 7));
    const [[la, ra], [lb, rb]] = [sides[i]!, sides[i + 1]!];
    const at = (from: Point, to: Point, t: number): Point => [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t];
    const turn = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
    for (let bay = i === 0 ? 0 : 1; bay <= bays; bay += 1) {
      const [l, r] = [at(la, lb, bay / bays), at(ra, rb, bay / bays)];
      for (const [x, y] of [l, r]) {
        mesh.place(0, [x, y, 0], turn);
        mesh.box('concrete', [0, 0, 0.25], [0.7, 0.7, 0.5]);
        mesh.box('steelDark', [0, 0, height / 2], [0.26, 0.26, height]);
      }
      const middle: Point = [(l[0] + r[0]) / 2, (l[1] + r[1]) / 2];
      mesh.place(0, [middle[0], middle[1], 0], turn);
      for (const z of [height - 0.15, height * 0.7]) mesh.box('steelDark', [0, 0, z], [0.22, distance(l, r), 0.3]);
      if (bay < bays && bay % 4 === 1) {
        for (const [from, to] of [[la, lb], [ra, rb]] as const) {
          const [p, q] = [at(from, to, bay / bays), at(from, to, (bay + 1) / bays)];
          mesh.place(0, [0, 0, 0]);
          mesh.tube('steelDark', [p[0], p[1], 0.5], [q[0], q[1], height * 0.7], { radius: 0.07, segments: 3 });
          mesh.tube('steelDark', [q[0], q[1], 0.5], [p[0], p[1], height * 0.7], { radius: 0.07, segments: 3 });
        }
      }
    }
    mesh.place(0, [0, 0, 0]);
    for (const [p, q] of [[la, lb], [ra, rb]] as const) for (const z of [height - 0.15, height * 0.7]) mesh.tube('steelDark', [p[0], p[1], z], [q[0], q[1], z], { radius: 0.15, segments: 4 });
  });
};

/** Columns, ring beam, roof beams and a low wall: a hall one can look into. `roof` adds a closed lid (a shelter). */
const openHall = (mesh: MeshBuilder, outline: readonly Point[], { height, roof, walls }: { height: number; roof: boolean; walls: boolean }): void => {
  const ring = [...outline, outline[0]!];
  mesh.flat('concrete', outline, LEVEL.bundFloor);
  ring.slice(1).forEach((b, i) => {
    const a = ring[i]!;
    const length = distance(a, b);
    const bays = Math.max(1, Math.round(length / 6));
    const turn = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
    for (let bay = 0; bay < bays; bay += 1) {
      mesh.place(0, [a[0] + ((b[0] - a[0]) * bay) / bays, a[1] + ((b[1] - a[1]) * bay) / bays, 0], turn);
      mesh.box('steelDark', [0, 0, height / 2], [0.35, 0.35, height]);
    }
    mesh.place(0, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, 0], turn);
    mesh.box('steelDark', [0, 0, height - 0.2], [length, 0.3, 0.4]);
    if (walls) {
      // The low wall leaves the middle of every side open as a way in and out.
      for (const side of [-1, 1]) mesh.box('wall', [side * (length / 4 + 0.9), 0, 0.55], [length / 2 - 1.8, 0.25, 1.1]);
    }
  });
  mesh.place(0, [0, 0, 0]);
  if (roof) return mesh.prism('roof', outline, { from: height, to: height + 0.3 });
  // Roof trusses across the shorter way.
  const [xs, ys] = [outline.map(([x]) => x), outline.map(([, y]) => y)];
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const along = x1 - x0 >= y1 - y0;
  const trusses = Math.max(1, Math.round((along ? x1 - x0 : y1 - y0) / 6));
  for (let i = 1; i < trusses; i += 1) {
    const t = i / trusses;
    const [p, q]: [Point, Point] = along ? [[x0 + (x1 - x0) * t, y0], [x0 + (x1 - x0) * t, y1]] : [[x0, y0 + (y1 - y0) * t], [x1, y0 + (y1 - y0) * t]];
    mesh.tube('steelDark', [p[0], p[1], height - 0.2], [q[0], q[1], height - 0.2], { radius: 0.14, segments: 4 });
  }
};

/** Walls with bands of windows on every floor, a parapet, a door on the longest side and units on the roof. */
const building = (mesh: MeshBuilder, { id, shape, height, floors = Math.max(1, Math.round(height / 3.6)) }: Structure): void => {
  const tall = height > 0 ? height : floors * 3.6;
  mesh.prism('wall', shape, { from: 0, to: tall, lid: 'roof' });
  const ring = [...shape, shape[0]!];
  const area = ring.slice(1).reduce((sum, b, i) => sum + ring[i]![0] * b[1] - b[0] * ring[i]![1], 0);
  const longest = Math.max(...ring.slice(1).map((b, i) => distance(ring[i]!, b)));
  ring.slice(1).forEach((b, i) => {
    const a = ring[i]!;
    const length = distance(a, b);
    const turn = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
    const out = area > 0 ? -1 : 1;
    mesh.place(0, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, 0], turn);
    mesh.box('wallTrim', [0, 0, tall + 0.35], [length + 0.4, 0.4, 0.7]);
    mesh.box('wallTrim', [0, 0, 0.25], [length + 0.3, 0.3, 0.5]);
    const count = Math.floor(length / 3.2);
    for (let floor = 0; floor < floors; floor += 1) {
      const z = (tall * (floor + 0.55)) / floors;
      for (let n = 0; n < count; n += 1) {
        const x = ((n + 0.5) / count - 0.5) * length;
        if (floor === 0 && length === longest && n === Math.floor(count / 2)) continue;
        // A pane before the wall: a box would spend five sixths of its triangles where nobody looks.
        const [w, h] = [(Math.min(1.8, (length / count) * 0.58) / 2) * -out, Math.min(1.3, (tall / floors) * 0.36) / 2];
        mesh.quad('window', [[x - w, out * 0.08, z - h], [x + w, out * 0.08, z - h], [x + w, out * 0.08, z + h], [x - w, out * 0.08, z + h]]);
      }
      if (floor > 0) mesh.box('wallTrim', [0, out * 0.05, (tall * floor) / floors], [length, 0.14, 0.22]);
    }
    if (length === longest) {
      const n = Math.floor(count / 2);
      const x = count > 0 ? ((n + 0.5) / count - 0.5) * length : 0;
      mesh.box('door', [x, out * 0.06, 1.25], [1.9, 0.16, 2.5]);
      mesh.box('wallTrim', [x, out * 0.9, 2.75], [3, 1.8, 0.2]);
    }
  });
  const [cx, cy] = centre(shape);
  const first = Math.atan2(ring[1]![1] - ring[0]![1], ring[1]![0] - ring[0]![0]) * (180 / Math.PI);
  mesh.place(0, [cx, cy, tall], first);
  if (longest > 10) {
    const seed = hash(id);
    for (let i = 0; i < 3; i += 1) {
      const x = (i / 2 - 0.5) * longest * 0.55;
      mesh.box('machine', [x, ((seed >> i) & 1) === 0 ? 1.4 : -1.4, 0.75], [2.2, 1.5, 1.2]);
      mesh.tube('machineDark', [x, ((seed >> i) & 1) === 0 ? 1.4 : -1.4, 1.35], [x, ((seed >> i) & 1) === 0 ? 1.4 : -1.4, 1.5], { radius: 0.55, segments: 12, caps: true });
    }
  }
  mesh.place(0, [0, 0, 0]);
};

/** A number from a text, the same on every machine: where trees stand must not change from start to start. */
export const hash = (value: string): number => {
  let h = 2_166_136_261;
  for (let i = 0; i < value.length; i += 1) h = Math.imul(h ^ value.charCodeAt(i), 16_777_619);
  return h >>> 0;
};

/** Trees on a loose grid over the green, clear of roads, buildings and equipment. */
const plantTrees = (mesh: MeshBuilder, { id, shape }: Structure, plant: PlantModel): void => {
  const [xs, ys] = [shape.map(([x]) => x), shape.map(([, y]) => y)];
  const step = 8.5;
  const solid = plant.structures.filter(({ kind }) => kind === 'building' || kind === 'paving' || kind === 'shelter');
  const roads = plant.structures.filter(({ kind }) => kind === 'road' || kind === 'pipe-rack');
  let seed = hash(id);
  const next = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 4_294_967_296;
  };
  for (let x = Math.min(...xs) + 2; x < Math.max(...xs) - 1; x += step) {
    for (let y = Math.min(...ys) + 2; y < Math.max(...ys) - 1; y += step) {
      const p: Point = [x + next() * 4, y + next() * 4];
      const [size, skip] = [0.75 + next() * 0.5, next()];
      if (skip < 0.12 || !contains(shape, p[0], p[1]) || solid.some((other) => contains(other.shape, p[0], p[1]))) continue;
      if (roads.some((road) => road.shape.slice(1).some((b, i) => toSegment(p, road.shape[i]!, b) < (road.width ?? 6) / 2 + 2))) continue;
      tree(mesh, p, size);
    }
  }
};

const tree = (mesh: MeshBuilder, [x, y]: Point, size: number): void => {
  mesh.tube('trunk', [x, y, 0], [x, y, 2.2 * size], { radius: 0.16 * size, segments: 4 });
  mesh.lathe('tree', [x, y, 0], [[0, 1.5 * size], [1.35 * size, 2.1 * size], [1.75 * size, 3.3 * size], [1.25 * size, 4.7 * size], [0, 5.6 * size]], { segments: 7, smooth: true });
};

/** A pole with a green board and a marked square on the ground, as muster points have. */
export const buildMuster = (mesh: MeshBuilder, [x, y]: Point): void => {
  const square: Point[] = [[x - 5, y - 5], [x + 5, y - 5], [x + 5, y + 5], [x - 5, y + 5], [x - 5, y - 5]];
  for (const [a, b] of dashes(square, 1.6, 0.8)) mesh.ribbon('sign', [a, b], 0.3, LEVEL.mark + 0.02);
  mesh.tube('steelLight', [x, y, 0], [x, y, 4.2], { radius: 0.07, segments: 6 });
  for (const turn of [0, 90]) {
    mesh.box('sign', [x, y, 3.6], turn === 0 ? [1.5, 0.1, 1.5] : [0.1, 1.5, 1.5]);
    for (const side of [-1, 1]) mesh.box('signFace', turn === 0 ? [x, y + side * 0.05, 3.6] : [x + side * 0.05, y, 3.6], turn === 0 ? [0.5, 0.03, 0.5] : [0.03, 0.5, 0.5]);
  }
};

/** A camera on a pole (or a wall), looking where it looks. */
export const buildCamera = (mesh: MeshBuilder, position: Point3, { heading, tilt }: { heading: number; tilt: number }): void => {
  const [x, y, z] = position;
  mesh.box('concrete', [x, y, 0.15], [0.5, 0.5, 0.3]);
  mesh.tube('steelLight', [x, y, 0], [x, y, z + 0.3], { radius: 0.09, radiusEnd: 0.06, segments: 8 });
  const [h, t] = [(heading * Math.PI) / 180, (tilt * Math.PI) / 180];
  const [dx, dy, dz] = [Math.cos(h) * Math.cos(t), Math.sin(h) * Math.cos(t), -Math.sin(t)];
  const along = (s: number): Point3 => [x + dx * s, y + dy * s, z + dz * s];
  mesh.tube('wall', along(-0.1), along(0.75), { radius: 0.17, segments: 8, caps: true });
  mesh.tube('lens', along(0.75), along(0.8), { radius: 0.12, segments: 8, caps: true });
};

