import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createByteReader, createByteWriter } from './bytes.ts';
import { decodeChunk, encodeChunk, type Columns } from './chunk.ts';

const columns = (length: number): Columns => ({ at: new Float64Array(length), value: new Float64Array(length), quality: new Uint8Array(length) });
const roundTrip = (at: readonly number[], value: readonly number[], quality: readonly number[]) => {
  const bytes = encodeChunk({ at: Float64Array.from(at), value: Float64Array.from(value), quality: Uint8Array.from(quality) }, at.length);
  const back = columns(at.length);
  expect(decodeChunk(bytes, back)).toBe(at.length);
  return { bytes, back };
};
const START = Date.UTC(2026, 2, 1);
const random = (() => {
  let state = 12_345;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
})();

it('gives back any times, values and quality bit for bit', () => {
  const value = fc.oneof(fc.double(), fc.double({ min: -1e3, max: 1e3 }), fc.integer().map((whole) => whole / 100), fc.float(), fc.constantFrom(0, 1, Number.NaN, Number.POSITIVE_INFINITY, Number.MIN_VALUE, -1.5));
  const sample = fc.record({ gap: fc.oneof(fc.nat(2_000), fc.nat(1e9)), value, quality: fc.constantFrom(0, 0, 0, 1, 2, 3) });
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1, maxLength: 300 }), (samples) => {
      let at = START;
      const times = samples.map(({ gap }) => (at += gap));
      const { back } = roundTrip(times, samples.map((s) => s.value), samples.map((s) => s.quality));
      expect([...back.at]).toEqual(times);
      expect([...back.value].map((v) => (v === 0 ? 0 : v))).toEqual(samples.map((s) => (s.value === 0 ? 0 : s.value)));
      expect([...back.quality]).toEqual(samples.map((s) => s.quality));
    }),
    { seed: 7, numRuns: 300 },
  );
});

it.each([
  ['two-decimal walk', (_i: number, last: number) => Math.round((last + (random() - 0.5)) * 100) / 100, 2.2],
  ['set point', (i: number, last: number) => (i % 300 === 0 ? Math.round(random() * 100) : last), 0.9],
  ['full-precision noise about a level', () => 50 + (random() - 0.5) + random() / 2 ** 32, 7.4],
  ['noise about zero', () => (random() - 0.5) * (random() / 2 ** 32 + 1) * random(), 8.2],
  ['floats with one decimal', () => Math.fround(Math.round(random() * 1_000) / 10), 2.3],
  ['floats', () => Math.fround(20 + random()), 4],
])('packs %s below its bound with ms jitter', (_name, next, bound) => {
  const at = Array.from({ length: 1_024 }, (_unused, index) => START + index * 1_000 + Math.floor(random() * 10));
  let last = 20;
  const value = at.map((_unused, index) => (last = next(index, last)));
  const { bytes, back } = roundTrip(at, value, at.map(() => 0));
  expect([...back.value]).toEqual(value);
  const part = columns(1_024);
  expect(decodeChunk(bytes, part, at[300]!)).toBe(301);
  expect([...part.value.subarray(0, 301)]).toEqual(value.slice(0, 301));
  expect(decodeChunk(bytes, part, START - 1)).toBe(0);
  expect(bytes.length / 1_024).toBeLessThan(bound);
});

it('refuses bytes that are no chunk instead of reading past them', () => {
  const whole = encodeChunk({ at: Float64Array.of(START, START + 1_000, START + 2_500), value: Float64Array.of(1.234567890123, 2, 3), quality: Uint8Array.of(0, 1, 0) }, 3);
  for (let length = 0; length < whole.length; length += 1) expect(() => decodeChunk(whole.slice(0, length), columns(3))).toThrow(RangeError);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        decodeChunk(bytes, columns(4_096));
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
    { seed: 3, numRuns: 2_000 },
  );
});

it('packs every width and reads it back', () => {
  for (let width = 0; width <= 32; width += 1) {
    const values = Uint32Array.from({ length: 100 }, (_unused, index) => (width === 0 ? 0 : Math.floor(random() * 2 ** width) + (index === 3 ? 0 : 0)));
    const writer = createByteWriter();
    writer.pack(values, 100, width);
    const back = new Uint32Array(100);
    createByteReader(writer.take()).unpack(back, 100, width);
    expect([...back]).toEqual([...values]);
  }
});
