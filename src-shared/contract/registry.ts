import { z } from 'zod';
import { PlantModel } from '../plant/index.ts';
import { command, contract, Id, LocalText, Nothing, query, table, UtcMs, value } from './define.ts';

/** What a person may change of the model, one sheet each: tags, equipment, alarms of tags, people, their qualifications, documents of equipment, nodes and edges of the walkways. */
export const ModelKind = z.enum(['tag', 'equipment', 'limit', 'person', 'qualification', 'document', 'walk-node', 'walk-edge']);
export type ModelKind = z.infer<typeof ModelKind>;

export const ChangeAction = z.enum(['refused', 'changed', 'added', 'removed', 'unchanged']);
export type ChangeAction = z.infer<typeof ChangeAction>;

/** What one row of a file, or one edit, does. `line` counts from 1, the header being the first; null where no line asks for it. `id` is `TAG/KIND` for limits, `PERSON/KIND` for qualifications. */
export const ChangeRow = z.object({
  line: z.number().nullable(),
  kind: ModelKind,
  id: z.string(),
  action: ChangeAction,
  fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  problems: z.array(z.object({ field: z.string(), text: LocalText })),
});
export type ChangeRow = z.infer<typeof ChangeRow>;

export const ChangeCounts = z.object({ refused: z.number(), changed: z.number(), added: z.number(), removed: z.number(), unchanged: z.number() });
export type ChangeCounts = z.infer<typeof ChangeCounts>;

/**
 * Changes on their way into the model: `reading` (a worker reads and checks) → `draft` (rows are refused) or `validated` (none is) → `applied` as a version, or `discarded`.
 * `failed`: nothing could be read, `problem` says why.
 */
export const ChangeSet = z.object({
  id: Id,
  state: z.enum(['reading', 'draft', 'validated', 'applied', 'discarded', 'failed']),
  source: z.enum(['import', 'edit']),
  file: z.string(),
  kinds: z.array(ModelKind),
  createdAt: UtcMs,
  createdBy: z.string(),
  why: z.string(),
  /** The version against which it was checked. */
  base: z.number(),
  counts: ChangeCounts,
  /** 0 to 1 while it is being read. */
  progress: z.number(),
  /** Columns that no field of the model answers to; they are not read. */
  ignored: z.array(z.string()),
  /** Applying builds the station anew in its process: seconds without screens, none without storage. */
  rebuilds: z.boolean(),
  problem: LocalText.nullable(),
  version: z.number().nullable(),
});
export type ChangeSet = z.infer<typeof ChangeSet>;

/** A version of the plant model over the site's files; version 0 is the files as they are. */
export const ModelVersion = z.object({ version: z.number(), at: UtcMs, actor: z.string(), why: z.string(), source: z.enum(['import', 'edit', 'undo']), file: z.string(), changes: z.number(), /** The version that this one takes back. */ undoes: z.number().nullable() });
export type ModelVersion = z.infer<typeof ModelVersion>;

/** Where the model stands. `rebuilding`: a version has been applied that takes effect when the station has been built anew, which has begun. */
export const ModelState = z.object({ version: z.number(), at: UtcMs.nullable(), actor: z.string().nullable(), file: z.string(), rebuilding: z.boolean(), /** The stored versions do not fit the site's files any more and are not in force. */ unfit: LocalText.nullable() });
export type ModelState = z.infer<typeof ModelState>;

/** Something that the plant or its wiring lacks. `subject` can be opened on the screens. */
export const ModelFinding = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'advice']),
  subject: z.object({ kind: z.enum(['tag', 'equipment', 'detector', 'camera', 'person', 'muster', 'zone', 'unit']), id: z.string() }),
  text: LocalText,
  advice: LocalText,
});
export type ModelFinding = z.infer<typeof ModelFinding>;

/** Where a value on the screen comes from: source, rule, when. `steps` in the order in which the value went through them. */
export const Lineage = z.object({
  subject: z.string(),
  unit: z.string(),
  /** Null where nothing carries it. */
  source: z.object({ id: z.string(), kind: z.string(), url: z.string(), address: z.string(), state: z.string() }).nullable(),
  steps: z.array(z.object({ rule: LocalText, detail: z.string() })),
  /** Sources that claim it too; the first of the site file is the one that counts. */
  rivals: z.array(z.string()),
  at: UtcMs.nullable(),
  seenAt: UtcMs.nullable(),
  quality: z.number().nullable(),
  modelVersion: z.string(),
});
export type Lineage = z.infer<typeof Lineage>;

/** Numbers that the station works out itself. `subject`: a zone for risk and forecast, equipment for life, an emergency for a plume; nothing for weather. */
export const ComputedNumber = z.enum(['risk-index', 'risk-forecast', 'risk-field', 'remaining-life', 'plume', 'weather']);
export type ComputedNumber = z.infer<typeof ComputedNumber>;

/** The largest file, compressed: some 20 MB of CSV. Inflated it may have 64 MiB. */
export const LARGEST_IMPORT = 3 << 20;

const Why = z.string().trim().min(2).max(500);

export const registry = contract('registry', {
  /** The whole plant model; a tag's index in `tags` is its number in every series. */
  plant: query({ input: Nothing, output: PlantModel }),
  /** Another number with each change of the plant model: ask for it again. */
  revision: value({ value: z.number() }),
  state: value({ value: ModelState }),
  /** The newest fifty, and all that are not settled. */
  changeSets: table({ key: Id, keyOf: 'id', row: ChangeSet, delivery: 'latest' }),
  /** Rows of a change set as it stands: refused first, then changed, added, removed, unchanged. */
  changeRows: query({ input: z.strictObject({ id: Id, action: ChangeAction.optional(), offset: z.int().nonnegative(), limit: z.int().min(1).max(1_000) }), output: z.object({ total: z.number(), rows: z.array(ChangeRow) }) }),
  versions: query({ input: Nothing, output: z.array(ModelVersion) }),
  /** What a version changed, field by field. */
  versionRows: query({ input: z.strictObject({ version: z.int().positive(), offset: z.int().nonnegative(), limit: z.int().min(1).max(1_000) }), output: z.object({ total: z.number(), rows: z.array(ChangeRow) }) }),
  /** A sheet to fill in (`template`) or filled with what is in force (`current`): CSV, UTF-8 with byte order mark. `fields` are those of its columns, `key` the ones that make the id, joined by `/`. */
  sheet: query({ input: z.strictObject({ kind: ModelKind, content: z.enum(['template', 'current']), language: z.enum(['zh', 'en']) }), output: z.object({ csv: z.string(), fields: z.array(z.string()), key: z.array(z.string()) }) }),
  report: query({ input: Nothing, output: z.array(ModelFinding) }),
  /** Null for what the model does not know. */
  lineage: query({ input: z.union([z.strictObject({ tag: Id }), z.strictObject({ computed: ComputedNumber, subject: z.string().max(80) })]), output: Lineage.nullable() }),
  /** Reads a CSV or Excel file (gzip) into a change set; changes nothing yet. */
  importFile: command({ input: z.strictObject({ name: z.string().min(1).max(200), gzip: z.instanceof(Uint8Array), why: Why }), output: z.object({ id: Id }), refusals: ['TooLarge', 'Busy'], needs: 'model.manage', secret: ['gzip'] }),
  /** The same from a few edits; `fields` null removes. */
  edit: command({ input: z.strictObject({ edits: z.array(z.strictObject({ kind: ModelKind, id: z.string().min(1).max(140), fields: z.record(z.string(), z.string().max(2_000)).nullable() })).min(1).max(200), why: Why }), output: z.object({ id: Id }), refusals: ['Busy'], needs: 'model.manage' }),
  /** Ends the reading, or puts a draft aside. */
  discard: command({ input: z.strictObject({ id: Id }), output: Nothing, refusals: ['NotFound', 'Settled'], needs: 'model.manage' }),
  /** Puts a change set in force as a new version. `partial`: although rows are refused, without them. */
  apply: command({ input: z.strictObject({ id: Id, version: z.int(), partial: z.boolean() }), output: z.object({ version: z.number(), rebuilds: z.boolean() }), refusals: ['NotFound', 'Settled', 'Outdated', 'Refused', 'NothingChanged', 'Emergency', 'Busy'], needs: 'model.manage' }),
  /** A new version that takes a former one back. */
  undo: command({ input: z.strictObject({ undoes: z.int().positive(), version: z.int(), why: Why }), output: z.object({ version: z.number(), rebuilds: z.boolean() }), refusals: ['NotFound', 'Outdated', 'Conflict', 'Emergency', 'Busy'], needs: 'model.manage' }),
});
