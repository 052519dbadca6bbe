import { runFeeds } from '../modules/feeds/worker/runtime.ts';
import type { FeedsSetup } from '../modules/feeds/messages.ts';
import { systemClock } from '../platform/clock.ts';
import { serveWorker } from '../platform/workerSide.ts';

const side = serveWorker({ methods: { leave: async () => ({ value: await feeds.leave() }) }, onMessage: (message) => feeds.onMessage(message) });
const feeds = runFeeds({ setup: side.data as FeedsSetup, clock: systemClock, post: side.post });
