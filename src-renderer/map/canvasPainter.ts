import type { RiskField } from '../../src-shared/contract/risk.ts';
import type { Point } from '../../src-shared/kernel/index.ts';
import { blockedEdges, isCloud } from './contours.ts';
import { chevrons, cross, dashed, hatch, pointsOf } from './lines.ts';
import { BLOCKED_COLOUR, css, GRADE_COLOURS, HAZARD_COLOURS, RESCUE_COLOUR, ROUTE_COLOUR, THEMES } from './palette.ts';
import type { CreatePlanPainter } from './planPainter.ts';
import { footprint, PLAN_TONES, planShapes } from './planShapes.ts';
import { around } from './riskContours.ts';
import { riskImage } from './riskImage.ts';

/** The plan on a plain 2D canvas: for machines without WebGL and for the minutes when the graphics device has failed. Nobody faces a blank. */
export const createCanvasPainter: CreatePlanPainter = (host, plant, { devicePixels }) => {
  const canvas = document.createElement('canvas');
  Object.assign(canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
  host.prepend(canvas);
  const { areas, lines } = planShapes(plant);
  const nodes = new Map(plant.walkways.nodes.map(({ id, position }) => [id, position]));
  const edges = new Map(plant.walkways.edges.map((edge) => [edge.id, edge]));
  const number = new Map(plant.people.map(({ id }, i) => [id, i]));
  const hatches = plant.zones.map(({ polygon }) => hatch(polygon, 8));
  let strokes = 0;
  let picture: { readonly field: RiskField; readonly images: readonly (readonly [grid: RiskField['outer'], image: HTMLCanvasElement])[] } | null = null;
  return {
    backend: 'canvas',
    draw(camera, state, [width, height]) {
      const context = canvas.getContext('2d');
      if (context === null) return;
      [canvas.width, canvas.height] = [Math.round(width * devicePixels), Math.round(height * devicePixels)];
      const theme = THEMES[state.theme];
      const tones = PLAN_TONES[state.theme];
      const urgent = state.layers.hazard && state.emergencies.length > 0;
      strokes = 0;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = css(theme.background);
      context.fillRect(0, 0, canvas.width, canvas.height);
      // Plant metres from here on, y to the north.
      const scale = camera.scale * devicePixels;
      context.setTransform(scale, 0, 0, -scale, (width / 2) * devicePixels - camera.x * scale, (height / 2) * devicePixels + camera.y * scale);
      context.lineJoin = 'round';
      const px = state.pixel / camera.scale;
      const trace = (path: readonly Point[], closed: boolean) => {
        context.beginPath();
        for (const [x, y] of path) context.lineTo(x, y);
        if (closed) context.closePath();
      };
      const stroke = (path: readonly Point[], colour: string, wide: number, closed = false) => {
        trace(path, closed);
        context.strokeStyle = colour;
        context.lineWidth = Math.max(px, wide);
        context.stroke();
        strokes += 1;
      };
      const fill = (path: readonly Point[], colour: string) => {
        trace(path, true);
        context.fillStyle = colour;
        context.fill();
        strokes += 1;
      };
      const rest = css(theme.rest);
      const tall = (tone: string) => tone === 'building' || tone === 'hall' || tone === 'equipment';
      for (const { outline, tone } of areas) if (!tall(tone)) fill(outline, css(tones[tone]));
      for (const { path, tone, width: wide } of lines) if (tone === 'road') stroke(path, css(tones[tone]), wide);
      if (state.layers.riskField && state.riskField !== null) {
        const field = state.riskField;
        if (picture?.field !== field) picture = { field, images: [around(field), field].map((grid) => [grid, asCanvas(riskImage(grid))] as const) };
        context.save();
        context.globalAlpha = urgent ? 0.27 : 0.9;
        // Image rows run south, plant metres north.
        context.scale(1, -1);
        for (const [{ x0, y0, cell, nx, ny }, image] of picture.images) context.drawImage(image, x0, -(y0 + ny * cell), nx * cell, ny * cell);
        context.restore();
      }
      for (const { outline, tone, edge } of areas) {
        if (!tall(tone)) continue;
        fill(outline, css(tones[tone]));
        if (edge) stroke(outline, rest, px, true);
      }
      for (const { path, tone, width: wide } of lines) if (tone !== 'road') stroke(path, css(tones[tone], tone === 'rack' ? 0.45 : 1), wide);
      if (state.layers.zones) {
        const grades = new Map(state.zoneRisks.map(({ zone, grade }) => [zone, grade]));
        plant.zones.forEach(({ id, polygon, grade }, n) => {
          const colour = GRADE_COLOURS[grades.get(id) ?? grade];
          for (const pair of hatches[n]!) stroke(pair, css(colour, urgent ? 0.16 : 0.35), 1.6 * px);
          stroke(polygon, css(colour), 2 * px, true);
        });
      }
      if (state.layers.hazard) {
        for (const { plume } of state.emergencies) {
          for (const contour of [...(plume?.contours ?? [])].sort((a, b) => a.severity - b.severity)) {
            const colour = HAZARD_COLOURS[contour.severity];
            for (const ring of contour.rings) {
              const points = pointsOf(ring);
              if (isCloud(contour)) fill(points, css(colour, [0.2, 0.26, 0.4][contour.severity - 1]!));
              stroke(points, css(colour), 2 * px, true);
            }
          }
          for (const { severity, rings } of plume?.outer ?? []) for (const ring of rings) for (const dash of dashed([...pointsOf(ring), [ring[0]!, ring[1]!]], 5, 5)) stroke(dash, css(HAZARD_COLOURS[severity], 0.85), 1.2 * px);
        }
      }
      if (state.layers.hazard) {
        for (const { centre: [x, y], reachM } of state.rings) {
          context.beginPath();
          context.arc(x, y, reachM[1], 0, 2 * Math.PI);
          context.arc(x, y, reachM[0], 0, 2 * Math.PI, true);
          context.fillStyle = css(theme.text, 0.1);
          context.fill();
          context.strokeStyle = css(theme.text, 0.8);
          context.lineWidth = 1.4 * px;
          context.stroke();
          strokes += 2;
        }
      }
      if (state.layers.routes) {
        for (const emergency of state.emergencies) {
          for (const id of blockedEdges(emergency)) {
            const edge = edges.get(id);
            const [a, b] = [edge && nodes.get(edge.from), edge && nodes.get(edge.to)];
            if (a === undefined || b === undefined) continue;
            for (const line of [...dashed([a, b], 2, 3), ...cross(a, b, 1.8)]) stroke(line, css(BLOCKED_COLOUR, 0.8), 1.5 * px);
          }
          for (const [rank, stand] of (emergency.rescue ?? []).entries()) for (const { path } of stand.ways) for (const dash of dashed(pointsOf(path), 6, 3)) stroke(dash, css(RESCUE_COLOUR, rank === 0 ? 1 : 0.6), (rank === 0 ? 3 : 2) * px);
          for (const { path } of emergency.routes) {
            const points = pointsOf(path);
            stroke(points, css(ROUTE_COLOUR, 0.5), Math.max(1.3, 3 * px));
            for (const head of chevrons(points, { spacing: 8, size: 1.5, phase: state.phase })) stroke(head, css(ROUTE_COLOUR), Math.max(0.55, 1.5 * px));
          }
        }
      }
      if (state.layers.people) {
        const inside = new Set(state.emergencies.flatMap((emergency) => emergency.inside.map(({ person }) => number.get(person))));
        const missing = new Set(state.emergencies.flatMap(({ muster }) => muster.flatMap((count) => count.missing.map((person) => number.get(person)))));
        plant.people.forEach((_, i) => {
          const [x, y] = [state.people.x[i] ?? Number.NaN, state.people.y[i] ?? Number.NaN];
          if (!Number.isFinite(x) || !Number.isFinite(y)) return;
          const isOld = state.now - (state.people.at[i] ?? Number.NaN) > 30_000;
          context.globalAlpha = isOld ? 0.45 : 1;
          const accuracy = state.people.accuracy[i] ?? Number.NaN;
          if (accuracy >= 5) {
            context.beginPath();
            context.arc(x, y, accuracy, 0, 2 * Math.PI);
            context.strokeStyle = css(theme.personEdge);
            context.lineWidth = px;
            context.stroke();
          }
          context.beginPath();
          context.arc(x, y, (inside.has(i) ? 5 : 3.8) * px, 0, 2 * Math.PI);
          context.fillStyle = css(missing.has(i) ? theme.background : theme.person);
          context.fill();
          context.strokeStyle = css(inside.has(i) ? theme.alarm[1] : missing.has(i) ? theme.text : theme.personEdge);
          context.lineWidth = (inside.has(i) ? 2.5 : 1.2) * px;
          context.stroke();
          context.globalAlpha = 1;
          strokes += 1;
        });
      }
      const selected = state.selection?.kind === 'equipment' ? plant.equipment.find(({ id }) => id === state.selection?.id) : undefined;
      if (selected !== undefined) stroke(footprint(selected), css(theme.text), 2.5 * px, true);
    },
    get drawCalls() {
      return strokes;
    },
    dispose: () => canvas.remove(),
  };
};


const asCanvas = ({ width, height, data }: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }): HTMLCanvasElement => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  return canvas;
};
