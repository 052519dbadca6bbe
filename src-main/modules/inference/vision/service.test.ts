import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEmitter, disposable, MINUTE, ok, silentLog } from '../../../../src-shared/kernel/index.ts';
import { createFaults } from '../../../platform/faults.ts';
import type { SupervisedWorker } from '../../../platform/workers.ts';
import { createFakeClock } from '../../../testing/fakeClock.ts';
import { temporaryFolder } from '../../../testing/temporary.ts';
import { readVisionModel } from '../card.ts';
import { VISION_CLASSES } from '../model/vision/detect.ts';
import { createVision } from './service.ts';

const bytes = 'a graph';
const thresholds = Object.fromEntries(VISION_CLASSES.map((each) => [each, 0.4]));
const soundCard = {
  id: 'vision-ppe', version: '1', kind: 'vision', file: 'vision-ppe.onnx', sha256: createHash('sha256').update(bytes).digest('hex'), purpose: { zh: '试', en: 'test' }, training: {}, metrics: {},
  input: { name: 'picture', shape: [1, 64, 96, 3], fill: [124, 116, 104] }, output: { scores: 'scores', boxes: 'boxes', points: 8 * 12 + 4 * 6 + 2 * 3 }, classes: ['person', 'hardhat'], overlap: 0.6,
  thresholds, smallestHead: 20, sources: [{ name: 'set', licence: 'CC0', pictures: 1 }], limits: [],
};

/** A vision service whose worker answers when the test says so. */
const start = async (card: object = soundCard) => {
  const folder = temporaryFolder();
  writeFileSync(folder.file('vision-ppe.onnx'), bytes);
  writeFileSync(folder.file('vision-ppe.json'), JSON.stringify(card));
  const clock = createFakeClock();
  const faults = createFaults(clock);
  const runs: { readonly picture: number; answer(value: unknown): void }[] = [];
  const worker: SupervisedWorker = {
    post: () => {},
    onMessage: createEmitter<unknown>().listen,
    onDidStart: createEmitter<void>().listen,
    call: <T>(method: string, input: unknown) =>
      new Promise<T>((resolve) => {
        if (method === 'load') return resolve(null as T);
        runs.push({ picture: (input as { readonly picture: Uint8Array }).picture[0]!, answer: (value) => resolve(value as T) });
      }),
    [Symbol.dispose]: () => {},
  };
  const vision = createVision({ workers: { start: () => worker }, modelsFolder: folder.path, clock, faults, log: silentLog });
  await Promise.resolve();
  await Promise.resolve();
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return { vision, clock, faults, runs, folder, settle, ...disposable(() => [vision, folder].forEach((each) => each[Symbol.dispose]())) };
};
const sight = { output: ok({ width: 4, height: 3, detections: [], measures: Float32Array.of(0.5, 0.2, 0.1, 0.1), strongest: 0.1 }) };
const picture = (number: number) => Uint8Array.of(number);

describe('vision service', () => {
  it('drops the older picture of a source, never the newest, and lets sources take turns', async () => {
    using station = await start();
    const [first, older, other, newest] = [['gate', 1], ['gate', 2], ['tank', 3], ['gate', 4]].map(([source, number]) => station.vision.detect({ source: String(source), picture: picture(Number(number)) }));
    expect(await older).toMatchObject({ ok: false, refusal: { code: 'Overtaken' } });
    station.runs[0]!.answer(sight);
    expect(await first).toMatchObject({ ok: true, value: { width: 4 } });
    await station.settle();
    station.runs[1]!.answer(sight);
    await station.settle();
    station.runs[2]!.answer(sight);
    expect((await Promise.all([other, newest])).every((each) => each?.ok)).toBe(true);
    expect(station.runs.map((run) => run.picture)).toEqual([1, 4, 3]);
    expect(station.vision.counts()).toEqual({ seen: 3, overtaken: 1 });
  });

  it('passes on that the bytes are no picture, and reports a fault only when the model fails, until the next picture works', async () => {
    using station = await start();
    const broken = station.vision.detect({ source: 'gate', picture: picture(1) });
    await station.settle();
    station.runs[0]!.answer({ output: { ok: false, refusal: { code: 'BadPicture', text: { zh: '坏', en: 'bad' } } } });
    expect(await broken).toMatchObject({ ok: false, refusal: { code: 'BadPicture' } });
    expect(station.faults.table.rows()).toEqual([]);
    const failed = station.vision.detect({ source: 'gate', picture: picture(2) });
    await station.settle();
    station.runs[1]!.answer({ failure: 'no memory' });
    expect(await failed).toMatchObject({ ok: false, refusal: { code: 'NoModel' } });
    expect(station.faults.table.rows()).toMatchObject([{ code: 'vision-ppe/run', detail: expect.stringContaining('no memory') }]);
    const again = station.vision.detect({ source: 'gate', picture: picture(3) });
    await station.settle();
    station.runs[2]!.answer(sight);
    expect((await again).ok).toBe(true);
    expect(station.faults.table.rows()).toMatchObject([{ code: 'vision-ppe/run', active: false }]);
  });

  it('tells when the cameras show other pictures than it was trained on, by stretches of hours and not by photographs handed in', async () => {
    const deciles = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
    using station = await start({ ...soundCard, reference: { inputs: [deciles, deciles, deciles, deciles], output: deciles, draws: 400 } });
    const watch = async (hours: number, brightness: (step: number) => number, isOfCamera: boolean) => {
      for (let step = 0; step < hours * 12; step += 1) {
        station.clock.advance(5 * MINUTE);
        const even = (step % 10) / 10 + 0.05;
        const seen = station.vision.detect({ source: 'CAM-1', picture: picture(1), isOfCamera });
        await station.settle();
        station.runs.at(-1)!.answer({ output: ok({ ...sight.output.value, measures: Float32Array.of(brightness(step), even, even, even), strongest: even }) });
        await seen;
      }
    };
    await watch(30, () => 0.02, false);
    expect(station.vision.models()).toMatchObject([{ drift: null }]);
    await watch(30, (step) => (step % 10) / 10 + 0.05, true);
    expect(station.vision.models()[0]?.drift).toMatchObject({ steps: 360 });
    expect(station.vision.models()[0]?.drift?.draws).toBeGreaterThanOrEqual(10);
    expect(station.vision.models()[0]?.drift?.features.every(({ index }) => index < 0.05)).toBe(true);
    expect(station.faults.table.rows()).toEqual([]);
    await watch(240, () => 0.02, true);
    expect(station.vision.models()[0]?.drift?.features[0]).toMatchObject({ name: 'brightness', since: expect.any(Number) });
    expect(station.faults.table.rows()).toMatchObject([{ code: 'vision-ppe/drift', active: true, detail: expect.stringMatching(/^brightness \d/) }]);
  });

  it('refuses every picture without a sound model, and says why', async () => {
    using station = await start({ ...soundCard, sha256: '0'.repeat(64) });
    expect(await station.vision.detect({ source: 'gate', picture: picture(1) })).toMatchObject({ ok: false, refusal: { code: 'NoModel' } });
    expect(station.vision.models()).toMatchObject([{ state: 'refused', detail: { en: expect.stringContaining('hash') } }]);
    expect(station.faults.table.rows()).toMatchObject([{ code: 'vision-ppe/file' }]);
  });
});

describe('vision card', () => {
  it.each([
    ['a size that gives another number of points', { input: { ...soundCard.input, shape: [1, 64, 128, 3] } }, 'output.points'],
    ['an unknown class', { classes: ['person', 'cat'] }, 'classes.1'],
    ['a threshold above 1', { thresholds: { ...thresholds, person: 1.4 } }, 'thresholds.person'],
    ['no source', { sources: [] }, 'sources'],
    ['a reference for drift of another number of inputs', { reference: { inputs: [[1, 2, 3, 4, 5, 6, 7, 8, 9]], output: [1, 2, 3, 4, 5, 6, 7, 8, 9], draws: 3 } }, 'reference.inputs'],
  ])('is refused with %s', (_what, change, field) => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('vision-ppe.onnx'), bytes);
    writeFileSync(folder.file('vision-ppe.json'), JSON.stringify({ ...soundCard, ...change }));
    expect(readVisionModel(folder.file('vision-ppe.json'))).toMatchObject({ ok: false, refusal: { field } });
  });
});
