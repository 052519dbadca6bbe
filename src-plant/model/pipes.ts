import type { SubstanceId } from '../../src-shared/plant/index.ts';
import type { Draft } from './draft.ts';
import { PIPE_RACKS } from './layout.ts';

type Xy = readonly [x: number, y: number];
type Xyz = [x: number, y: number, z: number];

/** From, to, substance, diameter (m): each runs over the pipe racks. */
const LONG: readonly (readonly [string, string, SubstanceId, number])[] = [
  ['AR-V-102A', 'CH-V-201', 'ammonia', 0.3], ['CH-E-201', 'AR-E-101A', 'ammonia', 0.2], ['CH-E-202', 'AR-E-101B', 'ammonia', 0.2], ['CH-E-203', 'AR-E-101C', 'ammonia', 0.2], ['CH-V-202', 'LP-V-107', 'propane', 0.2], ['CH-E-204', 'LP-V-102', 'propane', 0.15], ['CH-E-205', 'LP-V-103', 'propane', 0.15], ['CH-E-206', 'VR-E-101', 'propane', 0.1],
  ['AU-T-101', 'BT-TK-101', 'benzene', 0.15], ['AU-T-102', 'BT-TK-103', 'benzene', 0.15], ['BT-P-102A', 'AU-V-104', 'benzene', 0.15], ['BT-P-101A', 'LB-LA-105', 'benzene', 0.15],
  ['MR-P-103A', 'MT-TK-101', 'methanol', 0.15], ['MR-P-103B', 'MT-TK-104', 'methanol', 0.15], ['MT-P-101A', 'LB-LA-103', 'methanol', 0.2], ['MT-P-101B', 'LB-LA-108', 'methanol', 0.2],
  ['GT-P-101A', 'LB-LA-101', 'gasoline', 0.25], ['GT-P-101B', 'LB-LA-106', 'gasoline', 0.25], ['LP-P-101A', 'LB-LA-109', 'lpg', 0.15], ['LP-P-101B', 'LB-LA-110', 'lpg', 0.15],
  ['HS-K-101A', 'AU-R-101', 'hydrogen', 0.08], ['HS-V-101', 'MR-R-101', 'hydrogen', 0.1], ['HS-K-101B', 'HS-Y-101', 'hydrogen', 0.05],
  ['CW-P-101A', 'AR-E-103', 'water', 0.5], ['CW-P-101B', 'CH-E-204', 'water', 0.5], ['CW-P-101C', 'AU-E-102', 'water', 0.5], ['CW-P-101D', 'MR-E-103', 'water', 0.4], ['CW-CT-104', 'CL-E-101A', 'water', 0.35],
  ['UT-F-101A', 'AU-E-101', 'steam', 0.3], ['UT-F-101B', 'MR-E-101', 'steam', 0.3], ['UT-F-101A', 'CL-E-101B', 'steam', 0.15], ['UT-V-102A', 'AU-XV-101', 'air', 0.1], ['UT-V-102B', 'CL-XV-101A', 'air', 0.1], ['UT-T-101A', 'MT-TK-103', 'nitrogen', 0.1], ['UT-T-101B', 'GT-TK-103', 'nitrogen', 0.1], ['UT-V-103', 'BT-TK-104', 'nitrogen', 0.08],
  ['AU-F-101', 'FL-V-101', 'methane', 0.4], ['LP-V-101', 'FL-V-101', 'lpg', 0.4], ['MR-T-101', 'FL-V-101', 'methanol', 0.3], ['VR-V-101', 'LB-LA-104', 'gasoline', 0.2], ['CL-V-102', 'CL-R-101A', 'chlorine', 0.1], ['WW-P-101A', 'AU-TK-101', 'water', 0.15], ['AR-LA-101', 'AR-V-101B', 'ammonia', 0.1],
];

/** Short runs inside a unit, straight over the ground at pipe-track height. */
const SHORT: readonly (readonly [string, string, SubstanceId, number])[] = [
  ['AR-E-101A', 'AR-V-101B', 'ammonia', 0.15], ['AR-V-101A', 'AR-V-103', 'ammonia', 0.1], ['AR-V-103', 'AR-V-102B', 'ammonia', 0.1], ['AR-V-102A', 'AR-P-101A', 'ammonia', 0.2], ['AR-V-102B', 'AR-P-101B', 'ammonia', 0.2], ['AR-P-101A', 'AR-E-102A', 'ammonia', 0.15], ['AR-E-102A', 'AR-E-102B', 'ammonia', 0.15], ['AR-V-105', 'AR-T-101', 'ammonia', 0.1], ['AR-P-102A', 'AR-TK-101', 'water', 0.25],
  ...['A', 'B', 'C'].flatMap((letter, i) => [['CH-K-201' + letter, `CH-E-${201 + i}`, 'ammonia', 0.2], ['CH-K-202' + letter, `CH-E-${204 + i}`, 'propane', 0.2]] as const),
  ['CL-V-101A', 'CL-P-102A', 'chlorine', 0.08], ['CL-V-101B', 'CL-E-101A', 'chlorine', 0.08], ['CL-V-101C', 'CL-E-101B', 'chlorine', 0.08], ['CL-E-101A', 'CL-V-102', 'chlorine', 0.1], ['CL-V-102', 'CL-T-101', 'chlorine', 0.15], ['CL-T-101', 'CL-T-102', 'chlorine', 0.3], ['CL-T-102', 'CL-C-101A', 'chlorine', 0.3], ['CL-TK-101', 'CL-P-101A', 'water', 0.15],
  ['AU-R-101', 'AU-R-102', 'hydrogen', 0.2], ['AU-F-101', 'AU-R-102', 'benzene', 0.2], ['AU-T-101', 'AU-E-102', 'benzene', 0.3], ['AU-E-102', 'AU-V-101', 'benzene', 0.15], ['AU-T-101', 'AU-E-101', 'benzene', 0.25], ['AU-T-102', 'AU-E-104', 'benzene', 0.3], ['AU-T-102', 'AU-E-103', 'benzene', 0.25], ['AU-T-103', 'AU-E-106', 'benzene', 0.3], ['AU-T-103', 'AU-E-105', 'benzene', 0.25], ['AU-V-101', 'AU-P-101A', 'benzene', 0.15],
  ['MR-T-101', 'MR-E-103', 'methanol', 0.25], ['MR-E-103', 'MR-V-101', 'methanol', 0.15], ['MR-T-102', 'MR-E-104', 'methanol', 0.25], ['MR-E-104', 'MR-V-102', 'methanol', 0.15], ['MR-T-101', 'MR-E-101', 'methanol', 0.2], ['MR-T-102', 'MR-E-102', 'methanol', 0.2],
  ['HS-R-101A', 'HS-V-101', 'hydrogen', 0.1], ['HS-V-101', 'HS-K-101A', 'hydrogen', 0.1], ['HS-K-101A', 'HS-V-102A', 'hydrogen', 0.05], ['HS-K-101B', 'HS-V-102B', 'hydrogen', 0.05], ['HS-V-102B', 'HS-LA-101', 'hydrogen', 0.05],
  ['FL-V-101', 'FL-V-102', 'propane', 0.5], ['FL-V-102', 'FL-FL-101', 'propane', 0.5], ['UT-K-101A', 'UT-V-102A', 'air', 0.15], ['UT-V-102B', 'UT-T-101A', 'air', 0.12], ['UT-V-101', 'UT-F-101B', 'water', 0.1], ['FW-TK-102', 'FW-P-102A', 'water', 0.5], ['FW-TK-101', 'FW-TK-102', 'water', 0.4],
  ...['LP', 'MT', 'GT', 'BT'].flatMap((unit) => [[`${unit}-TK-101`, `${unit}-P-101A`], [`${unit}-TK-102`, `${unit}-P-101B`]].map(([from, to]) => [unit === 'LP' ? from!.replace('TK', 'V') : from!, to!, ({ LP: 'lpg', MT: 'methanol', GT: 'gasoline', BT: 'benzene' } as const)[unit as 'LP'], 0.2] as const)),
];

export const drawPipes = (draft: Draft): void => {
  const place = (id: string) => {
    const found = draft.equipment.find((item) => item.id === id);
    if (found === undefined) throw new Error(`pipe: no equipment ${id}`);
    return found;
  };
  const add = (index: number, [from, to, substance, diameter]: (typeof LONG)[number], path: readonly Xyz[]) =>
    draft.pipes.push({ id: `PL-${String(index).padStart(3, '0')}`, from, to, substance, diameter, path: tidyPath(path) });
  LONG.forEach((pipe, i) => {
    const [a, b] = [place(pipe[0]), place(pipe[1])];
    add(101 + i, pipe, overRacks(a, b, i));
  });
  SHORT.forEach((pipe, i) => {
    const [a, b] = [place(pipe[0]), place(pipe[1])];
    const z = 1.1 + (i % 3) * 0.45;
    const [ax, ay] = a.position;
    const [bx, by] = b.position;
    add(301 + i, pipe, [[ax, ay, nozzle(a)], [ax, ay, z], [bx, ay, z], [bx, by, z], [bx, by, nozzle(b)]]);
  });
};

type Placed = Draft['equipment'][number];
/** Height at which a pipe meets an equipment, m. */
const nozzle = (item: Placed): number => Number((item.position[2] + Math.min(item.size[2] * 0.5, 4)).toFixed(2));

/** Eleven lanes on two tiers; pipes running east–west hang 1.2 m above those running north–south, as on real racks. */
const overRacks = (from: Placed, to: Placed, index: number): Xyz[] => {
  const lane = Number((((index * 4) % 11) * 0.4 - 2).toFixed(2));
  const lift = Math.floor(index / 11) % 2 === 0 ? 0 : 0.7;
  const high = (level: boolean) => (level ? 6.4 : 5.2) + lift;
  const start: Xy = [from.position[0], from.position[1]];
  const end: Xy = [to.position[0], to.position[1]];
  const middle = rackRoute(start, end);
  const shifted = middle.map((point, i): Xy => {
    const levelBefore = i > 0 && middle[i - 1]![1] === point[1];
    const levelAfter = i < middle.length - 1 && middle[i + 1]![1] === point[1];
    const uprightBefore = i > 0 && middle[i - 1]![0] === point[0];
    const uprightAfter = i < middle.length - 1 && middle[i + 1]![0] === point[0];
    return [point[0] + (uprightBefore || uprightAfter ? lane : 0), point[1] + (levelBefore || levelAfter ? lane : 0)];
  });
  const path: Xyz[] = [[start[0], start[1], nozzle(from)]];
  const go = (x: number, y: number): void => {
    const last = path.at(-1)!;
    for (const [nx, ny] of last[0] !== x && last[1] !== y ? [[x, last[1]], [x, y]] as const : ([[x, y]] as const)) {
      const now = path.at(-1)!;
      const z = high(now[1] === ny);
      if (now[2] !== z) path.push([now[0], now[1], z]);
      path.push([nx, ny, z]);
    }
  };
  for (const [x, y] of shifted) go(x, y);
  go(end[0], end[1]);
  path.push([end[0], end[1], nozzle(to)]);
  return path;
};

/** Shortest way along the racks between the rack points nearest to two places. */
const rackRoute = (start: Xy, end: Xy): Xy[] => {
  const segments = PIPE_RACKS.map(({ line }) => [line[0]!, line[1]!] as const);
  const near = (from: Xy): Xy =>
    segments.map(([a, b]): Xy => [clamp(from[0], a[0], b[0]), clamp(from[1], a[1], b[1])]).sort((p, q) => Math.hypot(p[0] - from[0], p[1] - from[1]) - Math.hypot(q[0] - from[0], q[1] - from[1]))[0]!;
  const points: Xy[] = [near(start), near(end)];
  for (const [i, [a, b]] of segments.entries())
    for (const [c, d] of segments.slice(i + 1)) {
      if ((a[1] === b[1]) === (c[1] === d[1])) continue;
      const meeting: Xy = a[1] === b[1] ? [c[0], a[1]] : [a[0], c[1]];
      if (on(meeting, a, b) && on(meeting, c, d)) points.push(meeting);
    }
  const cost = points.map(() => Infinity);
  const before = points.map(() => -1);
  const open = new Set(points.keys());
  cost[0] = 0;
  while (open.size > 0) {
    const here = [...open].reduce((best, i) => (cost[i]! < cost[best]! ? i : best));
    open.delete(here);
    for (const next of open) {
      if (!segments.some(([a, b]) => on(points[here]!, a, b) && on(points[next]!, a, b))) continue;
      const total = cost[here]! + Math.hypot(points[here]![0] - points[next]![0], points[here]![1] - points[next]![1]);
      if (total < cost[next]!) {
        cost[next] = total;
        before[next] = here;
      }
    }
  }
  const route: Xy[] = [];
  for (let i = 1; i >= 0; i = before[i]!) route.unshift(points[i]!);
  return route;
};

const clamp = (value: number, a: number, b: number): number => Math.min(Math.max(value, Math.min(a, b)), Math.max(a, b));
const on = (point: Xy, a: Xy, b: Xy): boolean => clamp(point[0], a[0], b[0]) === point[0] && clamp(point[1], a[1], b[1]) === point[1];

const tidyPath = (path: readonly Xyz[]): Xyz[] => {
  const rounded = path.map(([x, y, z]): Xyz => [Number(x.toFixed(2)), Number(y.toFixed(2)), Number(z.toFixed(2))]);
  return rounded.filter((point, i) => i === 0 || point.some((value, axis) => value !== rounded[i - 1]![axis]));
};
