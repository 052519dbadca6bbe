import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary.ts';
import { lockFolder } from './sqlLock.ts';

/** Tries the lock in a process of its own; SQLite's locks are between processes. */
const otherProcess = (folder: string): string => {
  const source = `import { lockFolder } from ${JSON.stringify(import.meta.resolve('./sqlLock.ts'))}; console.log(lockFolder(${JSON.stringify(folder)}) === null ? 'held' : 'free'); process.kill(process.pid, 'SIGKILL');`;
  return spawnSync(process.execPath, ['--input-type=module-typescript', '-e', source], { encoding: 'utf8' }).stdout.trim();
};

it('lets one process hold a folder, and lets go when that one is killed', () => {
  using folder = temporaryFolder();
  expect(otherProcess(folder.path)).toBe('free');
  {
    using held = lockFolder(folder.path);
    expect(held).not.toBeNull();
    expect(otherProcess(folder.path)).toBe('held');
    expect(lockFolder(folder.path)).toBeNull();
  }
  expect(otherProcess(folder.path)).toBe('free');
});
