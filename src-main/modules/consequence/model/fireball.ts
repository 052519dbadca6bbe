import { thermalDose } from './harm.ts';
import { transmissivity, type RadiationAir } from './radiation.ts';

export type Fireball = {
  readonly mass: number;
  readonly heatOfCombustion: number;
  /** Greatest diameter, m; s; height of the centre when it has risen, m. */
  readonly diameter: number;
  readonly duration: number;
  readonly height: number;
  /** W/m², mean over its life. */
  readonly emissivePower: number;
  /** Share of the heat that is radiated. */
  readonly radiativeFraction: number;
};

/**
 * Fireball of a BLEVE: D = 5.8 M^(1/3); t = 0.45 M^(1/3) below 30 t, 2.6 M^(1/6) above; centre at 0.75 D (CCPS 2010); radiated share
 * 0.27 p^0.32, p the burst pressure in MPa (Roberts 1981), at most 0.4. kg, J/kg, Pa.
 */
export const fireball = (mass: number, heatOfCombustion: number, burstPressure: number): Fireball => {
  const diameter = 5.8 * Math.cbrt(mass);
  const duration = mass < 30000 ? 0.45 * Math.cbrt(mass) : 2.6 * mass ** (1 / 6);
  const radiativeFraction = Math.min(0.4, 0.27 * (burstPressure / 1e6) ** 0.32);
  return { mass, heatOfCombustion, diameter, duration, height: 0.75 * diameter, radiativeFraction, emissivePower: (radiativeFraction * mass * heatOfCombustion) / (Math.PI * diameter ** 2 * duration) };
};

/** View of a sphere from a distance between centres, on the surface turned to it: (D/2L)². */
export const sphereView = (diameter: number, distance: number): number => Math.min(1, (diameter / (2 * distance)) ** 2);

export type FireballMoment = { readonly at: number; readonly diameter: number; readonly height: number; readonly emissivePower: number };

/** Life of the growing and rising ball, s: 0.9 M^(1/4) (Martinsen & Marx 1999). */
export const fireballLife = (ball: Fireball): number => 0.9 * ball.mass ** 0.25;

/**
 * The ball through its life (Martinsen & Marx 1999): for a third of it, it grows on the ground as 8.66 M^(1/4) t^(1/3) with the power
 * 0.0133 f ΔHc M^(1/12) kW/m² (at most 400); then it rises to a centre height of 1.5 D while the power falls evenly to nothing.
 */
export const fireballAt = (ball: Fireball, at: number): FireballMoment => {
  const life = fireballLife(ball);
  const third = life / 3;
  const diameter = 8.66 * ball.mass ** 0.25 * Math.cbrt(Math.min(at, third));
  const rise = Math.min(1, Math.max(0, (at - third) / (2 * third)));
  const full = Math.min(400e3, 13.3 * ball.radiativeFraction * (ball.heatOfCombustion / 1000) * ball.mass ** (1 / 12));
  return { at, diameter, height: (diameter / 2) * (1 - rise) + 1.5 * diameter * rise, emissivePower: at > life ? 0 : full * (1 - rise) };
};

export type FireballExposure = { readonly peakFlux: number; readonly dose: number; readonly history: readonly { readonly at: number; readonly flux: number }[] };

/** Flux and thermal dose at a distance on the ground from under the ball, integrated over its life. W/m², (W/m²)^(4/3) s. */
export const fireballExposure = (ball: Fireball, distance: number, air: RadiationAir | null, steps = 60): FireballExposure => {
  const step = fireballLife(ball) / steps;
  const history = Array.from({ length: steps }, (_, i) => {
    const moment = fireballAt(ball, (i + 0.5) * step);
    const path = Math.hypot(distance, moment.height);
    const passed = air === null ? 1 : transmissivity(Math.max(path - moment.diameter / 2, 1), air);
    return { at: moment.at, flux: moment.emissivePower * sphereView(moment.diameter, path) * passed };
  });
  return { history, peakFlux: Math.max(...history.map((entry) => entry.flux)), dose: history.reduce((sum, entry) => sum + thermalDose(entry.flux, step), 0) };
};
