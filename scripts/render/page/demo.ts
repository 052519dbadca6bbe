import { Vector3 } from 'three';
import type { Camera, PlantModel } from '../../../src-shared/plant/index.ts';
import { type Blaze, createBlaze } from './blaze.ts';
import { poseOfCamera } from './cameraPose.ts';
import { type Actor, CAST, type Fire } from './cast.ts';
import { develop, type Development } from './develop.ts';
import { createFigure, type Figure } from './figure.ts';
import { looksOf } from './looks.ts';
import type { PlantStage } from './plantStage.ts';
import { createRandom } from './random.ts';
import { type Stance, STANCES, walking } from './stances.ts';
import type { Studio } from './studio.ts';
import { type Light, lightOf } from './weather.ts';

/** A camera of good quality by daylight. */
const STEADY: Development = { blur: 0.3, grain: 0.035, saturation: 0.92, contrast: 1, brightness: 1.02, cast: null, shrink: 1, quality: 0.5, words: null, vignette: 0.1 };
/** One sun for all cameras. */
const NOON: Light = { ...lightOf('day', createRandom(3)), sun: new Vector3(-0.45, -0.5, 0.74).normalize(), sunStrength: 3.4, skyStrength: 1.15, exposure: 1.25, clouds: 0.35 };
const turn = (degrees: number) => (degrees * Math.PI) / 180;

/** Draws picture `frame` of `frames` of one loop of a camera of the plant, as base64 JPEG. People come back to where they began; a fire does not. */
export const createDirector = (plant: PlantModel, stage: PlantStage, studio: Studio) =>
  async (camera: Camera, { loop, frame, frames, frameS }: { readonly loop: string; readonly frame: number; readonly frames: number; readonly frameS: number }): Promise<string> => {
    const scene = CAST[camera.id]?.[loop];
    if (scene === undefined) throw new RangeError(`nothing to show of ${camera.id} in ${loop}`);
    const t = frame / frames;
    const figures = scene.people.map((actor, n) => act(actor, { camera, t, seed: Number(camera.id.replace(/\D/g, '')) * 10 + n, loopS: frames * frameS }));
    for (const { group } of figures) {
      const top = stage.topAt(group.position.x, group.position.y);
      if (top > 0.45 && group.position.z < 0.3) console.warn(`${camera.id} ${loop}: somebody stands in something ${top.toFixed(1)} m high at ${group.position.x.toFixed(1)}, ${group.position.y.toFixed(1)}`);
    }
    const blazes = scene.fire === undefined ? [] : [burn(plant, scene.fire, 40 + frame * frameS)];
    const random = createRandom(7_000 + frame);
    studio.shoot({ pose: poseOfCamera(camera), light: NOON, figures, blazes, things: [], seed: 4, lamps: [] });
    for (const each of [...figures, ...blazes]) each.dispose();
    return develop(studio.canvas, STEADY, random);
  };

const act = (actor: Actor, { camera, t, seed, loopS }: { camera: Camera; t: number; seed: number; loopS: number }): Figure => {
  const random = createRandom(seed);
  const looks = looksOf(random, { headWear: 'hardhat', hatColour: '#f2c514', vest: '#c6ef1f', top: { kind: 'coverall', colour: '#1f3a66' }, trousers: '#1f3a66', hatInHand: false, face: 'plain', ...actor.looks });
  const heading = turn(camera.heading);
  const [ahead, left] = actor.at;
  const place = (d: number, l: number) => new Vector3(camera.position[0] + Math.cos(heading) * d - Math.sin(heading) * l, camera.position[1] + Math.sin(heading) * d + Math.cos(heading) * l, actor.up ?? 0.1);
  const angle = 2 * Math.PI * t;
  let [at, facing, stance]: [Vector3, number, Stance] = [place(ahead, left), turn(actor.facing ?? 180), STANCES.stand(random)];
  if (actor.does === 'patrol') {
    // A long narrow round, so that the walker is back where he began when the loop is.
    const [long, narrow] = [actor.reach ?? 2, 0.45];
    const along = turn(actor.facing ?? 70);
    const [u, v] = [Math.cos(angle) * long, Math.sin(angle) * narrow];
    at = place(ahead + u * Math.cos(along) - v * Math.sin(along), left + u * Math.sin(along) + v * Math.cos(along));
    facing = along + Math.atan2(Math.cos(angle) * narrow, -Math.sin(angle) * long);
    const pace = Math.abs(Math.sin(angle)) * long * 2 * Math.PI / loopS;
    stance = walking((t * Math.round(loopS * 0.95)) % 1, Math.min(1, 0.45 + pace * 0.3));
  } else if (actor.does === 'climb') {
    stance = { lean: 0.45, legs: [{ thigh: 1.25 + 0.2 * Math.sin(angle), knee: 1.3 }, { thigh: 0.05, knee: 0.15 }], arms: [{ swing: 1.6 + 0.3 * Math.sin(angle), out: 0.15, elbow: 0.5 }, { swing: 1.3 - 0.3 * Math.sin(angle), out: 0.15, elbow: 0.7 }], head: { pitch: 0.1, yaw: 0.4 * Math.sin(angle) } };
  } else {
    const base = STANCES[actor.does](random);
    const sway = (n: number, amount: number) => amount * Math.sin(angle * n + seed);
    const arm = (which: 0 | 1, amount: number) => ({ ...base.arms[which], swing: base.arms[which].swing + sway(2 + which, amount), elbow: base.arms[which].elbow + sway(3, amount * 0.6) });
    stance = { ...base, lean: base.lean + sway(1, 0.03), arms: [arm(0, 0.22), arm(1, 0.14)], head: { pitch: base.head.pitch + sway(2, 0.1), yaw: base.head.yaw * 0.4 + sway(1, 0.45) } };
  }
  const figure = createFigure(looks, stance, random);
  figure.group.position.copy(at);
  figure.group.rotation.z = heading + facing;
  return figure;
};

const burn = (plant: PlantModel, { equipment, share, height, smoke }: Fire, seconds: number): Blaze => {
  const { position, size } = plant.equipment.find(({ id }) => id === equipment)!;
  const radius = (size[0] / 2) * share;
  const blaze = createBlaze({ at: new Vector3(position[0], position[1], position[2] + size[2] - 0.3), radius, height, smoke, grey: 0.05, heat: 0.5, wind: new Vector3(0.4, 1.9, 0), daylight: 1 }, createRandom(77));
  blaze.at(seconds);
  return blaze;
};
