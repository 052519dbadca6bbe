import type { PlantModel } from '../../../../src-shared/plant/index.ts';
import type { Weather } from '../../consequence/index.ts';
import { societalCurve, type OutcomeRisk, type SocietalCurve } from '../model/societal.ts';
import { escalationChances, escalationTargets, vesselOf, type Isolation } from './escalation.ts';
import type { Harm } from './harms.ts';
import { riskItems, type RiskItem } from './items.ts';
import { lethalityAt, stamp, type Raster } from './kernels.ts';
import { failuresOf, protectionStates, type FailureOnDemand } from './protections.ts';
import { consequenceOf, FARTHEST, outcomes, scenarioOf, shares, type Consequence, type Outcome, type Scenario } from './scenario.ts';

/** People at places, as columns: plant metres, how many, and the share of them in buildings (0…1). */
export type Crowd = { readonly x: Float64Array; readonly y: Float64Array; readonly count: Float64Array; readonly indoors: Float64Array };
/** Live state of the items, in the order of `riskItems`, as columns; people on the site and those who live or work outside its fence. */
export type FieldInput = { readonly weather: Weather; readonly inventoryKg: Float64Array; readonly leak: Float64Array; readonly ignition: Float64Array; /** Of each vessel's protections; 1 for those it has not. */ readonly protections: readonly FailureOnDemand[]; readonly people: Crowd; readonly outside: Crowd };
/** What a leak comes to, or what another vessel does that it breaks. */
export type Cause = Outcome | 'domino';
export type FieldOutput = Raster & {
  readonly perYear: Float32Array;
  /** What it would be with nothing against the plant: factors of 1, protections as designed, the same contents and weather. */
  readonly standing: Float32Array;
  /** The same on coarser cells around the site, as far as anything reaches 1e-8 a year. */
  readonly outer: Raster & { readonly perYear: Float32Array; readonly standing: Float32Array };
  readonly top: readonly { readonly equipment: string; readonly share: number }[];
  /** Shares of the field by what happens, largest first. */
  readonly causes: readonly { readonly cause: Cause; readonly share: number }[];
  /** Items that were computed anew. */
  readonly changed: number;
  readonly societal: SocietalCurve;
  readonly societalOutside: SocietalCurve;
};

const CELL = 5;
const OUTER_CELL = 25;
/** Below this nothing is drawn and no criterion lies, per year. */
const FAINTEST = 1e-8;
/** Wind that turns or changes by less than these steps leaves the field as it is. */
const DIRECTION_STEP = 5;
const SPEED_RATIO = 1.25;
/** A chance of breaking a neighbour below this is nothing. */
const NEGLIGIBLE = 1e-4;
const causesKnown: readonly Cause[] = [...outcomes, 'domino'];

/**
 * Location-specific individual risk outdoors, per year, if the plant and the weather stayed as they are: Σ over items and leak classes of frequency × live factor ×
 * chance of each outcome × lethality; and over the vessels that its fires and blasts break. Keeps its state between calls: while the wind holds, only the items whose
 * state changed are taken out and put in again; kernels are kept for every scenario and weather seen.
 */
export const createFieldEngine = (plant: PlantModel): ((input: FieldInput) => FieldOutput) => {
  const items = riskItems(plant);
  const targets = escalationTargets(items);
  const places = new Map(items.map(({ id }, index) => [id, index]));
  const sources = items.map(({ id, source }) => (id === source ? undefined : places.get(source)));
  const { width, depth } = plant.site;
  const inner: Raster = { x0: 0, y0: 0, cell: CELL, nx: Math.max(1, Math.round(width / CELL)), ny: Math.max(1, Math.round(depth / CELL)) };
  const outer: Raster = { x0: -FARTHEST, y0: -FARTHEST, cell: OUTER_CELL, nx: Math.ceil((width + 2 * FARTHEST) / OUTER_CELL), ny: Math.ceil((depth + 2 * FARTHEST) / OUTER_CELL) };
  const sums = [inner, outer].map((raster) => ({ raster, sum: new Float64Array(raster.nx * raster.ny), /** Live less standing: only what is not as usual is in it. */ excess: new Float64Array(raster.nx * raster.ny) }));
  const designed = items.map(({ protections }, index) => failuresOf(protectionStates(protections, { heat: vesselOf(items[index]!).heat, read: () => undefined, overdueDays: 0 })));
  const ones = new Float64Array(items.length).fill(1);
  const asDesigned: Factors = { leak: ones, ignition: ones, protections: designed };
  const kernels = new Map<string, Consequence>();
  const states: (string | undefined)[] = Array.from({ length: items.length });
  const placed: (readonly Placed[])[] = items.map(() => []);
  /** What an item would put in as usual; null where it is as usual. */
  const usual: (readonly Placed[] | null)[] = items.map(() => null);
  const totals = items.map(() => new Float64Array(causesKnown.length));
  let weatherKey = '';
  let updates = 0;

  const consequence = (scenario: Scenario, weather: Omit<Weather, 'windFrom'>, air: string): Consequence => {
    const key = `${Object.values(scenario).join('/')}|${air}`;
    const known = kernels.get(key);
    if (known !== undefined) return known;
    if (kernels.size > 3_000) kernels.clear();
    const found = consequenceOf(scenario, weather);
    kernels.set(key, found);
    return found;
  };

  const differ = (parts: readonly Placed[] | null, sign: 1 | -1, [east, north]: readonly [number, number]): void => {
    for (const { harm, weight, x, y } of parts ?? []) if (harm.outdoors !== null) for (const { raster, excess } of sums) stamp(excess, raster, { kernel: harm.outdoors, x, y, east, north, weight: sign * weight });
  };
  const put = (index: number, parts: readonly Placed[], sign: 1 | -1, [east, north]: readonly [number, number]): void => {
    totals[index]!.fill(0);
    for (const { harm, weight, x, y, cause } of parts) {
      if (harm.outdoors === null) continue;
      for (const [k, { raster, sum }] of sums.entries()) {
        const added = stamp(sum, raster, { kernel: harm.outdoors, x, y, east, north, weight: sign * weight });
        if (k === 0 && sign > 0) totals[index]![causesKnown.indexOf(cause)]! += added;
      }
    }
  };

  /** What each outcome of each item would do to people where they are. */
  const outcomesFor = (people: Crowd, [east, north]: readonly [number, number]): readonly OutcomeRisk[] =>
    placed.flat().map(({ harm, weight, x, y }) => {
      let deaths = 0;
      for (let p = 0; p < people.x.length; p += 1) {
        const at = { dx: people.x[p]! - x, dy: people.y[p]! - y, east, north };
        const inside = people.indoors[p]!;
        const lethality = (inside < 1 && harm.outdoors !== null ? (1 - inside) * lethalityAt(harm.outdoors, at) : 0) + (inside > 0 && harm.indoors !== null ? inside * lethalityAt(harm.indoors, at) : 0);
        deaths += people.count[p]! * lethality;
      }
      return { perYear: weight, deaths };
    });

  return ({ weather, inventoryKg, leak, ignition, protections, people, outside }) => {
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
      for (const { sum, excess } of sums) [sum, excess].forEach((each) => each.fill(0));
      usual.fill(null);
      states.fill(undefined);
      placed.fill([]);
    }
    // A tenth more or less of contents or likelihood is no news.
    const contents = items.map((_item, index) => 1.15 ** Math.round(Math.log(Math.max(1, inventoryKg[index]!)) / Math.log(1.15)));

    // A vessel's root valve ends the fires of what it feeds, not those of the vessel itself.
    const isolationOf = (index: number, fails: readonly FailureOnDemand[]): Isolation => ({ afterS: sources[index] === undefined ? Infinity : (items[sources[index]]!.protections.isolation?.closesWithinS ?? Infinity), fails: sources[index] === undefined ? 1 : fails[sources[index]]!.isolation });
    const now: Factors = { leak, ignition, protections };
    const keyOf = (index: number, { leak: often, ignition: burns, protections: fails }: Factors): string =>
      `${often[index]!.toFixed(2)}/${burns[index]!.toFixed(2)}/${isolationOf(index, fails).fails.toFixed(3)}/${targets[index]!.map((target) => Object.values(fails[target.index]!).map((each) => each.toFixed(3)).join(' ')).join()}`;
    const partsOf = (item: RiskItem, index: number, { leak: likelier, ignition: burns, protections: failing }: Factors): readonly Placed[] => {
      const parts: Placed[] = [];
      const broken = new Float64Array(targets[index]!.length);
      const isolation = isolationOf(index, failing);
      for (const leakClass of item.classes) {
        const scenario = scenarioOf(item, leakClass, contents[index]!);
        if (scenario === null) continue;
        const found = consequence(scenario, settled, air);
        const often = leakClass.perYear * likelier[index]!;
        const chance = shares(found, burns[index]!);
        for (const outcome of outcomes) {
          const harm = found[outcome];
          if (harm !== null && chance[outcome] > 0) parts.push({ harm, weight: often * chance[outcome], x: item.x, y: item.y, cause: outcome });
        }
        if (chance.fire + chance.explosion <= 0) continue;
        targets[index]!.forEach((target, k) => {
          const { heat, blast } = escalationChances(scenario, found, { ...target, fails: failing[target.index]!, lastsS: contents[index]! / scenario.rateKgS, isolation });
          broken[k]! += often * (chance.fire * (heat > NEGLIGIBLE ? heat : 0) + chance.explosion * (blast > NEGLIGIBLE ? blast : 0));
        });
      }
      targets[index]!.forEach(({ index: other }, k) => {
        if (broken[k]! <= 0) return;
        const vessel = items[other]!;
        const scenario = scenarioOf(vessel, { hole: null, perYear: 0 }, contents[other]!);
        const found = scenario === null ? null : consequence(scenario, settled, air);
        // It fails in a fire: what burns, burns at once.
        const harm = found === null ? null : (found.fireball ?? found.fire ?? found.toxic);
        if (harm !== null) parts.push({ harm, weight: broken[k]!, x: vessel.x, y: vessel.y, cause: 'domino' });
      });
      return parts;
    };

    let changed = 0;
    items.forEach((item, index) => {
      const live = keyOf(index, now);
      const state = `${contents[index]!}/${targets[index]!.map((target) => contents[target.index]!.toFixed(0)).join()}/${live}`;
      if (states[index] === state) return;
      put(index, placed[index]!, -1, towards);
      if (usual[index] !== null) {
        differ(placed[index]!, -1, towards);
        differ(usual[index]!, 1, towards);
      }
      states[index] = state;
      placed[index] = partsOf(item, index, now);
      put(index, placed[index]!, 1, towards);
      usual[index] = live === keyOf(index, asDesigned) ? null : partsOf(item, index, asDesigned);
      if (usual[index] !== null) {
        differ(placed[index]!, 1, towards);
        differ(usual[index]!, -1, towards);
      }
      changed += 1;
      updates += 1;
    });
    const of = (index: number): number => totals[index]!.reduce((a, b) => a + b, 0);
    const whole = items.reduce((sum, _item, index) => sum + of(index), 0);
    const share = (part: number): number => (whole > 0 ? part / whole : 0);
    const top = items.map((item, index) => ({ equipment: item.id, share: share(of(index)) })).toSorted((a, b) => b.share - a.share).slice(0, 10);
    const causes = causesKnown.map((cause, c) => ({ cause, share: share(totals.reduce((sum, each) => sum + each[c]!, 0)) })).filter((each) => each.share > 0).toSorted((a, b) => b.share - a.share);
    // What rounding leaves of a taken-out item may lie below zero.
    const values = (sum: Float64Array): Float32Array => Float32Array.from(sum, (value) => Math.max(0, value));
    const standing = sums.map(({ sum, excess }) => values(sum.map((value, k) => value - excess[k]!)));
    return { ...inner, perYear: values(sums[0]!.sum), standing: standing[0]!, outer: cropped(outer, { perYear: values(sums[1]!.sum), standing: standing[1]! }, plant.site), top, causes, changed, societal: societalCurve(outcomesFor(people, towards)), societalOutside: societalCurve(outcomesFor(outside, towards)) };
  };
};

/** What is known against the plant now. */
type Factors = Pick<FieldInput, 'leak' | 'ignition' | 'protections'>;
type Placed = { readonly harm: Harm; readonly weight: number; readonly x: number; readonly y: number; readonly cause: Cause };

/** The part of a raster that holds the site and everything of consequence, with one empty cell around, so that every contour closes in it. */
const cropped = (raster: Raster, { perYear, standing }: Pick<FieldOutput, 'perYear' | 'standing'>, site: { readonly width: number; readonly depth: number }): FieldOutput['outer'] => {
  const { x0, y0, cell, nx, ny } = raster;
  let [west, east, south, north] = [Math.floor(-x0 / cell), Math.ceil((site.width - x0) / cell), Math.floor(-y0 / cell), Math.ceil((site.depth - y0) / cell)];
  for (let j = 0; j < ny; j += 1) {
    for (let i = 0; i < nx; i += 1) {
      if (perYear[j * nx + i]! < FAINTEST) continue;
      [west, east, south, north] = [Math.min(west, i), Math.max(east, i + 1), Math.min(south, j), Math.max(north, j + 1)];
    }
  }
  [west, east, south, north] = [Math.max(0, west - 1), Math.min(nx, east + 1), Math.max(0, south - 1), Math.min(ny, north + 1)];
  const cut = (values: Float32Array): Float32Array => {
    const part = new Float32Array((east - west) * (north - south));
    for (let j = south; j < north; j += 1) part.set(values.subarray(j * nx + west, j * nx + east), (j - south) * (east - west));
    return part;
  };
  return { x0: x0 + west * cell, y0: y0 + south * cell, cell, nx: east - west, ny: north - south, perYear: cut(perYear), standing: cut(standing) };
};
