import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { CheckedModel, RulCard } from './card.ts';

/** A loaded model. `run` blocks the calling thread while it computes: a station calls it in the inference worker only. */
export type ModelSession = {
  /** `windows`: [batch, window, features] row-major; answers [batch, 4]: P10, P50, P90, mean in steps. */
  run(windows: Float32Array, batch: number): Promise<Float32Array>;
  close(): Promise<void>;
};

/** Loads a checked model with one thread and warms it up. Throws when the graph does not take the card's shape. */
export const openSession = async ({ card, bytes }: CheckedModel<RulCard>): Promise<ModelSession> => {
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 });
  const [, window, width] = card.input.shape;
  const run = async (windows: Float32Array, batch: number) => {
    const answer = await session.run({ [card.input.name]: new Tensor('float32', windows, [batch, window, width]) });
    const output = answer[card.output.name]?.data;
    if (!(output instanceof Float32Array) || output.length !== batch * card.output.columns.length) throw new Error(`${card.id}: unexpected output`);
    return output;
  };
  await run(new Float32Array(window * width), 1);
  return { run, close: () => session.release() };
};
