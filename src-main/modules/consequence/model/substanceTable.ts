import { text } from '../../../../src-shared/kernel/index.ts';
import type { Substance } from './substance.ts';

/**
 * Pure-component data. Antoine constants, boiling and critical points: NIST Chemistry WebBook (converted to bar and K where it gives mmHg);
 * heat capacities, latent heats, densities: Perry's Chemical Engineers' Handbook 8th ed. and NIST REFPROP values rounded;
 * flammable limits: CAMEO Chemicals (NOAA); pool burning rates and kβ: SFPE Handbook / NUREG-1805 table 3-2;
 * reactivity: Zeeuwen & Wiekema's grouping used by Baker–Strehlow–Tang. substances.test.ts checks the sets against thermodynamics.
 */
const source = 'NIST WebBook; Perry 8th ed.; CAMEO Chemicals; NUREG-1805 table 3-2';

const propane = {
  molarMass: 0.044096, boilingPoint: 231.04, criticalTemperature: 369.83, antoine: [3.98292, 819.296, -24.417],
  latentHeat: 4.256e5, liquidHeatCapacity: 2220, gasHeatCapacity: 1670, liquidDensity: 580.9, gamma: 1.13,
  fire: { lower: 0.021, upper: 0.095, heatOfCombustion: 46.35e6, stoichiometric: 0.0402, reactivity: 'medium', pool: { burningRate: 0.099, kBeta: 1.4 } },
} as const;

export const substanceTable: readonly Substance[] = [
  {
    id: 'ammonia', name: text('氨', 'ammonia'), cas: '7664-41-7', molarMass: 0.017031, boilingPoint: 239.82, criticalTemperature: 405.4,
    antoine: [4.86886, 1113.928, -10.409], latentHeat: 1.371e6, liquidHeatCapacity: 4480, gasHeatCapacity: 2130, liquidDensity: 682, gamma: 1.31,
    fire: { lower: 0.15, upper: 0.28, heatOfCombustion: 18.6e6, stoichiometric: 0.2187, reactivity: 'low' }, source,
  },
  {
    id: 'chlorine', name: text('氯', 'chlorine'), cas: '7782-50-5', molarMass: 0.070906, boilingPoint: 239.11, criticalTemperature: 417.0,
    antoine: [4.06284, 861.34, -26.82], latentHeat: 2.878e5, liquidHeatCapacity: 946, gasHeatCapacity: 478, liquidDensity: 1562, gamma: 1.33, source,
  },
  {
    id: 'hydrogen-sulphide', name: text('硫化氢', 'hydrogen sulphide'), cas: '7783-06-4', molarMass: 0.034081, boilingPoint: 212.87, criticalTemperature: 373.1,
    antoine: [4.52887, 958.587, -0.539], latentHeat: 5.48e5, liquidHeatCapacity: 1990, gasHeatCapacity: 1005, liquidDensity: 949, gamma: 1.32,
    fire: { lower: 0.04, upper: 0.44, heatOfCombustion: 15.2e6, stoichiometric: 0.1228, reactivity: 'medium' }, source,
  },
  {
    id: 'methane', name: text('甲烷（LNG）', 'methane (LNG)'), cas: '74-82-8', molarMass: 0.016043, boilingPoint: 111.66, criticalTemperature: 190.56,
    antoine: [3.9895, 443.028, -0.49], latentHeat: 5.108e5, liquidHeatCapacity: 3480, gasHeatCapacity: 2230, liquidDensity: 422.4, gamma: 1.306,
    fire: { lower: 0.05, upper: 0.15, heatOfCombustion: 50.0e6, stoichiometric: 0.0948, reactivity: 'low', pool: { burningRate: 0.078, kBeta: 1.1 } }, source,
  },
  { id: 'propane', name: text('丙烷', 'propane'), cas: '74-98-6', ...propane, source },
  {
    id: 'butane', name: text('正丁烷', 'n-butane'), cas: '106-97-8', molarMass: 0.058122, boilingPoint: 272.66, criticalTemperature: 425.12,
    antoine: [4.35576, 1175.581, -2.071], latentHeat: 3.856e5, liquidHeatCapacity: 2290, gasHeatCapacity: 1690, liquidDensity: 601.3, gamma: 1.094,
    fire: { lower: 0.019, upper: 0.085, heatOfCombustion: 45.7e6, stoichiometric: 0.0312, reactivity: 'medium', pool: { burningRate: 0.078, kBeta: 2.7 } }, source,
  },
  // Commercial LPG varies; propane is its volatile and therefore conservative end.
  { id: 'lpg', name: text('液化石油气', 'LPG (as propane)'), cas: '68476-85-7', ...propane, source },
  {
    id: 'hydrogen', name: text('氢', 'hydrogen'), cas: '1333-74-0', molarMass: 0.002016, boilingPoint: 20.37, criticalTemperature: 33.15,
    antoine: [3.54314, 99.395, 7.726], latentHeat: 4.46e5, liquidHeatCapacity: 9700, gasHeatCapacity: 14300, liquidDensity: 70.8, gamma: 1.405,
    fire: { lower: 0.04, upper: 0.75, heatOfCombustion: 119.96e6, stoichiometric: 0.2953, reactivity: 'high' }, source,
  },
  {
    id: 'benzene', name: text('苯', 'benzene'), cas: '71-43-2', molarMass: 0.078112, boilingPoint: 353.24, criticalTemperature: 562.05,
    antoine: [4.01814, 1203.835, -53.226], latentHeat: 3.938e5, liquidHeatCapacity: 1740, gasHeatCapacity: 1060, liquidDensity: 873.6, gamma: 1.112,
    fire: { lower: 0.012, upper: 0.08, heatOfCombustion: 40.1e6, stoichiometric: 0.0272, reactivity: 'medium', pool: { burningRate: 0.085, kBeta: 2.7 } }, source,
  },
  {
    id: 'methanol', name: text('甲醇', 'methanol'), cas: '67-56-1', molarMass: 0.032042, boilingPoint: 337.7, criticalTemperature: 512.6,
    antoine: [5.20409, 1581.341, -33.5], latentHeat: 1.1e6, liquidHeatCapacity: 2530, gasHeatCapacity: 1370, liquidDensity: 786.5, gamma: 1.23,
    fire: { lower: 0.0718, upper: 0.365, heatOfCombustion: 19.9e6, stoichiometric: 0.1224, reactivity: 'medium', pool: { burningRate: 0.017, kBeta: 100 } }, source,
  },
  // Vapour of gasoline behaves as n-hexane; density, limits and burning are those of motor gasoline.
  {
    id: 'gasoline', name: text('汽油', 'gasoline'), cas: '8006-61-9', molarMass: 0.086175, boilingPoint: 341.88, criticalTemperature: 507.6,
    antoine: [4.00266, 1171.53, -48.784], latentHeat: 3.35e5, liquidHeatCapacity: 2270, gasHeatCapacity: 1660, liquidDensity: 740, gamma: 1.062,
    fire: { lower: 0.014, upper: 0.074, heatOfCombustion: 43.7e6, stoichiometric: 0.0216, reactivity: 'medium', pool: { burningRate: 0.055, kBeta: 2.1 } }, source,
  },
  {
    id: 'sulphur-dioxide', name: text('二氧化硫', 'sulphur dioxide'), cas: '7446-09-5', molarMass: 0.064064, boilingPoint: 263.13, criticalTemperature: 430.64,
    antoine: [4.37798, 966.575, -42.071], latentHeat: 3.89e5, liquidHeatCapacity: 1360, gasHeatCapacity: 622, liquidDensity: 1460, gamma: 1.26, source,
  },
  {
    id: 'hydrogen-fluoride', name: text('氟化氢', 'hydrogen fluoride'), cas: '7664-39-3', molarMass: 0.020006, boilingPoint: 292.7, criticalTemperature: 461,
    antoine: [4.80592, 1475.6, 14.73], latentHeat: 3.74e5, liquidHeatCapacity: 2530, gasHeatCapacity: 1457, liquidDensity: 987, gamma: 1.4, source,
    // Six to a ring, 40 kcal/mol: Simons & Hildebrand 1924 (J. Am. Chem. Soc. 46:2183), log10 K = 8735/T − 43.145 in mmHg.
    association: { order: 6, a: 8735, b: -43.145 - 5 * Math.log10(133.322), heat: 167_400 / (6 * 0.020006) },
  },
  {
    id: 'hydrogen-chloride', name: text('氯化氢', 'hydrogen chloride'), cas: '7647-01-0', molarMass: 0.036461, boilingPoint: 188.1, criticalTemperature: 324.7,
    antoine: [4.2949, 745.78, -14.497], latentHeat: 4.43e5, liquidHeatCapacity: 1700, gasHeatCapacity: 799, liquidDensity: 1190, gamma: 1.4, source,
  },
  {
    id: 'ethylene', name: text('乙烯', 'ethylene'), cas: '74-85-1', molarMass: 0.028054, boilingPoint: 169.4, criticalTemperature: 282.3,
    antoine: [3.87261, 584.146, -18.307], latentHeat: 4.83e5, liquidHeatCapacity: 2400, gasHeatCapacity: 1530, liquidDensity: 568, gamma: 1.24,
    fire: { lower: 0.027, upper: 0.36, heatOfCombustion: 47.2e6, stoichiometric: 0.0653, reactivity: 'high' }, source,
  },
  {
    id: 'ethylene-oxide', name: text('环氧乙烷', 'ethylene oxide'), cas: '75-21-8', molarMass: 0.044053, boilingPoint: 283.6, criticalTemperature: 469.2,
    antoine: [5.84696, 2022.83, 62.656], latentHeat: 5.8e5, liquidHeatCapacity: 1970, gasHeatCapacity: 1090, liquidDensity: 882, gamma: 1.21,
    fire: { lower: 0.03, upper: 1, heatOfCombustion: 27.7e6, stoichiometric: 0.0773, reactivity: 'high' }, source,
  },
  {
    id: 'carbon-monoxide', name: text('一氧化碳', 'carbon monoxide'), cas: '630-08-0', molarMass: 0.02801, boilingPoint: 81.6, criticalTemperature: 132.9,
    antoine: [3.36515, 230.272, -13.15], latentHeat: 2.15e5, liquidHeatCapacity: 2160, gasHeatCapacity: 1040, liquidDensity: 789, gamma: 1.4,
    fire: { lower: 0.12, upper: 0.75, heatOfCombustion: 10.1e6, stoichiometric: 0.2953, reactivity: 'low' }, source,
  },
];
