import type { Scenario } from '../scenario.ts';
import { drift, type Random } from './random.ts';

/** The weather at the mast, 10 m above ground. Direction is where the wind comes from, degrees clockwise from north. */
export type Weather = {
  windSpeed: number;
  windDirection: number;
  temperature: number;
  humidity: number;
  /** hPa. */
  pressure: number;
  /** W/m². */
  radiation: number;
  /** %. */
  cloud: number;
  /** mm/h. */
  rain: number;
  step(dt: number, hour: number): void;
  /** Turns the mean wind over some seconds. */
  turn(to: { readonly direction?: number; readonly speed?: number }, overS: number): void;
};

/** The mean wind meanders (slow waves of minutes and eddies of seconds), as a mast sees it over a rough site. */
export const createWeather = (scenario: Scenario, random: Random): Weather => {
  const { wind, temperature, humidity, cloud } = scenario.weather;
  const mean = { speed: wind.speed, direction: wind.direction };
  let turning: { readonly direction: number; readonly speed: number; left: number } | undefined;
  const slow = drift(random.fork('slow'), 150, 6);
  const quick = drift(random.fork('quick'), 9, 4.5);
  const gust = drift(random.fork('gust'), 14, 0.13);
  const surge = drift(random.fork('surge'), 240, 0.1);
  const warmth = drift(random.fork('warmth'), 1800, 0.5);
  const haze = drift(random.fork('haze'), 1200, 8);
  const weather: Weather = {
    windSpeed: wind.speed, windDirection: wind.direction, temperature, humidity, pressure: 1014, radiation: 0, cloud, rain: 0,
    step(dt, hour) {
      if (turning !== undefined) {
        const part = Math.min(1, dt / Math.max(turning.left, dt));
        mean.direction = (mean.direction + angle(turning.direction - mean.direction) * part + 360) % 360;
        mean.speed += (turning.speed - mean.speed) * part;
        turning.left -= dt;
        if (turning.left <= 0) turning = undefined;
      }
      weather.windSpeed = Math.max(0.3, mean.speed * (1 + gust(dt) + surge(dt)));
      weather.windDirection = (mean.direction + slow(dt) + quick(dt) + 720) % 360;
      const day = Math.sin(((hour - 9) / 24) * 2 * Math.PI);
      weather.temperature = temperature + 4 * (day - Math.sin(((scenario.startHour - 9) / 24) * 2 * Math.PI)) + warmth(dt);
      weather.humidity = Math.min(100, Math.max(10, humidity - 8 * day + haze(dt) * 0.3));
      weather.pressure = 1014 + haze(dt) * 0.05;
      weather.cloud = Math.min(100, Math.max(0, cloud + haze(dt)));
      weather.radiation = Math.max(0, 930 * Math.sin(((hour - 6) / 12) * Math.PI)) * (1 - 0.007 * weather.cloud);
    },
    turn({ direction, speed }, overS) {
      turning = { direction: direction ?? mean.direction, speed: speed ?? mean.speed, left: overS };
    },
  };
  weather.step(0, scenario.startHour);
  return weather;
};

/** The smaller turn between two directions, −180 to 180. */
const angle = (difference: number): number => ((difference + 540) % 360) - 180;
