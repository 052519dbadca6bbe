import { readRulModel } from '../modules/inference/card.ts';
import { openSession, type ModelSession } from '../modules/inference/session.ts';
import { serveWorker } from '../platform/workerSide.ts';

/** Runs models off the main thread: a run blocks the thread that calls it. */
const sessions = new Map<string, ModelSession>();

serveWorker({
  methods: {
    /** Loads or replaces a model; the old session serves until the new one is warm. */
    async load({ id, cardFile }: { readonly id: string; readonly cardFile: string }) {
      const checked = readRulModel(cardFile);
      if (!checked.ok) throw new Error(checked.refusal.text.en);
      const session = await openSession(checked.value);
      const old = sessions.get(id);
      sessions.set(id, session);
      await old?.close();
      return { value: null };
    },
    async run({ id, windows, batch }: { readonly id: string; readonly windows: Float32Array; readonly batch: number }) {
      const session = sessions.get(id);
      if (session === undefined) throw new Error(`model ${id} is not loaded`);
      const output = await session.run(windows, batch);
      return { value: output, transfer: [output.buffer as ArrayBuffer] };
    },
  },
});
