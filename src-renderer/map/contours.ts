import type { Emergency, HazardContour } from '../../src-shared/contract/emergency.ts';
import { contains, type Point } from '../../src-shared/kernel/index.ts';

/** Danger contours and closed edges as they are drawn. */

/** Rings to polygons: a ring inside an odd number of others is a hole of the one around it. */
export const nest = (rings: readonly (readonly Point[])[]): Point[][][] => {
  const depth = rings.map((ring, i) => rings.filter((other, j) => i !== j && contains(other, ring[0]![0], ring[0]![1])).length);
  return rings.flatMap((ring, i) => {
    if (depth[i]! % 2 === 1) return [];
    const holes = rings.filter((hole, j) => depth[j] === depth[i]! + 1 && contains(ring, hole[0]![0], hole[0]![1]));
    return [[[...ring], ...holes.map((hole) => [...hole])]];
  });
};

/** A ring with its first point repeated, as a line needs it. */
export const closed = (ring: readonly Point[]): Point[] => (ring.length === 0 ? [] : [...ring, ring[0]!]);

/** A line for radiation and overpressure, a filled cloud for gas. */
export const isCloud = ({ unit }: Pick<HazardContour, 'unit'>): boolean => !/^(kW|W)\/m|Pa$/.test(unit);

/** Edges to mark as closed: not those that somebody inside has to walk to get out. */
export const blockedEdges = ({ closedEdges, routes }: Pick<Emergency, 'closedEdges' | 'routes'>): readonly string[] => {
  const walked = new Set(routes.flatMap(({ escapeEdges }) => escapeEdges));
  return closedEdges.filter((id) => !walked.has(id));
};
