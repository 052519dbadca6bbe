/** Consequence: what a release does. Pure functions; SI; plant metres; wind as the degrees it blows from. README.md names the models. */
export { estimateRelease, type LeakInput, type Release } from './model/release.ts';
export { endpointLevels, plumeField, type CloudSection, type Contour, type ContourLevel, type PlumeField, type PlumeInput } from './model/plume.ts';
export { invertLeak, type LeakEstimate, type LeakInversionInput, type NothingSeen } from './model/leak.ts';
export { syntheticLeak, type SyntheticLeak } from './model/syntheticLeak.ts';
export type { DetectorReading, LeakCandidate } from './model/leakInversion.ts';
export type { Weather } from './model/weather.ts';
export type { OutOfRange } from './model/ranges.ts';

export { isConsequenceSubstance, ppmFromDensity, substanceIds, substanceOf, boilingTemperature, vapourPressure, type ConsequenceSubstance, type Flammability, type Substance } from './model/substances.ts';
export { aegl, aeglMinutes, otherSubstances, toxicEndpoints, type ToxicEndpoints } from './model/endpoints.ts';
export { toxicProbits, type ToxicProbit } from './model/toxicProbits.ts';
export { poolFuels } from './model/poolFuels.ts';

export { holeArea, gasThroughHole, gasVesselEmptying } from './model/sourceTermGas.ts';
export { airborneFraction, flashFraction, flashingThroughHole, liquidThroughHole } from './model/sourceTermLiquid.ts';
export { drainingTank, type DrainingTank } from './model/sourceTermTank.ts';
export { evaporatingPool, grounds, spreadingPool, type PoolStep, type Spill } from './model/sourceTermPool.ts';

export { powerLawWind, stabilityClass, stabilityClasses, stabilityFromObukhov, type Stability, type Terrain } from './model/atmosphere.ts';
export { briggsSpread, pasquillGiffordSpread, puffSpread, tnoSpread, type Spread } from './model/sigmas.ts';
export { gaussianPlume } from './model/gaussianPlume.ts';
export { gaussianPuff, type WindStep } from './model/gaussianPuff.ts';
export { britterMcQuaidBeta, britterMcQuaidDistance, britterMcQuaidFraction, britterMcQuaidScale } from './model/britterMcQuaid.ts';
export { gridAt, type Grid } from './model/field.ts';
export { contourRings, ringArea, type Ring } from './model/contours.ts';

export { pointSourceFlux, irradiance, simpleTransmissivity, transmissivity, type Irradiance } from './model/radiation.ts';
export { burningRate, poolDiameter, poolFire, poolFirePatches, poolRadiativeFraction, shokriBeylerFlux, type PoolFire } from './model/poolFire.ts';
export { fireballDoseDistance, fireField, type FireField, type FireFieldInput, type FireKind } from './model/fireField.ts';
export { jetFire, jetFireFlux, type JetFire } from './model/jetFire.ts';
export { fireball, fireballAt, fireballExposure, fireballLife, sphereView, type Fireball } from './model/fireball.ts';

export { blastBand, blastDistance, flameMach, multiEnergyOverpressure, scaledImpulse, scaledOverpressure, type BlastBand, type CloudExplosion } from './model/explosion.ts';
export { deathRadius, kingeryBulmash, tntMass, tntOverpressure } from './model/kingeryBulmash.ts';
export {
  blastLethality, doseAtProbit, heatLethality, indoorExposure, indoorToxicShare, overpressureProbits, probitOf, probitShare, radiationThresholds, thermalDose, thermalProbits, tnoCollapseProbit, tnoHeadImpactProbit,
  toxicLethality, type ExposureStep, type Probit,
} from './model/harm.ts';
export { clanceyDamage, type BlastDamage } from './model/blastDamage.ts';
export { blastEscalation, escalationThresholds, failsBeforeCooled, heatEscalation, timeToFailure, type VesselKind } from './model/domino.ts';
export { evaluateTrial, fieldTrials, trialReport, type FieldTrial, type TrialReport, type TrialResult, type TrialSeries } from './fieldTrials.ts';
export { acceptance, trialStatistics, type TrialPair, type TrialStatistics } from './model/performance.ts';
export { verify, type Verification } from './verification.ts';
