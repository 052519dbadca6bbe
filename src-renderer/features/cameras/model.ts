import type { CameraEvent, CameraRow, PictureBox } from '../../../src-shared/contract/index.ts';
import { camerasTowards, type Camera } from '../../../src-shared/plant/index.ts';

const KIND_ORDER: Readonly<Record<CameraEvent['kind'], number>> = { fire: 0, smoke: 1, fall: 2, intrusion: 3, climbing: 4, 'no-helmet': 5, 'no-vest': 6 };

/** Camera events, gravest kind first, then newest. */
export const eventsInOrder = (events: readonly CameraEvent[]): readonly CameraEvent[] => [...events].sort((a, b) => KIND_ORDER[a.kind] - KIND_ORDER[b.kind] || b.lastAt - a.lastAt);

/** The camera event that matters now. */
export const mattersNow = (events: readonly CameraEvent[]): CameraEvent | null => eventsInOrder(events)[0] ?? null;

/** Fire and a person down call louder than clothing. */
export const isGrave = (kind: CameraEvent['kind']): boolean => KIND_ORDER[kind] <= KIND_ORDER.fall;

/** What is drawn of the boxes: people, and what is wrong, a blaze by one frame around all of its flames; hats and vests that are worn, and fire that is not yet believed, say nothing. */
export const tellingBoxes = (boxes: readonly PictureBox[]): readonly PictureBox[] => [
  ...boxes.filter(({ kind, breach }) => kind !== 'fire' && kind !== 'smoke' && (breach !== null || kind === 'person')),
  ...(['fire', 'smoke'] as const).flatMap((kind) => around(boxes.filter((each) => each.breach === kind))),
];

const around = (boxes: readonly PictureBox[]): readonly PictureBox[] => {
  const [first] = boxes;
  if (first === undefined) return [];
  const [left, top] = [Math.min(...boxes.map(({ box }) => box[0])), Math.min(...boxes.map(({ box }) => box[1]))];
  const [right, bottom] = [Math.max(...boxes.map(({ box }) => box[0] + box[2])), Math.max(...boxes.map(({ box }) => box[1] + box[3]))];
  return [{ ...first, box: [left, top, right - left, bottom - top] }];
};

/** Whether what is shown is the plant of now. */
export const isLive = (row: CameraRow | undefined): boolean => row?.state === 'live';

/** Cameras that matter to an emergency: those that see its place, nearest first, then the others of its zone. */
export const camerasOf = (cameras: readonly Camera[], { place, zone }: { readonly place: readonly [number, number] | null; readonly zone: string }): readonly Camera[] => [
  ...new Set([...(place === null ? [] : camerasTowards(cameras, place)), ...cameras.filter((camera) => camera.zone === zone)]),
];
