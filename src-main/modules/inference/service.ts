import type { AssetHealth, EarlyWarning, ForecastOutcome, ModelReport, Trend, UnitAnomaly } from '../../../src-shared/contract/index.ts';
import { createScope, createTable, DAY, ok, refuse, text, type Clock, type Disposable, type Log, type Refusal, type Result, type SampleBatch, type Table } from '../../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import type { Faults } from '../../platform/faults.ts';
import type { Sql } from '../../platform/sql.ts';
import type { Workers } from '../../platform/workers.ts';
import { assess, warningId } from './assess.ts';
import { readRulModel, type RulCard } from './card.ts';
import { createDriftWatch } from './driftWatch.ts';
import { applyRow, buildFromHistory, createMachine, tagsOf, type Built, type Machine } from './machines.ts';
import { createModels, type LoadedModel, type Serving } from './models.ts';
import { nextWarning, NO_WARNING, WARNING_RULE } from './model/warning.ts';
import { createProcessWatch } from './processWatch.ts';
import { createForecastStore, hitRateOf, type ForecastTally } from './store.ts';

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
  /** Units as the process-anomaly models see them. */
  readonly units: Table<string, UnitAnomaly>;
  models(): readonly ServedModel[];
  /** Looks at the models folder again and swaps in what is new; the old serves until the new is warm. */
  reload(): Promise<readonly ServedModel[]>;
  /** A person says what became of a machine that was warned of. */
  settle(input: { readonly equipment: string; readonly outcome: ForecastOutcome }): Result<Record<string, never>, Refusal<'NoForecast'>>;
  /** What each model was worth in [from, to): card, forecasts, drift; for the quarterly evaluation (每季度模型评估). */
  report(span: { readonly from: number; readonly to: number }): readonly ModelReport[];
};
/** A model with what it does in service: population stability of inputs and output against training, and what became of its forecasts. */
export type ServedModel = LoadedModel & { readonly drift: { readonly inputs: number; readonly sensor: string | null; readonly output: number }; readonly forecasts: ForecastTally; readonly hitRate: number | null };

type Dependencies = {
  readonly plant: PlantModel;
  readonly workers: Pick<Workers, 'start'>;
  readonly modelsFolder: string;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly log: Log;
  readonly faults: Faults;
  /** The historian's trend query. */
  trend(input: { readonly tags: readonly string[]; readonly from: number; readonly to: number; readonly buckets: number }): Promise<readonly Trend[]>;
};

const MODEL_OF = { compressor: 'rul-compressor' } as const;
/** A forecast is judged by whether the machine fails within this many running days: the horizon of an early warning. */
const HORIZON_DAYS = 15;
const PAST_STEPS = 120;

/** Builds every machine from its history on `rebuild`, follows the live samples, and predicts on `tick`; a plant without machines or models is simply quiet. */
export const createInference = ({ plant, workers, modelsFolder, sql, clock, log, faults, trend }: Dependencies): Inference => {
  const scope = createScope();
  const assets = createTable<string, AssetHealth>((asset) => asset.equipment);
  const warnings = createTable<string, EarlyWarning>((warning) => warning.id);
  const forecasts = createForecastStore(sql);
  const drift = createDriftWatch();
  const models = scope.add(createModels({ ids: Object.values(MODEL_OF), folder: modelsFolder, read: readRulModel, worker: scope.add(workers.start('inference')), faults, log }));
  const machines = plant.equipment.flatMap((equipment) => (equipment.machine === undefined ? [] : [createMachine(plant, equipment, MODEL_OF[equipment.machine.model])]));
  const byTag = new Map(machines.flatMap((machine) => tagsOf(machine).map((tag) => [tag, machine] as const)));
  const process = scope.add(createProcessWatch({ plant, modelsFolder, clock, faults }));
  let isRunning = false;

  const build = async (chosen: readonly Machine[]) => {
    for (const machine of chosen) {
      const serving = models.serving(machine.model);
      if (serving === null) continue;
      machine.built = await buildFromHistory(machine, serving, { trend, plant, to: clock.now() });
      [machine.warning, machine.past] = [NO_WARNING, []];
      machine.isDirty = machine.built.state.steps > 0;
    }
  };
  scope.add(models.onDidSwap((id) => void build(machines.filter(({ model }) => model === id)).catch((error: unknown) => log.warn('machines could not be built for the new model', { id, error: String(error) }))));

  const hoursSince = (machine: Machine, hours: number) => machine.hours - hours;
  const settleOpen = (machine: Machine, cameTrue: boolean) => {
    const open = forecasts.open(machine.equipment.id);
    if (open === undefined) return false;
    const leadDays = hoursSince(machine, open.hours) / 24;
    forecasts.settle({ id: open.id, outcome: !cameTrue ? 'false' : leadDays <= HORIZON_DAYS ? 'hit' : 'early', at: clock.now(), leadDays: cameTrue ? leadDays : null });
    return true;
  };

  /** Takes one prediction into the machine's warning; the same rule for replayed and live steps. */
  const follow = (machine: Machine, serving: Serving<RulCard>, { at, p50 }: { readonly at: number; readonly p50: number }) => {
    const wasActive = machine.warning.active;
    machine.warning = nextWarning(machine.warning, p50, serving.card.warning ?? WARNING_RULE);
    if (machine.warning.active && !wasActive) machine.since = at;
    machine.past.push({ at, p50 });
    if (machine.past.length > PAST_STEPS) machine.past.shift();
  };

  const keepForecast = (machine: Machine, health: AssetHealth, { card }: Serving<RulCard>) => {
    const { id: equipment } = machine.equipment;
    const open = forecasts.open(equipment);
    if (health.state === 'warning' && open === undefined) {
      forecasts.give({ equipment, model: card.id, version: card.version, at: machine.since, hours: machine.hours, p10Days: health.p10Days, p50Days: health.p50Days, p90Days: health.p90Days });
    } else if (open !== undefined && hoursSince(machine, open.hours) > HORIZON_DAYS * 24 && health.state !== 'warning') {
      settleOpen(machine, false);
    }
  };

  const conclude = (serving: Serving<RulCard>, { machine, built }: Job, output: Float32Array) => {
    const { stepDays } = serving.card;
    const lives = built.replay.length;
    built.replay.forEach(({ at, window }, index) => {
      const p50 = output[index * 4 + 1] ?? Number.NaN;
      follow(machine, serving, { at, p50: p50 * stepDays });
      drift.see(serving, { window, p50Share: p50 / serving.card.capSteps });
    });
    built.replay = [];
    const own = output.subarray(lives * 4);
    follow(machine, serving, { at: clock.now(), p50: (own[1] ?? Number.NaN) * stepDays });
    drift.see(serving, { window: built.state.window(), p50Share: (own[1] ?? Number.NaN) / serving.card.capSteps });
    const { health, warning } = assess({ machine, built, output: own }, { plant, now: clock.now(), hitRate: hitRateOf(tally(serving.card.id)) });
    assets.put(health);
    keepForecast(machine, health, serving);
    if (warning === null) warnings.drop(warningId(machine.equipment.id));
    else warnings.put(warning);
  };

  const predict = async (serving: Serving<RulCard>, jobs: readonly Job[]) => {
    const { features } = serving.card;
    const size = serving.card.input.shape[1] * serving.card.input.shape[2];
    const rowsOf = ({ built }: Job) => built.replay.length + 1 + features.sensors.length;
    const rows = jobs.reduce((sum, job) => sum + rowsOf(job), 0);
    const windows = new Float32Array(rows * size);
    let row = 0;
    const put = (window: Float32Array) => {
      windows.set(window, row * size);
      row += 1;
    };
    for (const { built } of jobs) {
      for (const { window } of built.replay) put(window);
      put(built.state.window());
      features.sensors.forEach((_sensor, index) => put(built.state.windowWithout(index)));
    }
    const output = await models.run<Float32Array>(serving, { windows, batch: rows }, [windows.buffer as ArrayBuffer]);
    row = 0;
    for (const job of jobs) {
      const own = rowsOf(job);
      // A machine that was built anew meanwhile has its own turn.
      if (job.machine.built === job.built) conclude(serving, job, output.subarray(row * 4, (row + own) * 4));
      row += own;
    }
  };

  const tally = (model: string) => forecasts.tally(model, { from: clock.now() - 365 * DAY, to: clock.now() + 1 });
  const served = (model: LoadedModel): ServedModel => {
    const own = tally(model.id);
    const serving = models.serving(model.id);
    return { ...model, drift: serving === null ? { inputs: 0, sensor: null, output: 0 } : drift.of(serving), forecasts: own, hitRate: hitRateOf(own) };
  };

  return {
    assets,
    warnings,
    units: process.units,
    models: () => models.list().map(served),
    rebuild: () => {
      drift.forget();
      return build(machines);
    },
    async reload() {
      await models.reload();
      return models.list().map(served);
    },
    settle({ equipment, outcome }) {
      const machine = machines.find((each) => each.equipment.id === equipment);
      if (machine === undefined || !settleOpen(machine, outcome === 'failed')) return refuse('NoForecast', text('该设备没有待确认的预警', 'No forecast is open for this machine'));
      return ok({});
    },
    report: (span) =>
      models.list().map(served).map(({ id, card, state, drift: moved }) => {
        const own = forecasts.tally(id, span);
        return { id, version: card?.version ?? '', state, cardMetrics: card?.metrics ?? {}, driftInputs: moved.inputs, driftSensor: moved.sensor, driftOutput: moved.output, ...own, hitRate: hitRateOf(own) };
      }),
    apply(batch) {
      process.apply(batch);
      for (let row = 0; row < batch.tag.length; row += 1) {
        const machine = byTag.get(batch.tag[row]!);
        if (machine !== undefined && applyRow(machine, batch, row)) settleOpen(machine, true);
      }
    },
    async tick() {
      if (isRunning) return;
      const jobs = machines.flatMap((machine): Job[] => (machine.isDirty && machine.built !== null ? [{ machine, built: machine.built }] : []));
      const serving = jobs[0]?.built.serving;
      if (serving === undefined || !models.isReady(serving.card.id)) return;
      const group = jobs.filter(({ built }) => built.serving.key === serving.key);
      isRunning = true;
      for (const { machine } of group) machine.isDirty = false;
      try {
        await predict(serving, group);
        faults.clear('model', `${serving.card.id}/run`);
      } catch (error) {
        for (const { machine } of group) machine.isDirty = true;
        faults.report({ source: 'model', code: `${serving.card.id}/run`, severity: 'error', text: text('寿命模型运行失败,将重试', 'The remaining-life model failed and will be tried again'), detail: String(error) });
      } finally {
        isRunning = false;
      }
    },
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  };
};

type Job = { readonly machine: Machine; readonly built: Built };
