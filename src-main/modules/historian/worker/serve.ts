import type { Clock } from '../../../../src-shared/kernel/index.ts';
import { packTrends, type AppendMessage, type HistorianMessage, type HistorianSetup, type SamplesInput, type TrendInput } from '../messages.ts';
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
    if (isTold) return;
    isTold = true;
    post({ kind: 'stored', sequence: stored });
  };
  /** Before work that holds this thread: what is stored and not told by then would go to the station's disk a second time. */
  const afterTelling = <T>(work: () => T): T => {
    tell();
    return work();
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
      const value = packTrends(history.trend(input), input.buckets);
      return { value, transfer: [value.columns.buffer, value.quality.buffer] };
    },
    samples(input: SamplesInput): Answer {
      const value = history.samples(input);
      return { value, transfer: [value.at, value.value, value.quality].map((column) => column.buffer as ArrayBuffer) };
    },
    last(): Answer {
      const value = history.last();
      return { value, transfer: [value.tag, value.at, value.value, value.quality].map((column) => column.buffer as ArrayBuffer) };
    },
    extent: (): Answer => ({ value: history.extent() }),
    takeIn: async (file: string): Promise<Answer> => ({ value: await afterTelling(() => history.takeIn(file)) }),
    sync: async (): Promise<Answer> => ({ value: await afterTelling(history.sync) }),
    checkpoint: (): Answer => ({ value: afterTelling(history.checkpoint) }),
  };
};
