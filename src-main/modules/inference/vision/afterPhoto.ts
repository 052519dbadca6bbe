import type { PhotoComparison, PictureBox } from '../../../../src-shared/contract/index.ts';
import { ok, text, type Refusal, type Result, type Text } from '../../../../src-shared/kernel/index.ts';
import { carried, SAME_PLACE, type Alignment, type EvidenceBook } from '../../cameras/index.ts';

export type Photos = {
  /** Takes the photo handed in with a rectification: refused when it is no picture or was used before; kept as evidence of its record, and compared with the picture of the hazard (null: there is none). */
  take(input: { readonly jpeg: Uint8Array; readonly before: string | null; readonly text: Text; readonly at: number }): Promise<Result<{ readonly evidence: string; readonly comparison: PhotoComparison }, Refusal<'NotAPicture' | 'UsedBefore'>>>;
};

const SIGNS: Readonly<Record<string, readonly PictureBox['kind'][]>> = {
  'no-helmet': ['no_hardhat'],
  'no-vest': ['no_vest'],
  intrusion: ['person'],
  climbing: ['person'],
  fire: ['fire'],
  smoke: ['smoke'],
};
/** What on a picture shows that a hazard of this kind is there; nothing for kinds that no picture shows. */
export const signsOf = (kind: string): readonly PictureBox['kind'][] => SIGNS[kind] ?? [];

const cannotTell = (zh: string, en: string): PhotoComparison => ({ verdict: 'cannot-tell', reason: text(zh, en) });
/** Room around the place of the hazard, in its own sides: people and cameras move a little. */
const ROOM = 0.5;

/** Judges rectification photos: `look` gives the boxes on a picture, null when no model can. */
export const createPhotos = ({ evidence, look }: { readonly evidence: EvidenceBook; look(jpeg: Uint8Array): Promise<readonly PictureBox[] | null> }): Photos => ({
  async take({ jpeg, before, text: words, at }) {
    const examined = await evidence.examine(jpeg);
    if (!examined.ok) return examined;
    const boxes = await look(jpeg);
    const first = before === null ? undefined : evidence.find(before);
    const alignment = first === undefined || before === null ? null : await evidence.compare(before, jpeg);
    const comparison = compareSights({ kind: first?.kind ?? null, first: first?.boxes ?? null, second: boxes, alignment });
    if (before !== null) evidence.hold(before);
    const kept = evidence.keep({ camera: null, at, kind: 'rectification', text: words, jpeg, boxes, isHeld: true });
    return ok({ evidence: kept, comparison });
  },
});

/** `first` and `second`: what is on the two pictures; null when there is no first, or nobody could look at the second. */
export const compareSights = ({ kind, first, second, alignment }: { readonly kind: string | null; readonly first: readonly PictureBox[] | null; readonly second: readonly PictureBox[] | null; readonly alignment: Alignment | null }): PhotoComparison => {
  if (first === null || alignment === null) return cannotTell('没有整改前的图片,无法比对', 'There is no picture from before to compare with');
  if (alignment.likeness < SAME_PLACE) return cannotTell('两张图片看起来不是同一地点,无法比对', 'The two pictures do not seem to show the same place');
  const signs = kind === null ? [] : signsOf(kind);
  if (signs.length === 0) return cannotTell('同一地点;这类隐患需由人判断', 'The same place; a person must judge a hazard of this kind');
  if (second === null) return cannotTell('识别模型不可用,无法判断', 'The detector is not available');
  const marked = first.filter(({ breach }) => breach === kind);
  const places = (marked.length > 0 ? marked : first.filter(({ kind: each }) => signs.includes(each))).map(({ box }) => carried(box, alignment));
  if (places.length === 0) return cannotTell('整改前的图片上没有标出隐患位置', 'The picture from before does not mark where the hazard is');
  if (places.some(({ inSight }) => inSight < 0.6)) return cannotTell('整改后的图片没有拍到隐患位置', 'The second picture does not show the place of the hazard');
  const isNear = ([left, top, width, height]: PictureBox['box']) =>
    places.some(({ box: [x, y, wide, high] }) => {
      const [middleX, middleY] = [left + width / 2, top + height / 2];
      return middleX > x - ROOM * wide && middleX < x + wide * (1 + ROOM) && middleY > y - ROOM * high && middleY < y + high * (1 + ROOM);
    });
  const left = second.filter((each) => signs.includes(each.kind) && isNear(each.box));
  if (left.length > 0) return { verdict: 'still-there', reason: text('同一地点,隐患仍在', 'The same place, and the hazard is still there') };
  if (kind === 'no-helmet' && second.some((each) => each.kind === 'head' && isNear(each.box))) return cannotTell('人太远,看不清是否戴帽', 'Too far away to tell whether a helmet is worn');
  return { verdict: 'gone', reason: text('同一地点,原位置已看不到该隐患', 'The same place, and the hazard is no longer seen there') };
};
