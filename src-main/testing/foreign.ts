import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.ts';

/** Servers that are not ours, for tests: mosquitto where it is installed, asyncua (Python) where it can be fetched. */
export type ForeignServer = AsyncDisposable & { readonly port: number; kill(): void };

export const MOSQUITTO = '/usr/sbin/mosquitto';
export const hasMosquitto = (): boolean => existsSync(MOSQUITTO);

/** mosquitto with a password file: user `anlan`, password `secret`; with `tls`, clients need a certificate of the same authority too. */
export const startMosquitto = async (folder: string, port: number, tls?: { readonly ca: string; readonly certificate: string; readonly key: string }): Promise<ForeignServer> => {
  const passwords = join(folder, 'passwords');
  writeFileSync(passwords, 'anlan:secret\n', { mode: 0o600 });
  await run('mosquitto_passwd', ['-U', passwords]);
  const configuration = join(folder, 'mosquitto.conf');
  writeFileSync(configuration, `listener ${port} 127.0.0.1\nallow_anonymous false\npassword_file ${passwords}\nuser ${process.getuid?.() === 0 ? 'root' : (process.env.USER ?? 'nobody')}\n${tls === undefined ? '' : `cafile ${tls.ca}\ncertfile ${tls.certificate}\nkeyfile ${tls.key}\nrequire_certificate true\n`}`);
  return keep(spawn(MOSQUITTO, ['-c', configuration], { stdio: ['ignore', 'ignore', 'pipe'] }), port, /mosquitto version .* running/);
};

/** Python with asyncua in a virtual environment of the repository's cache; null (and why) when it cannot be made here. */
export const findAsyncua = async (root: string): Promise<{ readonly python: string } | { readonly reason: string }> => {
  const folder = join(root, 'node_modules/.cache/asyncua');
  const python = join(folder, 'bin/python');
  if (existsSync(python) && (await succeeds(python, ['-c', 'import asyncua']))) return { python };
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  if (!(await succeeds('python3', ['-m', 'venv', folder]))) return { reason: 'python3 with venv is not installed' };
  if (!(await succeeds(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'asyncua==2.1.0']))) return { reason: 'pip cannot fetch asyncua here' };
  return { python };
};

/** The asyncua server of `asyncuaServer.py`: nodes `ns=2;s=ID` that count up each 200 ms, Basic256Sha256 SignAndEncrypt only, user `anlan`, password `secret`. */
export const startAsyncua = (python: string, folder: string, { port, ids }: { readonly port: number; readonly ids: readonly string[] }): Promise<ForeignServer> =>
  keep(spawn(python, [join(import.meta.dirname, 'asyncuaServer.py'), String(port), folder, ...ids], { stdio: ['ignore', 'ignore', 'pipe'] }), port, /READY/);

const keep = async (child: ChildProcess, port: number, ready: RegExp): Promise<ForeignServer> => {
  let [output, ended] = ['', false];
  child.stderr?.on('data', (bytes: Buffer) => (output += bytes.toString()));
  child.on('exit', () => (ended = true));
  const kill = () => void child.kill('SIGKILL');
  try {
    await until(() => ready.test(output) || ended, `server on ${port} starts`, 30_000);
    if (ended) throw new Error(`server on ${port} ended: ${output.slice(-2_000)}`);
  } catch (error) {
    kill();
    throw error;
  }
  return {
    port,
    kill,
    async [Symbol.asyncDispose]() {
      kill();
      await until(() => ended, 'server ends');
    },
  };
};

const run = async (command: string, args: readonly string[]): Promise<void> => {
  if (!(await succeeds(command, args))) throw new Error(`${command} failed`);
};
const succeeds = (command: string, args: readonly string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(command, [...args], { stdio: 'ignore' });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
