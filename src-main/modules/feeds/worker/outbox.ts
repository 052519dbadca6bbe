import { createSampleBuffer, type Clock, type SampleBatch } from '../../../../src-shared/kernel/index.ts';
import type { FeedRow } from '../../../../src-shared/contract/index.ts';
import type { ConditionChange, FeedsMessage, Loss, RejectionNotice } from '../messages.ts';
import type { CameraEventReport, Position, PositionBatch } from '../model/reports.ts';

type Post = (message: FeedsMessage, transfer?: readonly ArrayBuffer[]) => void;

/** Batches that may be on their way to the station before the worker waits for it. */
const AWAITING_LIMIT = 4;
/** Samples that may wait here meanwhile: 2 M samples are 42 MB. */
const HELD_LIMIT = 2_000_000;

/** Collects what all feeds received and hands it to the station as transferred columns, each time `flush` is called. */
export type Outbox = {
  /** False when the station is so far behind that the sample had to be dropped. */
  live(tag: number, at: number, value: number, quality: number): boolean;
  history(tag: number, at: number, value: number, quality: number): boolean;
  position(person: number, position: Position): void;
  cameraEvent(event: CameraEventReport): void;
  /** Samples of history that wait here for the station. */
  readonly historyWaiting: number;
  /** From when on a feed's history is still to be asked for; null: nothing is missing. */
  gapOpen(feed: string, from: number | null): void;
  conditions(news: ConditionChange): void;
  /** In order with the samples: what came before is handed over first. */
  loss(loss: Loss): void;
  rows(rows: readonly FeedRow[]): void;
  rejections(notices: readonly RejectionNotice[]): void;
  flush(): void;
  /** The station has taken one flush. */
  taken(): void;
};

export const createOutbox = (clock: Clock, post: Post): Outbox => {
  const live = createSampleBuffer(8_192);
  const history = createSampleBuffer(256);
  let positions = new Map<number, Position>();
  let cameraEvents: CameraEventReport[] = [];
  let awaiting = 0;
  const isEmpty = () => live.length === 0 && history.length === 0 && positions.size === 0 && cameraEvents.length === 0;
  const send = () => {
    if (isEmpty()) return;
    const seenAt = clock.now();
    const message = {
      kind: 'flush',
      live: live.length > 0 ? live.take(seenAt) : null,
      history: history.length > 0 ? history.take(seenAt) : null,
      positions: positions.size > 0 ? toPositionBatch(positions, seenAt) : null,
      cameraEvents,
    } as const;
    positions = new Map();
    cameraEvents = [];
    awaiting += 1;
    post(message, [...samplesOf(message.live), ...samplesOf(message.history)]);
  };
  return {
    live(tag, at, value, quality) {
      if (live.length >= HELD_LIMIT) return false;
      live.push(tag, at, value, quality);
      return true;
    },
    history(tag, at, value, quality) {
      if (history.length >= HELD_LIMIT) return false;
      history.push(tag, at, value, quality);
      return true;
    },
    position: (person, position) => void positions.set(person, position),
    cameraEvent: (event) => void cameraEvents.push(event),
    get historyWaiting() {
      return history.length;
    },
    conditions: (news) => post({ kind: 'conditions', news }),
    gapOpen: (feed, from) => post({ kind: 'gap', feed, from }),
    loss(loss) {
      send();
      post({ kind: 'loss', loss }, [loss.tags.buffer as ArrayBuffer]);
    },
    rows: (rows) => post({ kind: 'rows', rows }),
    rejections: (notices) => post({ kind: 'rejections', notices }),
    flush() {
      if (awaiting < AWAITING_LIMIT) send();
    },
    taken: () => void (awaiting -= 1),
  };
};

const samplesOf = (batch: SampleBatch | null): readonly ArrayBuffer[] => (batch === null ? [] : [batch.tag, batch.at, batch.value, batch.quality].map((column) => column.buffer as ArrayBuffer));

const toPositionBatch = (positions: ReadonlyMap<number, Position>, seenAt: number): PositionBatch => {
  const rows = [...positions.values()];
  const column = (pick: (position: Position) => number) => Float64Array.from(rows, pick);
  return { person: Uint32Array.from(positions.keys()), x: column((p) => p.x), y: column((p) => p.y), z: column((p) => p.z), heartRate: column((p) => p.heartRate), accuracy: column((p) => p.accuracy), at: column((p) => p.at), seenAt };
};
