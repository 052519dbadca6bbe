/**
 * Blast of a spherical cloud burnt by a flame of constant speed: the problem behind the curves of the multi-energy method (van den Berg 1985) and of
 * Baker, Strehlow and Tang (Tang & Baker 1999), solved here afresh. Lagrangian spherical gas dynamics with artificial viscosity (von Neumann &
 * Richtmyer 1950). Units: ambient pressure, density and the cloud's radius before burning are 1; time follows.
 * Fresh gas and air have γ = 1.4; burnt gas the γ with which a stoichiometric hydrocarbon cloud of 3.5 MJ/m³ expands sevenfold at constant pressure.
 */
const fresh = 1.4;
const expansion = 7;
/** Heat of combustion per ambient pressure and volume: 3.5 MJ/m³ over 101 325 Pa. */
export const heat = 3.5e6 / 101325;
const enthalpyShare = (fresh / (fresh - 1) + heat) / expansion;
const burnt = enthalpyShare / (enthalpyShare - 1);
const soundSpeed = Math.sqrt(fresh);

/** Length that scales distance, in cloud radii: (E/p0)^(1/3), E the heat of the whole cloud. */
export const scaleLength = Math.cbrt((4 / 3) * Math.PI * heat);

export type BlastPoint = { readonly distance: number; readonly overpressure: number; readonly impulse: number };

/** Peak overpressure and positive impulse (in p0 and p0 · cloud radius/√(p0/ρ0)) against scaled distance, for a flame Mach number seen from the ground. */
export const flameBallBlast = (flameMach: number, resolution = 40, reach = 10): readonly BlastPoint[] => {
  const outer = reach * scaleLength * 1.15;
  const count = Math.ceil(outer * resolution);
  const cell = outer / count;
  const radius = Float64Array.from({ length: count + 1 }, (_, i) => i * cell);
  const velocity = new Float64Array(count + 1);
  const mass = Float64Array.from({ length: count }, (_, i) => (radius[i + 1]! ** 3 - radius[i]! ** 3) / 3);
  const volume = new Float64Array(count).fill(1);
  const pressure = new Float64Array(count).fill(1);
  const viscosity = new Float64Array(count);
  const energy = new Float64Array(count).fill(1 / (fresh - 1));
  const progress = new Float64Array(count);
  const peak = new Float64Array(count);
  const peakAt = Float64Array.from({ length: count }, (_, i) => (i + 0.5) * cell);
  const impulse = new Float64Array(count);
  const inCloud = Math.round(1 / cell);
  const speed = flameMach * soundSpeed;
  const thickness = 4 * cell;
  const end = outer / soundSpeed + (1.2 * Math.cbrt(expansion)) / speed;
  let ahead = Math.min(count, inCloud + 10);

  for (let time = 0; time < end; ) {
    let dt = 0.1;
    for (let i = 0; i < ahead; i += 1) {
      const width = radius[i + 1]! - radius[i]!;
      const jump = Math.abs(velocity[i + 1]! - velocity[i]!);
      dt = Math.min(dt, (0.25 * width) / (Math.sqrt(fresh * pressure[i]! * volume[i]!) + 4 * jump));
    }
    dt = Math.min(dt, (0.2 * cell) / speed);
    for (let i = 1; i < ahead; i += 1) {
      const push = pressure[i - 1]! + viscosity[i - 1]! - pressure[i]! - viscosity[i]!;
      velocity[i] = velocity[i]! + (dt * push * radius[i]! ** 2 * 2) / (mass[i - 1]! + mass[i]!);
    }
    for (let i = 1; i < ahead; i += 1) radius[i] = radius[i]! + dt * velocity[i]!;
    time += dt;
    const front = speed * time;
    for (let i = 0; i < ahead; i += 1) {
      const before = volume[i]!;
      const after = (radius[i + 1]! ** 3 - radius[i]! ** 3) / 3 / mass[i]!;
      const jump = velocity[i + 1]! - velocity[i]!;
      // Quadratic viscosity for shocks, linear for the ripple behind them.
      viscosity[i] = jump < 0 ? (1.5 * jump * jump + 0.06 * Math.sqrt(fresh * pressure[i]! * after) * -jump) / after : 0;
      let released = 0;
      if (i < inCloud && progress[i]! < 1) {
        const middle = (radius[i]! + radius[i + 1]!) / 2;
        const done = Math.max(progress[i]!, Math.min(1, (front - middle) / thickness + 0.5));
        released = heat * (done - progress[i]!);
        progress[i] = done;
      }
      const gamma = 1 / (1 - progress[i]! + progress[i]! * ((fresh - 1) / (burnt - 1))) * (fresh - 1) + 1;
      // Energy with the mean pressure of the step, solved for the new pressure p = (γ − 1) e / v.
      const half = (after - before) / 2;
      const e = (energy[i]! + released - (pressure[i]! + 2 * viscosity[i]!) * half) / (1 + ((gamma - 1) * half) / after);
      energy[i] = e;
      volume[i] = after;
      pressure[i] = ((gamma - 1) * e) / after;
      const over = pressure[i]! - 1;
      if (over > peak[i]!) {
        peak[i] = over;
        peakAt[i] = (radius[i]! + radius[i + 1]!) / 2;
      }
      if (over > 0) impulse[i] = impulse[i]! + over * dt;
    }
    while (ahead < count && Math.abs(pressure[ahead - 5]! - 1) > 1e-9) ahead = Math.min(count, ahead + 20);
  }
  const points: BlastPoint[] = [];
  for (let i = 0; i < count; i += 1) points.push({ distance: peakAt[i]! / scaleLength, overpressure: peak[i]!, impulse: impulse[i]! });
  return points;
};
