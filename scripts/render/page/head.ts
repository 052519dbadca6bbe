import { BoxGeometry, type BufferGeometry, ConeGeometry, type Material, type Mesh, type MeshStandardMaterial, SphereGeometry, TorusGeometry } from 'three';
import type { Looks } from './looks.ts';

type Paint = (color: string, options?: { roughness?: number }) => MeshStandardMaterial;
type AddShape = (geometry: BufferGeometry, material: Material) => Mesh;
type Tools = { readonly ball: (at: readonly [number, number, number], size: readonly [number, number, number], material: Material) => Mesh; readonly add: AddShape; readonly paint: Paint; readonly skin: Material };

/** Skull, face, hair and what is worn on it; the origin is the foot of the neck, the chin at 0.05, the crown at 0.285. */
export const drawHead = (looks: Looks, { ball, add, paint, skin }: Tools): void => {
  ball([0, 0, 0.172], [0.096, 0.077, 0.113], skin);
  ball([0.022, 0, 0.108], [0.07, 0.06, 0.066], skin);
  ball([0.1, 0, 0.148], [0.02, 0.015, 0.022], skin);
  for (const side of [-1, 1]) ball([-0.004, side * 0.078, 0.165], [0.018, 0.012, 0.03], skin);
  const dark = paint('#1b1512', { roughness: 0.4 });
  const hair = paint(looks.hair.colour, { roughness: 0.95 });
  if (looks.face !== 'glasses') for (const side of [-1, 1]) ball([0.085, side * 0.033, 0.18], [0.011, 0.014, 0.009], dark);
  for (const side of [-1, 1]) ball([0.087, side * 0.034, 0.199], [0.012, 0.02, 0.005], hair);
  if (looks.face === 'glasses') {
    for (const side of [-1, 1]) ball([0.09, side * 0.034, 0.18], [0.01, 0.03, 0.02], dark);
    ball([0.092, 0, 0.185], [0.006, 0.02, 0.005], dark);
  }
  if (looks.face === 'mask') ball([0.036, 0, 0.118], [0.07, 0.066, 0.05], paint(looks.height > 1.7 ? '#dfe7ee' : '#8fb8d6'));
  else ball([0.083, 0, 0.108], [0.012, 0.026, 0.007], paint('#8a4f45'));
  if (looks.face === 'beard') ball([0.026, 0, 0.098], [0.071, 0.063, 0.056], hair);
  const dome = (size: readonly [number, number, number], options: { at: readonly [number, number, number]; reach: number; tilt: number; material: Material }): Mesh => {
    const mesh = add(new SphereGeometry(1, 24, 14, 0, Math.PI * 2, 0, options.reach).rotateX(Math.PI / 2), options.material);
    mesh.scale.set(...size);
    mesh.position.set(...options.at);
    mesh.rotation.y = options.tilt;
    return mesh;
  };
  if (looks.hair.style !== 'bald' && looks.headWear !== 'hood') {
    dome([0.105, 0.086, 0.116], { at: [-0.006, 0, 0.182], reach: 1.55, tilt: -0.5, material: hair });
    ball([-0.03, 0, 0.15], [0.074, 0.079, 0.09], hair);
    if (looks.hair.style === 'long') ball([-0.055, 0, 0.06], [0.05, 0.075, 0.14], hair);
    if (looks.hair.style === 'bun') ball([-0.115, 0, 0.21], [0.045, 0.045, 0.045], hair);
  }
  const hat = () => paint(looks.hatColour, { roughness: 0.9 });
  switch (looks.headWear) {
    case 'hardhat': {
      hardHat(looks.hatColour, { at: 0, paint, add });
      if (!looks.chinStrap) return;
      const strap = add(new TorusGeometry(0.1, 0.006, 6, 24, Math.PI).rotateY(Math.PI / 2), dark);
      strap.rotation.x = Math.PI;
      strap.scale.set(1, 0.84, 1.3);
      strap.position.set(0.02, 0, 0.185);
      return;
    }
    case 'cap': {
      const cloth = hat();
      dome([0.11, 0.09, 0.095], { at: [0, 0, 0.2], reach: Math.PI / 2, tilt: -0.06, material: cloth });
      const peak = ball([0.12, 0, 0.207], [0.075, 0.07, 0.008], cloth);
      peak.rotation.y = 0.2;
      return;
    }
    case 'beanie':
      dome([0.113, 0.093, 0.125], { at: [-0.004, 0, 0.185], reach: 1.62, tilt: -0.2, material: hat() });
      return;
    case 'hood':
      dome([0.13, 0.11, 0.13], { at: [-0.025, 0, 0.175], reach: 1.9, tilt: -0.75, material: paint(looks.top.colour) });
      ball([-0.05, 0, 0.08], [0.1, 0.1, 0.1], paint(looks.top.colour));
      return;
    case 'straw': {
      const straw = hat();
      dome([0.108, 0.09, 0.1], { at: [0, 0, 0.215], reach: Math.PI / 2, tilt: 0, material: straw });
      const brim = add(new ConeGeometry(0.2, 0.05, 28, 1, true).rotateX(Math.PI / 2), straw);
      brim.position.z = 0.215;
      return;
    }
    case 'none':
  }
};

/** A safety helmet: shell, brim all round, peak in front, three ribs, a badge. */
export const hardHat = (colour: string, { at, paint, add }: { at: number; paint: Paint; add: AddShape }): void => {
  const shellOf = paint(colour, { roughness: 0.38 });
  const place = (mesh: Mesh, [x, y, z]: readonly [number, number, number], [sx, sy, sz]: readonly [number, number, number]) => {
    mesh.position.set(x, y, z + at);
    mesh.scale.set(sx, sy, sz);
    return mesh;
  };
  place(add(new SphereGeometry(1, 28, 12, 0, Math.PI * 2, 0, Math.PI / 2).rotateX(Math.PI / 2), shellOf), [-0.002, 0, 0.205], [0.128, 0.108, 0.1]);
  place(add(new SphereGeometry(1, 28, 8), shellOf), [0, 0, 0.206], [0.141, 0.12, 0.012]);
  place(add(new SphereGeometry(1, 20, 8), shellOf), [0.098, 0, 0.203], [0.072, 0.088, 0.011]).rotation.y = 0.16;
  place(add(new SphereGeometry(1, 20, 10), shellOf), [-0.002, 0, 0.208], [0.129, 0.016, 0.108]);
  for (const side of [-1, 1]) place(add(new SphereGeometry(1, 16, 8), shellOf), [-0.002, side * 0.045, 0.206], [0.117, 0.01, 0.102]);
  place(add(new BoxGeometry(1, 1, 1), paint(colour === '#f4f4f0' ? '#b3322c' : '#f2f2ee')), [0.117, 0, 0.24], [0.016, 0.034, 0.026]).rotation.y = -0.5;
  // The inside is dark where one looks under the brim.
  place(add(new SphereGeometry(1, 20, 6), paint('#23262a')), [0, 0, 0.197], [0.12, 0.1, 0.006]);
};
