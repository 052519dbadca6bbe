import { PerspectiveCamera, Vector3 } from 'three';
import { MapControls } from 'three/addons/controls/MapControls.js';
import { centre, type Point3 } from '../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../src-shared/plant/index.ts';
import type { PeoplePositions, Selection } from './twinProps.ts';

export type Pose = { readonly eye: Point3; readonly target: Point3 };
/** Orbit with limits and flights between poses. Drag to move over the ground, right drag (or ctrl) to turn, wheel to come nearer. */
export type CameraRig = {
  readonly target: Vector3;
  /** Flies (or jumps when `instant`); a touch of the controls ends a flight. */
  goTo(pose: Pose, instant: boolean): void;
  /** Moves a running flight on to a time (ms, any origin); true while one runs. */
  step(at: number): boolean;
  dispose(): void;
};

const FLIGHT_MS = 380;
const FIELD_OF_VIEW = 28;
/** Above the horizon, radians: steep enough to see between the units, flat enough to know a tank from a circle; steeper in a narrow window, which it fills better. */
const overviewTilt = (aspect: number): number => ((50 + 25 * Math.min(1, Math.max(0, 1.75 - aspect))) * Math.PI) / 180;

export const createCamera = (): PerspectiveCamera => {
  const camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 2, 4_000);
  camera.up.set(0, 0, 1);
  return camera;
};

export const createCameraRig = (camera: PerspectiveCamera, element: HTMLElement, options: { plant: PlantModel; onMove: () => void }): CameraRig => {
  const { width, depth } = options.plant.site;
  const controls = new MapControls(camera, element);
  element.tabIndex = 0;
  element.style.outline = 'none';
  controls.listenToKeyEvents(element);
  controls.keyPanSpeed = 40;
  controls.enableDamping = false;
  controls.zoomToCursor = true;
  controls.screenSpacePanning = false;
  controls.minDistance = 12;
  controls.maxDistance = Math.hypot(width, depth) * 2;
  controls.maxPolarAngle = (86 * Math.PI) / 180;
  let flight: { from: Pose; to: Pose; since: number | null } | null = null;
  const place = ({ eye, target }: Pose) => {
    camera.position.set(...eye);
    controls.target.set(...target);
    fit();
    controls.update();
  };
  // The nearer the camera, the nearer the near plane: the depth buffer keeps centimetres apart at every distance.
  const fit = () => {
    controls.target.set(Math.min(width, Math.max(0, controls.target.x)), Math.min(depth, Math.max(0, controls.target.y)), Math.min(60, Math.max(0, controls.target.z)));
    const away = camera.position.distanceTo(controls.target);
    camera.near = Math.max(0.8, away * 0.04);
    camera.far = away + Math.hypot(width, depth) * 2.5;
    camera.updateProjectionMatrix();
  };
  controls.addEventListener('change', () => {
    fit();
    options.onMove();
  });
  controls.addEventListener('start', () => {
    flight = null;
  });
  const mix = (a: Point3, b: Point3, t: number): Point3 => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
  return {
    target: controls.target,
    goTo(pose, instant) {
      if (instant) {
        flight = null;
        place(pose);
      } else flight = { from: { eye: camera.position.toArray() as [number, number, number], target: controls.target.toArray() as [number, number, number] }, to: pose, since: null };
      options.onMove();
    },
    step(at) {
      if (flight === null) return false;
      flight.since ??= at;
      const t = Math.min(1, (at - flight.since) / FLIGHT_MS);
      const eased = t * t * (3 - 2 * t);
      const { from, to } = flight;
      if (t >= 1) flight = null;
      place({ eye: mix(from.eye, to.eye, eased), target: mix(from.target, to.target, eased) });
      return t < 1;
    },
    dispose: () => controls.dispose(),
  };
};

/** A named view of the plant model, or the overview. */
export const poseOf = (plant: PlantModel, view: string, aspect: number): Pose => plant.views.find(({ id, unit }) => id === view && unit !== undefined) ?? (view === 'overview' ? overview(plant, aspect) : (plant.views.find(({ id }) => id === view) ?? overview(plant, aspect)));

/** All of the site from the south, as near as the window lets it fit. */
export const overview = (plant: PlantModel, aspect: number): Pose => {
  const { width, depth } = plant.site;
  const camera = createCamera();
  camera.aspect = aspect;
  camera.updateProjectionMatrix();
  const corners = [[-6, -6], [width + 6, -6], [width + 6, depth + 6], [-6, depth + 6]].map(([x, y]) => new Vector3(x, y, 0));
  const tilt = overviewTilt(aspect);
  const poseAt = (away: number, y: number): Pose => ({ eye: [width / 2, y - away * Math.cos(tilt), away * Math.sin(tilt)], target: [width / 2, y, 0] });
  const seen = (pose: Pose) => {
    camera.position.set(...pose.eye);
    camera.lookAt(...pose.target);
    camera.updateMatrixWorld();
    return corners.map((corner) => corner.clone().project(camera));
  };
  let [away, y] = [Math.hypot(width, depth), depth / 2];
  for (let round = 0; round < 24; round += 1) {
    const points = seen(poseAt(away, y));
    const reach = Math.max(...points.map((point) => Math.max(Math.abs(point.x) / 0.97, Math.abs(point.y) / 0.86)));
    const middle = (Math.max(...points.map((point) => point.y)) + Math.min(...points.map((point) => point.y))) / 2;
    y += middle * away * 0.3;
    away *= 1 + (reach - 1) * 0.5;
  }
  return poseAt(away, y);
};

/** Where to stand to see one thing, from the south-west and above; null when its place is not known. */
export const poseFor = (plant: PlantModel, selection: Selection, people: PeoplePositions): Pose | null => {
  const look = (target: Point3, reach: number): Pose => ({ eye: [target[0] - reach * 0.45, target[1] - reach * 0.9, target[2] + reach * 0.6], target });
  switch (selection.kind) {
    case 'tag':
    case 'equipment': {
      const id = selection.kind === 'equipment' ? selection.id : plant.tags.find((tag) => tag.id === selection.id)?.equipment;
      const item = plant.equipment.find((candidate) => candidate.id === id);
      return item === undefined ? null : look([item.position[0], item.position[1], item.position[2] + item.size[2] * 0.4], 26 + Math.max(...item.size) * 2);
    }
    case 'detector':
    case 'camera': {
      const item = (selection.kind === 'detector' ? plant.detectors : plant.cameras).find(({ id }) => id === selection.id);
      return item === undefined ? null : look([item.position[0], item.position[1], item.position[2]], 32);
    }
    case 'person': {
      const index = plant.people.findIndex(({ id }) => id === selection.id);
      const [x, y, z] = [people.x[index] ?? Number.NaN, people.y[index] ?? Number.NaN, people.z[index] ?? 0];
      return Number.isFinite(x) && Number.isFinite(y) ? look([x, y, Number.isFinite(z) ? z : 0], 60) : null;
    }
    case 'zone': {
      const zone = plant.zones.find(({ id }) => id === selection.id);
      if (zone === undefined) return null;
      const [x, y] = centre(zone.polygon);
      return look([x, y, 0], 40 + Math.max(...zone.polygon.map((p) => Math.hypot(p[0] - x, p[1] - y))) * 1.9);
    }
    case 'muster': {
      const node = plant.muster.find(({ id }) => id === selection.id)?.node;
      const position = plant.walkways.nodes.find(({ id }) => id === node)?.position;
      return position === undefined ? null : look([position[0], position[1], 0], 70);
    }
  }
};
