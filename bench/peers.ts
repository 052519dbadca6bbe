import { execFileSync, fork, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../src-main/testing/opcuaServer.ts';
import { pause } from '../src-main/testing/until.ts';
import { fail, median } from './kit.ts';
import { flowsOf, influxConfiguration } from './peers/nodeRed.ts';

/**
 * `node bench/peers.ts --node-red FOLDER [--rate R] [--seconds S] [--tags N] [--runs N] --json`: Node-RED writing to InfluxDB against Anlan on the same load, one JSON
 * value a message from the publisher of bench:ingest. For each: values sent, stored (counted in its store), and the processor time of all its processes a stored
 * value; medians over the runs. FOLDER is one in which `npm install node-red` was done; InfluxDB 1 is Debian's `influxd`. Exit 2 when either is missing.
 * Node-RED is asked for less than Anlan does: no alarms, no screen, no plant model.
 */
const { values } = parseArgs({ options: { 'node-red': { type: 'string', default: '' }, rate: { type: 'string', default: '10000' }, seconds: { type: 'string', default: '20' }, tags: { type: 'string', default: '1000' }, runs: { type: 'string', default: '1' }, json: { type: 'boolean', default: false } } });
const number = (name: 'rate' | 'seconds' | 'tags' | 'runs') => (Number(values[name]) > 0 ? Number(values[name]) : fail(`--${name} must be a number over 0, not ${values[name]}`));
const [rate, seconds, tags, runs] = [number('rate'), number('seconds'), number('tags'), number('runs')];
const nodeRed = join(values['node-red'], 'node_modules/node-red/red.js');
if (!existsSync(nodeRed)) fail(`--node-red must name a folder with Node-RED installed: there is no ${nodeRed}`);
if (!existsSync('/usr/bin/influxd')) fail('InfluxDB is needed: apt install influxdb');

type Run = { readonly sent: number; readonly stored: number; readonly cpuMicrosecondsPerValue: number };

/** Processor time of a process so far, s. */
const cpuOf = ({ pid }: ChildProcess): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
/** Resolves when somebody answers there. */
const served = async (url: string, who: string) => {
  for (const deadline = performance.now() + 60_000; performance.now() < deadline; await pause(100)) if (await fetch(url).then((reply) => reply.status < 500, () => false)) return;
  throw new Error(`${who} did not serve within a minute`);
};

const runNodeRed = async (): Promise<Run> => {
  const folder = mkdtempSync(join(tmpdir(), 'anlan-peers-'));
  const [broker, influxPort, redPort, rpcPort] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const children: ChildProcess[] = [];
  try {
    writeFileSync(join(folder, 'influx.conf'), influxConfiguration({ folder, port: influxPort, rpcPort }));
    mkdirSync(join(folder, 'red'));
    writeFileSync(join(folder, 'red/flows.json'), JSON.stringify(flowsOf({ broker, influxPort })));
    writeFileSync(join(folder, 'red/settings.js'), `module.exports = { uiPort: ${redPort}, uiHost: '127.0.0.1', flowFile: 'flows.json', logging: { console: { level: 'warn' } } };`);
    const influx = spawn('/usr/bin/influxd', ['-config', join(folder, 'influx.conf')], { stdio: 'ignore' });
    children.push(influx);
    await served(`http://127.0.0.1:${influxPort}/ping`, 'InfluxDB');
    await fetch(`http://127.0.0.1:${influxPort}/query?q=${encodeURIComponent('CREATE DATABASE bench')}`, { method: 'POST' });
    const publisher = fork(new URL('./ingestPublisher.ts', import.meta.url), ['mqtt', broker, tags, rate, seconds, 1, folder].map(String), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    children.push(publisher);
    const told = (key: string) => new Promise<Record<string, number>>((resolve) => publisher.on('message', (message) => typeof message === 'object' && message !== null && key in message && resolve(message as Record<string, number>)));
    const finished = told('sent');
    await told('ready');
    const red = spawn(process.execPath, [nodeRed, '--userDir', join(folder, 'red')], { stdio: ['ignore', 'ignore', 'inherit'] });
    children.push(red);
    await served(`http://127.0.0.1:${redPort}/`, 'Node-RED');
    const before = cpuOf(red) + cpuOf(influx);
    const { sent = 0 } = await finished;
    await pause(5_000);
    const cpuSeconds = cpuOf(red) + cpuOf(influx) - before;
    const answer = (await (await fetch(`http://127.0.0.1:${influxPort}/query?db=bench&q=${encodeURIComponent('SELECT count(v) FROM bench')}`)).json()) as { readonly results: readonly { readonly series?: readonly { readonly values: readonly (readonly [string, number])[] }[] }[] };
    const stored = answer.results[0]?.series?.[0]?.values[0]?.[1] ?? 0;
    return { sent, stored, cpuMicrosecondsPerValue: Math.round((cpuSeconds / stored) * 1e8) / 100 };
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await pause(300);
    rmSync(folder, { recursive: true, force: true });
  }
};

const runAnlan = (): Run => {
  const output = execFileSync(process.execPath, [join(import.meta.dirname, 'ingest.ts'), '--protocol', 'mqtt', '--batch', '1', '--json', ...Object.entries({ tags, rate, seconds }).flatMap(([name, value]) => [`--${name}`, String(value)])], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as Run;
};

const both = { nodeRed: [] as Run[], anlan: [] as Run[] };
for (let turn = 0; turn < runs; turn += 1) {
  both.nodeRed.push(await runNodeRed());
  both.anlan.push(runAnlan());
}
const summary = (all: readonly Run[]) => ({ sent: median(all.map(({ sent }) => sent)), stored: median(all.map(({ stored }) => stored)), cpuMicrosecondsPerValue: median(all.map(({ cpuMicrosecondsPerValue }) => cpuMicrosecondsPerValue)) });
const [red, anlan] = [summary(both.nodeRed), summary(both.anlan)];
const report = { rate, seconds, tags, runs, nodeRedWithInfluxDb: red, anlan, ratio: Math.round((red.cpuMicrosecondsPerValue / anlan.cpuMicrosecondsPerValue) * 100) / 100 };
console.log(values.json ? JSON.stringify(report) : JSON.stringify(report, null, 1));
