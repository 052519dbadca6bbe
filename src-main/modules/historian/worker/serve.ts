import type { Clock } from '../../../../src-shared/kernel/index.ts';
import type { AppendMessage, HistorianMessage, HistorianSetup, SamplesInput, TrendInput } from '../messages.ts';
import { openHistory } from './history.ts';

type Answer = { readonly value: unknown; readonly transfer?: readonly ArrayBuffer[] };

/** Acknowledgements are gathered for this long. */
const ANSWER_MS = 20;

/** The historian as its worker serves it. */
export const serveHistory = ({ setup, clock, post }: { readonly setup: HistorianSetup; readonly clock: Clock; readonly post: (message: HistorianMessage) => void }) => {
  const history = openHistory({
    setup,
    clock,
    report: (fault) => post({ kind: 'fault', fault }),
    mended: (code) => post({ kind: 'mended', code }),
  });
  let [stored, isTold] = [0, true];
  const tell = () => {
    isTold = true;
    post({ kind: 'stored', sequence: stored });
  };
  return {
    onMessage(message: unknown) {
      const { sequence, batch } = message as AppendMessage;
      history.append(batch);
      stored = sequence;
      if (!isTold) return;
      isTold = false;
      clock.after(ANSWER_MS, tell);
    },
    trend(input: TrendInput): Answer {
      const value = history.trend(input);
      return { value, transfer: value.flatMap((trend) => [trend.at, trend.min, trend.max, trend.mean, trend.quality].map((column) => column.buffer as ArrayBuffer)) };
    },
    samples(input: SamplesInput): Answer {
      const value = history.samples(input);
      return { value, transfer: [value.at, value.value, value.quality].map((column) => column.buffer as ArrayBuffer) };
    },
    last: (): Answer => ({ value: history.last() }),
    sync: async (): Promise<Answer> => ({ value: await history.sync() }),
    checkpoint: (): Answer => ({ value: history.checkpoint() }),
  };
};
