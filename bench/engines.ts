/**
 * `npm run -s bench:engines -- --json`: medians of the engines on one core, {name: {size, medianMs, p95Ms}}; of what a station runs in a worker also the event loop's delay meanwhile, `eventLoopP99Ms`.
 * `--only NAME` runs one.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { benchmarks as consequence } from './consequence.ts';
import { benchmarks as emergency } from './emergency.ts';
import { benchmarks as evacuation } from './evacuation.ts';
import { benchmarks as inference } from './inference.ts';
import { benchmarks as riskField } from './riskField.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' } } });
type Engine = { readonly name: string; readonly size: string } & ({ run(): unknown } | { open(): Promise<() => Promise<unknown>>; close(): void });
const chosen = [...consequence, ...evacuation, ...riskField, ...emergency, ...inference].filter((engine: Engine) => values.only === undefined || engine.name === values.only);
if (chosen.length === 0) {
  console.error(`no engine is called ${values.only ?? ''}`);
  process.exit(2);
}

/** Warm-up, then at least 7 and at most 60 runs within about three seconds. */
const measure = async (run: () => unknown): Promise<readonly number[]> => {
  for (let i = 0; i < 3; i += 1) await run();
  const times: number[] = [];
  const until = performance.now() + 3_000;
  while (times.length < 7 || (times.length < 60 && performance.now() < until)) {
    const started = performance.now();
    await run();
    times.push(performance.now() - started);
  }
  return times.toSorted((a, b) => a - b);
};

const LOOP_RESOLUTION_MS = 10;
const rounded = (value: number): number => Number(value.toFixed(2));
const report: Record<string, { readonly size: string; readonly medianMs: number; readonly p95Ms: number; readonly eventLoopP99Ms?: number }> = {};
for (const engine of chosen) {
  const run = 'run' in engine ? engine.run : await engine.open();
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  loop.enable();
  const times = await measure(run);
  loop.disable();
  const at = (share: number): number => rounded(times[Math.min(times.length - 1, Math.floor(share * times.length))]!);
  report[engine.name] = { size: engine.size, medianMs: at(0.5), p95Ms: at(0.95), ...('run' in engine ? {} : { eventLoopP99Ms: rounded(Math.max(0, loop.percentile(99) / 1e6 - LOOP_RESOLUTION_MS)) }) };
}
for (const engine of inference) engine.close();
if (values.json) console.log(JSON.stringify(report));
else console.error(report);
