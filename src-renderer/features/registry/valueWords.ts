import type { ModelKind } from '../../../src-shared/contract/index.ts';
import { unitWord, type Language, type Text } from '../../../src-shared/kernel/index.ts';
import { ALARM_WORDS, EQUIPMENT_WORDS, SUBSTANCE_WORDS, TAG_WORDS, WALK_EDGE_WORDS, WALK_NODE_WORDS } from '../../../src-shared/plant/index.ts';

type Words = Readonly<Record<string, Text>>;
const YES_NO: Words = { true: { zh: '是', en: 'Yes' }, false: { zh: '否', en: 'No' } };
const WORDS: Readonly<Partial<Record<ModelKind, Readonly<Record<string, Words>>>>> = {
  tag: { kind: TAG_WORDS },
  equipment: { kind: EQUIPMENT_WORDS, substance: SUBSTANCE_WORDS },
  limit: { kind: ALARM_WORDS, latched: YES_NO },
  'walk-node': { kind: WALK_NODE_WORDS },
  'walk-edge': { kind: WALK_EDGE_WORDS, blocked: YES_NO },
};

/** The values a field can have, with the word of each; undefined where it is free. */
export const choicesOf = (kind: ModelKind, field: string): Words | undefined => WORDS[kind]?.[field];

/** A cell of a sheet as its reader says it: units as they stand on instruments. */
export const sayValue = (value: string, { kind, field, language }: { readonly kind: ModelKind; readonly field: string; readonly language: Language }): string => {
  if (kind === 'tag' && field === 'unit') return unitWord(value) || value;
  // A supply that no tag watches is there or not; one that is watched says by what.
  const words = field.endsWith('.supply') ? YES_NO : choicesOf(kind, field);
  return words?.[value]?.[language] ?? value;
};
