import { bare, type ReferenceCase, type Tolerance } from './caseAdapter.ts';

/** What a comparison found: sentences of what lies outside, paths of what was expected and not computed, and how many values were held against each other. */
export type Comparison = { readonly misses: readonly string[]; readonly missing: readonly string[]; readonly judged: number };

/** Compares what came with what was expected, value by value, down to the leaves. */
export const compare = (expected: unknown, got: unknown, tolerance: Tolerance, path = 'expected'): Comparison => {
  const [want, have] = [bare(expected), bare(got)];
  if (have === undefined) return { misses: [], missing: [path], judged: 0 };
  if (Array.isArray(want)) {
    if (!Array.isArray(have) || have.length !== want.length) return { misses: [`${path}: ${want.length} values expected`], missing: [], judged: 1 };
    return together(want.map((each, index) => compare(each, have[index], tolerance, `${path}[${index}]`)));
  }
  if (typeof want === 'object' && want !== null) {
    const given = typeof have === 'object' && have !== null ? (have as Readonly<Record<string, unknown>>) : {};
    // `air_temperature_K` and the like stand among the expected values as conditions of theirs, not as values.
    return together(Object.entries(want).filter(([key]) => !['unit', 'height', 'note', 'origin', 'cas_note', 'air_temperature_K'].includes(key)).map(([key, value]) => compare(value, given[key], tolerance, `${path}.${key}`)));
  }
  const miss = typeof want === 'number' ? numberDifference(want, have, tolerance, path) : want === have ? null : `${path}: expected ${String(want)}, got ${JSON.stringify(have)}`;
  return { misses: miss === null ? [] : [miss], missing: [], judged: 1 };
};

const together = (parts: readonly Comparison[]): Comparison => ({
  misses: parts.flatMap((part) => part.misses), missing: parts.flatMap((part) => part.missing), judged: parts.reduce((sum, part) => sum + part.judged, 0),
});

/** The misses of a comparison as one sentence; null when there are none. */
export const difference = (expected: unknown, got: unknown, tolerance: Tolerance, path = 'expected'): string | null => {
  const { misses } = compare(expected, got, tolerance, path);
  if (misses.length === 0) return null;
  return misses.length === 1 ? misses[0]! : `${misses[0]!}; and ${misses.length - 1} more`;
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

/** The tolerance of a case as a number to compare with; orderings and unknown values have none. */
export const toleranceOf = (reference: ReferenceCase): Tolerance | null => {
  const { kind, value } = reference.tolerance;
  if (kind === 'exact') return { kind, value: 0 };
  if (kind === 'order' || kind === 'range' || typeof value !== 'number') return null;
  return { kind, value };
};
