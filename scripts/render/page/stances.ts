import type { Random } from './random.ts';

/** How somebody stands, by the angles of the joints. */
export type Stance = {
  /** Radians; forward is positive. */
  readonly lean: number;
  readonly legs: readonly [LegAngles, LegAngles];
  readonly arms: readonly [ArmAngles, ArmAngles];
  readonly head: { readonly pitch: number; readonly yaw: number };
};
export type LegAngles = { readonly thigh: number; readonly knee: number };
export type ArmAngles = { readonly swing: number; readonly out: number; readonly elbow: number };

const STRAIGHT: LegAngles = { thigh: 0, knee: 0.04 };

/** One step of a walk; `phase` runs from 0 to 1 over two steps. */
export const walking = (phase: number, vigour = 1): Stance => {
  const swing = Math.sin(phase * 2 * Math.PI);
  const leg = (s: number, lift: number): LegAngles => ({ thigh: 0.5 * vigour * s, knee: 0.12 + 0.75 * vigour * Math.max(0, lift) });
  const lift = Math.cos(phase * 2 * Math.PI);
  return {
    lean: 0.05,
    legs: [leg(swing, lift), leg(-swing, -lift)],
    arms: [{ swing: -0.5 * vigour * swing, out: 0.1, elbow: 0.35 }, { swing: 0.5 * vigour * swing, out: 0.1, elbow: 0.35 }],
    head: { pitch: 0.05, yaw: 0 },
  };
};

export const STANCES: Readonly<Record<'stand' | 'point' | 'work' | 'bend' | 'crouch' | 'phone' | 'reach' | 'hips', (random: Random) => Stance>> = {
  stand: (random) => ({ lean: 0.02, legs: [{ thigh: 0.06, knee: 0.06 }, STRAIGHT], arms: [{ swing: random.between(-0.1, 0.25), out: 0.12, elbow: random.between(0.1, 0.5) }, { swing: random.between(-0.1, 0.25), out: 0.12, elbow: random.between(0.1, 0.5) }], head: gaze(random) }),
  point: (random) => ({ lean: 0.05, legs: [STRAIGHT, { thigh: 0.15, knee: 0.1 }], arms: [{ swing: random.between(1.2, 1.7), out: random.between(-0.2, 0.6), elbow: 0.1 }, { swing: 0.1, out: 0.15, elbow: 0.3 }], head: gaze(random) }),
  work: (random) => ({ lean: random.between(0.15, 0.4), legs: [{ thigh: 0.2, knee: 0.15 }, STRAIGHT], arms: [{ swing: random.between(0.6, 1.1), out: 0.15, elbow: 0.8 }, { swing: random.between(0.5, 1), out: 0.1, elbow: 0.9 }], head: { pitch: random.between(0.2, 0.6), yaw: 0 } }),
  bend: (random) => ({ lean: random.between(0.8, 1.3), legs: [{ thigh: 0.25, knee: 0.3 }, { thigh: 0.1, knee: 0.2 }], arms: [{ swing: 0.9, out: 0.1, elbow: 0.2 }, { swing: 0.7, out: 0.1, elbow: 0.3 }], head: { pitch: random.between(-0.3, 0.3), yaw: random.between(-0.4, 0.4) } }),
  crouch: (random) => ({ lean: random.between(0.3, 0.6), legs: [{ thigh: 1.7, knee: 2.1 }, { thigh: 1.2, knee: 2.1 }], arms: [{ swing: 1, out: 0.1, elbow: 0.5 }, { swing: 0.8, out: 0.1, elbow: 0.7 }], head: { pitch: random.between(0, 0.4), yaw: random.between(-0.5, 0.5) } }),
  phone: (random) => ({ lean: 0.05, legs: [STRAIGHT, { thigh: 0.1, knee: 0.1 }], arms: [{ swing: 0.5, out: 0.35, elbow: 2.2 }, { swing: 0, out: 0.12, elbow: 0.2 }], head: gaze(random) }),
  reach: (random) => ({ lean: -0.05, legs: [STRAIGHT, STRAIGHT], arms: [{ swing: random.between(2.2, 2.8), out: 0.1, elbow: 0.3 }, { swing: random.between(1.8, 2.7), out: 0.1, elbow: 0.3 }], head: { pitch: -0.35, yaw: 0 } }),
  hips: (random) => ({ lean: 0, legs: [{ thigh: 0.05, knee: 0.05 }, STRAIGHT], arms: [{ swing: -0.15, out: 0.7, elbow: 1.5 }, { swing: -0.15, out: 0.7, elbow: 1.5 }], head: gaze(random) }),
};
const gaze = (random: Random) => ({ pitch: random.between(-0.2, 0.4), yaw: random.between(-0.9, 0.9) });

export const stanceOf = (random: Random): Stance => (random.chance(0.42) ? walking(random.between(0, 1), random.between(0.6, 1.1)) : STANCES[random.pick(['stand', 'stand', 'stand', 'point', 'work', 'work', 'bend', 'crouch', 'phone', 'reach', 'hips'] as const)](random));
