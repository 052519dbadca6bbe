import type { PlantModel } from '../../src-shared/plant/index.ts';
import { BUILDINGS, GATES, MUSTER, ROADS_EAST_WEST, ROADS_NORTH_SOUTH } from './layout.ts';

type Xy = readonly [x: number, y: number];
type Kind = PlantModel['walkways']['edges'][number]['kind'];
type Line = { readonly from: Xy; readonly to: Xy; readonly width: number; readonly kind: Kind };

/** Footpaths inside the blocks; all run along an axis and end on a road or on another path. */
const PATHS: readonly (readonly [x0: number, y0: number, x1: number, y1: number])[] = [
  // administration strip
  [24, 72, 152, 72], [80, 24, 80, 72], [80, 104, 80, 122], [152, 58, 292, 58], [152, 110, 292, 110], [243, 24, 243, 122], [204, 24, 204, 58], [204, 84, 204, 94], [204, 94, 243, 94],
  [292, 54, 432, 54], [292, 98, 432, 98], [371, 54, 371, 98], [340, 24, 340, 54], [292, 40, 340, 40], [432, 51, 562, 51], [432, 101, 562, 101], [514.5, 51, 514.5, 101], [562, 52, 676, 52], [562, 106, 676, 106],
  // fire water and cooling water
  [24, 183, 152, 183], [88, 122, 88, 183], [88, 140, 152, 140], [105, 183, 105, 248], [24, 202, 105, 202], [24, 238, 152, 238],
  // ammonia refrigeration
  [152, 140, 292, 140], [152, 158, 230.5, 158], [230.5, 140, 230.5, 248], [152, 184.8, 230.5, 184.8], [152, 212, 292, 212], [166, 140, 166, 248], [166, 234, 292, 234], [200, 158, 200, 184.8],
  // compressor house
  [292, 154, 432, 154], [292, 178, 432, 178], [324, 154, 324, 178], [342, 154, 342, 178], [360, 154, 360, 178], [378, 154, 378, 178], [396, 154, 396, 178], [292, 203, 432, 203], [292, 226, 432, 226], [346, 178, 346, 226], [304, 154, 304, 226],
  // chlorine
  [432, 142, 562, 142], [432, 177.5, 562, 177.5], [432, 191, 562, 191], [432, 236, 562, 236], [473, 142, 473, 236], [500, 142, 500, 191], [440, 142, 440, 236],
  // steam, air, nitrogen and substation
  [562, 156, 676, 156], [562, 188, 676, 188], [624, 156, 624, 188], [562, 214, 676, 214],
  // waste water
  [24, 308, 152, 308], [60, 248, 60, 308], [86, 248, 86, 308], [99, 308, 99, 366], [99, 329, 152, 329],
  // aromatics
  [152, 277.5, 248, 277.5], [248, 248, 248, 366], [152, 293, 248, 293], [152, 313.5, 248, 313.5], [152, 329, 248, 329], [214.5, 277.5, 214.5, 313.5], [166, 277.5, 166, 329], [248, 304, 292, 304],
  // hydrogen and methanol
  [292, 287, 366, 287], [292, 310, 366, 310], [292, 345, 366, 345], [366, 248, 366, 366], [366, 278, 432, 278], [366, 293, 432, 293], [366, 306, 432, 306], [366, 317, 432, 317], [366, 330, 432, 330],
  // drum stores, vapour recovery, loading bay
  [432, 301, 500, 301], [500, 248, 500, 366], [432, 341, 500, 341], [500, 291, 562, 291], [500, 307, 562, 307], [500, 324, 562, 324], [562, 271, 676, 271], [562, 292, 676, 292], [562, 305, 676, 305], [562, 328, 676, 328], [578, 271, 578, 328],
  // flare, spheres, tanks
  [24, 402, 152, 402], [86, 366, 86, 476], [152, 386.5, 292, 386.5], [152, 470, 292, 470], [162, 386.5, 162, 470], [284, 386.5, 284, 470], [292, 386.5, 432, 386.5], [292, 470, 432, 470], [301, 386.5, 301, 470], [420, 386.5, 420, 470],
  [432, 386.5, 562, 386.5], [432, 470, 562, 470], [446, 386.5, 446, 470], [545.5, 386.5, 545.5, 470], [562, 386.5, 676, 386.5], [562, 470, 676, 470], [577.5, 386.5, 577.5, 470], [660, 386.5, 660, 470],
];

/** Longest edge, m: long stretches are cut so that routes can turn back and plumes are met with resolution. */
const LONGEST = 30;

/** The walkway graph: roads and footpaths joined where they meet, with gates, muster points and building doors. */
export const drawWalkways = (): PlantModel['walkways'] => {
  const lines: Line[] = [
    ...ROADS_EAST_WEST.map(([y, width]): Line => ({ from: [24, y], to: [676, y], width: width - 1, kind: 'road' })),
    ...ROADS_NORTH_SOUTH.map(([x, width]): Line => ({ from: [x, 24], to: [x, 476], width: width - 1, kind: 'road' })),
    ...PATHS.map(([x0, y0, x1, y1]): Line => ({ from: [x0, y0], to: [x1, y1], width: 1.8, kind: 'walkway' })),
  ];
  const stops = new Map<Line, Xy[]>(lines.map((line) => [line, [line.from, line.to]]));
  lines.forEach((one, i) => {
    for (const other of lines.slice(i + 1)) {
      const meeting = crossing(one, other);
      if (meeting === undefined) continue;
      stops.get(one)!.push(meeting);
      stops.get(other)!.push(meeting);
    }
  });

  const graph = createGraph();
  /** The place on the nearest line at which something outside joins the graph. */
  const join = (from: Xy): Xy => {
    const [line, at] = lines.map((each) => [each, nearestOn(each, from)] as const).sort((a, b) => gap(a[1], from) - gap(b[1], from))[0]!;
    stops.get(line)!.push(at);
    return at;
  };
  const links: (() => void)[] = [];
  for (const gate of GATES) links.push(() => graph.edge(graph.node(gate.from), graph.node(gate.at, 'gate', gate.id), gate.width, 'gate'));
  for (const point of MUSTER) {
    const at = join(point.at);
    links.push(() => graph.edge(graph.node(at), graph.node(point.at, 'muster', point.id), 4, 'walkway'));
  }
  for (const building of BUILDINGS) {
    const [x0, y0, x1, y1] = building.ring;
    const inside: Xy = [(x0 + x1) / 2, (y0 + y1) / 2];
    [building.door, building.second].forEach((door, index) => {
      if (door === undefined) return;
      const at = join(door);
      links.push(() => {
        const name = `D-${building.id.slice(2)}${index === 0 ? '' : '-2'}`;
        graph.edge(graph.node(inside, 'junction', `I-${building.id.slice(2)}`), graph.node(door, 'door', name), 1.6, 'indoor');
        graph.edge(graph.node(door, 'door', name), graph.node(at), 1.6, 'door');
      });
    });
  }
  for (const [line, places] of stops) {
    const along = places.map((place) => ({ place, at: gap(line.from, place) })).sort((a, b) => a.at - b.at);
    along.slice(1).forEach((next, i) => {
      const previous = along[i]!;
      const pieces = Math.ceil((next.at - previous.at) / LONGEST);
      for (let piece = 0; piece < pieces; piece += 1) {
        const at = (part: number): Xy => [previous.place[0] + (next.place[0] - previous.place[0]) * part, previous.place[1] + (next.place[1] - previous.place[1]) * part];
        graph.edge(graph.node(at(piece / pieces)), graph.node(at((piece + 1) / pieces)), line.width, line.kind);
      }
    });
  }
  for (const link of links) link();
  return graph.model();
};

const gap = (a: Xy, b: Xy): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
const between = (value: number, a: number, b: number): boolean => value >= Math.min(a, b) - 0.01 && value <= Math.max(a, b) + 0.01;

/** Where two lines along the axes meet; parallel lines never do. */
const crossing = (one: Line, other: Line): Xy | undefined => {
  const oneLevel = one.from[1] === one.to[1];
  if (oneLevel === (other.from[1] === other.to[1])) return undefined;
  const [level, upright] = oneLevel ? [one, other] : [other, one];
  const [x, y] = [upright.from[0], level.from[1]];
  return between(x, level.from[0], level.to[0]) && between(y, upright.from[1], upright.to[1]) ? [x, y] : undefined;
};

const nearestOn = (line: Line, from: Xy): Xy => [
  Math.min(Math.max(from[0], Math.min(line.from[0], line.to[0])), Math.max(line.from[0], line.to[0])),
  Math.min(Math.max(from[1], Math.min(line.from[1], line.to[1])), Math.max(line.from[1], line.to[1])),
];

type NodeKind = PlantModel['walkways']['nodes'][number]['kind'];

/** Collects nodes and edges; places closer than 0.6 m are one node. */
const createGraph = () => {
  const nodes: PlantModel['walkways']['nodes'] = [];
  const edges: PlantModel['walkways']['edges'] = [];
  const known = new Set<string>();
  return {
    node(at: Xy, kind: NodeKind = 'junction', id?: string): string {
      const same = nodes.find((node) => gap(node.position, at) < 0.6);
      if (same !== undefined) return same.id;
      const name = id ?? `N-${String(nodes.length + 1).padStart(3, '0')}`;
      nodes.push({ id: name, position: [Number(at[0].toFixed(2)), Number(at[1].toFixed(2))], kind });
      return name;
    },
    edge(from: string, to: string, width: number, kind: Kind): void {
      const key = [from, to].sort().join(' ');
      if (from === to || known.has(key)) return;
      known.add(key);
      edges.push({ id: `E-${String(edges.length + 1).padStart(3, '0')}`, from, to, width, kind });
    },
    model: (): PlantModel['walkways'] => ({ nodes, edges }),
  };
};
