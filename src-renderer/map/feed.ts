import { type Clock, createScope, type Disposable } from '../../src-shared/kernel/index.ts';
import type { TwinSources, TwinWind } from '../scene/twinProps.ts';

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
  for (const source of [sources.values, sources.people, sources.wind]) scope.add(source.subscribe(soon));
  scope.add({
    [Symbol.dispose]() {
      waiting?.[Symbol.dispose]();
    },
  });
  return scope;
};

/** The wind on which the station acts: speed in m/s and the direction it blows to, as an angle in plant coordinates (radians counter-clockwise from east); null while nobody knows. */
export const windOf = (plant: { readonly site: { readonly north: number } }, told: TwinWind | null): { readonly speed: number; readonly to: number; readonly fromDegrees: number } | null => {
  if (told === null) return null;
  const { speed, fromDegrees } = told;
  const bearing = ((fromDegrees - plant.site.north) * Math.PI) / 180;
  return { speed, to: Math.atan2(-Math.cos(bearing), -Math.sin(bearing)), fromDegrees };
};
