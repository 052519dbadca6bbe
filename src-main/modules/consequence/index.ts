/** Consequence: what a release does. Pure functions; SI; plant metres; wind as the degrees it blows from. */
export { estimateRelease, type LeakInput, type Release } from './model/release.ts';
export { endpointLevels, plumeField, type Contour, type ContourLevel, type PlumeField, type PlumeInput } from './model/plume.ts';
export { invertLeak, type LeakEstimate, type LeakInversionInput, type NothingSeen } from './model/leak.ts';
export type { DetectorReading, LeakCandidate } from './model/leakInversion.ts';
export type { WindStep } from './model/gaussianPuff.ts';
export { gridAt, type Grid } from './model/field.ts';
export { contourRings, ringArea, type Ring } from './model/contours.ts';
export { stabilityClass, stabilityClasses, type Stability, type Terrain } from './model/atmosphere.ts';
export { isConsequenceSubstance, substanceIds, substanceOf, type ConsequenceSubstance, type Substance } from './model/substances.ts';
export { aegl, toxicEndpoints, type ToxicEndpoints } from './model/endpoints.ts';
export type { Weather } from './model/weather.ts';
export type { OutOfRange } from './model/ranges.ts';
