import { Vector3 } from 'three';
import { expect, test } from 'vitest';
import { smallPlant } from '../map/testing/smallPlant.ts';
import { createCamera, overview, poseFor, poseOf } from './cameraRig.ts';
import { compassPoint, scaleStep } from './Instruments.tsx';

const plant = smallPlant();
const people = { x: Float64Array.of(50), y: Float64Array.of(40), z: Float64Array.of(Number.NaN), at: Float64Array.of(0), accuracy: Float64Array.of(Number.NaN) };

test('the overview shows the whole site at every shape of window, and wastes little', () => {
  for (const aspect of [0.6, 1, 16 / 9, 32 / 9]) {
    const { eye, target } = overview(plant, aspect);
    const camera = createCamera();
    camera.aspect = aspect;
    camera.updateProjectionMatrix();
    camera.position.set(...eye);
    camera.lookAt(...target);
    camera.updateMatrixWorld();
    const corners = [[0, 0], [100, 0], [100, 80], [0, 80]].map(([x, y]) => new Vector3(x, y, 0).project(camera));
    for (const { x, y } of corners) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThan(1);
    expect(Math.max(...corners.map(({ x, y }) => Math.max(Math.abs(x), Math.abs(y))))).toBeGreaterThan(0.7);
  }
});

test('a named view is where the plant model says, an unknown one the overview', () => {
  expect(poseOf(plant, 'V-1', 1.8)).toMatchObject({ eye: [30, -20, 30], target: [30, 30, 3] });
  expect(poseOf(plant, 'nowhere', 1.8)).toEqual(overview(plant, 1.8));
});

test('everything that can be chosen can be brought into view, unless nobody knows where it is', () => {
  for (const selection of [{ kind: 'equipment', id: 'TK-1' }, { kind: 'tag', id: 'TK-1.LT' }, { kind: 'detector', id: 'GD-1' }, { kind: 'camera', id: 'C-1' }, { kind: 'person', id: 'W-1' }, { kind: 'zone', id: 'Z-1' }, { kind: 'muster', id: 'MP-1' }] as const) {
    expect(poseFor(plant, selection, people)?.eye.every(Number.isFinite), selection.kind).toBe(true);
  }
  expect(poseFor(plant, { kind: 'person', id: 'W-1' }, { ...people, x: Float64Array.of(Number.NaN) })).toBeNull();
});

test('the scale bar takes a round length that fits, the wind its compass point', () => {
  expect([0.3, 0.05, 2].map((metresPerPixel) => scaleStep(metresPerPixel))).toEqual([20, 5, 200]);
  expect([205, 350, 44].map((degrees) => compassPoint(degrees, 'en'))).toEqual(['SW', 'N', 'NE']);
});
