import type { AlarmRow, AssetHealth, EarlyWarning, ForecastOutcome, ForecastTally, Trend, UnitAnomaly } from '../../../src-shared/contract/index.ts';
import { createScope, createTable, DAY, MINUTE, ok, SECOND, refuse, text, type Clock, type Disposable, type Log, type Refusal, type Result, type SampleBatch, type Table, type Text, type UtcMs } from '../../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import type { Faults } from '../../platform/faults.ts';
import type { Sql } from '../../platform/sql.ts';
import type { Workers } from '../../platform/workers.ts';
import { assess, lifeOf, warningId } from './assess.ts';
import { readRulModel, type RulCard } from './card.ts';
import { createDriftWatch, tellDrift, type Drift } from './driftWatch.ts';
import { applyRow, buildFromHistory, createMachine, tagsOf, type Built, type Machine } from './machines.ts';
import { createModels, type LoadedModel, type Serving } from './models.ts';
import { failureAhead, type Ahead } from './model/ahead.ts';
import { nextWarning, NO_WARNING, WARNING_RULE } from './model/warning.ts';
import { createProcessWatch } from './processWatch.ts';
import { createForecastStore, hitRateOf, IN_TIME_DAYS, verdictOf, type ForecastStore } from './store.ts';

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
  /** The version before serves again; whether `model` is of this service and had one. */
  rollBack(model: string): boolean;
  /** A person says what became of a machine that was warned of; that one failed without a warning is a miss. */
  settle(input: { readonly equipment: string; readonly outcome: ForecastOutcome }): Result<Record<string, never>, Refusal<'NoForecast' | 'TooEarly'>>;
  /** Past forecasts. */
  readonly forecasts: Pick<ForecastStore, 'since' | 'tally'>;
};
/** A model with what it does in service: population stability of inputs and output against training, and what became of its forecasts of a year; null for what forecasts nothing. */
export type ServedModel = LoadedModel & { readonly drift: Drift | null; readonly forecasts: ForecastTally | null };
/** Work that is planned, as the records have it. */
export type Planned = { readonly title: Text; readonly zone: string; readonly equipment: string | null; readonly from: UtcMs; readonly to: UtcMs; readonly kind: string };

type Dependencies = {
  readonly plant: PlantModel;
  readonly workers: Pick<Workers, 'start'>;
  readonly modelsFolder: string;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly log: Log;
  readonly faults: Faults;
  /** Planned work that touches the next so many days. */
  plans(days: number): readonly Planned[];
  /** Alarms that are not normal. */
  alarms(): readonly AlarmRow[];
  /** The historian's trend query. */
  trend(input: { readonly tags: readonly string[]; readonly from: number; readonly to: number; readonly buckets: number }): Promise<readonly Trend[]>;
};

const MODEL_OF = { compressor: 'rul-compressor' } as const;
const HORIZON_DAYS = IN_TIME_DAYS.to;
/** How often drift is measured, and plans and alarms are looked at between two steps. */
const DRIFT_EVERY = MINUTE;
const AHEAD_EVERY = 5 * SECOND;
/** Limits that say something of the machine's wear; a trip, a count and bad quality do not. */
const WEAR_ALARMS: ReadonlySet<string> = new Set(['HIHI', 'HI', 'LO', 'LOLO', 'RATE', 'DEVIATION']);
const PAST_STEPS = 120;

/** Builds every machine from its history on `rebuild`, follows the live samples, and predicts on `tick`; a plant without machines or models is simply quiet. */
export const createInference = ({ plant, workers, modelsFolder, sql, clock, log, faults, plans, alarms, trend }: Dependencies): Inference => {
  const scope = createScope();
  const assets = createTable<string, AssetHealth>((asset) => asset.equipment);
  const warnings = createTable<string, EarlyWarning>((warning) => warning.id);
  const forecasts = createForecastStore(sql);
  const drift = createDriftWatch();
  const models = scope.add(createModels({ ids: Object.values(MODEL_OF), folder: modelsFolder, read: readRulModel, worker: scope.add(workers.start('inference')), clock, faults, log }));
  const machines = plant.equipment.flatMap((equipment) => (equipment.machine === undefined ? [] : [createMachine(plant, equipment, MODEL_OF[equipment.machine.model])]));
  const byTag = new Map(machines.flatMap((machine) => tagsOf(machine).map((tag) => [tag, machine] as const)));
  const process = scope.add(createProcessWatch({ plant, modelsFolder, clock, faults, warnings }));
  let isRunning = false;
  let driftAt = Number.NEGATIVE_INFINITY;
  let aheadAt = Number.NEGATIVE_INFINITY;

  const build = async (chosen: readonly Machine[]) => {
    for (const machine of chosen) {
      const serving = models.serving(machine.model);
      if (serving === null) continue;
      machine.built = await buildFromHistory(machine, serving, { trend, plant, to: clock.now() });
      [machine.warning, machine.past, machine.answered] = [NO_WARNING, [], null];
      machine.isDirty = machine.built.state.steps > 0;
    }
  };
  scope.add(models.onDidSwap((id) => void build(machines.filter(({ model }) => model === id)).catch((error: unknown) => log.warn('machines could not be built for the new model', { id, error: String(error) }))));

  const hoursSince = (machine: Machine, hours: number) => machine.hours - hours;
  const settleOpen = (machine: Machine, outcome: Exclude<ForecastOutcome, 'running'>) => {
    const open = forecasts.open(machine.equipment.id);
    if (open === undefined) return false;
    const leadDays = hoursSince(machine, open.hours) / 24;
    const failed = outcome === 'failed';
    forecasts.settle({ id: open.id, outcome: failed ? verdictOf(leadDays) : outcome === 'repaired' ? 'repaired' : 'false', at: clock.now(), leadDays: failed ? leadDays : null });
    return true;
  };

  /** Machines that have failed; one stays here while the disk refuses, which must not stop the samples. */
  const tripped = new Set<Machine>();
  const settleTripped = () => {
    try {
      for (const machine of tripped) {
        settleOpen(machine, 'failed');
        tripped.delete(machine);
      }
    } catch (error) {
      log.warn('what came of a forecast could not be kept', { error: String(error) });
    }
  };

  /** What is planned for a machine (its own work, or a shut-down of all its zone) and which alarms its sensors stand in. */
  const aheadOf = (planned: readonly Planned[], standing: readonly AlarmRow[]) => ({ equipment: { id, zone }, tagOf }: Machine): Ahead => {
    const sensors = new Set([...tagOf.values()].map((tag) => plant.tags[tag]!.id));
    return {
      now: clock.now(),
      stops: planned.filter((plan) => (plan.kind === 'maintenance' && plan.equipment === id) || (plan.kind === 'shut-down' && (plan.equipment === id || (plan.equipment === null && plan.zone === zone)))),
      standing: standing.filter(({ tag, kind, state }) => (state === 'unacknowledged' || state === 'acknowledged') && WEAR_ALARMS.has(kind) && sensors.has(tag)),
    };
  };
  const lookAhead = () => aheadOf(plans(HORIZON_DAYS), alarms());

  /** Tells what the model last answered in the light of plans and alarms as they are. */
  const tell = (machine: Machine, built: Built, ahead: Ahead): AssetHealth | null => {
    if (machine.answered === null) return null;
    const { health, warning } = assess({ machine, built, output: machine.answered }, { plant, ahead, hitRate: hitRateOf(tally(built.serving.card.id)) });
    assets.put(health);
    if (warning === null) warnings.drop(warningId(machine.equipment.id));
    else warnings.put(warning);
    return health;
  };
  const tellAgain = () => {
    const look = lookAhead();
    for (const machine of machines) {
      const known = assets.get(machine.equipment.id);
      if (machine.built === null || machine.answered === null || known === undefined) continue;
      const ahead = look(machine);
      const { factors, within } = failureAhead(lifeOf(machine.answered, machine.built.serving.card), ahead);
      // A plan that draws near moves the numbers little by little: told when it can be read.
      if (factors.length !== known.factors.length || factors.some(({ text: { en } }, index) => en !== known.factors[index]?.text.en) || Math.abs(within.d15 - known.failureWithin.d15) > 0.005) tell(machine, machine.built, ahead);
    }
  };

  /** Measures drift; what moved past the threshold is a fault until it is back. */
  const watchDrift = () => {
    for (const { id } of models.list()) {
      const serving = models.serving(id);
      tellDrift(faults, id, serving === null ? null : drift.measure(serving, clock.now()));
    }
  };

  /** Takes one prediction into the machine's warning; the same rule for replayed and live steps. */
  const follow = (machine: Machine, serving: Serving<RulCard>, { at, p50 }: { readonly at: number; readonly p50: number }) => {
    const wasActive = machine.warning.active;
    machine.warning = nextWarning(machine.warning, p50, serving.card.warning ?? WARNING_RULE);
    if (machine.warning.active && !wasActive) machine.since = at;
    machine.past.push({ at, p50 });
    if (machine.past.length > PAST_STEPS) machine.past.shift();
  };

  /** Counts a step in the drift: the standardised sensors of the newest row of the window, and what the model said, in steps. */
  const watchStep = (machine: Machine, serving: Serving<RulCard>, { window, p50 }: { readonly window: Float32Array; readonly p50: number }) => {
    const { input, features, capSteps } = serving.card;
    const newest = window.length - input.shape[2];
    drift.see(serving, { draw: machine.equipment.id, inputs: window.subarray(newest, newest + features.sensors.length), output: p50 / capSteps });
  };

  const keepForecast = (machine: Machine, health: AssetHealth, { card }: Serving<RulCard>) => {
    const { id: equipment } = machine.equipment;
    const open = forecasts.open(equipment);
    // A machine that has failed is not forecast to fail: one forecast a failure, whatever its wear says while it stands.
    if (health.state === 'warning' && open === undefined && !machine.isTripped) {
      forecasts.give({ equipment, model: card.id, version: card.version, at: machine.since, hours: machine.hours, p10Days: health.p10Days, p50Days: health.p50Days, p90Days: health.p90Days });
    } else if (open !== undefined && hoursSince(machine, open.hours) > HORIZON_DAYS * 24 && health.state !== 'warning') {
      settleOpen(machine, 'sound');
    }
  };

  const conclude = (serving: Serving<RulCard>, { machine, built }: Job, { output, ahead }: { readonly output: Float32Array; readonly ahead: Ahead }) => {
    const { stepDays } = serving.card;
    const lives = built.replay.length;
    built.replay.forEach(({ at, window }, index) => {
      const p50 = output[index * 4 + 1] ?? Number.NaN;
      follow(machine, serving, { at, p50: p50 * stepDays });
      watchStep(machine, serving, { window, p50 });
    });
    built.replay = [];
    const own = output.subarray(lives * 4);
    follow(machine, serving, { at: clock.now(), p50: (own[1] ?? Number.NaN) * stepDays });
    watchStep(machine, serving, { window: built.state.window(), p50: own[1] ?? Number.NaN });
    machine.answered = own.slice();
    const health = tell(machine, built, ahead);
    if (health !== null) keepForecast(machine, health, serving);
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
    const look = lookAhead();
    for (const job of jobs) {
      const own = rowsOf(job);
      // A machine that was built anew meanwhile has its own turn.
      if (job.machine.built === job.built) conclude(serving, job, { output: output.subarray(row * 4, (row + own) * 4), ahead: look(job.machine) });
      row += own;
    }
  };

  const tally = (model: string) => forecasts.tally(model, { from: clock.now() - 365 * DAY, to: clock.now() + 1 });
  const served = (): readonly ServedModel[] => [
    ...models.list().map((model) => {
      const serving = models.serving(model.id);
      return { ...model, drift: serving === null ? null : drift.of(serving), forecasts: tally(model.id) };
    }),
    ...process.models().map((model) => ({ ...model, forecasts: null })),
  ];

  return {
    assets,
    warnings,
    units: process.units,
    models: served,
    forecasts,
    rebuild: () => {
      drift.forget();
      return build(machines);
    },
    async reload() {
      process.reload();
      await models.reload();
      return served();
    },
    rollBack: (model) => models.rollBack(model) || process.rollBack(model),
    settle({ equipment, outcome }) {
      const machine = machines.find((each) => each.equipment.id === equipment);
      const open = machine === undefined ? undefined : forecasts.open(equipment);
      if (machine !== undefined && open === undefined && outcome === 'failed') {
        const card = models.serving(machine.model)?.card;
        if (card === undefined) return NO_FORECAST;
        forecasts.miss({ equipment, model: card.id, version: card.version, at: clock.now(), hours: Number.isFinite(machine.hours) ? machine.hours : 0 });
        return ok({});
      }
      if (machine === undefined || open === undefined) return NO_FORECAST;
      const days = hoursSince(machine, open.hours) / 24;
      if (outcome === 'running' && days <= HORIZON_DAYS) return refuse('TooEarly', text(`预警发出后才运行 ${days.toFixed(1)} 天,满 ${HORIZON_DAYS} 天方可判定`, `It has run ${days.toFixed(1)} days since the warning; that it still runs says something after ${HORIZON_DAYS}`));
      settleOpen(machine, outcome === 'running' ? 'sound' : outcome);
      return ok({});
    },
    apply(batch) {
      process.apply(batch);
      for (let row = 0; row < batch.tag.length; row += 1) {
        const machine = byTag.get(batch.tag[row]!);
        if (machine !== undefined && applyRow(machine, batch, row)) tripped.add(machine);
      }
      settleTripped();
    },
    async tick() {
      settleTripped();
      const time = clock.monotonic();
      if (time >= driftAt + DRIFT_EVERY) {
        driftAt = time;
        watchDrift();
      }
      if (time >= aheadAt + AHEAD_EVERY) {
        aheadAt = time;
        tellAgain();
      }
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
const NO_FORECAST = refuse('NoForecast', text('该设备没有待确认的预警', 'No forecast is open for this machine'));
