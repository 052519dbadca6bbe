import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AssetHealth, EarlyWarning, Trend } from '../../../src-shared/contract/index.ts';
import { createScope, createTable, HOUR, isUsable, type Clock, type Disposable, type Log, type SampleBatch, type Table, type Text } from '../../../src-shared/kernel/index.ts';
import type { Equipment, PlantModel } from '../../../src-shared/plant/index.ts';
import type { Faults } from '../../platform/faults.ts';
import type { SupervisedWorker, Workers } from '../../platform/workers.ts';
import { readRulModel, type RulCard } from './card.ts';
import { adviceFor, driverText } from './model/explain.ts';
import { createMachineState, type MachineState } from './model/machine.ts';
import { failureWithin, nextWarning, NO_WARNING, type WarningState } from './model/warning.ts';

/** Remaining life of the plant's machines and the early warnings that follow from it. */
export type Inference = Disposable & {
  /** Live samples, in order of time. */
  apply(batch: SampleBatch): void;
  /** History has come in (at start, or late from a feed): the machines are built again from the historian. */
  rebuild(): Promise<void>;
  /** Runs the model for machines with a new step; called about once a second. */
  tick(): Promise<void>;
  readonly assets: Table<string, AssetHealth>;
  readonly warnings: Table<string, EarlyWarning>;
  models(): readonly LoadedModel[];
};
export type LoadedModel = { readonly id: string; readonly card: RulCard | null; readonly state: 'ready' | 'refused' | 'loading' | 'failed'; readonly detail: string };

type Dependencies = {
  readonly plant: PlantModel;
  readonly workers: Workers;
  readonly modelsFolder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly faults: Faults;
  /** The historian's trend query. */
  trend(input: { readonly tags: readonly string[]; readonly from: number; readonly to: number; readonly buckets: number }): Promise<readonly Trend[]>;
};

const HISTORY_DAYS = 45;
const FEWEST_STEPS = 12;
const MODEL_OF = { compressor: 'rul-compressor' } as const;
/** The key of `machine.tags` that carries the running-hour meter. */
const METER = 'runningHours';

type Machine = { readonly equipment: Equipment; readonly sensorOf: ReadonlyMap<number, number>; readonly meter: number | null; hours: number; state: MachineState; dirty: boolean; warning: WarningState; since: number; readonly past: { at: number; p50: number }[] };

export const createInference = ({ plant, workers, modelsFolder, clock, log, faults, trend }: Dependencies): Inference => {
  const scope = createScope();
  const assets = createTable<string, AssetHealth>((asset) => asset.equipment);
  const warnings = createTable<string, EarlyWarning>((warning) => warning.id);
  const loaded = new Map<string, LoadedModel>();
  const worker = scope.add(workers.start('inference'));
  const tagIndex = new Map(plant.tags.map((tag, index) => [tag.id, index]));
  const zoneOf = new Map(plant.equipment.map((equipment) => [equipment.id, equipment.zone]));
  let running = false;

  loadAll({ worker, modelsFolder, loaded, faults, log });
  scope.add(worker.onDidStart(() => loadAll({ worker, modelsFolder, loaded, faults, log })));

  const card = (equipment: Equipment): RulCard | null => (equipment.machine === undefined ? null : (loaded.get(MODEL_OF[equipment.machine.model])?.card ?? null));
  const machines = plant.equipment.flatMap((equipment): Machine[] => {
    const own = card(equipment);
    if (equipment.machine === undefined || own === null) return [];
    const tags = equipment.machine.tags;
    const sensorOf = new Map(own.features.sensors.flatMap((sensor, index) => (tags[sensor] === undefined ? [] : [[tagIndex.get(tags[sensor]) ?? -1, index] as const])));
    const meter = tags[METER] === undefined ? null : (tagIndex.get(tags[METER]) ?? null);
    return [{ equipment, sensorOf, meter, hours: Number.NaN, state: createMachineState(own.features, stepHours(own)), dirty: false, warning: NO_WARNING, since: 0, past: [] }];
  });
  const byTag = new Map(machines.flatMap((machine) => [...machine.sensorOf.keys(), ...(machine.meter === null ? [] : [machine.meter])].map((tag) => [tag, machine] as const)));

  const addSample = (machine: Machine, tag: number, at: number, value: number) => {
    if (tag === machine.meter) return void (machine.hours = value);
    const sensor = machine.sensorOf.get(tag);
    const hours = machine.meter === null ? at / HOUR : machine.hours;
    if (sensor !== undefined && Number.isFinite(hours) && machine.state.add(sensor, value, hours)) machine.dirty = true;
  };

  const rebuild = async () => {
    const to = clock.now();
    for (const machine of machines) {
      const own = card(machine.equipment);
      if (own === null) continue;
      const tags = [...(machine.meter === null ? [] : [machine.meter]), ...machine.sensorOf.keys()].filter((tag) => tag >= 0);
      const columns = await trend({ tags: tags.map((tag) => plant.tags[tag]!.id), from: to - HISTORY_DAYS * 24 * HOUR, to, buckets: HISTORY_DAYS * 24 });
      machine.state = createMachineState(own.features, stepHours(own));
      const buckets = columns[0]?.at.length ?? 0;
      for (let bucket = 0; bucket < buckets; bucket += 1)
        columns.forEach((column, index) => {
          const value = column.mean[bucket] ?? Number.NaN;
          if (Number.isFinite(value)) addSample(machine, tags[index]!, column.at[bucket]!, value);
        });
      machine.dirty = machine.state.steps > 0;
    }
  };

  const predict = async (own: RulCard, group: readonly Machine[]) => {
    const size = own.features.window * own.input.shape[2];
    const variants = 1 + own.features.sensors.length;
    const windows = new Float32Array(group.length * variants * size);
    group.forEach((machine, index) => {
      windows.set(machine.state.window(), index * variants * size);
      own.features.sensors.forEach((_sensor, sensor) => windows.set(machine.state.windowWithout(sensor), (index * variants + 1 + sensor) * size));
    });
    const output = await worker.call<Float32Array>('run', { id: own.id, windows, batch: group.length * variants }, [windows.buffer]);
    group.forEach((machine, index) => conclude(own, machine, output.subarray(index * variants * 4, (index + 1) * variants * 4)));
  };

  const conclude = (own: RulCard, machine: Machine, output: Float32Array) => {
    const days = (row: number, column: number) => (output[row * 4 + column] ?? Number.NaN) * own.stepDays;
    const life = { p10: days(0, 0), p50: days(0, 1), p90: days(0, 2) };
    const now = clock.now();
    const { equipment } = machine;
    const drivers = own.features.sensors
      .map((sensor, index) => ({ sensor, index, gain: days(1 + index, 1) - life.p50 }))
      .filter(({ gain }) => gain > 0.3)
      .toSorted((a, b) => b.gain - a.gain)
      .slice(0, 4)
      .map(({ sensor, index, gain }) => {
        const tag = plant.tags[tagIndex.get(equipment.machine?.tags[sensor] ?? '') ?? -1];
        return { sensor, tag: tag?.id ?? sensor, weight: gain, text: driverText(tag, machine.state.latest[index] ?? Number.NaN, machine.state.baseline[index] ?? Number.NaN) };
      });
    const wasActive = machine.warning.active;
    machine.warning = nextWarning(machine.warning, life.p50);
    if (machine.warning.active && !wasActive) machine.since = now;
    machine.past.push({ at: now, p50: life.p50 });
    if (machine.past.length > 120) machine.past.shift();
    const capDays = own.capSteps * own.stepDays;
    assets.put({
      equipment: equipment.id,
      model: `${own.id} ${own.version}`,
      at: now,
      state: machine.state.steps < FEWEST_STEPS ? 'warming-up' : machine.warning.active ? 'warning' : life.p50 < 0.75 * capDays ? 'degrading' : 'healthy',
      p10Days: life.p10,
      p50Days: life.p50,
      p90Days: life.p90,
      capDays,
      failureWithin: { d3: failureWithin(life, 3), d7: failureWithin(life, 7), d15: failureWithin(life, 15) },
      drivers: drivers.map(({ tag, text, weight }) => ({ tag, text, weight })),
      history: { at: machine.past.map((each) => each.at), p50Days: machine.past.map((each) => each.p50) },
    });
    const id = `machine/${equipment.id}`;
    if (!machine.warning.active || machine.state.steps < FEWEST_STEPS) return warnings.drop(id);
    const title: Text = { zh: `${equipment.name.zh} 预计 ${life.p50.toFixed(0)} 天内失效`, en: `${equipment.name.en} is expected to fail in about ${life.p50.toFixed(0)} days` };
    warnings.put({ id, kind: 'machine', equipment: equipment.id, zone: zoneOf.get(equipment.id) ?? '', title, since: machine.since, p10Days: life.p10, p50Days: life.p50, p90Days: life.p90, probability15: failureWithin(life, 15), drivers: drivers.map((driver) => driver.text), advice: adviceFor(drivers[0]?.sensor ?? null), hitRate: null });
  };

  return {
    assets,
    warnings,
    models: () => [...loaded.values()],
    rebuild,
    apply(batch) {
      for (let index = 0; index < batch.tag.length; index += 1) {
        const machine = byTag.get(batch.tag[index]!);
        if (machine !== undefined && isUsable(batch.quality[index]!)) addSample(machine, batch.tag[index]!, batch.at[index]!, batch.value[index]!);
      }
    },
    async tick() {
      if (running) return;
      const group = machines.filter((machine) => machine.dirty);
      const own = group[0] === undefined ? null : card(group[0].equipment);
      if (own === null || loaded.get(own.id)?.state !== 'ready') return;
      running = true;
      for (const machine of group) machine.dirty = false;
      try {
        await predict(own, group);
        faults.clear('model', own.id);
      } catch (error) {
        for (const machine of group) machine.dirty = true;
        faults.report({ source: 'model', code: own.id, severity: 'error', text: { zh: '寿命模型运行失败,将重试', en: 'The remaining-life model failed and will be tried again' }, detail: String(error) });
      } finally {
        running = false;
      }
    },
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  };
};

const stepHours = (card: RulCard) => card.stepDays * 24;

type LoadInput = { readonly worker: SupervisedWorker; readonly modelsFolder: string; readonly loaded: Map<string, LoadedModel>; readonly faults: Faults; readonly log: Log };
const loadAll = ({ worker, modelsFolder, loaded, faults, log }: LoadInput) => {
  for (const id of Object.values(MODEL_OF)) {
    if (!readdirSync(modelsFolder).includes(`${id}.json`)) continue;
    const cardFile = join(modelsFolder, `${id}.json`);
    const checked = readRulModel(cardFile);
    if (!checked.ok) {
      loaded.set(id, { id, card: null, state: 'refused', detail: checked.refusal.text.en });
      faults.report({ source: 'model', code: id, severity: 'error', text: checked.refusal.text, detail: checked.refusal.field ?? '' });
      continue;
    }
    const { card } = checked.value;
    loaded.set(id, { id, card, state: 'loading', detail: '' });
    worker.call('load', { id, cardFile }).then(
      () => loaded.set(id, { id, card, state: 'ready', detail: '' }),
      (error: unknown) => {
        log.error('model did not load', { id, error: String(error) });
        loaded.set(id, { id, card, state: 'failed', detail: String(error) });
      },
    );
  }
};
