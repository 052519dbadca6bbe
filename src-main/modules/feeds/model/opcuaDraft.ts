import type { MappingGuess } from '../../../../src-shared/contract/index.ts';
import type { FeedTag } from './feedTag.ts';
import { text, ucumFor, unitOf, type Text } from '../../../../src-shared/kernel/index.ts';

/** A variable of a server as a walk through its tree finds it. `path` is the browse names from the root; unit and range as the server words them. */
export type ServerVariable = {
  readonly nodeId: string;
  readonly path: readonly string[];
  readonly displayName: string;
  readonly dataType: string | null;
  readonly unit: string | null;
  readonly range: readonly [number, number] | null;
  readonly value: string | null;
};
/** What of a tag a guess goes by. */
export type DraftTag = Pick<FeedTag, 'id' | 'equipment' | 'name' | 'uom' | 'range' | 'isDiscrete'>;

/** Below it a node is offered as an alternative only. */
export const ACCEPT_SCORE = 0.6;
const ALTERNATIVES = 4;
/** Nodes that are looked at for one tag, beside those of its rarest word, and those that are scored. */
const SEARCHED = 400;
const CANDIDATES = 40;
const LEAST_SCORE = 0.25;

/** Last names that hold the measured value, and such that hold something else of the same point. */
const VALUE_NAMES = new Set(['PV', 'VALUE', 'VAL', 'MEAS', 'IN', 'OUT', 'PROCESSVALUE', 'PVOUT', 'STATE', 'STS', 'CURRENTVALUE', 'X']);
const OTHER_NAMES = new Set(['SP', 'SV', 'OP', 'MV', 'CV', 'HH', 'H', 'L', 'LL', 'HI', 'LO', 'HIHI', 'LOLO', 'ALM', 'ALARM', 'MODE', 'DESC', 'DESCRIPTION', 'CFG', 'CONFIG', 'QUALITY', 'QC', 'UNIT', 'EU', 'EULO', 'EUHI', 'TAG', 'NAME', 'TIMESTAMP', 'GAIN', 'TI', 'TD', 'KP', 'SIM', 'FORCE', 'MANUAL', 'AUTO', 'LIMIT', 'SETPOINT', 'DEADBAND', 'HYST', 'SCALE', 'RAW']);

/**
 * Guesses which node carries which tag from names, units and ranges: for each tag the nodes that share most of its words, rare ones counting more, are scored from 0 to 1, and the
 * best pairs are taken first, each node and each tag once. A draft for a person to look through, never more. Tags are added in helpings so that the caller can breathe between them.
 */
export const createDraft = (variables: readonly ServerVariable[]) => {
  const nodes = variables.map(prepare);
  const byWord = new Map<string, number[]>();
  for (const [index, { words }] of nodes.entries()) {
    for (const word of new Set(words)) {
      const list = byWord.get(word);
      if (list === undefined) byWord.set(word, [index]);
      else list.push(index);
    }
  }
  /** The nodes that share most of these words, rare ones counting more. They are looked for by the rarest words only: a word that thousands share finds nobody. */
  const nearest = (words: readonly string[]): readonly number[] => {
    const lists = [...new Set(words)].map((word) => ({ word, list: byWord.get(word) ?? [] })).filter(({ list }) => list.length > 0).toSorted((one, other) => one.list.length - other.list.length);
    const found = new Set<number>();
    for (const { list } of lists) {
      if (found.size > 0 && found.size + list.length > SEARCHED) break;
      for (const node of list) found.add(node);
    }
    const rarity = lists.map(({ word, list }) => ({ word, rarity: Math.log(1 + nodes.length / list.length) }));
    const shares = [...found].map((node) => ({ node, share: rarity.reduce((sum, each) => sum + (nodes[node]!.have.has(each.word) ? each.rarity : 0), 0) }));
    return shares.toSorted((one, other) => other.share - one.share || nodes[one.node]!.words.length - nodes[other.node]!.words.length).slice(0, CANDIDATES).map(({ node }) => node);
  };
  const tags: DraftTag[] = [];
  const pairs: Pair[] = [];
  return {
    add(more: readonly DraftTag[]): void {
      for (const tag of more) {
        const own = { tag, words: wordsOf(tag.id), equipment: wordsOf(tag.equipment), names: [pieces(tag.name.zh), pieces(tag.name.en)] };
        const tagIndex = tags.push(tag) - 1;
        for (const node of nearest(own.words)) {
          const scored = scorePair(own, nodes[node]!);
          if (scored.score >= LEAST_SCORE) pairs.push({ tagIndex, node, ...scored });
        }
      }
    },
    finish(): readonly MappingGuess[] {
      const best = pairs.toSorted((a, b) => b.score - a.score || a.tagIndex - b.tagIndex || nodes[a.node]!.words.length - nodes[b.node]!.words.length);
      const [tagTaken, nodeTaken] = [new Map<number, Pair>(), new Set<number>()];
      for (const pair of best) {
        if (pair.score < ACCEPT_SCORE || tagTaken.has(pair.tagIndex) || nodeTaken.has(pair.node)) continue;
        tagTaken.set(pair.tagIndex, pair);
        nodeTaken.add(pair.node);
      }
      const candidate = (pair: Pair) => {
        const { variable } = nodes[pair.node]!;
        return { nodeId: variable.nodeId, path: variable.path.join('/'), score: Math.round(pair.score * 100) / 100, reasons: [...pair.reasons], unit: variable.unit, value: variable.value };
      };
      const perTag = Map.groupBy(best, ({ tagIndex }) => tagIndex);
      return tags.map((tag, index) => {
        const taken = tagTaken.get(index);
        return { tag: tag.id, best: taken === undefined ? null : candidate(taken), alternatives: (perTag.get(index) ?? []).filter((pair) => pair !== taken).slice(0, ALTERNATIVES).map(candidate) };
      });
    },
  };
};

type Pair = { readonly tagIndex: number; readonly node: number; readonly score: number; readonly reasons: readonly Text[] };
type PreparedNode = { readonly variable: ServerVariable; readonly words: readonly string[]; readonly have: ReadonlySet<string>; readonly joined: string; readonly lastName: string; readonly description: ReadonlySet<string> };
const prepare = (variable: ServerVariable): PreparedNode => {
  // The node id often says more than the browse path (`ns=2;s=Area1.FIC_101.PV`), and sometimes nothing (`ns=3;i=4711`).
  const idText = /;s=(.*)$/.exec(variable.nodeId)?.[1] ?? '';
  const words = wordsOf([...variable.path, idText, variable.displayName].join(' / '));
  const lastName = (variable.path.at(-1) ?? '').split(/[._/:\\-]/).at(-1)?.toUpperCase() ?? '';
  return { variable, words, have: new Set(words), joined: ` ${words.join(' ')} `, lastName, description: pieces(variable.displayName) };
};

/** Words of a name: letters and digits apart, upper case, no leading zeros; `TT_0101A` and `TT-101A` are both TT 101 A. */
export const wordsOf = (name: string): readonly string[] => (name.normalize('NFKC').toUpperCase().match(/[A-Z]+|\d+|[\u4e00-\u9fff]+/g) ?? []).map((word) => word.replace(/^0+(?=\d)/, ''));

const scorePair = ({ tag, words, equipment, names }: { readonly tag: DraftTag; readonly words: readonly string[]; readonly equipment: readonly string[]; readonly names: readonly ReadonlySet<string>[] }, { variable, words: nodeWords, have, joined, lastName, description }: PreparedNode): { readonly score: number; readonly reasons: readonly Text[] } => {
  const reasons: Text[] = [];
  const isWhole = holdsWhole(joined, words);
  const share = words.filter((word) => have.has(word)).length / Math.max(1, words.length);
  const isOrdered = inOrder(words, nodeWords);
  const isNumbered = !isWhole && joined.includes(` ${words.join(' ')} `);
  let score = isWhole ? 0.75 : 0.6 * share * (isOrdered ? 1 : 0.8);
  reasons.push(isWhole ? text('名称包含位号', 'the name holds the tag') : text(`名称有位号的 ${Math.round(share * 100)}%`, `the name holds ${Math.round(share * 100)}% of the tag`));
  if (isNumbered) {
    score -= 0.2;
    reasons.push(text('名称后多一个编号，可能是相邻的点', 'a number follows the tag: it may be the next point'));
  }
  if (!isWhole && equipment.length > 0 && joined.includes(` ${equipment.join(' ')} `)) {
    score += 0.08;
    reasons.push(text('名称包含设备', 'the name holds the equipment'));
  }
  const described = Math.max(...names.map((name) => dice(name, description)));
  if (described > 0.3) {
    score += 0.1 * described;
    reasons.push(text('描述相近', 'the description is alike'));
  }
  if (variable.unit !== null && tag.uom !== '1') {
    const fit = compareUnits(tag.uom, variable.unit);
    score += fit === 'same' ? 0.15 : fit === 'convertible' ? 0 : fit === 'different' ? -0.3 : 0;
    if (fit === 'same') reasons.push(text(`单位相同（${variable.unit}）`, `same unit (${variable.unit})`));
    if (fit === 'convertible') reasons.push(text(`单位可换算但不同（${variable.unit}，位号为 ${tag.uom}）：请先改一致`, `another unit of the same kind (${variable.unit}; the tag has ${tag.uom}): make them equal first`));
    if (fit === 'different') reasons.push(text(`单位不符（${variable.unit}，位号为 ${tag.uom}）`, `the unit differs (${variable.unit}; the tag has ${tag.uom})`));
  }
  if (variable.range !== null && !tag.isDiscrete) {
    const span = tag.range[1] - tag.range[0];
    const isSame = Math.abs(variable.range[0] - tag.range[0]) <= 0.01 * span && Math.abs(variable.range[1] - tag.range[1]) <= 0.01 * span;
    score += isSame ? 0.1 : -0.04;
    if (isSame) reasons.push(text('量程相同', 'same range'));
  }
  if (VALUE_NAMES.has(lastName)) score += 0.05;
  if (OTHER_NAMES.has(lastName) && !words.includes(lastName)) {
    score -= 0.4;
    reasons.push(text(`${lastName} 多半不是测量值`, `${lastName} is hardly the measured value`));
  }
  const isTruth = variable.dataType === 'Boolean';
  if (variable.dataType !== null && (NOT_A_NUMBER.has(variable.dataType) || isTruth !== tag.isDiscrete)) {
    const penalty = NOT_A_NUMBER.has(variable.dataType) ? 0.5 : isTruth ? 0.3 : 0;
    score -= penalty;
    if (penalty > 0) reasons.push(text(`数据类型 ${variable.dataType} 不像此位号`, `data type ${variable.dataType} does not look like this tag`));
  }
  // Without every word of its name it may be the neighbour, however well the rest fits.
  return { score: Math.max(0, Math.min(isWhole || (share === 1 && isOrdered) ? 1 : ACCEPT_SCORE - 0.1, score)), reasons };
};

/** Whether a name holds all of a tag with no number right after it: `VIB2` is not `VIB`. */
const holdsWhole = (joined: string, words: readonly string[]): boolean => {
  const whole = ` ${words.join(' ')} `;
  for (let at = joined.indexOf(whole); at >= 0; at = joined.indexOf(whole, at + 1)) if (!/\d/.test(joined[at + whole.length] ?? '')) return true;
  return false;
};

const NOT_A_NUMBER = new Set(['String', 'LocalizedText', 'ByteString', 'DateTime', 'ExtensionObject', 'Guid', 'NodeId', 'QualifiedName', 'XmlElement']);

const inOrder = (words: readonly string[], among: readonly string[]): boolean => {
  let at = 0;
  for (const word of among) if (word === words[at]) at += 1;
  return at === words.length;
};

/** The share of two-letter pieces that a tag's name and a description have in common (Dice). */
const dice = (left: ReadonlySet<string>, right: ReadonlySet<string>): number => {
  if (left.size === 0 || right.size === 0) return 0;
  let common = 0;
  for (const piece of left) if (right.has(piece)) common += 1;
  return (2 * common) / (left.size + right.size);
};
const pieces = (words: string): ReadonlySet<string> => {
  const plain = words.toUpperCase().replaceAll(/[^A-Z0-9\u4e00-\u9fff]/g, '');
  return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, index) => plain.slice(index, index + 2)));
};

const compareUnits = (tagUnit: string, written: string): 'same' | 'convertible' | 'different' | 'unknown' => {
  const [own, other] = [unitOf(tagUnit), unitOf(ucumFor(written) ?? '')];
  if (own === null || other === null) return 'unknown';
  if (own.dimension !== other.dimension) return 'different';
  return own.factor === other.factor && own.offset === other.offset ? 'same' : 'convertible';
};
