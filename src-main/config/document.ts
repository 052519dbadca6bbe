import { readFileSync, statSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { text, type Text } from '../../src-shared/kernel/index.ts';

/** One wrong place of a file that a person wrote. */
export type FileProblem = { readonly file: string; /** 1-based; null where the format gives none. */ readonly line: number | null; readonly path: string; readonly text: Text };
export type FieldPath = readonly (string | number)[];

/** A file read but not yet judged: raw data, and where in the text a field stands. */
export type RawDocument = { readonly file: string; readonly data: unknown; /** Its schema has accepted `data` as a whole. */ readonly isSound: boolean; lineOf(path: FieldPath): number | null };

/** A plant of 20,000 tags is about 15 MB; anything far beyond is not a plant. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Reads YAML (1.2, no duplicate keys, bounded aliases) or, by the name `.json`, JSON. Gives the problem that stops it otherwise. */
export const readDocument = (file: string): RawDocument | FileProblem => {
  const problem = (message: Text, line: number | null = null): FileProblem => ({ file, line, path: '', text: message });
  let source: string;
  try {
    const size = statSync(file).size;
    if (size > MAX_BYTES) return problem(text(`文件过大（${size} 字节，上限 ${MAX_BYTES}）`, `the file is too large (${size} bytes, at most ${MAX_BYTES})`));
    source = readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return code === 'ENOENT' ? problem(text('文件不存在', 'the file does not exist')) : problem(text(`文件无法读取（${code}）`, `the file cannot be read (${code})`));
  }
  return file.toLowerCase().endsWith('.json') ? fromJson(file, source, problem) : fromYaml(file, source, problem);
};

export const isProblem = (read: RawDocument | FileProblem): read is FileProblem => 'text' in read;

/** `feeds[0].mappings[2].address` */
export const formatPath = (path: FieldPath): string => path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');

type Problem = (message: Text, line?: number | null) => FileProblem;

const fromJson = (file: string, source: string, problem: Problem): RawDocument | FileProblem => {
  try {
    const data: unknown = JSON.parse(source.replace(/^\uFEFF/, ''));
    return { file, data, isSound: false, lineOf: () => null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return problem(text(`不是有效的 JSON：${reason}`, `not valid JSON: ${reason}`));
  }
};

const fromYaml = (file: string, source: string, problem: Problem): RawDocument | FileProblem => {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter, prettyErrors: false });
  const lineAt = (offset: number) => lineCounter.linePos(offset).line;
  const [first] = document.errors;
  if (first !== undefined) return problem(text(`不是有效的 YAML：${first.message}`, `not valid YAML: ${first.message}`), lineAt(first.pos[0]));
  let data: unknown;
  try {
    data = document.toJS();
  } catch (error) {
    // yaml refuses documents whose aliases would unfold into an unreasonable size.
    const reason = error instanceof Error ? error.message : String(error);
    return problem(text(`YAML 无法展开：${reason}`, `the YAML cannot be unfolded: ${reason}`));
  }
  return {
    file,
    data,
    isSound: false,
    lineOf(path) {
      for (let length = path.length; length > 0; length -= 1) {
        const node = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range !== null && node.range !== undefined) return lineAt(node.range[0]);
      }
      return null;
    },
  };
};
