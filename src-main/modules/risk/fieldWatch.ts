import type { Escalation, RiskField, SocietalRisk } from '../../../src-shared/contract/index.ts';
import { contains, DAY, isUsable, MINUTE, SECOND, type Disposable, type Value } from '../../../src-shared/kernel/index.ts';
import type { Crowd, FieldInput, FieldOutput } from './field/fieldEngine.ts';
import { riskItems, type RiskItem } from './field/items.ts';
import { failuresOf } from './field/protections.ts';
import { createProtections } from './protections.ts';
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
/** Share of people in buildings by day where only their number is known (CPR 18E table 5.5). */
const INDOORS_BY_DAY = 0.93;
const PROCESS_ALARM = new Set(['unacknowledged', 'acknowledged']);

type Terms = Omit<RiskDependencies, 'weather'> & { readonly weather: () => LiveWeather; readonly field: Value<RiskField | null>; readonly societal: Value<SocietalRisk | null> };

/** Keeps the risk field up with the wind, the levels and the live factors; computed in a worker, never two at once. */
export const createFieldWatch = (terms: Terms): Disposable & { tick(): void; /** What a leak and fire of one item would set off, in the weather of now. */ escalation(of: { readonly equipment: string; readonly rateKgS?: number | undefined }): Promise<Escalation | null> } => {
  const { registry, values, people, alarms, inference, permits, hazards, inspection, engines, clock, log, weather, field, societal } = terms;
  const { plant } = registry;
  const items = riskItems(plant);
  const equipment = new Map(plant.equipment.map((item) => [item.id, item]));
  const zoneOfCamera = new Map(plant.cameras.map((camera) => [camera.id, camera.zone]));
  const sights = createSightMemory(people.cameraEvents, clock);
  const protections = createProtections(terms);
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

  const buildings = plant.structures.filter(({ kind }) => kind === 'building').map(({ shape }) => shape);
  const neighbours = plant.site.peopleOutside ?? [];
  const outside: Crowd = {
    x: Float64Array.from(neighbours, ({ position }) => position[0]), y: Float64Array.from(neighbours, ({ position }) => position[1]),
    count: Float64Array.from(neighbours, ({ people: count }) => count), indoors: new Float64Array(neighbours.length).fill(INDOORS_BY_DAY),
  };
  const crowd = (): Crowd => {
    // Where a wearable was before it fell silent says nothing of where its wearer is.
    const where = people.positions();
    const known = [...where.person.keys()].filter((row) => !people.isStale(where.person[row]!));
    const [x, y] = [Float64Array.from(known, (row) => where.x[row]!), Float64Array.from(known, (row) => where.y[row]!)];
    return { x, y, count: new Float64Array(x.length).fill(1), indoors: Float64Array.from(x, (_value, p) => (buildings.some((ring) => contains(ring, x[p]!, y[p]!)) ? 1 : 0)) };
  };
  const sumOf = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0);

  const stateColumns = (): Pick<FieldInput, 'leak' | 'ignition' | 'inventoryKg' | 'protections'> => {
    const now = clock.now();
    const health = new Map(inference.assets.rows().map((asset) => [asset.equipment, asset]));
    const open = Map.groupBy(hazards.table.rows().filter((hazard) => hazard.state !== 'closed'), (hazard) => hazard.equipment);
    // Longest overdue first: it is the one that stays.
    const late = new Map(inspection.overdue().toReversed().map((each) => [each.equipment, (now - each.due) / DAY]));
    const speaking = Map.groupBy(alarms.table.rows().filter((alarm) => PROCESS_ALARM.has(alarm.state)), (alarm) => alarm.equipment);
    const breaches = Map.groupBy(sights.recent(), (event) => zoneOfCamera.get(event.camera));
    const working = permits.table.rows().filter((permit) => permit.state === 'active').map((permit) => ({ permit, at: equipment.get(permit.equipment ?? '')?.position }));
    const factors = items.map((item) => {
      const own = equipment.get(item.id)!;
      const near = working.filter(({ permit, at }) => (at === undefined ? permit.zone === own.zone : Math.hypot(at[0] - item.x, at[1] - item.y) <= NEAR)).map(({ permit }) => permit);
      return liveFactors({ health: health.get(item.id) ?? null, overdueDays: late.get(item.id) ?? 0, hazards: open.get(item.id) ?? [], alarms: (speaking.get(item.id) ?? []).map((alarm) => alarm.priority), permits: near, breaches: breaches.get(own.zone)?.length ?? 0 });
    });
    return { leak: Float64Array.from(factors, (each) => each.leak), ignition: Float64Array.from(factors, (each) => each.ignition), inventoryKg: Float64Array.from(items, inventoryOf), protections: protections().map(({ states }) => failuresOf(states)) };
  };

  return {
    tick() {
      if (isRunning || items.length === 0 || (startedAt !== null && clock.monotonic() - startedAt < SPACING)) return;
      const live = weather();
      const columns = stateColumns();
      const key = [Math.round(live.weather.windFrom / 5), Math.round(Math.log(Math.max(0.8, live.weather.windSpeed)) / Math.log(1.25)), live.weather.stability, ...columns.leak.map((value) => Math.round(value * 20)), ...columns.ignition, ...columns.protections.flatMap((each) => Object.values(each).map((fails) => fails.toFixed(3))), ...columns.inventoryKg.map((kg) => Math.round(Math.log(Math.max(1, kg)) / Math.log(1.15)))].join();
      if (key === lastKey && clock.monotonic() - startedAt! < PEOPLE_MOVE) return;
      isRunning = true;
      startedAt = clock.monotonic();
      const present = crowd();
      engines.call<FieldOutput>('riskField', { weather: live.weather, ...columns, people: present, outside } satisfies FieldInput).then(
        ({ x0, y0, cell, nx, ny, perYear, standing, outer, top, causes, changed, societal: { curve, pll }, societalOutside }) => {
          isRunning = false;
          if (isEnded) return;
          const { unacceptable, acceptable, mostDeaths } = societalCriteria;
          societal.set({
            at: clock.now(), people: present.x.length, indoors: sumOf(present.indoors), pll, curve: [...curve], region: societalRegion(curve),
            outside: plant.site.peopleOutside === undefined ? null : { people: sumOf(outside.count), pll: societalOutside.pll, curve: [...societalOutside.curve], region: societalRegion(societalOutside.curve) },
            criteria: { unacceptable: unacceptable.at1, acceptable: acceptable.at1, mostDeaths },
          });
          if (key === lastKey) return;
          lastKey = key;
          field.set({ at: clock.now(), x0, y0, cell, nx, ny, perYear: Float32Array.from(perYear), standing: Float32Array.from(standing), outer: { ...outer, perYear: Float32Array.from(outer.perYear), standing: Float32Array.from(outer.standing) }, causes: [...causes], model: `lsir/2, ${items.length} items, ${changed} changed, wind ${live.weather.windSpeed.toFixed(1)} m/s from ${live.trueWindFrom.toFixed(0)}°, ${live.weather.stability}`, top: [...top], computeMs: clock.monotonic() - startedAt! });
        },
        (error: unknown) => {
          isRunning = false;
          if (!isEnded) log.error('the engines failed; the risk field will be computed again', { error: String(error) });
        },
      );
    },
    async escalation({ equipment: id, rateKgS }) {
      const item = items.find((each) => each.id === id);
      return item === undefined ? null : engines.call<Escalation | null>('escalation', { equipment: id, weather: weather().weather, inventoryKg: inventoryOf(item), protections: protections().map(({ states }) => states), at: clock.now(), ...(rateKgS === undefined ? {} : { rateKgS }) });
    },
    /** A computation under way is let finish and its result dropped. */
    [Symbol.dispose]: () => void (isEnded = true),
  };
};
