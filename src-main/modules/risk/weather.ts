import type { Clock } from '../../../src-shared/kernel/index.ts';
import { isUsable } from '../../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import { stabilityClass, type Weather } from '../consequence/index.ts';

/** A tag's last value, as the values module gives it. */
export type LastValues = { last(tag: number): { readonly at: number; readonly value: number; readonly quality: number } | undefined };
export type TagIndex = { readonly plant: PlantModel; tagIndex(id: string): number | undefined };

/** The weather that engines may act on. */
export type LiveWeather = {
  /** In the plant's own axes: `windFrom` clockwise from plant north. */
  readonly weather: Weather;
  /** Clockwise from true north, as the mast says and the screens show. */
  readonly trueWindFrom: number;
  /** False when the mast has never told a usable wind: a light stable wind from the north is assumed. */
  readonly isKnown: boolean;
  /** m/s, °C, %, mm/h, W/m² as far as known; NaN otherwise. */
  readonly temperatureC: number;
  readonly humidity: number;
  readonly rain: number;
  readonly radiation: number;
};

/** Factors from a tag's unit to Pa and m/s. */
const PER_UNIT: Readonly<Record<string, number>> = { hPa: 100, mbar: 100, kPa: 1e3, bar: 1e5, MPa: 1e6, 'km/h': 1 / 3.6 };

/** Watches the mast. The wind is a vector mean over about ten seconds, so that one gust turns no plume. */
export const createWeatherWatch = ({ registry, values, clock }: { readonly registry: TagIndex; readonly values: LastValues; readonly clock: Clock }): { now(): LiveWeather } => {
  const { weather: tags, site } = registry.plant;
  const read = (id: string | undefined): number => {
    const index = id === undefined ? undefined : registry.tagIndex(id);
    const last = index === undefined ? undefined : values.last(index);
    if (index === undefined || last === undefined || !isUsable(last.quality)) return Number.NaN;
    return last.value * (PER_UNIT[registry.plant.tags[index]!.unit] ?? 1);
  };
  let mean: { readonly east: number; readonly north: number; readonly speed: number } | null = null;
  let at = 0;
  return {
    now() {
      const [speed, from] = [read(tags.windSpeed), read(tags.windDirection)];
      if (Number.isFinite(speed) && Number.isFinite(from)) {
        const radians = (from * Math.PI) / 180;
        const [east, north] = [Math.sin(radians), Math.cos(radians)];
        const elapsed = Math.max(0, clock.now() - at) / 1_000;
        const share = mean === null ? 1 : 1 - Math.exp(-elapsed / 10);
        at = clock.now();
        const old = mean ?? { east, north, speed };
        mean = { east: old.east + share * (east - old.east), north: old.north + share * (north - old.north), speed: old.speed + share * (speed - old.speed) };
      }
      const [temperatureC, humidity, pressure, radiation, rain] = [tags.temperature, tags.humidity, tags.pressure, tags.solarRadiation, tags.rain].map(read) as [number, number, number, number, number];
      const cloud = read(tags.cloudCover);
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
          stability: mean === null ? 'F' : Number.isFinite(radiation) ? stabilityClass({ windSpeed, solarRadiation: radiation, ...(Number.isFinite(cloud) ? { cloudCover: Math.min(1, cloud > 1 ? cloud / 100 : cloud) } : {}) }) : 'D',
          roughness: Math.min(3, Math.max(1e-5, site.roughness)),
          ...within('temperature', temperatureC + 273.15, [220, 330]),
          ...within('humidity', humidity / 100, [0, 1]),
          ...within('pressure', pressure, [5e4, 1.1e5]),
        },
      };
    },
  };
};

/** A field where the mast's value is one that the models take. */
const within = (name: 'temperature' | 'humidity' | 'pressure', value: number, [least, most]: readonly [number, number]): Partial<Record<typeof name, number>> => (value >= least && value <= most ? { [name]: value } : {});
