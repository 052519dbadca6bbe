import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { projectEnvironment, projectNode, root } from './setup.mjs';

/** A process of ours. It says on standard output that it is ready, by one JSON line with `"ready": true`, and ends with us. */
export type Child = {
  readonly child: ChildProcess;
  /** That line; rejects with what the child said on standard error when it ends before or is too slow. */
  readonly ready: Promise<ReadyLine>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
};
export type ReadyLine = { readonly ready: true } & Readonly<Record<string, unknown>>;
export type ChildInput = {
  readonly name: string;
  /** Program; Node by default. */
  readonly file?: string;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly limitMs?: number;
  /** Gets what the child says on standard error. */
  onError?(text: string): void;
};

const STOP_MS = 5_000;
const running = new Set<ChildProcess>();
/** V8 keeps what it compiled of the packages: a start costs a quarter less. */
const compileCache = join(root, 'node_modules/.cache/v8');
const endWithParent = pathToFileURL(join(root, 'scripts/endWithParent.mjs')).href;

export const startChild = ({ name, file, argv, env = {}, limitMs = 120_000, onError = (text) => void process.stderr.write(text) }: ChildInput): Child => {
  const arguments_ = file === undefined ? ['--import', endWithParent, ...argv] : argv;
  const child = spawn(file ?? projectNode(), arguments_, { cwd: root, env: { ...projectEnvironment(), NODE_COMPILE_CACHE: compileCache, ...env }, stdio: ['pipe', 'pipe', 'pipe', 'ipc'] });
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('a child with pipes has streams');
  running.add(child);
  let told = '';
  stderr.on('data', (chunk: Buffer) => {
    told = (told + String(chunk)).slice(-4_000);
    onError(String(chunk));
  });
  const ended = new Promise<number | string>((resolve) => {
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve(code ?? signal ?? 0);
    });
  });
  const ready = new Promise<ReadyLine>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`${name} was not ready within ${limitMs / 1_000} s`)), limitMs);
    createInterface({ input: stdout }).on('line', (line) => {
      const message = readyLine(line);
      if (message === null) return;
      clearTimeout(limit);
      resolve(message);
    });
    child.on('error', reject);
    void ended.then((code) => {
      clearTimeout(limit);
      reject(new Error(`${name} ended (${code}) before it was ready${told === '' ? '' : `:\n${told.trim()}`}`));
    });
  });
  ready.catch(() => undefined);
  return { child, ready, ended };
};

const readyLine = (line: string): ReadyLine | null => {
  if (!line.startsWith('{')) return null;
  try {
    const message: unknown = JSON.parse(line);
    return typeof message === 'object' && message !== null && 'ready' in message && message.ready === true ? (message as ReadyLine) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** Asks every child to end, and ends those that do not within five seconds. */
export const stopChildren = async (): Promise<void> => {
  await Promise.all([...running].map(stopChild));
};

export const stopChild = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(limit);
};
