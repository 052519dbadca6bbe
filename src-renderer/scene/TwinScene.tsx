import { useFrame, useThree } from '@react-three/fiber';
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { Color, type DirectionalLight, type PerspectiveCamera, SRGBColorSpace, Vector3 } from 'three';
import type { Disposable, Point3 } from '../../src-shared/kernel/index.ts';
import { createDataLayers } from '../map/dataLayers.ts';
import type { Hovered } from '../map/describe.ts';
import { watchSources, windOf } from '../map/feed.ts';
import type { OverlayHandle } from '../map/Overlay.tsx';
import { THEMES, type Rgb } from '../map/palette.ts';
import { pixelOf } from '../map/pixel.ts';
import { createSharedDeck, type SharedDeck } from '../map/sharedDeck.ts';
import { type CameraRig, createCameraRig, poseFor, poseOf } from './cameraRig.ts';
import { useSame } from '../map/useSame.ts';
import type { PlantData } from './geometry/plantData.ts';
import type { InstrumentsHandle } from './Instruments.tsx';
import { LIGHTS } from './materials.ts';
import { createPeopleFigures } from './peopleFigures.ts';
import { createPlantObjects } from './plantObjects.ts';
import { projectPoint, watchPointer } from './pointer.ts';
import { NO_RINGS, type TwinHandle, type TwinProps } from './twinProps.ts';

/** Chevrons move in this many steps a second while there is a way out to show. */
const CHEVRON_HZ = 8;
const SLOW_CHEVRON_MS = 800;
const CHEVRON_CYCLE_MS = 1_600;
const SHADOW_MAP = 4_096;

export type TwinSceneProps = TwinProps & {
  readonly data: PlantData;
  readonly overlay: RefObject<OverlayHandle | null>;
  readonly dials: RefObject<InstrumentsHandle | null>;
  readonly onHover: (hovered: Hovered | null, at: readonly [number, number]) => void;
};

/** Everything inside the canvas: plant, light, camera, data layers, picking. Draws only when something has changed. */
export const TwinScene = (props: TwinSceneProps) => {
  const { plant, data, sources, clock, theme, motion = 'full', view } = props;
  const layers = useSame(props.layers);
  const selection = useSame(props.selection);
  const rings = props.rings ?? NO_RINGS;
  const { gl, scene, size, invalidate } = useThree();
  const camera = useThree((state) => state.camera) as PerspectiveCamera;
  const latest = useRef(props);
  latest.current = props;
  const objects = useMemo(() => createPlantObjects(plant, data), [plant, data]);
  const crowd = useMemo(() => createPeopleFigures(plant.people.length), [plant]);
  const dataLayers = useMemo(() => createDataLayers(plant), [plant]);
  const deck = useRef<SharedDeck | null>(null);
  const rig = useRef<CameraRig | null>(null);
  const sun = useRef<DirectionalLight>(null);
  const hovered = useRef<Hovered | null>(null);
  const figures = useRef({ frames: 0, drawCalls: 0, triangles: 0 });

  useEffect(() => () => objects.dispose(), [objects]);
  useEffect(() => () => crowd.dispose(), [crowd]);

  useEffect(() => {
    const context = gl.getContext() as WebGL2RenderingContext;
    const shared = createSharedDeck(context, {
      devicePixels: gl.getPixelRatio(),
      onReady: () => {
        gl.resetState();
        invalidate();
      },
      onError: (error) => {
        // A lost context is announced and mended by TwinView.
        if (!context.isContextLost()) throw error;
      },
    });
    deck.current = shared;
    return () => {
      deck.current = null;
      shared.dispose();
    };
  }, [gl, invalidate]);

  useLayoutEffect(() => {
    const made = createCameraRig(camera, gl.domElement, { plant, onMove: invalidate });
    rig.current = made;
    made.goTo(poseOf(plant, latest.current.view, gl.domElement.clientWidth / Math.max(1, gl.domElement.clientHeight)), true);
    const handle: TwinHandle = {
      goTo: (wanted) => made.goTo(poseOf(plant, wanted, camera.aspect), latest.current.motion === 'none'),
      focus(wanted) {
        const pose = poseFor(plant, wanted, latest.current.sources.people.get());
        if (pose !== null) made.goTo(pose, latest.current.motion === 'none');
      },
      project: (x, y, z) => {
        const at = projectPoint(camera, gl.domElement, [x, y, z]);
        return { x: at?.[0] ?? 0, y: at?.[1] ?? 0, visible: at !== null };
      },
      figures: () => ({ ...figures.current, backend: 'webgl' }),
    };
    latest.current.onReady?.(handle);
    return () => {
      rig.current = null;
      made.dispose();
    };
  }, [camera, gl, plant, invalidate]);

  // A change of the view flies there; the first one is where the camera starts.
  const shownView = useRef(view);
  useEffect(() => {
    if (shownView.current === view) return;
    shownView.current = view;
    rig.current?.goTo(poseOf(plant, view, camera.aspect), motion === 'none');
  }, [view, plant, camera, motion]);

  useEffect(() => {
    objects.setTheme(theme);
    crowd.setTheme(theme);
    const [red, green, blue] = THEMES[theme].background;
    scene.background = new Color().setRGB(red / 255, green / 255, blue / 255, SRGBColorSpace);
    gl.shadowMap.autoUpdate = false;
    gl.shadowMap.needsUpdate = true;
    invalidate();
  }, [objects, crowd, theme, scene, gl, invalidate]);

  useEffect(() => {
    const { width, depth } = plant.site;
    const light = sun.current;
    if (light === null) return;
    const reach = Math.hypot(width, depth) / 2 + 30;
    light.position.set(width / 2 - reach * 0.55, depth / 2 - reach * 0.5, reach * 1.05);
    light.target.position.set(width / 2, depth / 2, 0);
    light.target.updateMatrixWorld();
    Object.assign(light.shadow.camera, { left: -reach, right: reach, top: reach * 0.86, bottom: -reach * 0.86, near: 10, far: reach * 4 });
    light.shadow.camera.updateProjectionMatrix();
    gl.shadowMap.needsUpdate = true;
  }, [plant, gl]);

  // Alarms tint what they are about; the selected is outlined.
  const tint = useRef(() => {});
  tint.current = () => {
    const palette = THEMES[latest.current.theme];
    const tints = new Map<number, { colour: Rgb; amount: number }>();
    if (latest.current.layers.alarms) {
      for (const { equipment, priority, state } of [...latest.current.sources.alarms.get()].sort((a, b) => b.priority - a.priority)) {
        const owner = objects.ownerOf('equipment', equipment);
        if (owner !== undefined && (state === 'unacknowledged' || state === 'acknowledged')) tints.set(owner, { colour: palette.alarm[priority], amount: 0.42 });
      }
    }
    const over = hovered.current;
    const owner = over === null ? undefined : objects.ownerOf(over.kind === 'tag' || over.kind === 'zone' || over.kind === 'person' ? 'site' : over.kind, over.id);
    if (owner !== undefined && owner !== 0 && !tints.has(owner)) tints.set(owner, { colour: palette.text, amount: 0.25 });
    if (objects.setTints(tints)) invalidate();
  };

  const changed = useRef(() => {});
  const version = useRef(0);
  changed.current = () => {
    version.current += 1;
    latest.current.overlay.current?.refresh();
    tint.current();
    invalidate();
  };
  useEffect(() => {
    const watching = watchSources(sources, clock, () => changed.current());
    return () => watching[Symbol.dispose]();
  }, [sources, clock]);

  useEffect(() => {
    const id = selection?.kind === 'tag' ? plant.tags.find((tag) => tag.id === selection.id)?.equipment : selection?.id;
    const kind = selection?.kind === 'tag' ? 'equipment' : selection?.kind;
    objects.outline(id === undefined || kind === undefined || kind === 'zone' || kind === 'person' ? undefined : objects.ownerOf(kind, id), THEMES[theme].text);
    changed.current();
  }, [objects, plant, selection, theme, layers, rings]);

  // The chevrons' beat runs only while there are routes.
  useEffect(() => {
    if (motion === 'none') return;
    let beat: Disposable | undefined;
    let [seen, missed, period] = [-1, 0, 1_000 / CHEVRON_HZ];
    const stop = () => {
      beat?.[Symbol.dispose]();
      beat = undefined;
    };
    const tick = () => {
      // A machine that cannot keep the pace (no graphics device) is asked for less, so that it stays usable.
      missed = figures.current.frames === seen ? missed + 1 : 0;
      seen = figures.current.frames;
      if (missed > 3 && period < SLOW_CHEVRON_MS) {
        period = SLOW_CHEVRON_MS;
        stop();
        beat = clock.every(period, tick);
      }
      invalidate();
    };
    const check = () => {
      const moving = latest.current.layers.routes && sources.emergencies.get().some(({ routes }) => routes.length > 0);
      if (moving && beat === undefined) beat = clock.every(period, tick);
      if (!moving) stop();
    };
    check();
    const watching = sources.emergencies.subscribe(check);
    return () => {
      watching[Symbol.dispose]();
      stop();
    };
  }, [sources, clock, motion, layers.routes, invalidate]);

  useEffect(() => {
    const watching = watchPointer({
      element: gl.domElement,
      camera,
      plant,
      objects,
      props: () => latest.current,
      onHover(over, at) {
        const same = over?.kind === hovered.current?.kind && over?.id === hovered.current?.id;
        hovered.current = over;
        if (!same) tint.current();
        latest.current.onHover(over, at);
      },
    });
    return () => watching[Symbol.dispose]();
  }, [camera, gl, objects, plant]);

  // What is behind something is asked again only when the camera has moved.
  const sight = useRef({ from: '', hidden: new Map<string, boolean>() });
  const isHidden = (point: Point3): boolean => {
    const from = camera.position.toArray().join();
    if (sight.current.from !== from) sight.current = { from, hidden: new Map() };
    const key = point.join();
    const known = sight.current.hidden.get(key) ?? objects.picker.blocks(camera.position, point);
    sight.current.hidden.set(key, known);
    return known;
  };

  // Priority 1: this draws, the fiber does not.
  useFrame(() => {
    const { overlay, dials } = latest.current;
    const pixel = pixelOf(gl.domElement);
    const now = clock.now();
    if (rig.current?.step(clock.monotonic()) === true) invalidate();
    const target = rig.current?.target ?? new Vector3();
    const away = camera.position.distanceTo(target);
    const metresPerPixel = (2 * away * Math.tan((camera.fov * Math.PI) / 360)) / Math.max(1, size.height);
    objects.setOutlineWidth(metresPerPixel * 2.2 * pixel);
    const wind = windOf(plant, sources.wind.get());
    if (wind !== null) objects.setWind(wind.to, wind.speed);
    if (layers.people) crowd.update(sources.people.get(), camera.position);
    else crowd.hide();
    gl.resetState();
    gl.render(scene, camera);
    const { calls, triangles } = gl.info.render;
    gl.resetState();
    const phase = motion === 'none' ? 0.4 : (clock.monotonic() % CHEVRON_CYCLE_MS) / CHEVRON_CYCLE_MS;
    const drawn = dataLayers({ zoneRisks: sources.zoneRisks.get(), riskField: sources.riskField.get(), emergencies: sources.emergencies.get(), rings, people: sources.people.get(), layers, theme, selection, now, phase, span: metresPerPixel * size.width, pixel, version: version.current });
    deck.current?.draw({ view: camera.matrixWorldInverse.elements, position: camera.position.toArray() as [number, number, number], fov: camera.fov, near: camera.near, far: camera.far, distance: away, width: size.width, height: size.height }, drawn);
    gl.resetState();
    figures.current = { frames: figures.current.frames + 1, drawCalls: calls + (deck.current?.ready === true ? drawn.length : 0), triangles };
    overlay.current?.paint((point) => projectPoint(camera, gl.domElement, point), metresPerPixel * size.width, isHidden);
    const ahead = new Vector3().subVectors(target, camera.position);
    const facing = Math.atan2(ahead.x, ahead.y);
    const degrees = (radians: number) => (radians * 180) / Math.PI;
    dials.current?.update({ north: -degrees(facing) - plant.site.north, wind: wind === null ? null : { to: degrees(Math.PI / 2 - wind.to - facing), speed: wind.speed, fromDegrees: wind.fromDegrees }, metresPerPixel });
  }, 1);

  const { sky, ground, ambient, sun: sunColour, sunIntensity } = LIGHTS[theme];
  return (
    <>
      <primitive object={objects.group} />
      <primitive object={crowd.mesh} />
      <hemisphereLight args={[sky, ground, ambient]} position={[0, 0, 1]} />
      <directionalLight ref={sun} color={sunColour} intensity={sunIntensity} castShadow={motion === 'full'} shadow-mapSize={[SHADOW_MAP, SHADOW_MAP]} shadow-bias={-0.0004} shadow-normalBias={0.25} shadow-radius={2.2} />
    </>
  );
};
