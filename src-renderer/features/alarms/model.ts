import type { AlarmRow, AlarmState } from '../../../src-shared/contract/index.ts';
import type { Text } from '../../../src-shared/kernel/index.ts';
import { number, significant } from '../../ui/format.ts';
import type { PriorityLook } from '../../ui/PriorityMark.tsx';

export type AlarmSort = 'priority' | 'time' | 'state';
export type AlarmFilter = { readonly zone: string; readonly priority: '0' | '1' | '2' | '3' | '4'; readonly unacknowledgedOnly: boolean };

/** How the symbol of each ISA-18.2 state looks (look.md). */
export const LOOK: Readonly<Record<AlarmState, PriorityLook>> = { unacknowledged: 'unacknowledged', acknowledged: 'acknowledged', returned: 'returned', latched: 'latched', shelved: 'shelved', suppressed: 'shelved', 'out-of-service': 'shelved' };

const STATE_ORDER: Readonly<Record<AlarmState, number>> = { unacknowledged: 0, returned: 1, acknowledged: 2, latched: 3, shelved: 4, suppressed: 5, 'out-of-service': 6 };

export const isUnacknowledged = ({ state }: Pick<AlarmRow, 'state'>): boolean => state === 'unacknowledged' || state === 'returned';
/** Off the annunciator by a decision or by design: on a list of its own, not among the active. */
export const isShelved = ({ state }: Pick<AlarmRow, 'state'>): boolean => state === 'shelved' || state === 'suppressed' || state === 'out-of-service';

/** Each alarm is on one list, and each list is counted: nothing is hidden. */
export const byList = (rows: readonly AlarmRow[]): Readonly<Record<'active' | 'shelved' | 'suppressed' | 'out-of-service', readonly AlarmRow[]>> => {
  const lists = { active: [] as AlarmRow[], shelved: [] as AlarmRow[], suppressed: [] as AlarmRow[], 'out-of-service': [] as AlarmRow[] };
  for (const row of rows) lists[row.state === 'shelved' || row.state === 'suppressed' || row.state === 'out-of-service' ? row.state : 'active'].push(row);
  return lists;
};

const newer = (a: AlarmRow, b: AlarmRow) => b.raisedAt - a.raisedAt || (a.id < b.id ? -1 : 1);
const ORDERS: Readonly<Record<AlarmSort, (a: AlarmRow, b: AlarmRow) => number>> = {
  // Unacknowledged first, so that what needs a hand is never below what has had one.
  priority: (a, b) => Number(isUnacknowledged(b)) - Number(isUnacknowledged(a)) || a.priority - b.priority || STATE_ORDER[a.state] - STATE_ORDER[b.state] || newer(a, b),
  time: newer,
  state: (a, b) => STATE_ORDER[a.state] - STATE_ORDER[b.state] || a.priority - b.priority || newer(a, b),
};

const passes = (row: AlarmRow, { zone, priority, unacknowledgedOnly }: AlarmFilter): boolean => (zone === '' || row.zone === zone) && (priority === '0' || String(row.priority) === priority) && (!unacknowledgedOnly || isUnacknowledged(row));

export const arranged = (rows: readonly AlarmRow[], filter: AlarmFilter, sort: AlarmSort): readonly AlarmRow[] => rows.filter((row) => passes(row, filter)).sort(ORDERS[sort]);

/** `arranged` for a list that changes many times a second: rows that are the same as last time keep their order, only the others are sorted, and merged in. */
export const createArranger = (): typeof arranged => {
  let last: { readonly filter: AlarmFilter; readonly sort: AlarmSort; readonly shown: readonly AlarmRow[] } | null = null;
  return (rows, filter, sort) => {
    const known = last !== null && last.filter === filter && last.sort === sort ? last.shown : [];
    const fresh = new Set(rows);
    const kept = known.filter((row) => fresh.delete(row));
    const shown = merged(kept, arranged([...fresh], filter, sort), ORDERS[sort]);
    last = { filter, sort, shown };
    return shown;
  };
};

/** Two lists in order as one in order. */
const merged = (a: readonly AlarmRow[], b: readonly AlarmRow[], order: (a: AlarmRow, b: AlarmRow) => number): readonly AlarmRow[] => {
  const all: AlarmRow[] = [];
  let next = 0;
  for (const row of b) {
    for (let one = a[next]; one !== undefined && order(one, row) <= 0; one = a[next]) {
      all.push(one);
      next += 1;
    }
    all.push(row);
  }
  return all.concat(a.slice(next));
};

/** The unacknowledged alarm to show in the banner when the annunciator names none: highest priority, then newest. */
export const worstOf = (rows: readonly AlarmRow[]): AlarmRow | null => arranged(rows.filter((row) => isUnacknowledged(row) && !isShelved(row)), { zone: '', priority: '0', unacknowledgedOnly: true }, 'priority')[0] ?? null;

/** What the alarm watches now, in words: the state of a discrete tag, a number of times, else the figure beside its limit. Null where there is nothing to say. */
export const reading = (row: Pick<AlarmRow, 'kind' | 'value' | 'limit' | 'unit'>, tag: { readonly decimals: number; readonly states?: readonly Text[] | undefined } | undefined): { readonly words: Text } | { readonly times: readonly [number, number] } | { readonly figure: string; readonly unit: string } | null => {
  if (!Number.isFinite(row.value)) return null;
  if (row.kind === 'DISCRETE') {
    const state = tag?.states?.[Math.round(row.value)];
    return state === undefined ? { figure: number(row.value, 0), unit: '1' } : { words: state };
  }
  if (row.kind === 'COUNT') return { times: [row.value, row.limit] };
  return { figure: Number.isFinite(row.limit) ? valueAndLimit(row, tag?.decimals) : number(row.value, tag?.decimals ?? 2), unit: row.unit };
};

/** `now / limit` as the instrument shows it; a rate, which may be far below one display step, by its significant digits. */
export const valueAndLimit = ({ kind, value, limit }: Pick<AlarmRow, 'kind' | 'value' | 'limit'>, decimals = 2): string => {
  const figure = (of: number) => (kind === 'RATE' ? significant(of, 3) : number(of, decimals));
  return `${figure(value)} / ${figure(limit)}`;
};

/** The next unacknowledged alarm after the selected one, round and round. */
export const nextUnacknowledged = (rows: readonly AlarmRow[], selected: string | null): AlarmRow | null => {
  const open = arranged(rows.filter((row) => !isShelved(row)), { zone: '', priority: '0', unacknowledgedOnly: true }, 'priority');
  const at = open.findIndex(({ id }) => id === selected);
  return open[(at + 1) % Math.max(1, open.length)] ?? null;
};
