/** `npm run -s bench:engines -- --json`: medians of the engines on one core, {name: {size, medianMs, p95Ms}}. `--only NAME` runs one. */
import { parseArgs } from 'node:util';
import { benchmarks as consequence } from './consequence.ts';
import { benchmarks as emergency } from './emergency.ts';
import { benchmarks as evacuation } from './evacuation.ts';
import { benchmarks as inference } from './inference.ts';
import { benchmarks as riskField } from './riskField.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' } } });
const chosen = [...consequence, ...evacuation, ...riskField, ...emergency, ...inference].filter(({ name }) => values.only === undefined || name === values.only);
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

const report: Record<string, { readonly size: string; readonly medianMs: number; readonly p95Ms: number }> = {};
for (const { name, size, run } of chosen) {
  const times = await measure(run);
  const at = (share: number): number => Number(times[Math.min(times.length - 1, Math.floor(share * times.length))]!.toFixed(2));
  report[name] = { size, medianMs: at(0.5), p95Ms: at(0.95) };
}
if (values.json) console.log(JSON.stringify(report));
else console.error(report);
