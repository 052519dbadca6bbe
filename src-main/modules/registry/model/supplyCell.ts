import type { Protections } from '../../../../src-shared/plant/index.ts';

type Supply = NonNullable<Protections['relief']>['supply'][number];

/** Stands for a protection that is there and whose supply no tag watches. */
const UNWATCHED = 'true';
const UNWATCHED_WORDS = new Set([UNWATCHED, 'yes', 'y', '1', '是', '有']);
const CONDITION = /^(?<tags>[^|<>=\s]+(?:\s*\|\s*[^|<>=\s]+)*)(?<bounds>(?:\s*[<>]=\s*[^|<>=\s]+)*)$/;

/** What a protection needs, in one cell: `TK1.LT|TK2.LT >= 60; P1.RUN <= 1` wants one of the two levels and the pump. */
export const writeSupply = (supply: readonly Supply[]): string =>
  supply.length === 0 ? UNWATCHED : supply.map(({ anyOf, atLeast, atMost }) => [anyOf.join('|'), ...(atLeast === undefined ? [] : [`>= ${String(atLeast)}`]), ...(atMost === undefined ? [] : [`<= ${String(atMost)}`])].join(' ')).join('; ');

/** The conditions that a cell states; null when it states none that can be read. */
export const readSupply = (written: string): readonly Supply[] | null => {
  if (UNWATCHED_WORDS.has(written.toLowerCase())) return [];
  const read = written.replaceAll('≥', '>=').replaceAll('≤', '<=').split(';').map((part) => part.trim()).filter((part) => part !== '').map(readCondition);
  return read.length === 0 || read.includes(null) ? null : (read as Supply[]);
};

const readCondition = (part: string): Supply | null => {
  const { tags = '', bounds = '' } = CONDITION.exec(part)?.groups ?? {};
  if (tags === '') return null;
  const stated = [...bounds.matchAll(/([<>]=)\s*([^<>=\s]+)/g)].map(([, sign, number]) => [sign === '>=' ? 'atLeast' : 'atMost', Number(number)] as const);
  if (stated.some(([, number]) => !Number.isFinite(number)) || new Set(stated.map(([bound]) => bound)).size < stated.length) return null;
  return { anyOf: tags.split('|').map((tag) => tag.trim()), ...Object.fromEntries(stated) };
};
