/** A burning liquid surface. */
export type Fire = { readonly equipment: string; readonly x: number; readonly y: number; readonly z: number; /** m². */ area: number };

/** Burning rate of hydrocarbon pools, kg/(m²·s), and heat of combustion, J/kg (SFPE handbook, gasoline). */
export const BURNING_RATE = 0.055;
const HEAT = 43.7e6;

export type Fires = {
  readonly burning: Fire[];
  /** Heat flux at a place, kW/m²: a point source that radiates a share which falls with the fire's size, as soot hides the flame. */
  flux(x: number, y: number, z: number): number;
};

export const createFires = (): Fires => {
  const burning: Fire[] = [];
  return {
    burning,
    flux: (x, y, z) =>
      burning.reduce((sum, fire) => {
        const diameter = Math.sqrt((4 * fire.area) / Math.PI);
        const share = Math.max(0.06, 0.35 * Math.exp(-0.05 * diameter));
        const square = Math.max((x - fire.x) ** 2 + (y - fire.y) ** 2 + (z - fire.z) ** 2, (diameter / 2) ** 2);
        return sum + (share * BURNING_RATE * fire.area * HEAT) / (4 * Math.PI * square) / 1000;
      }, 0),
  };
};
