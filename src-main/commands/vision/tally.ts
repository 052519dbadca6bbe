import { averagePrecision, VISION_CLASSES, type Box, type Detection, type VisionClass } from '../../modules/inference/index.ts';
import type { Annotated } from './cocoFile.ts';

/** A picture with what was found in it. */
export type Seen = { readonly picture: Annotated; readonly detections: readonly Detection[] };

const HEADS: readonly VisionClass[] = ['hardhat', 'no_hardhat'];
const BLAZES: readonly VisionClass[] = ['fire', 'smoke'];

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

/** What a person should wear: the classes that say so, and where on the person they are looked for, as shares of the height from the top. */
const WORN = {
  hardhat: { worn: 'hardhat', missing: 'no_hardhat', middle: 0, lowest: 0.45 },
  vest: { worn: 'vest', missing: 'no_vest', middle: 0.35, lowest: 0.8 },
} as const;
type Worn = keyof typeof WORN;

/** Of persons of whom it is known whether they wear `item`: how many who do not are seen, and how many wearers are taken for one without. Null without such persons. */
export const wearers = (seen: readonly Seen[], thresholds: Thresholds, item: Worn) => {
  const { worn, missing } = WORN[item];
  const verdicts = seen.flatMap(({ picture, detections }) => {
    const things = detections.filter((found) => (found.class === worn || found.class === missing) && found.score >= thresholds[found.class]);
    return picture.truth.flatMap(({ class: which, box, wears }) => (which === 'person' && wears[item] !== null ? [{ wears: wears[item], seenAs: nearest(box, things, item)?.class ?? null }] : []));
  });
  if (verdicts.length === 0) return null;
  const [without, wearing] = [verdicts.filter(({ wears }) => !wears), verdicts.filter(({ wears }) => wears)];
  const share = (own: typeof verdicts, which: VisionClass) => mean(own.map(({ seenAs }) => Number(seenAs === which)));
  const falseAlarms = share(wearing, missing);
  return {
    without: without.length, missingSeen: share(without, missing), missingTakenForWorn: share(without, worn),
    wearers: wearing.length, wornSeen: share(wearing, worn), falseAlarmsPer100Wearers: falseAlarms === null ? null : 100 * falseAlarms,
  };
};

/** The thing that most likely belongs to a person: its middle where such things are worn, nearest to the middle of that. */
const nearest = (person: Box, things: readonly Detection[], item: Worn): Detection | null => {
  const { middle, lowest } = WORN[item];
  const centre = (box: Box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const away = ({ box }: Detection) => Math.hypot(centre(box).x - (person.x + person.width / 2), centre(box).y - (person.y + middle * person.height));
  const own = things.filter(({ box }) => {
    const { x, y } = centre(box);
    return x >= person.x && x <= person.x + person.width && y >= person.y && y <= person.y + lowest * person.height;
  });
  return own.toSorted((a, b) => away(a) - away(b))[0] ?? null;
};
