import type { PlumeInput } from '../../modules/consequence/index.ts';

/**
 * Releases of field trials that reference cases call by name, as the Modelers Data Archive gives them (Hanna, Chang & Strimaitis 1993; Goldwire et al. 1985).
 * Ammonia left the Desert Tortoise nozzle liquid at 294 K and flashed: 0.17 of it vapour at 239.8 K.
 */
type NamedTrial = { readonly height: number; readonly release: Omit<PlumeInput, 'grid' | 'source'> };

const desertTortoise = (trial: { readonly rateKgS: number; readonly nozzle: number; readonly temperature: number; readonly humidity: number; readonly windSpeed: number; readonly inverseObukhov: number; readonly stability: 'D' | 'E' }): NamedTrial => {
  const area = (Math.PI / 4) * trial.nozzle ** 2;
  const density = 1 / (0.17 / 0.79 + 0.83 / 682);
  const velocity = trial.rateKgS / (610 * area);
  return {
    height: 0.79,
    release: {
      substance: 'ammonia', rateKgS: trial.rateKgS, liquidFraction: 0.83, releaseTemperature: 237.5, sourceArea: trial.rateKgS / (density * velocity), isJet: true,
      weather: { windSpeed: trial.windSpeed, windHeight: 2, windFrom: 270, stability: trial.stability, inverseObukhov: trial.inverseObukhov, roughness: 0.003, temperature: trial.temperature, humidity: trial.humidity, pressure: 90900 },
    },
  };
};

export const namedTrials: Readonly<Record<string, NamedTrial>> = {
  DT1: desertTortoise({ rateKgS: 79.7, nozzle: 0.081, temperature: 301.8, humidity: 0.132, windSpeed: 7.42, inverseObukhov: 1 / 92.7, stability: 'D' }),
  DT2: desertTortoise({ rateKgS: 111.5, nozzle: 0.0945, temperature: 303.6, humidity: 0.175, windSpeed: 5.76, inverseObukhov: 1 / 94.7, stability: 'D' }),
  DT3: desertTortoise({ rateKgS: 130.7, nozzle: 0.0945, temperature: 307.1, humidity: 0.148, windSpeed: 7.37, inverseObukhov: 1 / 847, stability: 'D' }),
  DT4: desertTortoise({ rateKgS: 96.7, nozzle: 0.0945, temperature: 305.6, humidity: 0.213, windSpeed: 4.51, inverseObukhov: 1 / 45.2, stability: 'E' }),
};
