import { Box3, Ray, Vector3 } from 'three';
import type { MeshData } from './geometry/meshBuilder.ts';

/** Finds which owner of a merged mesh a ray meets first: boxes of neighbouring triangles first, then only the triangles in the boxes it meets. */
export type Picker = {
  pick(ray: Ray): Hit | null;
  /** Box round everything of an owner. */
  boxOf(owner: number): Box3 | undefined;
  /** Whether anything stands between an eye and a point. */
  blocks(eye: Vector3, point: readonly [number, number, number]): boolean;
};
export type Hit = { readonly owner: number; readonly distance: number; readonly point: Vector3 };

/** Indices to one box: 128 triangles built one after the other lie close together. */
const CHUNK = 384;
/** A point counts as seen when what hides it is nearer to it than this, metres: it may lie on the thing itself. */
const TOUCHING = 1;

export const createPicker = ({ position, index, ranges }: MeshData): Picker => {
  const corner = (i: number, into: Vector3) => into.fromArray(position, index[i]! * 3);
  const chunks = ranges.flatMap(({ owner, start, count }) =>
    Array.from({ length: Math.ceil(count / CHUNK) }, (_, n) => {
      const [from, to] = [start + n * CHUNK, start + Math.min(count, (n + 1) * CHUNK)];
      const box = new Box3();
      const point = new Vector3();
      for (let i = from; i < to; i += 1) box.expandByPoint(corner(i, point));
      return { owner, from, to, box };
    }),
  );
  const owners = new Map<number, Box3>();
  for (const { owner, box } of chunks) owners.set(owner, owners.get(owner)?.union(box) ?? box.clone());
  const [a, b, c, met, near] = [new Vector3(), new Vector3(), new Vector3(), new Vector3(), new Vector3()];
  const sight = new Ray();
  const pick = (ray: Ray): Hit | null => {
    let best: Hit | null = null;
    for (const { owner, from, to, box } of chunks) {
      if (ray.intersectBox(box, near) === null) continue;
      if (best !== null && !box.containsPoint(ray.origin) && near.distanceTo(ray.origin) > best.distance) continue;
      for (let i = from; i < to; i += 3) {
        if (ray.intersectTriangle(corner(i, a), corner(i + 1, b), corner(i + 2, c), false, met) === null) continue;
        const distance = met.distanceTo(ray.origin);
        if (best === null || distance < best.distance) best = { owner, distance, point: met.clone() };
      }
    }
    return best;
  };
  return {
    pick,
    boxOf: (owner) => owners.get(owner),
    blocks(eye, point) {
      sight.origin.copy(eye);
      sight.direction.set(...point).sub(eye).normalize();
      const hit = pick(sight);
      return hit !== null && hit.distance < eye.distanceTo(near.set(...point)) - TOUCHING;
    },
  };
};
