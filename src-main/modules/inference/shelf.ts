import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Text } from '../../../src-shared/kernel/index.ts';
import type { ModelCard } from '../../../src-shared/contract/index.ts';
import { readModel, type Card } from './card.ts';

/** What one file of the models folder is: its card, or why it is refused. */
export type Shelved = { readonly id: string; readonly card: Card | null; readonly refusal: Text | null };

/** Every model of a folder with its hash proved. It reads the files whole: for a start, a reload or a command, not for every question. */
export const readShelf = (folder: string): readonly Shelved[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name): Shelved => {
      const checked = readModel(join(folder, name));
      return checked.ok ? { id: checked.value.card.id, card: checked.value.card, refusal: null } : { id: name.slice(0, -'.json'.length), card: null, refusal: checked.refusal.text };
    });

/** The facts of a card as a client sees them. */
export const factsOf = (id: string, card: Card | null): Pick<ModelCard, 'id' | 'kind' | 'version' | 'hash' | 'purpose' | 'metrics' | 'training' | 'limits'> =>
  card === null
    ? { id, kind: 'unknown', version: '', hash: '', purpose: { zh: id, en: id }, metrics: {}, training: {}, limits: [] }
    : { id, kind: card.kind, version: card.version, hash: card.sha256, purpose: card.purpose, metrics: card.metrics, training: card.training, limits: card.limits };
