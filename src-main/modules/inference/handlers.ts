import type { Anlan, Handlers, ModelCard } from '../../../src-shared/contract/index.ts';
import { DAY, ok, refuse, text, type Clock, type Text } from '../../../src-shared/kernel/index.ts';
import { hitRateOf, type ForecastStore } from './store.ts';
import { evaluationDocument, quarterOf, spanOf } from './model/evaluation.ts';
import type { LoadedModel } from './models.ts';
import type { Inference } from './service.ts';
import { factsOf, readShelf } from './shelf.ts';
import type { Vision } from './vision/service.ts';

type Dependencies = {
  readonly inference: Inference;
  /** Null where the station has no cameras. */
  readonly vision: Vision | null;
  readonly modelsFolder: string;
  readonly plant: { readonly name: Text };
  readonly clock: Clock;
};

export const createInferenceHandlers = ({ inference, vision, modelsFolder, plant, clock }: Dependencies): Handlers<Anlan['inference']> => {
  let shelf = readShelf(modelsFolder);
  const models = (): ModelCard[] => {
    const served = [
      ...inference.models().map(({ drift, forecasts, ...model }) => cardOf(model, { drift, forecasts, dropped: 0 })),
      ...(vision?.models() ?? []).map(({ drift, ...model }) => cardOf(model, { drift, forecasts: null, dropped: vision?.counts().overtaken ?? 0 })),
    ];
    const inUse = new Set(served.map(({ id }) => id));
    const others = shelf.filter(({ id }) => !inUse.has(id)).map(({ id, card, refusal }): ModelCard => ({ ...factsOf(id, card), ...UNUSED, state: card === null ? 'refused' : 'unused', detail: refusal }));
    return [...served, ...others];
  };
  return {
    assets: inference.assets,
    warnings: inference.warnings,
    units: inference.units,
    models,
    forecasts: () => inference.forecasts.since(clock.now() - 365 * DAY),
    async reload() {
      shelf = readShelf(modelsFolder);
      await Promise.all([inference.reload(), vision?.reload()]);
      return ok(models());
    },
    rollBack: ({ model }) => (inference.rollBack(model) || vision?.rollBack(model) === true ? ok(models()) : refuse('NoPrevious', text('没有可退回的上一版本', 'There is no version to go back to'))),
    settle: (input) => inference.settle(input),
    evaluation({ quarter = quarterOf(clock.now()) }) {
      const lines = models().map((model) => ({ ...model, forecasts: model.forecasts === null ? null : tallyOf(inference.forecasts, model.id, quarter) }));
      return { fileName: `model-evaluation-${quarter}.html`, mime: 'text/html; charset=utf-8', content: evaluationDocument({ quarter, plant: plant.name, madeAt: clock.now(), models: lines }) };
    },
  };
};

const tallyOf = (forecasts: Pick<ForecastStore, 'tally'>, model: string, quarter: string) => forecasts.tally(model, spanOf(quarter));
const UNUSED = { previous: null, usage: { runs: 0, lastMinute: 0, medianMs: null, slowestMs: null, dropped: 0 }, drift: null, forecasts: null, hitRate: null } as const;

const cardOf = ({ id, card, state, detail, previous, usage }: LoadedModel, { drift, forecasts, dropped }: Pick<ModelCard, 'drift' | 'forecasts'> & { readonly dropped: number }): ModelCard => ({
  ...factsOf(id, card),
  state,
  detail,
  previous: previous === null ? null : { version: previous.version, hash: previous.sha256 },
  usage: { ...usage, dropped },
  drift,
  forecasts,
  hitRate: forecasts === null ? null : hitRateOf(forecasts),
});
