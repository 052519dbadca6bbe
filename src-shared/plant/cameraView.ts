import type { Camera } from './plantModel.ts';

/** A camera recognises little beyond this, m. */
const FARTHEST = 160;
/** What lies this near is in the picture of a camera that looks down, whatever its heading, m. */
const BELOW = 4;

/** Cameras in whose picture a place of the plant lies (metres), nearest first; buildings between are not looked at. */
export const camerasTowards = <C extends Pick<Camera, 'position' | 'heading' | 'fieldOfView'>>(cameras: readonly C[], [x, y]: readonly [number, number]): readonly C[] =>
  cameras
    .map((camera) => ({ camera, away: Math.hypot(x - camera.position[0], y - camera.position[1]), off: turnBetween((Math.atan2(y - camera.position[1], x - camera.position[0]) * 180) / Math.PI, camera.heading) }))
    .filter(({ camera, away, off }) => away <= BELOW || (away <= FARTHEST && off <= camera.fieldOfView / 2))
    .toSorted((a, b) => a.away - b.away)
    .map(({ camera }) => camera);

/** Angle between two directions, degrees, 0 to 180. */
export const turnBetween = (a: number, b: number): number => Math.abs(((((a - b) % 360) + 540) % 360) - 180);
