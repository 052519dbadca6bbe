import type { Equipment, PlantModel } from '../../src-shared/plant/index.ts';
import type { Random } from './random.ts';

/** 0 stopped, 1 running, 2 tripped: the values of the RUN tags. */
export type RunState = 0 | 1 | 2;

/** All motors of the plant: who runs, who tripped, and how far each has run up (0 to 1). */
export type Motors = {
  state(id: string): RunState;
  /** Share of rated speed. */
  speed(id: string): number;
  trip(id: string): void;
  /** Starts every tripped motor again at a moment of its own within `overS`. */
  restart(overS: number): void;
  /** Share of the motors of a unit that run, of those that should. */
  shareOf(unit: string): number;
  step(dt: number, grid: number): void;
};

type Motor = { readonly id: string; readonly wanted: boolean; state: RunState; speed: number; readonly dropsBelow: number; readonly holdsS: number; low: number; startsIn: number };
const DRIVEN = new Set<Equipment['kind']>(['pump', 'compressor', 'fan', 'cooling-tower', 'furnace']);

export const createMotors = (plant: PlantModel, random: Random): Motors => {
  const usual = new Map(plant.tags.filter(({ id }) => id.endsWith('.RUN')).map((tag) => [tag.equipment, tag.normal?.[0] === 1]));
  const motors = new Map<string, Motor>();
  const byUnit = new Map<string, Motor[]>();
  for (const item of plant.equipment) {
    if (!DRIVEN.has(item.kind)) continue;
    const wanted = usual.get(item.id) ?? false;
    const motor: Motor = { id: item.id, wanted, state: wanted ? 1 : 0, speed: wanted ? 1 : 0, dropsBelow: random.between(0.58, 0.78), holdsS: random.between(0.3, 1.6), low: 0, startsIn: Infinity };
    motors.set(item.id, motor);
    if (wanted) byUnit.set(item.unit, [...(byUnit.get(item.unit) ?? []), motor]);
  }
  return {
    state: (id) => motors.get(id)?.state ?? 0,
    speed: (id) => motors.get(id)?.speed ?? 0,
    trip(id) {
      const motor = motors.get(id);
      if (motor !== undefined) motor.state = 2;
    },
    restart(overS) {
      for (const motor of motors.values()) if (motor.state === 2) motor.startsIn = random.between(0, overS);
    },
    shareOf(unit) {
      const own = byUnit.get(unit);
      return own === undefined ? 1 : own.filter(({ state }) => state === 1).length / own.length;
    },
    step(dt, grid) {
      for (const motor of motors.values()) {
        motor.low = grid < motor.dropsBelow ? motor.low + dt : 0;
        if (motor.state === 1 && motor.low > motor.holdsS) motor.state = 2;
        if (motor.state === 2 && Number.isFinite(motor.startsIn)) {
          motor.startsIn -= dt;
          if (motor.startsIn <= 0) {
            motor.state = 1;
            motor.startsIn = Infinity;
          }
        }
        motor.speed += (((motor.state === 1 ? 1 : 0) - motor.speed) * dt) / (dt + 3);
      }
    },
  };
};
