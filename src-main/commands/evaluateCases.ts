/**
 * `npm run -s evaluate:cases -- FILE… --json`: the engines on reference cases. A case that no engine can express is unsupported, never passed.
 * Exit 0 when nothing failed, 1 when a case did, 2 when the arguments or a file cannot be read.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { trialStatistics, type TrialPair } from '../modules/consequence/index.ts';
import { adapters } from './cases/adapters.ts';
import { MissingInput, ReferenceCase, unsupported, type Evaluation } from './cases/caseAdapter.ts';
import { compare, toleranceOf } from './cases/judge.ts';

const stop = (sentence: string): never => {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
};

const readArguments = (): { readonly files: readonly string[]; readonly json: boolean } => {
  try {
    const { values, positionals } = parseArgs({ options: { json: { type: 'boolean', default: false } }, allowPositionals: true, strict: true });
    return positionals.length === 0 ? stop('FILE is missing: at least one file of reference cases') : { files: positionals, json: values.json };
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
};

const readCases = (file: string): readonly ReferenceCase[] => {
  try {
    return z.object({ cases: z.array(ReferenceCase) }).parse(JSON.parse(readFileSync(file, 'utf8'))).cases;
  } catch (error) {
    return stop(`${file}: ${error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error)}`);
  }
};

type Verdict = { readonly id: string; readonly kind: string; readonly status: 'pass' | 'fail' | 'unsupported'; readonly got: unknown; readonly expected: unknown; readonly why: string };

const evaluate = async (reference: ReferenceCase): Promise<Evaluation> => {
  const adapter = adapters.find((each) => each.kinds.includes(reference.kind));
  if (adapter === undefined) return unsupported(`no engine computes cases of kind ${reference.kind}`);
  try {
    return await adapter.evaluate(reference);
  } catch (error) {
    if (error instanceof MissingInput) return unsupported(error.message);
    throw error;
  }
};

const judge = (reference: ReferenceCase, evaluation: Evaluation): Verdict => {
  const { id, kind, expected } = reference;
  if (evaluation.status === 'unsupported') return { id, kind, status: 'unsupported', got: null, expected, why: evaluation.why };
  const { got, why = '' } = evaluation;
  const judged = evaluation.expected ?? expected;
  const tolerance = evaluation.tolerance ?? toleranceOf(reference);
  if (tolerance === null) return { id, kind, status: 'unsupported', got, expected, why: `the tolerance ${reference.tolerance.kind} of this case is not one that numbers can be held against` };
  const { misses, missing, judged: count } = compare(judged, got, tolerance);
  if (count === 0 || (missing.length > 0 && misses.length === 0)) return { id, kind, status: 'unsupported', got, expected, why: `not computed: ${missing.join(', ')}` };
  const outside = misses.length > 1 ? `${misses[0]!}; and ${misses.length - 1} more` : (misses[0] ?? '');
  return { id, kind, status: misses.length === 0 ? 'pass' : 'fail', got, expected: judged, why: [outside, why].filter((each) => each !== '').join('; ') };
};

const { files, json } = readArguments();
const verdicts: Verdict[] = [];
const pairs: TrialPair[] = [];
for (const reference of files.flatMap(readCases)) {
  const evaluation = await evaluate(reference);
  verdicts.push(judge(reference, evaluation));
  if (evaluation.status === 'evaluated') pairs.push(...(evaluation.pairs ?? []));
}
const count = (status: Verdict['status']): number => verdicts.filter((verdict) => verdict.status === status).length;
const [passed, failed, unsupportedCount] = [count('pass'), count('fail'), count('unsupported')];
const statistics = pairs.length === 0 ? null : trialStatistics(pairs);
if (json) process.stdout.write(`${JSON.stringify({ cases: verdicts, passed, failed, unsupported: unsupportedCount, statistics })}\n`);
else {
  for (const { id, status, why } of verdicts) process.stderr.write(`${status.padEnd(11)} ${id}${why === '' ? '' : `  ${why}`}\n`);
  process.stderr.write(`${passed} passed, ${failed} failed, ${unsupportedCount} unsupported\n${statistics === null ? '' : `field trials: ${JSON.stringify(statistics)}\n`}`);
}
process.exitCode = failed > 0 ? 1 : 0;
