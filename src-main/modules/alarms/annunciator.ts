import { createValue, MINUTE, type Clock, type UtcMs, type Value } from '../../../src-shared/kernel/index.ts';
import type { AlarmRow, Annunciator } from '../../../src-shared/contract/index.ts';
import type { AlarmPriority } from '../../../src-shared/plant/index.ts';
import type { Board } from './board.ts';
import { createFlood } from './model/flood.ts';

/** What sounds now and how busy the desk is. Sound belongs to the station, not to a window. */
export type AnnunciatorDesk = {
  readonly value: Value<Annunciator>;
  /** Stops the sound of what is up now; the next alarm sounds again, so does each alarm that turns 15 min old without acknowledgement, and so does everything 15 min later. */
  silence(): void;
  tick(): void;
};

const NAG_MS = 15 * MINUTE;

export const createAnnunciator = ({ board, clock, raisedBefore }: { readonly board: Board; readonly clock: Clock; readonly raisedBefore: readonly UtcMs[] }): AnnunciatorDesk => {
  const flood = createFlood(raisedBefore);
  let silencedAt: number | null = null;
  const value = createValue<Annunciator>(summarise([], { now: clock.now(), isSilenced: false, flood: flood.at(clock.now()) }));
  let overdueBefore = 0;
  const refresh = () => {
    const now = clock.now();
    const seen = summarise(board.table.rows(), { now, isSilenced: silencedAt !== null, flood: flood.at(now) });
    // One more that nobody has taken in fifteen minutes: the nag, whatever was silenced meanwhile.
    const nags = seen.overdue > overdueBefore;
    if (nags) silencedAt = null;
    overdueBefore = seen.overdue;
    const next = nags ? { ...seen, silenced: false } : seen;
    if (JSON.stringify(next) !== JSON.stringify(value.get())) value.set(next);
  };
  board.onDidRecord(({ event }) => {
    if (event === 'raised') flood.raise(clock.now());
  });
  // Raised rows are announced after the group has settled; here the sound must be back on in the same moment.
  board.onDidRing(() => (silencedAt = null));
  board.onDidSettle(refresh);
  refresh();
  return {
    value,
    silence() {
      silencedAt = clock.monotonic();
      refresh();
    },
    tick() {
      if (silencedAt !== null && clock.monotonic() - silencedAt >= NAG_MS) silencedAt = null;
      refresh();
    },
  };
};

const isOpen = ({ state }: AlarmRow): boolean => state === 'unacknowledged' || state === 'returned';

type Circumstances = { readonly now: UtcMs; readonly isSilenced: boolean; readonly flood: { readonly rate: number; readonly isFlood: boolean } };

const summarise = (rows: readonly AlarmRow[], { now, isSilenced, flood: { rate, isFlood } }: Circumstances): Annunciator => {
  const unacknowledged: Annunciator['unacknowledged'] = [0, 0, 0, 0];
  const active: Annunciator['active'] = [0, 0, 0, 0];
  let shelved = 0;
  let overdue = 0;
  let worst: AlarmRow | null = null;
  for (const row of rows) {
    const slot = (row.priority - 1) as 0 | 1 | 2 | 3;
    if (row.state === 'shelved') shelved += 1;
    if (row.state === 'unacknowledged' || row.state === 'acknowledged') active[slot] += 1;
    if (!isOpen(row)) continue;
    unacknowledged[slot] += 1;
    if (now - row.seenAt >= NAG_MS) overdue += 1;
    if (worst === null || isWorse(row, worst)) worst = row;
  }
  const sounding: AlarmPriority | null = worst?.priority ?? null;
  return { sounding, silenced: isSilenced && sounding !== null, worst: worst?.id ?? null, unacknowledged, active, flood: isFlood, ratePer10Min: rate, shelved, overdue };
};

/** Higher priority, then still present, then newer. */
const isWorse = (a: AlarmRow, b: AlarmRow): boolean => {
  if (a.priority !== b.priority) return a.priority < b.priority;
  if (a.state !== b.state) return a.state === 'unacknowledged';
  return a.seenAt > b.seenAt;
};
