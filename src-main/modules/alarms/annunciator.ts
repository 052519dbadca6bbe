import { createValue, MINUTE, type Clock, type UtcMs, type Value } from '../../../src-shared/kernel/index.ts';
import type { AlarmRow, Annunciator, VoiceReport } from '../../../src-shared/contract/index.ts';
import type { AlarmPriority } from '../../../src-shared/plant/index.ts';
import type { Faults } from '../../platform/faults.ts';
import type { Board } from './board.ts';
import { createFlood } from './model/flood.ts';
import { createVoices, type SoundPlayer, type Voices } from './voices.ts';

/** What sounds now and how busy the desk is. Sound belongs to the station, not to a window. */
export type AnnunciatorDesk = {
  readonly value: Value<Annunciator>;
  /** Stops the sound of what is up now; the next alarm sounds again, so does each alarm that turns 15 min old without acknowledgement, and so does everything 15 min later. */
  silence(): void;
  tick(): void;
  /** What a client that can sound says of itself. */
  report(report: VoiceReport): void;
};

const NAG_MS = 15 * MINUTE;

type Dependencies = { readonly board: Board; readonly clock: Clock; readonly faults: Faults; readonly player: SoundPlayer; readonly raisedBefore: readonly UtcMs[] };

export const createAnnunciator = ({ board, clock, faults, player, raisedBefore }: Dependencies): AnnunciatorDesk => {
  const flood = createFlood(raisedBefore);
  const voices = createVoices({ clock, faults, player });
  let silencedAt: number | null = null;
  const value = createValue<Annunciator>(summarise([], { now: clock.now(), isSilenced: false, flood: flood.at(clock.now()), voices: voices.state }));
  let overdueBefore = 0;
  const refresh = () => {
    const now = clock.now();
    const seen = summarise(board.table.rows(), { now, isSilenced: silencedAt !== null, flood: flood.at(now), voices: voices.state });
    // One more that nobody has taken in fifteen minutes: the nag, whatever was silenced meanwhile.
    const nags = seen.overdue > overdueBefore;
    if (nags) silencedAt = null;
    overdueBefore = seen.overdue;
    const isSilent = silencedAt !== null && seen.sounding !== null;
    voices.follow(isSilent ? null : seen.sounding);
    const next = { ...seen, silenced: isSilent, ...voices.state };
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
    report(report) {
      voices.report(report);
      refresh();
    },
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

type Circumstances = { readonly now: UtcMs; readonly isSilenced: boolean; readonly voices: Voices['state']; readonly flood: { readonly rate: number; readonly isFlood: boolean } };

const summarise = (rows: readonly AlarmRow[], { now, isSilenced, voices, flood: { rate, isFlood } }: Circumstances): Annunciator => {
  const unacknowledged: Annunciator['unacknowledged'] = [0, 0, 0, 0];
  const active: Annunciator['active'] = [0, 0, 0, 0];
  let shelved = 0;
  let suppressed = 0;
  let outOfService = 0;
  let overdue = 0;
  let worst: AlarmRow | null = null;
  for (const row of rows) {
    const slot = (row.priority - 1) as 0 | 1 | 2 | 3;
    if (row.state === 'shelved') shelved += 1;
    else if (row.state === 'suppressed') suppressed += 1;
    else if (row.state === 'out-of-service') outOfService += 1;
    if (row.state === 'unacknowledged' || row.state === 'acknowledged') active[slot] += 1;
    if (!isOpen(row)) continue;
    unacknowledged[slot] += 1;
    if (now - row.seenAt >= NAG_MS) overdue += 1;
    if (worst === null || isWorse(row, worst)) worst = row;
  }
  const sounding: AlarmPriority | null = worst?.priority ?? null;
  return { sounding, silenced: isSilenced && sounding !== null, worst: worst?.id ?? null, unacknowledged, active, flood: isFlood, ratePer10Min: rate, shelved, suppressed, outOfService, overdue, ...voices };
};

/** Higher priority, then still present, then newer. */
const isWorse = (a: AlarmRow, b: AlarmRow): boolean => {
  if (a.priority !== b.priority) return a.priority < b.priority;
  if (a.state !== b.state) return a.state === 'unacknowledged';
  return a.seenAt > b.seenAt;
};
