import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { z } from 'zod';

/** A station as a process of its own, behind HTTP and WebSocket on loopback: what commands and tests speak to as a client would. */
export type StationProcess = AsyncDisposable & {
  readonly url: string;
  readonly processId: number;
  /** Opens one more line to it. */
  openLine(): Promise<WebSocket>;
  /** Ends it in good order. */
  stop(): Promise<void>;
  /** Ends it at once, as a power cut of the process would (SIGKILL); so does disposing, when it has not ended. */
  kill(): Promise<void>;
};
export type StationProcessInput = { readonly site: string; readonly dataDir: string; /** Wanted port, any free one when left out. */ readonly port?: number; /** Lines it writes on standard error. */ onLine?(line: string): void };

const Ready = z.object({ ready: z.literal(true), url: z.string(), port: z.number() });

/** Starts it on a free port and resolves when it serves. Rejects with its last words when it ends before. */
export const startStationProcess = async ({ site, dataDir, port: wanted = 0, onLine = () => {} }: StationProcessInput): Promise<StationProcess> => {
  const file = fileURLToPath(new URL('../headless.ts', import.meta.url));
  const child = spawn(process.execPath, [file, '--site', site, '--data-dir', dataDir, '--port', String(wanted), '--log-level', 'warn'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let last = '';
  createInterface({ input: child.stderr }).on('line', (line) => {
    last = line;
    onLine(line);
  });
  const { url, port } = await new Promise<z.infer<typeof Ready>>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const parsed = line.startsWith('{') ? Ready.safeParse(JSON.parse(line)) : null;
      if (parsed?.success === true) resolve(parsed.data);
    });
    void ended.then(() => reject(new Error(`the station ended before it served: ${last}`)));
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return {
    url,
    processId: child.pid ?? 0,
    openLine: () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/link?token=${new URL(url).searchParams.get('token') ?? ''}`, { perMessageDeflate: false });
        socket.once('open', () => resolve(socket));
        socket.once('error', reject);
      }),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    [Symbol.asyncDispose]: () => end('SIGKILL'),
  };
};
