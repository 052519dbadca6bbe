import { COMPRESSOR_SENSORS, type CompressorSensor } from '../model/templates/rotating.ts';
import { createCompressorLife, DUTIES, FAILURE_MODES, SENSOR_NOISE, type CompressorLife, type FailureMode, type Surroundings } from './compressorLife.ts';
import { createRandom, type Random } from './random.ts';

/** A run to failure: one reading per hour and sensor; the last hour is the one in which the machine failed. */
export type RunToFailure = { readonly machine: number; readonly service: keyof typeof DUTIES; readonly mode: FailureMode; readonly hours: number; readonly sensors: Readonly<Record<CompressorSensor, Float64Array>> };

export const SENSOR_NAMES = Object.keys(COMPRESSOR_SENSORS) as readonly CompressorSensor[];

/** Run-to-failure histories for training: planned lives of 20 to 120 days, both services, three failure modes, varied load, season and wear. Same seed, same fleet. */
export const generateFleet = ({ machines, seed }: { readonly machines: number; readonly seed: number }): RunToFailure[] =>
  Array.from({ length: machines }, (_, index) => {
    const random = createRandom(`${seed}/fleet/${index}`);
    const service = random.pick(['ammonia', 'propane'] as const);
    const mode = random.pick(FAILURE_MODES);
    const life = createCompressorLife({ duty: DUTIES[service], mode, lifeDays: random.between(20, 120), random: random.fork('life') });
    const history = runToFailure(life, createSeason(random.fork('season')), random.fork('noise'));
    return { machine: index + 1, service, mode, ...history };
  });

/** Runs a life hour by hour until it fails. */
const runToFailure = (life: CompressorLife, season: Season, noise: Random) => {
  const rows: Record<CompressorSensor, number>[] = [];
  while (!life.hasFailed) {
    const around = season(life.hours);
    life.run(1, around);
    rows.push(sample(life, around, noise));
  }
  const sensors = Object.fromEntries(SENSOR_NAMES.map((name) => [name, Float64Array.from(rows, (row) => row[name])])) as Record<CompressorSensor, Float64Array>;
  return { hours: rows.length, sensors };
};

/** One reading of all sensors with instrument noise. */
export const sample = (life: CompressorLife, around: Surroundings, noise: Random): Record<CompressorSensor, number> => {
  const truth = life.read(around);
  for (const name of SENSOR_NAMES) truth[name] += SENSOR_NOISE[name] * noise.normal();
  return truth;
};

export type Season = (hour: number) => Surroundings;

/** Load and air temperature of the hours to come: day and night, weeks, slow weather, campaigns. */
export const createSeason = (random: Random, level = random.between(0.74, 0.92)): Season => {
  const warmth = random.between(6, 26);
  const startHour = random.between(0, 24);
  let campaign = 0;
  let weather = 0;
  let hold = 0;
  return (hour) => {
    if (hold <= 0) {
      campaign = random.between(-0.09, 0.09);
      hold = random.between(30, 160);
    }
    hold -= 1;
    weather += -weather / 60 + 0.6 * random.normal();
    const day = Math.sin(((hour + startHour - 9) / 24) * 2 * Math.PI);
    return { load: Math.min(1.05, Math.max(0.55, level + campaign + 0.05 * day + 0.015 * random.normal())), ambientC: warmth + 5 * day + weather };
  };
};

export type MachinePlan = { readonly service: keyof typeof DUTIES; readonly mode: FailureMode; readonly lifeDays: number; readonly sharpness?: number; readonly failsInDays: number; readonly days: number; readonly seed: string };

/**
 * A machine of the plant today: it has run since overhaul and will fail in about `failsInDays` at its usual load. Gives its life and
 * the hourly readings of its last `days` days (fewer when it is younger), newest last, with the running hour of each.
 */
export const machineToday = ({ service, mode, lifeDays, sharpness, failsInDays, days, seed }: MachinePlan): { readonly life: CompressorLife; readonly history: readonly { readonly hours: number; readonly values: Record<CompressorSensor, number> }[] } => {
  const start = () => {
    const random = createRandom(seed);
    return { life: createCompressorLife({ duty: DUTIES[service], mode, lifeDays, random: random.fork('life'), ...(sharpness !== undefined && { sharpness }) }), season: createSeason(random.fork('season'), 0.86), noise: random.fork('noise') };
  };
  const future = start();
  while (!future.life.hasFailed) future.life.run(1, future.season(future.life.hours));
  const present = Math.max(48, Math.round(future.life.hours - failsInDays * 24));
  const { life, season, noise } = start();
  const history: { hours: number; values: Record<CompressorSensor, number> }[] = [];
  while (life.hours < present) {
    const around = season(life.hours);
    life.run(1, around);
    if (present - life.hours < days * 24) history.push({ hours: life.hours, values: sample(life, around, noise) });
  }
  return { life, history };
};
