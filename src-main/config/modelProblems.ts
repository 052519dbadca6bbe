import type { PlantModel, RecordsFile, SiteFile } from '../../src-shared/plant/index.ts';
import type { FileProblem, RawDocument } from './document.ts';
import { plantElements, plantProblems } from './plantChecks.ts';
import { recordsProblems, siteProblems } from './siteChecks.ts';

/** What three files say that are sound each by itself but changed since they were read: the same checks as at the start. Lines are not known. */
export const modelProblems = ({ site, plant, records }: { readonly site: SiteFile; readonly plant: PlantModel; readonly records: RecordsFile }): readonly FileProblem[] => {
  const document = (file: string, data: unknown): RawDocument => ({ file, data, isSound: true, lineOf: () => null });
  const plantDocument = document('plant', plant);
  const elements = plantElements(plantDocument);
  return [...plantProblems(plantDocument, elements), ...recordsProblems(document('records', records), elements), ...siteProblems(document('site', site), elements)];
};
