import type { CameraEvent } from '../../../../src-shared/contract/index.ts';
import { reader, toNumber } from './jsonPayload.ts';
import { readTime } from './timeBounds.ts';

/** Where wearables say they are: columns of equal length. `person` is the index in the plant model's `people`; metres; heart rate in bpm, NaN if none. */
export type PositionBatch = {
  readonly person: Uint32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly heartRate: Float64Array;
  /** Radius within which the wearable says it is, m; NaN where it says nothing of it. */
  readonly accuracy: Float64Array;
  readonly at: Float64Array;
  readonly seenAt: number;
};

/** One event of a camera's own analytics. `camera` and `person` are ids of the plant model. */
export type CameraEventReport = { readonly camera: string; readonly kind: CameraEvent['kind']; readonly confidence: number; readonly person: string | null; readonly at: number; readonly seenAt: number };

export type Position = { readonly x: number; readonly y: number; readonly z: number; readonly heartRate: number; readonly accuracy: number; readonly at: number };
export type Unreadable = { readonly error: string };

const [xOf, yOf, zOf, heartRateOf, accuracyOf, timeOf] = ['x', 'y', 'z', 'hr', 'acc', 't'].map(reader) as [ReturnType<typeof reader>, ReturnType<typeof reader>, ReturnType<typeof reader>, ReturnType<typeof reader>, ReturnType<typeof reader>, ReturnType<typeof reader>];
const [kindOf, confidenceOf, personOf] = ['kind', 'confidence', 'person'].map(reader) as [ReturnType<typeof reader>, ReturnType<typeof reader>, ReturnType<typeof reader>];

/** A wearable's payload `{x, y, z, hr, acc, t}`; `at` is NaN when it states no time. */
export const readPosition = (body: unknown): Position | Unreadable => {
  const [x, y, z] = [toNumber(xOf(body), undefined), toNumber(yOf(body), undefined), zOf(body) === undefined ? 0 : toNumber(zOf(body), undefined)];
  if (Number.isNaN(x + y + z)) return { error: 'x, y and z must be numbers (plant metres)' };
  const heartRate = toNumber(heartRateOf(body), undefined);
  const accuracy = toNumber(accuracyOf(body), undefined);
  const at = timeOf(body) === undefined ? Number.NaN : readTime(timeOf(body));
  return { x, y, z, accuracy: accuracy >= 0 && accuracy < 10_000 ? accuracy : Number.NaN, heartRate: heartRate > 0 && heartRate < 300 ? heartRate : Number.NaN, at };
};

const KINDS: readonly string[] = ['no-helmet', 'no-vest', 'intrusion', 'climbing', 'fire', 'smoke', 'fall'] satisfies readonly CameraEvent['kind'][];
const isKind = (kind: unknown): kind is CameraEvent['kind'] => typeof kind === 'string' && KINDS.includes(kind);

/** A camera's payload `{kind, confidence, person?, t}`; confidence 0 to 1. */
export const readCameraEvent = (body: unknown): { readonly kind: CameraEvent['kind']; readonly confidence: number; readonly person: string | null; readonly at: number } | Unreadable => {
  const kind = kindOf(body);
  if (!isKind(kind)) return { error: `kind must be one of ${KINDS.join(', ')}` };
  const confidence = confidenceOf(body) === undefined ? 1 : toNumber(confidenceOf(body), undefined);
  if (!(confidence >= 0 && confidence <= 1)) return { error: 'confidence must lie between 0 and 1' };
  const person = personOf(body);
  return { kind, confidence, person: typeof person === 'string' ? person.slice(0, 80) : null, at: timeOf(body) === undefined ? Number.NaN : readTime(timeOf(body)) };
};
