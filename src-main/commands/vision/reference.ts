import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { decilesOf, openVisionSession, readVisionModel, type DriftReference } from '../../modules/inference/index.ts';

/**
 * Writes into the card what drift in service is measured against: what the pictures of training are like, and the strongest score that the model finds on each. A draw is a
 * source: pictures of one source were taken alike, and a site's cameras are one source more.
 * `node src-main/commands/vision/reference.ts --images PPE/train [--images TWIN/train] --every 4 --card models/vision-ppe.json`; each folder has an `annotations.json` that names its pictures and their sources.
 */
const { values } = parseArgs({ options: { images: { type: 'string', multiple: true, default: [] }, every: { type: 'string', default: '4' }, card: { type: 'string' } } });
const every = Number(values.every);
if (values.card === undefined || values.images.length === 0 || !Number.isInteger(every) || every < 1) {
  console.error('usage: reference --images FOLDER [--images FOLDER] [--every N] --card CARD.json');
  process.exit(2);
}
const Annotations = z.object({ images: z.array(z.object({ file_name: z.string(), source: z.string() })) });
const pictures = values.images.flatMap((folder) =>
  Annotations.parse(JSON.parse(readFileSync(join(folder, 'annotations.json'), 'utf8'))).images.map(({ file_name: file, source }) => ({ file: join(folder, file), source })),
).filter((_each, index) => index % every === 0);

const checked = readVisionModel(values.card);
if (!checked.ok) {
  console.error(checked.refusal.text.en);
  process.exit(2);
}
const session = await openVisionSession(checked.value);
const rows: number[][] = [];
for (const { file } of pictures) {
  const sight = await session.detect(readFileSync(file), 1);
  if (sight.ok) rows.push([...sight.value.measures, sight.value.strongest]);
  else console.error(`${file}: ${sight.refusal.text.en}`);
}
await session.close();
const columns = (rows[0] ?? []).map((_each, column) => decilesOf(rows.map((row) => row[column]!)));
const reference: DriftReference = { inputs: columns.slice(0, -1), output: columns.at(-1) ?? [], draws: new Set(pictures.map(({ source }) => source)).size };
const card = JSON.parse(readFileSync(values.card, 'utf8')) as Record<string, unknown>;
writeFileSync(values.card, `${JSON.stringify({ ...card, reference }, null, 1)}\n`);
console.error(`${rows.length} pictures of ${reference.draws} sources`, reference);
