/**
 * Structured-clone values as text, for the only lines that DevTools gives between Node and a page. Self-contained on purpose: the same
 * functions run here and, as source text, in the page.
 */
export const encode = (message: unknown): string =>
  JSON.stringify(structuredClone(message), (_key, value: unknown) => {
    if (value === undefined) return { $standin: 'undefined' };
    if (typeof value === 'number' && !Number.isFinite(value)) return { $standin: 'number', text: String(value) };
    if (!ArrayBuffer.isView(value)) return value;
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    let text = '';
    for (let start = 0; start < bytes.length; start += 32_768) text += String.fromCharCode(...bytes.subarray(start, start + 32_768));
    return { $standin: value.constructor.name, text: btoa(text) };
  });

export const decode = (text: string): unknown =>
  JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$standin' in value)) return value;
    const { $standin: kind, text: content = '' } = value as { $standin: string; text?: string };
    if (kind === 'undefined') return undefined;
    if (kind === 'number') return Number(content);
    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    const Kind = (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => unknown>)[kind];
    if (Kind === undefined) throw new Error(`cannot carry a ${kind}`);
    return new Kind(bytes.buffer);
  });
