import { ShapeUtils, Vector2 } from 'three';
import type { Point, Point3 } from '../../../src-shared/kernel/index.ts';
import { type Surface, surfaceNumber } from './surfaces.ts';

/**
 * Grows one indexed triangle mesh out of primitives. Everything static of a plant ends up in one such mesh, so the whole
 * plant is one draw call; `owner` says which thing a vertex belongs to, for picking, tinting and outlining.
 * Primitives are given in the current local frame (x along the heading, z up), set by `place`.
 */
export type MeshBuilder = {
  /** Starts the geometry of one owner (its number) in a local frame at `origin`, turned by `heading` degrees counter-clockwise from east. */
  place(owner: number, origin: Point3, heading?: number): void;
  box(surface: Surface, centre: Point3, size: Point3): void;
  /** A round bar, pipe or cone from a to b; caps are flat discs at both ends, or at b alone. */
  tube(surface: Surface, a: Point3, b: Point3, options: { radius: number; radiusEnd?: number; segments?: number; caps?: boolean | 'end' }): void;
  /** A profile of (radius, height) turned about the vertical through `centre`; smooth joins the normals of neighbouring steps. */
  lathe(surface: Surface, centre: Point3, profile: readonly Point[], options?: LatheOptions): void;
  /** The same about a horizontal axis along local x: profile of (radius, x). */
  latheAlong(surface: Surface, centre: Point3, profile: readonly Point[], options?: LatheOptions): void;
  /** Vertical walls and a lid over an outline (counter-clockwise or clockwise). */
  prism(surface: Surface, outline: readonly Point[], options: { readonly from: number; readonly to: number; readonly lid?: Surface }): void;
  /** A flat area at height z. */
  flat(surface: Surface, outline: readonly Point[], z: number): void;
  /** A flat band of the given width along a line, corners mitred. */
  ribbon(surface: Surface, line: readonly Point[], width: number, z: number): void;
  /** A four-cornered face, corners counter-clockwise seen from its front. */
  quad(surface: Surface, corners: readonly [Point3, Point3, Point3, Point3]): void;
  finish(): MeshData;
};
export type LatheOptions = { readonly segments?: number; readonly smooth?: boolean; /** Degrees; the whole turn when left out. */ readonly from?: number; readonly to?: number };

/** Columns of one mesh. `part` is (surface, owner) per vertex; `ranges` the first index and the count of every owner's triangles, owner-ascending runs. */
export type MeshData = {
  readonly position: Float32Array;
  readonly normal: Float32Array;
  readonly part: Uint16Array;
  readonly index: Uint32Array;
  readonly ranges: readonly OwnerRange[];
};
export type OwnerRange = { readonly owner: number; readonly start: number; readonly count: number };

const grow = <A extends Float32Array | Uint16Array | Uint32Array>(array: A, needed: number, make: (length: number) => A): A => {
  if (needed <= array.length) return array;
  const larger = make(Math.max(needed, array.length * 2));
  larger.set(array);
  return larger;
};

const UP: Point3 = [0, 0, 1];

export const createMeshBuilder = (): MeshBuilder => {
  let position = new Float32Array(3 * 65_536);
  let normal = new Float32Array(3 * 65_536);
  let part = new Uint16Array(2 * 65_536);
  let index = new Uint32Array(3 * 131_072);
  let vertices = 0;
  let indices = 0;
  let owner = 0;
  let [ox, oy, oz] = [0, 0, 0];
  let [cos, sin] = [1, 0];
  const ranges: { owner: number; start: number; count: number }[] = [];

  const vertex = (surface: number, [x, y, z]: Point3, [nx, ny, nz]: Point3): number => {
    position = grow(position, (vertices + 1) * 3, (n) => new Float32Array(n));
    normal = grow(normal, (vertices + 1) * 3, (n) => new Float32Array(n));
    part = grow(part, (vertices + 1) * 2, (n) => new Uint16Array(n));
    const at = vertices * 3;
    position[at] = ox + x * cos - y * sin;
    position[at + 1] = oy + x * sin + y * cos;
    position[at + 2] = oz + z;
    normal[at] = nx * cos - ny * sin;
    normal[at + 1] = nx * sin + ny * cos;
    normal[at + 2] = nz;
    part[vertices * 2] = surface;
    part[vertices * 2 + 1] = owner;
    vertices += 1;
    return vertices - 1;
  };
  const triangle = (a: number, b: number, c: number) => {
    index = grow(index, indices + 3, (n) => new Uint32Array(n));
    index[indices] = a;
    index[indices + 1] = b;
    index[indices + 2] = c;
    indices += 3;
  };
  const closeRange = () => {
    const last = ranges.at(-1);
    if (last !== undefined) last.count = indices - last.start;
  };

  const quad: MeshBuilder['quad'] = (surface, corners) => {
    const [a, b, , d] = corners;
    const s = surfaceNumber(surface);
    const [ux, uy, uz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
    const [vx, vy, vz] = [d[0] - a[0], d[1] - a[1], d[2] - a[2]];
    const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
    const length = Math.hypot(nx, ny, nz) || 1;
    const facing: Point3 = [nx / length, ny / length, nz / length];
    const first = vertex(s, a, facing);
    for (const corner of corners.slice(1)) vertex(s, corner, facing);
    triangle(first, first + 1, first + 2);
    triangle(first, first + 2, first + 3);
  };

  const revolve = (surface: Surface, centre: Point3, profile: readonly Point[], options: LatheOptions & { along: boolean }) => {
    const s = surfaceNumber(surface);
    const { segments = 24, smooth = false, from = 0, to = 360, along } = options;
    const put = (angle: number, [r, h]: Point, [nr, nh]: Point) => {
      const [c, d] = [Math.cos(angle), Math.sin(angle)];
      return along ? vertex(s, [centre[0] + h, centre[1] + r * c, centre[2] + r * d], [nh, nr * c, nr * d]) : vertex(s, [centre[0] + r * c, centre[1] + r * d, centre[2] + h], [nr * c, nr * d, nh]);
    };
    const slopes = profile.slice(1).map(([r1, h1], i): Point => {
      const [r0, h0] = profile[i]!;
      const length = Math.hypot(r1 - r0, h1 - h0) || 1;
      return [(h1 - h0) / length, (r0 - r1) / length];
    });
    const blend = (i: number): Point => {
      const [a, b] = [slopes[Math.max(0, i - 1)]!, slopes[Math.min(slopes.length - 1, i)]!];
      const length = Math.hypot(a[0] + b[0], a[1] + b[1]) || 1;
      return [(a[0] + b[0]) / length, (a[1] + b[1]) / length];
    };
    for (let step = 0; step < slopes.length; step += 1) {
      const [lower, upper] = [profile[step]!, profile[step + 1]!];
      if (lower[0] === upper[0] && lower[1] === upper[1]) continue;
      const n0 = smooth ? blend(step) : slopes[step]!;
      const n1 = smooth ? blend(step + 1) : slopes[step]!;
      let [low, high] = [-1, -1];
      for (let i = 0; i <= segments; i += 1) {
        const angle = ((from + ((to - from) * i) / segments) * Math.PI) / 180;
        const nextLow = put(angle, lower, n0);
        const nextHigh = put(angle, upper, n1);
        if (i > 0) {
          if (lower[0] > 1e-6) triangle(low, nextLow, nextHigh);
          if (upper[0] > 1e-6) triangle(low, nextHigh, high);
        }
        [low, high] = [nextLow, nextHigh];
      }
    }
  };

  const flat: MeshBuilder['flat'] = (surface, outline, z) => {
    const s = surfaceNumber(surface);
    const ring = ShapeUtils.isClockWise(outline.map(([x, y]) => new Vector2(x, y))) ? [...outline].reverse() : outline;
    const ids = ring.map(([x, y]) => vertex(s, [x, y, z], UP));
    for (const [a, b, c] of ShapeUtils.triangulateShape(ring.map(([x, y]) => new Vector2(x, y)), []) as [number, number, number][]) triangle(ids[a]!, ids[b]!, ids[c]!);
  };

  return {
    place(nextOwner, origin, heading = 0) {
      if (ranges.at(-1)?.owner !== nextOwner || ranges.length === 0) {
        closeRange();
        ranges.push({ owner: nextOwner, start: indices, count: 0 });
      }
      owner = nextOwner;
      [ox, oy, oz] = origin;
      [cos, sin] = [Math.cos((heading * Math.PI) / 180), Math.sin((heading * Math.PI) / 180)];
    },
    box(surface, [cx, cy, cz], [sx, sy, sz]) {
      const [x0, x1, y0, y1, z0, z1] = [cx - sx / 2, cx + sx / 2, cy - sy / 2, cy + sy / 2, cz - sz / 2, cz + sz / 2];
      quad(surface, [[x0, y0, z1], [x1, y0, z1], [x1, y1, z1], [x0, y1, z1]]);
      quad(surface, [[x0, y0, z0], [x1, y0, z0], [x1, y0, z1], [x0, y0, z1]]);
      quad(surface, [[x1, y0, z0], [x1, y1, z0], [x1, y1, z1], [x1, y0, z1]]);
      quad(surface, [[x1, y1, z0], [x0, y1, z0], [x0, y1, z1], [x1, y1, z1]]);
      quad(surface, [[x0, y1, z0], [x0, y0, z0], [x0, y0, z1], [x0, y1, z1]]);
      if (z0 > 0.3) quad(surface, [[x0, y1, z0], [x1, y1, z0], [x1, y0, z0], [x0, y0, z0]]);
    },
    tube(surface, a, b, { radius, radiusEnd = radius, segments = 8, caps = false }) {
      const s = surfaceNumber(surface);
      const [dx, dy, dz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
      const length = Math.hypot(dx, dy, dz);
      if (length < 1e-6) return;
      const [ax, ay, az] = [dx / length, dy / length, dz / length];
      // Any vector that is not along the axis gives the first side direction.
      const [hx, hy, hz] = Math.abs(az) > 0.9 ? [1, 0, 0] : [0, 0, 1];
      let [ux, uy, uz] = [ay * hz - az * hy, az * hx - ax * hz, ax * hy - ay * hx];
      const u = Math.hypot(ux, uy, uz);
      [ux, uy, uz] = [ux / u, uy / u, uz / u];
      const [vx, vy, vz] = [ay * uz - az * uy, az * ux - ax * uz, ax * uy - ay * ux];
      const slope = (radius - radiusEnd) / length;
      let [low, high] = [-1, -1];
      const around: [number, number, number][] = [];
      for (let i = 0; i <= segments; i += 1) {
        const angle = (i / segments) * Math.PI * 2;
        const [c, d] = [Math.cos(angle), Math.sin(angle)];
        const [nx, ny, nz] = [ux * c + vx * d, uy * c + vy * d, uz * c + vz * d];
        around.push([nx, ny, nz]);
        const n = Math.hypot(1, slope);
        const facing: Point3 = [(nx + ax * slope) / n, (ny + ay * slope) / n, (nz + az * slope) / n];
        const nextLow = vertex(s, [a[0] + nx * radius, a[1] + ny * radius, a[2] + nz * radius], facing);
        const nextHigh = vertex(s, [b[0] + nx * radiusEnd, b[1] + ny * radiusEnd, b[2] + nz * radiusEnd], facing);
        if (i > 0) {
          triangle(low, nextLow, nextHigh);
          if (radiusEnd > 1e-6) triangle(low, nextHigh, high);
        }
        [low, high] = [nextLow, nextHigh];
      }
      if (caps === false) return;
      for (const [end, r, sign] of [[a, radius, -1], [b, radiusEnd, 1]] as const) {
        if (r < 1e-6 || (caps === 'end' && sign < 0)) continue;
        const facing: Point3 = [ax * sign, ay * sign, az * sign];
        const middle = vertex(s, end, facing);
        const rim = around.map(([nx, ny, nz]) => vertex(s, [end[0] + nx * r, end[1] + ny * r, end[2] + nz * r], facing));
        for (let i = 0; i < segments; i += 1) triangle(middle, rim[sign > 0 ? i : i + 1]!, rim[sign > 0 ? i + 1 : i]!);
      }
    },
    lathe: (surface, centre, profile, options = {}) => revolve(surface, centre, profile, { ...options, along: false }),
    latheAlong: (surface, centre, profile, options = {}) => revolve(surface, centre, profile, { ...options, along: true }),
    prism(surface, outline, { from, to, lid = surface }) {
      const ring = ShapeUtils.isClockWise(outline.map(([x, y]) => new Vector2(x, y))) ? [...outline].reverse() : outline;
      ring.forEach(([x, y], i) => {
        const [nx, ny] = ring[(i + 1) % ring.length]!;
        quad(surface, [[x, y, from], [nx, ny, from], [nx, ny, to], [x, y, to]]);
      });
      flat(lid, ring, to);
    },
    flat,
    ribbon(surface, line, width, z) {
      const s = surfaceNumber(surface);
      const sides = offsetSides(line, width / 2);
      let previous: [number, number] | undefined;
      for (const [left, right] of sides) {
        const pair: [number, number] = [vertex(s, [left[0], left[1], z], UP), vertex(s, [right[0], right[1], z], UP)];
        if (previous !== undefined) {
          triangle(previous[1], pair[1], pair[0]);
          triangle(previous[1], pair[0], previous[0]);
        }
        previous = pair;
      }
    },
    quad,
    finish() {
      closeRange();
      return {
        position: position.slice(0, vertices * 3),
        normal: normal.slice(0, vertices * 3),
        part: part.slice(0, vertices * 2),
        index: index.slice(0, indices),
        ranges: ranges.filter(({ count }) => count > 0),
      };
    },
  };
};

/** Left and right side points of a line at the given distance, mitred at corners (mitre capped at twice the distance). */
export const offsetSides = (line: readonly Point[], side: number): readonly (readonly [left: Point, right: Point])[] =>
  line.map(([x, y], i) => {
    const before = direction(line[Math.max(0, i - 1)]!, line[Math.max(1, i)]!);
    const after = direction(line[Math.min(line.length - 2, i)]!, line[Math.min(line.length - 1, i + 1)]!);
    const [tx, ty] = [before[0] + after[0], before[1] + after[1]];
    const length = Math.hypot(tx, ty) || 1;
    const [nx, ny] = [-ty / length, tx / length];
    const reach = side / Math.max(0.5, nx * -after[1] + ny * after[0]);
    return [[x + nx * reach, y + ny * reach], [x - nx * reach, y - ny * reach]] as const;
  });

const direction = ([ax, ay]: Point, [bx, by]: Point): Point => {
  const length = Math.hypot(bx - ax, by - ay) || 1;
  return [(bx - ax) / length, (by - ay) / length];
};
