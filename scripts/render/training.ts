/**
 * `node scripts/render/training.ts --out FOLDER [--from N] [--count N]`: pictures of the demo plant as surveillance cameras see it, with
 * people and fires whose boxes are known exactly, as `images/*.jpg` and `annotations.json` (COCO with `labelled_category_ids`, `source` twin).
 * Picture n is always the same picture. A set that was begun is gone on with.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStudioPage } from './studioPage.ts';

const { values: options } = parseArgs({ options: { out: { type: 'string' }, from: { type: 'string', default: '0' }, count: { type: 'string', default: '100' } } });
if (options.out === undefined) throw new Error('--out FOLDER is missing');
const folder = options.out;
const [from, count] = [Number(options.from), Number(options.count)];
const CATEGORIES = ['person', 'hardhat', 'no_hardhat', 'vest', 'no_vest', 'fire', 'smoke'];

type Annotation = { id: number; image_id: number; category_id: number; bbox: readonly number[]; area: number; iscrowd: 0; person_id?: number; attributes?: { hardhat: boolean | null; vest: boolean | null } };
type Annotations = { info: unknown; licenses: unknown; categories: unknown; images: { id: number; [key: string]: unknown }[]; annotations: Annotation[] };
mkdirSync(join(folder, 'images'), { recursive: true });
const file = join(folder, 'annotations.json');
const set: Annotations = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as Annotations)
  : { info: { description: 'Pictures rendered by the twin of the demonstration plant', version: '1.0' }, licenses: [{ id: 1, name: 'own work' }], categories: CATEGORIES.map((name, index) => ({ id: index + 1, name })), images: [], annotations: [] };
const save = () => writeFileSync(file, JSON.stringify(set));

const { page, close } = await openStudioPage();
try {
  const started = performance.now();
  for (let seed = from; seed < from + count; seed += 1) {
    const id = seed + 1;
    if (set.images.some((image) => image.id === id)) continue;
    const example = await page.evaluate((n) => globalThis.pictures.example(n), seed);
    const name = `images/twin_${String(seed).padStart(5, '0')}.jpg`;
    writeFileSync(join(folder, name), Buffer.from(example.jpeg, 'base64'));
    set.images.push({ id, file_name: name, width: 640, height: 360, license: 1, source: 'twin', subset: 'rendered', source_name: `twin-${seed}-${example.hour}`, labelled_category_ids: [1, 2, 3, 4, 5, 6, 7], assumed_absent_category_ids: [] });
    const first = (set.annotations.at(-1)?.id ?? 0) + 1;
    example.boxes.forEach(({ category, box, of, wears }, index) => {
      set.annotations.push({ id: first + index, image_id: id, category_id: category, bbox: box, area: box[2] * box[3], iscrowd: 0, ...(of !== undefined && { person_id: first + of }), ...(wears !== undefined && { attributes: wears }) });
    });
    if (seed % 20 === 19) {
      save();
      console.log(`${seed - from + 1} of ${count}, ${((performance.now() - started) / 1000 / (seed - from + 1)).toFixed(2)} s each`);
    }
  }
} finally {
  save();
  await close();
}
