import { createEmitter, createScope, createTable, text, type Clock, type Disposable, type Listen, type Log, type Refusal, type Result, type SampleBatch, type Table } from '../../../src-shared/kernel/index.ts';
import type { FeedRow } from '../../../src-shared/contract/index.ts';
import type { Feed, PlantModel, SiteFile } from '../../../src-shared/plant/index.ts';
import type { Faults } from '../../platform/faults.ts';
import type { Migration, Sql } from '../../platform/sql.ts';
import type { SupervisedWorker, Workers } from '../../platform/workers.ts';
import { createFeedsHandlers, type FeedsHandlers } from './handlers.ts';
import { toSetup, type ConditionChange, type ConditionWish, type FeedsMessage, type FeedsOrder, type Loss, type RejectionNotice, type Since, type Taken, type WayOrder } from './messages.ts';
import { toFeedTags } from './model/feedTag.ts';
import { bindMappings } from './model/mapping.ts';
import { applyOverlay } from './model/overlay.ts';
import { REJECTIONS } from './model/rejection.ts';
import type { CameraEventReport, PositionBatch } from './model/reports.ts';
import { createOpcUaDesk } from './opcuaDesk.ts';
import { openTrustStore } from './opcuaTrustStore.ts';
import { createFeedStore } from './store.ts';
import { feedTables } from './migrations/0070-feeds.ts';

export type { ConditionChange, ConditionWish, Loss, WayOrder } from './messages.ts';
/** One feed's claim on a tag. */
export type Claimed = { readonly feed: string; readonly address: string };
export type { CameraEventReport, PositionBatch } from './model/reports.ts';
export { createWireWriter } from './model/protobuf.ts';
export { encodeSparkplug, SparkplugType, type MetricToWrite } from './model/sparkplugPayload.ts';

/** What comes from the plant, by whatever protocol. All clients and decoding run in the worker `feeds`. */
export type Feeds = Disposable & {
  readonly table: Table<string, FeedRow>;
  /** Samples as they came, at most 50 ms after; source time checked, unknown tags and broken payloads left out. */
  readonly onDidReceive: Listen<SampleBatch>;
  /** What a source calls historical, or what came too late to be live: for the historian only. */
  readonly onDidReceiveHistory: Listen<SampleBatch>;
  readonly onDidReceivePositions: Listen<PositionBatch>;
  readonly onDidReceiveCameraEvent: Listen<CameraEventReport>;
  /** Tags nobody vouches for any longer, announced after all samples that came before. */
  readonly onDidLose: Listen<Loss>;
  /** Id of the feed that carries a tag, by its index; the first of the site file that claims it, null when none does. */
  feedOf(tag: number): string | null;
  /** Every feed that claims a tag and under which address, in the order of the site file: the first counts. */
  claimsOf(tag: number): readonly Claimed[];
  /** Alarms of an OPC UA server's own (Alarms & Conditions), of every feed that has `conditions`. */
  readonly onDidChangeConditions: Listen<ConditionChange>;
  /** Passes a person's wish on to the server that owns the alarm; refused in its own words. */
  wish(wish: ConditionWish): Promise<Result<void, Refusal>>;
  /** Tells people their ways, on every MQTT feed whose site file names a topic for them; the only thing that is ever told to the plant without being asked. */
  tell(orders: readonly WayOrder[]): void;
  readonly handlers: FeedsHandlers;
  /** Dials all feeds; called once, when every listener is in place. */
  start(): void;
};

type Dependencies = {
  readonly site: SiteFile;
  readonly plant: PlantModel;
  readonly workers: Workers;
  readonly clock: Clock;
  readonly log: Log;
  readonly faults: Faults;
  /** Keeps mappings made in the app, and open gaps. */
  readonly sql: Sql;
  readonly pkiFolder: string;
  /** Certificate files named in the site file are relative to it. */
  readonly siteFolder?: string;
  /** The last stored sample of every tag that has one: where the station's own history ends. */
  readonly lastStored?: () => Promise<Pick<SampleBatch, 'tag' | 'at'>>;
};

export const feedMigrations: readonly Migration[] = [feedTables];

/** A cause of refusals counts as gone when it has not shown for this long. */
const QUIET_MS = 60_000;

export const createFeeds = ({ site, plant, workers, clock, log, faults, sql, pkiFolder, siteFolder = '.', lastStored = () => Promise.resolve({ tag: new Uint32Array(), at: new Float64Array() }) }: Dependencies): Feeds => {
  const table = createTable<string, FeedRow>((row) => row.id);
  const samples = createEmitter<SampleBatch>();
  const history = createEmitter<SampleBatch>();
  const positions = createEmitter<PositionBatch>();
  const cameraEvents = createEmitter<CameraEventReport>();
  const losses = createEmitter<Loss>();
  const refusedAt = new Map<string, number>();
  const scope = createScope();
  let leave = () => {};
  const conditions = createEmitter<ConditionChange>();
  const claimed = new Map<number, Claimed[]>();
  const feedTags = toFeedTags(plant);
  const store = createFeedStore(sql);
  let worker: SupervisedWorker | null = null;
  /** The feeds of the site file with what was mapped in the app laid over them. */
  const feedsInForce = (): readonly Feed[] => site.feeds.map((feed) => (feed.kind === 'opcua' ? applyOverlay(feed, store.mapping(feed.id).overlay, feedTags) : feed));
  const claim = () => {
    claimed.clear();
    for (const { id, mappings } of feedsInForce()) {
      for (const [address, { byId }] of bindMappings(mappings, feedTags).addresses) for (const tag of byId.values()) claimed.set(tag, [...(claimed.get(tag) ?? []), { feed: id, address }]);
    }
  };
  claim();
  const restart = (feed: Feed) => worker?.post({ kind: 'restart', feed, since: Math.min(store.gaps().get(feed.id) ?? clock.now(), clock.now()) } satisfies FeedsOrder);
  const desk = createOpcUaDesk({
    feeds: site.feeds.filter((feed) => feed.kind === 'opcua'),
    tags: feedTags,
    store,
    trust: openTrustStore(pkiFolder),
    clock,
    ask: <T>(method: string, input: object) => (worker === null ? Promise.reject(new Error('BadServerNotConnected')) : worker.call<T>(method, input)),
    restart(id) {
      claim();
      const feed = feedsInForce().find((one) => one.id === id);
      if (feed !== undefined) restart(feed);
    },
  });
  const carrierOf = (tag: number): string | null => claimed.get(tag)?.[0]?.feed ?? null;

  const showRow = (row: FeedRow) => {
    const before = table.get(row.id);
    table.put(row);
    if (before?.state === row.state) return;
    log.info('feed state', { feed: row.id, state: row.state, reason: row.lastError?.en });
    const severity = row.state === 'refused' ? 'error' : row.state === 'down' || row.state === 'stale' ? 'warning' : null;
    if (severity === null || row.lastError === null) return faults.clear('feeds', row.id);
    faults.report({ source: 'feeds', code: row.id, severity, text: text(`数据源 ${row.id}:${row.lastError.zh}`, `Feed ${row.id}: ${row.lastError.en}`), detail: row.url });
  };
  const showNotice = ({ feed, reason, count, detail }: RejectionNotice) => {
    const words = REJECTIONS[reason];
    refusedAt.set(`${feed}.${reason}`, clock.monotonic());
    faults.report({ source: 'feeds', code: `${feed}.${reason}`, severity: reason === 'before-birth' ? 'info' : 'warning', text: text(`数据源 ${feed}:${words.zh}`, `Feed ${feed}: ${words.en}`), detail: `${count} × ${detail}` });
  };
  /** Tells the worker where the station's history of each feed ends, so that what came after can be asked for. */
  const tellSince = (worker: SupervisedWorker) => {
    const tell = (at: Since['at']) => worker.post({ kind: 'since', at } satisfies FeedsOrder);
    lastStored().then(
      ({ tag, at }) => {
        const newest = new Map<string, number>();
        for (const [row, index] of tag.entries()) {
          const feed = carrierOf(index);
          if (feed !== null) newest.set(feed, Math.max(newest.get(feed) ?? 0, at[row]!));
        }
        // A gap that was open when the station ended is older than what came after it.
        for (const [feed, from] of store.gaps()) newest.set(feed, Math.min(newest.get(feed) ?? from, from));
        tell(newest);
      },
      (error: unknown) => {
        log.warn('where history ends could not be read; no gap is filled', { error: String(error) });
        tell(new Map());
      },
    );
  };
  /** Values flow on while the disk refuses; a restart then takes the gap to begin where history ends. */
  const keepGap: typeof store.keepGap = (feed, from) => {
    try {
      store.keepGap(feed, from);
    } catch (error) {
      log.warn('where a gap began could not be kept', { feed, error: String(error) });
    }
  };
  const clearQuiet = () => {
    for (const [code, at] of refusedAt) {
      if (clock.monotonic() - at < QUIET_MS) continue;
      refusedAt.delete(code);
      faults.clear('feeds', code);
    }
  };

  return {
    table,
    onDidReceive: samples.listen,
    onDidReceiveHistory: history.listen,
    onDidReceivePositions: positions.listen,
    onDidReceiveCameraEvent: cameraEvents.listen,
    onDidLose: losses.listen,
    onDidChangeConditions: conditions.listen,
    wish: desk.wish,
    tell: (orders) => worker?.post({ kind: 'ways', orders } satisfies FeedsOrder),
    feedOf: carrierOf,
    claimsOf: (tag) => claimed.get(tag) ?? [],
    handlers: createFeedsHandlers(table, desk.handlers),
    start() {
      const own = (worker = scope.add(workers.start('feeds', toSetup({ ...site, feeds: [...feedsInForce()] }, plant, { pkiFolder, siteFolder }))));
      // The thread lives until it has answered; one that is restarting has nothing to take leave of.
      leave = () => void own.call('leave', null).catch((error: unknown) => log.debug('feeds gone without a word', { error: String(error) }));
      let starts = 0;
      scope.add(
        own.onDidStart(() => {
          starts += 1;
          tellSince(own);
          if (starts === 1) return;
          // It begins by what was in force at its first start.
          for (const feed of feedsInForce()) if (store.mapping(feed.id).revision > 0) restart(feed);
          for (const row of table.rows()) losses.emit({ feed: row.id, tags: Uint32Array.from(plant.tags.keys()), at: clock.now() });
        }),
      );
      scope.add(
        own.onMessage((message) => {
          const told = message as FeedsMessage;
          if (told.kind === 'rows') return table.change(() => told.rows.forEach(showRow));
          if (told.kind === 'rejections') return told.notices.forEach(showNotice);
          if (told.kind === 'gap') return keepGap(told.feed, told.from);
          if (told.kind === 'conditions') return conditions.emit(told.news);
          if (told.kind === 'loss') return losses.emit(told.loss);
          own.post({ kind: 'taken' } satisfies Taken);
          if (told.live !== null) samples.emit(told.live);
          if (told.history !== null) history.emit(told.history);
          if (told.positions !== null) positions.emit(told.positions);
          told.cameraEvents.forEach(cameraEvents.emit);
        }),
      );
      scope.add(clock.every(QUIET_MS / 4, clearQuiet));
    },
    [Symbol.dispose]() {
      leave();
      scope[Symbol.dispose]();
    },
  };
};
