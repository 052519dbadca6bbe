/**
 * JSON with one spelling per value (after RFC 8785): object keys sorted by UTF-16 code unit, no white space. Typed arrays are
 * written as arrays and numbers that JSON lacks as null; undefined properties are left out. Throws a TypeError on functions,
 * symbols, bigints and cycles.
 */
export const canonicalJson = (value: unknown): string => {
  const open = new Set<object>();
  const write = (node: unknown): string => {
    if (node === null || node === undefined) return 'null';
    if (typeof node === 'string' || typeof node === 'boolean') return JSON.stringify(node);
    if (typeof node === 'number') return Number.isFinite(node) ? JSON.stringify(node) : 'null';
    if (typeof node !== 'object') throw new TypeError(`a ${typeof node} has no canonical JSON`);
    if (open.has(node)) throw new TypeError('a cycle has no canonical JSON');
    open.add(node);
    const written = isList(node)
      ? `[${Array.from(node, write).join(',')}]`
      : `{${Object.entries(node)
          .filter(([, item]) => item !== undefined)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, item]) => `${JSON.stringify(key)}:${write(item)}`)
          .join(',')}}`;
    open.delete(node);
    return written;
  };
  return write(value);
};

const isList = (node: object): node is ArrayLike<unknown> => Array.isArray(node) || (ArrayBuffer.isView(node) && 'length' in node);
