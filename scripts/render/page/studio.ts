import { ACESFilmicToneMapping, type BufferGeometry, Color, DirectionalLight, Fog, type Group, HemisphereLight, type Material, Mesh, MeshBasicMaterial, type Object3D, PCFShadowMap, PerspectiveCamera, PointLight, Scene, Vector3, WebGLRenderer, WebGLRenderTarget } from 'three';
import type { Point3 } from '../../../src-shared/kernel/index.ts';
import type { Blaze } from './blaze.ts';
import type { Figure, Part } from './figure.ts';
import type { PlantStage } from './plantStage.ts';
import { createSky, type Light } from './weather.ts';

/** Where a camera stands and looks; `across` is the horizontal field of view, degrees. */
export type CameraPose = { readonly eye: Point3; readonly target: Point3; readonly across: number; readonly roll?: number };
export type Shot = { readonly pose: CameraPose; readonly light: Light; readonly figures: readonly Figure[]; readonly blazes: readonly Blaze[]; readonly things: readonly Group[]; readonly seed: number; /** Lamps that are lit when it is dark. */ readonly lamps: readonly Vector3[] };
/** x, y, width, height in pixels. */
export type Box = readonly [number, number, number, number];
/** What can be seen of a figure: boxes of its visible pixels, and the share of it that is visible. */
export type Sighting = { readonly figure: Figure; readonly person: Box; readonly seen: number; readonly head: { readonly box: Box; readonly seen: number } | null; readonly torso: { readonly box: Box; readonly seen: number } | null };
export type Studio = {
  readonly camera: PerspectiveCamera;
  readonly canvas: HTMLCanvasElement;
  /** Turns the camera to a pose. */
  aim(pose: CameraPose): void;
  /** Draws a picture onto `canvas`. */
  shoot(shot: Shot): void;
  /** Ground truth of the same picture from a second drawing in which everything has its number for a colour. */
  measure(shot: Shot): { readonly people: readonly Sighting[]; readonly fires: readonly Box[]; readonly smokes: readonly Box[] };
};

export const WIDTH = 640;
export const HEIGHT = 360;
const PARTS: readonly Part[] = ['head', 'torso', 'body', 'held'];
/** From this cover on a pixel counts as flame or smoke. */
const COVER = 105;
const LAMPS = 4;

export const createStudio = (stage: PlantStage): Studio => {
  const renderer = new WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
  renderer.setSize(WIDTH, HEIGHT, false);
  renderer.toneMapping = ACESFilmicToneMapping;
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = PCFShadowMap;
  const camera = new PerspectiveCamera(40, WIDTH / HEIGHT, 0.2, 2_000);
  camera.up.set(0, 0, 1);
  const scene = new Scene();
  scene.fog = new Fog('#ffffff', 80, 900);
  const sky = createSky();
  const hemisphere = new HemisphereLight('#ffffff', '#888888', 1);
  hemisphere.position.set(0, 0, 1);
  const sun = new DirectionalLight('#ffffff', 1);
  sun.castShadow = true;
  sun.shadow.mapSize.set(2_048, 2_048);
  sun.shadow.bias = -0.0006;
  sun.shadow.normalBias = 0.04;
  const lamps = Array.from({ length: LAMPS }, () => new PointLight('#ffe2b0', 0, 0, 2));
  scene.add(sky.mesh, hemisphere, sun, sun.target, stage.group, ...lamps);

  const aim = ({ eye, target, across, roll = 0 }: CameraPose) => {
    camera.fov = (Math.atan(Math.tan((across * Math.PI) / 360) * (HEIGHT / WIDTH)) * 360) / Math.PI;
    camera.position.set(...eye);
    camera.up.set(0, 0, 1);
    camera.lookAt(...target);
    camera.rotateZ(roll);
    camera.updateProjectionMatrix();
    camera.updateMatrixWorld();
    sky.mesh.position.copy(camera.position);
  };
  const put = (shot: Shot): (() => void) => {
    const guests: Object3D[] = [...shot.figures.map(({ group }) => group), ...shot.blazes.flatMap(({ flames, smoke, light }) => [flames, smoke, light]), ...shot.things];
    if (guests.length > 0) scene.add(...guests);
    return () => void scene.remove(...guests);
  };
  const illuminate = ({ light, pose, lamps: wanted, seed }: Shot) => {
    sky.set(light, seed);
    hemisphere.color.set(light.skyColour);
    hemisphere.groundColor.set(light.groundColour);
    hemisphere.intensity = light.skyStrength;
    sun.color.set(light.sunColour);
    sun.intensity = light.sunStrength;
    const middle = new Vector3(...pose.target);
    const away = Math.min(60, Math.max(14, camera.position.distanceTo(middle) * 1.15));
    sun.target.position.set(middle.x, middle.y, 0);
    sun.position.copy(sun.target.position).addScaledVector(light.sun, 160);
    Object.assign(sun.shadow.camera, { left: -away, right: away, top: away, bottom: -away, near: 20, far: 320 });
    sun.shadow.camera.updateProjectionMatrix();
    (scene.fog as Fog).color.set(light.horizon);
    lamps.forEach((lamp, n) => {
      const at = wanted[n];
      lamp.visible = light.lamps && at !== undefined;
      if (at === undefined) return;
      lamp.position.copy(at);
      lamp.color.set(light.hour === 'infrared' ? '#ffffff' : '#ffdca6');
      lamp.intensity = light.hour === 'dusk' ? 60 : 150;
    });
    if (light.hour === 'infrared') {
      lamps[0]!.position.copy(camera.position);
      lamps[0]!.intensity = 90 * Math.max(1, camera.position.distanceTo(middle) / 8) ** 2;
    }
    renderer.toneMappingExposure = light.exposure;
  };

  const target = new WebGLRenderTarget(WIDTH, HEIGHT);
  const pixels = new Uint8Array(WIDTH * HEIGHT * 4);
  const blind = new MeshBasicMaterial({ colorWrite: false });
  const read = () => renderer.readRenderTargetPixels(target, 0, 0, WIDTH, HEIGHT, pixels);
  /** Box of the pixels that pass; rows come from the bottom up. */
  const boxOf = (passes: (at: number) => boolean): { box: Box; count: number } | null => {
    let [x0, x1, y0, y1, count] = [WIDTH, -1, HEIGHT, -1, 0];
    for (let y = 0; y < HEIGHT; y += 1) {
      for (let x = 0; x < WIDTH; x += 1) {
        if (!passes((y * WIDTH + x) * 4)) continue;
        count += 1;
        if (x < x0) x0 = x;
        if (x > x1) x1 = x;
        if (y < y0) y0 = y;
        if (y > y1) y1 = y;
      }
    }
    return count === 0 ? null : { box: [x0, HEIGHT - 1 - y1, x1 - x0 + 1, y1 - y0 + 1], count };
  };
  return {
    camera,
    canvas: renderer.domElement,
    aim,
    shoot(shot) {
      const takeAway = put(shot);
      aim(shot.pose);
      illuminate(shot);
      for (const blaze of shot.blazes) blaze.face(camera.position);
      renderer.render(scene, camera);
      takeAway();
    },
    measure(shot) {
      const takeAway = put(shot);
      aim(shot.pose);
      const shown = (wanted: { stage?: boolean; figures?: readonly Figure[]; flames?: Blaze; smoke?: Blaze }) => {
        stage.group.visible = wanted.stage ?? false;
        for (const thing of shot.things) thing.visible = wanted.stage ?? false;
        for (const figure of shot.figures) figure.group.visible = wanted.figures?.includes(figure) ?? false;
        for (const blaze of shot.blazes) [blaze.flames.visible, blaze.smoke.visible] = [wanted.flames === blaze, wanted.smoke === blaze];
      };
      const fog = scene.fog;
      scene.fog = null;
      sky.mesh.visible = false;
      renderer.shadowMap.enabled = false;
      renderer.autoClear = false;
      renderer.setRenderTarget(target);
      renderer.setClearColor(new Color(0, 0, 0), 0);
      renderer.clear();
      const plain = swap([stage.group, ...shot.things], () => blind);
      const numbered = shot.figures.map((figure, n) => swap([figure.group], (part) => numberPaint(n + 1, PARTS.indexOf(part) + 1)));
      shown({ stage: true });
      renderer.render(scene, camera);
      shown({ figures: shot.figures });
      renderer.render(scene, camera);
      read();
      type Tally = Record<'whole' | 'head' | 'torso', { box: Box; count: number } | null>;
      const tally = (n: number): Tally => {
        const mine = (at: number) => pixels[at] === (n + 1) * 8;
        const part = (wanted: Part) => boxOf((at) => mine(at) && pixels[at + 1] === (PARTS.indexOf(wanted) + 1) * 40);
        return { whole: boxOf(mine), head: part('head'), torso: part('torso') };
      };
      const visible = shot.figures.map((_, n) => tally(n));
      const covers = (pick: (blaze: Blaze) => { flames?: Blaze; smoke?: Blaze }): Box[] =>
        shot.blazes.flatMap((blaze) => {
          renderer.clear(true, false, false);
          shown(pick(blaze));
          renderer.render(scene, camera);
          read();
          const found = boxOf((at) => pixels[at + 3]! > COVER);
          return found === null || found.count < 24 ? [] : [found.box];
        });
      const fires = covers((blaze) => ({ flames: blaze }));
      const smokes = covers((blaze) => ({ smoke: blaze }));
      const people = shot.figures.flatMap((figure, n): Sighting[] => {
        const { whole, head, torso } = visible[n]!;
        if (whole === null) return [];
        renderer.clear();
        shown({ figures: [figure] });
        renderer.render(scene, camera);
        read();
        const alone = tally(n);
        const share = (part: 'head' | 'torso', found: { box: Box; count: number } | null) => (found === null ? null : { box: found.box, seen: found.count / (alone[part]?.count ?? 1) });
        return [{ figure, person: whole.box, seen: whole.count / (alone.whole?.count ?? 1), head: share('head', head), torso: share('torso', torso) }];
      });
      for (const restore of [plain, ...numbered]) restore();
      stage.group.visible = true;
      for (const each of [...shot.things, ...shot.figures.map(({ group }) => group), ...shot.blazes.flatMap(({ flames, smoke }) => [flames, smoke])]) each.visible = true;
      scene.fog = fog;
      sky.mesh.visible = true;
      renderer.shadowMap.enabled = true;
      renderer.autoClear = true;
      renderer.setRenderTarget(null);
      takeAway();
      return { people, fires, smokes };
    },
  };
};

/** Paint whose colour is the number of a figure (times 8) and of its part (times 40). */
const numbers = new Map<string, MeshBasicMaterial>();
const numberPaint = (figure: number, part: number): Material => {
  const key = `${figure}/${part}`;
  let paint = numbers.get(key);
  if (paint === undefined) {
    paint = new MeshBasicMaterial({ toneMapped: false, fog: false });
    paint.color.setRGB((figure * 8) / 255, (part * 40) / 255, 0);
    numbers.set(key, paint);
  }
  return paint;
};

const swap = (roots: readonly Object3D[], to: (part: Part) => Material): (() => void) => {
  const before: [Mesh<BufferGeometry>, Material | Material[]][] = [];
  for (const root of roots) {
    root.traverse((each) => {
      if (!(each instanceof Mesh)) return;
      before.push([each, each.material]);
      each.material = to(each.userData['part'] ?? 'body');
    });
  }
  return () => {
    for (const [mesh, material] of before) mesh.material = material;
  };
};
