import type { Actor, Anlan, ChangeRow, ChangeSet, InputOf, ModelState, ModelVersion, OutputOf, RefusalOf } from '../../../src-shared/contract/index.ts';
import { LARGEST_IMPORT } from '../../../src-shared/contract/index.ts';
import { createTable, createValue, disposable, ok, refuse, text, type Clock, type Disposable, type Ids, type Result, type Table, type Text, type Value } from '../../../src-shared/kernel/index.ts';
import { PlantModel, RecordsFile, type PlantDocument, type SiteFile } from '../../../src-shared/plant/index.ts';
import { digest } from '../../platform/secrets.ts';
import type { Faults } from '../../platform/faults.ts';
import type { Sql } from '../../platform/sql.ts';
import type { SupervisedWorker, Workers } from '../../platform/workers.ts';
import type { Ledger } from '../ledger/index.ts';
import { PAGE, type Read, type Reading, type ReadingProgress } from './messages.ts';
import { applyChanges, entitiesOf, inverse, isLive, type Model, type ModelChange } from './model/change.ts';
import type { CheckModel } from './model/checkTogether.ts';
import { SHEETS, shown } from './model/sheets.ts';
import { createModelStore } from './store.ts';

type Entries = Anlan['registry'];

/** What stands behind the model when changes take effect; given by the station, which knows the rooms to the right. */
export type Effects = {
  /** The plant model in force, with the alarm settings of now. */
  plant(): PlantModel;
  /** Other settings of alarms that are there, for the master alarm database, whose overrides would win over them. */
  setLimits(changes: readonly ModelChange[], by: Actor, why: string): void;
  setRecords(records: RecordsFile): void;
  setDocuments(equipment: string, documents: readonly PlantDocument[]): void;
  isEmergency(): boolean;
  /** Builds the station anew over the same data; called once, after the answer has gone out. */
  rebuild(): void;
};

/** The plant model in versions: the site's files, and over them what people changed since (management of change). */
export type ModelBook = Disposable & {
  /** What holds when the station starts: the files with all versions, or the files alone when those do not fit any more. */
  readonly model: Model;
  /** The records of now: those of `model` with what changed since. */
  records(): RecordsFile;
  readonly state: Value<ModelState>;
  readonly changeSets: Table<string, ChangeSet>;
  rowsOf(input: InputOf<Entries['changeRows']>): OutputOf<Entries['changeRows']>;
  versions(): readonly ModelVersion[];
  versionRows(input: InputOf<Entries['versionRows']>): OutputOf<Entries['versionRows']>;
  importFile(input: InputOf<Entries['importFile']>, by: Actor): Result<{ id: string }, RefusalOf<Entries['importFile']>>;
  edit(input: InputOf<Entries['edit']>, by: Actor): Result<{ id: string }, RefusalOf<Entries['edit']>>;
  discard(id: string): Result<Record<string, never>, RefusalOf<Entries['discard']>>;
  apply(input: InputOf<Entries['apply']>, by: Actor): Result<{ version: number; rebuilds: boolean }, RefusalOf<Entries['apply']>>;
  undo(input: InputOf<Entries['undo']>, by: Actor): Result<{ version: number; rebuilds: boolean }, RefusalOf<Entries['undo']>>;
};

export type BookDependencies = { readonly site: SiteFile; readonly delivered: Model; readonly check: CheckModel; readonly sql: Sql; readonly clock: Clock; readonly ids: Ids; readonly ledger: Ledger; readonly faults: Faults; readonly workers: Pick<Workers, 'start'>; readonly effects: Effects };

const KEPT = 50;
const NONE = { refused: 0, changed: 0, added: 0, removed: 0, unchanged: 0 };
/** Things of a version that its ledger entry names; the digest covers them all. */
const NAMED = 200;
/** The answer to whoever applied it goes out before the line goes down. */
const ANSWER_MS = 250;

export const createModelBook = ({ site, delivered, check, sql, clock, ids, ledger, faults, workers, effects }: BookDependencies): ModelBook => {
  const store = createModelStore(sql);
  const history = store.versions();
  const { model, unfit } = inForce(delivered, history.toReversed().flatMap(({ version }) => store.changesOf(version)), check);
  if (unfit !== null) faults.report({ source: 'registry', code: 'unfit', severity: 'error', text: unfit });
  const sets = createTable<string, ChangeSet>((set) => set.id);
  for (const set of store.changeSets().slice(-KEPT)) sets.put(set.state === 'reading' ? { ...set, state: 'failed', problem: text('站点重启,读取中断', 'The station was restarted while it was being read') } : set);
  const latest = history[0];
  const state = createValue<ModelState>({ version: latest?.version ?? 0, at: latest?.at ?? null, actor: latest?.actor ?? null, file: delivered.plant.version, rebuilding: false, unfit });
  let records = model.records;
  let reading: { readonly id: string; readonly worker: SupervisedWorker } | null = null;
  let lastRead: { readonly version: number; readonly rows: readonly ChangeRow[] } | null = null;

  const current = (): Model => ({ plant: effects.plant(), records });
  const keep = (set: ChangeSet): ChangeSet => {
    store.putChangeSet(set);
    sets.put(set);
    const settled = sets.rows().filter((one) => one.state !== 'reading' && one.state !== 'draft' && one.state !== 'validated').toSorted((a, b) => a.createdAt - b.createdAt);
    for (const old of settled.slice(0, Math.max(0, sets.size - KEPT))) {
      store.dropChangeSet(old.id);
      sets.drop(old.id);
    }
    return set;
  };
  const endReading = (): void => {
    reading?.worker[Symbol.dispose]();
    reading = null;
  };

  const begin = (from: Reading['from'], { source, file, why, by }: { readonly source: ChangeSet['source']; readonly file: string; readonly why: string; readonly by: Actor }): { id: string } => {
    const id = ids.next('chg');
    keep({ id, state: 'reading', source, file, kinds: [], createdAt: clock.now(), createdBy: by.name, why, base: state.get().version, counts: NONE, progress: 0, ignored: [], rebuilds: false, problem: null, version: null });
    const worker = workers.start('registry');
    reading = { id, worker };
    worker.onMessage((message) => {
      const { share } = message as ReadingProgress;
      const set = sets.get(id);
      if (set?.state === 'reading') sets.put({ ...set, progress: share });
    });
    void worker.call<Read>('read', { model: current(), site, from } satisfies Reading).then((read) => finish(id, read)).catch((error: unknown) => fail(id, error));
    return { id };
  };
  const finish = (id: string, read: Read): void => {
    if (reading?.id === id) endReading();
    const set = sets.get(id);
    if (set?.state !== 'reading') return;
    if ('problem' in read) return void keep({ ...set, state: 'failed', problem: read.problem, progress: 1 });
    const { counts, kinds, ignored, rebuilds } = read;
    const done: ChangeSet = { ...set, state: counts.refused > 0 ? 'draft' : 'validated', counts, kinds: [...kinds], ignored: [...ignored], rebuilds, progress: 1 };
    store.transaction(() => {
      store.putChangeSet(done);
      store.putDraft(id, read);
    });
    sets.put(done);
  };
  /** The worker died, or the disk refused what it found: on disk it is still being read, which the next start takes for failed. */
  const fail = (id: string, error: unknown): void => {
    if (reading?.id === id) endReading();
    const set = sets.get(id);
    if (set?.state !== 'reading') return;
    const why = String(error instanceof Error ? error.message.split('\n')[0] : error);
    sets.put({ ...set, state: 'failed', problem: text(`读取失败:${why}`, `It could not be read: ${why}`), progress: 1 });
  };

  /** Whether every thing is still what the changes take it for. */
  const isCurrent = (changes: readonly ModelChange[]): boolean => {
    const now = current();
    return Object.values(Object.groupBy(changes, ({ kind }) => kind)).every((own) => {
      const entities = entitiesOf(now, own[0]!.kind);
      return own.every(({ id, before }) => same(entities.get(id) ?? null, before));
    });
  };

  /** Stores a version with its ledger entry as one, then lets it take effect. */
  const adopt = (changes: readonly ModelChange[], { by, ...facts }: Pick<ModelVersion, 'why' | 'source' | 'file' | 'undoes'> & { readonly by: Actor; readonly set?: ChangeSet }): { version: number; rebuilds: boolean } => {
    const version = state.get().version + 1;
    const rebuilds = !changes.every(isLive) || state.get().unfit !== null;
    const body = JSON.stringify(changes);
    const { set, ...stated } = facts;
    const applied: ChangeSet | null = set === undefined ? null : { ...set, state: 'applied', version };
    store.transaction(() => {
      store.addVersion({ version, at: clock.now(), actor: by.name, changes: changes.length, ...stated }, body);
      ledger.append({ actor: by.id, kind: 'model.changed', subject: delivered.plant.id, body: { version, before: version - 1, ...stated, count: changes.length, digest: digest(body), changes: changes.slice(0, NAMED).map(({ kind, id, before, after }) => ({ kind, id, act: before === null ? 'added' : after === null ? 'removed' : 'changed' })) } });
      if (applied !== null) store.putChangeSet(applied);
      const limits = changes.filter((change) => change.kind === 'limit' && isLive(change));
      if (limits.length > 0) effects.setLimits(limits, by, facts.why);
    });
    if (applied !== null) sets.put(applied);
    state.set({ ...state.get(), version, at: clock.now(), actor: by.name, rebuilding: rebuilds });
    if (rebuilds) clock.after(ANSWER_MS, effects.rebuild);
    else {
      const next = applyChanges(current(), changes.filter(({ kind }) => kind !== 'limit'));
      records = next.records;
      if (changes.some(({ kind }) => kind === 'qualification')) effects.setRecords(records);
      const documented = new Set(changes.flatMap(({ kind, id }) => (kind === 'document' ? [id.slice(0, id.indexOf('/'))] : [])));
      for (const item of next.plant.equipment) if (documented.has(item.id)) effects.setDocuments(item.id, item.documents ?? []);
    }
    return { version, rebuilds };
  };

  const outdated = () => refuse('Outdated', text('模型已被他人修改,请重新读取文件或重新编辑', 'Somebody has changed the model since; read the file or make the edit again'));
  const busy = () => refuse('Busy', text('正在读取另一份文件,或模型正在重新装载', 'Another file is being read, or the model is being loaded'));
  const inEmergency = () => refuse('Emergency', text('应急事件进行中,不能重新装载模型', 'The model cannot be loaded anew while an emergency stands'));

  return {
    model,
    records: () => records,
    state,
    changeSets: sets,
    rowsOf({ id, action, offset, limit }) {
      const set = sets.get(id);
      if (set === undefined) return { total: 0, rows: [] };
      const [from, total] = span(set.counts, action);
      return { total, rows: slice({ from: from + offset, to: Math.min(from + offset + limit, from + total) }, (page) => store.page(id, page)) };
    },
    versions: store.versions,
    versionRows({ version, offset, limit }) {
      if (lastRead?.version !== version) lastRead = { version, rows: store.changesOf(version).map(rowOf) };
      return { total: lastRead.rows.length, rows: lastRead.rows.slice(offset, offset + limit) };
    },
    importFile({ name, gzip, why }, by) {
      if (gzip.length > LARGEST_IMPORT) return refuse('TooLarge', text('文件过大:压缩后不超过 3 MiB(约 10 万行)', 'The file is too large: at most 3 MiB compressed (some 100,000 rows)'));
      return reading !== null || state.get().rebuilding ? busy() : ok(begin({ name, gzip }, { source: 'import', file: name, why, by }));
    },
    edit({ edits, why }, by) {
      if (reading !== null || state.get().rebuilding) return busy();
      return ok(begin({ asked: edits.map(({ kind, id, fields }) => ({ line: null, kind, id, cells: fields })) }, { source: 'edit', file: '', why, by }));
    },
    discard(id) {
      const set = sets.get(id);
      if (set === undefined) return refuse('NotFound', text('没有这份变更', 'There is no such change set'));
      if (set.state !== 'reading' && set.state !== 'draft' && set.state !== 'validated') return refuse('Settled', text('这份变更已经结束', 'This change set is settled'));
      if (reading?.id === id) {
        reading.worker.post({ kind: 'cancel' });
        endReading();
      }
      keep({ ...set, state: 'discarded' });
      return ok({});
    },
    apply({ id, version, partial }, by) {
      const set = sets.get(id);
      if (set === undefined) return refuse('NotFound', text('没有这份变更', 'There is no such change set'));
      if (set.state !== 'draft' && set.state !== 'validated') return refuse('Settled', text('这份变更已经结束或仍在读取', 'This change set is settled, or still being read'));
      if (state.get().rebuilding) return busy();
      if (version !== state.get().version || set.base !== version || state.get().unfit !== null) return outdated();
      if (set.counts.refused > 0 && !partial) return refuse('Refused', text(`有 ${set.counts.refused} 行被拒绝;如只应用其余各行,请明确选择`, `${set.counts.refused} rows are refused; say so explicitly to apply the others without them`));
      const changes = store.draftOf(id);
      if (changes.length === 0) return refuse('NothingChanged', text('没有需要修改的内容', 'It says what is in force already'));
      if (set.rebuilds && effects.isEmergency()) return inEmergency();
      if (!isCurrent(changes)) return outdated();
      return ok(adopt(changes, { by, why: set.why, source: set.source, file: set.file, undoes: null, set }));
    },
    undo({ undoes, version, why }, by) {
      if (state.get().rebuilding) return busy();
      if (version !== state.get().version) return outdated();
      const former = store.version(undoes);
      if (former === undefined) return refuse('NotFound', text(`没有第 ${undoes} 版`, `There is no version ${undoes}`));
      const changes = inverse(store.changesOf(undoes));
      const conflict = (detail: Text) => refuse('Conflict', text(`第 ${undoes} 版之后的修改以它为基础,不能单独撤销:${detail.zh}`, `Later changes build upon version ${undoes}; it cannot be taken back alone: ${detail.en}`));
      if (state.get().unfit === null) {
        if (!isCurrent(changes)) return conflict(text('内容已再次修改', 'what it changed has been changed again'));
        const [problem] = check(applyChanges(current(), changes));
        if (problem !== undefined) return conflict(text(`${problem.path} ${problem.text.zh}`, `${problem.path} ${problem.text.en}`));
      }
      if (!changes.every(isLive) && effects.isEmergency()) return inEmergency();
      return ok(adopt(changes, { by, why, source: 'undo', file: former.file, undoes }));
    },
    ...disposable(endReading),
  };
};

/** The registry writes alarm settings and documents into its tags and equipment: the files as delivered must stay as they are for the next station over them. */
const ownCopy = ({ plant, records }: Model): Model => ({ plant: { ...plant, tags: plant.tags.map((tag) => ({ ...tag })), equipment: plant.equipment.map((item) => ({ ...item })) }, records });

/** The files with all versions over them. */
const inForce = (delivered: Model, changes: readonly ModelChange[], check: CheckModel): { readonly model: Model; readonly unfit: Text | null } => {
  if (changes.length === 0) return { model: ownCopy(delivered), unfit: null };
  const merged = applyChanges(delivered, changes);
  const [plant, records] = [PlantModel.safeParse(merged.plant), RecordsFile.safeParse(merged.records)];
  const wrong = plant.error?.issues[0] ?? records.error?.issues[0];
  const [problem] = wrong === undefined ? check(merged) : [{ path: wrong.path.join('.'), text: text(wrong.message, wrong.message) }];
  if (problem === undefined && plant.success && records.success) return { model: { plant: plant.data, records: records.data }, unfit: null };
  const where = problem?.path ?? '';
  return { model: ownCopy(delivered), unfit: text(`已存的模型变更与站点文件不符,未生效(${where}:${problem?.text.zh ?? ''})`, `The stored changes of the model do not fit the site's files and are not in force (${where}: ${problem?.text.en ?? ''})`) };
};

const rowOf = ({ kind, id, before, after }: ModelChange): ChangeRow => ({
  line: null,
  kind,
  id,
  action: before === null ? 'added' : after === null ? 'removed' : 'changed',
  fields: SHEETS[kind].columns.flatMap((column) => (shown(before, column) === shown(after, column) ? [] : [{ field: column.field, before: shown(before, column), after: shown(after, column) }])),
  problems: [],
});

const ACTIONS = ['refused', 'changed', 'added', 'removed', 'unchanged'] as const;
/** Where the rows of one action begin among all, and how many they are. */
const span = (counts: ChangeSet['counts'], action: ChangeRow['action'] | undefined): readonly [number, number] => {
  if (action === undefined) return [0, ACTIONS.reduce((sum, each) => sum + counts[each], 0)];
  return [ACTIONS.slice(0, ACTIONS.indexOf(action)).reduce((sum, each) => sum + counts[each], 0), counts[action]];
};
const slice = ({ from, to }: { readonly from: number; readonly to: number }, page: (page: number) => readonly ChangeRow[]): ChangeRow[] => {
  const rows: ChangeRow[] = [];
  for (let at = from; at < to; ) {
    const number = Math.floor(at / PAGE);
    const end = Math.min(to, (number + 1) * PAGE);
    rows.push(...page(number).slice(at - number * PAGE, end - number * PAGE));
    at = end;
  }
  return rows;
};

/** Alike in everything that is stored; a field that is undefined is not there. */
const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [a, b].map((each) => Object.entries(each).filter(([, value]) => value !== undefined)) as [[string, unknown][], [string, unknown][]];
  return left.length === right.length && left.every(([name, value]) => same(value, (b as Readonly<Record<string, unknown>>)[name]));
};
