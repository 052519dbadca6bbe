// Child processes that speak one JSON line when they are ready, and end with us.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { projectEnvironment, projectNode, root } from './setup.mjs';

const STOP_MS = 5_000;
const running = new Set();

/**
 * Starts `file` with `argv`. `ready` resolves to the first line of standard output that is a JSON object with `ready: true`,
 * and rejects with what the child said on standard error when it ends before. `ended` resolves to the exit code.
 */
export const startChild = ({ name, file = projectNode(), argv, env = {}, quiet = false, limitMs = 120_000 }) => {
  const imports = file === projectNode() ? ['--import', pathToFileURL(join(root, 'scripts/endWithParent.mjs')).href] : [];
  const child = spawn(file, [...imports, ...argv], { cwd: root, env: { ...projectEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  running.add(child);
  let told = '';
  child.stderr.on('data', (chunk) => {
    told = (told + chunk).slice(-4_000);
    if (!quiet) process.stderr.write(chunk);
  });
  const ended = new Promise((resolve) => child.on('close', (code, signal) => resolve(code ?? signal ?? 0)));
  child.on('close', () => running.delete(child));
  const ready = new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`${name} was not ready within ${limitMs / 1_000} s`)), limitMs);
    const settle = (then) => (value) => {
      clearTimeout(limit);
      then(value);
    };
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = readJson(line);
      if (message?.ready === true) settle(resolve)(message);
    });
    child.on('error', settle(reject));
    child.on('close', (code, signal) => settle(reject)(new Error(`${name} ended (${signal ?? code}) before it was ready${told === '' ? '' : `:\n${told.trim()}`}`)));
  });
  ready.catch(() => undefined);
  return { child, ready, ended };
};

const readJson = (line) => {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
};

/** Asks every child to end, and ends those that do not within five seconds. */
export const stopChildren = async () => {
  const all = [...running];
  for (const child of all) child.kill('SIGTERM');
  await Promise.race([Promise.all(all.map((child) => new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.on('exit', resolve) : resolve(undefined))))), new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())]);
  for (const child of running) child.kill('SIGKILL');
};
