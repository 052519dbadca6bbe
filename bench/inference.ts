import { join } from 'node:path';
import { createMachineState, openSession, readRulModel } from '../src-main/modules/inference/index.ts';

const checked = readRulModel(join(import.meta.dirname, '../models/rul-compressor.json'));
if (!checked.ok) throw new Error(checked.refusal.text.en);
const { card } = checked.value;
const session = await openSession(checked.value);
const MACHINES = 500;
const machine = createMachineState(card.features, card.stepDays * 24);
for (let hour = 0; hour < 600; hour += 1) {
  machine.advance(hour);
  card.features.sensors.forEach((_sensor, index) => machine.see(index, (card.features.mean[0]?.[index] ?? 0) + Math.sin(hour + index)));
}
const one = machine.window();
const windows = new Float32Array(MACHINES * one.length);
for (let row = 0; row < MACHINES; row += 1) windows.set(one, row * one.length);

/** Each entry runs once per call; `run` is to be awaited. In a station it runs in the inference worker, off the main thread. */
export const benchmarks = [{ name: 'rulBatch', size: `${MACHINES} machines, one batch of ${card.id}`, run: () => session.run(windows, MACHINES) }];
