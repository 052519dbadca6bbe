import type { PictureBox } from '../../../../src-shared/contract/index.ts';
import type { Box } from './grey.ts';

/** Room around a head, in its own sides: the box may be a little off. */
const MARGIN = 0.3;
/** A head reaches this far down a standing person. */
const HEAD_OF_PERSON = 0.24;

/**
 * What is blurred on a picture: every head that was found, and the upper part of every person in whom none was; cut at the picture's edge. `aspect` is width over height of the picture.
 */
export const headsOf = (boxes: readonly Pick<PictureBox, 'kind' | 'box'>[], aspect: number): readonly Box[] => {
  const heads = boxes.filter(({ kind }) => kind === 'hardhat' || kind === 'no_hardhat' || kind === 'head').map(({ box }) => box);
  const hasHead = ([left, top, width, height]: Box) => heads.some(([x, y, wide, high]) => x + wide / 2 > left && x + wide / 2 < left + width && y + high / 2 > top && y + high / 2 < top + height * 0.5);
  const guessed = boxes.filter(({ kind, box }) => kind === 'person' && !hasHead(box)).map(({ box: [left, top, width, height] }): Box => {
    // A stooping person is wide; the head may be anywhere along the upper edge.
    const isUpright = height > 1.4 * width * aspect;
    return [left, top, width, height * (isUpright ? HEAD_OF_PERSON : 0.6)];
  });
  return [...heads.map(([left, top, width, height]): Box => [left - MARGIN * width, top - MARGIN * height, width * (1 + 2 * MARGIN), height * (1 + 2 * MARGIN)]), ...guessed].map(cut);
};

const cut = ([left, top, width, height]: Box): Box => {
  const [x, y] = [Math.min(1, Math.max(0, left)), Math.min(1, Math.max(0, top))];
  return [x, y, Math.max(0, Math.min(1, left + width) - x), Math.max(0, Math.min(1, top + height) - y)];
};
