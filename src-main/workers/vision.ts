import type { CheckedModel, VisionCard } from '../modules/inference/card.ts';
import type { RunAnswer } from '../modules/inference/models.ts';
import { openVisionSession, type VisionSession } from '../modules/inference/vision/session.ts';
import { serveWorker } from '../platform/workerSide.ts';

/** Unpacks pictures and runs the detector off the main thread, and apart from the other models, so that neither waits for the other. */
const sessions = new Map<string, VisionSession>();

serveWorker({
  methods: {
    /** Loads and warms up a detector under a key of its own, beside those that serve. */
    async load({ key, ...checked }: { readonly key: string } & CheckedModel<VisionCard>) {
      if (!sessions.has(key)) sessions.set(key, await openVisionSession(checked));
      return { value: null };
    },
    async run({ key, picture, floor }: { readonly key: string; readonly picture: Uint8Array; readonly floor: number }) {
      const session = sessions.get(key);
      if (session === undefined) throw new Error(`model ${key} is not loaded`);
      try {
        return { value: { output: await session.detect(picture, floor) } satisfies RunAnswer<unknown> };
      } catch (error) {
        return { value: { failure: error instanceof Error ? error.message : String(error) } satisfies RunAnswer<unknown> };
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
