import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { silentLog } from '../../src-shared/kernel/index.ts';
import { temporaryFolder } from '../testing/temporary.ts';
import { systemClock } from './clock.ts';
import { createFaults } from './faults.ts';
import { createWorkers } from './workers.ts';

/** Workers of a folder whose `registry` echoes what it is asked, and dies of `die`. */
const rig = () => {
  const folder = temporaryFolder();
  writeFileSync(folder.file('registry.js'), `require('node:worker_threads').parentPort.on('message', function ({ $call, method, input }) { if (method === 'die') throw new Error('too much'); this.postMessage({ $reply: $call, value: input }); });`);
  const faults = createFaults(systemClock);
  const workers = createWorkers({ folder: pathToFileURL(`${folder.path}/`), extension: '.js', clock: systemClock, log: silentLog, faults });
  return { folder, faults, workers, worker: workers.start('registry') };
};

it('rejects what cannot be sent, and ends all the same', async () => {
  const { folder, workers, worker } = rig();
  using _gone = folder;
  expect(await worker.call('echo', 7)).toBe(7);
  await expect(worker.call('echo', () => 7)).rejects.toThrow('could not be cloned');
  workers[Symbol.dispose]();
  await workers.ended();
});

it('tells of a worker that died, and no longer once nobody wants it', async () => {
  const { folder, faults, workers, worker } = rig();
  using _gone = folder;
  await expect(worker.call('die', null)).rejects.toThrow('ended');
  expect(faults.table.get('worker/registry')).toMatchObject({ active: true, detail: 'Error: too much' });
  worker[Symbol.dispose]();
  expect(faults.table.get('worker/registry')?.active).toBe(false);
  workers[Symbol.dispose]();
  await workers.ended();
});
