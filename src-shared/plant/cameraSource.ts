import { z } from 'zod';
import { Id, Seconds, Tls, Url } from './siteParts.ts';

/**
 * An area drawn on a camera's picture; points are fractions of its width and height from the top left corner, at least three.
 * - `forbidden`: nobody may stand in it; a person stands where the feet are.
 * - `climbing`: at height; a person whose feet are in it has climbed.
 * - `helmet`, `vest`: worn by everybody in it. A camera without any area of the kind asks for it in the whole picture.
 * - `no-fire`: a flare, a lamp or the sun; fire and smoke in it are not reported.
 */
export const PictureZone = z.strictObject({
  id: Id,
  kind: z.enum(['forbidden', 'climbing', 'helmet', 'vest', 'no-fire']),
  polygon: z.array(z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)])).min(3).max(40),
});
export type PictureZone = z.infer<typeof PictureZone>;

const Common = {
  /** Camera of the plant model. */
  id: Id,
  user: z.string().optional(),
  password: z.string().optional(),
  tls: Tls.optional(),
  /** Pictures taken in a second, at most: how often a snapshot is asked for, or how many of a stream are kept. */
  fps: z.number().min(0.02).max(10).default(1),
  /** No picture for this long: the last one is old. */
  staleAfterS: Seconds.default(10),
  /** The same picture, bit for bit, for this long: the camera is frozen. No real picture repeats itself; 0 turns it off. */
  frozenAfterS: z.number().min(0).default(60),
  /** Whether our vision model looks at the pictures. */
  analytics: z.boolean().default(true),
  zones: z.array(PictureZone).max(40).default([]),
};

/** Where the pictures of one camera come from: a snapshot asked for again and again, a stream of JPEGs over HTTP, or RTSP through ffmpeg. */
export const CameraSource = z.discriminatedUnion('kind', [
  z.strictObject({ ...Common, kind: z.literal('jpeg'), url: Url('http', 'https') }),
  z.strictObject({ ...Common, kind: z.literal('mjpeg'), url: Url('http', 'https') }),
  z.strictObject({ ...Common, kind: z.literal('rtsp'), url: Url('rtsp', 'rtsps') }),
]);
export type CameraSource = z.infer<typeof CameraSource>;

/** How long evidence pictures are kept, and whether the unblurred original is kept beside the blurred one. */
export const EvidenceKeeping = z.strictObject({
  days: z.number().positive().default(180),
  megabytes: z.number().positive().default(2_000),
  /** Faces and heads stay recognisable in a second file. Off unless the site has a legal reason for it. */
  keepOriginal: z.boolean().default(false),
});
export type EvidenceKeeping = z.infer<typeof EvidenceKeeping>;
