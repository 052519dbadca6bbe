import { parentPort, workerData, type Transferable } from 'node:worker_threads';

/** What a method returns: a value, or a value with the buffers to hand over instead of copying. */
export type Answer = { readonly value: unknown; readonly transfer?: readonly Transferable[] };
export type Methods = Readonly<Record<string, (input: never) => Answer | Promise<Answer>>>;

type Call = { readonly $call: number; readonly method: string; readonly input: unknown };
const isCall = (message: unknown): message is Call => typeof message === 'object' && message !== null && '$call' in message;

/** The worker's end of `SupervisedWorker`: answers calls by `methods`, gives other messages to `onMessage`, and posts. */
export const serveWorker = ({ methods, onMessage }: { methods: Methods; onMessage?: (message: unknown) => void }): { readonly data: unknown; post(message: unknown, transfer?: readonly Transferable[]): void } => {
  const port = parentPort;
  if (port === null) throw new Error('not in a worker thread');
  port.on('message', async (message: unknown) => {
    if (!isCall(message)) return onMessage?.(message);
    try {
      const method = methods[message.method];
      if (method === undefined) throw new Error(`unknown method ${message.method}`);
      const { value, transfer = [] } = await method(message.input as never);
      port.postMessage({ $reply: message.$call, value }, [...transfer]);
    } catch (error) {
      port.postMessage({ $reply: message.$call, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  return { data: workerData, post: (message, transfer = []) => port.postMessage(message, [...transfer]) };
};
