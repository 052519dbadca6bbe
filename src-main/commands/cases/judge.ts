import { bare, type ReferenceCase, type Tolerance } from './caseAdapter.ts';

/** First difference between what was expected and what came, as a sentence; null when all is within tolerance. */
export const difference = (expected: unknown, got: unknown, tolerance: Tolerance, path = 'expected'): string | null => {
  const [want, have] = [bare(expected), bare(got)];
  if (Array.isArray(want)) {
    if (!Array.isArray(have) || have.length !== want.length) return `${path}: ${want.length} values expected`;
    return first(want.map((each, index) => difference(each, have[index], tolerance, `${path}[${index}]`)));
  }
  if (typeof want === 'number') return numberDifference(want, have, tolerance, path);
  if (typeof want === 'object' && want !== null) {
    if (typeof have !== 'object' || have === null) return `${path} was not computed`;
    const given = have as Readonly<Record<string, unknown>>;
    return first(Object.entries(want).map(([key, value]) => (key in given ? difference(value, given[key], tolerance, `${path}.${key}`) : null)));
  }
  return want === have ? null : `${path}: expected ${String(want)}, got ${String(have)}`;
};

const numberDifference = (want: number, have: unknown, tolerance: Tolerance, path: string): string | null => {
  const sentence = `${path}: expected ${want}, got ${typeof have === 'number' ? Number(have.toPrecision(5)) : String(have)}`;
  if (typeof have !== 'number' || !Number.isFinite(have)) return sentence;
  switch (tolerance.kind) {
    case 'exact': return Math.abs(have - want) <= 1e-9 * Math.max(1, Math.abs(want)) ? null : sentence;
    case 'abs': return Math.abs(have - want) <= tolerance.value ? null : `${sentence} (±${tolerance.value})`;
    case 'rel': return Math.abs(have - want) <= Math.max(tolerance.value * Math.abs(want), rounding(want)) ? null : `${sentence} (±${100 * tolerance.value} %)`;
    case 'factor': return have >= want / tolerance.value && have <= want * tolerance.value ? null : `${sentence} (factor ${tolerance.value})`;
    case 'range': return sentence;
  }
};

/** Half of the last printed digit of a value that is printed to four figures or more: no calculation can be held nearer than it is printed. */
const rounding = (printed: number): number => {
  const [, decimals = ''] = String(printed).split('.');
  const figures = String(printed).replace(/^-?0?\.?0*/, '').replace('.', '').length;
  return decimals === '' || figures < 4 ? 0 : 0.5 * 10 ** -decimals.length;
};

const first = (found: readonly (string | null)[]): string | null => {
  const misses = found.filter((each) => each !== null);
  return misses.length === 0 ? null : misses.length === 1 ? misses[0]! : `${misses[0]!}; and ${misses.length - 1} more`;
};

/** Keys of `expected` that the engine gave nothing for. */
export const notJudged = (expected: unknown, got: unknown): readonly string[] => {
  if (typeof expected !== 'object' || expected === null || typeof got !== 'object' || got === null) return [];
  return Object.keys(expected).filter((key) => !(key in got));
};

/** The tolerance of a case as a number to compare with; orderings and unknown values have none. */
export const toleranceOf = (reference: ReferenceCase): Tolerance | null => {
  const { kind, value } = reference.tolerance;
  if (kind === 'exact') return { kind, value: 0 };
  if (kind === 'order' || kind === 'range' || typeof value !== 'number') return null;
  return { kind, value };
};
