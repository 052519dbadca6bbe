import type { Anlan, Handlers } from '../../../src-shared/contract/index.ts';
import type { Inference } from './service.ts';

export const createInferenceHandlers = (inference: Inference): Handlers<Anlan['inference']> => ({
  assets: inference.assets,
  warnings: inference.warnings,
  models: () =>
    inference.models().map(({ id, card, state, detail }) => ({ id, version: card?.version ?? '', hash: card?.sha256 ?? '', state, purpose: card?.purpose ?? { zh: id, en: id }, detail, metrics: card?.metrics ?? {} })),
});
