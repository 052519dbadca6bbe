import { expect, it } from 'vitest';
import type { CameraEvent, PictureBox } from '../../../src-shared/contract/index.ts';
import type { Camera } from '../../../src-shared/plant/index.ts';
import { camerasOf, mattersNow, tellingBoxes } from './model.ts';

it('shows fire before a missing helmet, and the newest of a kind', () => {
  const event = (id: string, kind: CameraEvent['kind'], lastAt: number) => ({ id, kind, lastAt }) as CameraEvent;
  expect(mattersNow([event('helmet', 'no-helmet', 99), event('fire-old', 'fire', 1), event('fire-new', 'fire', 2)])?.id).toBe('fire-new');
  expect(mattersNow([])).toBeNull();
});

it('draws people and what is wrong, not what is as it should be', () => {
  const box = (kind: PictureBox['kind'], breach: PictureBox['breach'] = null): PictureBox => ({ kind, breach, confidence: 1, box: [0, 0, 1, 1], track: null });
  const boxes = [box('person'), box('hardhat'), box('vest'), box('no_hardhat', 'no-helmet'), box('smoke')];
  expect(tellingBoxes(boxes)).toEqual([boxes[0], boxes[3]]);
  const flame = (left: number, width: number): PictureBox => ({ ...box('fire', 'fire'), box: [left, 0.25, width, 0.5] });
  expect(tellingBoxes([flame(0.25, 0.25), flame(0.5, 0.25), box('person')])).toEqual([box('person'), flame(0.25, 0.5)]);
});

it('names the cameras that see a place first, nearest first, then the others of the zone', () => {
  const camera = (id: string, x: number, heading: number, zone: string): Camera => ({ id, name: { zh: id, en: id }, zone, position: [x, 0, 6], heading, tilt: 10, fieldOfView: 60 });
  const cameras = [camera('far', -100, 0, 'Z1'), camera('away', 0, 180, 'Z2'), camera('near', 20, 350, 'Z1'), camera('other', 300, 0, 'Z1')];
  expect(camerasOf(cameras, { place: [50, 0], zone: 'Z2' }).map(({ id }) => id)).toEqual(['near', 'far', 'away']);
  expect(camerasOf(cameras, { place: null, zone: 'Z1' }).map(({ id }) => id)).toEqual(['far', 'near', 'other']);
});
