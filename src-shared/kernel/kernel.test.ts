import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, createPortPair, createRecorder, createSampleBuffer, createScope, createTable, decodeFrame, disposable, encodeFrame } from './index.ts';

describe('codec', () => {
  it('carries typed arrays of every kind at any place, bit for bit', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), fc.array(fc.integer({ min: 0, max: 255 })), fc.string(), (floats, bytes, words) => {
        const frame = { words, deep: [{ floats: Float64Array.from(floats) }, Uint8Array.from(bytes), Float32Array.from(floats), Uint32Array.from(bytes)] };
        expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
      }),
    );
  });

  it('carries numbers for which JSON has no word', () => {
    expect(decodeFrame(encodeFrame({ a: Number.NaN, b: Infinity, c: -Infinity, d: -1.5 }))).toEqual({ a: Number.NaN, b: Infinity, c: -Infinity, d: -1.5 });
  });

  it('throws, and reads nothing outside the frame, on bytes that are no frame', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 60 }), (bytes) => {
        try {
          decodeFrame(bytes);
        } catch (error) {
          expect(error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError).toBe(true);
        }
      }),
    );
    const lie = encodeFrame({ a: Float64Array.of(1) });
    const text = new TextDecoder().decode(lie).replace('"length":1', '"length":9');
    expect(() => decodeFrame(new TextEncoder().encode(text))).toThrow(RangeError);
  });
});

describe('table', () => {
  it('announces what one change did, together and once', () => {
    const table = createTable<string, { id: string; n: number }>((row) => row.id);
    const changes: unknown[] = [];
    table.onDidChange((change) => changes.push(change));
    table.change(() => {
      table.put({ id: 'a', n: 1 });
      table.put({ id: 'a', n: 2 });
      table.put({ id: 'b', n: 1 });
      table.drop('b');
    });
    expect(changes).toEqual([{ put: [{ id: 'a', n: 2 }], drop: ['b'] }]);
    table.drop('never there');
    expect(changes).toHaveLength(1);
  });
});

describe('scope', () => {
  it('ends everything in reverse order even when one end throws', () => {
    const ended: number[] = [];
    const scope = createScope();
    scope.add(disposable(() => ended.push(1)));
    scope.add(
      disposable(() => {
        throw new Error('stuck');
      }),
    );
    scope.add(disposable(() => ended.push(3)));
    expect(() => scope[Symbol.dispose]()).toThrow('stuck');
    expect(ended).toEqual([3, 1]);
  });
});

describe('samples', () => {
  it('cut into batches of exact length and start empty again', () => {
    const buffer = createSampleBuffer(2);
    for (let tag = 0; tag < 5; tag += 1) buffer.push(tag, tag * 10, tag / 2, 0);
    const batch = buffer.take(99);
    expect([...batch.tag]).toEqual([0, 1, 2, 3, 4]);
    expect([...batch.value]).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(buffer.take(100).tag).toHaveLength(0);
  });
});

describe('port pair', () => {
  it('delivers copies in order and nothing after close', async () => {
    const [left, right] = createPortPair();
    const seen: unknown[] = [];
    right.onFrame((frame) => seen.push(frame));
    const sent = { n: 1 };
    left.send(sent);
    sent.n = 2;
    left.send(sent);
    await Promise.resolve();
    left.close();
    left.send('late');
    await Promise.resolve();
    expect(seen).toEqual([{ n: 1 }, { n: 2 }]);
  });
});

describe('recorder', () => {
  it('gives percentiles of the newest measurements', () => {
    const recorder = createRecorder(100);
    for (let each = 0; each < 200; each += 1) recorder.add(each);
    expect(recorder.percentile(0.5)).toBe(149);
    expect(recorder.percentile(1)).toBe(199);
    expect(createRecorder().percentile(0.5)).toBe(0);
  });
});

describe('geometry', () => {
  it('tells inside from outside', () => {
    const square = [[0, 0], [10, 0], [10, 10], [0, 10]] as const;
    expect(contains(square, 5, 5)).toBe(true);
    expect(contains(square, 15, 5)).toBe(false);
    expect(contains(square, -1, -1)).toBe(false);
  });
});
