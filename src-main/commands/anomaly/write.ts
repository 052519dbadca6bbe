import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { decilesOf, STRETCH_SECONDS, type AnomalyCard, type FittedAnomaly } from '../../modules/inference/index.ts';

type Rest = Pick<AnomalyCard, 'version' | 'purpose' | 'unit' | 'sampleSeconds' | 'training' | 'metrics' | 'limits'> & {
  /** What it was fitted on: [run][variable][sample]. */
  readonly runs: readonly (readonly Float64Array[])[];
};

/** Writes an anomaly model and its card as `OUT.f32` and `OUT.json`; the reference for drift are the runs it was fitted on and its distances on what the fits did not see. */
export const writeAnomaly = (out: string, { model, held }: FittedAnomaly, { runs, ...rest }: Rest): void => {
  const id = basename(out);
  const bytes = new Uint8Array(model.precision.buffer, model.precision.byteOffset, model.precision.byteLength);
  const { variables, lags, alpha, mean, deviation, limit } = model;
  const stretches = runs.map((run) => Math.max(1, Math.floor(((run[0]?.length ?? 0) * rest.sampleSeconds) / STRETCH_SECONDS)));
  const reference = {
    inputs: variables.map((_name, variable) => decilesOf(runs.flatMap((run) => [...run[variable]!]))),
    output: decilesOf(held.map((distance) => distance / limit)),
    draws: stretches.reduce((sum, each) => sum + each, 0),
  };
  const card: AnomalyCard = { id, kind: 'anomaly', file: `${id}.f32`, sha256: createHash('sha256').update(bytes).digest('hex'), ...rest, reference, variables: [...variables], lags, alpha, mean: [...mean], deviation: [...deviation], limit };
  writeFileSync(join(dirname(out), card.file), bytes);
  writeFileSync(`${out}.json`, `${JSON.stringify(card, null, 1)}\n`);
};
