import { intersectionOverUnion, type Box, type Detection, type VisionClass } from './detect.ts';

/** A worker on one picture. `hat` and `vest`: worn, missing, or it cannot be told. A hat in the hand is not worn. */
export type Worker = { readonly box: Box; readonly score: number; readonly hat: Wearing; readonly vest: Wearing; readonly head: Box | null };
export type Wearing = 'worn' | 'missing' | 'unknown';

export type WorkerRules = {
  /** Score from which a box is believed, per class. */
  readonly thresholds: Readonly<Partial<Record<VisionClass, number>>>;
  /** Net pixels per pixel of the picture. */
  readonly scale: number;
  /** Lower heads, in net pixels, tell nothing. */
  readonly smallestHead: number;
};

/** A head sits within this share of a standing person, from the top. */
const HEAD_ZONE = 0.4;
/** Two answers on one head that are this close leave it open. */
const CLOSE_CALL = 0.12;
/** A standing person has about this many heads of height, and is about this many wide. */
const [HEADS_HIGH, HEADS_WIDE] = [7, 2.4];

/** Joins persons, heads and vests of one picture. A head without a person is a worker of whom only the head is seen. */
export const workersOf = (detections: readonly Detection[], { thresholds, scale, smallestHead }: WorkerRules): readonly Worker[] => {
  const believed = (...classes: readonly VisionClass[]) => detections.filter(({ class: kind, score }) => classes.includes(kind) && score >= (thresholds[kind] ?? 0.5));
  const heads = settled(believed('hardhat', 'no_hardhat'), 'hardhat');
  const vests = settled(believed('vest', 'no_vest'), 'vest');
  const persons = believed('person').map(({ box, score }) => ({ box, score }));
  const free = new Set(heads);

  const withHead = persons.map((person) => {
    const own = heads.filter(({ box }) => isHeadOf(box, person.box)).toSorted((a, b) => distanceToTop(a.box, person.box) - distanceToTop(b.box, person.box))[0];
    // What lies within a person and not at its head (a hat in the hand, a hat on the belt) is nobody's head.
    for (const head of heads) if (head === own || shareWithin(head.box, person.box) > 0.8) free.delete(head);
    return { ...person, head: own };
  });
  const alone = [...free].map((head) => ({ box: bodyOf(head.box), score: head.score, head }));

  return [...withHead, ...alone].map(({ box, score, head }): Worker => {
    const vest = vests.filter((each) => shareWithin(each.box, box) > 0.6).toSorted((a, b) => b.score - a.score)[0];
    const isNearEnough = box.height * scale >= smallestHead * 4;
    return {
      box,
      score,
      head: head?.box ?? null,
      hat: head === undefined || head.box.height * scale < smallestHead ? 'unknown' : head.answer,
      vest: vest === undefined || !isNearEnough ? 'unknown' : vest.answer,
    };
  });
};

type Answered = Detection & { readonly answer: Wearing };

/** One answer for each place: of two boxes on the same head the stronger counts, and none does when they are about as strong. */
const settled = (found: readonly Detection[], worn: VisionClass): readonly Answered[] => {
  const kept: Answered[] = [];
  for (const each of found.toSorted((a, b) => b.score - a.score)) {
    const index = kept.findIndex(({ box }) => intersectionOverUnion(box, each.box) > 0.45);
    if (index < 0) kept.push({ ...each, answer: each.class === worn ? 'worn' : 'missing' });
    else if (kept[index]!.class !== each.class && kept[index]!.score - each.score < CLOSE_CALL) kept[index] = { ...kept[index]!, answer: 'unknown' };
  }
  return kept;
};

const isHeadOf = (head: Box, person: Box): boolean => {
  const [x, y] = [head.x + head.width / 2, head.y + head.height / 2];
  // A helmet may stand out above the person's box.
  return x > person.x && x < person.x + person.width && y > person.y - head.height * 0.6 && y < person.y + person.height * HEAD_ZONE && head.height < person.height * 0.6;
};

const distanceToTop = (head: Box, person: Box): number => Math.hypot(head.x + head.width / 2 - person.x - person.width / 2, head.y - person.y);

/** Share of the first box that lies within the second. */
const shareWithin = (inner: Box, outer: Box): number => {
  const width = Math.min(inner.x + inner.width, outer.x + outer.width) - Math.max(inner.x, outer.x);
  const height = Math.min(inner.y + inner.height, outer.y + outer.height) - Math.max(inner.y, outer.y);
  return width > 0 && height > 0 ? (width * height) / (inner.width * inner.height) : 0;
};

const bodyOf = ({ x, y, width, height }: Box): Box => ({ x: x + width / 2 - (HEADS_WIDE * width) / 2, y, width: HEADS_WIDE * width, height: HEADS_HIGH * height });
