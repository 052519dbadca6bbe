import type { WeatherHour, WeatherNow } from '../../../src-shared/contract/index.ts';
import { createScope, createValue, isUsable, SECOND, text, type Clock, type Disposable, type Log, type Text, type Value } from '../../../src-shared/kernel/index.ts';
import type { PlantModel, WeatherSource } from '../../../src-shared/plant/index.ts';
import type { FetchJson } from '../../platform/fetchJson.ts';
import { stabilityClass, type Weather } from '../consequence/index.ts';
import { FIELDS, inUnit, orNull, readAnswer, type WeatherField, type WeatherReading } from './model/weatherReading.ts';

/** A tag's last value, as the values module gives it. */
export type LastValues = { last(tag: number): { readonly at: number; readonly value: number; readonly quality: number } | undefined };
export type TagIndex = { readonly plant: PlantModel; tagIndex(id: string): number | undefined };

/** The weather that engines may act on. */
export type LiveWeather = {
  /** In the plant's own axes: `windFrom` clockwise from plant north. */
  readonly weather: Weather;
  /** Clockwise from true north, as the mast says and the screens show. */
  readonly trueWindFrom: number;
  /** False when no source has ever told a usable wind: a light stable wind from the north is assumed. */
  readonly isKnown: boolean;
  /** °C, %, mm/h, W/m² as far as known; NaN otherwise. */
  readonly temperatureC: number;
  readonly humidity: number;
  readonly rain: number;
  readonly radiation: number;
};

/** The one seam by which risk and emergency learn of the weather. */
export type WeatherWatch = Disposable & {
  now(): LiveWeather;
  /** The hours ahead that a service has told, oldest first; empty without one, or when it is silent. */
  hours(): readonly WeatherHour[];
  /** For the screens: which source, how old, and whether the mast stands in. Renewed by `tick`. */
  readonly state: Value<WeatherNow>;
  /** Once a second. */
  tick(): void;
};

export type WeatherDependencies = { readonly registry: TagIndex; readonly values: LastValues; readonly clock: Clock; readonly source?: WeatherSource | undefined; readonly fetchJson?: FetchJson; readonly log?: Log };

type Tags = Readonly<Partial<Record<WeatherField, string | undefined>>>;
type Told = { readonly reading: WeatherReading; readonly from: WeatherNow['source']; readonly name: string };
const NOTHING: WeatherNow = { at: null, source: 'none', name: '', isFallback: false, since: null, why: null, windSpeed: null, windFrom: null, temperatureC: null, humidity: null, pressurePa: null, rain: null, forecast: null };

/**
 * Watches the weather: the source of the site file while it is fresh, else the plant's mast. The wind is a vector mean over about ten seconds, so that one gust
 * turns no plume; what was last known of it stays when every source falls silent.
 */
export const createWeatherWatch = ({ registry, values, clock, source, fetchJson, log }: WeatherDependencies): WeatherWatch => {
  const { weather: mast, site } = registry.plant;
  const scope = createScope();
  const state = createValue<WeatherNow>(NOTHING);
  let mean: { readonly east: number; readonly north: number; readonly speed: number } | null = null;
  let meanAt = 0;
  let answer: { readonly reading: WeatherReading; readonly hours: readonly WeatherHour[]; readonly askedAt: number } | null = null;
  let failure: Text | null = null;
  let fallbackSince: number | null = null;

  /** From tags, as long as both of the wind are usable; `at` is the older of the two. */
  const fromTags = (tags: Tags): WeatherReading | null => {
    const last = (field: WeatherField) => {
      const index = tags[field] === undefined ? undefined : registry.tagIndex(tags[field]);
      const found = index === undefined ? undefined : values.last(index);
      return index === undefined || found === undefined || !isUsable(found.quality) ? null : { at: found.at, value: inUnit(field, found.value, registry.plant.tags[index]!.unit) };
    };
    const found = Object.fromEntries(FIELDS.map((field) => [field, last(field)])) as Record<WeatherField, ReturnType<typeof last>>;
    const wind = [found.windSpeed, found.windDirection];
    const at = wind.every((each) => each !== null && !Number.isNaN(each.value)) ? Math.min(...wind.map((each) => each!.at)) : Number.NaN;
    const value = (field: WeatherField) => found[field]?.value ?? Number.NaN;
    return Number.isNaN(at) && FIELDS.every((field) => Number.isNaN(value(field))) ? null : ({ at, ...Object.fromEntries(FIELDS.map((field) => [field, value(field)])) } as WeatherReading);
  };

  const fresh = (): Told | null => {
    if (source === undefined) return null;
    if (source.kind === 'tags') {
      const reading = fromTags(source);
      return reading === null || Number.isNaN(reading.at) ? null : { reading, from: 'tags', name: source.windSpeed };
    }
    if (answer === null || clock.now() - answer.reading.at > source.staleAfterS * SECOND) return null;
    return { reading: answer.reading, from: 'service', name: new URL(source.url).host };
  };
  /** What counts now; the mast also where it knows no wind. */
  const told = (): Told | null => {
    const chosen = fresh();
    if (chosen !== null) return chosen;
    const reading = fromTags(mast);
    return reading === null ? null : { reading, from: 'mast', name: mast.windSpeed };
  };

  const now = (): LiveWeather => {
    const reading = told()?.reading;
    const value = (field: WeatherField) => reading?.[field] ?? Number.NaN;
    const [speed, from] = [value('windSpeed'), value('windDirection')];
    if (Number.isFinite(speed) && Number.isFinite(from)) {
      const radians = (from * Math.PI) / 180;
      const [east, north] = [Math.sin(radians), Math.cos(radians)];
      const elapsed = Math.max(0, clock.now() - meanAt) / 1_000;
      const share = mean === null ? 1 : 1 - Math.exp(-elapsed / 10);
      meanAt = clock.now();
      const old = mean ?? { east, north, speed };
      mean = { east: old.east + share * (east - old.east), north: old.north + share * (north - old.north), speed: old.speed + share * (speed - old.speed) };
    }
    const [temperatureC, humidity, pressure, radiation, rain, cloud] = (['temperature', 'humidity', 'pressure', 'solarRadiation', 'rain', 'cloudCover'] as const).map(value) as [number, number, number, number, number, number];
    const trueWindFrom = mean === null ? 0 : ((Math.atan2(mean.east, mean.north) * 180) / Math.PI + 360) % 360;
    const windSpeed = mean === null ? 1.5 : Math.min(60, Math.max(0, mean.speed));
    return {
      isKnown: mean !== null,
      trueWindFrom,
      temperatureC,
      humidity,
      rain,
      radiation,
      weather: {
        windSpeed,
        windFrom: (trueWindFrom - site.north + 360) % 360,
        stability: mean === null ? 'F' : Number.isFinite(radiation) ? stabilityClass({ windSpeed, solarRadiation: radiation, ...(Number.isFinite(cloud) ? { cloudCover: Math.min(1, cloud / 100) } : {}) }) : 'D',
        roughness: Math.min(3, Math.max(1e-5, site.roughness)),
        ...within('temperature', temperatureC + 273.15, [220, 330]),
        ...within('humidity', humidity / 100, [0, 1]),
        ...within('pressure', pressure, [5e4, 1.1e5]),
      },
    };
  };

  const hours = (): readonly WeatherHour[] => (fresh() === null ? [] : (answer?.hours ?? []));
  const show = (): void => {
    const found = told();
    const isFallback = source !== undefined && found?.from !== (source.kind === 'http' ? 'service' : 'tags');
    fallbackSince = isFallback ? (fallbackSince ?? clock.now()) : null;
    const why = isFallback ? (failure ?? text('气象源没有新数据', 'the weather source tells nothing new')) : null;
    const live = now();
    const next: WeatherNow = {
      ...NOTHING,
      at: found === null || Number.isNaN(found.reading.at) ? null : found.reading.at,
      source: found?.from ?? 'none',
      name: found?.name ?? '',
      isFallback,
      since: fallbackSince,
      why,
      windSpeed: live.isKnown ? live.weather.windSpeed : null,
      windFrom: live.isKnown ? live.trueWindFrom : null,
      temperatureC: orNull(live.temperatureC),
      humidity: orNull(live.humidity),
      pressurePa: orNull(found?.reading.pressure ?? Number.NaN),
      rain: orNull(live.rain),
      forecast: hours().length === 0 || answer === null ? null : { at: answer.askedAt, hours: [...answer.hours] },
    };
    if (JSON.stringify(next) !== JSON.stringify(state.get())) state.set(next);
  };

  const ask = async (from: Extract<WeatherSource, { kind: 'http' }>, fetch: FetchJson): Promise<void> => {
    try {
      const read = readAnswer(await fetch({ url: from.url, headers: from.headers, tls: from.tls }), from, clock.now());
      if ('error' in read) throw new Error(read.error);
      answer = { ...read, askedAt: clock.now() };
      failure = null;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (failure?.en !== reason) log?.warn('the weather service does not answer', { url: from.url, reason });
      failure = text(`气象服务:${reason}`, `${reason}`);
    }
  };
  if (source?.kind === 'http' && fetchJson !== undefined) {
    void ask(source, fetchJson);
    scope.add(clock.every(source.intervalS * SECOND, () => void ask(source, fetchJson)));
  }
  return { now, hours, state, tick: show, [Symbol.dispose]: () => scope[Symbol.dispose]() };
};

/** A field where the source's value is one that the models take. */
const within = (name: 'temperature' | 'humidity' | 'pressure', value: number, [least, most]: readonly [number, number]): Partial<Record<typeof name, number>> => (value >= least && value <= most ? { [name]: value } : {});
