import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EarlyWarning, UnitAnomaly } from '../../../src-shared/contract/index.ts';
import { createScope, createTable, HOUR, isUsable, SECOND, text, type Clock, type Disposable, type SampleBatch, type Table, type Text } from '../../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import type { Faults } from '../../platform/faults.ts';
import { readAnomalyModel, type AnomalyCard } from './card.ts';
import { createDriftWatch, stretchOf, tellDrift, type Drift } from './driftWatch.ts';
import { takenBack, type LoadedModel } from './models.ts';
import { createAnomalyState, type AnomalyReading, type AnomalyState } from './model/anomaly.ts';
import { departureText } from './model/explain.ts';
import { createUsageCount, type UsageCount } from './usage.ts';

/** Samples in a row above the limit before a unit is called anomalous, and below it before it is called normal again. */
const TO_ENTER = 3;
const TO_LEAVE = 5;
const DRIVERS = 4;
/** A variable is named from twice as far as it is in normal running; the farthest always. */
const LEAST_DRIVER = 2;
const KEPT = 240;

/** Whether each unit of the plant runs as it usually does, by the anomaly models whose cards name a unit of it. */
export type ProcessWatch = Disposable & {
  apply(batch: SampleBatch): void;
  readonly units: Table<string, UnitAnomaly>;
  models(): readonly (LoadedModel & { readonly drift: Drift | null })[];
  /** Reads the models folder again. A unit whose file changed is watched by the new model from its next sample on; one whose file is refused goes on with what it has. */
  reload(): void;
  /** The model before watches again; whether there was one. */
  rollBack(id: string): boolean;
};

type Model = { readonly key: string; readonly card: AnomalyCard; readonly state: AnomalyState; readonly usage: UsageCount };
type Watched = { readonly id: string; readonly unit: string; model: Model; previous: Model | null; detail: Text | null; takenBack: string; values: Map<string, number>; isAnomalous: boolean; streak: number; since: number; readonly past: { at: number; ratio: number }[] };
type Dependencies = { readonly plant: PlantModel; readonly modelsFolder: string; readonly clock: Clock; readonly faults: Faults; /** Where a unit that does not run as usual stands among the early warnings. */ readonly warnings: Table<string, EarlyWarning> };

export const createProcessWatch = ({ plant, modelsFolder, clock, faults, warnings }: Dependencies): ProcessWatch => {
  const scope = createScope();
  const units = createTable<string, UnitAnomaly>(({ unit }) => unit);
  const index = new Map(plant.tags.map((tag, at) => [tag.id, at]));
  const watched = new Map<string, Watched>();
  const drift = createDriftWatch();
  const listeners = new Map<number, { readonly own: Watched; readonly tag: string }[]>();

  const warn = (own: Watched, anomaly: UnitAnomaly) => {
    const id = `process/${own.unit}`;
    if (anomaly.state !== 'anomalous') return void warnings.drop(id);
    const unit = plant.units.find((each) => each.id === own.unit)!;
    warnings.put({
      id, kind: 'process', equipment: null, zone: unit.zone, since: own.since, p10Days: 0, p50Days: 0, p90Days: 0, probability15: null, hitRate: null,
      title: text(`${unit.name.zh} 工况异常,偏离正常 ${anomaly.ratio.toFixed(1)} 倍限值`, `${unit.name.en} does not run as usual: ${anomaly.ratio.toFixed(1)} times its limit`),
      drivers: anomaly.drivers.map((driver) => driver.text),
      advice: text('按依据中的变量查趋势,核对调节阀、换热与仪表,必要时降负荷', 'Look at the trends of the variables named; check control valves, heat exchange and instruments; reduce load if need be'),
    });
  };
  const conclude = (own: Watched, { card }: Model, reading: AnomalyReading) => {
    const now = clock.now();
    own.streak = reading.ratio > 1 === own.isAnomalous ? 0 : own.streak + 1;
    if (own.streak >= (own.isAnomalous ? TO_LEAVE : TO_ENTER)) [own.isAnomalous, own.streak, own.since] = [!own.isAnomalous, 0, now];
    own.past.push({ at: now, ratio: reading.ratio });
    if (own.past.length > KEPT) own.past.shift();
    const drivers = [...reading.drivers].map((size, variable) => ({ size, variable })).toSorted((a, b) => b.size - a.size).filter(({ size }, rank) => rank === 0 || (rank < DRIVERS && size >= LEAST_DRIVER));
    const total = reading.drivers.reduce((sum, size) => sum + size, 0);
    const anomaly: UnitAnomaly = {
      unit: own.unit,
      model: `${card.id} ${card.version}`,
      at: now,
      state: own.isAnomalous ? 'anomalous' : 'normal',
      since: own.since,
      ratio: reading.ratio,
      drivers: drivers.map(({ size, variable }) => {
        const tag = plant.tags[index.get(card.variables[variable]!)!]!;
        // An hour before the departure shows what it departed from.
        return { tag: tag.id, weight: size / total, since: (own.isAnomalous ? own.since : now) - HOUR, text: departureText(tag, own.values.get(tag.id)!, card.mean[variable]!) };
      }),
      history: { at: own.past.map(({ at }) => at), ratio: own.past.map(({ ratio }) => ratio) },
    };
    units.put(anomaly);
    warn(own, anomaly);
  };
  const sample = (own: Watched) => {
    const { model } = own;
    const values = model.card.variables.map((tag) => own.values.get(tag) ?? Number.NaN);
    if (!values.every(Number.isFinite)) return;
    const began = clock.monotonic();
    const reading = model.state.push(values);
    model.usage.count(began);
    if (reading === null) return;
    const now = clock.now();
    drift.see(model, { draw: stretchOf(now), inputs: values, output: reading.ratio });
    tellDrift(faults, own.id, drift.measure(model, now));
    conclude(own, model, reading);
  };
  const begin = (id: string, unit: string, model: Model) => {
    const own: Watched = { id, unit, model, previous: null, detail: null, takenBack: '', values: new Map(), isAnomalous: false, streak: 0, since: clock.now(), past: [] };
    watched.set(id, own);
    units.put({ unit, model: `${model.card.id} ${model.card.version}`, at: clock.now(), state: 'learning', since: own.since, ratio: 0, drivers: [], history: { at: [], ratio: [] } });
    scope.add(clock.every(model.card.sampleSeconds * SECOND, () => sample(own)));
    listen(own);
  };
  const listen = (own: Watched) => {
    for (const tag of own.model.card.variables) {
      const at = index.get(tag)!;
      const known = listeners.get(at) ?? [];
      listeners.set(at, known);
      if (!known.some((each) => each.own === own)) known.push({ own, tag });
    }
  };
  const take = (file: string) => {
    const checked = readAnomalyModel(join(modelsFolder, file));
    const known = watched.get(file.slice(0, -'.json'.length));
    if (!checked.ok) {
      if (known !== undefined) known.detail = checked.refusal.text;
      return faults.report({ source: 'model', code: file, severity: 'error', text: checked.refusal.text, detail: checked.refusal.field ?? '' });
    }
    faults.clear('model', file);
    const { card, model } = checked.value;
    // A model of another plant, or of a benchmark, has nothing to watch here.
    if (card.unit === null || !plant.units.some(({ id }) => id === card.unit) || !card.variables.every((tag) => index.has(tag))) return;
    const own = watched.get(card.id);
    const ready = (): Model => ({ key: `${card.id}@${card.sha256}`, card, state: createAnomalyState(model), usage: createUsageCount(clock) });
    if (own === undefined) begin(card.id, card.unit, ready());
    else if (own.model.card.sha256 !== card.sha256 && own.takenBack !== card.sha256) {
      [own.previous, own.model, own.detail] = [own.model, ready(), null];
      listen(own);
    }
  };
  const reload = () => readdirSync(modelsFolder).filter((file) => file.startsWith('anomaly-') && file.endsWith('.json')).forEach(take);
  reload();

  return {
    units,
    reload,
    models: () => [...watched.values()].map(({ id, model, previous, detail }) => ({ id, card: model.card, state: 'ready', detail, previous: previous?.card ?? null, usage: model.usage.of(), drift: drift.of(model) })),
    rollBack(id) {
      const own = watched.get(id);
      if (own === undefined || own.previous === null) return false;
      own.takenBack = own.model.card.sha256;
      [own.model, own.previous, own.detail] = [own.previous, own.model, takenBack(own.model.card.version)];
      return true;
    },
    apply(batch) {
      for (let row = 0; row < batch.tag.length; row += 1) {
        const own = listeners.get(batch.tag[row]!);
        if (own !== undefined && isUsable(batch.quality[row]!)) for (const each of own) each.own.values.set(each.tag, batch.value[row]!);
      }
    },
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  };
};
