import { BoxGeometry, BufferAttribute, BufferGeometry, ConeGeometry, CylinderGeometry, Group, Mesh, MeshStandardMaterial, PlaneGeometry, SphereGeometry, Vector3 } from 'three';
import type { MeshData } from '../../../src-renderer/scene/geometry/meshBuilder.ts';
import { createPlantData } from '../../../src-renderer/scene/geometry/plantData.ts';
import { createPlantMaterial, type Finishes } from '../../../src-renderer/scene/materials.ts';
import { createPicker, type Picker } from '../../../src-renderer/scene/picking.ts';
import { hash } from '../../../src-renderer/scene/geometry/structures.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import type { Random } from './random.ts';

/** The twin's plant in the colours a plant really has, cut into tiles so that only what a camera sees is drawn. */
export type PlantStage = {
  readonly group: Group;
  readonly picker: Picker;
  /** Height of what stands on a place, m; 0 in the open. */
  topAt(x: number, y: number): number;
  dispose(): void;
};

const PAINTED: Finishes = {
  plate: ['#8f8e88', 0.95], plateEdge: ['#77756f', 1], paving: ['#a09e97', 0.95], road: ['#5b5d5f', 0.95], roadMark: ['#e4e2da', 0.9], kerb: ['#b3b1aa', 0.95], grass: ['#667d45', 1], water: ['#47636b', 0.2], concrete: ['#a9a69e', 0.95], bund: ['#b3b0a6', 0.95],
  steel: ['#b4bbc0', 0.5], steelLight: ['#dfe2e2', 0.45], steelDark: ['#5d6b73', 0.65], machine: ['#6a8ba0', 0.5], machineDark: ['#41596a', 0.6], rail: ['#cfa42e', 0.7], grating: ['#74797c', 0.8], pipe: ['#bfc5c9', 0.45],
  wall: ['#d3cec1', 0.9], wallTrim: ['#8d98a1', 0.9], roof: ['#71797d', 0.95], window: ['#35434d', 0.15], door: ['#47657b', 0.7], tree: ['#46693a', 1], trunk: ['#5d4c3b', 1], sign: ['#17884b', 0.8], signFace: ['#f6f8f6', 0.8], lens: ['#101214', 0.2],
  bandGas: ['#d5ad25', 0.7], bandLiquid: ['#b2572e', 0.7], bandWater: ['#2f9a58', 0.7], bandSteam: ['#bb3431', 0.7],
};
/** Paint of vessels and machines as owners choose it. */
const COATS = ['#e7e6df', '#d7dcdd', '#c6cfd2', '#e3dcc4', '#9fb7c4', '#7fa393', '#b8bcbd', '#d6d3cb'];
const rgb = (hex: string): [number, number, number] => [Number.parseInt(hex.slice(1, 3), 16), Number.parseInt(hex.slice(3, 5), 16), Number.parseInt(hex.slice(5, 7), 16)];
const TILE = 40;

export const createPlantStage = (plant: PlantModel): PlantStage => {
  const data = createPlantData(plant);
  const { ground, plant: standing, owners, sky, shade: field } = data;
  const { material, setFinishes, setTints, dispose } = createPlantMaterial(data);
  setFinishes(PAINTED);
  setTints(owners.flatMap(({ kind, id }, owner) => (kind === 'equipment' ? [[owner, [...rgb(COATS[hash(id.replace(/[A-Z]$/, '')) % COATS.length]!), 105]] as const] : [])));
  weather(material);

  const group = new Group();
  const addTiles = (mesh: MeshData, seen: Uint8Array, casts: boolean) => {
    const shared = new BufferGeometry();
    shared.setAttribute('position', new BufferAttribute(mesh.position, 3));
    shared.setAttribute('normal', new BufferAttribute(mesh.normal, 3));
    shared.setAttribute('part', new BufferAttribute(mesh.part, 2));
    shared.setAttribute('sky', new BufferAttribute(seen, 1, true));
    for (const index of tilesOf(mesh)) {
      const geometry = new BufferGeometry();
      for (const name of ['position', 'normal', 'part', 'sky']) geometry.setAttribute(name, shared.getAttribute(name));
      geometry.setIndex(new BufferAttribute(index, 1));
      geometry.boundingSphere = sphereOf(mesh.position, index, geometry);
      const tile = new Mesh(geometry, material);
      tile.castShadow = casts;
      tile.receiveShadow = true;
      group.add(tile);
    }
  };
  addTiles(ground, new Uint8Array(ground.position.length / 3).fill(255), false);
  addTiles(standing, sky, true);
  const far = new Mesh(new PlaneGeometry(3_000, 3_000), new MeshStandardMaterial({ color: '#7d8468', roughness: 1 }));
  far.position.set(plant.site.width / 2, plant.site.depth / 2, -2.3);
  group.add(far);

  const tops = topsOf(standing, field);
  return {
    group,
    picker: createPicker(standing),
    topAt(x, y) {
      const [i, j] = [Math.floor((x - field.x0) * 2), Math.floor((y - field.y0) * 2)];
      return i < 0 || j < 0 || i >= field.nx * 2 || j >= field.ny * 2 ? 0 : tops[j * field.nx * 2 + i]!;
    },
    dispose,
  };
};

/** Dirt, stains and worn paint: what makes drawn surfaces look used. Added to the twin's own shader. */
const weather = (material: MeshStandardMaterial): void => {
  const plain = material.onBeforeCompile;
  material.onBeforeCompile = (shader, renderer) => {
    plain.call(material, shader, renderer);
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', `#include <common>
float speck(vec3 p) { p = fract(p * vec3(0.1031, 0.1030, 0.0973)); p += dot(p, p.yxz + 33.33); return fract((p.x + p.y) * p.z); }
float grain(vec3 p) { vec3 i = floor(p); vec3 f = fract(p); vec3 u = f * f * (3.0 - 2.0 * f);
  return mix(mix(mix(speck(i), speck(i + vec3(1, 0, 0)), u.x), mix(speck(i + vec3(0, 1, 0)), speck(i + vec3(1, 1, 0)), u.x), u.y),
             mix(mix(speck(i + vec3(0, 0, 1)), speck(i + vec3(1, 0, 1)), u.x), mix(speck(i + vec3(0, 1, 1)), speck(i + vec3(1, 1, 1)), u.x), u.y), u.z); }`)
      .replace('diffuseColor.rgb = mix(vFinish.rgb, vTint.rgb, vTint.a);', `diffuseColor.rgb = mix(vFinish.rgb, vTint.rgb, vTint.a);
float broad = grain(vPlace * 0.35 + 3.0);
float fine = grain(vPlace * 2.7) * 0.6 + grain(vPlace * 9.0) * 0.4;
float streak = grain(vec3(vPlace.xy * 3.2, vPlace.z * 0.22));
bool flatGround = vPlace.z < 0.22;
diffuseColor.rgb *= flatGround ? 0.62 + 0.42 * broad + 0.26 * fine : 0.8 + 0.14 * fine + 0.12 * broad;
if (flatGround) { float patchy = smoothstep(0.62, 0.8, grain(vPlace * 0.13 + 11.0)); diffuseColor.rgb *= 1.0 - 0.3 * patchy; vec2 slab = abs(fract(vPlace.xy / 5.0) - 0.5); if (max(slab.x, slab.y) > 0.494) diffuseColor.rgb *= 0.72; }
else diffuseColor.rgb = mix(diffuseColor.rgb, vec3(0.25, 0.15, 0.09), 0.35 * smoothstep(0.68, 0.95, streak));`);
  };
};

/** Triangles of a mesh sorted into square tiles by their first corner. */
const tilesOf = ({ position, index }: MeshData): Uint32Array[] => {
  const lists = new Map<string, number[]>();
  for (let i = 0; i < index.length; i += 3) {
    const key = `${Math.floor(position[index[i]! * 3]! / TILE)},${Math.floor(position[index[i]! * 3 + 1]! / TILE)}`;
    let list = lists.get(key);
    if (list === undefined) lists.set(key, (list = []));
    list.push(index[i]!, index[i + 1]!, index[i + 2]!);
  }
  return [...lists.values()].map((list) => Uint32Array.from(list));
};

const sphereOf = (position: Float32Array, index: Uint32Array, geometry: BufferGeometry) => {
  const [low, high, point] = [new Vector3(Infinity, Infinity, Infinity), new Vector3(-Infinity, -Infinity, -Infinity), new Vector3()];
  for (const at of index) {
    point.fromArray(position, at * 3);
    low.min(point);
    high.max(point);
  }
  geometry.computeBoundingSphere();
  const sphere = geometry.boundingSphere!;
  sphere.center.copy(low).add(high).multiplyScalar(0.5);
  sphere.radius = low.distanceTo(high) / 2;
  return sphere;
};

/** Highest corner of anything below head height over every half metre, so that nobody stands in a pump. */
const topsOf = ({ position, index }: MeshData, { x0, y0, nx, ny }: { x0: number; y0: number; nx: number; ny: number }): Float32Array => {
  const tops = new Float32Array(nx * 2 * ny * 2);
  for (let i = 0; i < index.length; i += 3) {
    const corners = [0, 1, 2].map((n) => index[i + n]! * 3);
    const low = Math.min(...corners.map((at) => position[at + 2]!));
    const high = Math.max(...corners.map((at) => position[at + 2]!));
    if (low > 2.4 || high < 0.25) continue;
    const [xs, ys] = [corners.map((at) => (position[at]! - x0) * 2), corners.map((at) => (position[at + 1]! - y0) * 2)];
    // A wall's triangle is thin: its box is near enough. A long slanting one would bar too much, so it is walked along.
    const [w, d] = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
    const steps = Math.ceil(Math.max(w, d)) + 1;
    for (let a = 0; a <= steps; a += 1) {
      for (let b = 0; b <= steps - a; b += 1) {
        const [p, q] = [a / steps, b / steps];
        const [u, v] = [Math.floor(xs[0]! + (xs[1]! - xs[0]!) * p + (xs[2]! - xs[0]!) * q), Math.floor(ys[0]! + (ys[1]! - ys[0]!) * p + (ys[2]! - ys[0]!) * q)];
        if (u >= 0 && v >= 0 && u < nx * 2 && v < ny * 2) tops[v * nx * 2 + u] = Math.max(tops[v * nx * 2 + u]!, high);
      }
    }
  }
  return tops;
};

/** Cones, drums, boxes, hoses and extinguishers that lie about, in the colours that mislead a detector. */
export const createClutter = (random: Random, spots: readonly Vector3[]): { readonly group: Group; dispose(): void } => {
  const group = new Group();
  const add = (geometry: BufferGeometry, colour: string, at: readonly [number, number, number], options: { roughness?: number } = {}) => {
    const mesh = new Mesh(geometry, new MeshStandardMaterial({ color: colour, roughness: options.roughness ?? 0.7 }));
    mesh.position.set(...at);
    mesh.castShadow = true;
    mesh.receiveShadow = true;
    group.add(mesh);
    return mesh;
  };
  for (const { x, y } of spots) {
    switch (random.pick(['cone', 'drum', 'drum', 'box', 'extinguisher', 'valve', 'board', 'bin'] as const)) {
      case 'cone':
        add(new ConeGeometry(0.19, 0.7, 16).rotateX(Math.PI / 2), '#e2541b', [x, y, 0.4]);
        add(new CylinderGeometry(0.115, 0.145, 0.14, 16).rotateX(Math.PI / 2), '#f0f0ec', [x, y, 0.42]);
        add(new BoxGeometry(0.42, 0.42, 0.05), '#d24a16', [x, y, 0.12]);
        break;
      case 'drum': {
        const colour = random.pick(['#2459a5', '#b3302a', '#d7a91f', '#3a3d40', '#2e7d54']);
        for (let n = 0; n < random.between(1, 4); n += 1) add(new CylinderGeometry(0.29, 0.29, 0.88, 18).rotateX(Math.PI / 2), colour, [x + (n % 2) * 0.64, y + Math.floor(n / 2) * 0.64, 0.54], { roughness: 0.45 });
        break;
      }
      case 'box':
        add(new BoxGeometry(random.between(0.5, 1.4), random.between(0.5, 1.1), 0.8), random.pick(['#a17e4d', '#8d8f90', '#3d6d8c', '#6b7a3d']), [x, y, 0.5]).rotation.z = random.between(0, 3);
        break;
      case 'extinguisher':
        for (const side of [0, 0.25]) {
          add(new CylinderGeometry(0.09, 0.09, 0.5, 12).rotateX(Math.PI / 2), '#c4201c', [x + side, y, 0.38], { roughness: 0.4 });
          add(new SphereGeometry(0.09, 12, 8), '#c4201c', [x + side, y, 0.63]);
        }
        break;
      case 'valve':
        add(new CylinderGeometry(0.06, 0.06, 1, 10).rotateX(Math.PI / 2), '#7d858a', [x, y, 0.6]);
        add(new SphereGeometry(0.15, 14, 10), random.pick(['#d9b21f', '#d12d25', '#2060b0', '#eeeeea']), [x, y, 1.15]);
        break;
      case 'board':
        add(new BoxGeometry(0.05, 0.05, 1.5), '#8a8f92', [x, y, 0.8]);
        add(new BoxGeometry(0.04, 0.6, 0.5), random.pick(['#f0c419', '#1f5fae', '#d12d25', '#f4f4f0']), [x, y, 1.5]).rotation.z = random.between(0, 6);
        break;
      case 'bin':
        add(new BoxGeometry(0.6, 0.6, 1), random.pick(['#2f7a46', '#d0561c', '#4b5257']), [x, y, 0.6]);
    }
  }
  return {
    group,
    dispose() {
      for (const each of group.children) {
        if (!(each instanceof Mesh)) continue;
        each.geometry.dispose();
        (each.material as MeshStandardMaterial).dispose();
      }
    },
  };
};
