import { z } from 'zod';

/**
 * What lies in `assets/cameras`: loops of pictures for every camera of the plant, drawn by the twin (`npm run -s cameras:render`). The
 * pose is kept with them, so that a camera that was moved since is found out.
 */
const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

export const CameraPictures = z.strictObject({
  format: z.literal('anlan.cameras/1'),
  plant: Id,
  width: z.int().positive(),
  height: z.int().positive(),
  /** How long one picture of a loop is shown, ms. */
  frameMs: z.int().positive(),
  cameras: z.array(
    z.strictObject({
      id: Id,
      pose: z.strictObject({ position: z.tuple([z.number(), z.number(), z.number()]), heading: z.number(), tilt: z.number(), fieldOfView: z.number() }),
      /** Files of each loop, relative to the manifest; every camera has a loop `normal`. */
      loops: z.record(Id, z.array(z.string().regex(/^[\w.-]+\/[\w.-]+\.jpg$/)).min(1)),
    }),
  ),
});
export type CameraPictures = z.infer<typeof CameraPictures>;

/** The loop that is shown while nothing happens. */
export const NORMAL = 'normal';
