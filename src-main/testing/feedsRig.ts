import type { z } from 'zod';
import { silentLog, type SampleBatch } from '../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../src-shared/plant/index.ts';
import { SiteFile } from '../../src-shared/plant/index.ts';
import { createFeeds, feedMigrations, type CameraEventReport, type Feeds, type Loss, type PositionBatch } from '../modules/feeds/index.ts';
import { createValues, type Values } from '../modules/values/index.ts';
import { systemClock } from '../platform/clock.ts';
import { createFaults, type Faults } from '../platform/faults.ts';
import { openSql } from '../platform/sql.ts';
import { createWorkers } from '../platform/workers.ts';
import { buildSite } from './buildPlant.ts';
import { temporaryFolder } from './temporary.ts';

/** Feeds in their real worker with live values behind them, and everything that they announced. */
export type FeedsRig = Disposable & {
  readonly feeds: Feeds;
  readonly values: Values;
  readonly faults: Faults;
  readonly batches: SampleBatch[];
  readonly history: SampleBatch[];
  readonly positions: PositionBatch[];
  readonly cameraEvents: CameraEventReport[];
  readonly losses: Loss[];
  state(feed?: string): string | undefined;
  /** The live value of a tag by id. */
  last(tag: string): ReturnType<Values['last']>;
};

export const startFeeds = (plant: PlantModel, feeds: z.input<typeof SiteFile>['feeds'], pkiFolder?: string, lastStored?: () => Promise<Pick<SampleBatch, 'tag' | 'at'>>): FeedsRig => {
  const folder = temporaryFolder();
  const clock = systemClock;
  const faults = createFaults(clock);
  const workers = createWorkers({ folder: new URL('../workers/', import.meta.url), extension: '.ts', clock, log: silentLog, faults });
  const site = SiteFile.parse({ ...buildSite(), feeds });
  const values = createValues({ plant });
  const sql = openSql(folder.file('station.db'), feedMigrations);
  const own = createFeeds({ site, plant, workers, clock, log: silentLog, faults, sql, pkiFolder: pkiFolder ?? folder.file('pki'), ...(lastStored !== undefined && { lastStored }) });
  const rig = { batches: [] as SampleBatch[], history: [] as SampleBatch[], positions: [] as PositionBatch[], cameraEvents: [] as CameraEventReport[], losses: [] as Loss[] };
  own.onDidReceive((batch) => rig.batches.push(values.apply(batch)));
  own.onDidReceiveHistory((batch) => rig.history.push(batch));
  own.onDidReceivePositions((batch) => rig.positions.push(batch));
  own.onDidReceiveCameraEvent((event) => rig.cameraEvents.push(event));
  own.onDidLose((loss) => {
    rig.losses.push(loss);
    values.markStale(loss.tags, loss.at);
    if (loss.isRemapped === true) values.expectAnew(loss.tags);
  });
  own.start();
  const indexOf = new Map(plant.tags.map((tag, index) => [tag.id, index]));
  return {
    ...rig,
    feeds: own,
    values,
    faults,
    state: (feed) => (feed === undefined ? own.table.rows()[0] : own.table.get(feed))?.state,
    last: (tag) => values.last(indexOf.get(tag) ?? -1),
    [Symbol.dispose]() {
      own[Symbol.dispose]();
      workers[Symbol.dispose]();
      sql[Symbol.dispose]();
      folder[Symbol.dispose]();
    },
  };
};
