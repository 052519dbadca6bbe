import { LARGEST_PICTURE } from './jpeg.ts';

/** Why a stream is none that can be read on: it is to be cut and dialled again. */
export type StreamProblem = 'no-boundary' | 'part-too-large' | 'head-too-large';

/** A stream of parts as `multipart/x-mixed-replace` (RFC 2046 §5.1), read piece by piece. What comes is hostile: nothing here holds more than one part of the largest size. */
export type Multipart = { /** Null while all is well. After a problem nothing more is read. */ push(chunk: Uint8Array): StreamProblem | null };

const LARGEST_HEAD = 8 << 10;
/** Bytes that may come before the first boundary. */
const LARGEST_PREAMBLE = 64 << 10;

/** The boundary that a content type names; null when it is no multipart or names none. Cameras write it with and without quotes and leading dashes. */
export const boundaryOf = (contentType: string): string | null => {
  if (!/^\s*multipart\//i.test(contentType)) return null;
  const stated = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType);
  const boundary = (stated?.[1] ?? stated?.[2] ?? '').replace(/^-+/, '').trim();
  return boundary === '' ? null : boundary;
};

export const createMultipart = ({ boundary, onPart }: { readonly boundary: string; onPart(bytes: Uint8Array): void }): Multipart => {
  // Dashes before the boundary are part of neither the name nor the picture, however many the camera writes.
  const mark = new TextEncoder().encode(`--${boundary}`);
  let held = new Uint8Array(256 << 10);
  let length = 0;
  /** Where the search goes on, so that no byte is searched twice. */
  let from = 0;
  let stage: 'boundary' | 'head' | 'body' = 'boundary';
  let wanted: number | null = null;
  let problem: StreamProblem | null = null;

  const drop = (count: number) => {
    held.copyWithin(0, count, length);
    length -= count;
    from = 0;
  };
  const find = (needle: Uint8Array): number => {
    const at = indexOf(held, needle, { from, to: length });
    if (at < 0) from = Math.max(0, length - needle.length + 1);
    return at;
  };
  /** One step of reading; false when more bytes are needed. */
  const step = (): boolean => {
    if (stage === 'boundary') {
      const at = find(mark);
      if (at < 0) {
        if (length > LARGEST_PREAMBLE) problem = 'no-boundary';
        return false;
      }
      drop(at + mark.length);
      stage = 'head';
      return true;
    }
    if (stage === 'head') {
      const end = headEnd(held, length);
      if (end === null) {
        if (length > LARGEST_HEAD) problem = 'head-too-large';
        return false;
      }
      const stated = /^content-length\s*:\s*(\d{1,12})\s*$/im.exec(new TextDecoder('latin1').decode(held.subarray(0, end)));
      wanted = stated === null ? null : Number(stated[1]);
      if (wanted !== null && wanted > LARGEST_PICTURE) problem = 'part-too-large';
      drop(end);
      stage = 'body';
      return problem === null;
    }
    if (wanted !== null && wanted > 0) {
      if (length < wanted) return false;
      onPart(held.slice(0, wanted));
      drop(wanted);
      stage = 'boundary';
      return true;
    }
    const at = find(mark);
    if (at < 0) {
      if (length > LARGEST_PICTURE + LARGEST_HEAD) problem = 'part-too-large';
      return false;
    }
    const end = at >= 2 && held[at - 2] === 13 && held[at - 1] === 10 ? at - 2 : at;
    if (end > 0) onPart(held.slice(0, end));
    drop(at + mark.length);
    stage = 'head';
    return true;
  };

  return {
    push(chunk) {
      // In pieces, so that what is held stays bounded however much comes at once.
      for (let start = 0; start < chunk.length && problem === null; start += PIECE) {
        const piece = chunk.subarray(start, start + PIECE);
        if (length + piece.length > held.length) {
          const wider = new Uint8Array(Math.max(held.length * 2, length + piece.length));
          wider.set(held.subarray(0, length));
          held = wider;
        }
        held.set(piece, length);
        length += piece.length;
        while (problem === null && step());
      }
      return problem;
    },
  };
};

const PIECE = 64 << 10;

/** First index after a part's head: after the first empty line, CRLF or LF. The rest of the boundary's own line counts to the head. */
const headEnd = (bytes: Uint8Array, length: number): number | null => {
  for (let at = 0; at < Math.min(length, LARGEST_HEAD + 4); at += 1) {
    if (bytes[at] !== 10) continue;
    if (at + 1 < length && bytes[at + 1] === 10) return at + 2;
    if (at + 2 < length && bytes[at + 1] === 13 && bytes[at + 2] === 10) return at + 3;
  }
  return null;
};

const indexOf = (bytes: Uint8Array, needle: Uint8Array, { from, to }: { readonly from: number; readonly to: number }): number => {
  const first = needle[0]!;
  for (let at = bytes.indexOf(first, from); at >= 0 && at + needle.length <= to; at = bytes.indexOf(first, at + 1)) {
    let matched = 1;
    while (matched < needle.length && bytes[at + matched] === needle[matched]) matched += 1;
    if (matched === needle.length) return at;
  }
  return -1;
};
