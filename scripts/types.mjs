// Type-checks every room with the libraries it may use: shared has neither node nor DOM, main no DOM, renderer no node.
// `node scripts/types.mjs [ROOM …]`
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

const ROOMS = ['main', 'renderer', 'e2e', 'plant', 'shared', 'preload'];

/** A room without files is sound. */
const check = (room) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['node_modules/typescript/bin/tsc', '-p', `tsconfig/${room}.json`], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => {
      const good = code === 0 || output.includes('TS18003');
      if (!good) console.log(`${room}:\n${output}`);
      resolve(good);
    });
  });

const wanted = process.argv.slice(2);
const waiting = wanted.length > 0 ? wanted : ROOMS;
let good = true;
const work = async () => {
  for (let room = waiting.shift(); room !== undefined; room = waiting.shift()) good = (await check(room)) && good;
};
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
process.exitCode = good ? 0 : 1;
