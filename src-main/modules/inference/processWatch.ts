import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { UnitAnomaly } from '../../../src-shared/contract/index.ts';
import { createScope, createTable, isUsable, SECOND, type Clock, type Disposable, type SampleBatch, type Table } from '../../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import type { Faults } from '../../platform/faults.ts';
import { readAnomalyModel, type AnomalyCard } from './card.ts';
import { createAnomalyState, type AnomalyReading, type AnomalyState } from './model/anomaly.ts';
import { departureText } from './model/explain.ts';

/** Samples in a row above the limit before a unit is called anomalous, and below it before it is called normal again. */
const TO_ENTER = 3;
const TO_LEAVE = 5;
const DRIVERS = 4;
const KEPT = 240;

/** Whether each unit of the plant runs as it usually does, by the anomaly models whose cards name a unit of it. */
export type ProcessWatch = Disposable & {
  apply(batch: SampleBatch): void;
  readonly units: Table<string, UnitAnomaly>;
};

type Watched = { readonly card: AnomalyCard; readonly unit: string; readonly state: AnomalyState; readonly values: Float64Array; isAnomalous: boolean; streak: number; since: number; readonly past: { at: number; ratio: number }[] };

export const createProcessWatch = ({ plant, modelsFolder, clock, faults }: { readonly plant: PlantModel; readonly modelsFolder: string; readonly clock: Clock; readonly faults: Faults }): ProcessWatch => {
  const scope = createScope();
  const units = createTable<string, UnitAnomaly>(({ unit }) => unit);
  const index = new Map(plant.tags.map((tag, at) => [tag.id, at]));
  const watched = readdirSync(modelsFolder)
    .filter((file) => file.startsWith('anomaly-') && file.endsWith('.json'))
    .flatMap((file): Watched[] => {
      const checked = readAnomalyModel(join(modelsFolder, file));
      if (!checked.ok) {
        faults.report({ source: 'model', code: file, severity: 'error', text: checked.refusal.text, detail: checked.refusal.field ?? '' });
        return [];
      }
      const { card, model } = checked.value;
      // A model of another plant, or of a benchmark, has nothing to watch here.
      if (card.unit === null || !plant.units.some(({ id }) => id === card.unit) || !card.variables.every((tag) => index.has(tag))) return [];
      return [{ card, unit: card.unit, state: createAnomalyState(model), values: new Float64Array(card.variables.length).fill(Number.NaN), isAnomalous: false, streak: 0, since: clock.now(), past: [] }];
    });
  const places = Map.groupBy(
    watched.flatMap((own) => own.card.variables.map((tag, variable) => ({ tag: index.get(tag)!, own, variable }))),
    ({ tag }) => tag,
  );

  const conclude = (own: Watched, reading: AnomalyReading) => {
    const now = clock.now();
    own.streak = reading.ratio > 1 === own.isAnomalous ? 0 : own.streak + 1;
    if (own.streak >= (own.isAnomalous ? TO_LEAVE : TO_ENTER)) [own.isAnomalous, own.streak, own.since] = [!own.isAnomalous, 0, now];
    own.past.push({ at: now, ratio: reading.ratio });
    if (own.past.length > KEPT) own.past.shift();
    const drivers = [...reading.drivers].map((size, variable) => ({ size, variable })).toSorted((a, b) => b.size - a.size).slice(0, DRIVERS);
    const total = reading.drivers.reduce((sum, size) => sum + size, 0);
    units.put({
      unit: own.unit,
      model: `${own.card.id} ${own.card.version}`,
      at: now,
      state: own.isAnomalous ? 'anomalous' : 'normal',
      since: own.since,
      ratio: reading.ratio,
      drivers: drivers.map(({ size, variable }) => {
        const tag = plant.tags[index.get(own.card.variables[variable]!)!]!;
        return { tag: tag.id, weight: size / total, text: departureText(tag, own.values[variable]!, own.card.mean[variable]!) };
      }),
      history: { at: own.past.map(({ at }) => at), ratio: own.past.map(({ ratio }) => ratio) },
    });
  };

  for (const own of watched) {
    units.put({ unit: own.unit, model: `${own.card.id} ${own.card.version}`, at: clock.now(), state: 'learning', since: own.since, ratio: 0, drivers: [], history: { at: [], ratio: [] } });
    scope.add(
      clock.every(own.card.sampleSeconds * SECOND, () => {
        if (!own.values.every(Number.isFinite)) return;
        const reading = own.state.push(own.values);
        if (reading !== null) conclude(own, reading);
      }),
    );
  }

  return {
    units,
    apply(batch) {
      for (let row = 0; row < batch.tag.length; row += 1) {
        const own = places.get(batch.tag[row]!);
        if (own !== undefined && isUsable(batch.quality[row]!)) for (const place of own) place.own.values[place.variable] = batch.value[row]!;
      }
    },
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  };
};
