/**
 * TNT on the ground, hemispherical: Swisdak's simplified Kingery–Bulmash (ADA526744, 1994), metric. Each quantity is exp(A + B ln Z + C ln² Z …)
 * by pieces of the scaled distance Z, m/kg^(1/3): incident and reflected pressure kPa, impulse kPa ms/kg^(1/3), arrival ms/kg^(1/3).
 */
type Piece = readonly [until: number, ...coefficients: number[]];

const tables = {
  incidentPressure: [
    [2.9, 7.2106, -2.1069, -0.3229, 0.1117, 0.0685],
    [23.8, 7.5938, -3.0523, 0.40977, 0.0261, -0.01267],
    [198.5, 6.0536, -1.4066],
  ],
  incidentImpulse: [
    [0.96, 5.522, 1.117, 0.6, -0.292, -0.087],
    [2.38, 5.465, -0.308, -1.464, 1.362, -0.432],
    [33.7, 5.2749, -0.4677, -0.2499, 0.0588, -0.00554],
    [158.7, 5.9825, -1.062],
  ],
  arrivalTime: [
    [1.5, -0.7604, 1.8058, 0.1257, -0.0437, -0.031, -0.00669],
    [40, -0.7137, 1.5732, 0.5561, -0.4213, 0.1054, -0.00929],
  ],
  reflectedPressure: [
    [2, 9.006, -2.6893, -0.6295, 0.1011, 0.29255, 0.13505, 0.019736],
    [40, 8.8396, -1.733, -2.64, 2.293, -0.8232, 0.14247, -0.0099],
  ],
} as const satisfies Readonly<Record<string, readonly Piece[]>>;

export type TntQuantity = keyof typeof tables;

/** A quantity at scaled distance Z; held at the ends of the fit (0.2 m/kg^(1/3) and the last piece's). */
export const kingeryBulmash = (quantity: TntQuantity, z: number): number => {
  const pieces: readonly Piece[] = tables[quantity];
  const inside = Math.min(Math.max(z, 0.2), pieces.at(-1)![0]);
  const [, ...coefficients] = pieces.find(([until]) => inside <= until)!;
  const log = Math.log(inside);
  return Math.exp(coefficients.reduceRight((sum, coefficient) => sum * log + coefficient, 0));
};

/** Heat of detonation of TNT, J/kg. */
export const tntEnergy = 4.68e6;

/** TNT with the blast of a share of a fuel's heat, kg. */
export const tntMass = (mass: number, heatOfCombustion: number, yieldShare: number): number => (yieldShare * mass * heatOfCombustion) / tntEnergy;

/** Incident overpressure of TNT on the ground, Pa, at a distance in m. */
export const tntOverpressure = (tnt: number, distance: number): number => 1000 * kingeryBulmash('incidentPressure', distance / Math.cbrt(tnt));

/** Radius within which half die, m, from TNT in kg: 13.6 (W/1000)^0.37, common in Chinese practice. */
export const deathRadius = (tnt: number): number => 13.6 * (tnt / 1000) ** 0.37;
