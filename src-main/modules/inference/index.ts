export { readModel, RulCard, type CheckedModel } from './card.ts';
export { COMPRESSOR_SENSORS } from './model/compressor.ts';
export { createFeatureState, featureCount, featureRows, feed, fitStandard, type FeatureSpec, type History } from './model/features.ts';
export { coverage, mae, phmScore, rmse } from './model/score.ts';
export { failureWithin, nextWarning, NO_WARNING, WARNING_RULE } from './model/warning.ts';
export { openSession, type ModelSession } from './session.ts';
