import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openVisionSession, readVisionModel, type VisionClass } from '../modules/inference/index.ts';
import { readAnnotations } from './vision/cocoFile.ts';
import { blazes, precisions, wearers, type Seen } from './vision/tally.ts';

/**
 * `evaluate:vision -- --images DIR --annotations COCO.json [--model CARD.json] [--out FILE] --json`: the shipped detector (or another) on DIR/file_name. `map50` is the mean over all classes that have a box, each over the pictures
 * where it was looked for; `map50Heads` over hard hats and bare heads; `msPerFrame` from the encoded picture to the boxes, mean, one thread. At the card's thresholds: fire or smoke per picture, missing hats and vests per person.
 */
const LEAST_SCORE = 0.01;

const fail = (sentence: string): never => {
  console.error(sentence);
  process.exit(2);
};
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const { values } = (() => {
  try {
    return parseArgs({ options: { images: { type: 'string' }, annotations: { type: 'string' }, model: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean', default: false } } });
  } catch (error) {
    return fail(reason(error));
  }
})();
const folder = values.images ?? fail('--images DIR is missing: the folder that the file names of the annotations start from');
const file = values.annotations ?? fail('--annotations COCO.json is missing');
if (!existsSync(folder)) fail(`--images ${folder} does not exist`);
if (!existsSync(file)) fail(`--annotations ${file} does not exist`);

const { pictures, idOf, unknown } = (() => {
  try {
    return readAnnotations(readFileSync(file, 'utf8'));
  } catch (error) {
    return fail(`${file}: ${reason(error)}`);
  }
})();
const read = (fileName: string, index: number): Uint8Array => {
  try {
    return readFileSync(join(folder, fileName));
  } catch (error) {
    return fail(`${file}: images[${index}].file_name: ${fileName} cannot be read below ${folder} (${reason(error)})`);
  }
};

const checked = readVisionModel(values.model ?? join(import.meta.dirname, '../../models/vision-ppe.json'));
if (!checked.ok) fail(checked.refusal.text.en);
else {
  const { card } = checked.value;
  const session = await openVisionSession(checked.value);
  const seen: Seen[] = [];
  let spentMs = 0;
  for (const [index, picture] of pictures.entries()) {
    const encoded = read(picture.fileName, index);
    const started = performance.now();
    const sight = await session.detect(encoded, LEAST_SCORE);
    spentMs += performance.now() - started;
    if (!sight.ok) fail(`${file}: images[${index}].file_name: ${picture.fileName}: ${sight.refusal.text.en}`);
    else seen.push({ picture, detections: sight.value.detections });
  }
  await session.close();
  if (values.out !== undefined) writeFileSync(values.out, JSON.stringify(seen.flatMap(({ picture, detections }) => detections.flatMap((found) => resultOf(picture.id, found)))));
  const { thresholds } = card;
  const report = { ...precisions(seen), msPerFrame: spentMs / pictures.length, n: pictures.length, unknownCategories: unknown, blazes: blazes(seen, thresholds), hats: wearers(seen, thresholds, 'hardhat'), vests: wearers(seen, thresholds, 'vest') };
  if (values.json) console.log(JSON.stringify(report));
  else console.error(report);
}

function resultOf(image: number, { class: which, score, box }: { readonly class: VisionClass; readonly score: number; readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } }) {
  const category = idOf.get(which);
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return category === undefined ? [] : [{ image_id: image, category_id: category, bbox: [box.x, box.y, box.width, box.height].map(rounded), score: Math.round(score * 1e5) / 1e5 }];
}
