/**
 * Endpoints for people, parts per million by volume. AEGL: US EPA / National Research Council final values at 10, 30, 60, 240 and 480 min;
 * ERPG (1 h): AIHA 2023; IDLH: NIOSH. `null`: not recommended by the committee. Substances that the engines cannot disperse stand here
 * too, because detectors read them. Methanol's 10-minute AEGL-3 exceeds its lower flammable limit: the limit governs there.
 */
export type ToxicEndpoints = {
  readonly aegl1: readonly (number | null)[] | null;
  readonly aegl2: readonly (number | null)[] | null;
  readonly aegl3: readonly (number | null)[] | null;
  readonly erpg?: readonly [number | null, number | null, number | null];
  readonly idlh: number | null;
};

export const aeglMinutes = [10, 30, 60, 240, 480] as const;

const same = (ppm: number): readonly number[] => [ppm, ppm, ppm, ppm, ppm];

export const toxicEndpoints: Readonly<Record<string, ToxicEndpoints>> = {
  ammonia: { aegl1: same(30), aegl2: [220, 220, 160, 110, 110], aegl3: [2700, 1600, 1100, 550, 390], erpg: [25, 150, 1500], idlh: 300 },
  chlorine: { aegl1: same(0.5), aegl2: [2.8, 2.8, 2, 1, 0.71], aegl3: [50, 28, 20, 10, 7.1], erpg: [1, 3, 20], idlh: 10 },
  'hydrogen-sulphide': { aegl1: [0.75, 0.6, 0.51, 0.36, 0.33], aegl2: [41, 32, 27, 20, 17], aegl3: [76, 59, 50, 37, 31], erpg: [0.1, 30, 100], idlh: 100 },
  benzene: { aegl1: [130, 73, 52, 18, 9], aegl2: [2000, 1100, 800, 400, 200], aegl3: [9700, 5600, 4000, 2000, 990], erpg: [50, 150, 1000], idlh: 500 },
  methanol: { aegl1: [670, 670, 530, 340, 270], aegl2: [11000, 4000, 2100, 730, 520], aegl3: [40000, 14000, 7200, 2400, 1600], erpg: [200, 1000, 5000], idlh: 6000 },
  propane: { aegl1: [10000, 6900, 5500, 5500, 5500], aegl2: same(17000), aegl3: same(33000), idlh: 2100 },
  lpg: { aegl1: [10000, 6900, 5500, 5500, 5500], aegl2: same(17000), aegl3: same(33000), idlh: 2000 },
  butane: { aegl1: [10000, 6900, 5500, 5500, 5500], aegl2: [24000, 17000, 17000, 17000, 17000], aegl3: [77000, 53000, 53000, 53000, 53000], idlh: 1600 },
  gasoline: { aegl1: null, aegl2: null, aegl3: null, erpg: [200, 1000, 4000], idlh: null },
  'sulphur-dioxide': { aegl1: same(0.2), aegl2: same(0.75), aegl3: [30, 30, 30, 19, 9.6], erpg: [0.3, 3, 25], idlh: 100 },
  'hydrogen-fluoride': { aegl1: same(1), aegl2: [95, 34, 24, 12, 12], aegl3: [170, 62, 44, 22, 22], erpg: [2, 20, 50], idlh: 30 },
  'hydrogen-chloride': { aegl1: same(1.8), aegl2: [100, 43, 22, 11, 11], aegl3: [620, 210, 100, 26, 26], erpg: [3, 20, 150], idlh: 50 },
  'ethylene-oxide': { aegl1: null, aegl2: [80, 80, 45, 14, 7.9], aegl3: [360, 360, 200, 63, 35], erpg: [null, 50, 500], idlh: 800 },
  'carbon-monoxide': { aegl1: null, aegl2: [420, 150, 83, 33, 27], aegl3: [1700, 600, 330, 150, 130], erpg: [200, 350, 500], idlh: 1200 },
  phosgene: { aegl1: null, aegl2: [0.6, 0.6, 0.3, 0.08, 0.04], aegl3: [3.6, 1.5, 0.75, 0.2, 0.09], erpg: [null, 0.5, 1.5], idlh: 2 },
  'hydrogen-cyanide': { aegl1: [2.5, 2.5, 2, 1.3, 1], aegl2: [17, 10, 7.1, 3.5, 2.5], aegl3: [27, 21, 15, 8.6, 6.6], erpg: [null, 10, 25], idlh: 50 },
  toluene: { aegl1: same(67), aegl2: [1400, 760, 560, 310, 250], aegl3: [10000, 5200, 3700, 1800, 1400], erpg: [50, 300, 1000], idlh: 500 },
  'vinyl-chloride': { aegl1: [450, 310, 250, 140, 70], aegl2: [2800, 1600, 1200, 820, 820], aegl3: [12000, 6800, 4800, 3400, 3400], erpg: [500, 5000, 20000], idlh: null },
  acrolein: { aegl1: same(0.03), aegl2: [0.44, 0.18, 0.1, 0.1, 0.1], aegl3: [6.2, 2.5, 1.4, 0.48, 0.27], idlh: 2 },
  bromine: { aegl1: same(0.033), aegl2: [0.55, 0.33, 0.24, 0.13, 0.095], aegl3: [19, 12, 8.5, 4.5, 3.3], idlh: 3 },
  'carbon-disulphide': { aegl1: [17, 17, 13, 8.4, 6.7], aegl2: [200, 200, 160, 100, 50], aegl3: [600, 600, 480, 300, 150], idlh: 500 },
  formaldehyde: { aegl1: same(0.9), aegl2: same(14), aegl3: [100, 70, 56, 35, 35], idlh: 20 },
  'methyl-isocyanate': { aegl1: null, aegl2: [0.4, 0.13, 0.067, 0.017, 0.008], aegl3: [1.2, 0.4, 0.2, 0.05, 0.025], idlh: 3 },
  'nitrogen-dioxide': { aegl1: same(0.5), aegl2: [20, 15, 12, 8.2, 6.7], aegl3: [34, 25, 20, 14, 11], idlh: 13 },
  phosphine: { aegl1: null, aegl2: [4, 4, 2, 0.5, 0.25], aegl3: [7.2, 7.2, 3.6, 0.9, 0.45], idlh: 50 },
};

/** What detectors and files ask of substances that stand above without being dispersed: CAS, kg/mol, flammable limits as volume fractions (CAMEO). */
export const otherSubstances: Readonly<Record<string, { readonly cas: string; readonly molarMass: number; readonly limits: readonly [number, number] | null }>> = {
  phosgene: { cas: '75-44-5', molarMass: 0.09892, limits: null },
  'hydrogen-cyanide': { cas: '74-90-8', molarMass: 0.02703, limits: [0.056, 0.4] },
  toluene: { cas: '108-88-3', molarMass: 0.09214, limits: [0.0127, 0.07] },
  'vinyl-chloride': { cas: '75-01-4', molarMass: 0.0625, limits: [0.036, 0.33] },
  acrolein: { cas: '107-02-8', molarMass: 0.05606, limits: [0.028, 0.31] },
  bromine: { cas: '7726-95-6', molarMass: 0.15981, limits: null },
  'carbon-disulphide': { cas: '75-15-0', molarMass: 0.07614, limits: [0.013, 0.5] },
  formaldehyde: { cas: '50-00-0', molarMass: 0.03003, limits: [0.07, 0.73] },
  'methyl-isocyanate': { cas: '624-83-9', molarMass: 0.05705, limits: [0.053, 0.26] },
  'nitrogen-dioxide': { cas: '10102-44-0', molarMass: 0.04601, limits: null },
};

/** AEGL of a tier for an exposure in minutes: between the tabulated durations log–log, outside them the nearest one. ppm, or null. */
export const aegl = (substance: string, tier: 1 | 2 | 3, minutes: number): number | null => {
  const entry = toxicEndpoints[substance];
  const values = entry === undefined ? null : [entry.aegl1, entry.aegl2, entry.aegl3][tier - 1] ?? null;
  if (values === null) return null;
  if (minutes <= aeglMinutes[0]) return values[0] ?? null;
  for (let i = 1; i < aeglMinutes.length; i += 1) {
    const upper = aeglMinutes[i]!;
    if (minutes > upper) continue;
    const [low, high] = [values[i - 1] ?? null, values[i] ?? null];
    if (low === null || high === null || minutes === upper) return high;
    const lower = aeglMinutes[i - 1]!;
    return low * (high / low) ** (Math.log(minutes / lower) / Math.log(upper / lower));
  }
  return values.at(-1) ?? null;
};
