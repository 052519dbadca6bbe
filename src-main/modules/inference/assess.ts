import type { AssetHealth, EarlyWarning } from '../../../src-shared/contract/index.ts';
import type { Text } from '../../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import type { RulCard } from './card.ts';
import type { Built, Machine } from './machines.ts';
import { failureAhead, type Ahead } from './model/ahead.ts';
import { adviceFor, driverText } from './model/explain.ts';
import type { LifeQuantiles } from './model/warning.ts';

/** Steps a machine needs before the model's word on it is worth showing. */
export const FEWEST_STEPS = 12;
/** A driver shortens the predicted life by at least this many days. */
const LEAST_GAIN_DAYS = 0.3;
const MOST_DRIVERS = 4;

/** What the model answered for one machine: [1 + sensors, 4] in steps: as it is, then with each sensor as when the machine was new. */
export type Answered = { readonly machine: Machine; readonly built: Built; readonly output: Float32Array };

export type Assessment = { readonly health: AssetHealth; readonly warning: EarlyWarning | null };

/** The life of the machine as it is, running days. */
export const lifeOf = ([p10 = Number.NaN, p50 = Number.NaN, p90 = Number.NaN]: Float32Array, { stepDays }: Pick<RulCard, 'stepDays'>): LifeQuantiles => ({ p10: p10 * stepDays, p50: p50 * stepDays, p90: p90 * stepDays });

/** Turns the model's answer into what an operator reads. The machine's warning state must already have taken the answer in. */
export const assess = ({ machine, built, output }: Answered, { plant, ahead, hitRate }: { readonly plant: PlantModel; readonly ahead: Ahead; readonly hitRate: number | null }): Assessment => {
  const { card } = built.serving;
  const { equipment } = machine;
  const days = (row: number, column: number) => (output[row * 4 + column] ?? Number.NaN) * card.stepDays;
  const life = lifeOf(output, card);
  const drivers = card.features.sensors
    .map((sensor, index) => ({ sensor, index, gain: days(1 + index, 1) - life.p50 }))
    .filter(({ gain }) => gain > LEAST_GAIN_DAYS)
    .toSorted((a, b) => b.gain - a.gain)
    .slice(0, MOST_DRIVERS);
  const total = drivers.reduce((sum, { gain }) => sum + gain, 0);
  const told = drivers.map(({ sensor, index, gain }) => {
    const tag = plant.tags[machine.tagOf.get(sensor) ?? -1];
    return { tag: tag?.id ?? sensor, weight: gain / total, since: built.since, text: driverText(tag, built.state.latest[index] ?? Number.NaN, built.state.baseline[index] ?? Number.NaN) };
  });
  const capDays = card.capSteps * card.stepDays;
  const isYoung = built.state.steps < FEWEST_STEPS;
  const { within, factors } = failureAhead(life, ahead);
  const health: AssetHealth = {
    equipment: equipment.id,
    model: `${card.id} ${card.version}`,
    at: ahead.now,
    state: isYoung ? 'warming-up' : machine.warning.active ? 'warning' : life.p50 < 0.75 * capDays ? 'degrading' : 'healthy',
    p10Days: life.p10,
    p50Days: life.p50,
    p90Days: life.p90,
    capDays,
    failureWithin: within,
    drivers: told,
    factors: [...factors],
    history: { at: machine.past.map(({ at }) => at), p50Days: machine.past.map(({ p50 }) => p50) },
  };
  if (!machine.warning.active || isYoung) return { health, warning: null };
  const title: Text = { zh: `${equipment.name.zh} 预计 ${life.p50.toFixed(0)} 天内失效`, en: `${equipment.name.en} is expected to fail in about ${life.p50.toFixed(0)} days` };
  return {
    health,
    warning: { id: warningId(equipment.id), kind: 'machine', equipment: equipment.id, zone: equipment.zone, title, since: machine.since, p10Days: life.p10, p50Days: life.p50, p90Days: life.p90, probability15: within.d15, drivers: told.map(({ text }) => text), advice: adviceFor(drivers[0]?.sensor ?? null), hitRate },
  };
};

export const warningId = (equipment: string): string => `machine/${equipment}`;
