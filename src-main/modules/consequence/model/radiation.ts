import { waterVapourPressure } from './atmosphere.ts';

/** Air that radiation passes: K and relative humidity 0…1. */
export type RadiationAir = { readonly temperature: number; readonly humidity: number };

/** Transmissivity of air over a path in m, Wayne 1991: bands of water vapour and carbon dioxide. 0…1. */
export const transmissivity = (path: number, air: RadiationAir): number => {
  const distance = Math.max(path, 1);
  const millimetres = waterVapourPressure(air.temperature) / 133.322;
  const water = Math.log10(Math.max(air.humidity * distance * millimetres * (288.651 / air.temperature), 1e-3));
  const carbon = Math.log10((distance * 273) / air.temperature);
  return Math.min(1, Math.max(0.05, 1.006 - 0.01171 * water - 0.02368 * water ** 2 - 0.03188 * carbon + 0.001164 * carbon ** 2));
};

/** The simpler 2.02 (pw x)^−0.09 of TNO and Casal, pw by Casal's correlation. 0…1. */
export const simpleTransmissivity = (path: number, air: RadiationAir): number => {
  const water = air.humidity * Math.exp(23.18986 - 3816.42 / (air.temperature - 46.13));
  return Math.min(1, 2.02 * (water * Math.max(path, 1e-3)) ** -0.09);
};

/** A patch of a flame's surface: its place, outward unit normal, area and emissive power (W/m²). */
export type Patch = { readonly x: number; readonly y: number; readonly z: number; readonly nx: number; readonly ny: number; readonly nz: number; readonly area: number; readonly power: number };

export type Receiver = { readonly x: number; readonly y: number; readonly z: number };

export type Irradiance = {
  /** W/m² on a vertical surface turned to the fire, on a horizontal one facing up, and on the one turned to receive most. */
  readonly vertical: number;
  readonly horizontal: number;
  readonly most: number;
};

/** Radiation at a receiver by summing the view of every patch, E cosθ dA/(π d²), with transmissivity over each path. */
export const irradiance = (patches: readonly Patch[], receiver: Receiver, air: RadiationAir | null): Irradiance => {
  let [sx, sy, sz] = [0, 0, 0];
  for (const patch of patches) {
    const [dx, dy, dz] = [receiver.x - patch.x, receiver.y - patch.y, receiver.z - patch.z];
    const squared = dx * dx + dy * dy + dz * dz;
    const facing = dx * patch.nx + dy * patch.ny + dz * patch.nz;
    if (facing <= 0) continue;
    const distance = Math.sqrt(squared);
    const passed = air === null ? 1 : transmissivity(distance, air);
    const share = (passed * patch.power * facing * patch.area) / (Math.PI * squared * squared);
    sx -= share * dx;
    sy -= share * dy;
    sz -= share * dz;
  }
  return { vertical: Math.hypot(sx, sy), horizontal: Math.max(0, sz), most: Math.hypot(sx, sy, sz) };
};

/** Flux of a point source, W/m²: fraction · power · τ / (4π d²) (API 521, SFPE). */
export const pointSourceFlux = (source: { readonly power: number; readonly radiativeFraction: number; readonly transmissivity: number }, distance: number): number =>
  (source.transmissivity * source.radiativeFraction * source.power) / (4 * Math.PI * distance ** 2);
