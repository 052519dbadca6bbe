import type { Trend } from '../../../src-shared/contract/index.ts';
import { HOUR, isUsable, type SampleBatch } from '../../../src-shared/kernel/index.ts';
import type { Equipment, PlantModel, Tag } from '../../../src-shared/plant/index.ts';
import type { RulCard } from './card.ts';
import type { Serving } from './models.ts';
import { createMachineState, type MachineState } from './model/machine.ts';
import { NO_WARNING, type WarningState } from './model/warning.ts';

/** The key of `machine.tags` that carries the running-hour meter. */
const METER = 'runningHours';
/** Days of history a machine is built from at start; hourly means, as the models were trained on. */
const HISTORY_DAYS = 45;
/** Steps before now that are judged again after a start, so that the curve and the warning do not begin from nothing. */
const REPLAYED_STEPS = 40;

/** A window as it stood at an earlier step. */
export type Replayed = { readonly at: number; readonly window: Float32Array };

/** One machine in service: its state by the card of the model that serves, its warning, and what was predicted of late. */
export type Machine = {
  readonly equipment: Equipment;
  readonly model: string;
  readonly tagOf: ReadonlyMap<string, number>;
  readonly meter: number | null;
  /** A state tag with a trip alarm. Which value means tripped is looked up in the tag each time: people change limits in a running station. */
  readonly trip: { readonly tag: number; readonly of: Tag } | null;
  built: Built | null;
  hours: number;
  /** As its state tag last said. */
  isTripped: boolean;
  isDirty: boolean;
  warning: WarningState;
  since: number;
  past: { at: number; p50: number }[];
  /** What the model last answered, to be told again when plans or alarms change. */
  answered: Float32Array | null;
};
export type Built = { readonly serving: Serving<RulCard>; readonly sensorOf: ReadonlyMap<number, number>; readonly state: MachineState; /** Where its history begins, and so the trend against its baseline. */ since: number; replay: readonly Replayed[] };

export const createMachine = (plant: PlantModel, equipment: Equipment, model: string): Machine => {
  const index = new Map(plant.tags.map((tag, at) => [tag.id, at]));
  const tagOf = new Map(Object.entries(equipment.machine?.tags ?? {}).flatMap(([name, id]) => (index.has(id) ? [[name, index.get(id)!] as const] : [])));
  const trip = plant.tags.flatMap((tag, at) => (tag.equipment === equipment.id && tag.kind === 'state' && tag.alarms.some(({ kind }) => kind === 'DISCRETE') ? [{ tag: at, of: tag }] : []))[0];
  return { equipment, model, tagOf, meter: tagOf.get(METER) ?? null, trip: trip ?? null, built: null, hours: Number.NaN, isTripped: false, isDirty: false, warning: NO_WARNING, since: 0, past: [], answered: null };
};

/** Tags that a machine listens to. */
export const tagsOf = ({ tagOf, trip }: Machine): readonly number[] => [...tagOf.values(), ...(trip === null ? [] : [trip.tag])];

const emptyBuilt = ({ tagOf }: Machine, serving: Serving<RulCard>, since: number): Built => ({
  serving,
  sensorOf: new Map(serving.card.features.sensors.flatMap((sensor, index) => (tagOf.has(sensor) ? [[tagOf.get(sensor)!, index] as const] : []))),
  state: createMachineState(serving.card.features, serving.card.stepDays * 24),
  since,
  replay: [],
});

/** One value; returns whether it completed a step. */
const take = (machine: Machine, built: Built, { tag, at, value }: { readonly tag: number; readonly at: number; readonly value: number }): boolean => {
  const isMeter = tag === machine.meter;
  const isStep = isMeter ? built.state.advance(value) : machine.meter === null && built.state.advance(at / HOUR);
  const sensor = built.sensorOf.get(tag);
  if (sensor !== undefined) built.state.see(sensor, value);
  return isStep;
};

/** A row of a live batch. Returns whether it says that the machine has tripped. */
export const applyRow = (machine: Machine, batch: SampleBatch, row: number): boolean => {
  if (!isUsable(batch.quality[row]!)) return false;
  const sample = { tag: batch.tag[row]!, at: batch.at[row]!, value: batch.value[row]! };
  if (sample.tag === machine.meter) machine.hours = sample.value;
  else if (machine.meter === null) machine.hours = sample.at / HOUR;
  if (machine.built !== null && take(machine, machine.built, sample)) machine.isDirty = true;
  if (sample.tag !== machine.trip?.tag) return false;
  machine.isTripped = machine.trip.of.alarms.some(({ kind, limit }) => kind === 'DISCRETE' && limit === sample.value);
  return machine.isTripped;
};

type History = { trend(input: { readonly tags: readonly string[]; readonly from: number; readonly to: number; readonly buckets: number }): Promise<readonly Trend[]>; readonly plant: PlantModel; readonly to: number };

/** A machine built anew from its hourly history; what is built already serves until it is done. */
export const buildFromHistory = async (machine: Machine, serving: Serving<RulCard>, { trend, plant, to }: History): Promise<Built> => {
  const built = emptyBuilt(machine, serving, to);
  const tags = [...(machine.meter === null ? [] : [machine.meter]), ...built.sensorOf.keys()];
  const columns = await trend({ tags: tags.map((tag) => plant.tags[tag]!.id), from: to - HISTORY_DAYS * 24 * HOUR, to, buckets: HISTORY_DAYS * 24 });
  const replay: Replayed[] = [];
  for (let bucket = 0; bucket < (columns[0]?.at.length ?? 0); bucket += 1) {
    let isStep = false;
    columns.forEach((column, index) => {
      const value = column.mean[bucket] ?? Number.NaN;
      const at = column.at[bucket]!;
      if (!Number.isFinite(value)) return;
      built.since = Math.min(built.since, at);
      if (tags[index] === machine.meter || machine.meter === null) machine.hours = machine.meter === null ? at / HOUR : value;
      if (take(machine, built, { tag: tags[index]!, at, value })) isStep = true;
    });
    if (!isStep) continue;
    replay.push({ at: columns[0]!.at[bucket]!, window: built.state.window() });
    if (replay.length > REPLAYED_STEPS) replay.shift();
  }
  built.replay = replay.slice(0, -1);
  return built;
};
