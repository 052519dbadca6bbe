import { describe, expect, it } from 'vitest';
import type { Box, Detection, VisionClass } from '../../modules/inference/index.ts';
import { readAnnotations } from './cocoFile.ts';
import { blazes, precisions, wearers, type Seen } from './tally.ts';

const coco = {
  categories: [{ id: 11, name: 'person' }, { id: 12, name: 'Hardhat' }, { id: 13, name: 'NO-Hardhat' }, { id: 20, name: 'gloves' }],
  images: [{ id: 1, file_name: 'images/a.jpg', labelled_category_ids: [12, 13] }, { id: 2, file_name: 'images/b.jpg' }],
  annotations: [
    { image_id: 2, category_id: 11, bbox: [1, 2, 30, 40], attributes: { hardhat: false } },
    { image_id: 1, category_id: 12, bbox: [5, 6, 7, 8] },
    { image_id: 1, category_id: 20, bbox: [5, 6, 7, 8] },
  ],
};

describe('annotations', () => {
  it('are read by category names, with the classes that were looked for in each picture', () => {
    const { pictures, idOf, unknown } = readAnnotations(JSON.stringify(coco));
    expect([...idOf]).toEqual([['person', 11], ['hardhat', 12], ['no_hardhat', 13]]);
    expect(unknown).toEqual(['gloves']);
    expect(pictures).toMatchObject([
      { id: 1, fileName: 'images/a.jpg', truth: [{ class: 'hardhat', box: { x: 5, y: 6, width: 7, height: 8 }, wears: { hardhat: null, vest: null } }] },
      { id: 2, truth: [{ class: 'person', wears: { hardhat: false, vest: null } }] },
    ]);
    expect([...pictures[0]!.labelled]).toEqual(['hardhat', 'no_hardhat']);
    expect([...pictures[1]!.labelled]).toEqual(['person', 'hardhat', 'no_hardhat']);
  });

  it.each([
    ['no JSON', 'x', /not JSON/],
    ['no images', JSON.stringify({ ...coco, images: [] }), /^images: /],
    ['a box without height', JSON.stringify({ ...coco, annotations: [{ image_id: 1, category_id: 12, bbox: [0, 0, 5, 0] }] }), /^annotations\[0\]\.bbox\[3\]: /],
    ['an annotation of no image', JSON.stringify({ ...coco, annotations: [{ image_id: 9, category_id: 12, bbox: [0, 0, 5, 5] }] }), /^annotations\[0\]\.image_id: .* 9$/],
    ['an annotation of no category', JSON.stringify({ ...coco, annotations: [{ image_id: 1, category_id: 9, bbox: [0, 0, 5, 5] }] }), /^annotations\[0\]\.category_id: .* 9$/],
    ['an image that is there twice', JSON.stringify({ ...coco, images: [coco.images[0], coco.images[0]] }), /^images\[1\]\.id: /],
    ['no known category', JSON.stringify({ ...coco, categories: [{ id: 1, name: 'cat' }] }), /^categories: /],
  ])('name the field that is wrong: %s', (_what, text, sentence) => {
    expect(() => readAnnotations(text)).toThrow(sentence);
  });
});

const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });
const found = (which: VisionClass, score: number, where: Box): Detection => ({ class: which, score, box: where });
const picture = (labelled: readonly VisionClass[], truth: Seen['picture']['truth'], absent: readonly VisionClass[] = []): Seen['picture'] => ({ id: 1, fileName: 'a', labelled: new Set(labelled), absent: new Set(absent), truth });
const thing = (which: VisionClass, where: Box, hardhat: boolean | null = null) => ({ class: which, box: where, wears: { hardhat, vest: null } });
const thresholds = { person: 0.5, hardhat: 0.5, no_hardhat: 0.5, vest: 0.5, no_vest: 0.5, fire: 0.5, smoke: 0.5 };
const head = box(4, 0, 2, 2);

describe('precision over pictures', () => {
  it('does not count a class where nobody looked for it', () => {
    const seen = [
      { picture: picture(['hardhat'], [thing('hardhat', head)]), detections: [found('hardhat', 0.6, head), found('person', 0.9, box(0, 0, 9, 9))] },
      { picture: picture(['person'], [thing('person', box(0, 0, 9, 9))]), detections: [found('person', 0.5, box(0, 0, 9, 9)), found('hardhat', 0.9, head)] },
    ];
    expect(precisions(seen)).toEqual({ map50: expect.closeTo(1), map50Heads: expect.closeTo(1), perClass: { person: expect.closeTo(1), hardhat: expect.closeTo(1) } });
  });
  it('is the mean over classes that have a box, heads apart', () => {
    const seen = [{ picture: picture(['hardhat', 'no_hardhat', 'fire', 'smoke'], [thing('hardhat', head), thing('fire', box(0, 0, 9, 9))]), detections: [found('hardhat', 0.6, head)] }];
    expect(precisions(seen)).toEqual({ map50: expect.closeTo(0.5), map50Heads: expect.closeTo(1), perClass: { hardhat: expect.closeTo(1), fire: 0 } });
    expect(precisions([])).toEqual({ map50: null, map50Heads: null, perClass: {} });
  });
});

describe('fire and smoke', () => {
  it('are judged per picture, either of them, by the thresholds; pictures taken to be without count as quiet', () => {
    const both: VisionClass[] = ['fire', 'smoke'];
    const seen = [
      { picture: picture(both, [thing('fire', head)]), detections: [found('smoke', 0.6, box(50, 50, 9, 9))] },
      { picture: picture(both, [thing('smoke', head)]), detections: [found('smoke', 0.4, head)] },
      { picture: picture(['person'], [], both), detections: [found('fire', 0.9, head)] },
      { picture: picture(['person'], []), detections: [found('fire', 0.9, head)] },
    ];
    expect(blazes(seen, thresholds)).toEqual({ frames: 2, recall: 0.5, quietFrames: 1, falseAlarms: 1 });
    expect(blazes([seen[3]!], thresholds)).toBeNull();
  });
});

describe('missing hats', () => {
  const person = box(0, 0, 10, 30);
  it('are seen when the head nearest to the top of a bare-headed person is believed to be bare', () => {
    const bare = picture(['person'], [thing('person', person, false)]);
    const wearing = picture(['person'], [thing('person', person, true)]);
    const seen = [
      { picture: bare, detections: [found('no_hardhat', 0.9, head)] },
      { picture: bare, detections: [found('no_hardhat', 0.4, head)] },
      { picture: bare, detections: [found('hardhat', 0.7, head), found('no_hardhat', 0.9, box(7, 8, 2, 2))] },
      // A head at the feet is somebody else's.
      { picture: wearing, detections: [found('no_hardhat', 0.9, box(4, 20, 2, 2)), found('hardhat', 0.6, head)] },
      { picture: wearing, detections: [found('no_hardhat', 0.9, head)] },
    ];
    expect(wearers(seen, thresholds, 'hardhat')).toEqual({ without: 3, missingSeen: expect.closeTo(1 / 3), missingTakenForWorn: expect.closeTo(1 / 3), wearers: 2, wornSeen: 0.5, falseAlarmsPer100Wearers: 50 });
  });
  it('are not judged of persons of whom nothing is known', () => {
    expect(wearers([{ picture: picture(['person'], [thing('person', person)]), detections: [] }], thresholds, 'hardhat')).toBeNull();
    expect(wearers([{ picture: picture(['person'], [thing('person', person, true)]), detections: [] }], thresholds, 'vest')).toBeNull();
  });
});
