import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ok, refuse, type Result } from '../../../src-shared/kernel/index.ts';

/** The card that lies beside every model: what it takes, what it gives, what it was trained on and how well it did. */
export const RulCard = z.object({
  id: z.string().min(1),
  version: z.string().min(1),
  kind: z.literal('rul'),
  file: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  purpose: z.object({ zh: z.string(), en: z.string() }),
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
  training: z.record(z.string(), z.number()),
  metrics: z.record(z.string(), z.number()),
});
export type RulCard = z.infer<typeof RulCard>;

/** A card and the bytes of its model, the two proved to belong together. */
export type CheckedModel = { readonly card: RulCard; readonly bytes: Uint8Array };

/** Reads a card and its model; refuses a card with a wrong field, a missing file, a hash or an input width that do not fit. */
export const readModel = (cardFile: string): Result<CheckedModel> => {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(cardFile, 'utf8'));
  } catch (error) {
    return refuse('UnreadableCard', { zh: `模型卡无法读取:${cardFile}`, en: `The model card cannot be read: ${cardFile} (${String(error)})` });
  }
  const parsed = RulCard.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse('BadCard', { zh: `模型卡字段有误:${issue?.path.join('.')}`, en: `${cardFile}: ${issue?.path.join('.')}: ${issue?.message}` }, issue?.path.join('.'));
  }
  const card = parsed.data;
  const width = card.features.sensors.length * 3 + (card.features.ageScale === null ? 0 : 1);
  if (card.input.shape[1] !== card.features.window || card.input.shape[2] !== width) {
    return refuse('WrongShape', { zh: `${card.id} 的输入形状与特征不符`, en: `${card.id}: input shape ${card.input.shape.join('×')} does not fit its features (${card.features.window}×${width})` }, 'input.shape');
  }
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(join(dirname(cardFile), card.file));
  } catch (error) {
    return refuse('NoModel', { zh: `${card.id} 的模型文件缺失`, en: `${card.id}: its file ${card.file} cannot be read (${String(error)})` }, 'file');
  }
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash !== card.sha256) return refuse('WrongHash', { zh: `${card.id} 的哈希与模型卡不符,已拒绝加载`, en: `${card.id}: the file's hash is not the card's; refused` }, 'sha256');
  return ok({ card, bytes });
};
