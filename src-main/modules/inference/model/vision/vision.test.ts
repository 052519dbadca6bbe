import { describe, expect, it } from 'vitest';
import { decode, intersectionOverUnion, suppress, type Box } from './detect.ts';
import { letterbox } from './letterbox.ts';
import { averagePrecision, judge } from './precision.ts';

const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });

describe('letterbox', () => {
  it('fits a wide picture by its width and centres it', () => {
    expect(letterbox({ width: 640, height: 360 }, { width: 512, height: 384 })).toEqual({ scale: 0.8, width: 512, height: 288, left: 0, top: 48 });
  });
  it('fits a tall picture by its height', () => {
    expect(letterbox({ width: 300, height: 600 }, { width: 512, height: 384 })).toEqual({ scale: 0.64, width: 192, height: 384, left: 160, top: 0 });
  });
  it('refuses a picture without area', () => {
    expect(() => letterbox({ width: 0, height: 10 }, { width: 512, height: 384 })).toThrow(RangeError);
  });
});

describe('overlap', () => {
  it('is shared over joint area', () => {
    expect(intersectionOverUnion(box(0, 0, 10, 10), box(5, 0, 10, 10))).toBeCloseTo(50 / 150);
    expect(intersectionOverUnion(box(0, 0, 10, 10), box(2, 2, 5, 4))).toBeCloseTo(20 / 100);
    expect(intersectionOverUnion(box(0, 0, 10, 10), box(10, 0, 10, 10))).toBe(0);
  });
});

describe('suppression', () => {
  it('keeps the stronger of two that overlap by more than the limit, and both where they do not', () => {
    const found = [{ score: 0.5, box: box(1, 0, 10, 10) }, { score: 0.9, box: box(0, 0, 10, 10) }, { score: 0.4, box: box(8, 0, 10, 10) }];
    expect(suppress(found, 0.6).map(({ score }) => score)).toEqual([0.9, 0.4]);
    expect(suppress(found, 0.9).map(({ score }) => score)).toEqual([0.9, 0.5, 0.4]);
  });
  it('does not let a box that was itself left out push out another', () => {
    const chain = [{ score: 0.9, box: box(0, 0, 10, 10) }, { score: 0.8, box: box(4, 0, 10, 10) }, { score: 0.7, box: box(8, 0, 10, 10) }];
    expect(suppress(chain, 0.4).map(({ score }) => score)).toEqual([0.9, 0.7]);
  });
});

describe('decoding', () => {
  const picture = { width: 100, height: 50 };
  const place = { ...letterbox(picture, { width: 64, height: 64 }), picture };
  const classes = ['person', 'hardhat'] as const;
  /** Two points, net pixels: the picture lies at (0, 16), scale 0.64. */
  const corners = Float32Array.of(6.4, 22.4, 12.8, 35.2, -10, 0, 70, 64);
  it('gives boxes in picture pixels, per class, strongest first, cut at the edge', () => {
    const found = decode({ scores: Float32Array.of(0.3, 0.9, 0.5, 0.01), corners }, place, { classes, floor: 0.1, overlap: 0.6 });
    expect(found).toEqual([
      { class: 'hardhat', score: expect.closeTo(0.9, 6), box: { x: expect.closeTo(10, 4), y: expect.closeTo(10, 4), width: expect.closeTo(10, 4), height: expect.closeTo(20, 4) } },
      { class: 'person', score: 0.5, box: { x: 0, y: 0, width: 100, height: 50 } },
      { class: 'person', score: expect.closeTo(0.3, 6), box: { x: expect.closeTo(10, 4), y: expect.closeTo(10, 4), width: expect.closeTo(10, 4), height: expect.closeTo(20, 4) } },
    ]);
  });
  it('takes neither a score below the floor, nor one that is no number, nor a box without area', () => {
    const flat = Float32Array.of(5, 20, 5, 30, Number.NaN, 0, 10, 10);
    expect(decode({ scores: Float32Array.of(0.9, 0.05, 0.9, Number.NaN), corners: flat }, place, { classes, floor: 0.1, overlap: 0.6 })).toEqual([]);
  });
});

describe('average precision', () => {
  const truth = [box(0, 0, 10, 10), box(50, 0, 10, 10)];
  it('is 1 when all is found and nothing else, whatever the scores', () => {
    expect(averagePrecision([{ truth, found: [{ score: 0.2, box: truth[0]! }, { score: 0.9, box: truth[1]! }] }])).toBeCloseTo(1);
  });
  it('is null where nothing is there, and 0 where all is missed', () => {
    expect(averagePrecision([{ truth: [], found: [{ score: 0.9, box: truth[0]! }] }])).toBeNull();
    expect(averagePrecision([{ truth, found: [] }])).toBe(0);
  });
  it('takes half of the recalls at precision 1 and none above, when one of two is found', () => {
    // Recalls 0, 0.01 … 0.50 are 51 of 101.
    expect(averagePrecision([{ truth, found: [{ score: 0.9, box: truth[0]! }] }])).toBeCloseTo(51 / 101);
  });
  it('lets a wrong box cost only what is found below it', () => {
    const wrong = { score: 0.8, box: box(200, 200, 10, 10) };
    const found = [{ score: 0.9, box: truth[0]! }, wrong, { score: 0.7, box: truth[1]! }];
    // Precision 1 up to recall 0.5, then 2 of 3.
    expect(averagePrecision([{ truth, found }])).toBeCloseTo((51 + 50 * (2 / 3)) / 101);
    expect(averagePrecision([{ truth, found: [...found.slice(0, 1), { ...wrong, score: 0.95 }, found[2]!] }])).toBeCloseTo(2 / 3);
  });
  it('ranks over pictures, not picture by picture', () => {
    const good = { truth: [truth[0]!], found: [{ score: 0.6, box: truth[0]! }] };
    const bad = { truth: [], found: [{ score: 0.7, box: truth[1]! }] };
    expect(averagePrecision([good, bad])).toBeCloseTo(0.5);
  });
  it('counts a second box on the same thing as wrong, and takes the overlap of exactly one half as right', () => {
    expect(judge({ truth: [truth[0]!], found: [{ score: 0.9, box: truth[0]! }, { score: 0.8, box: truth[0]! }] }).map(({ isRight }) => isRight)).toEqual([true, false]);
    expect(judge({ truth: [box(0, 0, 10, 10)], found: [{ score: 0.9, box: box(0, 0, 10, 5) }] })[0]?.isRight).toBe(true);
    expect(judge({ truth: [box(0, 0, 10, 10)], found: [{ score: 0.9, box: box(0, 0, 10, 4.9) }] })[0]?.isRight).toBe(false);
  });
  it('gives a box the thing it overlaps most among those still free', () => {
    const near = [box(0, 0, 10, 10), box(2, 0, 10, 10)];
    expect(judge({ truth: near, found: [{ score: 0.9, box: box(2, 0, 10, 10) }, { score: 0.8, box: box(0, 0, 10, 10) }] }).every(({ isRight }) => isRight)).toBe(true);
  });
});
