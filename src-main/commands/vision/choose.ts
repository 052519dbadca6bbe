import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { judge, VISION_CLASSES, type Detection, type VisionClass } from '../../modules/inference/index.ts';
import { readAnnotations, type Annotated } from './cocoFile.ts';

/**
 * Writes the thresholds into a card: per class the score at which the balance of precision and recall over the given pictures is best, precision counting
 * twice (F0.5): a track has many pictures to be found in, a false alarm one to be made in. Bare heads are what is looked for, and a vote over the track guards them: F1. The pictures are such as training did not see.
 * `node src-main/commands/vision/choose.ts --annotations HELD.json --results OUT.json [--annotations … --results …] --card models/vision-ppe.json`; results are those of `evaluate:vision --out`.
 */
const { values } = parseArgs({ options: { annotations: { type: 'string', multiple: true, default: [] }, results: { type: 'string', multiple: true, default: [] }, card: { type: 'string' } } });
if (values.card === undefined || values.annotations.length === 0 || values.annotations.length !== values.results.length) {
  console.error('--card, and as many --results as --annotations, are needed');
  process.exit(2);
}

type Result = { readonly image_id: number; readonly category_id: number; readonly bbox: readonly [number, number, number, number]; readonly score: number };
const seen = values.annotations.flatMap((file, index) => {
  const { pictures, idOf } = readAnnotations(readFileSync(file, 'utf8'));
  const classOf = new Map([...idOf].map(([which, id]) => [id, which]));
  const results = Map.groupBy(JSON.parse(readFileSync(values.results[index]!, 'utf8')) as readonly Result[], (result) => result.image_id);
  const detection = ({ category_id, bbox: [x, y, width, height], score }: Result): Detection => ({ class: classOf.get(category_id)!, score, box: { x, y, width, height } });
  return pictures.map((picture): { readonly picture: Annotated; readonly detections: readonly Detection[] } => ({ picture, detections: (results.get(picture.id) ?? []).map(detection) }));
});

/** How much recall counts against precision. */
const betaOf = (which: VisionClass) => (which === 'no_hardhat' ? 1 : 0.5);
/** The score with the best balance of one class, and what it gives; null where no box of the class is there. Classes taken to be absent count as false alarms. */
const best = (which: VisionClass) => {
  const pictures = seen.filter(({ picture }) => picture.labelled.has(which) || picture.absent.has(which));
  const judged = pictures.map(({ picture, detections }) => ({ found: detections.filter((each) => each.class === which), truth: picture.truth.flatMap((thing) => (thing.class === which ? [thing.box] : [])) }));
  const total = judged.reduce((sum, { truth }) => sum + truth.length, 0);
  if (total === 0) return null;
  const ranked = judged.flatMap(judge).toSorted((a, b) => b.score - a.score);
  const weight = betaOf(which) ** 2;
  let right = 0;
  const points = ranked.map(({ score, isRight }, index) => {
    if (isRight) right += 1;
    return { threshold: score, precision: right / (index + 1), recall: right / total, balance: ((1 + weight) * right) / (weight * total + index + 1) };
  });
  return points.reduce((most, each) => (each.balance > most.balance ? each : most), { threshold: 1, precision: 0, recall: 0, balance: 0 });
};

const card = JSON.parse(readFileSync(values.card, 'utf8')) as { thresholds: Record<string, number> };
const chosen = VISION_CLASSES.flatMap((which) => {
  const point = best(which);
  return point === null ? [] : [[which, point] as const];
});
for (const [which, { threshold }] of chosen) card.thresholds[which] = Math.floor(threshold * 1000) / 1000;
writeFileSync(values.card, `${JSON.stringify(card, null, 1)}\n`);
console.log(JSON.stringify(Object.fromEntries(chosen)));
