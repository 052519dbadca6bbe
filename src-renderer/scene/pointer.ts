import { type PerspectiveCamera, Plane, type Ray, Raycaster, Vector2, Vector3 } from 'three';
import { contains, createScope, disposable, type Disposable, type Point3 } from '../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../src-shared/plant/index.ts';
import type { Hovered } from '../map/describe.ts';
import { pixelOf } from '../map/pixel.ts';
import type { PlantObjects } from './plantObjects.ts';
import type { TwinProps } from './twinProps.ts';

type Pixel = readonly [x: number, y: number];
export type PointerOptions = {
  readonly element: HTMLElement;
  readonly camera: PerspectiveCamera;
  readonly plant: PlantModel;
  readonly objects: PlantObjects;
  readonly props: () => Pick<TwinProps, 'layers' | 'sources' | 'onSelect'>;
  readonly onHover: (over: Hovered | null, at: Pixel) => void;
};

/** Pixels within which a person's dot answers, and a press counts as a click. */
const [DOT_REACH, CLICK_REACH] = [8, 4];
/** Height of a person's dot above what they stand on, as drawn. */
const DOT_HEIGHT = 1.7;

/** A click that did not drag selects; a resting pointer explains. People answer first, then what the ray meets, then the zone on the ground. */
export const watchPointer = ({ element, camera, plant, objects, props, onHover }: PointerOptions): Disposable => {
  const raycaster = new Raycaster();
  let down: Pixel = [0, 0];
  /** Where the pointer rests, and the frame that will look what is there. */
  let resting: Pixel = [0, 0];
  let frame: number | null = null;
  let shown = false;
  const at = (event: PointerEvent): Pixel => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const person = ([x, y]: Pixel): Hovered | null => {
    const positions = props().sources.people.get();
    const near = plant.people.map(({ id }, i) => {
      const [px, py, pz] = [positions.x[i] ?? Number.NaN, positions.y[i] ?? Number.NaN, positions.z[i] ?? 0];
      const pixel = Number.isFinite(px) && Number.isFinite(py) ? projectPoint(camera, element, [px, py, (Number.isFinite(pz) ? pz : 0) + DOT_HEIGHT]) : null;
      return { id, away: pixel === null ? Number.POSITIVE_INFINITY : Math.hypot(pixel[0] - x, pixel[1] - y) };
    });
    const nearest = near.reduce((best, other) => (other.away < best.away ? other : best), { id: '', away: DOT_REACH * pixelOf(element) });
    return nearest.id === '' ? null : { kind: 'person', id: nearest.id };
  };
  const ground = (ray: Ray): Vector3 | null => ray.intersectPlane(new Plane(new Vector3(0, 0, 1), 0), new Vector3());
  const zone = (point: Vector3 | null): Hovered | null => {
    const under = point === null ? undefined : plant.zones.find(({ polygon }) => contains(polygon, point.x, point.y));
    return under === undefined ? null : { kind: 'zone', id: under.id };
  };
  const pick = (pixel: Pixel): Hovered | null => {
    const { layers } = props();
    const dot = layers.people ? person(pixel) : null;
    if (dot !== null) return dot;
    raycaster.setFromCamera(new Vector2((pixel[0] / element.clientWidth) * 2 - 1, 1 - (pixel[1] / element.clientHeight) * 2), camera);
    const hit = objects.picker.pick(raycaster.ray);
    const owner = hit === null ? undefined : objects.owners[hit.owner];
    if (owner !== undefined && owner.kind !== 'site') return { kind: owner.kind, id: owner.id };
    return layers.zones ? zone(hit?.point ?? ground(raycaster.ray)) : null;
  };
  const explain = (over: Hovered | null, pixel: Pixel) => {
    shown = over !== null;
    element.style.cursor = over === null ? 'default' : 'pointer';
    onHover(over, pixel);
  };
  const forget = () => {
    if (frame !== null) cancelAnimationFrame(frame);
    frame = null;
  };
  const scope = createScope();
  scope.add(disposable(forget));
  const on = (name: 'pointermove' | 'pointerdown' | 'pointerup' | 'pointerleave', run: (event: PointerEvent) => void) => {
    element.addEventListener(name, run);
    scope.add(disposable(() => element.removeEventListener(name, run)));
  };
  on('pointermove', (event) => {
    if (event.buttons !== 0) {
      if (shown) explain(null, at(event));
      return;
    }
    resting = at(event);
    frame ??= requestAnimationFrame(() => {
      frame = null;
      const over = pick(resting);
      // A zone fills the ground: it would have a tooltip everywhere. It answers a click.
      explain(over?.kind === 'zone' ? null : over, resting);
    });
  });
  on('pointerdown', (event) => {
    down = [event.clientX, event.clientY];
  });
  on('pointerup', (event) => {
    if (event.button !== 0 || Math.hypot(event.clientX - down[0], event.clientY - down[1]) > CLICK_REACH) return;
    const over = pick(at(event));
    props().onSelect(over === null || over.kind === 'pipe' ? null : over);
  });
  on('pointerleave', (event) => {
    forget();
    explain(null, at(event));
  });
  return scope;
};

const scratch = new Vector3();

/** Pixel of a plant point in an element's box; null when it is behind the camera. */
export const projectPoint = (camera: PerspectiveCamera, element: HTMLElement, [x, y, z]: Point3): Pixel | null => {
  scratch.set(x, y, z).applyMatrix4(camera.matrixWorldInverse);
  if (scratch.z > -camera.near) return null;
  scratch.applyMatrix4(camera.projectionMatrix);
  return [((scratch.x + 1) / 2) * element.clientWidth, ((1 - scratch.y) / 2) * element.clientHeight];
};
