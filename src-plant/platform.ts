import { fstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { disposable, type Clock, type Log, type LogFields } from '../src-shared/kernel/index.ts';

/** The demo plant's only door to time, files, arguments and the terminal. */
export const plantClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return disposable(() => clearTimeout(timer));
  },
  every(ms, run) {
    const start = performance.now();
    let turn = 0;
    let timer = setTimeout(tick, ms);
    function tick() {
      turn = Math.max(turn + 1, Math.floor((performance.now() - start) / ms));
      timer = setTimeout(tick, Math.max(0, start + (turn + 1) * ms - performance.now()));
      run();
    }
    return disposable(() => clearTimeout(timer));
  },
};

/** The repository's folder. */
export const repository = dirname(dirname(fileURLToPath(import.meta.url)));
export const fromRepository = (...path: readonly string[]): string => join(repository, ...path);

export const readText = (file: string): string => readFileSync(file, 'utf8');
export const readBytes = (file: string): Uint8Array => readFileSync(file);

/** Writes a file and the folders on the way to it. */
export const writeText = (file: string, content: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
};

export const say = (line: string): void => void process.stdout.write(`${line}\n`);
export const complain = (line: string): void => void process.stderr.write(`${line}\n`);
export const programArguments = (): readonly string[] => process.argv.slice(2);

/** Lines on standard error; standard output carries only the ready line. */
export const plantLog = (room: string): Log => {
  const line = (level: string) => (message: string, fields?: LogFields) => complain(`plant ${room} ${level}: ${message}${fields === undefined ? '' : ` ${JSON.stringify(fields)}`}`);
  return { debug: () => {}, info: line('info'), warn: line('warning'), error: line('error'), child: (name) => plantLog(`${room}/${name}`) };
};

/** Calls once when the process is asked to stop: a signal, the parent's channel closing, or the end of a piped standard input. */
export const whenAskedToStop = (run: () => void): void => {
  let asked = false;
  const once = () => {
    if (asked) return;
    asked = true;
    run();
  };
  process.once('SIGTERM', once);
  process.once('SIGINT', once);
  process.once('disconnect', once);
  const input = fstatSync(0);
  if (!input.isFIFO() && !input.isSocket()) return;
  process.stdin.once('end', once);
  process.stdin.once('error', once);
  process.stdin.resume();
};

export const leave = (code: number): never => process.exit(code);
