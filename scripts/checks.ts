// Every check of the project, one after the other, whatever the others say: lint, types, unit and integration, build, end-to-end.
// The last line is the sum: `N passed, N failed, N skipped`. Exit 1 when one failed.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.ts';
import { projectEnvironment, root } from './setup.mjs';

type Totals = { readonly passed: number; readonly failed: number; readonly skipped: number };
type Check = { readonly name: string; run(): Promise<Totals> };

const results = join(root, 'test-results');
const unitReport = join(results, 'unit.json');
const e2eReport = join(results, 'e2e.json');

/** Runs Node with these arguments in this terminal; resolves to whether it went well. */
const runs = (...argv: readonly string[]): Promise<boolean> =>
  new Promise((resolve) => {
    spawn(process.execPath, argv, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: projectEnvironment() }).on('close', (code) => resolve(code === 0));
  });
const one = (good: boolean): Totals => ({ passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 });
const sum = (a: Totals, b: Totals): Totals => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped });

/** Totals of a report; a run that left none, or that failed without a failed test, is one failure more. */
const totalsOf = (report: string, good: boolean, read: (content: string) => Totals): Totals => {
  const totals = existsSync(report) ? read(readFileSync(report, 'utf8')) : one(false);
  return good || totals.failed > 0 ? totals : sum(totals, one(false));
};

type VitestReport = { readonly numPassedTests: number; readonly numFailedTests: number; readonly numPendingTests: number; readonly numTodoTests: number };
const unitTotals = (content: string): Totals => {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(content) as VitestReport;
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
};

type PlaywrightReport = { readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number } };
const e2eTotals = (content: string): Totals => {
  const { expected, unexpected, flaky, skipped } = (JSON.parse(content) as PlaywrightReport).stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
};

const checks: readonly Check[] = [
  { name: 'lint', run: async () => one(await runs('scripts/lint.mjs')) },
  { name: 'types', run: async () => one(await runs('scripts/types.mjs')) },
  {
    name: 'unit and integration',
    run: async () => totalsOf(unitReport, await runs('node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`), unitTotals),
  },
  { name: 'build', run: async () => one(await build()) },
  { name: 'end-to-end', run: async () => totalsOf(e2eReport, await runs('scripts/e2e.ts'), e2eTotals) },
];

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
let total: Totals = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
for (const { name, run } of checks) {
  const startedAt = performance.now();
  console.log(`\n── ${name}`);
  const own = await run();
  total = sum(total, own);
  lines.push(`${name}: ${own.passed} passed, ${own.failed} failed, ${own.skipped} skipped (${((performance.now() - startedAt) / 1_000).toFixed(1)} s)`);
}
console.log(`\n${lines.join('\n')}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
