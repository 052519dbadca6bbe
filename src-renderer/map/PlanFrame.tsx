import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { Disposable, Point3 } from '../../src-shared/kernel/index.ts';
import { Instruments, type InstrumentsHandle } from '../scene/Instruments.tsx';
import { Legend } from '../scene/Legend.tsx';
import { NO_POSTS, NO_RINGS, type Selection, type TwinHandle, type TwinProps } from '../scene/twinProps.ts';
import { createAnnotations } from './annotations.ts';
import { describe, type Hovered } from './describe.ts';
import { watchSources, windOf } from './feed.ts';
import { Overlay, type OverlayHandle } from './Overlay.tsx';
import { css, THEMES } from './palette.ts';
import type { CreatePlanPainter, PlanPainter } from './planPainter.ts';
import { pixelOf } from './pixel.ts';
import { fitPlan, pickPlan, planExtent, type PlanCamera } from './planShapes.ts';
import { Tooltip } from './Tooltip.tsx';
import { useSame } from './useSame.ts';

const FLIGHT_MS = 300;
const RECOVER_MS = 600;
const CHEVRON_HZ = 8;
/** A plain canvas is drawn by the processor: its chevrons step slowly. */
const SLOW_CHEVRON_MS = 800;
const CHEVRON_CYCLE_MS = 1_600;
const SCALES = [0.4, 60] as const;
const KEYS: Readonly<Record<string, readonly [right: number, up: number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const KEY_STEP_PX = 60;
const WORDS = { name: { zh: '厂区平面图', en: 'Plan of the plant' }, lost: { zh: '图形设备中断，正在恢复', en: 'Graphics device lost, restoring' }, plain: { zh: '此设备不支持三维显示，以平面图代替', en: 'No 3D graphics on this machine: plan shown instead' } } as const;

/** Camera, pointer, writing and instruments of a plan; what is drawn is the painter's. Drag to move, wheel to come nearer. */
export const PlanFrame = ({ createPainter, notice = false, ...props }: TwinProps & { readonly createPainter: CreatePlanPainter; /** Says that this stands in for the twin. */ readonly notice?: boolean }) => {
  const { plant, sources, theme, language, clock, motion = 'full', instruments = true, legend = instruments, view } = props;
  const layers = useSame(props.layers);
  const selection = useSame(props.selection);
  const rings = props.rings ?? NO_RINGS;
  const posts = props.posts ?? NO_POSTS;
  const palette = THEMES[theme];
  const frame = useRef<HTMLDivElement>(null);
  const overlay = useRef<OverlayHandle>(null);
  const dials = useRef<InstrumentsHandle>(null);
  const latest = useRef(props);
  latest.current = props;
  const camera = useRef<PlanCamera>({ x: plant.site.width / 2, y: plant.site.depth / 2, scale: 1 });
  const flight = useRef<{ from: PlanCamera; to: PlanCamera; since: number } | null>(null);
  const painter = useRef<PlanPainter | null>(null);
  const frames = useRef(0);
  const version = useRef(0);
  const [generation, renew] = useReducer((count: number) => count + 1, 0);
  const [lost, setLost] = useState(false);
  const [hover, setHover] = useState<{ over: Hovered; at: readonly [number, number] } | null>(null);
  const [emergencies, setEmergencies] = useState(sources.emergencies.get());
  const [riskField, setRiskField] = useState(sources.riskField.get());
  const annotate = useMemo(() => createAnnotations(plant), [plant]);
  const size = (): [number, number] => [frame.current?.clientWidth ?? 1, frame.current?.clientHeight ?? 1];
  const project = ([x, y]: Point3): [number, number] => {
    const [width, height] = size();
    return [width / 2 + (x - camera.current.x) * camera.current.scale, height / 2 - (y - camera.current.y) * camera.current.scale];
  };
  const unproject = (x: number, y: number): [number, number] => {
    const [width, height] = size();
    return [camera.current.x + (x - width / 2) / camera.current.scale, camera.current.y - (y - height / 2) / camera.current.scale];
  };

  const draw = useRef(() => {});
  draw.current = () => {
    const { theme: name } = latest.current;
    const [shown, chosen] = [layers, selection];
    if (flight.current !== null) {
      const t = Math.min(1, (clock.monotonic() - flight.current.since) / FLIGHT_MS);
      const eased = t * t * (3 - 2 * t);
      const { from, to } = flight.current;
      camera.current = { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased, scale: from.scale * (to.scale / from.scale) ** eased };
      if (t >= 1) flight.current = null;
      else schedule.current();
    }
    const phase = motion === 'none' ? 0.4 : (clock.monotonic() % CHEVRON_CYCLE_MS) / CHEVRON_CYCLE_MS;
    painter.current?.draw(camera.current, { zoneRisks: sources.zoneRisks.get(), riskField: sources.riskField.get(), emergencies: sources.emergencies.get(), rings, people: sources.people.get(), layers: shown, theme: name, selection: chosen, now: clock.now(), phase, span: size()[0] / camera.current.scale, pixel: pixelOf(frame.current), version: version.current }, size());
    frames.current += 1;
    overlay.current?.paint(project, size()[0] / camera.current.scale);
    const wind = windOf(plant, sources.wind.get());
    dials.current?.update({ north: -plant.site.north, wind: wind === null ? null : { to: 90 - (wind.to * 180) / Math.PI, speed: wind.speed, fromDegrees: wind.fromDegrees }, metresPerPixel: 1 / camera.current.scale });
  };
  const due = useRef(false);
  const schedule = useRef(() => {});
  schedule.current = () => {
    if (due.current) return;
    due.current = true;
    requestAnimationFrame(() => {
      due.current = false;
      if (frame.current !== null) draw.current();
    });
  };
  const goTo = useCallback(
    (to: PlanCamera, instant: boolean) => {
      if (instant) camera.current = to;
      else flight.current = { from: camera.current, to, since: clock.monotonic() };
      schedule.current();
    },
    [clock],
  );

  useEffect(() => {
    const host = frame.current;
    if (host === null) return;
    const made = createPainter(host, plant, { devicePixels: motion === 'none' ? 1 : Math.min(2, window.devicePixelRatio), onLost: () => setLost(true) });
    painter.current = made;
    camera.current = fitPlan(planExtent(plant, latest.current.view), size());
    const handle: TwinHandle = {
      goTo: (wanted) => goTo(fitPlan(planExtent(plant, wanted), size()), latest.current.motion === 'none'),
      focus(wanted) {
        const at = placeOf(latest.current, wanted);
        if (at !== null) goTo({ x: at[0], y: at[1], scale: Math.max(camera.current.scale, 6) }, latest.current.motion === 'none');
      },
      project: (x, y, z) => {
        const [px, py] = project([x, y, z]);
        return { x: px, y: py, visible: true };
      },
      figures: () => ({ frames: frames.current, drawCalls: made.drawCalls, triangles: 0, backend: made.backend }),
    };
    latest.current.onReady?.(handle);
    const watchSize = new ResizeObserver(() => {
      if (frames.current === 0) camera.current = fitPlan(planExtent(plant, latest.current.view), size());
      schedule.current();
    });
    watchSize.observe(host);
    schedule.current();
    return () => {
      watchSize.disconnect();
      painter.current = null;
      made.dispose();
    };
  }, [createPainter, plant, generation, motion, goTo]);

  useEffect(() => {
    const watching = watchSources(sources, clock, () => {
      version.current += 1;
      overlay.current?.refresh();
      setEmergencies(sources.emergencies.get());
      setRiskField(sources.riskField.get());
      schedule.current();
    });
    return () => watching[Symbol.dispose]();
  }, [sources, clock]);

  useEffect(() => {
    overlay.current?.refresh();
    schedule.current();
  }, [theme, language, layers, selection, rings, posts]);

  const shownView = useRef(view);
  useEffect(() => {
    if (shownView.current === view) return;
    shownView.current = view;
    goTo(fitPlan(planExtent(plant, view), size()), motion === 'none');
  }, [view, plant, motion, goTo]);

  const moving = motion === 'full' && layers.routes && emergencies.some(({ routes }) => routes.length > 0);
  useEffect(() => {
    if (!moving) return;
    const beat: Disposable = clock.every(painter.current?.backend === 'canvas' ? SLOW_CHEVRON_MS : 1_000 / CHEVRON_HZ, () => schedule.current());
    return () => beat[Symbol.dispose]();
  }, [moving, clock]);

  useEffect(() => {
    if (!lost) return;
    const again = clock.after(RECOVER_MS, () => {
      setLost(false);
      renew();
    });
    return () => again[Symbol.dispose]();
  }, [lost, clock]);

  useEffect(() => {
    const host = frame.current;
    if (host === null) return;
    let down: { x: number; y: number; camera: PlanCamera; moved: boolean } | null = null;
    const at = (event: PointerEvent | WheelEvent): [number, number] => {
      const box = host.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    const pick = (event: PointerEvent) => {
      const { layers: shown } = latest.current;
      return pickPlan(plant, unproject(...at(event)), { reach: (7 * pixelOf(host)) / camera.current.scale, people: shown.people ? sources.people.get() : null, zones: shown.zones });
    };
    const onDown = (event: PointerEvent) => {
      if (event.button !== 0) return;
      down = { x: event.clientX, y: event.clientY, camera: camera.current, moved: false };
      flight.current = null;
      host.setPointerCapture(event.pointerId);
    };
    const onMove = (event: PointerEvent) => {
      if (down === null) {
        const over = pick(event);
        host.style.cursor = over === null || over.kind === 'zone' ? 'default' : 'pointer';
        setHover(over === null || over.kind === 'zone' ? null : { over, at: at(event) });
        return;
      }
      const [dx, dy] = [event.clientX - down.x, event.clientY - down.y];
      down.moved ||= Math.hypot(dx, dy) > 4;
      if (!down.moved) return;
      const { width, depth } = plant.site;
      camera.current = { ...camera.current, x: Math.min(width, Math.max(0, down.camera.x - dx / camera.current.scale)), y: Math.min(depth, Math.max(0, down.camera.y + dy / camera.current.scale)) };
      setHover(null);
      schedule.current();
    };
    const onUp = (event: PointerEvent) => {
      const click = down !== null && !down.moved;
      down = null;
      if (!click) return;
      const over = pick(event);
      latest.current.onSelect(over === null || over.kind === 'pipe' ? null : over);
    };
    const onLeave = () => setHover(null);
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      flight.current = null;
      const [x, y] = unproject(...at(event));
      const scale = Math.min(SCALES[1], Math.max(SCALES[0], camera.current.scale * Math.exp(-event.deltaY * 0.0015)));
      const ratio = camera.current.scale / scale;
      camera.current = { x: x + (camera.current.x - x) * ratio, y: y + (camera.current.y - y) * ratio, scale };
      schedule.current();
    };
    host.addEventListener('pointerdown', onDown);
    host.addEventListener('pointermove', onMove);
    host.addEventListener('pointerup', onUp);
    host.addEventListener('pointerleave', onLeave);
    const onKey = (event: KeyboardEvent) => {
      const [right, up] = KEYS[event.key] ?? [0, 0];
      const zoom = event.key === '+' || event.key === '=' ? 1.25 : event.key === '-' ? 0.8 : 1;
      if (right === 0 && up === 0 && zoom === 1) return;
      event.preventDefault();
      const { x, y, scale } = camera.current;
      camera.current = { x: x + (right * KEY_STEP_PX) / scale, y: y + (up * KEY_STEP_PX) / scale, scale: Math.min(SCALES[1], Math.max(SCALES[0], scale * zoom)) };
      schedule.current();
    };
    host.addEventListener('keydown', onKey);
    host.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      host.removeEventListener('pointerdown', onDown);
      host.removeEventListener('pointermove', onMove);
      host.removeEventListener('pointerup', onUp);
      host.removeEventListener('pointerleave', onLeave);
      host.removeEventListener('wheel', onWheel);
      host.removeEventListener('keydown', onKey);
    };
  }, [plant, sources]);

  const annotations = () => annotate({ zoneRisks: sources.zoneRisks.get(), riskField: sources.riskField.get(), emergencies: sources.emergencies.get(), rings, posts, people: sources.people.get(), values: sources.values.get(), alarms: sources.alarms.get(), cameraEvents: sources.cameraEvents.get(), layers, selection, language, now: clock.now() });
  const description = hover === null ? null : describe(hover.over, plant, { sources, language, now: clock.now() });
  return (
    <div ref={frame} data-twin="plan" tabIndex={0} role="application" aria-label={WORDS.name[language]} style={{ position: 'relative', width: '100%', height: '100%', overflow: 'hidden', background: css(palette.background), touchAction: 'none', outline: 'none' }}>
      <Overlay handle={overlay} annotations={annotations} theme={palette} clock={clock} flash={motion === 'full'} />
      {legend && <Legend layers={layers} emergencies={emergencies} riskField={riskField} theme={palette} language={language} />}
      {instruments && <Instruments handle={dials} theme={palette} language={language} />}
      {notice && <div style={{ position: 'absolute', left: 16, top: 16, padding: '4px 10px', borderRadius: 2, background: css(palette.raised, 0.92), color: css(palette.dim), fontSize: '0.85em', pointerEvents: 'none' }}>{WORDS.plain[language]}</div>}
      {description !== null && hover !== null && <Tooltip description={description} at={hover.at} box={size()} theme={palette} />}
      {lost && (
        <div role="alert" style={{ position: 'absolute', inset: 0, display: 'grid', placeItems: 'center', background: css(palette.background, 0.85), color: css(palette.text) }}>
          {WORDS.lost[language]}
        </div>
      )}
    </div>
  );
};

const placeOf = ({ plant, sources }: TwinProps, { kind, id }: Selection): readonly [number, number] | null => {
  const first = (position: readonly number[] | undefined): readonly [number, number] | null => (position === undefined ? null : [position[0]!, position[1]!]);
  switch (kind) {
    case 'equipment':
      return first(plant.equipment.find((item) => item.id === id)?.position);
    case 'tag':
      return first(plant.equipment.find((item) => item.id === plant.tags.find((tag) => tag.id === id)?.equipment)?.position);
    case 'detector':
      return first(plant.detectors.find((item) => item.id === id)?.position);
    case 'camera':
      return first(plant.cameras.find((item) => item.id === id)?.position);
    case 'zone':
      return first(plant.zones.find((zone) => zone.id === id)?.polygon.reduce<[number, number]>(([x, y], [px, py], _, { length }) => [x + px / length, y + py / length], [0, 0]));
    case 'muster': {
      const node = plant.muster.find((muster) => muster.id === id)?.node;
      return first(plant.walkways.nodes.find((item) => item.id === node)?.position);
    }
    case 'person': {
      const i = plant.people.findIndex((person) => person.id === id);
      const [x, y] = [sources.people.get().x[i] ?? Number.NaN, sources.people.get().y[i] ?? Number.NaN];
      return Number.isFinite(x) && Number.isFinite(y) ? [x, y] : null;
    }
  }
};
