import { array, assert, integer, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jpegSize, LARGEST_PICTURE } from './jpeg.ts';
import { boundaryOf, createMultipart, type StreamProblem } from './multipart.ts';

const bytes = (...parts: (string | Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : [...part])));
/** The markers of a JPEG of 640 × 480 around `body`; no decoder would take it. */
const jpeg = (body: readonly number[] = [1, 2, 3]): Uint8Array => bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 480 >> 8, 480 & 255, 640 >> 8, 640 & 255, 1, 1, 0x11, 0, 0xff, 0xda, 0, 2], body, [0xff, 0xd9]);

describe('jpegSize', () => {
  it('reads the sides of a whole picture, padded or not', () => {
    expect(jpegSize(jpeg())).toEqual({ width: 640, height: 480 });
    expect(jpegSize(bytes(jpeg(), [0, 0, 13, 10]))).toEqual({ width: 640, height: 480 });
  });
  it('says what is wrong with anything else', () => {
    expect(jpegSize(new Uint8Array())).toBe('empty');
    expect(jpegSize(bytes('<html>401</html>'))).toBe('no-jpeg');
    expect(jpegSize(jpeg().subarray(0, -2))).toBe('cut-off');
    expect(jpegSize(jpeg().subarray(0, 12))).toBe('cut-off');
    expect(jpegSize(new Uint8Array(LARGEST_PICTURE + 1))).toBe('too-large');
    const flat = jpeg();
    flat[13] = 0;
    flat[14] = 1;
    expect(jpegSize(flat)).toBe('bad-size');
  });
  it('never throws, whatever it is given', () => {
    assert(property(uint8Array({ maxLength: 400 }), (noise) => void jpegSize(noise)));
    assert(property(uint8Array({ maxLength: 400 }), (noise) => void jpegSize(bytes([0xff, 0xd8, 0xff], noise))));
  });
});

describe('boundaryOf', () => {
  it('reads what cameras write', () => {
    expect(boundaryOf('multipart/x-mixed-replace; boundary=frame')).toBe('frame');
    expect(boundaryOf('multipart/x-mixed-replace;boundary="--my boundary"')).toBe('my boundary');
    expect(boundaryOf('Multipart/X-Mixed-Replace; charset=x; Boundary=--ffmpeg')).toBe('ffmpeg');
    expect(boundaryOf('image/jpeg')).toBeNull();
    expect(boundaryOf('multipart/x-mixed-replace')).toBeNull();
  });
});

const read = (chunks: readonly Uint8Array[]) => {
  const parts: Uint8Array[] = [];
  const stream = createMultipart({ boundary: 'b', onPart: (part) => parts.push(part) });
  let problem: StreamProblem | null = null;
  for (const chunk of chunks) problem = stream.push(chunk);
  return { parts, problem };
};

describe('multipart', () => {
  const stated = (body: Uint8Array) => bytes('--b\r\nContent-Type: image/jpeg\r\nContent-Length: ', String(body.length), '\r\n\r\n', body, '\r\n');
  const silent = (body: Uint8Array) => bytes('--b\r\nContent-Type: image/jpeg\r\n\r\n', body, '\r\n');

  it('reads parts with and without a length, however the bytes are cut', () => {
    const [one, two, three] = [jpeg([5, 13, 10, 45, 45]), jpeg([7]), jpeg([9, 9, 9])];
    const whole = bytes('\r\n', stated(one), silent(two), '----b\nX: y\n\n', three, '\r\n--b--');
    assert(
      property(array(integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }), (cuts) => {
        const chunks: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < whole.length; turn += 1) {
          const size = cuts[turn % cuts.length]!;
          chunks.push(whole.subarray(at, at + size));
          at += size;
        }
        const { parts, problem } = read(chunks);
        expect(problem).toBeNull();
        expect(parts.map((part) => jpegSize(part))).toEqual([one, two, three].map(() => ({ width: 640, height: 480 })));
        expect(parts[0]).toEqual(one);
      }),
    );
  });
  it('gives up on a stream without boundary, a part or a head without end, and a length beyond reason', () => {
    expect(read([new Uint8Array(70_000)]).problem).toBe('no-boundary');
    expect(read([bytes('--b\r\n'), new Uint8Array(10_000).fill(65)]).problem).toBe('head-too-large');
    expect(read([bytes('--b\r\nContent-Length: 99999999\r\n\r\n')]).problem).toBe('part-too-large');
    const flood = read([bytes('--b\r\n\r\n'), ...Array.from({ length: 80 }, () => new Uint8Array(128 << 10))]);
    expect(flood).toEqual({ parts: [], problem: 'part-too-large' });
  });
  it('goes on after a part that is no picture', () => {
    const { parts } = read([stated(bytes('not a picture')), stated(jpeg())]);
    expect(parts.map((part) => jpegSize(part))).toEqual(['no-jpeg', { width: 640, height: 480 }]);
  });
  it('never throws on noise', () => {
    assert(property(array(uint8Array({ maxLength: 200 }), { maxLength: 10 }), (chunks) => void read([bytes('--b\r\n\r\n'), ...chunks])));
  });
});
