/**
 * Fractional effective dose of fire gases by Purser, as in the SFPE Handbook (chapter on combustion toxicity): the fraction of the
 * dose that incapacitates, gained per minute. Carbon monoxide in ppm; carbon dioxide and oxygen in volume percent.
 */
export const carbonMonoxideRate = (ppm: number): number => 2.764e-5 * Math.max(0, ppm) ** 1.036;

/** Factor by which carbon dioxide speeds up breathing. */
export const hyperventilation = (carbonDioxide: number): number => Math.exp(0.1903 * carbonDioxide + 2.0004) / 7.1;

/** Lack of oxygen, per minute. */
export const hypoxiaRate = (oxygen: number): number => 1 / Math.exp(8.13 - 0.54 * (20.9 - oxygen));

/** Rate of a mixture, per minute: the carbon-monoxide term times hyperventilation, plus hypoxia. */
export const mixtureRate = (gas: { readonly carbonDioxide: number; readonly carbonMonoxidePpm: number; readonly oxygen: number }): number =>
  carbonMonoxideRate(gas.carbonMonoxidePpm) * hyperventilation(gas.carbonDioxide) + hypoxiaRate(gas.oxygen);
