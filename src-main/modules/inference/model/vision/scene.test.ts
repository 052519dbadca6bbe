import { describe, expect, it } from 'vitest';
import type { PictureZone } from '../../../../../src-shared/plant/index.ts';
import type { Box, Detection, VisionClass } from './detect.ts';
import { NO_BLAZE, watchBlaze } from './fire.ts';
import { createScene, type Breach, type SceneStep } from './scene.ts';
import { createTracker } from './track.ts';
import { workersOf } from './workers.ts';

const THRESHOLDS = { person: 0.4, hardhat: 0.4, no_hardhat: 0.4, vest: 0.4, no_vest: 0.4, fire: 0.4, smoke: 0.4 };
const RULES = { thresholds: THRESHOLDS, scale: 0.5, smallestHead: 20 };
const found = (kind: VisionClass, box: readonly [number, number, number, number], score = 0.8): Detection => ({ class: kind, score, box: { x: box[0], y: box[1], width: box[2], height: box[3] } });

/** A worker whose feet stand at (x, y), 400 pixels high with a head of 60. */
type Look = { readonly hat?: 'on' | 'off' | 'hidden' | 'in the hand'; readonly vest?: 'on' | 'off' | 'hidden'; readonly height?: number };
const worker = (x: number, y: number, { hat = 'on', vest = 'on', height = 400 }: Look = {}): readonly Detection[] => {
  const head = height * 0.15;
  return [
    found('person', [x - height * 0.18, y - height, height * 0.36, height]),
    ...(hat === 'hidden' ? [] : [found(hat === 'on' ? 'hardhat' : 'no_hardhat', [x - head / 2, y - height, head, head])]),
    ...(hat === 'in the hand' ? [found('hardhat', [x + height * 0.1, y - height * 0.5, head, head * 0.8])] : []),
    ...(vest === 'hidden' ? [] : [found(vest === 'on' ? 'vest' : 'no_vest', [x - height * 0.13, y - height * 0.8, height * 0.26, height * 0.35])]),
  ];
};

/** Plays pictures half a second apart. */
const play = (pictures: readonly (readonly Detection[])[], { zones = [], scene = createScene(), from = 0, stepMs = 500 }: { zones?: readonly PictureZone[]; scene?: ReturnType<typeof createScene>; from?: number; stepMs?: number } = {}) => {
  const steps = pictures.map((detections, index): SceneStep => scene.step({ at: from + index * stepMs, width: 1280, height: 720, detections, zones, rules: RULES }));
  return { begun: steps.flatMap((step) => step.begun), last: steps.at(-1)!, steps };
};
const times = <T,>(count: number, make: (index: number) => T): readonly T[] => Array.from({ length: count }, (_none, index) => make(index));
const kinds = (breaches: readonly Breach[]) => breaches.map(({ kind }) => kind);

describe('a missing helmet', () => {
  it('is told once, after three seconds, and stays told while it lasts', () => {
    const { begun, steps } = play(times(40, () => worker(600, 700, { hat: 'off' })));
    expect(begun).toMatchObject([{ kind: 'no-helmet', since: 0 }]);
    expect(steps.findIndex((step) => step.begun.length > 0)).toBe(6);
    expect(steps.at(-1)!.standing).toHaveLength(1);
    expect(steps.at(-1)!.boxes.filter(({ breach }) => breach === 'no-helmet').map(({ kind }) => kind)).toEqual(['person', 'no_hardhat']);
  });
  it('is none for one bad picture, nor for flicker', () => {
    expect(play(times(40, (index) => worker(600, 700, { hat: index === 7 ? 'off' : 'on' }))).begun).toEqual([]);
    expect(play(times(60, (index) => worker(600, 700, { hat: index % 2 === 0 ? 'off' : 'on' }))).begun).toEqual([]);
  });
  it('survives flicker and a person hidden for a while', () => {
    const pictures = times(40, (index) => (index > 12 && index < 18 ? [] : worker(600 + index, 700, { hat: index % 5 === 0 ? 'on' : 'off' })));
    expect(kinds(play(pictures).begun)).toEqual(['no-helmet']);
  });
  it('ends when the helmet is put on, and is not told again within a minute', () => {
    const scene = createScene();
    const first = play([...times(20, () => worker(600, 700, { hat: 'off' })), ...times(12, () => worker(600, 700))], { scene });
    expect(first.last.standing).toEqual([]);
    const again = play(times(20, () => worker(600, 700, { hat: 'off' })), { scene, from: 16_000 });
    expect([again.begun, again.last.standing.length]).toEqual([[], 1]);
    const later = play([...times(20, () => worker(600, 700)), ...times(110, (): readonly Detection[] => []), ...times(20, () => worker(600, 700, { hat: 'off' }))], { scene, from: 26_000 });
    expect(kinds(later.begun)).toEqual(['no-helmet']);
  });
  it('counts a hat in the hand as none, and a cap as what the head says', () => {
    expect(kinds(play(times(20, () => worker(600, 700, { hat: 'in the hand' }))).begun)).toEqual(['no-helmet']);
  });
  it('cannot be told of a head below 20 pixels of the net, hidden, or seen both ways', () => {
    expect(play(times(40, () => worker(600, 700, { hat: 'off', height: 250 }))).begun).toEqual([]);
    expect(play(times(40, () => worker(600, 700, { hat: 'hidden' }))).begun).toEqual([]);
    const both = (): readonly Detection[] => [...worker(600, 700, { hat: 'off' }), found('hardhat', [570, 302, 60, 58], 0.75)];
    expect(play(times(40, both)).begun).toEqual([]);
  });
  it('is told of the right one of two who cross', () => {
    const pictures = times(40, (index) => [...worker(300 + index * 16, 700, { hat: 'off' }), ...worker(940 - index * 16, 690)]);
    const { begun, steps } = play(pictures);
    expect(kinds(begun)).toEqual(['no-helmet']);
    const bare = steps.map(({ boxes }) => boxes.filter(({ kind, track }) => kind === 'no_hardhat' && track === begun[0]!.track).length);
    expect(bare.slice(20).filter((count) => count === 1).length).toBeGreaterThan(15);
  });
  it('is asked for in the helmet areas only, where such are drawn', () => {
    const zones: readonly PictureZone[] = [{ id: 'a', kind: 'helmet', polygon: [[0, 0.5], [0.3, 0.5], [0.3, 1], [0, 1]] }];
    expect(play(times(20, () => worker(900, 700, { hat: 'off' })), { zones }).begun).toEqual([]);
    expect(kinds(play(times(20, () => worker(200, 700, { hat: 'off' })), { zones }).begun)).toEqual(['no-helmet']);
  });
});

describe('a place', () => {
  const zones: readonly PictureZone[] = [
    { id: 'f', kind: 'forbidden', polygon: [[0.5, 0.6], [1, 0.6], [1, 1], [0.5, 1]] },
    { id: 'c', kind: 'climbing', polygon: [[0, 0], [0.3, 0], [0.3, 0.6], [0, 0.6]] },
  ];
  it('is entered by the feet, not by the head, and not by stepping across its corner', () => {
    expect(play(times(20, () => worker(800, 420)), { zones }).begun).toEqual([]);
    expect(kinds(play(times(20, () => worker(800, 700)), { zones }).begun)).toEqual(['intrusion']);
    expect(play(times(20, (index) => worker(index === 9 ? 660 : 600, 700)), { zones }).begun).toEqual([]);
  });
  it('at height is climbed to', () => {
    expect(kinds(play(times(20, () => worker(150, 410)), { zones }).begun)).toEqual(['climbing']);
  });
});

it('a worker of whom only the head is found is still followed; a vest needs a worker near enough', () => {
  expect(kinds(play(times(20, () => [found('no_hardhat', [500, 200, 50, 60])])).begun)).toEqual(['no-helmet']);
  expect(kinds(play(times(20, () => worker(600, 700, { vest: 'off' }))).begun)).toEqual(['no-vest']);
  expect(workersOf(worker(600, 700, { vest: 'off', height: 140 }), RULES)[0]?.vest).toBe('unknown');
});

describe('fire', () => {
  const flame = (index: number, size: number): Detection => found('fire', [600 - size / 2 + (index % 2) * size * 0.1, 400 - size, size, size]);
  it('burns when three of five pictures say so and it grows', () => {
    const { begun, steps } = play(times(8, (index) => [flame(0, 40 + index * 8)]));
    expect(kinds(begun)).toEqual(['fire']);
    expect(steps.findIndex((step) => step.begun.length > 0)).toBe(2);
    expect(kinds(play(times(12, (index) => (index % 2 === 0 ? [flame(index, 60 + (index % 4) * 20)] : []))).begun)).toEqual(['fire']);
  });
  it('is none for a lamp that stands still, for two sights, for sights in other places, nor where a flare is drawn', () => {
    expect(play(times(60, () => [found('fire', [600, 300, 50, 50])])).begun).toEqual([]);
    expect(play(times(30, (index) => (index === 4 || index === 6 ? [flame(0, 60 + index * 10)] : []))).begun).toEqual([]);
    expect(play(times(5, (index) => [found('fire', [100 + index * 230, 300, 50 + index * 10, 50])])).begun).toEqual([]);
    const zones: readonly PictureZone[] = [{ id: 'flare', kind: 'no-fire', polygon: [[0.3, 0], [0.7, 0], [0.7, 0.7], [0.3, 0.7]] }];
    expect(play(times(20, (index) => [flame(index, 40 + index * 8)]), { zones }).begun).toEqual([]);
  });
  it('that spreads slowly is found by its growth since it was first seen', () => {
    let blaze = NO_BLAZE;
    const burning: boolean[] = [];
    for (let index = 0; index < 60; index += 1) {
      const size = 100 * 1.005 ** index;
      blaze = watchBlaze(blaze, { at: index * 1_000, boxes: [{ x: 0, y: 0, width: size, height: size }] });
      burning.push(blaze.since !== null);
    }
    expect(burning.indexOf(true)).toBeGreaterThan(10);
    expect(burning.at(-1)).toBe(true);
  });
  it('goes on while its camera waits long for its turn', () => {
    const { steps } = play(times(10, (index) => (index % 3 === 1 ? [] : [flame(index, 60 + index * 20)])), { stepMs: 14_000 });
    expect(steps.slice(5).map((step) => kinds(step.standing))).toEqual(steps.slice(5).map(() => ['fire']));
    expect(steps.flatMap((step) => kinds(step.begun))).toEqual(['fire']);
  });
  it('is over ten seconds after the last sight', () => {
    const { last } = play([...times(8, (index) => [flame(0, 40 + index * 8)]), ...times(25, (): readonly Detection[] => [])]);
    expect(last.standing).toEqual([]);
  });
});

it('follows walkers through each other and through a pillar, and tells those who come from those who go', () => {
  const tracker = createTracker();
  const at = (x: number): Box => ({ x, y: 300, width: 80, height: 220 });
  const first: number[] = [];
  for (let turn = 0; turn < 30; turn += 1) {
    const boxes = [at(100 + turn * 30), ...(turn > 9 && turn < 14 ? [] : [at(970 - turn * 30)])];
    const [one] = tracker.step(turn * 500, boxes);
    first.push(one!.id);
  }
  expect(new Set(first)).toEqual(new Set([1]));
  expect(tracker.tracks().map(({ id }) => id)).toEqual([1, 2]);
});
