import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ok, text, type Refusal, type Result } from '../../src-shared/kernel/index.ts';
import { PlantModel, RecordsFile, SiteFile } from '../../src-shared/plant/index.ts';
import { formatPath, isProblem, readDocument, type FileProblem, type RawDocument } from './document.ts';
import { field } from './elements.ts';
import { plantElements, plantProblems } from './plantChecks.ts';
import { problemAt, schemaProblems } from './schemaProblems.ts';
import { recordsProblems, siteProblems } from './siteChecks.ts';

/** A site whose three files are sound and agree. Paths inside `site` (certificates and keys) are absolute. */
export type LoadedSite = { readonly file: string; readonly site: SiteFile; readonly plant: PlantModel; readonly records: RecordsFile };
/** All wrong fields of all three files at once; `text` lists them, one a line. */
export type SiteRefusal = Refusal<'SiteFile'> & { readonly problems: readonly FileProblem[] };

/** Reads a site file with its plant model and records, and checks each by its schema and against the others. */
export const loadSite = (file: string): Result<LoadedSite, SiteRefusal> => {
  const path = resolve(file);
  const site = readDocument(path);
  if (isProblem(site)) return refused([site]);
  const problems = schemaProblems(site, SiteFile);
  const plant = readBeside(site, 'plant', problems);
  const records = readBeside(site, 'records', problems);
  if (plant !== null) problems.push(...schemaProblems(plant, PlantModel));
  if (records !== null) problems.push(...schemaProblems(records, RecordsFile));
  const elements = plant === null ? null : plantElements(plant);
  problems.push(...siteProblems(site, elements));
  if (plant !== null && elements !== null) problems.push(...plantProblems(plant, elements));
  if (records !== null) problems.push(...recordsProblems(records, elements));
  const parsedSite = SiteFile.safeParse(site.data);
  const absolute = parsedSite.success ? resolveFiles(site, parsedSite.data, problems) : null;
  if (absolute === null || plant === null || problems.length > 0) return refused(problems);
  return ok({ file: path, site: absolute, plant: PlantModel.parse(plant.data), records: RecordsFile.parse(records?.data ?? { format: 'anlan.records/1' }) });
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

/** Makes the paths of certificates and keys absolute; names those that are not there. */
const resolveFiles = (document: RawDocument, site: SiteFile, problems: FileProblem[]): SiteFile => ({
  ...site,
  feeds: site.feeds.map((feed, index) => {
    if (feed.kind === 'opcua' || feed.tls === undefined) return feed;
    const tls = { ...feed.tls };
    for (const name of ['ca', 'certificate', 'key'] as const) {
      const stated = tls[name];
      if (stated === undefined) continue;
      tls[name] = resolve(dirname(document.file), stated);
      if (!existsSync(tls[name])) problems.push(problemAt(document, ['feeds', index, 'tls', name], text(`文件不存在：${tls[name]}`, `the file does not exist: ${tls[name]}`)));
    }
    return { ...feed, tls };
  }),
});

const refused = (problems: readonly FileProblem[]): { readonly ok: false; readonly refusal: SiteRefusal } => {
  const [first] = problems;
  const lines = (language: 'zh' | 'en') => problems.map(({ file, line, path, text: message }) => `  ${file}${line === null ? '' : `:${line}`} ${path}${path === '' ? '' : ': '}${message[language]}`).join('\n');
  const summary = text(`站点文件有 ${problems.length} 处错误：\n${lines('zh')}`, `The site file has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}:\n${lines('en')}`);
  return { ok: false, refusal: { code: 'SiteFile', field: first?.path ?? formatPath([]), text: summary, problems } };
};
