import { COORDINATE_SYSTEM, Deck, type Layer, OrthographicView } from '@deck.gl/core';
import { PathLayer, SolidPolygonLayer } from '@deck.gl/layers';
import type { Point } from '../../src-shared/kernel/index.ts';
import type { ThemeName } from '../scene/twinProps.ts';
import { createDataLayers } from './dataLayers.ts';
import { THEMES } from './palette.ts';
import type { CreatePlanPainter } from './planPainter.ts';
import { footprint, PLAN_TONES, planShapes, type Tone } from './planShapes.ts';

const FLAT = { coordinateSystem: COORDINATE_SYSTEM.CARTESIAN, pickable: false, parameters: { depthCompare: 'always', depthWriteEnabled: false } } as const;
const UNDER = new Set(['risk-field', 'risk-field-around', 'zone-hatch']);
type Area = { readonly outline: readonly Point[]; readonly tone: Tone; readonly edge: boolean };
type Line = { readonly path: readonly Point[]; readonly tone: Tone; readonly width: number };

/** The plan by deck.gl on a canvas of its own; drawn only when told to. */
export const createDeckPainter: CreatePlanPainter = (host, plant, { onLost, devicePixels }) => {
  const { areas, lines } = planShapes(plant);
  const dataLayers = createDataLayers(plant);
  const base = (theme: ThemeName): { readonly ground: readonly Layer[]; readonly standing: readonly Layer[] } => {
    const tones = PLAN_TONES[theme];
    const edge = THEMES[theme].rest;
    const area = (id: string, data: readonly Area[]) => new SolidPolygonLayer<Area>({ ...FLAT, id, data: data as Area[], getPolygon: ({ outline }) => outline as unknown as [number, number][], getFillColor: ({ tone }) => [...tones[tone]], updateTriggers: { getFillColor: theme } });
    const line = (id: string, data: readonly Line[]) => new PathLayer<Line>({ ...FLAT, id, data: data as Line[], getPath: ({ path }) => path as unknown as [number, number][], getWidth: ({ width }) => width, widthUnits: 'meters', widthMinPixels: 1, jointRounded: true, getColor: ({ tone }) => [...tones[tone], tone === 'rack' ? 110 : 255], updateTriggers: { getColor: theme } });
    const solid = areas.filter(({ tone }) => tone !== 'building' && tone !== 'hall' && tone !== 'equipment');
    const tall = areas.filter(({ tone }) => tone === 'building' || tone === 'hall' || tone === 'equipment');
    return {
      ground: [area('plan-ground', solid), line('plan-roads', lines.filter(({ tone }) => tone === 'road'))],
      standing: [
      area('plan-tall', tall),
      line('plan-lines', lines.filter(({ tone }) => tone !== 'road')),
      new PathLayer<Area>({ ...FLAT, id: 'plan-edges', data: areas.filter((item) => item.edge) as Area[], getPath: ({ outline }) => [...outline, outline[0]!] as unknown as [number, number][], getColor: [...edge, 220], getWidth: 1, widthUnits: 'pixels', updateTriggers: { getColor: theme } }),
      ],
    };
  };
  let drawn = 0;
  let pending: Parameters<ReturnType<CreatePlanPainter>['draw']> | null = null;
  let ready = false;
  const canvas = document.createElement('canvas');
  Object.assign(canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
  host.prepend(canvas);
  canvas.addEventListener('webglcontextlost', (event) => {
    event.preventDefault();
    onLost();
  });
  const view = new OrthographicView({ id: 'plan', flipY: false, near: -100, far: 1_000 });
  const deck = new Deck({
    canvas,
    width: '100%',
    height: '100%',
    views: [view],
    viewState: { plan: { target: [0, 0, 0], zoom: 0 } },
    controller: false,
    useDevicePixels: devicePixels,
    layers: [],
    onLoad: () => {
      ready = true;
      if (pending !== null) draw(...pending);
    },
  });
  const draw: ReturnType<CreatePlanPainter>['draw'] = (camera, state, size) => {
    pending = [camera, state, size];
    if (!ready) return;
    // What fills the ground lies under buildings and equipment, all other data above them.
    const data = dataLayers(state).filter(({ id }) => !id.endsWith('-through')).map((layer) => layer.clone({ parameters: FLAT.parameters }));
    const selected = state.selection?.kind === 'equipment' ? plant.equipment.filter(({ id }) => id === state.selection?.id).map(footprint) : [];
    const outline = new PathLayer<Point[]>({ ...FLAT, id: 'plan-selected', data: selected, getPath: (ring) => [...ring, ring[0]!] as unknown as [number, number][], getColor: [...THEMES[state.theme].text], getWidth: 2.5, widthUnits: 'pixels', widthScale: state.pixel, jointRounded: true, updateTriggers: { getColor: state.theme } });
    const { ground, standing } = base(state.theme);
    const under = data.filter(({ id }) => UNDER.has(id));
    const layers = [...ground, ...under, ...standing, ...data.filter((layer) => !under.includes(layer)), outline];
    drawn = layers.length;
    deck.setProps({ viewState: { plan: { target: [camera.x, camera.y, 0], zoom: Math.log2(camera.scale) } }, layers });
  };
  return {
    backend: 'webgl',
    draw,
    get drawCalls() {
      return drawn;
    },
    dispose() {
      deck.finalize();
      canvas.remove();
    },
  };
};
