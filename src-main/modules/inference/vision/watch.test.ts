import { describe, expect, it } from 'vitest';
import type { PictureBox } from '../../../../src-shared/contract/index.ts';
import { createEmitter, ok, refuse, text } from '../../../../src-shared/kernel/index.ts';
import { createFakeClock } from '../../../testing/fakeClock.ts';
import type { Picture } from '../../cameras/index.ts';
import type { VisionCard } from '../card.ts';
import type { Detection } from '../model/vision/detect.ts';
import { compareSights } from './afterPhoto.ts';
import type { Frame } from './service.ts';
import { createCameraWatch, type BreachReport } from './watch.ts';

const card = { thresholds: { person: 0.4, no_hardhat: 0.4 }, smallestHead: 20 } as unknown as VisionCard;
const bare: readonly Detection[] = [
  { class: 'person', score: 0.9, box: { x: 200, y: 100, width: 100, height: 240 } },
  { class: 'no_hardhat', score: 0.8, box: { x: 230, y: 100, width: 40, height: 40 } },
];

const rig = () => {
  const clock = createFakeClock();
  const received = createEmitter<Picture>();
  const asked: { readonly frame: Frame; answer(detections: readonly Detection[] | null): Promise<void> }[] = [];
  const vision = {
    card: () => card,
    detect: (frame: Frame) =>
      new Promise<never>((resolve) =>
        asked.push({
          frame,
          async answer(detections) {
            resolve((detections === null ? refuse('NoModel', text('无', 'none')) : ok({ width: 640, height: 360, scale: 0.8, detections })) as never);
            await Promise.resolve();
            await new Promise((done) => setImmediate(done));
          },
        }),
      ),
  };
  const looked: string[] = [];
  const watch = createCameraWatch({ cameras: { onDidReceive: received.listen, see: ({ picture }) => looked.push(`${picture.camera} ${picture.at}`), zonesOf: () => [] }, watched: new Set(['A', 'B']), vision, clock });
  const reports: BreachReport[] = [];
  watch.onDidSee((report) => reports.push(report));
  const send = (camera: string) => received.emit({ camera, at: clock.now(), jpeg: Uint8Array.of(1) });
  return { clock, asked, looked, reports, send, watch };
};

describe('the watch over cameras', () => {
  it('looks at cameras in turn, of each at the newest picture, and rests as long as it looked', async () => {
    const { clock, asked, looked, send } = rig();
    const start = clock.now();
    send('A');
    clock.advance(100);
    for (const camera of ['B', 'A', 'A', 'C']) send(camera);
    clock.advance(100);
    send('A');
    await asked[0]!.answer([]);
    expect([asked.length, looked]).toEqual([1, [`A ${start}`]]);
    clock.advance(199);
    expect(asked.length).toBe(1);
    clock.advance(1);
    expect(asked[1]!.frame.source).toBe('B');
    await asked[1]!.answer([]);
    clock.advance(0);
    await asked[2]!.answer([]);
    expect(looked.slice(1)).toEqual([`B ${start + 100}`, `A ${start + 200}`]);
  });

  it('tells a breach once as new, then once a second with the picture that shows it; a model that fails ends nothing', async () => {
    const { clock, asked, reports, send } = rig();
    for (let turn = 0; turn < 24; turn += 1) {
      send('A');
      await asked[turn]!.answer(turn === 3 ? null : bare);
      clock.advance(500);
    }
    expect(reports.filter(({ isNew }) => isNew).map(({ breach }) => breach.kind)).toEqual(['no-helmet']);
    const gaps = reports.slice(1).map(({ picture }, index) => picture.at - reports[index]!.picture.at);
    expect([...new Set(gaps)]).toEqual([1_000]);
    expect(reports[0]!.boxes.filter(({ breach }) => breach === 'no-helmet')).toHaveLength(2);
  });

  it('looks at one picture of anybody, without judgement, and says when nobody can', async () => {
    const { asked, watch } = rig();
    const boxes = watch.look(Uint8Array.of(1));
    await asked[0]!.answer(bare);
    expect((await boxes)?.map(({ kind, breach, track }) => [kind, breach, track])).toEqual([['person', null, null], ['no_hardhat', null, null]]);
    const none = watch.look(Uint8Array.of(1));
    await asked[1]!.answer(null);
    expect(await none).toBeNull();
  });
});

describe('before and after', () => {
  const box = (kind: PictureBox['kind'], place: PictureBox['box'], breach: PictureBox['breach'] = null): PictureBox => ({ kind, confidence: 0.9, box: place, track: null, breach });
  const first = [box('person', [0.3, 0.3, 0.1, 0.4], 'no-helmet'), box('no_hardhat', [0.33, 0.3, 0.04, 0.06], 'no-helmet'), box('hardhat', [0.8, 0.3, 0.04, 0.06])];
  const same = { scale: 1, dx: 0, dy: 0, likeness: 0.9 };
  const judge = (second: readonly PictureBox[] | null, rest: Partial<Parameters<typeof compareSights>[0]> = {}) => compareSights({ kind: 'no-helmet', first, second, alignment: same, ...rest }).verdict;

  it('is gone when the sign is no longer there, and still there when it is, wherever the second camera stood', () => {
    expect(judge([box('hardhat', [0.33, 0.3, 0.04, 0.06])])).toBe('gone');
    expect(judge([])).toBe('gone');
    expect(judge([box('no_hardhat', [0.34, 0.31, 0.04, 0.06])])).toBe('still-there');
    expect(judge([box('no_hardhat', [0.8, 0.31, 0.04, 0.06])])).toBe('gone');
    expect(judge([box('no_hardhat', [0.57, 0.45, 0.06, 0.09])], { alignment: { scale: 1.5, dx: 0.07, dy: 0, likeness: 0.6 } })).toBe('still-there');
  });
  it('cannot be told of another place, out of the picture, too far away, without a model or a picture, or of a kind that no picture shows', () => {
    expect(judge([], { alignment: { ...same, likeness: 0.2 } })).toBe('cannot-tell');
    expect(judge([], { alignment: { ...same, dx: -0.4 } })).toBe('cannot-tell');
    expect(judge([box('head', [0.33, 0.3, 0.04, 0.06])])).toBe('cannot-tell');
    expect(judge(null)).toBe('cannot-tell');
    expect(judge([], { first: null, alignment: null })).toBe('cannot-tell');
    expect(judge([], { kind: null })).toBe('cannot-tell');
    expect(judge([], { first: [] })).toBe('cannot-tell');
  });
});
