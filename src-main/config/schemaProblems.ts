import { z } from 'zod';
import { text, type Text } from '../../src-shared/kernel/index.ts';
import { formatPath, type FieldPath, type FileProblem, type RawDocument } from './document.ts';

/** A document under its schema: what it holds when it is sound, otherwise every wrong field with its line. `document` is the same with defaults filled in when sound. */
export const judge = <T>(document: RawDocument, schema: z.ZodType<T>): { readonly document: RawDocument; readonly value: T | null; readonly problems: readonly FileProblem[] } => {
  const parsed = schema.safeParse(document.data);
  if (parsed.success) return { document: { ...document, data: parsed.data, isSound: true }, value: parsed.data, problems: [] };
  return { document, value: null, problems: wrongFields(schema, document.data).map(({ path, text: message }) => problemAt(document, path, message)) };
};

export type WrongField = { readonly path: FieldPath; readonly text: Text };

/** Every wrong field of parsed data and what was expected, in both languages. */
export const wrongFields = (schema: z.ZodType, data: unknown): WrongField[] => {
  const english = schema.safeParse(data, { error: EN });
  if (english.success) return [];
  const chinese = schema.safeParse(data, { error: ZH });
  const zh = chinese.success ? [] : chinese.error.issues;
  return english.error.issues.flatMap((issue, index) => describe(issue, zh[index] ?? issue));
};

export const problemAt = (document: RawDocument, path: FieldPath, message: Text): FileProblem => ({ file: document.file, line: document.lineOf(path), path: formatPath(path), text: message });

const EN = z.locales.en().localeError;
const ZH = z.locales.zhCN().localeError;

type Issue = z.core.$ZodIssue;

const describe = (en: Issue, zh: Issue): WrongField[] => {
  const path = en.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (en.code === 'unrecognized_keys') return en.keys.map((key) => ({ path: [...path, key], text: text('未知字段', 'unknown field') }));
  if (en.code === 'invalid_union') return [{ path, text: unionText(en) }];
  return [{ path, text: text(translate(zh.message), en.message) }];
};

/** A union of literals, or of objects told apart by one field, lists what it would take. */
const unionText = (issue: Extract<Issue, { code: 'invalid_union' }>): Text => {
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : issue.errors.flatMap((branch) => branch.flatMap((inner) => (inner.code === 'invalid_value' ? inner.values : [])));
  if (options.length === 0) return text('格式不符', 'does not match any accepted form');
  const list = options.map((option) => (typeof option === 'string' ? `"${option}"` : String(option))).join(' | ');
  return text(`应为以下之一：${list}`, `expected one of ${list}`);
};

/** The schemas state what a pattern means in English; these are the same statements in Chinese. */
const PHRASES: readonly (readonly [RegExp, (match: string) => string])[] = [
  [/^letters, digits, dot, dash and underscore, at most 64$/, () => '只能用字母、数字、点、横线和下划线，最多 64 个字符'],
  [/^ISO 8601 or an offset such as -2h, \+3d$/, () => '应为 ISO 8601 时间或偏移量，如 -2h、+3d'],
  [/^a URL with scheme (.*)$/, (schemes) => `应为网址，协议为 ${schemes.replaceAll(' or ', ' 或 ')}`],
  [/^a name of small letters, digits and dashes$/, () => '只能用小写字母、数字和横线'],
];
const translate = (message: string): string => {
  for (const [pattern, phrase] of PHRASES) {
    const found = pattern.exec(message);
    if (found !== null) return phrase(found[1] ?? '');
  }
  return message;
};
