import { refuse, ok, text, type Result, type Text } from '../kernel/index.ts';

/**
 * A state of the plant in which an alarm means nothing (ISA-18.2 §6.5, suppressed by design), as an engineer writes it:
 * `XS-201 = 0`, `FT-101 < 5 and not TT-102 > 80`, `out(K-201)` (equipment out of operation). `not` binds closer than `and`, that closer than `or`.
 */
export type PlantState =
  | { readonly kind: 'compare'; readonly tag: string; readonly operator: Operator; readonly value: number }
  | { readonly kind: 'out'; readonly equipment: string }
  | { readonly kind: 'not'; readonly of: PlantState }
  | { readonly kind: 'and' | 'or'; readonly of: readonly [PlantState, PlantState] };
type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

const TOKEN = /\s*(<=|>=|!=|[=<>()]|[A-Za-z0-9.+_-]+)/y;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Reads an expression; the refusal says where it stops making sense. */
export const parsePlantState = (source: string): Result<PlantState, { readonly code: 'Invalid'; readonly text: Text }> => {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  let read = 0;
  for (let match = TOKEN.exec(source); match !== null; match = TOKEN.exec(source)) {
    tokens.push(match[1]!);
    read = TOKEN.lastIndex;
  }
  if (source.slice(read).trim() !== '') return wrong(source.slice(read).trim());
  let at = 0;
  const take = (wanted: string) => {
    if (tokens[at] !== wanted) throw new Unexpected(tokens[at]);
    at += 1;
  };
  const alternatives = (): PlantState => chain('or', () => chain('and', single));
  const chain = (kind: 'and' | 'or', next: () => PlantState): PlantState => {
    let left = next();
    while (tokens[at] === kind) {
      at += 1;
      left = { kind, of: [left, next()] };
    }
    return left;
  };
  const single = (): PlantState => {
    const token = tokens[at];
    at += 1;
    if (token === 'not') return { kind: 'not', of: single() };
    if (token === '(') {
      const inner = alternatives();
      take(')');
      return inner;
    }
    if (token === undefined || !NAME.test(token) || token === 'and' || token === 'or') throw new Unexpected(token);
    if (token === 'out' && tokens[at] === '(') {
      at += 1;
      const equipment = tokens[at];
      if (equipment === undefined || !NAME.test(equipment)) throw new Unexpected(equipment);
      at += 1;
      take(')');
      return { kind: 'out', equipment };
    }
    const operator = tokens[at];
    const number = tokens[at + 1];
    if (operator !== '=' && operator !== '!=' && operator !== '<' && operator !== '<=' && operator !== '>' && operator !== '>=') throw new Unexpected(operator);
    if (number === undefined || !/^[-+]?(\d+\.?\d*|\.\d+)$/.test(number)) throw new Unexpected(number);
    at += 2;
    return { kind: 'compare', tag: token, operator, value: Number(number) };
  };
  try {
    const state = alternatives();
    return at === tokens.length ? ok(state) : wrong(tokens[at]);
  } catch (error) {
    if (error instanceof Unexpected) return wrong(error.token);
    throw error;
  }
};

class Unexpected extends Error {
  readonly token: string | undefined;
  constructor(token: string | undefined) {
    super('unexpected token');
    this.token = token;
  }
}
const wrong = (token: string | undefined) =>
  refuse('Invalid', token === undefined ? text('表达式不完整', 'the expression is not complete') : text(`表达式在“${token}”处无法理解`, `the expression makes no sense at "${token}"`));

/** Tags and equipment that it names. */
export const namesIn = (state: PlantState): { readonly tags: readonly string[]; readonly equipment: readonly string[] } => {
  if (state.kind === 'compare') return { tags: [state.tag], equipment: [] };
  if (state.kind === 'out') return { tags: [], equipment: [state.equipment] };
  const parts = (state.kind === 'not' ? [state.of] : state.of).map(namesIn);
  return { tags: [...new Set(parts.flatMap(({ tags }) => tags))], equipment: [...new Set(parts.flatMap(({ equipment }) => equipment))] };
};

/** Whether the plant is in that state; null when it cannot be told, because a value that matters is unknown (NaN). */
export const isPlantState = (state: PlantState, of: { value(tag: string): number; isOut(equipment: string): boolean }): boolean | null => {
  switch (state.kind) {
    case 'compare': {
      const value = of.value(state.tag);
      return Number.isNaN(value) ? null : COMPARE[state.operator](value, state.value);
    }
    case 'out':
      return of.isOut(state.equipment);
    case 'not': {
      const inner = isPlantState(state.of, of);
      return inner === null ? null : !inner;
    }
    case 'and':
    case 'or': {
      const [left, right] = state.of.map((part) => isPlantState(part, of));
      const decides = state.kind === 'or';
      if (left === decides || right === decides) return decides;
      return left === null || right === null ? null : !decides;
    }
  }
};

/** Equal means the same state number: half a unit apart at most. */
const COMPARE: Readonly<Record<Operator, (a: number, b: number) => boolean>> = {
  '=': (a, b) => Math.abs(a - b) < 0.5,
  '!=': (a, b) => Math.abs(a - b) >= 0.5,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** In words of the plant, for people: names instead of ids, the word of a state instead of its number. */
export const plantStateWords = (state: PlantState, names: { tag(id: string): { readonly name: Text; readonly states?: readonly Text[] | undefined } | undefined; equipment(id: string): Text | undefined }): Text => {
  switch (state.kind) {
    case 'compare': {
      const tag = names.tag(state.tag);
      const word = (language: 'zh' | 'en') => `${tag?.name[language] ?? state.tag} ${state.operator} ${tag?.states?.[state.value]?.[language] ?? String(state.value)}`;
      return text(word('zh'), word('en'));
    }
    case 'out': {
      const name = names.equipment(state.equipment) ?? text(state.equipment, state.equipment);
      return text(`${name.zh}停运`, `${name.en} out of operation`);
    }
    case 'not': {
      const inner = plantStateWords(state.of, names);
      return text(`非（${inner.zh}）`, `not (${inner.en})`);
    }
    case 'and':
    case 'or': {
      const [left, right] = [plantStateWords(state.of[0], names), plantStateWords(state.of[1], names)];
      return state.kind === 'and' ? text(`${left.zh} 且 ${right.zh}`, `${left.en} and ${right.en}`) : text(`${left.zh} 或 ${right.zh}`, `${left.en} or ${right.en}`);
    }
  }
};
