import type { CamerasSetup } from '../modules/cameras/messages.ts';
import { pictureMethods } from '../modules/cameras/worker/pictures.ts';
import { runCameras } from '../modules/cameras/worker/runtime.ts';
import { systemClock } from '../platform/clock.ts';
import { serveWorker } from '../platform/workerSide.ts';

const side = serveWorker({
  methods: {
    keep: async (input: Parameters<typeof pictureMethods.keep>[0]) => ({ value: await pictureMethods.keep(input) }),
    async show(input: Parameters<typeof pictureMethods.show>[0]) {
      const value = await pictureMethods.show(input);
      return { value, transfer: value === null ? [] : [value.jpeg.buffer] };
    },
    fingerprint: async (input: Parameters<typeof pictureMethods.fingerprint>[0]) => ({ value: await pictureMethods.fingerprint(input) }),
    compare: async (input: Parameters<typeof pictureMethods.compare>[0]) => ({ value: await pictureMethods.compare(input) }),
  },
  onMessage: (message) => cameras.onMessage(message),
});
const cameras = runCameras({ setup: side.data as CamerasSetup, clock: systemClock, post: side.post });
