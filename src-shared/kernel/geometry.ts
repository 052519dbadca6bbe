/** Plant metres: x east, y north, from the site's south-west corner; z up from site ground level. */
export type Point = readonly [x: number, y: number];
export type Point3 = readonly [x: number, y: number, z: number];
/** A closed area; the first point is not repeated. */
export type Polygon = readonly Point[];

/** Whether a point lies inside a polygon (even-odd rule). */
export const contains = (polygon: Polygon, x: number, y: number): boolean => {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i, i += 1) {
    const [xi, yi] = polygon[i]!;
    const [xj, yj] = polygon[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
};

export const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Centre of the points' mean; enough for labels. */
export const centre = (polygon: Polygon): Point => {
  const sum = polygon.reduce<[number, number]>(([sx, sy], [x, y]) => [sx + x, sy + y], [0, 0]);
  return [sum[0] / polygon.length, sum[1] / polygon.length];
};
