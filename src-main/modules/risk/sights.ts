import type { CameraEvent } from '../../../src-shared/contract/index.ts';
import { MINUTE, type Clock } from '../../../src-shared/kernel/index.ts';

/** How long a breach counts after a camera last saw it. */
const MEMORY = 10 * MINUTE;

/** Remembers what cameras saw: their own table forgets within seconds, the way people work does not change so fast. Ask at least every few seconds. */
export const createSightMemory = (events: { rows(): readonly CameraEvent[] }, clock: Clock): { recent(): readonly CameraEvent[] } => {
  const seen = new Map<string, CameraEvent>();
  return {
    recent() {
      const now = clock.now();
      for (const event of events.rows()) seen.set(event.id, event);
      for (const [id, event] of seen) if (now - event.lastAt > MEMORY) seen.delete(id);
      return [...seen.values()];
    },
  };
};
