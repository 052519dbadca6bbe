/** Large-pool burning rate kg/(m² s), effective heat of combustion J/kg, kβ 1/m: NUREG-1805 table 3-2 (after Babrauskas, SFPE Handbook). */
export type PoolFuel = { readonly burningRate: number; readonly heatOfCombustion: number; readonly kBeta: number };

export const poolFuels: Readonly<Record<string, PoolFuel>> = {
  methanol: { burningRate: 0.017, heatOfCombustion: 20.0e6, kBeta: 100 },
  ethanol: { burningRate: 0.015, heatOfCombustion: 26.8e6, kBeta: 100 },
  butane: { burningRate: 0.078, heatOfCombustion: 45.7e6, kBeta: 2.7 },
  benzene: { burningRate: 0.085, heatOfCombustion: 40.1e6, kBeta: 2.7 },
  hexane: { burningRate: 0.074, heatOfCombustion: 44.7e6, kBeta: 1.9 },
  heptane: { burningRate: 0.101, heatOfCombustion: 44.6e6, kBeta: 1.1 },
  xylene: { burningRate: 0.09, heatOfCombustion: 40.8e6, kBeta: 1.4 },
  acetone: { burningRate: 0.041, heatOfCombustion: 25.8e6, kBeta: 1.9 },
  dioxane: { burningRate: 0.018, heatOfCombustion: 26.2e6, kBeta: 5.4 },
  'diethyl-ether': { burningRate: 0.085, heatOfCombustion: 34.2e6, kBeta: 0.7 },
  benzine: { burningRate: 0.048, heatOfCombustion: 44.7e6, kBeta: 3.6 },
  gasoline: { burningRate: 0.055, heatOfCombustion: 43.7e6, kBeta: 2.1 },
  kerosene: { burningRate: 0.039, heatOfCombustion: 43.2e6, kBeta: 3.5 },
  diesel: { burningRate: 0.045, heatOfCombustion: 44.4e6, kBeta: 2.1 },
  'jp-4': { burningRate: 0.051, heatOfCombustion: 43.5e6, kBeta: 3.6 },
  'jp-5': { burningRate: 0.054, heatOfCombustion: 43.0e6, kBeta: 1.6 },
  'transformer-oil': { burningRate: 0.039, heatOfCombustion: 46.0e6, kBeta: 0.7 },
  'fuel-oil': { burningRate: 0.035, heatOfCombustion: 39.7e6, kBeta: 1.7 },
  'crude-oil': { burningRate: 0.0335, heatOfCombustion: 42.6e6, kBeta: 2.8 },
  'lube-oil': { burningRate: 0.039, heatOfCombustion: 46.0e6, kBeta: 0.7 },
  lng: { burningRate: 0.078, heatOfCombustion: 50.0e6, kBeta: 1.1 },
  lpg: { burningRate: 0.099, heatOfCombustion: 46.0e6, kBeta: 1.4 },
};
