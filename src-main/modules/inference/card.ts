import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ok, refuse, type Result } from '../../../src-shared/kernel/index.ts';
import type { AnomalyModel } from './model/anomaly.ts';
import { featureCount } from './model/features.ts';

/** What every model's card tells: what it is for, which file it is, what it was trained on and how well it did. */
const common = {
  id: z.string().min(1),
  version: z.string().min(1),
  file: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  purpose: z.object({ zh: z.string(), en: z.string() }),
  training: z.record(z.string(), z.number()),
  metrics: z.record(z.string(), z.number()),
};

/** A remaining-useful-life model: an ONNX graph. */
export const RulCard = z.object({
  ...common,
  kind: z.literal('rul'),
  input: z.object({ name: z.string(), shape: z.tuple([z.literal('batch'), z.int().positive(), z.int().positive()]) }),
  output: z.object({ name: z.string(), columns: z.tuple([z.literal('p10'), z.literal('p50'), z.literal('p90'), z.literal('mean')]), unit: z.literal('step') }),
  capSteps: z.number().positive(),
  stepDays: z.number().positive(),
  features: z.object({
    sensors: z.array(z.string()).min(1),
    window: z.int().positive(),
    emaAlpha: z.number().positive().max(1),
    baseline: z.int().positive(),
    ageScale: z.number().positive().nullable(),
    conditions: z.object({ setting: z.string().nullable(), centres: z.array(z.number()).min(1) }),
    mean: z.array(z.array(z.number())).min(1),
    deviation: z.array(z.array(z.number().positive())).min(1),
  }),
  /** Deciles (nine limits) of each sensor's standardised value in training, per sensor, and of P50 as a share of the cap: what drift in service is measured against. */
  reference: z.object({ sensors: z.array(z.array(z.number()).length(9)), p50: z.array(z.number()).length(9) }).optional(),
  /** Fingerprints of the histories it was trained on, so that an evaluation leaves them out. */
  trained: z.array(z.string()).optional(),
  /** When a warning starts and ends, days of P50, chosen on out-of-fold predictions. */
  warning: z.object({ enterDays: z.number().positive(), leaveDays: z.number().positive(), hold: z.int().positive() }).optional(),
});
export type RulCard = z.infer<typeof RulCard>;

/** A process-anomaly model: its file is the precision matrix, 32-bit floats, row-major. */
export const AnomalyCard = z.object({
  ...common,
  kind: z.literal('anomaly'),
  variables: z.array(z.string()).min(2),
  /** The unit of the plant that it watches; null for a benchmark. */
  unit: z.string().nullable(),
  sampleSeconds: z.number().positive(),
  lags: z.int().positive().max(8),
  alpha: z.number().positive().max(1),
  mean: z.array(z.number()),
  deviation: z.array(z.number().positive()),
  limit: z.number().positive(),
});
export type AnomalyCard = z.infer<typeof AnomalyCard>;

const Card = z.discriminatedUnion('kind', [RulCard, AnomalyCard]);
export type Card = z.infer<typeof Card>;

/** A card and the bytes of its model, the two proved to belong together. */
export type CheckedModel<Kind extends Card = Card> = { readonly card: Kind; readonly bytes: Uint8Array };

export const isRul = (checked: CheckedModel): checked is CheckedModel<RulCard> => checked.card.kind === 'rul';

/** As `readModel`, and refuses a model of another kind. */
export const readRulModel = (cardFile: string): Result<CheckedModel<RulCard>> => {
  const checked = readModel(cardFile);
  if (!checked.ok) return checked;
  return isRul(checked.value) ? ok(checked.value) : refuse('WrongKind', { zh: `${checked.value.card.id} 不是寿命模型`, en: `${checked.value.card.id} is no remaining-life model` }, 'kind');
};

/** Reads an anomaly model ready to run; refuses as `readModel`, and a matrix of another size than the card's. */
export const readAnomalyModel = (cardFile: string): Result<{ readonly card: AnomalyCard; readonly model: AnomalyModel }> => {
  const checked = readModel(cardFile);
  if (!checked.ok) return checked;
  const { card, bytes } = checked.value;
  if (card.kind !== 'anomaly') return refuse('WrongKind', { zh: `${card.id} 不是异常检测模型`, en: `${card.id} is no anomaly model` }, 'kind');
  const { variables, lags, alpha, mean, deviation, limit } = card;
  return ok({ card, model: { variables, lags, alpha, mean, deviation, limit, precision: new Float32Array(new Uint8Array(bytes).buffer) } });
};

/** Reads a card and its model; refuses a card with a wrong field, a missing file, a hash or a shape that does not fit. */
export const readModel = (cardFile: string): Result<CheckedModel> => {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(cardFile, 'utf8'));
  } catch (error) {
    return refuse('UnreadableCard', { zh: `模型卡无法读取:${cardFile}`, en: `The model card cannot be read: ${cardFile} (${String(error)})` });
  }
  const parsed = Card.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse('BadCard', { zh: `模型卡字段有误:${issue?.path.join('.')}`, en: `${cardFile}: ${issue?.path.join('.')}: ${issue?.message}` }, issue?.path.join('.'));
  }
  const card = parsed.data;
  if (card.kind === 'rul') {
    const width = featureCount(card.features);
    if (card.input.shape[1] !== card.features.window || card.input.shape[2] !== width) {
      return refuse('WrongShape', { zh: `${card.id} 的输入形状与特征不符`, en: `${card.id}: input shape ${card.input.shape.join('×')} does not fit its features (${card.features.window}×${width})` }, 'input.shape');
    }
  } else if (card.mean.length !== card.variables.length || card.deviation.length !== card.variables.length) {
    return refuse('WrongShape', { zh: `${card.id} 的均值或偏差与变量数不符`, en: `${card.id}: mean or deviation does not have ${card.variables.length} entries` }, 'mean');
  }
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(join(dirname(cardFile), card.file));
  } catch (error) {
    return refuse('NoModel', { zh: `${card.id} 的模型文件缺失`, en: `${card.id}: its file ${card.file} cannot be read (${String(error)})` }, 'file');
  }
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash !== card.sha256) return refuse('WrongHash', { zh: `${card.id} 的哈希与模型卡不符,已拒绝加载`, en: `${card.id}: the file's hash is not the card's; refused` }, 'sha256');
  if (card.kind === 'anomaly' && bytes.length !== 4 * (card.variables.length * card.lags) ** 2) return refuse('WrongShape', { zh: `${card.id} 的矩阵大小与模型卡不符`, en: `${card.id}: ${bytes.length} bytes are no matrix of ${card.variables.length * card.lags}²` }, 'file');
  return ok({ card, bytes });
};
