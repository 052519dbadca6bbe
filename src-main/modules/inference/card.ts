import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ok, refuse, type Result } from '../../../src-shared/kernel/index.ts';
import type { AnomalyModel } from './model/anomaly.ts';
import { featureCount } from './model/features.ts';
import { VISION_CLASSES } from './model/vision/detect.ts';
import { PICTURE_MEASURES } from './model/vision/measures.ts';

const Words = z.object({ zh: z.string(), en: z.string() });
const Deciles = z.array(z.number()).length(9);

/** What every model's card tells: what it is for, which file it is, what it was trained on and how well it did. */
const common = {
  id: z.string().min(1),
  version: z.string().min(1),
  file: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  purpose: z.object({ zh: z.string(), en: z.string() }),
  training: z.record(z.string(), z.number()),
  metrics: z.record(z.string(), z.number()),
  /** Where it misses its goal and what it cannot do. */
  limits: z.array(Words).default([]),
  /**
   * What drift in service is measured against: deciles (nine limits) of each input and of the answer on what it was trained on, and the number of independent draws behind them (machines, runs, sources of pictures).
   * Remaining life: standardised sensors, P50 as a share of the cap. Anomaly: variables, distance over the limit. Vision: measures of the picture, the strongest score on it.
   */
  reference: z.object({ inputs: z.array(Deciles), output: Deciles, draws: z.int().positive() }).optional(),
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

const Share = z.number().min(0).max(1);

/** A detector on pictures: an ONNX graph from the letterboxed picture (RGB bytes) to scores [points, classes] and corners [points, 4] in its pixels. */
export const VisionCard = z.object({
  ...common,
  kind: z.literal('vision'),
  /** [1, height, width, 3]; `fill` is the RGB colour around the picture. */
  input: z.object({ name: z.string(), shape: z.tuple([z.literal(1), z.int().positive(), z.int().positive(), z.literal(3)]), fill: z.tuple([z.int(), z.int(), z.int()]) }),
  output: z.object({ scores: z.string(), boxes: z.string(), points: z.int().positive() }),
  classes: z.array(z.enum(VISION_CLASSES)).min(1),
  /** Of two boxes of one class that overlap (IoU) by more, the weaker one goes. */
  overlap: Share,
  /** Score from which a box is believed, per class, chosen on training pictures held out. */
  thresholds: z.record(z.enum(VISION_CLASSES), Share),
  /** Heads lower than this in the net's own picture, pixels, are too small to tell a helmet by: "cannot tell". */
  smallestHead: z.number().positive(),
  /** What it was trained on, with the licence that the publisher claims. */
  sources: z.array(z.object({ name: z.string(), licence: z.string(), pictures: z.int().nonnegative() })).min(1),
});
export type VisionCard = z.infer<typeof VisionCard>;

const Card = z.discriminatedUnion('kind', [RulCard, AnomalyCard, VisionCard]);
export type Card = z.infer<typeof Card>;

/** What goes into a model, by name. */
export const inputsOf = (card: Card): readonly string[] => {
  switch (card.kind) {
    case 'rul':
      return card.features.sensors;
    case 'anomaly':
      return card.variables;
    case 'vision':
      return PICTURE_MEASURES;
  }
};

/** A card and the bytes of its model, the two proved to belong together. */
export type CheckedModel<Kind extends Card = Card> = { readonly card: Kind; readonly bytes: Uint8Array };

export const isRul = (checked: CheckedModel): checked is CheckedModel<RulCard> => checked.card.kind === 'rul';

/** As `readModel`, and refuses a model of another kind. */
export const readRulModel = (cardFile: string): Result<CheckedModel<RulCard>> => {
  const checked = readModel(cardFile);
  if (!checked.ok) return checked;
  return isRul(checked.value) ? ok(checked.value) : refuse('WrongKind', { zh: `${checked.value.card.id} 不是寿命模型`, en: `${checked.value.card.id} is no remaining-life model` }, 'kind');
};

/** As `readModel`, and refuses a model of another kind. */
export const readVisionModel = (cardFile: string): Result<CheckedModel<VisionCard>> => {
  const checked = readModel(cardFile);
  if (!checked.ok) return checked;
  const { card, bytes } = checked.value;
  return card.kind === 'vision' ? ok({ card, bytes }) : refuse('WrongKind', { zh: `${card.id} 不是图像识别模型`, en: `${card.id} is no vision model` }, 'kind');
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
  const misfit = misfitOf(card);
  if (misfit !== null) return misfit;
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

/** A refusal where the card contradicts itself. */
const misfitOf = (card: Card): ReturnType<typeof refuse<'WrongShape'>> | null => {
  const inputs = inputsOf(card).length;
  if (card.reference !== undefined && card.reference.inputs.length !== inputs) return refuse('WrongShape', { zh: `${card.id} 的漂移基准与输入数不符`, en: `${card.id}: its reference has ${card.reference.inputs.length} inputs, the model ${inputs}` }, 'reference.inputs');
  switch (card.kind) {
    case 'rul': {
      const width = featureCount(card.features);
      if (card.input.shape[1] === card.features.window && card.input.shape[2] === width) return null;
      return refuse('WrongShape', { zh: `${card.id} 的输入形状与特征不符`, en: `${card.id}: input shape ${card.input.shape.join('×')} does not fit its features (${card.features.window}×${width})` }, 'input.shape');
    }
    case 'anomaly':
      if (card.mean.length === card.variables.length && card.deviation.length === card.variables.length) return null;
      return refuse('WrongShape', { zh: `${card.id} 的均值或偏差与变量数不符`, en: `${card.id}: mean or deviation does not have ${card.variables.length} entries` }, 'mean');
    case 'vision': {
      const [, height, width] = card.input.shape;
      const points = VISION_STRIDES.reduce((sum, stride) => sum + (height / stride) * (width / stride), 0);
      if (points === card.output.points) return null;
      return refuse('WrongShape', { zh: `${card.id} 的输入尺寸与输出点数不符`, en: `${card.id}: a picture of ${height}×${width} gives ${points} points, not ${card.output.points}` }, 'output.points');
    }
  }
};
/** Pixels between the points at which the detector looks for small, middling and large things. */
const VISION_STRIDES = [8, 16, 32] as const;
