import type { z } from 'zod';
import { text } from '../../src-shared/kernel/index.ts';
import { problemAt } from './schemaProblems.ts';
import type { FieldPath, FileProblem, RawDocument } from './document.ts';

/** The entries of one list of a file: those that are sound by themselves, and every id stated, sound or not, so that one wrong field hides no other. */
export type Elements<T> = { readonly name: string; readonly sound: readonly { readonly path: FieldPath; readonly item: T }[]; readonly ids: ReadonlySet<string>; has(id: string): boolean };

export const readElements = <T>(document: RawDocument, name: string, schema: z.ZodType<T>): Elements<T> => {
  const list = asList(field(document.data, name));
  const sound: { path: FieldPath; item: T }[] = [];
  const ids = new Set<string>();
  list.forEach((raw, index) => {
    const id = field(raw, 'id');
    if (typeof id === 'string') ids.add(id);
    // Entries of a document that is sound as a whole have been parsed by this schema already.
    const parsed = document.isSound ? { success: true as const, data: raw as T } : schema.safeParse(raw);
    if (parsed.success) sound.push({ path: [name, index], item: parsed.data });
  });
  return { name, sound, ids, has: (id) => ids.has(id) };
};

/** Ids, or another key that must be unique, stated twice. */
export const repeated = <T>(document: RawDocument, elements: Elements<T>, { key, of }: { readonly key: string; readonly of: (item: T) => string }): FileProblem[] => {
  const seen = new Map<string, FieldPath>();
  return elements.sound.flatMap(({ path, item }) => {
    const value = of(item);
    const first = seen.get(value);
    if (first === undefined) {
      seen.set(value, path);
      return [];
    }
    return [problemAt(document, [...path, key], text(`“${value}” 重复，已用于 ${String(first[0])}[${String(first[1])}]`, `"${value}" is used twice, first in ${String(first[0])}[${String(first[1])}]`))];
  });
};

/** A reference to an id of another list that nothing there bears. */
export const unknownId = (document: RawDocument, path: FieldPath, { id, among }: { readonly id: string; readonly among: Elements<unknown> }): FileProblem[] =>
  among.has(id) ? [] : [problemAt(document, path, text(`${LISTS[among.name] ?? among.name}中没有 “${id}”`, `no "${id}" among ${among.name}`))];

/** The lists of the files as people call them. */
const LISTS: Readonly<Record<string, string>> = { areas: '片区', zones: '区域', units: '装置', equipment: '设备', tags: '测点', detectors: '探测器', cameras: '摄像机', people: '人员', nodes: '步行节点', edges: '步行通道', muster: '集合点' };

export const field = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined);
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
