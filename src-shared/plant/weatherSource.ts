import { z } from 'zod';
import { Id, Seconds, Tls, Url } from './siteParts.ts';

/** Where a number lies in a JSON answer (dotted path, places of lists as numbers) and the UCUM unit in which it stands there. */
const Field = z.strictObject({ path: z.string().min(1), unit: z.string().min(1).max(32) });
/** Wind direction is where it blows from, clockwise from true north. */
export const WeatherFields = z.strictObject({ windSpeed: Field, windDirection: Field, temperature: Field.optional(), humidity: Field.optional(), pressure: Field.optional(), solarRadiation: Field.optional(), cloudCover: Field.optional(), rain: Field.optional() });

/** A weather service that answers JSON. */
const HttpWeather = z.strictObject({
  kind: z.literal('http'),
  url: Url('http', 'https'),
  /** Headers that it asks for, such as a key. */
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string()).default({}),
  tls: Tls.optional(),
  intervalS: z.number().min(5).default(600),
  /** Older than this it is not used and the plant's mast stands in. */
  staleAfterS: Seconds.default(1_800),
  /** Where the answer says when it was measured (ISO 8601, UTC ms or s); null: when it arrived. */
  time: z.string().min(1).nullable().default(null),
  now: WeatherFields,
  /** Hours ahead. With `list` the other paths lie within each of its items; without it each path leads to a column. */
  forecast: z.strictObject({ list: z.string().min(1).optional(), time: z.string().min(1), fields: WeatherFields }).optional(),
});
/** Another mast, or a service, that comes as tags by any feed. */
const TagWeather = z.strictObject({ kind: z.literal('tags'), windSpeed: Id, windDirection: Id, temperature: Id.optional(), humidity: Id.optional(), pressure: Id.optional(), solarRadiation: Id.optional(), cloudCover: Id.optional(), rain: Id.optional() });

/** Where the weather comes from before the plant's own mast is asked. */
export const WeatherSource = z.discriminatedUnion('kind', [HttpWeather, TagWeather]);
export type WeatherSource = z.infer<typeof WeatherSource>;
export type HttpWeather = z.infer<typeof HttpWeather>;

/** In which unit the station holds each of them. */
export const WEATHER_UNITS: Readonly<Record<keyof z.infer<typeof WeatherFields>, string>> = { windSpeed: 'm/s', windDirection: 'deg', temperature: 'Cel', humidity: '%', pressure: 'Pa', solarRadiation: 'W/m2', cloudCover: '%', rain: 'mm/h' };
