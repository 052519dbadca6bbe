import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Annunciator, StationStatus } from '../src-shared/contract/index.ts';
import { createScope, disposable, Quality, SECOND, text, type Clock, type Disposable, type Ids, type Log, type Port } from '../src-shared/kernel/index.ts';
import { createBridge, type Bridge, type ClientInfo } from './bridge/bridge.ts';
import { modelProblems, type LoadedSite } from './config/index.ts';
import { createLineage } from './lineage.ts';
import { alarmMigrations, createAlarms, type SoundPlayer } from './modules/alarms/index.ts';
import { followCameras } from './cameraSights.ts';
import { cameraMigrations, createCameras } from './modules/cameras/index.ts';
import { createEmergency } from './modules/emergency/index.ts';
import { createFeeds, feedMigrations } from './modules/feeds/index.ts';
import { createHazards, hazardMigrations } from './modules/hazards/index.ts';
import { createHistorian } from './modules/historian/index.ts';
import { createIncidents, incidentMigrations } from './modules/incidents/index.ts';
import { createCameraWatch, createInference, createInferenceHandlers, createPhotos, createVision, inferenceMigrations } from './modules/inference/index.ts';
import { createInspection } from './modules/inspection/index.ts';
import { createLedger, ledgerMigrations } from './modules/ledger/index.ts';
import { createPeople } from './modules/people/index.ts';
import { createPermits } from './modules/permits/index.ts';
import { createModelBook, createRegistry, createRegistryHandlers, registryMigrations, reportOn, type ModelBook } from './modules/registry/index.ts';
import { createRisk, createWeatherWatch, riskMigrations } from './modules/risk/index.ts';
import { createSecurity, securityMigrations } from './modules/security/index.ts';
import { createValues } from './modules/values/index.ts';
import { createPipeline } from './pipeline.ts';
import { createFaults, type Faults } from './platform/faults.ts';
import { fetchJson } from './platform/fetchJson.ts';
import type { Installation } from './platform/installation.ts';
import { createMachineMetrics } from './platform/metrics.ts';
import { DatabaseCorrupt, openSql, type Migration, type Sql } from './platform/sql.ts';
import { createWorkers } from './platform/workers.ts';
import { createStatus } from './status.ts';
import { followConditions, followFaults, limitsOf } from './wiring.ts';

/** What a station is made of; everything else it makes itself. */
export type StationInput = {
  readonly site: LoadedSite;
  /** Where workers and models lie. */
  readonly installation: Installation;
  /** Databases, history and keys live here; made when it is not there. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Sounds on this machine when no client does; without it the station stays silent and says so. */
  readonly player?: SoundPlayer;
  /** What shows it: for `about`. */
  readonly shell: 'electron' | 'browser' | 'none';
  /** Ends this station and begins another over the same data: the plant model has other tags, equipment or people. Without it such changes hold from the next start. */
  readonly rebuild?: () => void;
};

export type Station = AsyncDisposable & {
  /** Serves the contract to one client for as long as its port lives. */
  serve(port: Port, info: ClientInfo): Disposable;
  status(): StationStatus;
  /** What sounds, and who confirms that it does. */
  annunciator(): Annunciator;
  /** Its page is served at another port than the wanted one, which somebody else holds: for the diagnostics page. */
  portMoved(wanted: number, served: number): void;
  /** Ends everything in good order; resolved when the worker threads are gone. */
  [Symbol.asyncDispose](): Promise<void>;
};

/** The data folder holds keys, and hashes of pins that are short enough to be guessed: nobody else on this machine reads it. */
const PRIVATE = 0o700;

const MIGRATIONS: readonly Migration[] = [...ledgerMigrations, ...securityMigrations, ...feedMigrations, ...registryMigrations, ...cameraMigrations, ...alarmMigrations, ...incidentMigrations, ...hazardMigrations, ...inferenceMigrations, ...riskMigrations];

/** The composition root: builds the rooms from left to right and joins them; the only file that knows them all. Throws when the data folder cannot be used. */
export const createStation = ({ site: { site, file, ...delivered }, installation, dataDir, clock, ids, log, player, shell, rebuild = () => {} }: StationInput): Station => {
  mkdirSync(dataDir, { recursive: true, mode: PRIVATE });
  const scope = createScope();
  const faults = createFaults(clock);
  const metrics = scope.add(createMachineMetrics());
  const workers = scope.add(createWorkers({ folder: installation.workers, extension: installation.extension, clock, log, faults }));
  // Closed last of all: what a worker still answers while it ends may read and write it.
  const sql = openStore(join(dataDir, 'station.db'), { clock, faults, log });

  const ledger = createLedger({ sql, clock });
  const security = createSecurity({ sql, site, clock, log, ledger });
  const startedAt = clock.now();
  const book: ModelBook = scope.add(
    createModelBook({
      site, delivered, sql, clock, ids, ledger, faults, workers,
      check: (model) => modelProblems({ site, ...model }),
      effects: {
        plant: () => registry.plant,
        setLimits: (changes, by, why) => alarms.master.follow(limitsOf(changes), by, why),
        setRecords: (now) => inspection.setQualifications(now.qualifications),
        setDocuments: (equipment, documents) => registry.setDocuments(equipment, documents),
        isEmergency: () => emergency.table.rows().some(({ state }) => state !== 'stood-down'),
        rebuild,
      },
    }),
  );
  const { plant, records } = book.model;
  const registry = createRegistry({ plant, revision: startedAt });
  const historian = scope.add(createHistorian({ workers, folder: join(dataDir, 'history'), plant, keep: site.history, clock, log, faults }));
  const feeds = scope.add(createFeeds({ site, plant, workers, clock, log, faults, sql, pkiFolder: join(dataDir, 'pki'), siteFolder: dirname(file), lastStored: historian.last }));
  const cameras = scope.add(createCameras({ site, plant, workers, sql, ledger, folder: dataDir, clock, ids, log, faults }));
  const values = createValues({ plant });
  const people = createPeople({ plant, clock });
  const inference = scope.add(createInference({ plant, workers, modelsFolder: installation.models, sql, clock, log, faults, trend: historian.trend, plans: (days) => inspection.plansWithin(days), alarms: () => alarms.table.rows() }));
  const vision = site.cameras.length === 0 ? null : scope.add(createVision({ workers, modelsFolder: installation.models, clock, faults, log }));
  const watch = vision === null ? null : scope.add(createCameraWatch({ cameras, watched: new Set(site.cameras.filter(({ analytics }) => analytics).map(({ id }) => id)), vision, clock }));
  const look = (jpeg: Uint8Array) => watch?.look(jpeg) ?? Promise.resolve(null);
  const alarms = createAlarms({ registry, sql, clock, ledger, faults, feedOf: feeds.feedOf, samples: historian.samples, policy: site.alarms, targets: site.alarmTargets, ...(player && { player }) });
  // At an orderly end what waits for the next tick is written, before the database closes.
  scope.add(disposable(alarms.tick));
  const incidents = scope.add(createIncidents({ sql, clock, ids, ledger, faults, plant: { name: plant.name, timeZone: plant.site.timeZone } }));
  const inspection = createInspection({ records, clock });
  const permits = createPermits({ records, registry, clock });
  const hazards = createHazards({ sql, registry, clock, ids, ledger, records, faults, photos: createPhotos({ evidence: cameras.evidence, look }) });
  const weather = scope.add(createWeatherWatch({ registry, values, clock, source: site.weather, fetchJson, log }));
  const risk = scope.add(createRisk({ registry, sql, values, weather, people, alarms, inference, permits, inspection, hazards, engines: scope.add(workers.start('engines', plant)), clock, log }));
  const emergency = scope.add(createEmergency({ registry, values, weather, people, alarms, incidents, engines: scope.add(workers.start('engines', plant)), clock, ids, log }));

  const pipeline = createPipeline({ values, historian, inference, alarms, emergency, clock });
  let bridge: Bridge | null = null;
  const { status } = scope.add(
    createStatus({ station: site.id, version: installation.version, dataDir, clock, faults, metrics, pipeline, values, historian, ledger, feeds: feeds.table, bridge: () => bridge ?? { clients: 0, merged: 0 } }),
  );
  bridge = scope.add(
    createBridge({
      station: site.id,
      authenticate: security.authenticate,
      ledger,
      clock,
      ids,
      log,
      onLedgerDown: (error) => faults.report({ source: 'ledger', code: 'down', severity: 'error', text: text('台账无法写入,普通操作被拒绝', 'The ledger cannot write; ordinary actions are refused'), detail: String(error) }),
      onLedgerUp: () => faults.clear('ledger', 'down'),
      onWorked: (name) => faults.clear('bridge', name),
      onFailed: (name, error) => faults.report({ source: 'bridge', code: name, severity: 'error', text: text(`操作 ${name} 内部错误`, `${name} failed inside the station`), detail: String(error) }),
      handlers: {
        system: {
          status,
          faults: faults.table,
          about: () => ({ version: installation.version, node: installation.node, platform: installation.platform, shell, dataDir, site: file, demo: site.demo }),
        },
        security: security.handlers,
        ledger: ledger.handlers,
        registry: createRegistryHandlers({
          registry,
          book,
          report: (now) => reportOn({ plant: registry.plant, records: now }, { claims: (tag) => feeds.claimsOf(tag).map(({ feed }) => feed), now: clock.now(), start: startedAt }),
          lineage: createLineage({ site, registry, feeds, values, inference, risk, emergency, versions: { program: installation.version, model: () => book.state.get().version } }),
        }),
        historian: historian.handlers,
        feeds: feeds.handlers,
        cameras: cameras.handlers,
        values: values.handlers,
        people: people.handlers,
        inference: createInferenceHandlers({ inference, vision, modelsFolder: installation.models, plant, clock }),
        alarms: alarms.handlers,
        incidents: incidents.handlers,
        permits: permits.handlers,
        hazards: hazards.handlers,
        risk: risk.handlers,
        emergency: emergency.handlers,
      },
    }),
  );

  scope.add(followFaults(faults.table, alarms));
  scope.add(feeds.onDidReceive(pipeline.onSamples));
  scope.add(feeds.onDidReceiveHistory(pipeline.onHistory));
  scope.add(
    feeds.onDidLose((loss) => {
      pipeline.onLoss(loss);
      if (loss.isRemapped === true) values.expectAnew(loss.tags);
    }),
  );
  scope.add(feeds.onDidReceivePositions(people.apply));
  scope.add(emergency.onDidAnnounce(feeds.tell));
  scope.add(followConditions({ feeds, alarms, ids: site.feeds.flatMap((feed) => (feed.kind === 'opcua' && feed.conditions !== undefined ? [feed.id] : [])) }));
  const sights = scope.add(followCameras({ plant, people, cameras, hazards, alarms, emergency, incidents, look, clock, log }));
  scope.add(feeds.onDidReceiveCameraEvent(sights.onReport));
  if (watch !== null) scope.add(watch.onDidSee(sights.onBreach));
  scope.add(rebuildAfterHistory(feeds, () => inference.rebuild(), { clock, log }));

  // What was last known, as stale as it is, until the feeds say better; and the machines' past for the life model.
  historian.last().then(
    (last) => pipeline.onLoss({ tags: values.apply({ ...last, quality: last.quality.map(() => Quality.stale) }).tag, at: clock.now() }),
    (error: unknown) => log.warn('last values could not be read', { error: String(error) }),
  );
  void inference.rebuild().catch((error: unknown) => log.warn('machine history could not be read', { error: String(error) }));

  scope.add(clock.every(SECOND / 10, alarms.tick));
  // Apart from each other and from the status at the full second, so that their work does not add up to one long turn.
  const everyFrom = (start: number, ms: number, run: () => void) => scope.add(clock.after(start, () => scope.add(clock.every(ms, run))));
  everyFrom(0.2 * SECOND, SECOND, emergency.tick);
  everyFrom(0.4 * SECOND, SECOND, risk.tick);
  everyFrom(0.6 * SECOND, SECOND, () => void inference.tick());
  everyFrom(0.7 * SECOND, SECOND, people.tick);
  everyFrom(0.8 * SECOND, 10 * SECOND, permits.tick);
  everyFrom(5.8 * SECOND, 10 * SECOND, hazards.tick);
  feeds.start();
  cameras.start();
  const own = bridge;
  return {
    serve: (port, info) => own.serve(port, info),
    status: status.get,
    annunciator: alarms.annunciator.get,
    portMoved: (wanted, served) =>
      faults.report({ source: 'port', code: 'busy', severity: 'warning', text: text(`端口 ${wanted} 已被占用,改用 ${served}`, `Port ${wanted} is in use by another program; ${served} is served instead`) }),
    async [Symbol.asyncDispose]() {
      scope[Symbol.dispose]();
      await workers.ended();
      sql[Symbol.dispose]();
    },
  };
};

/** History that a feed brings makes the machines' past longer: build them again once it has gone quiet. */
const rebuildAfterHistory = (feeds: Pick<ReturnType<typeof createFeeds>, 'onDidReceiveHistory'>, rebuild: () => Promise<void>, { clock, log }: { readonly clock: Clock; readonly log: Log }): Disposable => {
  let waiting: Disposable | null = null;
  const listening = feeds.onDidReceiveHistory(() => {
    waiting?.[Symbol.dispose]();
    waiting = clock.after(2 * SECOND, () => void rebuild().catch((error: unknown) => log.warn('machine history could not be read', { error: String(error) })));
  });
  return disposable(() => {
    listening[Symbol.dispose]();
    waiting?.[Symbol.dispose]();
  });
};

/** Opens the station's database; one that is damaged is moved aside, kept and reported, and a new one begins: the control room must come up. */
const openStore = (file: string, { clock, faults, log }: { readonly clock: Clock; readonly faults: Faults; readonly log: Log }): Sql => {
  try {
    return openSql(file, MIGRATIONS);
  } catch (error) {
    if (!(error instanceof DatabaseCorrupt)) throw error;
    const aside = `${file}.damaged-${clock.now()}`;
    for (const suffix of ['', '-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
    log.error('the database was damaged and moved aside', { aside, cause: String(error.cause) });
    faults.report({ source: 'database', code: 'damaged', severity: 'error', text: text('数据库损坏,已另存并新建', 'The database was damaged; it was set aside and a new one begun'), detail: aside });
    return openSql(file, MIGRATIONS);
  }
};
