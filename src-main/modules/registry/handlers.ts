import type { Anlan, Handlers, Lineage, ModelFinding, OutputOf } from '../../../src-shared/contract/index.ts';
import { printCsv } from '../../../src-shared/kernel/index.ts';
import type { RecordsFile } from '../../../src-shared/plant/index.ts';
import type { ModelBook } from './book.ts';
import { entitiesOf } from './model/change.ts';
import { headerOf, SHEETS, shown } from './model/sheets.ts';
import type { Registry } from './registry.ts';

type Entries = Anlan['registry'];
/** What the station joins to the registry for its questions. */
export type Questions = {
  readonly registry: Registry;
  readonly book: ModelBook;
  report(records: RecordsFile): readonly ModelFinding[];
  lineage(of: { readonly tag: string } | { readonly computed: string; readonly subject: string }): Lineage | null;
};

export const createRegistryHandlers = ({ registry, book, report, lineage }: Questions): Handlers<Entries> => ({
  plant: () => registry.plant,
  revision: registry.revision,
  state: book.state,
  changeSets: book.changeSets,
  changeRows: book.rowsOf,
  versions: () => [...book.versions()],
  versionRows: book.versionRows,
  sheet: ({ kind, content, language }): OutputOf<Entries['sheet']> => {
    const { columns, example, key } = SHEETS[kind];
    const rows = content === 'template' ? [columns.map(({ field }) => example[field] ?? '')] : [...entitiesOf({ plant: registry.plant, records: book.records() }, kind).values()].map((entity) => columns.map((column) => shown(entity, column)));
    return { csv: printCsv([headerOf(kind, language), ...rows]), fields: columns.map(({ field }) => field), key: [...key] };
  },
  report: () => [...report(book.records())],
  lineage: (of) => lineage(of),
  importFile: (input, { actor }) => book.importFile(input, actor),
  edit: (input, { actor }) => book.edit(input, actor),
  discard: ({ id }) => book.discard(id),
  apply: (input, { actor }) => book.apply(input, actor),
  undo: (input, { actor }) => book.undo(input, actor),
});
