/**
 * Lethality of inhaled gas: Pr = a + b ln(Cⁿ t), C in mg/m³, t in minutes.
 * Source: CPR 18E (Purple Book, 2005) table 5.2; the same constants stand in the RIVM Bevi manual and in AQ/T 3046-2013. Benzene is in neither: −109.78 + 5.3 ln(C² t) in ppm
 * (Perry & Articola 1980, as in Crowl & Louvar table 2-5), here in mg/m³ at 293 K. No probit of methanol or gasoline has been published.
 */
export type ToxicProbit = { readonly a: number; readonly b: number; readonly n: number };

export const toxicProbits: Readonly<Record<string, ToxicProbit>> = {
  acrolein: { a: -4.1, b: 1, n: 1 },
  acrylonitrile: { a: -8.6, b: 1, n: 1.3 },
  ammonia: { a: -15.6, b: 1, n: 2 },
  benzene: { a: -109.78 - 10.6 * Math.log(78.11 / 24.06), b: 5.3, n: 2 },
  bromine: { a: -12.4, b: 1, n: 2 },
  'carbon-monoxide': { a: -7.4, b: 1, n: 1 },
  chlorine: { a: -6.35, b: 0.5, n: 2.75 },
  'ethylene-oxide': { a: -6.8, b: 1, n: 1 },
  'hydrogen-chloride': { a: -37.3, b: 3.69, n: 1 },
  'hydrogen-cyanide': { a: -9.8, b: 1, n: 2.4 },
  'hydrogen-fluoride': { a: -8.4, b: 1, n: 1.5 },
  'hydrogen-sulphide': { a: -11.5, b: 1, n: 1.9 },
  'methyl-isocyanate': { a: -1.2, b: 1, n: 0.7 },
  'nitrogen-dioxide': { a: -18.6, b: 1, n: 3.7 },
  phosgene: { a: -10.6, b: 2, n: 1 },
  phosphine: { a: -6.8, b: 1, n: 2 },
  'sulphur-dioxide': { a: -19.2, b: 1, n: 2.4 },
};
