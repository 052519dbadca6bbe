import { type Clock, createScope, type Disposable } from '../../src-shared/kernel/index.ts';
import type { TwinSources } from '../scene/twinProps.ts';

/** Redraws for values and positions come at most this often. */
const SLOW_MS = 500;

/** Watches all sources of a twin and says when to draw again: at once for alarms, emergencies and risk, at most twice a second for values and positions. */
export const watchSources = (sources: TwinSources, clock: Clock, onChange: () => void): Disposable => {
  const scope = createScope();
  let last = Number.NEGATIVE_INFINITY;
  let waiting: Disposable | undefined;
  const soon = () => {
    if (waiting !== undefined) return;
    waiting = clock.after(Math.max(0, last + SLOW_MS - clock.monotonic()), () => {
      waiting = undefined;
      last = clock.monotonic();
      onChange();
    });
  };
  for (const source of [sources.alarms, sources.emergencies, sources.zoneRisks, sources.riskField, sources.cameraEvents]) scope.add(source.subscribe(onChange));
  for (const source of [sources.values, sources.people]) scope.add(source.subscribe(soon));
  scope.add({
    [Symbol.dispose]() {
      waiting?.[Symbol.dispose]();
    },
  });
  return scope;
};

/** Wind of the plant's mast: speed in m/s and the direction it blows to, as an angle in plant coordinates (radians counter-clockwise from east); null before both have come. */
export const windOf = (plant: { readonly tags: readonly { readonly id: string }[]; readonly weather: { readonly windSpeed: string; readonly windDirection: string }; readonly site: { readonly north: number } }, values: { readonly value: ArrayLike<number> }): { readonly speed: number; readonly to: number; readonly fromDegrees: number } | null => {
  const speed = values.value[plant.tags.findIndex(({ id }) => id === plant.weather.windSpeed)] ?? Number.NaN;
  const fromDegrees = values.value[plant.tags.findIndex(({ id }) => id === plant.weather.windDirection)] ?? Number.NaN;
  if (!Number.isFinite(speed) || !Number.isFinite(fromDegrees)) return null;
  const bearing = ((fromDegrees - plant.site.north) * Math.PI) / 180;
  return { speed, to: Math.atan2(-Math.cos(bearing), -Math.sin(bearing)), fromDegrees };
};
