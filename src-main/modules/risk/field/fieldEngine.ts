import type { PlantModel } from '../../../../src-shared/plant/index.ts';
import type { Weather } from '../../consequence/index.ts';
import { riskItems, type RiskItem } from './items.ts';
import { societalCurve, type OutcomeRisk, type SocietalCurve } from '../model/societal.ts';
import { lethalityAt, stamp, type Kernel, type Raster } from './kernels.ts';
import { consequenceOf, scenarioOf, shares, type Consequence } from './scenario.ts';

/** Live state of the items, in the order of `riskItems`, as columns. */
export type FieldInput = { readonly weather: Weather; readonly inventoryKg: Float64Array; readonly leak: Float64Array; readonly ignition: Float64Array; /** Where everybody is, plant metres. */ readonly people: { readonly x: Float64Array; readonly y: Float64Array } };
export type FieldOutput = Raster & { readonly perYear: Float32Array; readonly top: readonly { readonly equipment: string; readonly share: number }[]; /** Items that were computed anew. */ readonly changed: number; readonly societal: SocietalCurve };

const CELL = 5;
/** Wind that turns or changes by less than these steps leaves the field as it is. */
const DIRECTION_STEP = 5;
const SPEED_RATIO = 1.25;

/**
 * Location-specific individual risk outdoors, per year, if the plant and the weather stayed as they are: Σ over items and leak classes of frequency × live factor ×
 * chance of each outcome × lethality. Keeps its state between calls: while the wind holds, only the items whose state changed are taken out and put in
 * again; kernels are kept for every scenario and weather seen.
 */
export const createFieldEngine = (plant: PlantModel): ((input: FieldInput) => FieldOutput) => {
  const items = riskItems(plant);
  const raster: Raster = { x0: 0, y0: 0, cell: CELL, nx: Math.max(1, Math.round(plant.site.width / CELL)), ny: Math.max(1, Math.round(plant.site.depth / CELL)) };
  const sum = new Float64Array(raster.nx * raster.ny);
  const kernels = new Map<string, Consequence>();
  const states: (string | undefined)[] = Array.from({ length: items.length });
  const placed: (readonly Placed[])[] = items.map(() => []);
  const totals = new Float64Array(items.length);
  let weatherKey = '';
  let updates = 0;

  const consequence = (item: RiskItem, leak: RiskItem['classes'][number], input: { readonly inventoryKg: number; readonly weather: Omit<Weather, 'windFrom'>; readonly key: string }): Consequence | null => {
    const scenario = scenarioOf(item, leak, input.inventoryKg);
    if (scenario === null) return null;
    const key = `${Object.values(scenario).join('/')}|${input.key}`;
    const known = kernels.get(key);
    if (known !== undefined) return known;
    if (kernels.size > 3_000) kernels.clear();
    const found = consequenceOf(scenario, input.weather);
    kernels.set(key, found);
    return found;
  };

  const put = (index: number, parts: readonly Placed[], sign: 1 | -1, [east, north]: readonly [number, number]): void => {
    const { x, y } = items[index]!;
    let total = 0;
    for (const { kernel, weight } of parts) total += stamp(sum, raster, { kernel, x, y, east, north, weight: sign * weight });
    totals[index] = sign > 0 ? total : 0;
  };

  /** What each outcome of each item would do to the people where they are. */
  const outcomesFor = (people: FieldInput['people'], [east, north]: readonly [number, number]): readonly OutcomeRisk[] =>
    placed.flatMap((parts, index) =>
      parts.map(({ kernel, weight }) => {
        let deaths = 0;
        for (let p = 0; p < people.x.length; p += 1) deaths += lethalityAt(kernel, { dx: people.x[p]! - items[index]!.x, dy: people.y[p]! - items[index]!.y, east, north });
        return { perYear: weight, deaths };
      }),
    );

  return ({ weather, inventoryKg, leak, ignition, people }) => {
    const direction = Math.round(weather.windFrom / DIRECTION_STEP) * DIRECTION_STEP;
    const speed = SPEED_RATIO ** Math.round(Math.log(Math.max(weather.windSpeed, 0.8)) / Math.log(SPEED_RATIO));
    const { windFrom: _windFrom, temperature: _temperature, humidity: _humidity, pressure: _pressure, ...still } = weather;
    const settled = { ...still, windSpeed: speed };
    const air = `${speed.toFixed(2)}/${weather.stability}`;
    const angle = (direction * Math.PI) / 180;
    const towards = [-Math.sin(angle), -Math.cos(angle)] as const;
    const key = `${air}/${direction}`;
    // Taking out what was put in leaves rounding behind: begin anew with the wind, and now and then.
    if (key !== weatherKey || updates > 500) {
      weatherKey = key;
      updates = 0;
      sum.fill(0);
      states.fill(undefined);
      placed.fill([]);
    }
    let changed = 0;
    items.forEach((item, index) => {
      // A tenth more or less of contents or likelihood is no news.
      const contents = 1.15 ** Math.round(Math.log(Math.max(1, inventoryKg[index]!)) / Math.log(1.15));
      const state = `${contents}/${leak[index]!.toFixed(2)}/${ignition[index]!.toFixed(2)}`;
      if (states[index] === state) return;
      put(index, placed[index]!, -1, towards);
      states[index] = state;
      placed[index] = item.classes.flatMap((leakClass): Placed[] => {
        const found = consequence(item, leakClass, { inventoryKg: contents, weather: settled, key: air });
        if (found === null) return [];
        const often = leakClass.perYear * leak[index]!;
        const chance = shares(found, ignition[index]!);
        return (['toxic', 'flash', 'fire'] as const).flatMap((outcome) => (found[outcome] === null || chance[outcome] <= 0 ? [] : [{ kernel: found[outcome], weight: often * chance[outcome] }]));
      });
      put(index, placed[index]!, 1, towards);
      changed += 1;
      updates += 1;
    });
    const whole = totals.reduce((a, b) => a + b, 0);
    const top = items.map((item, index) => ({ equipment: item.id, share: whole > 0 ? totals[index]! / whole : 0 })).toSorted((a, b) => b.share - a.share).slice(0, 10);
    // What rounding leaves of a taken-out item may lie below zero.
    return { ...raster, perYear: Float32Array.from(sum, (value) => Math.max(0, value)), top, changed, societal: societalCurve(outcomesFor(people, towards)) };
  };
};

type Placed = { readonly kernel: Kernel; readonly weight: number };
