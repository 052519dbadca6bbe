import type { Point, Point3 } from '../../../src-shared/kernel/index.ts';
import type { MeshBuilder } from './meshBuilder.ts';
import type { Surface } from './surfaces.ts';

/** Things that many pieces of equipment share: railings, ladders, platforms, stairs, heads, legs. Metres, local frame. */
const RAIL_HEIGHT = 1.1;
const turn = (degrees: number, radius: number): Point => [Math.cos((degrees * Math.PI) / 180) * radius, Math.sin((degrees * Math.PI) / 180) * radius];

/** Hand rail, knee rail and posts along a line of points at their height. */
export const railing = (mesh: MeshBuilder, line: readonly Point3[], closed = false): void => {
  const points = closed ? [...line, line[0]!] : line;
  points.slice(1).forEach((b, i) => {
    const a = points[i]!;
    for (const height of [RAIL_HEIGHT, RAIL_HEIGHT * 0.5]) mesh.tube('rail', [a[0], a[1], a[2] + height], [b[0], b[1], b[2] + height], { radius: 0.035, segments: 3 });
    mesh.tube('rail', a, [a[0], a[1], a[2] + RAIL_HEIGHT], { radius: 0.035, segments: 3 });
  });
};

export const circle = (centre: Point3, radius: number, options: { from?: number; to?: number; steps: number }): Point3[] => {
  const { from = 0, to = 360, steps } = options;
  const count = to - from >= 360 ? steps : steps + 1;
  return Array.from({ length: count }, (_, i) => {
    const [x, y] = turn(from + ((to - from) * i) / steps, radius);
    return [centre[0] + x, centre[1] + y, centre[2]];
  });
};

/** A vertical ladder on the side of something round, with a cage above three metres. */
export const ladder = (mesh: MeshBuilder, options: { centre: Point; radius: number; angle: number; from: number; to: number }): void => {
  const { centre, radius, angle, from, to } = options;
  const [dx, dy] = turn(angle, 1);
  const base: Point = [centre[0] + dx * (radius + 0.25), centre[1] + dy * (radius + 0.25)];
  for (const side of [-0.25, 0.25]) {
    const [x, y] = [base[0] - dy * side, base[1] + dx * side];
    mesh.tube('rail', [x, y, from], [x, y, to + RAIL_HEIGHT], { radius: 0.04, segments: 3 });
  }
  for (let z = from + 0.8; z < to; z += 0.8) mesh.tube('rail', [base[0] + dy * 0.25, base[1] - dx * 0.25, z], [base[0] - dy * 0.25, base[1] + dx * 0.25, z], { radius: 0.025, segments: 3 });
  for (let z = from + 3; z < to; z += 2.2) {
    const hoop = circle([base[0] + dx * 0.35, base[1] + dy * 0.35, z], 0.4, { from: angle - 110, to: angle + 110, steps: 3 });
    hoop.slice(1).forEach((b, i) => mesh.tube('rail', hoop[i]!, b, { radius: 0.025, segments: 3 }));
  }
};

/** A ring of grating round a shell, with railing. */
export const ringPlatform = (mesh: MeshBuilder, options: { centre: Point; inner: number; outer: number; z: number; from?: number; to?: number; steps?: number }): void => {
  const { centre, inner, outer, z, from = 0, to = 360, steps = 12 } = options;
  mesh.lathe('grating', [centre[0], centre[1], 0], [[inner, z - 0.12], [outer, z - 0.12], [outer, z], [inner, z]], { segments: steps, from, to });
  railing(mesh, circle([centre[0], centre[1], z], outer - 0.06, { from, to, steps }), to - from >= 360);
};

/** A rectangular deck of grating with railing, on posts when it has a height to stand on. */
export const deck = (mesh: MeshBuilder, options: { centre: Point; size: Point; z: number; posts?: boolean }): void => {
  const { centre: [cx, cy], size: [sx, sy], z, posts = true } = options;
  mesh.box('grating', [cx, cy, z - 0.08], [sx, sy, 0.16]);
  const [x0, x1, y0, y1] = [cx - sx / 2 + 0.06, cx + sx / 2 - 0.06, cy - sy / 2 + 0.06, cy + sy / 2 - 0.06];
  const ring: Point3[] = [];
  const side = (a: Point, b: Point) => {
    const parts = Math.max(1, Math.round(Math.hypot(b[0] - a[0], b[1] - a[1]) / 2));
    for (let i = 0; i < parts; i += 1) ring.push([a[0] + ((b[0] - a[0]) * i) / parts, a[1] + ((b[1] - a[1]) * i) / parts, z]);
  };
  side([x0, y0], [x1, y0]);
  side([x1, y0], [x1, y1]);
  side([x1, y1], [x0, y1]);
  side([x0, y1], [x0, y0]);
  railing(mesh, ring, true);
  if (posts && z > 1) for (const [x, y] of [[x0, y0], [x1, y0], [x1, y1], [x0, y1]] as const) mesh.box('steelDark', [x, y, z / 2], [0.18, 0.18, z]);
};

/** Stairs winding up a round shell; returns nothing, treads are boxes on stringers. */
export const windingStair = (mesh: MeshBuilder, options: { radius: number; height: number; from: number; degrees: number }): void => {
  const { radius, height, from, degrees } = options;
  const steps = Math.max(8, Math.round(height / 0.42));
  const at = (i: number, r: number, lift = 0): Point3 => {
    const [x, y] = turn(from + (degrees * i) / steps, r);
    return [x, y, (height * i) / steps + lift];
  };
  for (let i = 0; i < steps; i += 1) {
    const [a, b, c, d] = [at(i, radius + 0.1), at(i, radius + 0.95), at(i + 1, radius + 0.95), at(i + 1, radius + 0.1)];
    const z = a[2] + height / steps;
    const lift = (p: Point3): Point3 => [p[0], p[1], z];
    mesh.quad('grating', [lift(a), lift(b), lift(c), lift(d)]);
    mesh.quad('grating', [lift(d), lift(c), lift(b), lift(a)]);
  }
  for (let i = 0; i < steps; i += 3) {
    const j = Math.min(steps, i + 3);
    mesh.tube('steelDark', at(i, radius + 0.95), at(j, radius + 0.95), { radius: 0.08, segments: 3 });
    for (const lift of [RAIL_HEIGHT, RAIL_HEIGHT * 0.55]) mesh.tube('rail', at(i, radius + 0.95, lift), at(j, radius + 0.95, lift), { radius: 0.035, segments: 3 });
    mesh.tube('rail', at(i, radius + 0.95), at(i, radius + 0.95, RAIL_HEIGHT), { radius: 0.03, segments: 3 });
  }
};

/** A straight stair from the ground at `foot` to `head`, 0.9 m wide. */
export const straightStair = (mesh: MeshBuilder, foot: Point3, head: Point3): void => {
  const [dx, dy, dz] = [head[0] - foot[0], head[1] - foot[1], head[2] - foot[2]];
  const run = Math.hypot(dx, dy) || 1;
  const [sx, sy] = [(-dy / run) * 0.45, (dx / run) * 0.45];
  const steps = Math.max(3, Math.round(dz / 0.35));
  for (const side of [-1, 1]) {
    mesh.tube('steelDark', [foot[0] + sx * side, foot[1] + sy * side, foot[2]], [head[0] + sx * side, head[1] + sy * side, head[2]], { radius: 0.09, segments: 4 });
    mesh.tube('rail', [foot[0] + sx * side, foot[1] + sy * side, foot[2] + RAIL_HEIGHT], [head[0] + sx * side, head[1] + sy * side, head[2] + RAIL_HEIGHT], { radius: 0.035, segments: 3 });
  }
  for (let i = 1; i < steps; i += 1) {
    const t = i / steps;
    mesh.tube('grating', [foot[0] + dx * t - sx, foot[1] + dy * t - sy, foot[2] + dz * t], [foot[0] + dx * t + sx, foot[1] + dy * t + sy, foot[2] + dz * t], { radius: 0.1, segments: 3 });
  }
};

/** A free-standing stair tower: four posts, flights to and fro, landings; its way out is at `height` on the +x side of its centre. */
export const stairTower = (mesh: MeshBuilder, [x, y]: Point, height: number): void => {
  const [half, wide] = [1.7, 1.1];
  for (const [dx, dy] of [[1, 1], [-1, 1], [-1, -1], [1, -1]] as const) mesh.box('steelDark', [x + dx * half, y + dy * wide, (height + RAIL_HEIGHT) / 2], [0.14, 0.14, height + RAIL_HEIGHT]);
  const flights = Math.max(1, Math.round(height / 2.8));
  for (let i = 0; i < flights; i += 1) {
    const [z0, z1] = [(height * i) / flights, (height * (i + 1)) / flights];
    const [side, to] = [i % 2 === 0 ? -0.55 : 0.55, i % 2 === 0 ? 1 : -1];
    straightStair(mesh, [x - to * 1.1, y + side, z0], [x + to * 1.1, y + side, z1]);
    mesh.box('grating', [x + to * 1.4, y, z1 - 0.05], [0.6, wide * 2, 0.1]);
    railing(mesh, [[x + to * half, y - wide, z1], [x + to * half, y + wide, z1]]);
  }
};

/** Points of a 2:1 elliptical head as (radius, height), from the rim inwards. */
export const ellipticalHead = (radius: number, height = radius / 2, steps = 5): Point[] => Array.from({ length: steps + 1 }, (_, i) => [radius * Math.cos((i / steps) * (Math.PI / 2)), height * Math.sin((i / steps) * (Math.PI / 2))] as const);

/** A vessel shell standing on z, both ends domed: (radius, height) profile from bottom to top. */
export const shellProfile = (radius: number, z: number, height: number, head = radius / 2): Point[] => {
  const dome = ellipticalHead(radius, head);
  return [...[...dome].reverse().map(([r, h]): Point => [r, z + head - h]), ...dome.map(([r, h]): Point => [r, z + height - head + h])];
};

/** A flanged nozzle from a to b. */
export const nozzle = (mesh: MeshBuilder, a: Point3, b: Point3, radius: number): void => {
  const segments = radius < 0.16 ? 6 : 8;
  mesh.tube('pipe', a, b, { radius, segments });
  const length = Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]) || 1;
  const back = (t: number): Point3 => [b[0] + ((a[0] - b[0]) * t) / length, b[1] + ((a[1] - b[1]) * t) / length, b[2] + ((a[2] - b[2]) * t) / length];
  mesh.tube('steelDark', back(0.18), b, { radius: radius * 1.6, segments, caps: 'end' });
};

/** A concrete footing under whatever stands here. */
export const footing = (mesh: MeshBuilder, centre: Point, size: Point, height = 0.25): void => mesh.box('concrete', [centre[0], centre[1], height / 2], [size[0], size[1], height]);

/** A lying cylinder with domed ends along local x. */
export const lyingShell = (mesh: MeshBuilder, surface: Surface, options: { centre: Point3; radius: number; length: number; segments?: number; head?: number }): void => {
  const { centre, radius, length, segments = 28, head = radius / 2 } = options;
  const dome = ellipticalHead(radius, head, 4);
  const half = length / 2 - head;
  mesh.latheAlong(surface, centre, [...[...dome].reverse().map(([r, h]): Point => [r, -half - h]), ...dome.map(([r, h]): Point => [r, half + h])], { segments, smooth: true });
};

/** An electric motor along local x, its shaft end at +x: finned body, end bell, terminal box. */
export const motor = (mesh: MeshBuilder, centre: Point3, length: number, radius: number): void => {
  const [x, y, z] = centre;
  mesh.latheAlong('machine', centre, [[0, -length / 2], [radius * 0.8, -length / 2], [radius * 0.9, -length / 2 + 0.06], [radius * 0.9, length / 2 - 0.06], [radius * 0.5, length / 2], [0, length / 2]], { segments: 12 });
  const fins = Math.min(7, Math.max(4, Math.round(length / 0.3)));
  for (let i = 1; i < fins; i += 1) mesh.latheAlong('machineDark', [x - length * 0.42 + (length * 0.84 * i) / fins, y, z], [[radius * 0.88, -0.03], [radius, 0], [radius * 0.88, 0.03]], { segments: 10 });
  mesh.box('machineDark', [x, y + radius * 0.95, z + radius * 0.4], [length * 0.35, radius * 0.5, radius * 0.6]);
  for (const end of [-0.3, 0.3]) mesh.box('machineDark', [x + length * end, y, z - radius * 0.95], [length * 0.16, radius * 1.6, radius * 0.3]);
};
