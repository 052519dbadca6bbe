import type { ChangeCounts, ChangeRow, ModelKind } from '../../../../src-shared/contract/index.ts';
import { text, type Text } from '../../../../src-shared/kernel/index.ts';
import type { z } from 'zod';
import { entitiesOf, KINDS, type Entity, type Model, type ModelChange } from './change.ts';
import { checkTogether, type CheckModel } from './checkTogether.ts';
import { folded, idOf, readCell, SHEETS, shown, type Column } from './sheets.ts';

/** A table as a file holds it: the header, then rows of texts. `line` counts from 1 in the file. */
export type Table = { readonly name: string; readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[] };
/** What a person asks of one thing of the model: texts by field; `cells` null removes it. */
export type Asked = { readonly line: number | null; readonly kind: ModelKind; readonly id?: string; readonly cells: Readonly<Record<string, string>> | null };

/** Names every wrong field of a value under a schema. */
export type Judge = (schema: z.ZodType, data: unknown) => readonly { readonly path: readonly (string | number)[]; readonly text: Text }[];

export type Draft = { readonly rows: readonly ChangeRow[]; readonly changes: readonly ModelChange[]; readonly counts: ChangeCounts; readonly kinds: readonly ModelKind[]; readonly ignored: readonly string[] };

/** Rows between two breaths: a few milliseconds of work. */
const BREATH = 1_000;
export const MOST_ROWS = 200_000;
/** Leaves a field as it is; `-` empties one that may be empty. */
const LEAVE = '';
const CLEAR = '-';

/** Which sheet a header is, and the field of each of its columns. Null when it is none: a key column is missing. */
export const recognise = (header: readonly string[]): { readonly kind: ModelKind; readonly columns: readonly (Column | null)[]; readonly ignored: readonly string[] } | null => {
  const found = KINDS.map((kind) => {
    const sheet = SHEETS[kind];
    const byWords = new Map(sheet.columns.toReversed().flatMap((column) => [column.field, column.title.zh, column.title.en, ...(column.also ?? [])].map((words): [string, Column] => [folded(words), column])));
    const taken = new Set<Column>();
    const columns = header.map((words) => {
      const column = byWords.get(folded(words)) ?? null;
      if (column === null || taken.has(column)) return null;
      taken.add(column);
      return column;
    });
    return { kind, columns, matched: taken.size, isKeyed: sheet.key.every((field) => [...taken].some((column) => column.field === field)) };
  }).filter(({ isKeyed, matched }) => isKeyed && matched > 1);
  const [best] = found.toSorted((a, b) => b.matched - a.matched);
  if (best === undefined) return null;
  return { kind: best.kind, columns: best.columns, ignored: header.filter((words, index) => best.columns[index] === null && words.trim() !== '') };
};

/** The rows of all tables of a file that are sheets of the model. Refuses a file without any. */
export const askedOf = (tables: readonly Table[]): { readonly asked: readonly Asked[]; readonly ignored: readonly string[] } | { readonly problem: Text } => {
  const asked: Asked[] = [];
  const ignored: string[] = [];
  let sheets = 0;
  for (const { rows } of tables) {
    // A title above the header is common in lists that people keep: the header is the first of ten rows that is one.
    const at = rows.slice(0, 10).findIndex(({ cells }) => recognise(cells) !== null);
    const sheet = at < 0 ? null : recognise(rows[at]!.cells);
    if (sheet === null) continue;
    sheets += 1;
    ignored.push(...sheet.ignored);
    for (const { line, cells } of rows.slice(at + 1)) {
      if (cells.every((cell) => cell.trim() === '')) continue;
      asked.push({ line, kind: sheet.kind, cells: Object.fromEntries(sheet.columns.flatMap((column, index) => (column === null ? [] : [[column.field, cells[index] ?? '']]))) });
    }
  }
  if (sheets === 0) return { problem: text('没有找到可识别的表头:第一行应为列名,如“位号、名称、设备编号、单位”。可先下载模板。', 'No header was recognised: the first row must name the columns, such as Tag, Name, Equipment, Unit. Download a template to begin with.') };
  if (asked.length > MOST_ROWS) return { problem: text(`文件有 ${asked.length} 行,上限 ${MOST_ROWS} 行`, `The file has ${asked.length} rows, at most ${MOST_ROWS} are read`) };
  return { asked, ignored };
};

type Row = { readonly row: ChangeRow; readonly change: ModelChange | null };

/**
 * What rows do to a model: each row by itself, then all that are sound together, until those that do not fit together are refused too.
 * `breathe` is called every now and then with the share done, and may throw to end it.
 */
export const readRows = async (asked: readonly Asked[], { model, judge, check, breathe, ignored = [] }: { readonly model: Model; readonly judge: Judge; readonly check: CheckModel; readonly breathe: (share: number) => Promise<void>; readonly ignored?: readonly string[] }): Promise<Draft> => {
  const known = new Map<ModelKind, Map<string, Entity>>();
  const entities = (kind: ModelKind) => known.get(kind) ?? known.set(kind, entitiesOf(model, kind)).get(kind)!;
  const seen = new Map<string, number | null>();
  const read: Row[] = [];
  for (const [index, one] of asked.entries()) {
    if (index % BREATH === 0) await breathe((0.7 * index) / asked.length);
    read.push(readRow(one, { before: (id) => entities(one.kind).get(id) ?? null, judge, seen, timeZone: model.plant.site.timeZone }));
  }
  await breathe(0.7);
  // A tag takes its alarms along, an equipment its documents: undoing the removal brings them back.
  const removedTags = new Set(read.filter(({ change }) => change?.kind === 'tag' && change.after === null).map(({ row }) => row.id));
  const removedEquipment = new Set(read.filter(({ change }) => change?.kind === 'equipment' && change.after === null).map(({ row }) => row.id));
  for (const [kind, owners] of [['limit', removedTags], ['document', removedEquipment]] as const) {
    if (owners.size === 0) continue;
    for (const [id, before] of entities(kind)) if (owners.has('tag' in before ? String(before.tag) : 'equipment' in before ? String(before.equipment) : '') && !seen.has(`${kind} ${id}`)) read.push(removal({ line: null, kind, id, before }));
  }
  const rows = await checkTogether(read, { model, check, breathe: (share) => breathe(0.7 + 0.3 * share) });
  const counts: Record<ChangeRow['action'], number> = { refused: 0, changed: 0, added: 0, removed: 0, unchanged: 0 };
  for (const { row } of rows) counts[row.action] += 1;
  const order = Object.keys(counts);
  const sorted = rows.toSorted((a, b) => order.indexOf(a.row.action) - order.indexOf(b.row.action) || (a.row.line ?? Infinity) - (b.row.line ?? Infinity) || 0);
  return { rows: sorted.map(({ row }) => row), changes: inOrder(rows.flatMap(({ row, change }) => (change === null || row.action === 'refused' || row.action === 'unchanged' ? [] : [change]))), counts, kinds: KINDS.filter((kind) => rows.some(({ row }) => row.kind === kind)), ignored };
};

/** Alarms before their tags where they go, after them where they come. */
const inOrder = (changes: readonly ModelChange[]): ModelChange[] => {
  const place = ({ kind, after }: ModelChange) => (after === null ? -KINDS.indexOf(kind) : KINDS.indexOf(kind) + 1);
  return changes.toSorted((a, b) => place(a) - place(b));
};

const removal = ({ line, kind, id, before }: { readonly line: number | null; readonly kind: ModelKind; readonly id: string; readonly before: Entity }): Row => ({
  row: { line, kind, id, action: 'removed', fields: SHEETS[kind].columns.flatMap((column) => (shown(before, column) === '' ? [] : [{ field: column.field, before: shown(before, column), after: '' }])), problems: [] },
  change: { kind, id, before, after: null },
});

const readRow = ({ line, kind, id: stated, cells }: Asked, { before: find, judge, seen, timeZone }: { readonly timeZone: string; readonly before: (id: string) => Entity | null; readonly judge: Judge; readonly seen: Map<string, number | null> }): Row => {
  const sheet = SHEETS[kind];
  const problems: { field: string; text: Text }[] = [];
  const values = new Map<Column, unknown>();
  for (const column of sheet.columns) {
    const written = cells?.[column.field]?.trim() ?? LEAVE;
    if (written === LEAVE || (written === CLEAR && column.cell !== 'unit')) continue;
    const value = readCell(written, column, timeZone);
    if ('wrong' in value) problems.push({ field: column.field, text: text(value.wrong.zh, value.wrong.en) });
    else values.set(column, value.value);
  }
  const keyed = Object.fromEntries([...values].filter(([column]) => sheet.key.includes(column.field)).map(([column, value]) => [column.field, value]));
  const id = stated ?? idOf(kind, keyed);
  const before = find(id);
  /** With what was written, so that a person sees it beside the reason. */
  const refused = (): Row => ({ row: { line, kind, id, action: 'refused', fields: sheet.columns.flatMap((column) => (cells?.[column.field]?.trim() ? [{ field: column.field, before: shown(before, column), after: cells[column.field]!.trim() }] : [])), problems }, change: null });
  for (const field of sheet.key) if (stated === undefined && keyed[field] === undefined && !problems.some((one) => one.field === field)) problems.push({ field, text: text('必填', 'is required') });
  const key = `${kind} ${id}`;
  if (problems.length === 0 && seen.has(key)) problems.push({ field: sheet.key[0]!, text: text(`与第 ${seen.get(key) ?? '?'} 行重复`, `the same as in line ${seen.get(key) ?? '?'}`) });
  if (!seen.has(key)) seen.set(key, line);
  if (cells === null) {
    if (before === null) problems.push({ field: sheet.key[0]!, text: text(`模型中没有 ${id}`, `the model has no ${id}`) });
    return problems.length > 0 || before === null ? refused() : removal({ line, kind, id, before });
  }
  if (stated !== undefined && sheet.key.some((field) => keyed[field] !== undefined) && idOf(kind, { ...before, ...keyed }) !== id) problems.push({ field: sheet.key[0]!, text: text('编号不能修改:请新增后删除旧的', 'an id cannot be changed: add a new one and remove the old') });
  const raw: Record<string, unknown> = structuredClone(before ?? {}) as Record<string, unknown>;
  for (const [column, value] of values) put(raw, column.path, value);
  for (const column of sheet.columns) {
    if (cells[column.field]?.trim() === CLEAR && column.cell !== 'unit') put(raw, column.path, undefined);
    const model = sheet.columns.find(({ field }) => field === column.like);
    if (model !== undefined && shown(raw, column) === '' && shown(raw, model) !== '') put(raw, column.path, shown(raw, model));
  }
  const bare = withoutEmpty(raw);
  const fieldAt = (path: readonly (string | number)[]) => sheet.columns.find((column) => path.every((part, index) => column.path[index] === part))?.field ?? path.join('.');
  const parsed = sheet.schema.safeParse(bare);
  if (!parsed.success) {
    for (const { path, text: message } of judge(sheet.schema, bare)) {
      const field = fieldAt(path);
      // A range of which one end is no number is no range either: said once.
      if (problems.some((one) => one.field.split('.')[0] === field.split('.')[0])) continue;
      const isMissing = path.reduce<unknown>((inner, part) => (inner as Readonly<Record<string | number, unknown>> | undefined)?.[part], bare) === undefined;
      problems.push({ field, text: isMissing ? text('必填', 'is required') : message });
    }
  }
  if (problems.length > 0 || !parsed.success) return refused();
  const after = parsed.data as Entity;
  const fields = sheet.columns.flatMap((column) => (shown(before, column) === shown(after, column) ? [] : [{ field: column.field, before: shown(before, column), after: shown(after, column) }]));
  return { row: { line, kind, id, action: before === null ? 'added' : fields.length === 0 ? 'unchanged' : 'changed', fields, problems: [] }, change: { kind, id, before, after } };
};

/** Sets a field at a path; where a number names the place, its parent is a list. */
const put = (into: Record<string, unknown>, path: readonly (string | number)[], value: unknown): void => {
  let node = into as Record<string | number, unknown>;
  for (const [index, part] of path.entries()) {
    if (index === path.length - 1) {
      node[part] = value;
      return;
    }
    const inner = node[part];
    if (typeof inner !== 'object' || inner === null) node[part] = typeof path[index + 1] === 'number' ? [] : {};
    node = node[part] as Record<string | number, unknown>;
  }
};

/** Emptied fields are gone, and so is what holds nothing any more. */
const withoutEmpty = (value: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      if (inner === undefined) return [];
      // A list that never held anything says so on purpose.
      if (Array.isArray(inner)) return inner.length > 0 && inner.every((part) => part === undefined) ? [] : [[name, [...inner]]];
      if (typeof inner === 'object' && inner !== null) {
        const rest = withoutEmpty(inner as Readonly<Record<string, unknown>>);
        return Object.keys(rest).length === 0 ? [] : [[name, rest]];
      }
      return [[name, inner]];
    }),
  );
