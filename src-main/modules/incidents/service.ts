import type { Actor, IncidentEntry, IncidentRow } from '../../../src-shared/contract/index.ts';
import { createTable, ok, refuse, SECOND, text, type Clock, type Disposable, type Ids, type Refusal, type Result, type Table, type Text } from '../../../src-shared/kernel/index.ts';
import type { Faults } from '../../platform/faults.ts';
import { digest } from '../../platform/secrets.ts';
import type { Sql } from '../../platform/sql.ts';
import { canonicalJson, type Ledger } from '../ledger/index.ts';
import { htmlDocument, jsonDocument } from './model/document.ts';
import { createIncidentStore, type LinkedEntry } from './store.ts';

/** Incidents and their records: opened, filled, closed, exported; an entry never changes once written. */
export type IncidentService = Disposable & {
  open(input: { readonly title: string | Text; readonly kind: IncidentRow['kind']; readonly zone: string | null }, by: Pick<Actor, 'name'>): Result<IncidentRow, Refusal<never>>;
  note(input: { readonly incident: string; readonly text: string; readonly order: boolean }, by: Pick<Actor, 'name'>): Result<IncidentEntry, Refusal<'NotFound' | 'Closed'>>;
  close(input: { readonly incident: string; readonly conclusion: string }, by: Pick<Actor, 'name'>): Result<IncidentRow, Refusal<'NotFound' | 'Closed'>>;
  /** What the station itself puts on record: alarms, values, people, plumes, routes, orders. `data` is kept as JSON. */
  record(incident: string, fact: { readonly kind: IncidentEntry['kind']; readonly text: Text; readonly data?: unknown; readonly actor?: string }): Result<IncidentEntry, Refusal<'NotFound' | 'Closed'>>;
  /** Oldest first; empty for an unknown incident. */
  timeline(incident: string): readonly IncidentEntry[];
  export(incident: string, format: 'html' | 'json'): { readonly fileName: string; readonly mime: string; readonly content: string };
  readonly table: Table<string, IncidentRow>;
};

export type IncidentDependencies = {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly ledger: Ledger;
  readonly faults: Faults;
  /** Named in exports, which show its local time. */
  readonly plant?: { readonly name: Text; readonly timeZone: string };
};

const RETRY_MS = 2 * SECOND;
const STATION = 'station';

export const createIncidentService = ({ sql, clock, ids, ledger, faults, plant = { name: text('–', '–'), timeZone: 'UTC' } }: IncidentDependencies): IncidentService => {
  const store = createIncidentStore(sql);
  const table = createTable<string, IncidentRow>((row) => row.id);
  for (const row of store.incidents()) table.put(row);
  /** Entries that the disk has refused so far, in order. An emergency goes on without it. */
  let waiting: IncidentEntry[] = [];
  let retry: Disposable | null = null;
  let isDue = false;

  const write = (entry: IncidentEntry) => {
    const row = table.get(entry.incident);
    if (row === undefined) throw new Error(`incidents: entry of an unknown incident ${entry.incident}`);
    store.putIncident(row);
    const { sequence, at, kind, actor, text: words, data } = entry;
    store.addEntry(entry, ledger.append({ actor, kind: `incident.${kind}`, subject: entry.incident, body: { sequence, at, text: words, dataSha256: digest(data) } }));
  };
  /** Writes what waits in one transaction; on disk when it returns true. */
  const flush = (): boolean => {
    retry?.[Symbol.dispose]();
    retry = null;
    if (waiting.length === 0) return true;
    try {
      store.transaction(() => waiting.forEach(write));
    } catch (error) {
      faults.report({ source: 'incidents', code: 'RecordNotWritten', severity: 'error', text: text('事件记录无法写入磁盘，暂存内存', 'The incident record cannot be written; entries wait in memory'), detail: `${String(error)}; waiting ${waiting.length}` });
      retry = clock.after(RETRY_MS, flush);
      return false;
    }
    waiting = [];
    faults.clear('incidents', 'RecordNotWritten');
    return true;
  };

  /** What a person is answered is on disk by then. */
  const kept = <T>(answer: T): T => {
    flush();
    return answer;
  };
  /**
   * An incident and what the station records with it in one turn are one transaction, at the end of that turn and before anybody is answered: an incident
   * without its beginning would be taken for another one after a crash. While the disk refuses, the retry writes it.
   */
  const flushAfterTurn = () => {
    if (isDue || retry !== null) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      flush();
    });
  };

  const add = (row: IncidentRow, { kind, text: words, data = {}, actor }: { readonly kind: IncidentEntry['kind']; readonly text: Text; readonly data?: unknown; readonly actor: string }): IncidentEntry => {
    const entry: IncidentEntry = { incident: row.id, sequence: row.entries + 1, at: clock.now(), kind, actor, text: words, data: canonicalJson(data) };
    waiting.push(entry);
    table.put({ ...row, entries: entry.sequence });
    return entry;
  };
  const findOpen = (id: string): Result<IncidentRow, Refusal<'NotFound' | 'Closed'>> => {
    const row = table.get(id);
    if (row === undefined) return refuse('NotFound', text(`没有事件 ${id}`, `There is no incident ${id}`));
    return row.state === 'open' ? ok(row) : refuse('Closed', text('事件已关闭，记录不能再改', 'The incident is closed; its record stays as it is'));
  };
  const linked = (id: string): LinkedEntry[] => [...store.entries(id), ...waiting.filter((entry) => entry.incident === id).map((entry) => ({ entry, link: null }))];

  return {
    table,
    open({ title, kind, zone }, by) {
      const words = typeof title === 'string' ? text(title, title) : title;
      const row: IncidentRow = { id: ids.next('inc'), title: words, kind, state: 'open', zone, openedAt: clock.now(), openedBy: by.name, closedAt: null, conclusion: null, entries: 0 };
      flushAfterTurn();
      add(row, { kind: 'opened', text: words, data: { kind, zone }, actor: by.name });
      return ok(table.get(row.id) ?? row);
    },
    note({ incident, text: words, order }, by) {
      const found = findOpen(incident);
      return found.ok ? kept(ok(add(found.value, { kind: order ? 'order' : 'note', text: text(words, words), actor: by.name }))) : found;
    },
    close({ incident, conclusion }, by) {
      const found = findOpen(incident);
      if (!found.ok) return found;
      const closed: IncidentRow = { ...found.value, state: 'closed', closedAt: clock.now(), conclusion };
      add(closed, { kind: 'closed', text: text(conclusion, conclusion), actor: by.name });
      return kept(ok(table.get(incident) ?? closed));
    },
    record(incident, { actor = STATION, ...fact }) {
      const found = findOpen(incident);
      if (!found.ok) return found;
      flushAfterTurn();
      return ok(add(found.value, { ...fact, actor }));
    },
    timeline: (incident) => linked(incident).map(({ entry }) => entry),
    export(id, format) {
      const incident = table.get(id);
      const mime = format === 'html' ? 'text/html; charset=utf-8' : 'application/json';
      if (incident === undefined) return { fileName: `none.${format}`, mime, content: format === 'html' ? '<!doctype html><meta charset="utf-8"><p>没有此事件 There is no such incident</p>' : '{}\n' };
      const record = { plant: plant.name, timeZone: plant.timeZone, incident, entries: linked(id), exportedAt: clock.now() };
      return { fileName: `${id}.${format}`, mime, content: format === 'html' ? htmlDocument(record) : jsonDocument(record) };
    },
    [Symbol.dispose]() {
      flush();
      retry?.[Symbol.dispose]();
    },
  };
};
