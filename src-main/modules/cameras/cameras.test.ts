import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PictureBox } from '../../../src-shared/contract/index.ts';
import { createEmitter, DAY, disposable, silentLog, text, unwrap } from '../../../src-shared/kernel/index.ts';
import { CameraSource, EvidenceKeeping } from '../../../src-shared/plant/index.ts';
import { createFaults } from '../../platform/faults.ts';
import { digest } from '../../platform/secrets.ts';
import { openSql } from '../../platform/sql.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { createSequentialIds } from '../../testing/ids.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { createLedger, ledgerMigrations } from '../ledger/index.ts';
import { cameraMigrations, createCameras, type KeepInput } from './index.ts';
import type { CamerasMessage, SourceRow } from './messages.ts';
import { pictureMethods } from './worker/pictures.ts';

const ROW: SourceRow = { camera: 'CAM-1', kind: 'jpeg', url: 'http://127.0.0.1/x', state: 'live', since: 0, reason: null, lastAt: 0, width: 640, height: 480, received: 1, fps: 1, dropped: 0, rejected: 0, reconnects: 0 };
const TRIANGLE = { id: 'a', kind: 'forbidden', polygon: [[0, 0], [1, 0], [0, 1]] } as const;
const zone = () => ({ ...TRIANGLE, polygon: TRIANGLE.polygon.map(([x, y]): [number, number] => [x, y]) });

/** The station's end with the worker's methods called directly; what the worker tells is told by the test. */
const open = (keeping: object = {}) => {
  const folder = temporaryFolder();
  const clock = createFakeClock();
  const sql = openSql(folder.file('station.db'), [...ledgerMigrations, ...cameraMigrations]);
  const ledger = createLedger({ sql, clock });
  const faults = createFaults(clock);
  const ids = createSequentialIds();
  const told = createEmitter<unknown>();
  const began = createEmitter<void>();
  const posted: unknown[] = [];
  const methods = pictureMethods as unknown as Record<string, (input: unknown) => Promise<unknown>>;
  const workers = { start: () => ({ post: (message: unknown) => void posted.push(message), onMessage: told.listen, onDidStart: began.listen, call: async <T>(method: string, input: unknown) => (await methods[method]!(input)) as T, ...disposable(() => {}) }) };
  const site = { cameras: [CameraSource.parse({ id: 'CAM-1', kind: 'jpeg', url: 'http://127.0.0.1/x', zones: [zone()] })], evidence: EvidenceKeeping.parse(keeping) };
  const start = () => createCameras({ site, plant: buildPlant(), workers, sql, ledger, folder: folder.path, clock, ids, log: silentLog, faults });
  const cameras = start();
  cameras.start();
  const tell = (message: CamerasMessage) => told.emit(message);
  return { folder, clock, ledger, faults, cameras, start, tell, posted, began, ...disposable(() => { cameras[Symbol.dispose](); sql[Symbol.dispose](); folder[Symbol.dispose](); }) };
};

/** Noise by a seed: no two alike, and nothing in it is smooth. */
const picture = async (seed: number, width = 320, height = 240): Promise<Buffer> => {
  let state = seed * 7_919 + 1;
  const tiles = Buffer.from(Array.from({ length: 20 * 15 * 3 }, () => ((state = (state * 1_103_515_245 + 12_345) >>> 0) >>> 16) & 255));
  return sharp(tiles, { raw: { width: 20, height: 15, channels: 3 } }).resize(width, height, { kernel: 'cubic' }).jpeg({ quality: 92 }).toBuffer();
};
const HEAD: PictureBox = { kind: 'no_hardhat', confidence: 0.9, box: [0.4, 0.2, 0.2, 0.25], track: 1, breach: 'no-helmet' };
const kept = (jpeg: Uint8Array, rest: Partial<KeepInput> = {}): KeepInput => ({ camera: 'CAM-1', at: Date.UTC(2026, 0, 1), kind: 'no-helmet', text: text('未戴安全帽', 'No helmet'), jpeg, boxes: [HEAD], ...rest });
describe('pictures', () => {
  it('go to whoever asks next; the one in hand is not given again; a listener hears each', async () => {
    using place = open();
    const heard: number[] = [];
    place.cameras.onDidReceive(({ at }) => heard.push(at));
    expect(await place.cameras.next('CAM-9', null)).toBeNull();
    const waits = place.cameras.next('CAM-1', null);
    place.tell({ kind: 'picture', camera: 'CAM-1', at: 5, jpeg: Uint8Array.of(1) });
    expect((await waits)?.picture.at).toBe(5);
    expect((await place.cameras.next('CAM-1', 4))?.picture.at).toBe(5);
    const none = place.cameras.next('CAM-1', 5);
    place.clock.advance(2_000);
    expect(await none).toBeNull();
    expect([heard, place.posted]).toEqual([[5], [{ kind: 'taken', camera: 'CAM-1' }]]);
  });

  it('are shown with what was seen on them while the model keeps up, and bare when it does not', async () => {
    using place = open();
    const send = () => place.tell({ kind: 'picture', camera: 'CAM-1', at: place.clock.now(), jpeg: Uint8Array.of(1) });
    send();
    const first = place.cameras.newest('CAM-1')!;
    place.cameras.see({ picture: first, boxes: [HEAD] });
    place.clock.advance(1_000);
    send();
    expect(await place.cameras.next('CAM-1', null)).toEqual({ picture: first, boxes: [HEAD] });
    const waits = place.cameras.next('CAM-1', first.at);
    place.cameras.see({ picture: place.cameras.newest('CAM-1')!, boxes: [] });
    expect(await waits).toEqual({ picture: place.cameras.newest('CAM-1'), boxes: [] });
    place.clock.advance(5_000);
    send();
    expect((await place.cameras.next('CAM-1', null))?.boxes).toBeNull();
  });

  it('show state and reason as a fault until the camera is live again, and connecting when the worker died', () => {
    using place = open();
    place.began.emit();
    place.tell({ kind: 'rows', rows: [{ ...ROW, state: 'down', reason: text('断开', 'cut') }] });
    expect(place.faults.table.get('cameras/CAM-1')).toMatchObject({ active: true, text: { en: 'Camera CAM-1: cut' } });
    place.tell({ kind: 'rows', rows: [ROW] });
    expect(place.faults.table.get('cameras/CAM-1')?.active).toBe(false);
    place.began.emit();
    expect(place.cameras.table.get('CAM-1')?.state).toBe('connecting');
  });

  it('take zones drawn in the app in place of the site file’s, over a restart, until they are given up', () => {
    using place = open();
    place.tell({ kind: 'rows', rows: [ROW] });
    expect(place.cameras.table.get('CAM-1')).toMatchObject({ zones: [TRIANGLE], isRedrawn: false });
    const drawn = { ...zone(), id: 'b', kind: 'helmet' as const };
    expect(unwrap(place.cameras.setZones({ camera: 'CAM-1', zones: [drawn] }, 'fit'))).toMatchObject({ zones: [drawn], isRedrawn: true });
    expect(place.start().zonesOf('CAM-1')).toEqual([drawn]);
    expect(place.cameras.setZones({ camera: 'CAM-1', zones: [drawn, drawn] }, 'fit')).toMatchObject({ refusal: { code: 'SameZoneTwice' } });
    expect(place.cameras.setZones({ camera: 'CAM-2', zones: [] }, 'fit')).toMatchObject({ refusal: { code: 'UnknownCamera' } });
    expect(unwrap(place.cameras.setZones({ camera: 'CAM-1', zones: null }, 'fit')).zones).toEqual([TRIANGLE]);
  });
});

describe('evidence', () => {
  it('is kept with heads made coarse, its digest in the ledger, and drawn boxes on demand', async () => {
    using place = open();
    const jpeg = await picture(1);
    const id = place.cameras.evidence.keep(kept(jpeg));
    await place.cameras.evidence.settled();
    const shown = (await place.cameras.evidence.show(id, false))!;
    const [entry] = place.ledger.entries({ limit: 1, subject: id });
    expect(JSON.parse(entry!.body)).toMatchObject({ sha256: shown.evidence.sha256, blurred: 'heads', kind: 'no-helmet' });
    expect(shown).toMatchObject({ isIntact: true, evidence: { id, camera: 'CAM-1', width: 320, height: 240, boxes: [HEAD], hasOriginal: false } });
    // Within one of the eight squares across the head nothing of the face is left; beside the head the picture is as it was.
    const [square, ground] = [{ left: 138, top: 63, width: 5, height: 5 }, { left: 10, top: 150, width: 5, height: 5 }];
    const spread = async (bytes: Uint8Array, box: typeof square) => (await sharp(await sharp(bytes).extract(box).greyscale().png().toBuffer()).stats()).channels[0]!.stdev;
    expect(await spread(jpeg, square)).toBeGreaterThan(8);
    expect(await spread(shown.jpeg, square)).toBeLessThan(3);
    expect(await spread(shown.jpeg, ground)).toBeGreaterThan((await spread(jpeg, ground)) * 0.7);
    const drawn = (await place.cameras.evidence.show(id, true))!;
    const edge = await sharp(await sharp(drawn.jpeg).extract({ left: 127, top: 90, width: 3, height: 4 }).png().toBuffer()).stats();
    expect(edge.channels[0]!.mean).toBeGreaterThan(edge.channels[2]!.mean + 60);
  });

  it('is coarse all over where nobody looked for heads, and keeps the original only where the site says so', async () => {
    using place = open({ keepOriginal: true });
    const jpeg = await picture(2);
    const id = place.cameras.evidence.keep(kept(jpeg, { boxes: null }));
    await place.cameras.evidence.settled();
    const shown = (await place.cameras.evidence.show(id, false))!;
    expect(shown.evidence).toMatchObject({ blurred: 'whole', hasOriginal: true });
    expect(readFileSync(place.folder.file(`evidence/2026-01/${id}.original.jpg`))).toEqual(jpeg);
  });

  it('tells when the bytes were changed, and when they are gone', async () => {
    using place = open();
    const id = place.cameras.evidence.keep(kept(await picture(3)));
    await place.cameras.evidence.settled();
    const file = place.folder.file(`evidence/2026-01/${id}.jpg`);
    writeFileSync(file, await picture(4));
    expect((await place.cameras.evidence.show(id, false))?.isIntact).toBe(false);
    rmSync(file);
    expect(await place.cameras.evidence.show(id, false)).toBeNull();
  });

  it('goes when it is old or too much, oldest first, and stays as long as a record needs it', async () => {
    using place = open({ days: 10 });
    const { evidence } = place.cameras;
    const now = place.clock.now();
    const ids = [evidence.keep(kept(await picture(5), { at: now - 11 * DAY })), evidence.keep(kept(await picture(6), { at: now - 12 * DAY, isHeld: true })), evidence.keep(kept(await picture(7), { at: now - 13 * DAY })), evidence.keep(kept(await picture(8), { at: now }))];
    evidence.hold(ids[2]!);
    await evidence.settled();
    evidence.prune();
    expect(evidence.newest(null, 9).map(({ id }) => id)).toEqual([ids[3], ids[1], ids[2]]);
    expect(place.ledger.entries({ limit: 1, subject: 'evidence' })[0]?.body).toContain(ids[0]!);
    using small = open({ megabytes: 0.000_001 });
    small.cameras.evidence.keep(kept(await picture(9), { isHeld: true }));
    await small.cameras.evidence.settled();
    small.cameras.evidence.prune();
    expect(small.faults.table.get('cameras/EvidenceFull')?.active).toBe(true);
  });

  it('a disk that refuses is a fault, and nothing is half kept', async () => {
    using place = open();
    writeFileSync(place.folder.file('evidence'), 'in the way');
    const id = place.cameras.evidence.keep(kept(await picture(10)));
    await place.cameras.evidence.settled();
    expect(place.faults.table.get('cameras/EvidenceNotKept')?.active).toBe(true);
    expect(place.cameras.evidence.find(id)).toBeUndefined();
  });

  it('refuses a photo that was used before, names it, and takes a new one; bytes that are no picture are refused too', async () => {
    using place = open();
    const { evidence } = place.cameras;
    const jpeg = await picture(11);
    const id = evidence.keep(kept(jpeg, { camera: null, boxes: null, kind: 'rectification' }));
    await evidence.settled();
    expect(evidence.find(id)).toMatchObject({ blurred: 'none', sha256: digest(readFileSync(place.folder.file(`evidence/2026-01/${id}.jpg`)) as unknown as string) });
    const again = await evidence.examine(await sharp(jpeg).extract({ left: 10, top: 8, width: 290, height: 218 }).flop().modulate({ brightness: 1.2 }).jpeg({ quality: 70 }).toBuffer());
    expect(again).toMatchObject({ refusal: { code: 'UsedBefore', text: { en: `This photo was used before: No helmet (${id})` } } });
    expect(await evidence.examine(await picture(12))).toMatchObject({ ok: true });
    expect(await evidence.examine(Uint8Array.of(1, 2, 3))).toMatchObject({ refusal: { code: 'NotAPicture' } });
  });
});
