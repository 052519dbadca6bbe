import { runFeeds } from '../modules/feeds/worker/runtime.ts';
import type { ConditionWish, FeedsSetup } from '../modules/feeds/messages.ts';
import { systemClock } from '../platform/clock.ts';
import { serveWorker } from '../platform/workerSide.ts';

const side = serveWorker({
  methods: {
    leave: async () => ({ value: await feeds.leave() }),
    endpoints: async ({ feed }: { readonly feed: string }) => ({ value: await feeds.desk(feed).endpoints() }),
    browse: async ({ feed, node }: { readonly feed: string; readonly node: string | null }) => ({ value: await feeds.desk(feed).browse(node) }),
    draft: async ({ feed, root }: { readonly feed: string; readonly root: string | null }) => ({ value: await feeds.desk(feed).draft(root) }),
    wish: async (wish: ConditionWish) => ({ value: await feeds.desk(wish.feed).wish(wish) }),
  },
  onMessage: (message) => feeds.onMessage(message),
});
const feeds = runFeeds({ setup: side.data as FeedsSetup, clock: systemClock, post: side.post });
