import { gasConstant } from './substances.ts';

/** Gas in a vessel: absolute pressure in Pa, temperature in K, molar mass in kg/mol, ratio of heat capacities. */
export type GasState = { readonly pressure: number; readonly temperature: number; readonly molarMass: number; readonly gamma: number };

/** A sharp-edged hole: area in m²; Cd 0.62 for sharp edges (Casal), 0.85–1 for a rounded one; the pressure outside in Pa. */
export type Hole = { readonly area: number; readonly dischargeCoefficient: number; readonly ambientPressure: number };

export type GasOutflow = { readonly rate: number; readonly isChoked: boolean; readonly temperature: number; readonly pressure: number; readonly velocity: number };

export const holeArea = (diameter: number): number => (Math.PI / 4) * diameter * diameter;

/**
 * Isentropic outflow of a perfect gas through a hole, choked where the pressure ratio allows (CPR 14E ch. 2, Casal eq. 2.9–2.15).
 * kg/s; temperature, pressure and velocity in the throat.
 */
export const gasThroughHole = (gas: GasState, hole: Hole): GasOutflow => {
  const { pressure, temperature, molarMass, gamma } = gas;
  const criticalRatio = (2 / (gamma + 1)) ** (gamma / (gamma - 1));
  const ratio = hole.ambientPressure / pressure;
  if (ratio >= 1) return { rate: 0, isChoked: false, temperature, pressure, velocity: 0 };
  const isChoked = ratio <= criticalRatio;
  const throat = isChoked ? criticalRatio : ratio;
  const throatTemperature = temperature * throat ** ((gamma - 1) / gamma);
  const velocity = Math.sqrt((2 * gamma * gasConstant * (temperature - throatTemperature)) / ((gamma - 1) * molarMass));
  const density = (throat * pressure * molarMass) / (gasConstant * throatTemperature);
  return { rate: hole.dischargeCoefficient * hole.area * density * velocity, isChoked, temperature: throatTemperature, pressure: throat * pressure, velocity };
};

/** One moment of an outflow: seconds, kg/s, and kg gone so far. */
export type OutflowStep = { readonly at: number; readonly rate: number; readonly released: number; readonly pressure: number; readonly temperature: number };

/**
 * A vessel of gas emptying through a hole until it reaches the pressure outside: adiabatic expansion of what stays (p ∝ ρ^γ, T ∝ ρ^(γ−1)).
 * `volume` in m³; steps are even in released mass, so that early fast moments are resolved.
 */
export const gasVesselEmptying = (start: GasState, hole: Hole, vessel: { readonly volume: number; readonly steps?: number }): readonly OutflowStep[] => {
  const { volume, steps = 200 } = vessel;
  const density = (start.pressure * start.molarMass) / (gasConstant * start.temperature);
  const endDensity = density * Math.min(1, hole.ambientPressure / start.pressure) ** (1 / start.gamma);
  const step = (volume * (density - endDensity)) / steps;
  const stateAt = (released: number): GasState => {
    const fraction = 1 - released / (volume * density);
    return { ...start, pressure: start.pressure * fraction ** start.gamma, temperature: start.temperature * fraction ** (start.gamma - 1) };
  };
  const history: OutflowStep[] = [];
  let at = 0;
  for (let i = 0; i < steps; i += 1) {
    const state = stateAt(i * step);
    const { rate } = gasThroughHole(state, hole);
    history.push({ at, rate, released: i * step, pressure: state.pressure, temperature: state.temperature });
    // Midpoint rule in released mass; the last step's rate tends to zero, so its own midpoint bounds the time.
    at += step / gasThroughHole(stateAt((i + 0.5) * step), hole).rate;
  }
  return history;
};
