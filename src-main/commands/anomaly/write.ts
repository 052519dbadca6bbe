import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { AnomalyCard, AnomalyModel } from '../../modules/inference/index.ts';

/** Writes an anomaly model and its card as `OUT.f32` and `OUT.json`. */
export const writeAnomaly = (out: string, model: AnomalyModel, rest: Pick<AnomalyCard, 'version' | 'purpose' | 'unit' | 'sampleSeconds' | 'training' | 'metrics'>): void => {
  const id = basename(out);
  const bytes = new Uint8Array(model.precision.buffer, model.precision.byteOffset, model.precision.byteLength);
  const { variables, lags, alpha, mean, deviation, limit } = model;
  const card: AnomalyCard = { id, kind: 'anomaly', file: `${id}.f32`, sha256: createHash('sha256').update(bytes).digest('hex'), ...rest, limits: [], variables: [...variables], lags, alpha, mean: [...mean], deviation: [...deviation], limit };
  writeFileSync(join(dirname(out), card.file), bytes);
  writeFileSync(`${out}.json`, `${JSON.stringify(card, null, 1)}\n`);
};
