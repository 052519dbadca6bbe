import { averagePrecision, VISION_CLASSES, type Box, type Detection, type VisionClass } from '../../modules/inference/index.ts';
import type { Annotated } from './cocoFile.ts';

/** A picture with what was found in it. */
export type Seen = { readonly picture: Annotated; readonly detections: readonly Detection[] };

const HEADS: readonly VisionClass[] = ['hardhat', 'no_hardhat'];
const BLAZES: readonly VisionClass[] = ['fire', 'smoke'];
/** Where in a person's box a head is looked for: this share of its height from the top. */
const HEAD_SHARE = 0.45;

const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, each) => sum + each, 0) / values.length);

/** Average precision at IoU 0.5 of every class that has a box, and its mean over all of them and over the heads (null where no box is). */
export const precisions = (seen: readonly Seen[]) => {
  const perClass: Partial<Record<VisionClass, number>> = {};
  for (const each of VISION_CLASSES) {
    const precision = averagePrecision(
      seen
        .filter(({ picture }) => picture.labelled.has(each))
        .map(({ picture, detections }) => ({ found: detections.filter((found) => found.class === each), truth: picture.truth.flatMap((thing) => (thing.class === each ? [thing.box] : [])) })),
    );
    if (precision !== null) perClass[each] = precision;
  }
  const over = (classes: readonly VisionClass[]) => mean(classes.flatMap((each) => perClass[each] ?? []));
  return { map50: over(VISION_CLASSES), map50Heads: over(HEADS), perClass };
};

export type Thresholds = Readonly<Record<VisionClass, number>>;

/** Of pictures where fire and smoke were looked for or are taken to be absent: whether either is in it, and whether either is believed to be. Null without such pictures. */
export const blazes = (seen: readonly Seen[], thresholds: Thresholds) => {
  const judged = seen
    .filter(({ picture }) => BLAZES.every((each) => picture.labelled.has(each) || picture.absent.has(each)))
    .map(({ picture, detections }) => ({ isThere: picture.truth.some((thing) => BLAZES.includes(thing.class)), isSeen: detections.some((found) => BLAZES.includes(found.class) && found.score >= thresholds[found.class]) }));
  if (judged.length === 0) return null;
  const there = judged.filter(({ isThere }) => isThere);
  const quiet = judged.filter(({ isThere }) => !isThere);
  return { frames: there.length, recall: mean(there.map(({ isSeen }) => Number(isSeen))), quietFrames: quiet.length, falseAlarms: quiet.filter(({ isSeen }) => isSeen).length };
};

/** Of persons of whom it is known whether they wear a hard hat: how many bare heads are seen, and how many wearers are taken for bare-headed. Null without such persons. */
export const hats = (seen: readonly Seen[], thresholds: Thresholds) => {
  const verdicts = seen.flatMap(({ picture, detections }) => {
    const heads = detections.filter((found) => HEADS.includes(found.class) && found.score >= thresholds[found.class]);
    return picture.truth.flatMap(({ class: which, box, wearsHardhat }) => (which === 'person' && wearsHardhat !== null ? [{ wearsHardhat, head: headOf(box, heads) }] : []));
  });
  if (verdicts.length === 0) return null;
  const share = (own: readonly (typeof verdicts)[number][], head: VisionClass | null) => mean(own.map((each) => Number((each.head?.class ?? null) === head)));
  const [bare, wearing] = [verdicts.filter(({ wearsHardhat }) => !wearsHardhat), verdicts.filter(({ wearsHardhat }) => wearsHardhat)];
  const falseAlarms = share(wearing, 'no_hardhat');
  return {
    bareHeads: bare.length, missingSeen: share(bare, 'no_hardhat'), missingTakenForWorn: share(bare, 'hardhat'),
    wearers: wearing.length, wornSeen: share(wearing, 'hardhat'), falseAlarmsPer100Wearers: falseAlarms === null ? null : 100 * falseAlarms,
  };
};

/** The head that most likely belongs to a person: its middle in the upper part of the person's box, nearest to the top middle. */
const headOf = (person: Box, heads: readonly Detection[]): Detection | null => {
  const middle = (box: Box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const away = (head: Detection) => Math.hypot(middle(head.box).x - (person.x + person.width / 2), middle(head.box).y - person.y);
  const own = heads.filter(({ box }) => {
    const { x, y } = middle(box);
    return x >= person.x && x <= person.x + person.width && y >= person.y && y <= person.y + HEAD_SHARE * person.height;
  });
  return own.toSorted((a, b) => away(a) - away(b))[0] ?? null;
};
