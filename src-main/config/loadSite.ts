import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ok, text, type Refusal, type Result } from '../../src-shared/kernel/index.ts';
import { PlantModel, RecordsFile, SiteFile } from '../../src-shared/plant/index.ts';
import { formatPath, isProblem, readDocument, type FieldPath, type FileProblem, type RawDocument } from './document.ts';
import { field } from './elements.ts';
import { plantElements, plantProblems } from './plantChecks.ts';
import { judge, problemAt } from './schemaProblems.ts';
import { recordsProblems, siteProblems } from './siteChecks.ts';

/** A site whose three files are sound and agree. Paths inside `site` (certificates and keys) are absolute. */
export type LoadedSite = { readonly file: string; readonly site: SiteFile; readonly plant: PlantModel; readonly records: RecordsFile };
/** All wrong fields of all three files at once; `text` lists them, one a line. */
export type SiteRefusal = Refusal<'SiteFile'> & { readonly problems: readonly FileProblem[] };

/** Reads a site file with its plant model and records, and checks each by its schema and against the others. */
export const loadSite = (file: string): Result<LoadedSite, SiteRefusal> => {
  const path = resolve(file);
  const read = readDocument(path);
  if (isProblem(read)) return refused([read]);
  const site = judge(read, SiteFile);
  const problems = [...site.problems];
  const rawPlant = readBeside(read, 'plant', problems);
  const rawRecords = readBeside(read, 'records', problems);
  const plant = rawPlant === null ? null : judge(rawPlant, PlantModel);
  const records = rawRecords === null ? null : judge(rawRecords, RecordsFile);
  problems.push(...(plant?.problems ?? []), ...(records?.problems ?? []));
  const elements = plant === null ? null : plantElements(plant.document);
  problems.push(...siteProblems(site.document, elements));
  if (plant !== null && elements !== null) problems.push(...plantProblems(plant.document, elements));
  if (records !== null) problems.push(...recordsProblems(records.document, elements));
  const absolute = site.value === null ? null : resolveFiles(read, site.value, problems);
  if (absolute === null || plant === null || plant.value === null || problems.length > 0) return refused(problems);
  return ok({ file: path, site: absolute, plant: plant.value, records: records?.value ?? RecordsFile.parse({ format: 'anlan.records/1' }) });
};

/** The file that `name` of the site file points to; null when it names none or it cannot be read, which is a problem then. */
const readBeside = (site: RawDocument, name: 'plant' | 'records', problems: FileProblem[]): RawDocument | null => {
  const target = field(site.data, name);
  if (typeof target !== 'string' || target === '') return null;
  const read = readDocument(resolve(dirname(site.file), target));
  if (!isProblem(read)) return read;
  // A missing file is the fault of the line that names it; a broken one speaks for itself.
  problems.push(read.line === null ? problemAt(site, [name], text(`${target}：${read.text.zh}`, `${target}: ${read.text.en}`)) : read);
  return null;
};

/** Where a source names files. */
const FILES: Readonly<Record<string, readonly string[]>> = { tls: ['ca', 'certificate', 'key'], userCertificate: ['certificate', 'key'] };

/** Makes the paths of certificates and keys absolute; names those that are not there. */
const resolveFiles = (document: RawDocument, site: SiteFile, problems: FileProblem[]): SiteFile => {
  const resolved = <T extends object>(item: T, path: FieldPath): T => {
    const found: Record<string, unknown> = {};
    for (const [place, stated] of Object.entries(item)) {
      if (!(place in FILES) || typeof stated !== 'object' || stated === null) continue;
      const files: Record<string, unknown> = { ...stated };
      for (const key of FILES[place] ?? []) {
        const name = files[key];
        if (typeof name !== 'string') continue;
        const file = resolve(dirname(document.file), name);
        files[key] = file;
        if (!existsSync(file)) problems.push(problemAt(document, [...path, place, key], text(`文件不存在：${file}`, `the file does not exist: ${file}`)));
      }
      found[place] = files;
    }
    return { ...item, ...found };
  };
  return {
    ...site,
    feeds: site.feeds.map((feed, index) => resolved(feed, ['feeds', index])),
    cameras: site.cameras.map((camera, index) => resolved(camera, ['cameras', index])),
    ...(site.weather === undefined ? {} : { weather: resolved(site.weather, ['weather']) }),
  };
};

const refused = (problems: readonly FileProblem[]): { readonly ok: false; readonly refusal: SiteRefusal } => {
  const [first] = problems;
  const lines = (language: 'zh' | 'en') => problems.map(({ file, line, path, text: message }) => `  ${file}${line === null ? '' : `:${line}`} ${path}${path === '' ? '' : ': '}${message[language]}`).join('\n');
  const summary = text(`站点文件有 ${problems.length} 处错误：\n${lines('zh')}`, `The site file has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:\n${lines('en')}`);
  return { ok: false, refusal: { code: 'SiteFile', field: first?.path ?? formatPath([]), text: summary, problems } };
};
