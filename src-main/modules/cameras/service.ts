import { join } from 'node:path';
import type { CameraRow, PictureBox } from '../../../src-shared/contract/index.ts';
import { createEmitter, createScope, createTable, HOUR, ok, refuse, SECOND, text, type Clock, type Disposable, type Ids, type Listen, type Log, type Refusal, type Result, type Table } from '../../../src-shared/kernel/index.ts';
import type { PictureZone, PlantModel, SiteFile } from '../../../src-shared/plant/index.ts';
import type { Faults } from '../../platform/faults.ts';
import type { Sql } from '../../platform/sql.ts';
import type { Workers } from '../../platform/workers.ts';
import type { Ledger } from '../ledger/index.ts';
import { createEvidence, type EvidenceBook } from './evidence.ts';
import type { CamerasMessage, CamerasSetup, Picture, SourceRow, Taken } from './messages.ts';
import { createCameraStore } from './store.ts';

/** A picture with what was seen on it; null: nobody looked. */
export type LookedAt = { readonly picture: Picture; readonly boxes: readonly PictureBox[] | null };

/** The plant's cameras: their pictures as they come, the zones drawn on them, and the pictures kept as evidence. Fetching and all work on pictures run in the worker `cameras`. */
export type CameraService = Disposable & {
  readonly table: Table<string, CameraRow>;
  /** Whole JPEGs, each newer than the one before; a listener that is slow sees fewer. */
  readonly onDidReceive: Listen<Picture>;
  /** The newest picture of a camera, however old. */
  newest(camera: string): Picture | null;
  /** The next picture of a camera that is newer than `after`, or null after two seconds; where the model keeps up, the next that it has looked at. */
  next(camera: string, after: number | null): Promise<LookedAt | null>;
  /** What the vision model saw on a camera's picture, for those who look at it. */
  see(seen: LookedAt): void;
  zonesOf(camera: string): readonly PictureZone[];
  /** Draws a camera's zones anew; null goes back to those of the site file. */
  setZones(input: { readonly camera: string; readonly zones: readonly PictureZone[] | null }, by: string): Result<CameraRow, Refusal<'UnknownCamera' | 'SameZoneTwice'>>;
  readonly evidence: EvidenceBook;
  /** Dials all cameras; called once, when every listener is in place. */
  start(): void;
};

export type CameraDependencies = {
  readonly site: Pick<SiteFile, 'cameras' | 'evidence'>;
  readonly plant: Pick<PlantModel, 'cameras'>;
  readonly workers: Pick<Workers, 'start'>;
  readonly sql: Sql;
  readonly ledger: Ledger;
  /** Evidence is kept here. */
  readonly folder: string;
  readonly ffmpeg?: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly faults: Faults;
};

const PATIENCE_MS = 2 * SECOND;
/** A model whose last look is older does not keep up: pictures are shown without it. */
const KEEPS_UP_MS = 4 * SECOND;
/** Displays that may wait for the next picture of one camera. */
const MOST_WAITING = 64;

export const createCameraService = ({ site, plant, workers, sql, ledger, folder, ffmpeg = 'ffmpeg', clock, ids, log, faults }: CameraDependencies): CameraService => {
  const scope = createScope();
  const store = createCameraStore(sql);
  const table = createTable<string, CameraRow>((row) => row.camera);
  const received = createEmitter<Picture>();
  const newest = new Map<string, Picture>();
  const looked = new Map<string, LookedAt>();
  const waiting = new Map<string, Set<(seen: LookedAt | null) => void>>();
  const sources = new Map(site.cameras.map((source) => [source.id, source]));
  const names = new Map(plant.cameras.map((camera) => [camera.id, camera.name]));
  const redrawn = new Map(store.zones());
  const setup: CamerasSetup = { sources: site.cameras, ffmpeg };
  const worker = scope.add(workers.start('cameras', setup));
  const evidence = createEvidence({ store, worker, folder: join(folder, 'evidence'), keeping: site.evidence, ledger, clock, ids, faults, log });

  const zonesOf = (camera: string): readonly PictureZone[] => redrawn.get(camera) ?? sources.get(camera)?.zones ?? [];
  const rowOf = (row: SourceRow): CameraRow => ({ ...row, analytics: sources.get(row.camera)?.analytics ?? false, zones: [...zonesOf(row.camera)], isRedrawn: redrawn.has(row.camera) });
  const show = (row: SourceRow) => {
    const before = table.get(row.camera);
    table.put(rowOf(row));
    if (before?.state === row.state && before.reason?.en === row.reason?.en) return;
    log.info('camera state', { camera: row.camera, state: row.state, reason: row.reason?.en });
    if (row.reason === null) return faults.clear('cameras', row.camera);
    const name = names.get(row.camera) ?? text(row.camera, row.camera);
    faults.report({ source: 'cameras', code: row.camera, severity: 'warning', text: text(`摄像机 ${name.zh}:${row.reason.zh}`, `Camera ${name.en}: ${row.reason.en}`), detail: row.url });
  };
  const take = (picture: Picture) => {
    newest.set(picture.camera, picture);
    if (!isLookedAt(picture.camera)) hand({ picture, boxes: null });
    received.emit(picture);
  };
  /** Whether somebody looks at this camera's pictures and keeps up with them. */
  const isLookedAt = (camera: string): boolean => clock.now() - (looked.get(camera)?.picture.at ?? Number.NEGATIVE_INFINITY) <= KEEPS_UP_MS;
  const hand = (seen: LookedAt) => {
    const ask = waiting.get(seen.picture.camera);
    waiting.delete(seen.picture.camera);
    ask?.forEach((answer) => answer(seen));
  };

  return {
    table,
    evidence,
    zonesOf,
    onDidReceive: received.listen,
    newest: (camera) => newest.get(camera) ?? null,
    next(camera, after) {
      const picture = newest.get(camera);
      const known = isLookedAt(camera) ? looked.get(camera) : picture === undefined ? undefined : { picture, boxes: null };
      if (known !== undefined && (after === null || known.picture.at > after)) return Promise.resolve(known);
      const own = waiting.get(camera) ?? new Set();
      if (!sources.has(camera) || own.size >= MOST_WAITING) return Promise.resolve(null);
      waiting.set(camera, own);
      return new Promise((resolve) => {
        const answer = (seen: LookedAt | null) => {
          patience[Symbol.dispose]();
          own.delete(answer);
          resolve(seen);
        };
        const patience = clock.after(PATIENCE_MS, () => answer(null));
        own.add(answer);
      });
    },
    see(seen) {
      looked.set(seen.picture.camera, seen);
      hand(seen);
    },
    setZones({ camera, zones }, by) {
      const row = table.get(camera);
      if (row === undefined) return refuse('UnknownCamera', text(`没有摄像机 ${camera} 的画面来源`, `Camera ${camera} has no source`), 'camera');
      if (zones !== null && new Set(zones.map(({ id }) => id)).size < zones.length) return refuse('SameZoneTwice', text('区域编号重复', 'Two zones have the same id'), 'zones');
      if (zones === null) {
        store.dropZones(camera);
        redrawn.delete(camera);
      } else {
        store.putZones(camera, zones, { by, at: clock.now() });
        redrawn.set(camera, zones);
      }
      const next = rowOf(row);
      table.put(next);
      return ok(next);
    },
    start() {
      let starts = 0;
      scope.add(
        worker.onDidStart(() => {
          starts += 1;
          // What a worker knew died with it; the next one tells anew.
          if (starts > 1) table.change(() => table.rows().forEach((row) => table.put({ ...row, state: 'connecting', since: clock.now() })));
        }),
      );
      scope.add(
        worker.onMessage((message) => {
          const told = message as CamerasMessage;
          if (told.kind === 'rows') return table.change(() => told.rows.forEach(show));
          worker.post({ kind: 'taken', camera: told.camera } satisfies Taken);
          take({ camera: told.camera, at: told.at, jpeg: told.jpeg });
        }),
      );
      scope.add(clock.every(HOUR, evidence.prune));
    },
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  };
};
