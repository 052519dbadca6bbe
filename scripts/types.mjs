// Type-checks every room with the libraries it may use: shared has neither node nor DOM, main no DOM, renderer no node.
import { spawn } from 'node:child_process';

const rooms = ['shared', 'main', 'plant', 'preload', 'renderer', 'e2e'];
const check = (room) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['node_modules/typescript/bin/tsc', '-p', `tsconfig/${room}.json`], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => {
      const empty = output.includes('TS18003');
      if (code !== 0 && !empty) console.log(`${room}:\n${output}`);
      resolve(code === 0 || empty);
    });
  });
const wanted = process.argv.slice(2);
let good = true;
for (const room of wanted.length > 0 ? wanted : rooms) good = (await check(room)) && good;
process.exit(good ? 0 : 1);
