import { BufferAttribute, type BufferGeometry, Color, CylinderGeometry, IcosahedronGeometry, InstancedMesh, Matrix4, MeshStandardMaterial, SphereGeometry, SRGBColorSpace, type Vector3 } from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { THEMES } from '../map/palette.ts';
import type { PeoplePositions, ThemeName } from './twinProps.ts';

/**
 * People as small figures with helmet and vest under their dots, so that one sees near by how large a person is beside a
 * vessel. One instanced draw call of those within `REACH`; from further away the dot alone tells more.
 */
export type PeopleFigures = {
  readonly mesh: InstancedMesh;
  /** Places everybody within reach of the eye; turns them the way they last moved. */
  update(people: PeoplePositions, eye: Vector3): void;
  hide(): void;
  setTheme(theme: ThemeName): void;
  dispose(): void;
};

/** Metres from the eye. */
const REACH = 150;
/** A step shorter than this is the wearable's noise and turns nobody, m. */
const STEP = 0.35;

export const createPeopleFigures = (count: number): PeopleFigures => {
  const material = new MeshStandardMaterial({ vertexColors: true, roughness: 0.9 });
  const geometry = figure();
  const mesh = new InstancedMesh(geometry, material, Math.max(1, count));
  // Its bounds would have to be computed anew each time somebody walks.
  mesh.frustumCulled = false;
  mesh.receiveShadow = true;
  mesh.count = 0;
  const last = Array.from({ length: count }, () => ({ x: Number.NaN, y: Number.NaN, heading: 0 }));
  const matrix = new Matrix4();
  return {
    mesh,
    update(people, eye) {
      let shown = 0;
      for (let i = 0; i < count; i += 1) {
        const [x, y, z] = [people.x[i] ?? Number.NaN, people.y[i] ?? Number.NaN, people.z[i] ?? 0];
        if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
        const before = last[i]!;
        const [dx, dy] = [x - before.x, y - before.y];
        if (!(Math.hypot(dx, dy) < STEP)) {
          if (Number.isFinite(dx)) before.heading = Math.atan2(dy, dx);
          [before.x, before.y] = [x, y];
        }
        const height = Number.isFinite(z) ? z : 0;
        if (Math.hypot(x - eye.x, y - eye.y, height - eye.z) > REACH) continue;
        mesh.setMatrixAt(shown, matrix.makeRotationZ(before.heading).setPosition(x, y, height + 0.1));
        shown += 1;
      }
      mesh.count = shown;
      mesh.visible = shown > 0;
      mesh.instanceMatrix.needsUpdate = true;
    },
    hide() {
      mesh.visible = false;
    },
    setTheme(theme) {
      const [red, green, blue] = THEMES[theme].person;
      material.color.setRGB(red / 255, green / 255, blue / 255, SRGBColorSpace);
    },
    dispose() {
      geometry.dispose();
      material.dispose();
      mesh.dispose();
    },
  };
};

/** 1.75 m tall, facing +x, feet on 0; 90 triangles. Shades of the theme's colour for people: light helmet and vest, dark arms, darker legs. */
const figure = (): BufferGeometry => {
  const shade = (geometry: BufferGeometry, grey: number, at: readonly [number, number, number], scale: readonly [number, number, number] = [1, 1, 1]): BufferGeometry => {
    const plain = geometry.index === null ? geometry : geometry.toNonIndexed();
    plain.deleteAttribute('uv');
    plain.scale(...scale).translate(...at);
    const linear = new Color().setScalar(grey);
    plain.setAttribute('color', new BufferAttribute(Float32Array.from({ length: plain.getAttribute('position').count * 3 }, (_, i) => linear.toArray()[i % 3]!), 3));
    return plain;
  };
  const upright = (top: number, foot: number, height: number, sides: number) => new CylinderGeometry(top, foot, height, sides, 1, true).rotateX(Math.PI / 2);
  return mergeGeometries([
    // One leg ahead of the other, as somebody who walks.
    shade(upright(0.085, 0.06, 0.86, 4), 0.16, [0.09, -0.1, 0.43]),
    shade(upright(0.085, 0.06, 0.86, 4), 0.16, [-0.09, 0.1, 0.43]),
    shade(upright(0.21, 0.16, 0.54, 5), 0.85, [0, 0, 1.1], [0.72, 1, 1]),
    shade(upright(0.06, 0.21, 0.12, 5), 0.85, [0, 0, 1.43], [0.72, 1, 1]),
    shade(upright(0.055, 0.042, 0.6, 4), 0.3, [-0.05, -0.25, 1.12]),
    shade(upright(0.055, 0.042, 0.6, 4), 0.3, [0.05, 0.25, 1.12]),
    shade(new IcosahedronGeometry(0.115, 0), 0.5, [0.01, 0, 1.58], [1, 0.88, 1.1]),
    shade(new SphereGeometry(0.15, 6, 2, 0, 2 * Math.PI, 0, Math.PI / 2).rotateX(Math.PI / 2), 1, [0.01, 0, 1.6], [1.05, 0.9, 1]),
  ]);
};
