import type { CheckedModel, RulCard } from './card.ts';
import { forecastTable } from './migrations/0050-forecasts.ts';
import type { ModelSession } from './session.ts';

export { isRul, readAnomalyModel, readModel, readRulModel, RulCard, type AnomalyCard, type CheckedModel } from './card.ts';
export { createInferenceHandlers } from './handlers.ts';
export { createAnomalyState, fitAnomaly, type AnomalyModel } from './model/anomaly.ts';
export { COMPRESSOR_SENSORS } from './model/compressor.ts';
export { createFeatureState, featureCount, featureRows, feed, fitStandard, type FeatureSpec, type History } from './model/features.ts';
export { bootstrapInterval, coverage, mae, phmScore, rmse } from './model/score.ts';
export { firstWarning, tallyWarnings, WARNING_RULE, type WarningRule, type WarningTally } from './model/warning.ts';
export { createMachineState } from './model/machine.ts';
export { createInference, type Inference } from './service.ts';
export { createForecastStore, hitRateOf, type ForecastStore } from './store.ts';
export type { ModelSession } from './session.ts';

export const inferenceMigrations = [forecastTable];

/** Loads a checked model into this thread, and with it the ONNX runtime: for commands and the inference worker, never for the station's main thread. */
export const openSession = async (checked: CheckedModel<RulCard>): Promise<ModelSession> => (await import('./session.ts')).openSession(checked);
