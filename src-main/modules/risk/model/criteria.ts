/**
 * Acceptable individual risk, per year: announcement 13 of 2014 of the State Administration of Work Safety (危险化学品生产、储存装置个人可接受风险标准和社会可接受风险标准), kept by
 * GB 36894-2018 table 1 (its first, second and third class of protected objects), for new installations and those in service.
 */
export const individualRiskCriteria = {
  /** Schools, hospitals, important places, crowds of 100 and more. */
  sensitive: { new: 3e-7, existing: 3e-6 },
  /** Homes and public places, 30 to 99 people. */
  residential: { new: 3e-6, existing: 1e-5 },
  /** Fewer than 30 people. */
  sparse: { new: 1e-5, existing: 3e-5 },
} as const;

/** The two lines of societal risk of the same announcement and of GB 36894-2018 figure 1: F = `at1` / N, up to a thousand deaths; more is never acceptable. */
export const societalCriteria = { unacceptable: { at1: 1e-3 }, acceptable: { at1: 1e-5 }, mostDeaths: 1_000 } as const;

export type SocietalRegion = 'acceptable' | 'alarp' | 'unacceptable';

/** The worst region that a curve of cumulative frequencies touches. */
export const societalRegion = (curve: readonly { readonly deaths: number; readonly perYear: number }[]): SocietalRegion => {
  const touches = (line: { readonly at1: number }): boolean => curve.some(({ deaths, perYear }) => perYear > 0 && (deaths > societalCriteria.mostDeaths || perYear > line.at1 / Math.max(1, deaths)));
  return touches(societalCriteria.unacceptable) ? 'unacceptable' : touches(societalCriteria.acceptable) ? 'alarp' : 'acceptable';
};
