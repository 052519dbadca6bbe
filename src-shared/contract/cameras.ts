import { z } from 'zod';
import { PictureZone } from '../plant/index.ts';
import { command, contract, Id, LocalText, query, table, UtcMs } from './define.ts';

/** One camera as the station receives it. */
export const CameraRow = z.object({
  camera: Id,
  kind: z.enum(['jpeg', 'mjpeg', 'rtsp']),
  /** Without user and password. */
  url: z.string(),
  /** connecting → live ⇄ stale (no new picture, or always the same) → down (link lost, tried again) ; refused = needs a person (password, certificate, no ffmpeg). */
  state: z.enum(['connecting', 'live', 'stale', 'down', 'refused']),
  since: UtcMs,
  /** Why it is not live. */
  reason: LocalText.nullable(),
  /** Arrival of the newest picture; its age says how old what you see is. */
  lastAt: UtcMs.nullable(),
  width: z.number(),
  height: z.number(),
  /** Pictures received, and those taken of them, a second. */
  received: z.number(),
  fps: z.number(),
  /** Pictures that a newer one overtook before anybody had taken them. */
  dropped: z.number(),
  /** What came and was no picture. */
  rejected: z.number(),
  reconnects: z.number(),
  analytics: z.boolean(),
  zones: z.array(PictureZone),
  /** Whether the zones were drawn in the app and stand in place of the site file's. */
  isRedrawn: z.boolean(),
});
export type CameraRow = z.infer<typeof CameraRow>;

/** Something seen on a picture; `head`: one of which it cannot be told whether it wears a helmet. The box is left, top, width and height in fractions of the picture; `track` follows one thing over many pictures. */
export const PictureBox = z.object({
  kind: z.enum(['person', 'hardhat', 'no_hardhat', 'head', 'vest', 'no_vest', 'fire', 'smoke']),
  confidence: z.number(),
  box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  track: z.number().nullable(),
  /** What is wrong with it, as far as it has been told; null: nothing, or it cannot be told. */
  breach: z.enum(['no-helmet', 'no-vest', 'intrusion', 'climbing', 'fire', 'smoke']).nullable(),
});
export type PictureBox = z.infer<typeof PictureBox>;

/** A picture kept as evidence. Its bytes are blurred at faces and heads; `sha256` of them is in the ledger. */
export const Evidence = z.object({
  id: Id,
  /** Of a camera; null for a photo that a person handed in. */
  camera: Id.nullable(),
  at: UtcMs,
  kind: z.string(),
  text: LocalText,
  width: z.number(),
  height: z.number(),
  boxes: z.array(PictureBox),
  sha256: z.string(),
  /** `whole`: nobody looked for heads on it, so all of it is coarse. `none`: a photo taken by a person of a thing. */
  blurred: z.enum(['heads', 'whole', 'none']),
  hasOriginal: z.boolean(),
});
export type Evidence = z.infer<typeof Evidence>;

export const cameras = contract('cameras', {
  cameras: table({ key: Id, keyOf: 'camera', row: CameraRow, delivery: 'latest' }),
  /**
   * The newest picture of a camera that is newer than `after`; null when none has come for two seconds. Where the vision model keeps up, the newest that it has looked at, with what it saw; `boxes` is
   * null where nobody looked. Whoever shows a camera asks again with what it has: so a
   * slow screen skips pictures, one that looks elsewhere costs nothing, and nothing queues.
   */
  picture: query({ input: z.strictObject({ camera: Id, after: UtcMs.nullable().default(null) }), output: z.object({ at: UtcMs, jpeg: z.instanceof(Uint8Array), boxes: z.array(PictureBox).nullable() }).nullable() }),
  /** Draws the zones anew; null goes back to the site file's. */
  setZones: command({ input: z.strictObject({ camera: Id, zones: z.array(PictureZone).max(40).nullable() }), output: CameraRow, refusals: ['UnknownCamera', 'SameZoneTwice'], needs: 'site.configure' }),
  /** Newest first; of one camera or of all. */
  evidence: query({ input: z.strictObject({ camera: Id.nullable().default(null), limit: z.int().min(1).max(200).default(20) }), output: z.array(Evidence) }),
  /** One piece of evidence with its bytes, boxes drawn in when asked; null when there is none (any more). `isIntact`: the bytes on disk are those that the ledger names. */
  evidencePicture: query({ input: z.strictObject({ id: Id, drawn: z.boolean().default(false) }), output: Evidence.extend({ jpeg: z.instanceof(Uint8Array), isIntact: z.boolean() }).nullable() }),
});
