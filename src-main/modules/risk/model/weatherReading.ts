import { convert } from '../../../../src-shared/kernel/index.ts';
import type { WeatherHour } from '../../../../src-shared/contract/index.ts';
import { WEATHER_UNITS, type HttpWeather } from '../../../../src-shared/plant/index.ts';

/** One look at the weather in the units of `WEATHER_UNITS`; NaN where nothing is known. Wind from where it blows, clockwise from true north. */
export type WeatherReading = { readonly at: number; readonly windSpeed: number; readonly windDirection: number; readonly temperature: number; readonly humidity: number; readonly pressure: number; readonly solarRadiation: number; readonly cloudCover: number; readonly rain: number };
export type WeatherField = Exclude<keyof WeatherReading, 'at'>;
export const FIELDS = Object.keys(WEATHER_UNITS) as WeatherField[];

/** What no weather on earth exceeds, in the units above: beyond it a path or a unit is wrong. */
const BOUNDS: Readonly<Record<WeatherField, readonly [number, number]>> = { windSpeed: [0, 110], windDirection: [0, 360], temperature: [-80, 65], humidity: [0, 105], pressure: [4e4, 1.1e5], solarRadiation: [-20, 1_600], cloudCover: [0, 100], rain: [0, 500] };
const HOURS = 24;
const HOUR_MS = 3_600_000;

/** A value in the unit of its field; NaN when its unit does not measure that or it is out of all bounds. */
export const inUnit = (field: WeatherField, value: number, unit: string): number => {
  const converted = convert(value, unit, WEATHER_UNITS[field]) ?? Number.NaN;
  const [least, most] = BOUNDS[field];
  return converted >= least - 1e-9 && converted <= most + 1e-9 ? converted : Number.NaN;
};

/** The present and the hours ahead of a service's answer. Refuses one without a usable wind. */
export const readAnswer = (body: unknown, source: HttpWeather, now: number): { readonly reading: WeatherReading; readonly hours: readonly WeatherHour[] } | { readonly error: string } => {
  const fields = (from: (path: string) => unknown, paths: HttpWeather['now']): Record<WeatherField, number> =>
    Object.fromEntries(FIELDS.map((field) => [field, paths[field] === undefined ? Number.NaN : inUnit(field, numberOf(from(paths[field].path)), paths[field].unit)])) as Record<WeatherField, number>;
  const reading = fields((path) => at(body, path), source.now);
  for (const field of ['windSpeed', 'windDirection'] as const) if (Number.isNaN(reading[field])) return { error: `weather.now.${field}: no usable number at ${source.now[field].path}` };
  const measured = source.time === null ? now : timeOf(at(body, source.time));
  if (Number.isNaN(measured)) return { error: `weather.time: no time at ${source.time ?? ''}` };
  return { reading: { at: Math.min(measured, now), ...reading }, hours: source.forecast === undefined ? [] : hoursOf(body, source.forecast, { fields, now }) };
};

const hoursOf = (body: unknown, { list, time, fields: paths }: NonNullable<HttpWeather['forecast']>, { fields, now }: { readonly fields: (from: (path: string) => unknown, paths: HttpWeather['now']) => Record<WeatherField, number>; readonly now: number }): WeatherHour[] => {
  const column = at(body, list ?? time);
  if (!Array.isArray(column)) return [];
  return column
    .slice(0, 2_000)
    .map((_item, index) => {
      const from = (path: string) => (list === undefined ? at(at(body, path), String(index)) : at(column[index], path));
      const { windSpeed, windDirection, temperature, rain } = fields(from, paths);
      return { at: timeOf(from(time)), windSpeed, windFrom: windDirection, temperatureC: orNull(temperature), rain: orNull(rain) };
    })
    .filter((hour) => hour.at > now - HOUR_MS && hour.at <= now + HOURS * HOUR_MS && Number.isFinite(hour.windSpeed) && Number.isFinite(hour.windFrom))
    .toSorted((a, b) => a.at - b.at);
};

/** The hour of a forecast that holds at a moment; null where the forecast does not reach. */
export const hourAt = (hours: readonly WeatherHour[], moment: number): WeatherHour | null => {
  const found = hours.findLast((hour) => hour.at <= moment);
  return found !== undefined && moment - found.at < 3 * HOUR_MS ? found : null;
};

export const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
const numberOf = (raw: unknown): number => (typeof raw === 'number' ? raw : typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : Number.NaN);
/** ISO 8601, UTC ms or s. */
const timeOf = (raw: unknown): number => (typeof raw === 'string' && !/^\d+(\.\d+)?$/.test(raw) ? Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(raw) ? raw : `${raw}Z`) : ((value) => (value < 1e11 ? value * 1_000 : value))(numberOf(raw)));
const at = (body: unknown, path: string): unknown => path.split('.').reduce<unknown>((inner, name) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? (inner as Readonly<Record<string, unknown>>)[name] : undefined), body);
