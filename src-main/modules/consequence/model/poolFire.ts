import { airDensity } from './atmosphere.ts';
import type { Patch, RadiationAir } from './radiation.ts';
import { gasDensity, gravity, type Substance } from './substances.ts';

export type PoolFireAir = RadiationAir & { readonly windSpeed: number; readonly pressure: number };

/** m″ = m″∞ (1 − exp(−kβ D)), kg/(m² s) (Babrauskas 1983, SFPE). */
export const burningRate = (pool: { readonly burningRate: number; readonly kBeta: number }, diameter: number): number => pool.burningRate * (1 - Math.exp(-pool.kBeta * diameter));

export const poolDiameter = (area: number): number => Math.sqrt((4 * area) / Math.PI);

export type FlameShape = {
  /** Along its axis, m; degrees from vertical, downwind; base length along the wind over the pool's diameter. */
  readonly length: number;
  readonly tilt: number;
  readonly drag: number;
  /** Length of the clear, bright zone at the foot, m. */
  readonly clear: number;
};

/**
 * Flame of a pool of diameter D m burning at m″ kg/(m² s): Pritchard & Binding 1992 (FIRE2), wind at 9 m:
 * L/D = 10.615 m∗^0.305 U∗^−0.03; clear zone 11.404 m∗^1.13 U∗^0.179 (C/H)^−2.49 of D; tan θ/cos θ = 0.666 Fr^0.333 Re^0.117; D′/D = 2.506 Fr^0.067 Re^−0.03.
 */
export const poolFlame = (fire: { readonly diameter: number; readonly burningRate: number; readonly carbonToHydrogen: number; readonly vapourDensity: number }, air: PoolFireAir): FlameShape => {
  const { diameter, burningRate: rate } = fire;
  const ambient = airDensity(air);
  const wind = Math.max(air.windSpeed, 0.1);
  const scaledRate = rate / (ambient * Math.sqrt(gravity * diameter));
  const scaledWind = Math.max(1, wind / Math.cbrt((gravity * rate * diameter) / fire.vapourDensity));
  const froude = wind ** 2 / (gravity * diameter);
  const reynolds = (wind * diameter) / 1.5e-5;
  const length = diameter * 10.615 * scaledRate ** 0.305 * scaledWind ** -0.03;
  const clear = diameter * 11.404 * scaledRate ** 1.13 * scaledWind ** 0.179 * fire.carbonToHydrogen ** -2.49;
  const lean = 0.666 * froude ** 0.333 * reynolds ** 0.117;
  // sin θ from lean · sin² θ + sin θ − lean = 0.
  const sine = (Math.sqrt(1 + 4 * lean ** 2) - 1) / (2 * lean);
  return { length, tilt: (Math.asin(sine) * 180) / Math.PI, drag: Math.max(1, 2.506 * froude ** 0.067 * reynolds ** -0.03), clear: Math.min(clear, length) };
};

/** Atoms of carbon per atom of hydrogen: how fast a flame soots. */
const carbonToHydrogen: Readonly<Record<string, number>> = { methane: 0.25, propane: 0.375, lpg: 0.375, butane: 0.4, benzene: 1, methanol: 0.25, gasoline: 0.43, ethylene: 0.5 };

/** Emissive power of the sooting flame as a whole, W/m²: 140 e^(−0.12 D) + 20 (1 − e^(−0.12 D)) kW/m² (Mudan 1984). */
export const smokyPower = (diameter: number): number => 1000 * (20 + 120 * Math.exp(-0.12 * diameter));

/**
 * Emissive power of the clear zone, W/m²: LNG 325 (1 − e^(−D/13.8)) kW/m² (Raj 2007, from China Lake and Montoir); other fuels the 140 kW/m² of a
 * luminous spot (Mudan 1984); methanol burns almost without soot, 70 kW/m².
 */
export const clearPower = (substance: Substance, diameter: number): number => {
  if (substance.id === 'methane') return 325e3 * (1 - Math.exp(-diameter / 13.8));
  return substance.id === 'methanol' ? 70e3 : 140e3;
};

export type PoolFire = { readonly diameter: number; readonly burningRate: number; readonly heatRelease: number; readonly shape: FlameShape; readonly clearPower: number; readonly smokyPower: number };

/** A burning pool: rate, flame and two-zone emissive power. Rate, length or tilt are taken as measured where given (kg/(m² s), m, degrees). */
export const poolFire = (
  substance: Substance,
  pool: { readonly area: number; readonly burningRate?: number; readonly flameLength?: number; readonly tilt?: number },
  air: PoolFireAir,
): PoolFire | null => {
  const { fire } = substance;
  if (fire === undefined || (fire.pool === undefined && pool.burningRate === undefined)) return null;
  const diameter = poolDiameter(pool.area);
  const rate = pool.burningRate ?? burningRate(fire.pool!, diameter);
  const flame = poolFlame({ diameter, burningRate: rate, carbonToHydrogen: carbonToHydrogen[substance.id] ?? 0.43, vapourDensity: gasDensity(substance.molarMass, Math.min(substance.boilingPoint, 400), air.pressure) }, air);
  const length = pool.flameLength ?? flame.length;
  const shape = { ...flame, length, tilt: pool.tilt ?? flame.tilt, clear: Math.min(flame.clear, length) };
  return { diameter, burningRate: rate, heatRelease: rate * pool.area * fire.heatOfCombustion, shape, clearPower: clearPower(substance, diameter), smokyPower: smokyPower(diameter) };
};

/** The flame's surface as patches: a cylinder sheared downwind on an ellipse drawn out by the wind; (0, 0, 0) is the pool's centre, x downwind. */
export const poolFirePatches = (fire: PoolFire, around = 36, along = 24): readonly Patch[] => {
  const { diameter, shape } = fire;
  const lean = (shape.tilt * Math.PI) / 180;
  const [halfLength, halfWidth] = [(diameter * shape.drag) / 2, diameter / 2];
  // The upwind edge of the base stays at the pool's.
  const base = halfLength - halfWidth;
  const patches: Patch[] = [];
  for (let i = 0; i < around; i += 1) {
    const angle = ((i + 0.5) / around) * 2 * Math.PI;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    // Tangents of the ellipse and of the axis; their cross product is normal times area per unit of angle and length.
    const [tx, ty] = [-halfLength * sin, halfWidth * cos];
    const [ax, az] = [Math.sin(lean), Math.cos(lean)];
    const [cx, cy, cz] = [ty * az, -tx * az, -ty * ax];
    const size = Math.hypot(cx, cy, cz);
    for (let j = 0; j < along; j += 1) {
      const s = ((j + 0.5) / along) * shape.length;
      patches.push({
        x: base + halfLength * cos + s * ax, y: halfWidth * sin, z: s * az, nx: cx / size, ny: cy / size, nz: cz / size,
        area: size * ((2 * Math.PI) / around) * (shape.length / along), power: s < shape.clear ? fire.clearPower : fire.smokyPower,
      });
    }
  }
  return patches;
};

/** Radiative fraction of a smoky pool fire, 0.35 e^(−0.05 D) (Casal eq. 3.35, after SFPE). */
export const poolRadiativeFraction = (diameter: number): number => 0.35 * Math.exp(-0.05 * diameter);

/** Shokri & Beyler 1989: flux on a vertical target at the ground, W/m², distance from the pool's centre over its diameter 0.7…15. */
export const shokriBeylerFlux = (distanceOverDiameter: number): number => 15400 * distanceOverDiameter ** -1.59;
