import { Vector3 } from 'three';
import { contains } from '../../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import { type Blaze, createBlaze } from './blaze.ts';
import { develop, developmentOf } from './develop.ts';
import { createFigure, type Figure } from './figure.ts';
import { type Looks, looksOf } from './looks.ts';
import { createClutter, type PlantStage } from './plantStage.ts';
import { createRandom, type Random } from './random.ts';
import { stanceOf } from './stances.ts';
import { type Box, type CameraPose, HEIGHT, type Shot, type Studio, WIDTH } from './studio.ts';
import { type Light, lightOf } from './weather.ts';

/** One picture of the training set with its boxes; categories as in the photographs' data set. */
export type Example = { readonly jpeg: string; readonly hour: Light['hour']; readonly boxes: readonly ExampleBox[] };
export type ExampleBox = { readonly category: 1 | 2 | 3 | 4 | 5 | 6 | 7; readonly box: Box; /** Index of the person's box, for what a person wears. */ readonly of?: number; readonly wears?: { readonly hardhat: boolean | null; readonly vest: boolean | null } };

/** A head is labelled from this height (px) and visible share on. */
const SMALLEST_HEAD = 7;
const SEEN_ENOUGH = 0.4;
const HEAD_METRES = 0.27;

export const createTrainer = (plant: PlantModel, stage: PlantStage, studio: Studio) => {
  const nodes = new Map(plant.walkways.nodes.map(({ id, position }) => [id, position]));
  const ways = plant.walkways.edges.map(({ from, to, width }) => ({ a: nodes.get(from)!, b: nodes.get(to)!, width }));
  const closed = plant.structures.filter(({ kind, shape }) => kind === 'building' && !plant.equipment.some(({ position }) => contains(shape, position[0], position[1])));
  const free = (x: number, y: number, reach: number): boolean => {
    if (closed.some(({ shape }) => contains(shape, x, y))) return false;
    for (let u = -reach; u <= reach; u += 0.25) for (let v = -reach; v <= reach; v += 0.25) if (stage.topAt(x + u, y + v) > 0.3) return false;
    return true;
  };
  const spot = (random: Random): Vector3 => {
    for (;;) {
      const { a, b, width } = random.pick(ways);
      const t = random.between(0, 1);
      const aside = random.between(-1, 1) * (width / 2 + 2.5);
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
      const [x, y] = [a[0] + (b[0] - a[0]) * t - ((b[1] - a[1]) / length) * aside, a[1] + (b[1] - a[1]) * t + ((b[0] - a[0]) / length) * aside];
      if (free(x, y, 0.5)) return new Vector3(x, y, 0.1);
    }
  };
  /** A camera that sees a point at the wanted distance, or null. */
  const poseTo = (at: Vector3, random: Random, options: { distance: number; across: number; low: number; high: number; aside: number }): CameraPose | null => {
    const { distance, across } = options;
    for (let attempt = 0; attempt < 24; attempt += 1) {
      const height = Math.min(random.between(options.low, options.high), at.z + distance * random.between(0.1, 0.75));
      const away = Math.sqrt(Math.max(1, distance ** 2 - (height - at.z) ** 2));
      const azimuth = random.between(0, 2 * Math.PI);
      const eye = new Vector3(at.x + Math.cos(azimuth) * away, at.y + Math.sin(azimuth) * away, Math.max(1.4, height));
      if (closed.some(({ shape, height: top }) => contains(shape, eye.x, eye.y) && eye.z < top + 1)) continue;
      if (stage.topAt(eye.x, eye.y) > eye.z - 1 || stage.picker.blocks(eye, [at.x, at.y, at.z]) || stage.picker.blocks(eye, [at.x, at.y, Math.max(0.6, at.z - 0.9)])) continue;
      const reach = (distance * Math.tan((across * Math.PI) / 360)) * options.aside;
      const [u, v] = [random.between(-1, 1) * reach, random.between(-0.9, 0.6) * reach * (HEIGHT / WIDTH)];
      return { eye: eye.toArray() as [number, number, number], target: [at.x - Math.sin(azimuth) * u, at.y + Math.cos(azimuth) * u, at.z + v], across, roll: random.chance(0.25) ? random.between(-0.05, 0.05) : 0 };
    }
    return null;
  };
  /** Where a ray through a pixel meets the ground. */
  const groundAt = (px: number, py: number): Vector3 | null => {
    const ray = new Vector3((px / WIDTH) * 2 - 1, 1 - (py / HEIGHT) * 2, 0.5).unproject(studio.camera).sub(studio.camera.position).normalize();
    if (ray.z > -0.02) return null;
    return studio.camera.position.clone().addScaledVector(ray, (0.1 - studio.camera.position.z) / ray.z);
  };
  const place = (figure: Figure, at: Vector3, heading: number) => {
    figure.group.position.copy(at);
    figure.group.rotation.z = heading;
    figure.group.updateMatrixWorld(true);
  };
  const burning = (random: Random, light: Light, main: Vector3 | null): { blaze: Blaze; at: Vector3; reach: number } => {
    const onTank = main === null && random.chance(0.45);
    const item = random.pick(plant.equipment.filter(({ kind }) => (onTank ? kind === 'storage-tank' : ['pump', 'compressor', 'heat-exchanger', 'vertical-vessel', 'horizontal-vessel', 'transformer', 'loading-arm', 'reactor'].includes(kind))));
    const top = onTank ? item.position[2] + item.size[2] : random.chance(0.5) ? 0.15 : item.position[2] + item.size[2] * random.between(0.3, 0.9);
    const aside = onTank ? 0 : random.between(0, 1.5);
    const at = main ?? new Vector3(item.position[0] + aside, item.position[1] - aside, top);
    const kind = random.pick(['fire', 'both', 'both', 'smoke'] as const);
    const radius = kind === 'smoke' ? 0 : onTank ? (item.size[0] / 2) * random.between(0.5, 0.9) : random.scale(0.25, 2.6);
    const height = radius * random.between(1.5, 2.9) + 0.4;
    const wind = new Vector3(random.between(-2.5, 2.5), random.between(-2.5, 2.5), 0);
    const blaze = createBlaze({ at, radius, height, smoke: kind === 'fire' ? 0 : random.between(0.35, 1), grey: random.pick([0.06, 0.1, 0.25, 0.5, 0.8]), wind, daylight: light.daylight }, random);
    blaze.at(random.between(20, 90));
    return { blaze, at: new Vector3(at.x, at.y, at.z + height * 0.5), reach: Math.max(radius * 2, height, kind === 'smoke' ? 3 : 1) };
  };

  /** Draws example `seed`; the same seed gives the same picture. */
  return async (seed: number): Promise<Example> => {
    const random = createRandom(seed);
    const light = lightOf(random.pick(['day', 'day', 'day', 'overcast', 'overcast', 'dusk', 'night', 'night', 'infrared'] as const), random);
    const theme = random.pick(['people', 'people', 'people', 'people', 'people', 'people', 'people', 'crowd', 'crowd', 'fire', 'fire', 'fire', 'people+fire', 'empty'] as const);
    const figures: Figure[] = [];
    const blazes: Blaze[] = [];
    let pose: CameraPose | null = null;
    let middle = new Vector3();
    while (pose === null) {
      const across = random.between(28, 72);
      const focal = WIDTH / 2 / Math.tan((across * Math.PI) / 360);
      if (theme === 'fire') {
        const { blaze, at, reach } = burning(random, light, null);
        const distance = Math.max(5, (reach * focal) / random.scale(40, 260));
        pose = distance > 150 ? null : poseTo(at, random, { distance, across, low: 2.5, high: at.z + 12, aside: 0.45 });
        if (pose === null) blaze.dispose();
        else blazes.push(blaze);
        middle = at;
      } else {
        const pixels = random.scale(9, theme === 'crowd' ? 45 : 88);
        const at = spot(random).add(new Vector3(0, 0, 1.5));
        pose = poseTo(at, random, { distance: Math.max(2.2, (HEAD_METRES * focal) / pixels), across, low: 2, high: 9, aside: 0.55 });
        middle = at;
      }
    }
    studio.aim(pose);

    const stand = (at: Vector3, wanted: Partial<Looks> = {}) => {
      const figure = createFigure(looksOf(random, wanted), stanceOf(random), random);
      place(figure, at, random.between(0, 2 * Math.PI));
      figures.push(figure);
    };
    const taken = (at: Vector3) => figures.some(({ group }) => group.position.distanceTo(at) < 0.6);
    if (theme !== 'fire' && theme !== 'empty') stand(new Vector3(middle.x, middle.y, 0.1));
    // In the same gang people wear the same.
    const gang: Partial<Looks> = random.chance(0.35) ? { top: { kind: 'coverall', colour: random.pick(['#1f3a66', '#d8591c', '#6a7078']) } } : {};
    const more = theme === 'empty' ? 0 : theme === 'crowd' ? random.between(4, 10) : theme === 'fire' ? (random.chance(0.4) ? random.between(1, 4) : 0) : random.between(0, 4);
    for (let n = 0; n < more; n += 1) {
      const near = theme === 'crowd' && random.chance(0.5) && figures.length > 0;
      const at = near ? figures[0]!.group.position.clone().add(new Vector3(random.between(-3, 3), random.between(-3, 3), 0)) : groundAt(random.between(30, WIDTH - 30), random.between(HEIGHT * 0.25, HEIGHT + 80));
      if (at === null || at.distanceTo(studio.camera.position) > 55 || at.distanceTo(studio.camera.position) < 2.4 || !free(at.x, at.y, 0.4) || taken(at)) continue;
      stand(at, gang);
    }
    if (theme === 'people+fire') {
      const at = groundAt(random.between(60, WIDTH - 60), random.between(HEIGHT * 0.35, HEIGHT * 0.8));
      if (at !== null && at.distanceTo(studio.camera.position) < 60) blazes.push(burning(random, light, at).blaze);
    }
    const spots = Array.from({ length: Math.round(random.between(0, 9)) }, () => groundAt(random.between(0, WIDTH), random.between(HEIGHT * 0.3, HEIGHT))).flatMap((at) => (at === null || at.distanceTo(studio.camera.position) > 60 || at.distanceTo(studio.camera.position) < 3 || !free(at.x, at.y, 0.4) || taken(at) ? [] : [at]));
    const clutter = createClutter(random, spots);
    const lamps = Array.from({ length: 4 }, () => new Vector3(middle.x + random.between(-14, 14), middle.y + random.between(-14, 14), random.between(5, 8)));
    const shot: Shot = { pose, light, figures, blazes, things: [clutter.group], seed: random.between(0, 100), lamps };
    studio.shoot(shot);
    const jpeg = await develop(studio.canvas, developmentOf(light, random), random);
    const { people, fires, smokes } = studio.measure(shot);
    for (const each of [...figures, ...blazes, clutter]) each.dispose();

    const boxes: ExampleBox[] = [];
    for (const { figure: { looks }, person, seen, head, torso } of people) {
      if (seen < 0.15 || person[3] < 12) continue;
      const headCounts = head !== null && head.seen >= SEEN_ENOUGH && head.box[3] >= SMALLEST_HEAD;
      const torsoCounts = torso !== null && torso.seen >= SEEN_ENOUGH && torso.box[3] >= 8;
      const of = boxes.push({ category: 1, box: person, wears: { hardhat: headCounts ? looks.headWear === 'hardhat' : null, vest: torsoCounts ? looks.vest !== null : null } }) - 1;
      if (headCounts) boxes.push({ category: looks.headWear === 'hardhat' ? 2 : 3, box: head.box, of });
      if (torsoCounts) boxes.push({ category: looks.vest === null ? 5 : 4, box: torso.box, of });
    }
    for (const box of fires) boxes.push({ category: 6, box });
    for (const box of smokes) boxes.push({ category: 7, box });
    return { jpeg, hour: light.hour, boxes };
  };
};
