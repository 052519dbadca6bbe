import { z } from 'zod';
import { contract, Id, LocalText, series, table, UtcMs } from './define.ts';

/** What a camera saw (from the camera's own analytics or our vision model). */
export const CameraEvent = z.object({ id: Id, camera: Id, kind: z.enum(['no-helmet', 'no-vest', 'intrusion', 'climbing', 'fire', 'smoke', 'fall']), text: LocalText, person: Id.nullable(), confidence: z.number(), firstAt: UtcMs, lastAt: UtcMs, count: z.number(), position: z.tuple([z.number(), z.number()]).nullable(), /** The picture kept of it. */ evidence: Id.nullable() });
export type CameraEvent = z.infer<typeof CameraEvent>;

export const people = contract('people', {
  /** Where people are: index in the plant model's `people`, metres, heart rate (bpm, NaN if none), source time, zone index or -1, radius of uncertainty (m, NaN if not told). */
  positions: series({ columns: ['person', 'x', 'y', 'z', 'heartRate', 'at', 'zone', 'accuracy'] }),
  cameraEvents: table({ key: Id, keyOf: 'id', row: CameraEvent, delivery: 'latest' }),
});
