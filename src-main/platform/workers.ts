import { Worker, type Transferable } from 'node:worker_threads';
import { createEmitter, disposable, type Clock, type Disposable, type Listen, type Log } from '../../src-shared/kernel/index.ts';
import type { Faults } from './faults.ts';

/**
 * Worker threads under a supervisor: one that dies is started again with back-off (0.5 s doubling to 30 s), its death is a fault on
 * the diagnostics page, and its owner is told so that it can send its set-up again.
 */
export type Workers = Disposable & {
  start(name: WorkerName, data?: unknown): SupervisedWorker;
  /** Resolves when every worker that was disposed is gone: a thread is never ended in the middle of native work, which would take the process with it. */
  ended(): Promise<void>;
};
export type WorkerName = 'feeds' | 'cameras' | 'historian' | 'engines' | 'inference' | 'vision' | 'registry';

export type SupervisedWorker = Disposable & {
  post(message: unknown, transfer?: readonly Transferable[]): void;
  readonly onMessage: Listen<unknown>;
  /** Announced after every start, the first included. */
  readonly onDidStart: Listen<void>;
  /** Sends a request and waits for the worker's `answer`; rejects when the worker dies meanwhile or answers with an error. */
  call<T>(method: string, input: unknown, transfer?: readonly Transferable[]): Promise<T>;
};

/** A worker that lives this long is over what its predecessor died of: one that dies while it loads is online for a moment each time. */
const SETTLED_MS = 3_000;

/**
 * Room for what a worker has just made, MB. With V8's own 48 the five workers of a station hold 170 MB more at the demo plant, and a feed of 40,000 values a
 * second costs the same processor time.
 */
const YOUNG_MB = 12;

type Dependencies = { readonly folder: URL; readonly extension: '.ts' | '.js'; readonly clock: Clock; readonly log: Log; readonly faults: Faults };
type Reply = { readonly $reply: number; readonly value?: unknown; readonly error?: string };
const isReply = (message: unknown): message is Reply => typeof message === 'object' && message !== null && '$reply' in message;

export const createWorkers = ({ folder, extension, clock, log, faults }: Dependencies): Workers => {
  const running = new Set<SupervisedWorker>();
  const ending = new Set<Promise<unknown>>();
  return {
    start(name, data) {
      const messages = createEmitter<unknown>();
      const started = createEmitter<void>();
      const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
      let sequence = 0;
      let worker: Worker | null = null;
      let retry: Disposable | null = null;
      let delay = 500;
      let ended = false;
      const failAll = (reason: string) => {
        for (const { reject } of waiting.values()) reject(new Error(reason));
        waiting.clear();
      };
      const launch = () => {
        const bornAt = clock.monotonic();
        let settling: Disposable | null = null;
        let isTold = false;
        const tell = (detail: string) => {
          isTold = true;
          faults.report({ source: 'worker', code: name, severity: 'error', text: { zh: `工作线程 ${name} 异常,正在重启`, en: `Worker ${name} failed and is being restarted` }, detail });
        };
        const own = new Worker(new URL(`${name}${extension}`, folder), { workerData: data, name, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
        worker = own;
        own.on('message', (message: unknown) => {
          if (!isReply(message)) return messages.emit(message);
          const call = waiting.get(message.$reply);
          waiting.delete(message.$reply);
          if (ended && waiting.size === 0) void own.terminate();
          if (message.error === undefined) call?.resolve(message.value);
          else call?.reject(new Error(message.error));
        });
        own.on('error', (error) => {
          log.error('worker failed', { worker: name, error: error instanceof Error ? error.stack : String(error) });
          tell(String(error));
        });
        own.on('exit', (code) => {
          worker = null;
          settling?.[Symbol.dispose]();
          failAll(`worker ${name} ended`);
          if (ended) return;
          if (!isTold) tell(`exit code ${code}`);
          if (clock.monotonic() - bornAt > 60_000) delay = 500;
          retry = clock.after(delay, launch);
          delay = Math.min(delay * 2, 30_000);
        });
        own.once('online', () => {
          settling = clock.after(SETTLED_MS, () => faults.clear('worker', name));
          started.emit();
        });
      };
      launch();
      const supervised: SupervisedWorker = {
        post: (message, transfer = []) => worker?.postMessage(message, [...transfer]),
        onMessage: messages.listen,
        onDidStart: started.listen,
        call: <T>(method: string, input: unknown, transfer: readonly Transferable[] = []) =>
          new Promise<T>((resolve, reject) => {
            if (worker === null || ended) return reject(new Error(`worker ${name} is ${ended ? 'stopped' : 'restarting'}`));
            const id = (sequence += 1);
            // What cannot be sent throws here, before anybody waits for its answer.
            worker.postMessage({ $call: id, method, input }, [...transfer]);
            waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
          }),
        [Symbol.dispose]() {
          if (ended) return;
          ended = true;
          running.delete(supervised);
          retry?.[Symbol.dispose]();
          const last = worker;
          // It died, and nobody wants the next one: there is nothing left that could come back and clear the fault.
          if (last === null) return faults.clear('worker', name);
          const gone = new Promise<void>((resolve) => last.once('exit', () => resolve()));
          ending.add(gone);
          void gone.then(() => ending.delete(gone));
          if (waiting.size === 0) void last.terminate();
        },
      };
      running.add(supervised);
      return supervised;
    },
    async ended() {
      await Promise.all(ending);
    },
    ...disposable(() => {
      for (const worker of running) worker[Symbol.dispose]();
    }),
  };
};
