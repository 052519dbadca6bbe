import { spawnSync } from 'node:child_process';

/** Says in one sentence what is wrong with the arguments and ends with status 2. */
export const fail = (sentence: string): never => {
  console.error(sentence);
  process.exit(2);
};

export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Numbers in [0, 1) with 53 random bits, the same for the same seed (xorshift128+ over 32-bit words). */
export const seeded = (seed: number): (() => number) => {
  let [a, b, c, d] = [seed | 1, seed ^ 0x9e3779b9, seed ^ 0x85ebca6b, seed ^ 0xc2b2ae35];
  const word = () => {
    const t = a ^ (a << 11);
    [a, b, c] = [b, c, d];
    d = d ^ (d >>> 19) ^ t ^ (t >>> 8);
    return d >>> 0;
  };
  for (let turn = 0; turn < 20; turn += 1) word();
  return () => (word() * 2 ** 21 + (word() >>> 11)) / 2 ** 53;
};

/**
 * Runs the program that is running `times` times, each in a process of its own with `args` and `--json`, one after another. Gives the
 * run whose `key` is the median, with all of them under `runs`, in their order.
 */
export const medianRun = (times: number, key: string, args: readonly string[]): Record<string, unknown> & { readonly runs: readonly Record<string, unknown>[] } => {
  const runs = Array.from({ length: times }, () => {
    const { stdout, status } = spawnSync(process.execPath, [process.argv[1]!, ...args, '--json'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    const line = stdout.trim().split('\n').at(-1) ?? '';
    return line.startsWith('{') ? (JSON.parse(line) as Record<string, unknown>) : fail(`a run ended with status ${status} and without a result`);
  });
  const middle = runs.toSorted((a, b) => Number(a[key]) - Number(b[key]))[Math.floor(times / 2)]!;
  return { ...middle, runs };
};
