import type { RiskField, SocietalRisk } from '../../../src-shared/contract/index.ts';
import { DAY, isUsable, MINUTE, SECOND, type Disposable, type Value } from '../../../src-shared/kernel/index.ts';
import type { FieldInput, FieldOutput } from './field/fieldEngine.ts';
import { riskItems, type RiskItem } from './field/items.ts';
import { createSightMemory } from './sights.ts';
import { societalCriteria, societalRegion } from './model/criteria.ts';
import { liveFactors } from './model/liveFactors.ts';
import type { RiskDependencies } from './dependencies.ts';
import type { LiveWeather } from './weather.ts';

/** At most one computation in this time; and none while nothing changed. */
const SPACING = 10 * SECOND;
/** People walk: the societal risk is counted anew this often even while the field stays. */
const PEOPLE_MOVE = MINUTE;
const NEAR = 30;
const HALF_FULL = 0.5;
const PROCESS_ALARM = new Set(['unacknowledged', 'acknowledged']);

type Terms = RiskDependencies & { readonly weather: () => LiveWeather; readonly field: Value<RiskField | null>; readonly societal: Value<SocietalRisk | null> };

/** Keeps the risk field up with the wind, the levels and the live factors; computed in a worker, never two at once. */
export const createFieldWatch = (terms: Terms): Disposable & { tick(): void } => {
  const { registry, values, people, alarms, inference, permits, hazards, inspection, engines, clock, log, weather, field, societal } = terms;
  const { plant } = registry;
  const items = riskItems(plant);
  const equipment = new Map(plant.equipment.map((item) => [item.id, item]));
  const zoneOfCamera = new Map(plant.cameras.map((camera) => [camera.id, camera.zone]));
  const sights = createSightMemory(people.cameraEvents, clock);
  let isRunning = false;
  let isEnded = false;
  let startedAt: number | null = null;
  let lastKey = '';

  const inventoryOf = (item: RiskItem): number => {
    const index = item.levelTag === null ? undefined : registry.tagIndex(item.levelTag);
    const level = index === undefined ? undefined : values.last(index);
    const share = level !== undefined && isUsable(level.quality) && Number.isFinite(level.value) ? Math.min(1, Math.max(0, level.value / 100)) : HALF_FULL;
    return share * item.capacityKg;
  };

  const stateColumns = (): Pick<FieldInput, 'leak' | 'ignition' | 'inventoryKg'> => {
    const now = clock.now();
    const health = new Map(inference.assets.rows().map((asset) => [asset.equipment, asset]));
    const open = Map.groupBy(hazards.table.rows().filter((hazard) => hazard.state !== 'closed'), (hazard) => hazard.equipment);
    const late = new Map(inspection.overdue().map((each) => [each.equipment, (now - each.due) / DAY]));
    const speaking = Map.groupBy(alarms.table.rows().filter((alarm) => PROCESS_ALARM.has(alarm.state)), (alarm) => alarm.equipment);
    const breaches = Map.groupBy(sights.recent(), (event) => zoneOfCamera.get(event.camera));
    const working = permits.table.rows().filter((permit) => permit.state === 'active').map((permit) => ({ permit, at: equipment.get(permit.equipment ?? '')?.position }));
    const factors = items.map((item) => {
      const own = equipment.get(item.id)!;
      const near = working.filter(({ permit, at }) => (at === undefined ? permit.zone === own.zone : Math.hypot(at[0] - item.x, at[1] - item.y) <= NEAR)).map(({ permit }) => permit);
      return liveFactors({ health: health.get(item.id) ?? null, overdueDays: late.get(item.id) ?? 0, hazards: open.get(item.id) ?? [], alarms: (speaking.get(item.id) ?? []).map((alarm) => alarm.priority), permits: near, breaches: breaches.get(own.zone)?.length ?? 0 });
    });
    return { leak: Float64Array.from(factors, (each) => each.leak), ignition: Float64Array.from(factors, (each) => each.ignition), inventoryKg: Float64Array.from(items, inventoryOf) };
  };

  return {
    tick() {
      if (isRunning || items.length === 0 || (startedAt !== null && clock.monotonic() - startedAt < SPACING)) return;
      const live = weather();
      const columns = stateColumns();
      const key = [Math.round(live.weather.windFrom / 5), Math.round(Math.log(Math.max(0.8, live.weather.windSpeed)) / Math.log(1.25)), live.weather.stability, ...columns.leak.map((value) => Math.round(value * 20)), ...columns.ignition, ...columns.inventoryKg.map((kg) => Math.round(Math.log(Math.max(1, kg)) / Math.log(1.15)))].join();
      if (key === lastKey && clock.monotonic() - startedAt! < PEOPLE_MOVE) return;
      isRunning = true;
      startedAt = clock.monotonic();
      const { x, y } = people.positions();
      engines.call<FieldOutput>('riskField', { weather: live.weather, ...columns, people: { x: Float64Array.from(x), y: Float64Array.from(y) } } satisfies FieldInput).then(
        ({ x0, y0, cell, nx, ny, perYear, top, changed, societal: { curve, pll } }) => {
          isRunning = false;
          if (isEnded) return;
          const { unacceptable, acceptable, mostDeaths } = societalCriteria;
          societal.set({ at: clock.now(), people: x.length, pll, curve: [...curve], region: societalRegion(curve), criteria: { unacceptable: unacceptable.at1, acceptable: acceptable.at1, mostDeaths } });
          if (key === lastKey) return;
          lastKey = key;
          field.set({ at: clock.now(), x0, y0, cell, nx, ny, perYear: Float32Array.from(perYear), model: `lsir/1, ${items.length} items, ${changed} changed, wind ${live.weather.windSpeed.toFixed(1)} m/s from ${live.trueWindFrom.toFixed(0)}°, ${live.weather.stability}`, top: [...top], computeMs: clock.monotonic() - startedAt! });
        },
        (error: unknown) => {
          isRunning = false;
          if (!isEnded) log.error('the engines failed; the risk field will be computed again', { error: String(error) });
        },
      );
    },
    /** A computation under way is let finish and its result dropped. */
    [Symbol.dispose]: () => void (isEnded = true),
  };
};
