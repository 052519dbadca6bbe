import type { CheckedModel, RulCard, VisionCard } from './card.ts';
import { forecastTable } from './migrations/0050-forecasts.ts';
import { forecastOutcomes } from './migrations/0051-forecast-outcomes.ts';
import type { ModelSession } from './session.ts';
import type { VisionSession } from './vision/session.ts';

export { isRul, readAnomalyModel, readModel, readRulModel, readVisionModel, RulCard, type AnomalyCard, type CheckedModel, type VisionCard } from './card.ts';
export { createInferenceHandlers } from './handlers.ts';
export { STRETCH_SECONDS } from './driftWatch.ts';
export { createAnomalyState, fitAnomaly, type AnomalyModel, type FittedAnomaly } from './model/anomaly.ts';
export { COMPRESSOR_SENSORS } from './model/compressor.ts';
export { decilesOf, type DriftReference } from './model/drift.ts';
export { evaluationDocument, quarterOf, spanOf } from './model/evaluation.ts';
export { createFeatureState, featureCount, featureRows, feed, fitStandard, type FeatureSpec, type History } from './model/features.ts';
export { bootstrapInterval, coverage, mae, phmScore, rmse } from './model/score.ts';
export { firstWarning, tallyWarnings, WARNING_RULE, type WarningRule, type WarningTally } from './model/warning.ts';
export { createMachineState } from './model/machine.ts';
export { intersectionOverUnion, VISION_CLASSES, type Box, type Detection, type VisionClass } from './model/vision/detect.ts';
export { averagePrecision, judge, type Judged } from './model/vision/precision.ts';
export { createProcessWatch } from './processWatch.ts';
export { createInference, type Inference } from './service.ts';
export { factsOf, readShelf } from './shelf.ts';
export { createForecastStore, hitRateOf, type ForecastStore } from './store.ts';
export type { ModelSession } from './session.ts';
export { createPhotos, signsOf, type Photos } from './vision/afterPhoto.ts';
export { createVision, type Frame, type NoSight, type Vision } from './vision/service.ts';
export type { Sight, VisionSession } from './vision/session.ts';
export { createCameraWatch, type BreachReport, type CameraWatch } from './vision/watch.ts';

export const inferenceMigrations = [forecastTable, forecastOutcomes];

/** Loads a checked model into this thread, and with it the ONNX runtime: for commands and the inference worker, never for the station's main thread. */
export const openSession = async (checked: CheckedModel<RulCard>): Promise<ModelSession> => (await import('./session.ts')).openSession(checked);

/** As `openSession`, for a detector. */
export const openVisionSession = async (checked: CheckedModel<VisionCard>): Promise<VisionSession> => (await import('./vision/session.ts')).openVisionSession(checked);
