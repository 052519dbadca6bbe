import { airDensity, frictionVelocity, heatCapacityOfAir, inverseObukhov, karman, similarityWind, type Atmosphere } from './atmosphere.ts';
import type { Cloud } from './cloud.ts';
import { mixingOf } from './mixture.ts';
import { averagingFactor, briggsSpread } from './sigmas.ts';
import { gravity, type Substance } from './substances.ts';

/**
 * A steady dense or two-phase release: `area` of the pool (velocity 0, the gas rises from it) or of the mouth of a jet along the wind
 * (`velocity` in m/s). kg/s, K, m², m.
 */
export type SlabSource = {
  readonly substance: Substance;
  readonly rate: number;
  readonly temperature: number;
  readonly liquidFraction: number;
  readonly area: number;
  readonly velocity: number;
  readonly height: number;
};

export type SlabCloud = Cloud & {
  readonly temperature: Float64Array;
  readonly averageFraction: Float64Array;
  readonly height: Float64Array;
  readonly width: Float64Array;
};

/** Mean height of the matter in a ground-based Gaussian slab of height h (σ = h/√3): h √(2/3π). */
const meanHeightShare = Math.sqrt(2 / (3 * Math.PI));

/** Air that a gravity front takes in at the edge, over its speed and height (Picknett 1981; DEGADIS, Havens & Spicer 1985: 0.59). */
const frontEntrainment = 0.59;

/** Drag of the air on a gravity front that makes its speed 1.15 √(g′h) in balance. */
const frontResistance = 1.15 ** -2;

type State = {
  /** Fluxes through the section: mass kg/s, enthalpy W, momentum N; half-width and edge spread, m; speed of the edge under gravity times the mass flux, N; centre height, m, and its fall, m/s. */
  mass: number; enthalpy: number; momentum: number; width: number; edge: number; sideways: number; centre: number; fall: number;
};

/**
 * The slab equations of Ermak 1990 (UCRL-MA-105607 §2: mass, species, enthalpy, momentum of the section; B² = b² + 3β², σ = h/√3) with closures of their own:
 *  - top entrainment dz̄/dt = κ u∗/Φ of a ground source (van Ulden 1978), Φ² = Φh(z̄/L)² + 0.8 Ri∗ (Witlox 1994), u∗ raised by the convection over
 *    warm ground, u∗² + w∗²/4 (Zeman 1982);
 *  - the sideways momentum of Ermak with the front's resistance of van Ulden 1984, so that the front comes to 1.15 √(g′h); passive edges as Briggs' σy at the edge's own virtual distance;
 *  - at the edges also what the fronts take in, 0.59 of their speed over their height (Picknett 1981; Havens & Spicer 1985);
 *  - a jet's shear entrainment 0.08 √(ρ/ρa) |U − Ua| (Ricou & Spalding 1961);
 *  - heat from the ground: forced (Colburn) or free (McAdams) convection, whichever is more.
 */
export const slabCloud = (source: SlabSource, air: Atmosphere, options: { readonly reach: number; readonly averagingTime: number; readonly groundTemperature?: number }): SlabCloud => {
  const { substance } = source;
  const ambient = airDensity(air);
  const friction = frictionVelocity(air);
  const obukhov = inverseObukhov(air);
  const ground = options.groundTemperature ?? air.temperature;
  const mixing = mixingOf(substance, air, source);
  const factor = averagingFactor(options.averagingTime);
  const isJet = source.velocity > 0;
  const side = Math.sqrt(source.area);
  const begin = isJet ? 0 : -side / 2;
  let guess = source.temperature;

  const windAt = (h: number): number => Math.max(similarityWind(air, 0.6 * meanHeightShare * h), 2 * friction, 0.1);
  const sectionOf = (state: State, released: number) => {
    const massFraction = Math.min(1, released / state.mass);
    const mixture = mixing.of(massFraction, state.enthalpy / state.mass, guess);
    guess = mixture.temperature;
    const speed = state.momentum / state.mass;
    const height = state.mass / (mixture.density * speed * 2 * state.width);
    return { massFraction, mixture, speed, height };
  };
  const slope = (state: State, x: number): State => {
    const isOverPool = !isJet && x < side / 2;
    const released = isJet ? source.rate : source.rate * Math.min(1, (x - begin) / side);
    const { mixture, speed, height } = sectionOf(state, released);
    const buoyancy = (gravity * (mixture.density - ambient)) / ambient;
    const wind = windAt(height);
    const isGrounded = state.centre <= height / 2;
    // Convection where ground is warmer than cloud: heat flux and the velocity scale it feeds.
    const warmer = isGrounded ? ground - mixture.temperature : 0;
    const forced = 1.22 * mixture.density * heatCapacityOfAir * (friction ** 2 / wind) * (speed / wind);
    const free = warmer > 0 ? 1.5 * Math.cbrt(warmer) : 0;
    const heat = Math.max(forced, free) * warmer;
    const convective = heat > 0 ? Math.cbrt((gravity * height * heat) / (mixture.density * heatCapacityOfAir * mixture.temperature)) : 0;
    const turbulent = Math.sqrt(friction ** 2 + convective ** 2 / 4);
    // Flux-profile relations were measured for −2.5 < z/L < 2 (Businger 1971, Dyer 1974) and are held beyond.
    const zeta = Math.min(Math.max(meanHeightShare * height * obukhov, -2.5), 2);
    const passive = zeta >= 0 ? 1 + 5 * zeta : (1 - 16 * zeta) ** -0.5;
    const richardson = (Math.max(0, buoyancy) * height) / turbulent ** 2;
    const stratified = Math.sqrt(passive ** 2 + 0.8 * richardson);
    const shear = Math.log(windAt(1.1 * height) / windAt(height)) / Math.log(1.1);
    const rise = (karman * turbulent * (1 + shear)) / (meanHeightShare * stratified);
    const jet = 0.08 * Math.sqrt(mixture.density / ambient) * Math.max(0, speed - wind);
    const front = state.sideways / state.mass;
    const slump = isGrounded ? gravity * (mixture.density - ambient) * height ** 2 - ambient * frontResistance * front * Math.abs(front) * height : 0;
    // Passive growth of the edge, per metre, at the distance where Briggs' plume is as wide as the edge.
    const edgeGrowth = edgeSlope(state.edge / factor, air) * factor;
    const sideways = (3 * state.edge * edgeGrowth * speed) / state.width + jet;
    const open = isGrounded ? 1 : 2;
    const entrained = ambient * (rise * 2 * state.width + open * jet * 2 * state.width + 2 * (sideways + frontEntrainment * Math.max(0, front)) * height);
    const supply = isOverPool ? source.rate / side : 0;
    return {
      mass: entrained + supply,
      enthalpy: supply * mixing.releaseEnthalpy + heat * 2 * state.width,
      momentum: entrained * wind + (isGrounded ? ambient * friction ** 2 * 2 * state.width * (1 - (speed / wind) ** 2) : 0),
      width: (front + sideways) / speed,
      edge: edgeGrowth,
      sideways: 2 * slump,
      centre: isGrounded ? (-front * state.centre) / (state.width * speed) : state.fall / speed,
      fall: isGrounded ? 0 : -buoyancy / speed,
    };
  };

  let x = begin;
  let state: State;
  if (isJet) {
    state = { mass: source.rate, enthalpy: source.rate * mixing.releaseEnthalpy, momentum: source.rate * source.velocity, width: side / 2, edge: 1e-3, sideways: 0, centre: source.height, fall: 0 };
  } else {
    const first = 0.02 * side;
    x = begin + first;
    const supplied = source.rate * 0.02;
    const taken = ambient * ((karman * friction) / meanHeightShare) * side * first;
    state = { mass: supplied + taken, enthalpy: supplied * mixing.releaseEnthalpy, momentum: taken * windAt(0.5), width: side / 2, edge: 1e-3, sideways: 0, centre: source.height, fall: 0 };
  }
  // A dense layer runs out of its source at least at the critical speed √(g′h), h = q/U: (g′ q)^(1/3), q its volume flux per width.
  const leaveSource = (now: State): State => {
    const { mixture } = sectionOf(now, source.rate * Math.min(1, (x - begin) / side));
    const buoyancy = Math.max(0, (gravity * (mixture.density - ambient)) / ambient);
    const critical = Math.cbrt((buoyancy * now.mass) / (mixture.density * 2 * now.width));
    return { ...now, momentum: Math.max(now.momentum, now.mass * critical) };
  };
  const rows: (readonly number[])[] = [];
  const record = (): void => {
    const released = isJet ? source.rate : source.rate * Math.min(1, (x - begin) / side);
    const { massFraction, mixture, speed, height } = sectionOf(state, released);
    const fraction = mixture.volumeFraction;
    const spread = state.centre > height / 2 ? height / Math.sqrt(12) : Math.max(height - state.centre, height / 2) / Math.sqrt(3);
    // What flows is counted at the air's state, so that flux · speed is the released volume.
    const flux = (massFraction * state.mass * airVolume(substance, air)) / speed;
    const core = Math.sqrt(Math.max(0, state.width ** 2 - 3 * state.edge ** 2));
    rows.push([x, Math.min(flux, 2 * state.width * height), core, state.edge, Math.min(state.centre, height / 2 > state.centre ? state.centre : state.centre), spread, speed, mixture.temperature, fraction, height, state.width]);
  };
  record();
  while (x < options.reach && rows.length < 5000) {
    const fromSource = x - begin;
    const now = slope(state, x);
    // No step changes a flux or the width by more than a fifth.
    const step = Math.min(0.03 * fromSource + (isJet ? 0.02 * side : 0.005 * side), 25, (0.2 * state.mass) / now.mass, (0.2 * state.width) / now.width, (0.2 * state.momentum) / Math.max(Math.abs(now.momentum), 1e-12));
    const half = advance(state, now, step / 2);
    state = advance(state, slope(half, x + step / 2), step);
    x += step;
    if (!isJet && x < side / 2) state = leaveSource(state);
    record();
  }
  const column = (index: number): Float64Array => Float64Array.from(rows, (row) => row[index]!);
  return {
    model: 'slab', averagingTime: options.averagingTime,
    x: column(0), flux: column(1), halfWidth: column(2), spreadY: column(3), centreHeight: column(4), spreadZ: column(5), speed: column(6),
    temperature: column(7), averageFraction: column(8), height: column(9), width: column(10),
  };
};

const airVolume = (substance: Substance, air: Atmosphere): number => (8.314462618 * air.temperature) / (air.pressure * substance.molarMass);

const advance = (state: State, slope: State, step: number): State => ({
  mass: state.mass + step * slope.mass,
  enthalpy: state.enthalpy + step * slope.enthalpy,
  momentum: state.momentum + step * slope.momentum,
  width: state.width + step * slope.width,
  sideways: Math.max(0, state.sideways + step * slope.sideways),
  edge: state.edge + step * slope.edge,
  centre: Math.max(0, state.centre + step * slope.centre),
  fall: state.fall + step * slope.fall,
});

/** dσy/dx of Briggs' open-country curve where σy has the given value. */
const edgeSlope = (sigma: number, air: Atmosphere): number => {
  const initial = briggsSpread(air.stability, 1, 'rural').y;
  let x = Math.max(sigma / initial, 1e-3);
  for (let i = 0; i < 3; i += 1) x *= sigma / briggsSpread(air.stability, x, 'rural').y;
  return (briggsSpread(air.stability, x * 1.01, 'rural').y - briggsSpread(air.stability, x, 'rural').y) / (0.01 * x);
};
