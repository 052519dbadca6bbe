import { readFileSync } from 'node:fs';
import { Ray, Vector3 } from 'three';
import { expect, test } from 'vitest';
import { EquipmentKind, PlantModel } from '../../../src-shared/plant/index.ts';
import { smallPlant } from '../../map/testing/smallPlant.ts';
import { createPicker } from '../picking.ts';
import { SHAPES } from './equipment.ts';
import { createMeshBuilder, type MeshData, offsetSides } from './meshBuilder.ts';
import { groundShade, heightField, skySeen } from './occlusion.ts';
import { buildPlant, PLATE_MARGIN } from './plantGeometry.ts';

/** Six times the volume that closed surfaces enclose: negative when they are inside out. */
const volume = ({ position, index }: MeshData): number => {
  let sum = 0;
  const [a, b, c] = [new Vector3(), new Vector3(), new Vector3()];
  for (let i = 0; i < index.length; i += 3) {
    a.fromArray(position, index[i]! * 3);
    b.fromArray(position, index[i + 1]! * 3);
    c.fromArray(position, index[i + 2]! * 3);
    sum += a.dot(b.cross(c));
  }
  return sum / 6;
};
const built = (build: (mesh: ReturnType<typeof createMeshBuilder>) => void): MeshData => {
  const mesh = createMeshBuilder();
  mesh.place(0, [0, 0, 0]);
  build(mesh);
  return mesh.finish();
};
const bounds = ({ position }: MeshData) => [0, 1, 2].map((axis) => {
  const values = Array.from({ length: position.length / 3 }, (_, i) => position[i * 3 + axis]!);
  return [Math.min(...values), Math.max(...values)] as const;
});

test('primitives enclose the volume they should, faces outward', () => {
  expect(volume(built((mesh) => mesh.box('steel', [0, 0, 5], [2, 3, 4])))).toBeCloseTo(24);
  expect(volume(built((mesh) => mesh.tube('steel', [1, 2, 3], [4, 6, 3], { radius: 1, segments: 64, caps: true })))).toBeCloseTo(5 * Math.PI, 0);
  const ball = Array.from({ length: 33 }, (_, i): [number, number] => [Math.cos((i / 32 - 0.5) * Math.PI), Math.sin((i / 32 - 0.5) * Math.PI)]);
  expect(volume(built((mesh) => mesh.lathe('steel', [0, 0, 0], ball, { segments: 48, smooth: true })))).toBeCloseTo((4 / 3) * Math.PI, 1);
  expect(volume(built((mesh) => mesh.latheAlong('steel', [0, 0, 0], ball, { segments: 48 })))).toBeCloseTo((4 / 3) * Math.PI, 1);
});

test('every kind of equipment has a shape that keeps to its size, with unit normals', () => {
  for (const kind of EquipmentKind.options) {
    const size: [number, number, number] = { sphere: [16, 16, 18], column: [3, 3, 40], flare: [3, 3, 60], 'storage-tank': [20, 20, 12], mast: [1, 1, 10], 'detector-post': [0.4, 0.4, 1.6] }[kind as string] as [number, number, number] | undefined ?? [6, 3, 3];
    const mesh = built((builder) => SHAPES[kind](builder, { size, substance: 'gasoline' }));
    expect(mesh.index.length, kind).toBeGreaterThan(30);
    const [x, y, z] = bounds(mesh);
    expect(z![0], kind).toBeGreaterThan(-0.1);
    expect(z![1], kind).toBeLessThan(size[2] * 1.25 + 2.5);
    expect(z![1], kind).toBeGreaterThan(size[2] * 0.7);
    const reach = Math.max(size[0], size[1]);
    for (const [low, high] of [x!, y!]) expect(Math.max(-low, high), kind).toBeLessThan(reach + 8);
    for (let i = 0; i < mesh.normal.length; i += 3) expect(Math.abs(Math.hypot(mesh.normal[i]!, mesh.normal[i + 1]!, mesh.normal[i + 2]!) - 1), kind).toBeLessThan(1e-3);
  }
});

test('a mitred band keeps its width round a corner', () => {
  const [, [left, right]] = offsetSides([[0, 0], [10, 0], [10, 10]], 2) as unknown as [unknown, [[number, number], [number, number]]];
  expect(left.map((v) => Math.round(v * 1e6) / 1e6)).toEqual([8, 2]);
  expect(right.map((v) => Math.round(v * 1e6) / 1e6)).toEqual([12, -2]);
});

test('a ray from above meets the tank it should, and the tank hides what is behind it', () => {
  const { plant: mesh, owners } = buildPlant(smallPlant());
  const picker = createPicker(mesh);
  const hit = picker.pick(new Ray(new Vector3(20, 30, 100), new Vector3(0, 0, -1)));
  expect(owners[hit!.owner]).toEqual({ kind: 'equipment', id: 'TK-1' });
  expect(hit!.distance).toBeCloseTo(90, -1);
  expect(picker.blocks(new Vector3(-30, 30, 5), [27.5, 30, 1])).toBe(true);
  expect(picker.blocks(new Vector3(-30, 50, 5), [27.5, 50, 1])).toBe(false);
});

test('the ground is darker at the foot of a tank than out in the open', () => {
  const field = heightField(smallPlant());
  const shade = groundShade(field);
  const at = (x: number, y: number) => shade[(y + PLATE_MARGIN) * field.nx + x + PLATE_MARGIN]!;
  expect(at(27, 30)).toBeLessThan(190);
  expect(at(95, 60)).toBe(255);
  expect(skySeen(field, [27, 30, 20])).toBe(1);
});

test('the demonstration plant stays within its budget of triangles', () => {
  const plant = PlantModel.parse(JSON.parse(readFileSync(new URL('../../../assets/plants/binhai/plant.json', import.meta.url), 'utf8')));
  const { ground, plant: mesh, owners } = buildPlant(plant);
  expect((ground.index.length + mesh.index.length) / 3).toBeLessThan(388_000);
  const seen = new Set(mesh.ranges.map(({ owner }) => owners[owner]!.id));
  for (const { id } of plant.equipment) expect(seen.has(id), id).toBe(true);
  expect(mesh.position.every(Number.isFinite)).toBe(true);
});
