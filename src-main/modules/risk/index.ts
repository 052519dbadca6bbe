export { createFieldEngine, type FieldInput, type FieldOutput } from './field/fieldEngine.ts';
export { riskItems, type RiskItem } from './field/items.ts';
export { gradeColours, lec, lecBands, lecScales } from './model/lec.ts';
export { alphaOf, assessUnit, betaOf, chemicalNamed, gradeOfR, thresholdOf } from './model/majorHazard.ts';
export { thresholds, type HazardCategory, type NamedChemical } from './model/majorHazardTables.ts';
export { createPlaceNames } from './placeNames.ts';
export type { RiskDependencies } from './dependencies.ts';
export { createRisk, type Risk } from './service.ts';
export { createWeatherWatch, type LastValues, type LiveWeather, type TagIndex } from './weather.ts';
