import { gravity } from './substances.ts';
import type { Hole } from './sourceTermGas.ts';

/** Shape of the liquid's surface: area in m² at a height of liquid in m. */
export type TankShape =
  | { readonly kind: 'vertical-cylinder'; readonly diameter: number }
  | { readonly kind: 'horizontal-cylinder'; readonly diameter: number; readonly length: number }
  | { readonly kind: 'sphere'; readonly diameter: number };

export const surfaceArea = (shape: TankShape, height: number): number => {
  if (shape.kind === 'vertical-cylinder') return (Math.PI / 4) * shape.diameter ** 2;
  const chordSquared = Math.max(0, height * (shape.diameter - height));
  return shape.kind === 'sphere' ? Math.PI * chordSquared : 2 * Math.sqrt(chordSquared) * shape.length;
};

export type DrainingTank = {
  readonly shape: TankShape;
  /** Heights above the tank's bottom, m. */
  readonly liquidHeight: number;
  readonly holeHeight: number;
  readonly density: number;
  /** Held over-pressure above the liquid, Pa. */
  readonly overpressure: number;
};

export type DrainStep = { readonly at: number; readonly rate: number; readonly released: number; readonly height: number };

/**
 * A tank draining through a hole (Casal eq. 2.2–2.6): Torricelli's rate against the falling level, integrated by the fourth-order
 * Runge–Kutta rule at the given times (ascending, s). kg/s and kg. Stops when the level reaches the hole.
 */
export const drainingTank = (tank: DrainingTank, hole: Pick<Hole, 'area' | 'dischargeCoefficient'>, times: readonly number[]): readonly DrainStep[] => {
  const velocity = (height: number): number =>
    height <= tank.holeHeight ? 0 : hole.dischargeCoefficient * Math.sqrt(2 * (gravity * (height - tank.holeHeight) + tank.overpressure / tank.density));
  const slope = (height: number): number => -(hole.area * velocity(height)) / Math.max(surfaceArea(tank.shape, height), 1e-6);
  const history: DrainStep[] = [];
  let [at, height, released] = [0, tank.liquidHeight, 0];
  const advance = (dt: number): void => {
    const k1 = slope(height);
    const k2 = slope(height + (dt / 2) * k1);
    const k3 = slope(height + (dt / 2) * k2);
    const k4 = slope(height + dt * k3);
    const next = Math.max(tank.holeHeight, height + (dt / 6) * (k1 + 2 * k2 + 2 * k3 + k4));
    // Simpson's rule over the step's own surface areas keeps released mass equal to the volume swept.
    const middle = (height + next) / 2;
    released += ((height - next) / 6) * tank.density * (surfaceArea(tank.shape, height) + 4 * surfaceArea(tank.shape, middle) + surfaceArea(tank.shape, next));
    height = next;
  };
  for (const time of times) {
    const substeps = Math.max(1, Math.ceil((time - at) / 30));
    const dt = (time - at) / substeps;
    for (let i = 0; i < substeps && height > tank.holeHeight; i += 1) advance(dt);
    at = time;
    history.push({ at, rate: hole.area * velocity(height) * tank.density, released, height });
  }
  return history;
};
