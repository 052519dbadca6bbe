import type { CheckedModel, RulCard } from '../modules/inference/card.ts';
import type { RunAnswer } from '../modules/inference/models.ts';
import { openSession, type ModelSession } from '../modules/inference/session.ts';
import { serveWorker, type Answer } from '../platform/workerSide.ts';

/** Runs models off the main thread: a run blocks the thread that calls it. */
const sessions = new Map<string, ModelSession>();

const answer = (value: RunAnswer<Float32Array>): Answer => ({ value, transfer: 'output' in value ? [value.output.buffer as ArrayBuffer] : [] });

serveWorker({
  methods: {
    /** Loads and warms up a model under a key of its own, beside those that serve. */
    async load({ key, ...checked }: { readonly key: string } & CheckedModel<RulCard>) {
      if (!sessions.has(key)) sessions.set(key, await openSession(checked));
      return { value: null };
    },
    async run({ key, windows, batch }: { readonly key: string; readonly windows: Float32Array; readonly batch: number }) {
      const session = sessions.get(key);
      if (session === undefined) throw new Error(`model ${key} is not loaded`);
      try {
        const output = await session.run(windows, batch);
        return answer(output.every(Number.isFinite) ? { output } : { failure: 'the model gave no numbers' });
      } catch (error) {
        return answer({ failure: error instanceof Error ? error.message : String(error) });
      }
    },
  },
  onMessage(message) {
    const { unload } = message as { readonly unload: string };
    const session = sessions.get(unload);
    sessions.delete(unload);
    void session?.close();
  },
});
