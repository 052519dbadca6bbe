import type { Atmosphere, Stability } from './atmosphere.ts';
import { stabilityClasses } from './atmosphere.ts';
import { outOfRange, type OutOfRange } from './ranges.ts';
import { refuse, text, type Refused } from '../../../../src-shared/kernel/index.ts';

/** Weather as a caller knows it; what is left out is a temperate day: 293 K, 101 325 Pa, 60 % humidity, mast at 10 m, roughness 0.3 m (a plant). */
export type Weather = {
  /** m/s; anything calmer than 0.5 m/s is computed as 0.5, for no plume model holds in a calm. */
  readonly windSpeed: number;
  /** Degrees clockwise from north that the wind blows from. */
  readonly windFrom: number;
  readonly stability: Stability;
  readonly windHeight?: number;
  readonly roughness?: number;
  readonly temperature?: number;
  readonly pressure?: number;
  readonly humidity?: number;
  readonly inverseObukhov?: number;
};

const calm = 0.5;

export const refuseWeather = (weather: Weather): Refused<OutOfRange> | null => {
  const ranges = outOfRange({
    'weather.windSpeed': [weather.windSpeed, 0, 60],
    'weather.windFrom': [weather.windFrom, -360, 720],
    'weather.windHeight': [weather.windHeight, 0.5, 200],
    'weather.roughness': [weather.roughness, 1e-5, 3],
    'weather.temperature': [weather.temperature, 220, 330],
    'weather.pressure': [weather.pressure, 5e4, 1.1e5],
    'weather.humidity': [weather.humidity, 0, 1],
    'weather.inverseObukhov': [weather.inverseObukhov, -1, 1],
  });
  if (ranges !== null) return ranges;
  if (stabilityClasses.includes(weather.stability)) return null;
  return refuse('OutOfRange', text(`weather.stability 应为 A 至 F，实为 ${String(weather.stability)}`, `weather.stability must be A to F, was ${String(weather.stability)}`), 'weather.stability');
};

export const atmosphereOf = (weather: Weather): Atmosphere => ({
  windSpeed: Math.max(weather.windSpeed, calm),
  windFrom: weather.windFrom,
  stability: weather.stability,
  windHeight: weather.windHeight ?? 10,
  roughness: weather.roughness ?? 0.3,
  temperature: weather.temperature ?? 293.15,
  pressure: weather.pressure ?? 101325,
  humidity: weather.humidity ?? 0.6,
  ...(weather.inverseObukhov === undefined ? {} : { inverseObukhov: weather.inverseObukhov }),
});
