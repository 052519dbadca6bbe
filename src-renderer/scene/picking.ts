import { Box3, Ray, Vector3 } from 'three';
import type { MeshData } from './geometry/meshBuilder.ts';

/** Finds which owner of a merged mesh a ray meets first: boxes first, then only the triangles of the owners whose box it meets. */
export type Picker = { pick(ray: Ray): { readonly owner: number; readonly distance: number; readonly point: Vector3 } | null; boxOf(owner: number): Box3 | undefined };

export const createPicker = (mesh: MeshData): Picker => {
  const { position, index, ranges } = mesh;
  const corner = (i: number, into: Vector3) => into.fromArray(position, index[i]! * 3);
  const boxes = ranges.map(({ start, count }) => {
    const box = new Box3();
    const point = new Vector3();
    for (let i = start; i < start + count; i += 1) box.expandByPoint(corner(i, point));
    return box;
  });
  const owners = new Map<number, Box3>();
  ranges.forEach(({ owner }, i) => owners.set(owner, owners.get(owner)?.clone().union(boxes[i]!) ?? boxes[i]!.clone()));
  const [a, b, c, hit, near] = [new Vector3(), new Vector3(), new Vector3(), new Vector3(), new Vector3()];
  return {
    pick(ray) {
      let best: { owner: number; distance: number; point: Vector3 } | null = null;
      ranges.forEach(({ owner, start, count }, n) => {
        if (ray.intersectBox(boxes[n]!, near) === null) return;
        if (best !== null && !boxes[n]!.containsPoint(ray.origin) && near.distanceTo(ray.origin) > best.distance) return;
        for (let i = start; i < start + count; i += 3) {
          if (ray.intersectTriangle(corner(i, a), corner(i + 1, b), corner(i + 2, c), false, hit) === null) continue;
          const distance = hit.distanceTo(ray.origin);
          if (best === null || distance < best.distance) best = { owner, distance, point: hit.clone() };
        }
      });
      return best;
    },
    boxOf: (owner) => owners.get(owner),
  };
};
