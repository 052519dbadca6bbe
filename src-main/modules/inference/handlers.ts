import type { Anlan, Handlers } from '../../../src-shared/contract/index.ts';
import { ok } from '../../../src-shared/kernel/index.ts';
import type { LoadedModel } from './models.ts';
import type { Inference, ServedModel } from './service.ts';
import type { Vision } from './vision/service.ts';

/** `vision` is null where the station has no cameras. */
export const createInferenceHandlers = (inference: Inference, vision: Vision | null): Handlers<Anlan['inference']> => {
  const models = () => [...inference.models(), ...(vision?.models() ?? []).map(unjudged)].map(cardOf);
  return {
    assets: inference.assets,
    warnings: inference.warnings,
    units: inference.units,
    models,
    async reload() {
      await Promise.all([inference.reload(), vision?.reload()]);
      return ok(models());
    },
    settle: (input) => inference.settle(input),
    report: (span) => [...inference.report(span), ...(vision?.models() ?? []).map(({ id, card, state }) => ({ id, version: card?.version ?? '', state, cardMetrics: card?.metrics ?? {}, ...NO_DRIFT, ...NO_FORECASTS }))],
  };
};

const NO_DRIFT = { driftInputs: 0, driftSensor: null, driftOutput: 0 };
const NO_FORECASTS = { given: 0, open: 0, hits: 0, early: 0, falseAlarms: 0, hitRate: null };
/** A detector forecasts nothing, and its pictures have no deciles to drift from. */
const unjudged = (model: LoadedModel): Omit<ServedModel, 'forecasts'> => ({ ...model, drift: { inputs: 0, sensor: null, output: 0 }, hitRate: null });

const cardOf = ({ id, card, state, detail, drift, hitRate }: Omit<ServedModel, 'forecasts'>) => ({
  id, version: card?.version ?? '', hash: card?.sha256 ?? '', state, purpose: card?.purpose ?? { zh: id, en: id }, detail, metrics: card?.metrics ?? {}, drift, hitRate,
});
