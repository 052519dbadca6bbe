/** `npm run -s selftest -- [--data-dir DIR] [--port N] --json`: whether this machine can run a station and its screens. Exit 0 all good, 1 not, 2 bad arguments. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clock, disk, displays, models, node, pictures, port, runChecks, sound, sqlite } from './selftest/checks.ts';
import { renderer } from './selftest/renderer.ts';

const root = join(import.meta.dirname, '../..');

const stop = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
};

const readArguments = () => {
  try {
    const { values } = parseArgs({ options: { 'data-dir': { type: 'string', default: join(root, 'data') }, port: { type: 'string', default: '7420' }, json: { type: 'boolean', default: false } } });
    const wanted = Number(values.port);
    return Number.isInteger(wanted) && wanted > 0 && wanted < 65_536 ? { dataDir: values['data-dir'], port: wanted, json: values.json } : stop(`--port is a whole number from 1 to 65535, not "${values.port}"`);
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
};

const options = readArguments();
const checks = await runChecks([node, sqlite, models(join(root, 'models')), pictures(join(root, 'models')), renderer, displays(), sound(), port(options.port), disk(options.dataDir), clock]);
const write = options.json ? process.stderr : process.stdout;
for (const { name, ok, detail } of checks) write.write(`${ok ? ' ok ' : 'FAIL'}  ${name.padEnd(9)} ${detail}\n`);
if (options.json) process.stdout.write(`${JSON.stringify({ checks: checks.map(({ name, ok, detail }) => ({ name, ok, detail })) })}\n`);
process.exitCode = checks.every(({ ok }) => ok) ? 0 : 1;
