import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { silentLog, unwrap } from '../src-shared/kernel/index.ts';
import { createMachineState, createVision, readRulModel } from '../src-main/modules/inference/index.ts';
import { systemClock } from '../src-main/platform/clock.ts';
import { createFaults } from '../src-main/platform/faults.ts';
import { createWorkers } from '../src-main/platform/workers.ts';
import { seeded } from './kit.ts';

/** The models as a station runs them: in their workers, off the main thread, the way there and back included. */
const folder = join(import.meta.dirname, '../models');
const faults = createFaults(systemClock);
const workers = createWorkers({ folder: new URL('../src-main/workers/', import.meta.url), extension: '.ts', clock: systemClock, log: silentLog, faults });
const close = () => workers[Symbol.dispose]();

const checked = unwrap(readRulModel(join(folder, 'rul-compressor.json')));
const { card } = checked;
const MACHINES = 500;
const machine = createMachineState(card.features, card.stepDays * 24);
for (let hour = 0; hour < 600; hour += 1) {
  machine.advance(hour);
  card.features.sensors.forEach((_sensor, index) => machine.see(index, (card.features.mean[0]?.[index] ?? 0) + Math.sin(hour + index)));
}
const one = machine.window();
const rul = async () => {
  const worker = workers.start('inference');
  await worker.call('load', { key: card.id, card, bytes: checked.bytes });
  return () => {
    const windows = new Float32Array(MACHINES * one.length);
    for (let row = 0; row < MACHINES; row += 1) windows.set(one, row * one.length);
    return worker.call('run', { key: card.id, windows, batch: MACHINES }, [windows.buffer]);
  };
};

const FRAME = { width: 1280, height: 720 };
const vision = async () => {
  const random = seeded(1);
  const blocks = { width: 64, height: 36, channels: 3 } as const;
  const picture = await sharp(Uint8Array.from({ length: blocks.width * blocks.height * 3 }, () => 256 * random()), { raw: blocks }).resize(FRAME.width, FRAME.height).jpeg({ quality: 80 }).toBuffer();
  const detector = createVision({ workers, modelsFolder: folder, clock: systemClock, faults, log: silentLog });
  while (detector.models().some(({ state }) => state === 'loading')) await wait(20);
  return async () => unwrap(await detector.detect({ source: 'bench', picture: new Uint8Array(picture) }));
};

export const benchmarks = [
  { name: 'rulBatch', size: `${MACHINES} machines, one batch of ${card.id}`, open: rul, close },
  { name: 'visionFrame', size: `one JPEG of ${FRAME.width}×${FRAME.height}, unpacked and looked at`, open: vision, close },
];
