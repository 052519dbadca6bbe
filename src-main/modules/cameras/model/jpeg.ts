/** Width and height of a JPEG picture. */
export type JpegSize = { readonly width: number; readonly height: number };
export type NotJpeg = 'empty' | 'too-large' | 'no-jpeg' | 'cut-off' | 'bad-size';

/** The largest picture taken, bytes: a 4K JPEG of good quality has about 4 MB. */
export const LARGEST_PICTURE = 8 << 20;
const LARGEST_SIDE = 8_192;
const SMALLEST_SIDE = 16;
/** Some cameras pad a picture after its end marker. */
const PADDING = 1_024;

/**
 * Whether bytes are one whole JPEG (ITU-T T.81), by its markers alone: start, a frame header with sides that make sense, and the end marker. What lies between is the decoder's to judge.
 * Looks at each marker once and never reads outside the bytes.
 */
export const jpegSize = (bytes: Uint8Array): JpegSize | NotJpeg => {
  if (bytes.length === 0) return 'empty';
  if (bytes.length > LARGEST_PICTURE) return 'too-large';
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== 0xd8) return 'no-jpeg';
  const size = frameHeader(bytes);
  if (typeof size === 'string') return size;
  return hasEnd(bytes) ? size : 'cut-off';
};

const frameHeader = (bytes: Uint8Array): JpegSize | NotJpeg => {
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return 'no-jpeg';
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    if (marker === 0xda || marker === 0xd9) return 'no-jpeg';
    if (length < 2) return 'no-jpeg';
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      if (at + 9 > bytes.length) return 'cut-off';
      const [height, width] = [(bytes[at + 5]! << 8) | bytes[at + 6]!, (bytes[at + 7]! << 8) | bytes[at + 8]!];
      return Math.min(width, height) < SMALLEST_SIDE || Math.max(width, height) > LARGEST_SIDE ? 'bad-size' : { width, height };
    }
    at += 2 + length;
  }
  return 'cut-off';
};

const hasEnd = (bytes: Uint8Array): boolean => {
  for (let at = bytes.length - 1; at > Math.max(2, bytes.length - PADDING); at -= 1) if (bytes[at] === 0xd9 && bytes[at - 1] === 0xff) return true;
  return false;
};
