import { invertLeak, syntheticLeak } from '../src-main/modules/consequence/index.ts';
import { unwrap } from '../src-shared/kernel/index.ts';

/** Prints the table of docs/validation/consequence.md: `node bench/leakTrials.ts`. */
const wanted = 40;
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

for (const [least, most, withCandidates, substance] of [[8, 99, false, 'ammonia'], [8, 99, true, 'ammonia'], [3, 99, false, 'ammonia'], [3, 99, true, 'ammonia'], [1, 3, true, 'ammonia'], [4, 99, false, 'chlorine']] as const) {
  const found = [];
  for (let seed = 1; found.length < wanted && seed < 600; seed += 1) {
    const leak = syntheticLeak(seed, { substance, rate: [0.05, 2], detectors: 80 });
    if (leak.seeing < least || leak.seeing > most) continue;
    const estimate = unwrap(invertLeak({ substance, detectors: leak.detectors, weather: leak.weather, ...(withCandidates ? { candidates: leak.candidates } : {}) }));
    found.push({
      distance: Math.hypot(estimate.x - leak.truth.x, estimate.y - leak.truth.y), factor: Math.exp(Math.abs(Math.log(estimate.rateKgS / leak.truth.rateKgS))),
      covered: leak.truth.rateKgS >= estimate.p10 && leak.truth.rateKgS <= estimate.p90 ? 1 : 0,
    });
  }
  const share = found.reduce((sum, each) => sum + each.covered, 0) / found.length;
  console.log(`| ${substance}, ${least} to ${most} | ${withCandidates ? 'yes' : 'no'} | ${median(found.map((each) => each.distance)).toFixed(1)} m | ${median(found.map((each) => each.factor)).toFixed(2)} | ${(100 * share).toFixed(0)} % of ${found.length} |`);
}
