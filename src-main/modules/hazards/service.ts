import type { Actor, HazardRow } from '../../../src-shared/contract/index.ts';
import { createTable, HOUR, ok, refuse, text, type Clock, type Ids, type Refusal, type Result, type Table, type Text, type UtcMs } from '../../../src-shared/kernel/index.ts';
import { resolveWhen, type RecordsFile } from '../../../src-shared/plant/index.ts';
import type { Faults } from '../../platform/faults.ts';
import type { Sql } from '../../platform/sql.ts';
import type { Photos } from '../inference/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Registry } from '../registry/index.ts';
import { advance, isOverdue, type Hazard, type Step } from './model/lifecycle.ts';
import { createHazardStore } from './store.ts';

type Grade = HazardRow['grade'];
type Person = Pick<Actor, 'id' | 'name'>;

/** Hidden dangers from finding to closing. */
export type HazardService = {
  report(input: { readonly title: string; readonly grade: Grade; readonly zone: string; readonly equipment: string | null }, by: Person): Result<HazardRow, Refusal<'UnknownZone'>>;
  /** A finding of a camera; while an earlier one of the same camera and kind is open, that one is returned instead of a new. */
  reportFromCamera(finding: { readonly camera: string; readonly kind: string; readonly title: Text; readonly grade: Grade; readonly zone: string; readonly at: UtcMs; readonly evidence: string | null }): HazardRow;
  assign(input: { readonly id: string; readonly assignee: string; readonly dueInHours: number }, by: Person): Result<HazardRow, Refusal<'NotFound' | 'WrongState'>>;
  /** With a photo of the place afterwards, which is compared with the picture that shows the hazard. */
  rectify(input: { readonly id: string; readonly note: string; readonly photo: Uint8Array | null }, by: Person): Promise<Result<HazardRow, Refusal<'NotFound' | 'WrongState' | 'NotAPicture' | 'UsedBefore'>>>;
  verify(input: { readonly id: string; readonly accepted: boolean; readonly note: string }, by: Person): Result<HazardRow, Refusal<'NotFound' | 'WrongState' | 'SamePerson'>>;
  /** Shows what has become overdue and writes what waits; call it a few times a minute. */
  tick(): void;
  readonly table: Table<string, HazardRow>;
};

export type HazardDependencies = { readonly sql: Sql; readonly registry: Registry; readonly clock: Clock; readonly ids: Ids; readonly ledger: Ledger; readonly records: RecordsFile; readonly faults: Faults; readonly photos: Photos };

type Occasion = { readonly at: UtcMs; readonly actor: string; readonly step: Step | { readonly kind: 'seed' | 'report' }; readonly mergeKey: string | null };

export const createHazardService = ({ sql, registry, clock, ids, ledger, records, faults, photos }: HazardDependencies): HazardService => {
  const store = createHazardStore(sql);
  const hazards = new Map<string, Hazard>();
  /** Open findings of cameras by `camera/kind`. */
  const merged = new Map<string, string>();
  const table = createTable<string, HazardRow>((row) => row.id);
  let waiting: { readonly id: string; readonly occasion: Occasion }[] = [];

  const show = (hazard: Hazard): HazardRow => {
    const { rectifiedBy: _rectifiedBy, ...shown } = hazard;
    const row = { ...shown, overdue: isOverdue(hazard, clock.now()) };
    table.put(row);
    return row;
  };
  const write = (hazard: Hazard, { at, actor, step, mergeKey }: Occasion) =>
    store.transaction(() => {
      store.put(hazard, mergeKey);
      store.addStep({ hazard: hazard.id, at, actor, step: JSON.stringify(step) });
      ledger.append({ actor, kind: `hazard.${step.kind}`, subject: hazard.id, body: step });
    });
  /** What a person does: written before it shows, so a refused write changes nothing. */
  const save = (hazard: Hazard, occasion: Omit<Occasion, 'at' | 'mergeKey'>): HazardRow => {
    write(hazard, { ...occasion, at: clock.now(), mergeKey: null });
    hazards.set(hazard.id, hazard);
    return show(hazard);
  };
  /** What the station finds: shown at once; written now or, while the disk refuses, later. */
  const keep = (hazard: Hazard, occasion: Omit<Occasion, 'at'>): HazardRow => {
    hazards.set(hazard.id, hazard);
    waiting.push({ id: hazard.id, occasion: { ...occasion, at: clock.now() } });
    flush();
    return show(hazard);
  };
  const flush = () => {
    if (waiting.length === 0) return;
    try {
      store.transaction(() => {
        for (const { id, occasion } of waiting) {
          const hazard = hazards.get(id);
          if (hazard !== undefined) write(hazard, occasion);
        }
      });
    } catch (error) {
      faults.report({ source: 'hazards', code: 'HazardNotWritten', severity: 'error', text: text('隐患无法写入磁盘，暂存内存', 'Hazards cannot be written; they wait in memory'), detail: `${String(error)}; waiting ${waiting.length}` });
      return;
    }
    waiting = [];
    faults.clear('hazards', 'HazardNotWritten');
  };
  const found = (facts: Pick<Hazard, 'title' | 'grade' | 'zone' | 'equipment' | 'source' | 'reportedBy' | 'reportedAt'> & Partial<Hazard>): Hazard => ({ id: ids.next('haz'), state: 'found', assignee: null, due: null, rectifiedAt: null, rectifiedBy: null, closedAt: null, note: '', evidence: null, photo: null, comparison: null, ...facts });

  for (const { hazard, mergeKey } of store.hazards()) {
    hazards.set(hazard.id, hazard);
    if (mergeKey !== null && hazard.state !== 'closed') merged.set(mergeKey, hazard.id);
    show(hazard);
  }
  for (const { id, title, zone, equipment = null, grade, reportedAt, due } of records.hazards) {
    if (hazards.has(id)) continue;
    const start = clock.now();
    keep(found({ id, title, grade, zone, equipment, source: 'record', reportedBy: '记录 Records', reportedAt: resolveWhen(reportedAt, start), due: resolveWhen(due, start) }), { actor: 'station', step: { kind: 'seed' }, mergeKey: null });
  }

  const take = <C extends string>(id: string, step: Step, by: Person): Result<HazardRow, Refusal<C | 'NotFound'>> => {
    const hazard = hazards.get(id);
    if (hazard === undefined) return refuse('NotFound', text(`没有隐患 ${id}`, `There is no hazard ${id}`));
    const next = advance(hazard, step);
    // The steps of one kind give only the refusals that their callers name.
    if (!next.ok) return next as { readonly ok: false; readonly refusal: Refusal<C> };
    const row = save(next.value, { actor: by.id, step });
    if (next.value.state === 'closed') for (const [key, open] of merged) if (open === id) merged.delete(key);
    return ok(row);
  };

  return {
    table,
    report({ title, grade, zone, equipment }, by) {
      const known = equipment === null ? null : registry.equipment(equipment);
      if (registry.zone(zone) === undefined || known === undefined) return refuse('UnknownZone', text('没有此区域或设备', 'There is no such zone or equipment'));
      return ok(save(found({ title: text(title, title), grade, zone: known?.zone ?? zone, equipment, source: 'person', reportedBy: by.name, reportedAt: clock.now() }), { actor: by.id, step: { kind: 'report' } }));
    },
    reportFromCamera({ camera, kind, title, grade, zone, at, evidence }) {
      const mergeKey = `${camera}/${kind}`;
      const open = table.get(merged.get(mergeKey) ?? '');
      if (open !== undefined) return open;
      const hazard = found({ title, grade, zone, equipment: null, source: 'camera', reportedBy: camera, reportedAt: at, evidence });
      merged.set(mergeKey, hazard.id);
      return keep(hazard, { actor: camera, step: { kind: 'report' }, mergeKey });
    },
    assign: ({ id, assignee, dueInHours }, by) => take(id, { kind: 'assign', assignee, due: clock.now() + dueInHours * HOUR }, by),
    async rectify({ id, note, photo }, by) {
      const bare = { kind: 'rectify', by: by.id, note, at: clock.now(), photo: null, comparison: null } as const;
      const hazard = hazards.get(id);
      const allowed = hazard === undefined ? null : advance(hazard, bare);
      if (photo === null || hazard === undefined || allowed?.ok !== true) return take(id, bare, by);
      const title = text(`整改后的照片:${hazard.title.zh}`, `Photo after rectification: ${hazard.title.en}`);
      const taken = await photos.take({ jpeg: photo, before: hazard.evidence, text: title, at: clock.now() });
      return taken.ok ? take(id, { ...bare, at: clock.now(), photo: taken.value.evidence, comparison: taken.value.comparison }, by) : taken;
    },
    verify: ({ id, accepted, note }, by) => take(id, { kind: 'verify', by: by.id, accepted, note, at: clock.now() }, by),
    tick() {
      flush();
      table.change(() => {
        for (const hazard of hazards.values()) if (table.get(hazard.id)?.overdue !== isOverdue(hazard, clock.now())) show(hazard);
      });
    },
  };
};
