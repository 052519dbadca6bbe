import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../src-main/testing/temporary.ts';
import { startChild, stopChild } from './children.ts';
import { root } from './setup.mjs';

const program = (source: string) => ['--input-type=module', '-e', source];
const quiet = () => undefined;

describe('startChild', () => {
  it('gives the ready line, whatever else the child says', async () => {
    const { child, ready, ended } = startChild({ name: 'it', argv: program("console.log('hello'); console.log('{half a line'); console.log(JSON.stringify({ ready: true, port: 7 })); setInterval(() => {}, 1000)"), onError: quiet });
    expect(await ready).toEqual({ ready: true, port: 7 });
    await stopChild(child);
    expect(await ended).toBe('SIGTERM');
  });

  it('says why a child ended before it was ready', async () => {
    const { ready } = startChild({ name: 'the station', argv: program("console.error('no such site'); process.exit(2)"), onError: quiet });
    await expect(ready).rejects.toThrow('the station ended (2) before it was ready:\nno such site');
  });

  it('gives up on a child that is never ready', async () => {
    const { child, ready } = startChild({ name: 'it', argv: program('setInterval(() => {}, 1000)'), limitMs: 200, onError: quiet });
    await expect(ready).rejects.toThrow('not ready within 0.2 s');
    await stopChild(child);
  });

  it('leaves no child behind when the parent is killed', async () => {
    using folder = temporaryFolder();
    const parentFile = folder.file('parent.ts');
    const childSource = 'console.log(JSON.stringify({ ready: true, pid: process.pid })); setInterval(() => {}, 1000)';
    writeFileSync(
      parentFile,
      `import { startChild } from ${JSON.stringify(pathToFileURL(join(root, 'scripts/children.ts')).href)};
       const { ready } = startChild({ name: 'it', argv: ${JSON.stringify(program(childSource))} });
       console.log((await ready).pid);`,
    );
    const parent = spawn(process.execPath, [parentFile], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = Number(String(await new Promise<Buffer>((resolve) => parent.stdout.once('data', resolve))));
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
  });
});

describe('npm start', () => {
  it.each([
    ['--shell', 'window', '--shell is one of electron, browser, none, not "window"'],
    ['--port', '70000', '--port is a whole number from 0 to 65535, not "70000"'],
    ['--site', '/no/such/site.yaml', '--site: there is no file /no/such/site.yaml'],
    ['--colour', 'red', "Unknown option '--colour'"],
  ])('refuses %s %s with one sentence', (flag, value, sentence) => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/launch.ts', flag, value], { cwd: root, encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain(sentence);
  });
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
};
