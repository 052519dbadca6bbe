import { COORDINATE_SYSTEM, type Layer } from '@deck.gl/core';
import { BitmapLayer, LineLayer, PathLayer, ScatterplotLayer, SolidPolygonLayer } from '@deck.gl/layers';
import type { Emergency } from '../../src-shared/contract/emergency.ts';
import type { RiskField, ZoneRisk } from '../../src-shared/contract/risk.ts';
import type { Point } from '../../src-shared/kernel/index.ts';
import type { PlantModel, RiskGrade } from '../../src-shared/plant/index.ts';
import type { BlastRing, PeoplePositions, Selection, ThemeName, TwinLayers } from '../scene/twinProps.ts';
import { blockedEdges, closed, isCloud, nest } from './contours.ts';
import { chevrons, cross, dashed, hatch, pointsOf } from './lines.ts';
import { BLOCKED_COLOUR, GRADE_COLOURS, HAZARD_COLOURS, inferno, RESCUE_COLOUR, RISK_CRITERIA, ROUTE_COLOUR, riskPlace, THEMES, type Rgb } from './palette.ts';
import { around, riskContours } from './riskContours.ts';
import { riskImage } from './riskImage.ts';

/** What the data layers show at one moment. */
export type DataState = {
  readonly zoneRisks: readonly ZoneRisk[];
  readonly riskField: RiskField | null;
  readonly emergencies: readonly Emergency[];
  readonly rings: readonly BlastRing[];
  readonly people: PeoplePositions;
  readonly layers: TwinLayers;
  readonly theme: ThemeName;
  readonly selection: Selection | null;
  /** UTC ms, for the age of positions. */
  readonly now: number;
  /** 0 to 1: how far the chevrons have moved on. */
  readonly phase: number;
  /** Metres across the view: near the ground the field is a wash and steps back. */
  readonly span: number;
  /** Size of everything given in pixels: 1 at 14 px of body text; a wall read from afar has more. */
  readonly pixel: number;
  /** Counts announcements of the sources: the same number, the same data (the arrays are written in place). */
  readonly version: number;
};

/** Heights above ground, metres: apart enough not to fight, low enough to lie on the ground. */
const HEIGHT = { field: 0.28, criteria: 0.42, hatch: 0.36, edge: 0.45, cloud: 0.6, cloudLine: 1, blocked: 1.1, route: 1.2, chevron: 1.3, person: 1.7 } as const;
const POSITION_STALE_MS = 30_000;
const UNSURE_M = 5;
const STALE_STEP_MS = 5_000;
/** While people must get out, the everyday layers step back so that the cloud and the ways stand out. */
const BACK = { field: 0.3, hatch: 0.45 } as const;
/** Clouds must stand out on a light ground as they do on a dark one. deck.gl takes the 2.2th root of an opacity: 0.38 draws as 0.65. */
const CLOUD_ALPHA: Readonly<Record<1 | 2 | 3, number>> = { 1: 0.32, 2: 0.4, 3: 0.58 };
const NIGHT_CLOUD = 0.38;
const FLAT = { coordinateSystem: COORDINATE_SYSTEM.CARTESIAN, getPolygonOffset: (): [number, number] => [0, 0], pickable: false } as const;
/** Hidden by what stands before it; never hides anything itself. */
const BEHIND = { depthCompare: 'less-equal', depthWriteEnabled: false } as const;
/** Drawn faintly through walls: people and ways out may be hidden from sight, never from the operator. */
const THROUGH = { depthCompare: 'always', depthWriteEnabled: false } as const;

type Line = { readonly path: readonly (readonly [number, number, number])[]; readonly colour: readonly [number, number, number, number]; readonly width: number };
type Area = { readonly polygon: readonly (readonly Point[])[]; readonly colour: readonly [number, number, number, number]; readonly z: number };
type Hatch = { readonly from: readonly [number, number, number]; readonly to: readonly [number, number, number]; readonly colour: readonly [number, number, number, number] };

const raise = (line: readonly Point[], z: number): (readonly [number, number, number])[] => line.map(([x, y]) => [x, y, z]);
const rgba = ([r, g, b]: Rgb, alpha: number): [number, number, number, number] => [r, g, b, Math.round(alpha * 255)];

/** Remembers the last result for the last inputs: geometry is made anew only when its data is. */
const remember = <A extends readonly unknown[], R>(make: (...inputs: A) => R): ((...inputs: A) => R) => {
  let last: { readonly inputs: A; readonly result: R } | undefined;
  return (...inputs) => {
    if (last === undefined || inputs.some((input, i) => input !== last!.inputs[i])) last = { inputs, result: make(...inputs) };
    return last.result;
  };
};

/** deck.gl layers of all data on the ground, back to front; the same in the twin and in the plan. While only the camera moves, the very same array. */
export const createDataLayers = (plant: PlantModel): ((state: DataState) => readonly Layer[]) => {
  const build = dataLayersOf(plant);
  const chosen = remember((selection: Selection | null, rings: readonly BlastRing[]) => ({ selection, rings }));
  const same = remember((_key: string, _layers: TwinLayers, _chosen: ReturnType<typeof chosen>, state: () => DataState) => build(state()));
  let current: DataState;
  const now = () => current;
  return (state) => {
    current = state;
    const moving = state.layers.routes && state.emergencies.some(({ routes }) => routes.length > 0);
    const key = [state.version, state.pixel, state.theme, moving ? state.phase : 0, Math.round(nearness(state.span) * 10), Math.floor(state.now / STALE_STEP_MS)].join('/');
    return same(key, state.layers, chosen(state.selection, state.rings), now);
  };
};

const nearness = (span: number): number => Math.min(1, Math.max(0.2, span / 400));

const dataLayersOf = (plant: PlantModel): ((state: DataState) => Layer[]) => {
  const nodes = new Map(plant.walkways.nodes.map((node) => [node.id, node.position]));
  const edges = new Map(plant.walkways.edges.map((edge) => [edge.id, edge]));
  const personNumber = new Map(plant.people.map(({ id }, i) => [id, i]));
  const hatches = plant.zones.map(({ polygon }) => hatch(polygon, 8));

  const zones = remember((risks: readonly ZoneRisk[], selection: Selection | null) => {
    const grades = new Map(risks.map(({ zone, grade }) => [zone, grade]));
    const lines: Hatch[] = [];
    const outlines: Line[] = [];
    plant.zones.forEach(({ id, polygon, grade: staticGrade }, i) => {
      const grade: RiskGrade = grades.get(id) ?? staticGrade;
      const colour = GRADE_COLOURS[grade];
      const chosen = selection?.kind === 'zone' && selection.id === id;
      for (const [a, b] of hatches[i]!) lines.push({ from: [a[0], a[1], HEIGHT.hatch], to: [b[0], b[1], HEIGHT.hatch], colour: rgba(colour, 0.35) });
      outlines.push({ path: raise(closed(polygon), HEIGHT.edge), colour: rgba(colour, 1), width: chosen ? 4 : 2 });
    });
    return { lines, outlines };
  });

  const picture = (field: RiskField['outer']): ImageData => {
    const pixels = riskImage(field);
    return new ImageData(new Uint8ClampedArray(pixels.data), pixels.width, pixels.height);
  };
  const images = remember((field: RiskField) => [{ id: 'risk-field-around', grid: field.outer, image: picture(around(field)) }, { id: 'risk-field', grid: field, image: picture(field) }]);
  const bands = remember((rings: readonly BlastRing[], theme: ThemeName) => {
    const circle = ([x, y]: BlastRing['centre'], radius: number): Point[] => Array.from({ length: 73 }, (_value, i): Point => [x + radius * Math.cos((i * Math.PI) / 36), y + radius * Math.sin((i * Math.PI) / 36)]);
    const ink = THEMES[theme].text;
    return {
      areas: rings.map(({ centre, reachM }): Area => ({ polygon: [circle(centre, reachM[1]), circle(centre, reachM[0]).toReversed()], colour: rgba(ink, 0.1), z: HEIGHT.cloud })),
      lines: rings.flatMap(({ centre, reachM }) => reachM.map((radius): Line => ({ path: raise(circle(centre, radius), HEIGHT.cloudLine), colour: rgba(ink, 0.8), width: 1.4 }))),
    };
  });
  const criteria = remember((field: RiskField | null): Line[] =>
    field === null ? [] : RISK_CRITERIA.flatMap((level) => riskContours(field, level).map((line): Line => ({ path: raise(line, HEIGHT.criteria), colour: rgba(inferno(0.25 + 0.75 * riskPlace(level)), 0.95), width: 1.5 }))));

  const clouds = remember((emergencies: readonly Emergency[]) => {
    const areas: Area[] = [];
    const lines: Line[] = [];
    for (const { plume } of emergencies) {
      if (plume === null) continue;
      for (const contour of [...plume.contours].sort((a, b) => a.severity - b.severity)) {
        const rings = contour.rings.map((ring) => pointsOf(ring)).filter((ring) => ring.length > 2);
        const colour = HAZARD_COLOURS[contour.severity];
        if (isCloud(contour)) for (const polygon of nest(rings)) areas.push({ polygon, colour: rgba(colour, CLOUD_ALPHA[contour.severity]), z: HEIGHT.cloud + contour.severity * 0.05 });
        for (const ring of rings) lines.push({ path: raise(closed(ring), HEIGHT.cloudLine), colour: rgba(colour, 1), width: 2 });
      }
      for (const { severity, rings } of plume.outer) for (const ring of rings) for (const dash of dashed(closed(pointsOf(ring)), 5, 5)) lines.push({ path: raise(dash, HEIGHT.cloudLine), colour: rgba(HAZARD_COLOURS[severity], 0.85), width: 1.2 });
      const [x, y] = plume.source;
      const spread = Array.from({ length: 33 }, (_, i): Point => [x + Math.cos((i / 32) * 2 * Math.PI) * plume.sourceSpreadM, y + Math.sin((i / 32) * 2 * Math.PI) * plume.sourceSpreadM]);
      for (const dash of dashed(spread, 2, 2)) lines.push({ path: raise(dash, HEIGHT.cloudLine), colour: rgba(HAZARD_COLOURS[3], 1), width: 1.5 });
    }
    return { areas, lines };
  });

  const ways = remember((emergencies: readonly Emergency[]) => {
    const routes = emergencies.flatMap((emergency) => emergency.routes.map((route) => pointsOf(route.path))).filter((route) => route.length > 1);
    const blocked: Line[] = emergencies
      .flatMap(blockedEdges)
      .flatMap((id): Line[] => {
        const edge = edges.get(id);
        const [a, b] = [edge && nodes.get(edge.from), edge && nodes.get(edge.to)];
        if (a === undefined || b === undefined) return [];
        const marks = Math.hypot(b[0] - a[0], b[1] - a[1]) > 12 ? cross(a, b, 1.8) : [];
        return [...dashed([a, b], 2, 3).map((line): Line => ({ path: raise(line, HEIGHT.blocked), colour: rgba(BLOCKED_COLOUR, 0.6), width: 1.5 })), ...marks.map((line): Line => ({ path: raise(line, HEIGHT.blocked), colour: rgba(BLOCKED_COLOUR, 0.95), width: 2 }))];
      });
    const rescue = emergencies.flatMap((emergency) => emergency.rescue ?? []).flatMap((stand, rank) => stand.ways.flatMap(({ path }) => dashed(pointsOf(path), 6, 3).map((dash): Line => ({ path: raise(dash, HEIGHT.route), colour: rgba(RESCUE_COLOUR, rank === 0 ? 1 : 0.6), width: rank === 0 ? 3 : 2 }))));
    return { rescue, routes, lines: routes.map((route): Line => ({ path: raise(route, HEIGHT.route), colour: rgba(ROUTE_COLOUR, 0.5), width: 1.3 })), blocked };
  });

  const standing = remember((emergencies: readonly Emergency[]) => ({
    inside: new Set(emergencies.flatMap(({ inside }) => inside.map(({ person }) => personNumber.get(person)))),
    missing: new Set(emergencies.flatMap(({ muster }) => muster.flatMap(({ missing }) => missing.map((person) => personNumber.get(person))))),
  }));

  return (state) => {
    const { layers, theme, people, emergencies, now } = state;
    const near = nearness(state.span);
    const urgent = layers.hazard && emergencies.length > 0;
    const result: Layer[] = [];
    const pathLayer = (id: string, data: readonly Line[], options: { units?: 'pixels' | 'meters'; min?: number; through?: boolean; opacity?: number } = {}) =>
      new PathLayer<Line>({
        ...FLAT,
        id,
        data: data as Line[],
        getPath: ({ path }) => path as unknown as [number, number, number][],
        getColor: ({ colour }) => [...colour],
        getWidth: ({ width }) => width,
        widthUnits: options.units ?? 'pixels',
        widthScale: options.units === 'meters' ? 1 : state.pixel,
        widthMinPixels: (options.min ?? 1) * state.pixel,
        jointRounded: true,
        capRounded: true,
        opacity: options.opacity ?? 1,
        parameters: options.through === true ? THROUGH : BEHIND,
      });

    if (layers.riskField && state.riskField !== null) {
      for (const { id, grid, image } of images(state.riskField)) {
        const { x0, y0, cell, nx, ny } = grid;
        const [x1, y1, z] = [x0 + nx * cell, y0 + ny * cell, HEIGHT.field];
        result.push(new BitmapLayer({ ...FLAT, id, image, bounds: [[x0, y0, z], [x0, y1, z], [x1, y1, z], [x1, y0, z]], opacity: (theme === 'day' ? 0.8 : 0.9) * near * (urgent ? BACK.field : 1), parameters: BEHIND, textureParameters: { minFilter: 'linear', magFilter: 'linear', addressModeU: 'clamp-to-edge', addressModeV: 'clamp-to-edge' } }));
      }
      result.push(pathLayer('risk-criteria', criteria(state.riskField), { opacity: urgent ? BACK.field : 1 }));
    }
    if (layers.zones) {
      const { lines, outlines } = zones(state.zoneRisks, state.selection);
      result.push(new LineLayer<Hatch>({ ...FLAT, id: 'zone-hatch', data: lines, getSourcePosition: ({ from }) => [...from], getTargetPosition: ({ to }) => [...to], getColor: ({ colour }) => [...colour], getWidth: 1.6, widthUnits: 'pixels', widthScale: state.pixel, opacity: urgent ? BACK.hatch : 1, parameters: BEHIND }));
      result.push(pathLayer('zone-edge', outlines));
    }
    if (layers.hazard) {
      const { areas, lines } = clouds(emergencies);
      result.push(new SolidPolygonLayer<Area>({ ...FLAT, id: 'cloud', data: areas, getPolygon: ({ polygon, z }) => polygon.map((ring) => raise(ring, z)) as unknown as [number, number, number][][], getFillColor: ({ colour }) => [...colour], opacity: theme === 'day' ? 1 : NIGHT_CLOUD, parameters: BEHIND, _full3d: false }));
      result.push(pathLayer('cloud-line', lines));
      if (state.rings.length > 0) {
        const blast = bands(state.rings, theme);
        result.push(new SolidPolygonLayer<Area>({ ...FLAT, id: 'blast-band', data: blast.areas, getPolygon: ({ polygon, z }) => polygon.map((ring) => raise(ring, z)) as unknown as [number, number, number][][], getFillColor: ({ colour }) => [...colour], parameters: BEHIND, _full3d: false }), pathLayer('blast-edge', blast.lines));
      }
    }
    if (layers.routes) {
      const { rescue, routes, lines, blocked } = ways(emergencies);
      result.push(pathLayer('blocked', blocked), pathLayer('rescue-way', rescue));
      if (lines.length > 0) {
        const heads: Line[] = routes.flatMap((route) => chevrons(route, { spacing: 8, size: 1.5, phase: state.phase }).map((head) => ({ path: raise(head, HEIGHT.chevron), colour: rgba(ROUTE_COLOUR, 1), width: 0.55 })));
        result.push(pathLayer('route-through', lines, { units: 'meters', min: 2, through: true, opacity: 0.16 }), pathLayer('route', lines, { units: 'meters', min: 4 }), pathLayer('chevron', heads, { units: 'meters', min: 2 }));
      }
    }
    if (layers.people) {
      const { inside, missing } = standing(emergencies);
      const { alarm, person, personEdge, background, text } = THEMES[theme];
      const count = plant.people.length;
      const known = Array.from({ length: count }, (_, i) => i).filter((i) => Number.isFinite(people.x[i]!) && Number.isFinite(people.y[i]!));
      const position = new Float32Array(known.length * 3);
      const fill = new Uint8ClampedArray(known.length * 4);
      const line = new Uint8ClampedArray(known.length * 4);
      const radius = new Float32Array(known.length);
      const width = new Float32Array(known.length);
      known.forEach((i, n) => {
        position.set([people.x[i]!, people.y[i]!, (Number.isFinite(people.z[i]!) ? people.z[i]! : 0) + HEIGHT.person], n * 3);
        const stale = now - people.at[i]! > POSITION_STALE_MS;
        const chosen = state.selection?.kind === 'person' && personNumber.get(state.selection.id) === i;
        fill.set(missing.has(i) ? [...background, 90] : [...person, stale ? 110 : 255], n * 4);
        line.set(inside.has(i) ? [...alarm[1], 255] : missing.has(i) ? [...text, 255] : [...personEdge, stale ? 110 : 230], n * 4);
        radius[n] = chosen ? 7 : inside.has(i) ? 5.5 : 3.8;
        width[n] = inside.has(i) ? 2.5 : missing.has(i) ? 1.8 : 1;
      });
      // The circle within which a wearable is sure of itself, where that is more than a few steps; grey once its word is old.
      const unsure = known.filter((i) => people.accuracy[i]! >= UNSURE_M || (people.accuracy[i]! > 0 && state.selection?.kind === 'person' && personNumber.get(state.selection.id) === i));
      result.push(new ScatterplotLayer<number>({ ...FLAT, id: 'people-accuracy', data: unsure, getPosition: (i) => [people.x[i]!, people.y[i]!, HEIGHT.route], getRadius: (i) => people.accuracy[i]!, getLineColor: (i) => rgba(now - people.at[i]! > POSITION_STALE_MS ? personEdge : person, 0.55), radiusUnits: 'meters', lineWidthUnits: 'pixels', getLineWidth: 1.2 * state.pixel, stroked: true, filled: false, parameters: BEHIND, updateTriggers: { getPosition: state.version, getRadius: state.version, getLineColor: state.version } }));
      const attributes = { getPosition: { value: position, size: 3 }, getFillColor: { value: fill, size: 4 }, getLineColor: { value: line, size: 4 }, getRadius: { value: radius, size: 1 }, getLineWidth: { value: width, size: 1 } };
      const dots = (id: string, through: boolean) =>
        new ScatterplotLayer({ ...FLAT, id, data: { length: known.length, attributes }, radiusUnits: 'pixels', radiusScale: state.pixel, lineWidthUnits: 'pixels', lineWidthScale: state.pixel, stroked: true, filled: true, billboard: true, antialiasing: true, opacity: through ? 0.45 : 1, parameters: through ? THROUGH : BEHIND });
      result.push(dots('people-through', true), dots('people', false));
    }
    return result;
  };
};
