/** One outcome: how often it comes, per year, and how many people it kills where they are. */
export type OutcomeRisk = { readonly perYear: number; readonly deaths: number };
export type SocietalCurve = { readonly curve: readonly { readonly deaths: number; readonly perYear: number }[]; /** Deaths to be expected per year. */ readonly pll: number };

const STEPS_PER_DECADE = 8;

/**
 * F–N: for whole numbers of deaths, about eight a decade, the frequency of outcomes that kill as many or more (per year); from one death to the greatest number that
 * occurs. PLL = Σ frequency × deaths, outcomes of less than one death included.
 */
export const societalCurve = (outcomes: readonly OutcomeRisk[]): SocietalCurve => {
  const sorted = outcomes.filter(({ perYear, deaths }) => perYear > 0 && deaths > 0).toSorted((a, b) => b.deaths - a.deaths);
  const pll = sorted.reduce((sum, { perYear, deaths }) => sum + perYear * deaths, 0);
  const most = Math.floor(sorted[0]?.deaths ?? 0);
  const numbers: number[] = [];
  for (let step = 0; most >= 1; step += 1) {
    const deaths = Math.min(most, Math.round(10 ** (step / STEPS_PER_DECADE)));
    if (numbers.at(-1) !== deaths) numbers.push(deaths);
    if (deaths === most) break;
  }
  const curve = numbers.map((deaths) => ({ deaths, perYear: sorted.reduce((sum, each) => (each.deaths >= deaths ? sum + each.perYear : sum), 0) }));
  return { curve, pll };
};
