import { serveHistory } from '../modules/historian/worker/serve.ts';
import type { HistorianSetup } from '../modules/historian/messages.ts';
import { systemClock } from '../platform/clock.ts';
import { serveWorker } from '../platform/workerSide.ts';

const side = serveWorker({
  methods: {
    trend: (input) => history.trend(input),
    samples: (input) => history.samples(input),
    last: () => history.last(),
    extent: () => history.extent(),
    takeIn: (file) => history.takeIn(file),
    sync: () => history.sync(),
    checkpoint: () => history.checkpoint(),
  },
  onMessage: (message) => history.onMessage(message),
});
const history = serveHistory({ setup: side.data as HistorianSetup, clock: systemClock, post: side.post });
