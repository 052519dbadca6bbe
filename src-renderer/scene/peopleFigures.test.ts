import { Matrix4, Vector3 } from 'three';
import { expect, test } from 'vitest';
import { createPeopleFigures } from './peopleFigures.ts';

const positions = (x: readonly number[], y: readonly number[]) => ({ x: Float64Array.from(x), y: Float64Array.from(y), z: Float64Array.from(x, () => Number.NaN), at: new Float64Array(x.length), accuracy: new Float64Array(x.length) });
const placeOf = (figures: ReturnType<typeof createPeopleFigures>, n: number) => {
  const matrix = new Matrix4();
  figures.mesh.getMatrixAt(n, matrix);
  return { at: new Vector3().setFromMatrixPosition(matrix), facing: new Vector3(1, 0, 0).transformDirection(matrix) };
};

test('those near the eye stand where they are, on the ground; the far and the unknown are left out', () => {
  const figures = createPeopleFigures(3);
  figures.update(positions([10, 900, Number.NaN], [20, 20, 20]), new Vector3(0, 0, 50));
  expect(figures.mesh.count).toBe(1);
  const { at } = placeOf(figures, 0);
  expect([at.x, at.y]).toEqual([10, 20]);
  expect(at.z).toBeCloseTo(0.1);
});

test('a walker faces where he walks and keeps facing there when he stops', () => {
  const figures = createPeopleFigures(1);
  const eye = new Vector3(0, 0, 20);
  for (const y of [0, 1, 1.1]) figures.update(positions([5], [y]), eye);
  expect(placeOf(figures, 0).facing.y).toBeCloseTo(1);
});

test('one figure is cheap enough for a hundred and twenty of them', () => {
  const { mesh } = createPeopleFigures(1);
  expect(mesh.geometry.getAttribute('position').count / 3).toBeLessThanOrEqual(90);
  mesh.geometry.computeBoundingBox();
  expect(mesh.geometry.boundingBox!.max.z).toBeCloseTo(1.75, 1);
});
