import type { Anlan, Handlers } from '../../../src-shared/contract/index.ts';
import { ok } from '../../../src-shared/kernel/index.ts';
import type { Inference, ServedModel } from './service.ts';

export const createInferenceHandlers = (inference: Inference): Handlers<Anlan['inference']> => ({
  assets: inference.assets,
  warnings: inference.warnings,
  units: inference.units,
  models: () => inference.models().map(cardOf),
  reload: async () => ok((await inference.reload()).map(cardOf)),
  settle: (input) => inference.settle(input),
  report: (span) => [...inference.report(span)],
});

const cardOf = ({ id, card, state, detail, drift, hitRate }: ServedModel) => ({
  id, version: card?.version ?? '', hash: card?.sha256 ?? '', state, purpose: card?.purpose ?? { zh: id, en: id }, detail, metrics: card?.metrics ?? {}, drift, hitRate,
});
