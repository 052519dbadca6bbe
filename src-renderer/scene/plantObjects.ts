import { BackSide, BufferAttribute, BufferGeometry, Color, Group, Mesh, MeshBasicMaterial, MeshStandardMaterial, PlaneGeometry, ShaderMaterial, SRGBColorSpace, Vector2 } from 'three';
import type { PlantModel } from '../../src-shared/plant/index.ts';
import { type Rgb, THEMES } from '../map/palette.ts';
import type { MeshData } from './geometry/meshBuilder.ts';
import type { PlantData } from './geometry/plantData.ts';
import { type Owner, PLATE_MARGIN } from './geometry/plantGeometry.ts';
import { createPlantMaterial } from './materials.ts';
import { createPicker, type Picker } from './picking.ts';
import type { ThemeName } from './twinProps.ts';

/** The static plant as three objects, with everything that changes about it: theme, tints, outline and the wind sock. */
export type PlantObjects = {
  readonly group: Group;
  readonly owners: readonly Owner[];
  readonly picker: Picker;
  ownerOf(kind: Owner['kind'], id: string): number | undefined;
  setTheme(theme: ThemeName): void;
  /** Colours owners in part (amount 0 to 1); all others lose their tint. True when something changed. */
  setTints(tints: ReadonlyMap<number, { readonly colour: Rgb; readonly amount: number }>): boolean;
  /** Draws a line round one owner, or none. */
  outline(owner: number | undefined, colour: Rgb): void;
  /** Turns the sock downwind (radians in plant coordinates) and lifts it with the speed, m/s. */
  setWind(to: number, speed: number): void;
  /** Width of the outline in metres for the present distance of the camera. */
  setOutlineWidth(metres: number): void;
  dispose(): void;
};

export const createPlantObjects = (plant: PlantModel, data: PlantData): PlantObjects => {
  const { ground, plant: standing, owners, sky } = data;
  const { material, setTheme, setTints, dispose } = createPlantMaterial(data);
  const geometryOf = (mesh: MeshData, seen: Uint8Array): BufferGeometry => {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(mesh.position, 3));
    geometry.setAttribute('normal', new BufferAttribute(mesh.normal, 3));
    geometry.setAttribute('part', new BufferAttribute(mesh.part, 2));
    geometry.setAttribute('sky', new BufferAttribute(seen, 1, true));
    geometry.setIndex(new BufferAttribute(mesh.index, 1));
    geometry.computeBoundingSphere();
    return geometry;
  };
  const plate = new Mesh(geometryOf(ground, new Uint8Array(ground.position.length / 3).fill(255)), material);
  plate.receiveShadow = true;
  const body = new Mesh(geometryOf(standing, sky), material);
  body.castShadow = true;
  body.receiveShadow = true;
  const group = new Group();
  group.add(plate, body);

  const around = surroundings(plant);
  group.add(around);

  const hullWidth = { value: 0.1 };
  const hullMaterial = new MeshBasicMaterial({ side: BackSide, toneMapped: false });
  hullMaterial.onBeforeCompile = (shader) => {
    shader.uniforms['hullWidth'] = hullWidth;
    shader.vertexShader = shader.vertexShader.replace('#include <common>', '#include <common>\nuniform float hullWidth;').replace('#include <begin_vertex>', 'vec3 transformed = position + normal * hullWidth;');
  };
  const hull = new Mesh(new BufferGeometry(), hullMaterial);
  hull.visible = false;
  group.add(hull);

  const mast = plant.equipment.find(({ kind }) => kind === 'mast');
  const sock = windSock();
  if (mast !== undefined) {
    sock.position.set(mast.position[0], mast.position[1], mast.position[2] + mast.size[2] + 0.4);
    group.add(sock);
  }

  const numbers = new Map(owners.map(({ kind, id }, number) => [`${kind}/${id}`, number]));
  return {
    group,
    owners,
    picker: createPicker(standing),
    ownerOf: (kind, id) => numbers.get(`${kind}/${id}`),
    setTheme(theme) {
      setTheme(theme);
      const { background, panel } = THEMES[theme];
      around.material.uniforms['near']!.value.setRGB(...share(panel), SRGBColorSpace);
      around.material.uniforms['far']!.value.setRGB(...share(background), SRGBColorSpace);
    },
    setTints: (wanted) => setTints(Array.from(wanted, ([owner, { colour, amount }]) => [owner, [...colour, Math.round(amount * 255)]])),
    outline(owner, [red, green, blue]) {
      hull.visible = owner !== undefined;
      if (owner === undefined) return;
      hull.geometry.dispose();
      hull.geometry = weldedPart(standing, owner);
      hullMaterial.color = new Color().setRGB(...share([red, green, blue]), SRGBColorSpace);
    },
    setOutlineWidth(metres) {
      hullWidth.value = metres;
    },
    setWind(to, speed) {
      // A sock hangs in still air and stands out level at about 8 m/s.
      const lift = Math.min(1, speed / 8);
      sock.rotation.set(0, ((1 - lift) * Math.PI) / 2.3, to, 'ZYX');
    },
    dispose() {
      for (const part of [plate, body, hull, around, ...sock.children]) if (part instanceof Mesh) part.geometry.dispose();
      dispose();
      around.material.dispose();
      hullMaterial.dispose();
    },
  };
};

const share = ([red, green, blue]: Rgb): [number, number, number] => [red / 255, green / 255, blue / 255];

/** The land round the site: a shade lighter than the background near the fence, lost in it further out, so that risk beyond the fence lies on something. */
const surroundings = (plant: PlantModel): Mesh<PlaneGeometry, ShaderMaterial> => {
  const { width, depth } = plant.site;
  const material = new ShaderMaterial({
    uniforms: { near: { value: new Color() }, far: { value: new Color() }, extent: { value: new Vector2(width / 2 + PLATE_MARGIN, depth / 2 + PLATE_MARGIN) }, reach: { value: Math.hypot(width, depth) * 0.34 } },
    vertexShader: 'varying vec2 place; void main() { place = position.xy; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }',
    fragmentShader: `uniform vec3 near; uniform vec3 far; uniform vec2 extent; uniform float reach; varying vec2 place;
void main() {
  float beyond = length(max(abs(place) - extent, 0.0)) / reach;
  gl_FragColor = vec4(mix(near, far, smoothstep(0.0, 1.0, beyond)), 1.0);
  #include <colorspace_fragment>
}`,
  });
  const ground = new Mesh(new PlaneGeometry(width * 2.4, depth * 2.8), material);
  ground.position.set(width / 2, depth / 2, -2.3);
  return ground;
};

/** One owner's triangles with corners welded and normals averaged, so that the outline has no gaps at edges. */
const weldedPart = ({ position, normal, index, ranges }: MeshData, owner: number): BufferGeometry => {
  const corners = new Map<string, number>();
  const points: number[] = [];
  const normals: number[] = [];
  const triangles: number[] = [];
  for (const { start, count } of ranges.filter((range) => range.owner === owner)) {
    for (let i = start; i < start + count; i += 1) {
      const at = index[i]! * 3;
      const key = `${position[at]!.toFixed(3)},${position[at + 1]!.toFixed(3)},${position[at + 2]!.toFixed(3)}`;
      let corner = corners.get(key);
      if (corner === undefined) {
        corner = points.length / 3;
        corners.set(key, corner);
        points.push(position[at]!, position[at + 1]!, position[at + 2]!);
        normals.push(0, 0, 0);
      }
      for (let axis = 0; axis < 3; axis += 1) normals[corner * 3 + axis] = normals[corner * 3 + axis]! + normal[at + axis]!;
      triangles.push(corner);
    }
  }
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.hypot(normals[i]!, normals[i + 1]!, normals[i + 2]!) || 1;
    for (let axis = 0; axis < 3; axis += 1) normals[i + axis] = normals[i + axis]! / length;
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(points), 3));
  geometry.setAttribute('normal', new BufferAttribute(new Float32Array(normals), 3));
  geometry.setIndex(triangles);
  return geometry;
};

/** Five rings of cloth, alternately light and dark, along +x from the mast. */
const windSock = (): Group => {
  const sock = new Group();
  const light = new MeshStandardMaterial({ color: '#C9CED2', roughness: 0.9, side: 2 });
  const dark = new MeshStandardMaterial({ color: '#8C6A55', roughness: 0.9, side: 2 });
  for (let ring = 0; ring < 5; ring += 1) {
    const [r0, r1] = [0.55 - ring * 0.07, 0.55 - (ring + 1) * 0.07];
    const geometry = new BufferGeometry();
    const points: number[] = [];
    const triangles: number[] = [];
    for (let i = 0; i <= 12; i += 1) {
      const [c, s] = [Math.cos((i / 12) * 2 * Math.PI), Math.sin((i / 12) * 2 * Math.PI)];
      points.push(0.3 + ring * 0.75, c * r0, s * r0, 0.3 + (ring + 1) * 0.75, c * r1, s * r1);
      if (i > 0) triangles.push(2 * i - 2, 2 * i, 2 * i + 1, 2 * i - 2, 2 * i + 1, 2 * i - 1);
    }
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(points), 3));
    geometry.setIndex(triangles);
    geometry.computeVertexNormals();
    sock.add(new Mesh(geometry, ring % 2 === 0 ? dark : light));
  }
  return sock;
};
