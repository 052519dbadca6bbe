import { BoxGeometry, type BufferGeometry, CapsuleGeometry, ConeGeometry, CylinderGeometry, Group, LatheGeometry, type Material, Mesh, MeshStandardMaterial, SphereGeometry, type Texture, TorusGeometry, Vector2, Vector3 } from 'three';
import { shirt, vest, workWear } from './cloth.ts';
import type { Random } from './random.ts';

/** What a part of a figure counts as when boxes are taken. `held` belongs to the person and is no head. */
export type Part = 'head' | 'torso' | 'body' | 'held';
export type HeadWear = 'hardhat' | 'none' | 'cap' | 'beanie' | 'hood' | 'straw';
export type Looks = {
  readonly height: number;
  readonly girth: number;
  readonly skin: string;
  readonly hair: { readonly style: 'short' | 'long' | 'bald' | 'bun'; readonly colour: string };
  readonly headWear: HeadWear;
  readonly hatColour: string;
  readonly vest: string | null;
  readonly top: { readonly kind: 'coverall' | 'shirt'; readonly colour: string };
  readonly trousers: string;
  readonly boots: string;
  readonly gloves: string | null;
  readonly face: 'plain' | 'mask' | 'glasses' | 'beard';
  readonly chinStrap: boolean;
  /** Carries its helmet in the right hand. */
  readonly hatInHand: boolean;
};
export type Stance = {
  /** Radians; forward is positive. */
  readonly lean: number;
  readonly legs: readonly [LegAngles, LegAngles];
  readonly arms: readonly [ArmAngles, ArmAngles];
  readonly head: { readonly pitch: number; readonly yaw: number };
};
type LegAngles = { readonly thigh: number; readonly knee: number };
type ArmAngles = { readonly swing: number; readonly out: number; readonly elbow: number };

const HATS = ['#f4f4f0', '#f4f4f0', '#f2c514', '#f2c514', '#f2c514', '#c9211e', '#d0342c', '#1c5fb0', '#2374c9', '#e8721c', '#2e8b4a'];
const SKINS = ['#e8bf9e', '#dba98a', '#c99572', '#b97f5b', '#9a6644', '#7a4d33', '#5b3826'];
const HAIRS = ['#16130f', '#1d1815', '#2b211a', '#4a3524', '#6e6a66', '#a8a39d'];
const COVERALLS = ['#1f3a66', '#27497d', '#2f5f94', '#d8591c', '#b23a22', '#6a7078', '#4a5157', '#37513f', '#c9a23a', '#8a8f94', '#e3e3dd'];
const SHIRTS = ['#e8e6e1', '#3b4a6b', '#7a2b2b', '#2c2c30', '#6b8a5a', '#a7b6c4', '#d7c39a', '#55586a', '#c9603a', '#3f7a8a'];
const TROUSERS = ['#25303f', '#2e3a55', '#3d3a35', '#1d1e22', '#6b6250', '#55606b'];
const VESTS = ['#c6ef1f', '#d2f22d', '#b8e01a', '#ff6414', '#ff7a1f', '#f9571b', '#e9f52a'];

export const looksOf = (random: Random, wanted: Partial<Looks> = {}): Looks => {
  const coverall = random.chance(0.68);
  const colour = random.pick(coverall ? COVERALLS : SHIRTS);
  const headWear = wanted.headWear ?? (random.chance(0.55) ? 'hardhat' : random.chance(0.66) ? 'none' : random.pick(['cap', 'cap', 'beanie', 'hood', 'straw'] as const));
  return {
    height: random.between(1.56, 1.86),
    girth: random.between(0.92, 1.16),
    skin: random.pick(SKINS),
    hair: { style: random.pick(['short', 'short', 'short', 'short', 'long', 'bun', 'bald'] as const), colour: random.pick(HAIRS) },
    headWear,
    hatColour: headWear === 'hardhat' ? random.pick(HATS) : headWear === 'straw' ? '#c9b071' : random.pick(['#1d2433', '#5a1f1f', '#2a2a2c', '#3b4a3a', '#8a8a88', '#c8c4b8', '#c9a72c']),
    vest: random.chance(0.5) ? random.pick(VESTS) : null,
    top: { kind: coverall ? 'coverall' : 'shirt', colour },
    trousers: coverall ? colour : random.pick(TROUSERS),
    boots: random.pick(['#1d1a18', '#2c2622', '#5a4330', '#d9b44a']),
    gloves: random.chance(0.3) ? random.pick(['#e8e4da', '#c8532a', '#2d2f33', '#d9c63a']) : null,
    face: random.pick(['plain', 'plain', 'plain', 'mask', 'glasses', 'beard'] as const),
    chinStrap: random.chance(0.4),
    hatInHand: headWear !== 'hardhat' && random.chance(0.15),
    ...wanted,
  };
};

const STRAIGHT: LegAngles = { thigh: 0, knee: 0.04 };

/** One step of a walk; `phase` runs from 0 to 1 over two steps. */
export const walking = (phase: number, vigour = 1): Stance => {
  const swing = Math.sin(phase * 2 * Math.PI);
  const leg = (s: number, lift: number): LegAngles => ({ thigh: 0.5 * vigour * s, knee: 0.12 + 0.75 * vigour * Math.max(0, lift) });
  const lift = Math.cos(phase * 2 * Math.PI);
  return {
    lean: 0.05,
    legs: [leg(swing, lift), leg(-swing, -lift)],
    arms: [{ swing: -0.5 * vigour * swing, out: 0.1, elbow: 0.35 }, { swing: 0.5 * vigour * swing, out: 0.1, elbow: 0.35 }],
    head: { pitch: 0.05, yaw: 0 },
  };
};

export const STANCES: Readonly<Record<'stand' | 'point' | 'work' | 'bend' | 'crouch' | 'phone' | 'reach' | 'hips', (random: Random) => Stance>> = {
  stand: (random) => ({ lean: 0.02, legs: [{ thigh: 0.06, knee: 0.06 }, STRAIGHT], arms: [{ swing: random.between(-0.1, 0.25), out: 0.12, elbow: random.between(0.1, 0.5) }, { swing: random.between(-0.1, 0.25), out: 0.12, elbow: random.between(0.1, 0.5) }], head: gaze(random) }),
  point: (random) => ({ lean: 0.05, legs: [STRAIGHT, { thigh: 0.15, knee: 0.1 }], arms: [{ swing: random.between(1.2, 1.7), out: random.between(-0.2, 0.6), elbow: 0.1 }, { swing: 0.1, out: 0.15, elbow: 0.3 }], head: gaze(random) }),
  work: (random) => ({ lean: random.between(0.15, 0.4), legs: [{ thigh: 0.2, knee: 0.15 }, STRAIGHT], arms: [{ swing: random.between(0.6, 1.1), out: 0.15, elbow: 0.8 }, { swing: random.between(0.5, 1), out: 0.1, elbow: 0.9 }], head: { pitch: random.between(0.2, 0.6), yaw: 0 } }),
  bend: (random) => ({ lean: random.between(0.8, 1.3), legs: [{ thigh: 0.25, knee: 0.3 }, { thigh: 0.1, knee: 0.2 }], arms: [{ swing: 0.9, out: 0.1, elbow: 0.2 }, { swing: 0.7, out: 0.1, elbow: 0.3 }], head: { pitch: random.between(-0.3, 0.3), yaw: random.between(-0.4, 0.4) } }),
  crouch: (random) => ({ lean: random.between(0.3, 0.6), legs: [{ thigh: 1.7, knee: 2.1 }, { thigh: 1.2, knee: 2.1 }], arms: [{ swing: 1, out: 0.1, elbow: 0.5 }, { swing: 0.8, out: 0.1, elbow: 0.7 }], head: { pitch: random.between(0, 0.4), yaw: random.between(-0.5, 0.5) } }),
  phone: (random) => ({ lean: 0.05, legs: [STRAIGHT, { thigh: 0.1, knee: 0.1 }], arms: [{ swing: 0.5, out: 0.35, elbow: 2.2 }, { swing: 0, out: 0.12, elbow: 0.2 }], head: gaze(random) }),
  reach: (random) => ({ lean: -0.05, legs: [STRAIGHT, STRAIGHT], arms: [{ swing: random.between(2.2, 2.8), out: 0.1, elbow: 0.3 }, { swing: random.between(1.8, 2.7), out: 0.1, elbow: 0.3 }], head: { pitch: -0.35, yaw: 0 } }),
  hips: (random) => ({ lean: 0, legs: [{ thigh: 0.05, knee: 0.05 }, STRAIGHT], arms: [{ swing: -0.15, out: 0.7, elbow: 1.5 }, { swing: -0.15, out: 0.7, elbow: 1.5 }], head: gaze(random) }),
};
const gaze = (random: Random) => ({ pitch: random.between(-0.2, 0.4), yaw: random.between(-0.9, 0.9) });

export const stanceOf = (random: Random): Stance => (random.chance(0.42) ? walking(random.between(0, 1), random.between(0.6, 1.1)) : STANCES[random.pick(['stand', 'stand', 'stand', 'point', 'work', 'work', 'bend', 'crouch', 'phone', 'reach', 'hips'] as const)](random));

/** A figure in its own frame: x ahead, y to its left, z up, feet on z = 0. */
export type Figure = { readonly group: Group; readonly looks: Looks; /** Middle of the head, local metres. */ readonly headAt: Vector3; dispose(): void };

export const createFigure = (looks: Looks, stance: Stance, random: Random): Figure => {
  const owned: { dispose(): void }[] = [];
  const paint = (color: string, options: { roughness?: number; map?: Texture } = {}): MeshStandardMaterial => {
    const material = new MeshStandardMaterial({ color: options.map === undefined ? color : '#ffffff', roughness: options.roughness ?? 0.85, metalness: 0, ...(options.map !== undefined && { map: options.map }) });
    owned.push(material);
    if (options.map !== undefined) owned.push(options.map);
    return material;
  };
  const add = (to: Group, shape: { geometry: BufferGeometry; material: Material; part: Part }): Mesh => {
    owned.push(shape.geometry);
    const mesh = new Mesh(shape.geometry, shape.material);
    mesh.castShadow = true;
    mesh.receiveShadow = true;
    mesh.userData['part'] = shape.part;
    to.add(mesh);
    return mesh;
  };
  const group = new Group();
  const skin = paint(looks.skin, { roughness: 0.7 });
  const hand = looks.gloves === null ? skin : paint(looks.gloves);
  const boots = paint(looks.boots, { roughness: 0.6 });
  const trousers = paint(looks.trousers);
  const cloth = paint(looks.top.colour, { map: (looks.top.kind === 'coverall' ? workWear : shirt)(looks.top.colour, random) });
  const sleeve = paint(looks.top.colour);
  const bareArms = looks.top.kind === 'shirt' && random.chance(0.45);
  const wide = looks.girth;

  /** A limb between two joints with round ends. */
  const limb = (a: Vector3, b: Vector3, options: { from: number; to: number; material: Material; part?: Part; into?: Group }) => {
    const { from, to, material, part = 'body', into = group } = options;
    const along = new Vector3().subVectors(b, a);
    const mesh = add(into, { geometry: new CylinderGeometry(to, from, along.length(), 12, 1, true), material, part });
    mesh.position.copy(a).addScaledVector(along, 0.5);
    mesh.quaternion.setFromUnitVectors(new Vector3(0, 1, 0), along.clone().normalize());
    for (const [at, radius] of [[a, from], [b, to]] as const) ball(at, [radius, radius, radius], { material, part, into });
  };
  const ball = (at: Vector3, [rx, ry, rz]: readonly [number, number, number], options: { material: Material; part?: Part; into?: Group }): Mesh => {
    const mesh = add(options.into ?? group, { geometry: new SphereGeometry(1, 16, 12), material: options.material, part: options.part ?? 'body' });
    mesh.position.copy(at);
    mesh.scale.set(rx, ry, rz);
    return mesh;
  };

  // Legs in the plane of walking; the hips sink until the lower foot stands.
  const legAt = ({ thigh, knee }: LegAngles, side: number) => {
    const hip = new Vector3(0, side * 0.09 * wide, 0);
    const bent = hip.clone().add(new Vector3(Math.sin(thigh) * 0.44, side * 0.01, -Math.cos(thigh) * 0.44));
    const shin = thigh - knee;
    return { hip, bent, ankle: bent.clone().add(new Vector3(Math.sin(shin) * 0.42, 0, -Math.cos(shin) * 0.42)), shin };
  };
  const legs = [legAt(stance.legs[0], 1), legAt(stance.legs[1], -1)];
  const lift = new Vector3(0, 0, 0.085 - Math.min(...legs.map(({ ankle }) => ankle.z)));
  for (const { hip, bent, ankle, shin } of legs) {
    for (const joint of [hip, bent, ankle]) joint.add(lift);
    limb(hip, bent, { from: 0.088 * wide, to: 0.062 * wide, material: trousers });
    limb(bent, ankle, { from: 0.062 * wide, to: 0.052, material: trousers });
    limb(ankle.clone().lerp(bent, 0.22), ankle, { from: 0.06, to: 0.055, material: boots });
    const foot = add(group, { geometry: new CapsuleGeometry(0.05, 0.17, 4, 10), material: boots, part: 'body' });
    foot.position.copy(ankle).add(new Vector3(0.06 * Math.cos(shin), 0, -0.035 + 0.06 * Math.sin(shin)));
    foot.rotation.set(0, -Math.max(-0.9, Math.min(0.9, shin * 0.7)), Math.PI / 2, 'YXZ');
    foot.scale.set(0.95, 1, 0.8);
  }

  // Torso, arms and head turn with the lean about the hips.
  const torso = new Group();
  torso.position.copy(lift);
  torso.rotation.y = stance.lean;
  group.add(torso);
  const shell = (knots: readonly (readonly [number, number])[], options: { material: Material; grow: number; part: Part }) => {
    const [low, high] = [knots[0]![1], knots.at(-1)![1]];
    const rings = Array.from({ length: 19 }, (_, i) => {
      const z = low + ((high - low) * i) / 18;
      const next = Math.max(1, knots.findIndex(([, at]) => at >= z - 1e-9));
      const [[r0, z0], [r1, z1]] = [knots[next - 1]!, knots[next]!];
      const t = (z - z0) / (z1 - z0);
      return new Vector2((r0 + (r1 - r0) * t * t * (3 - 2 * t)) * options.grow * wide, z);
    });
    const mesh = add(torso, { geometry: new LatheGeometry(rings, 28).rotateX(Math.PI / 2), material: options.material, part: options.part });
    mesh.scale.set(0.66, 1, 1);
    return mesh;
  };
  const body = [[0.155, -0.1], [0.17, 0], [0.155, 0.13], [0.168, 0.27], [0.185, 0.38], [0.165, 0.455], [0.09, 0.51], [0.058, 0.54]] as const;
  shell(body, { material: cloth, grow: 1, part: 'torso' });
  if (looks.vest !== null) {
    const over = paint(looks.vest, { map: vest(looks.vest, random), roughness: 0.75 });
    over.emissive.set(looks.vest).multiplyScalar(0.1);
    shell([[0.178, -0.09], [0.176, 0], [0.166, 0.13], [0.176, 0.27], [0.192, 0.38], [0.178, 0.455], [0.1, 0.512], [0.075, 0.53]], { material: over, grow: 1.05, part: 'torso' });
  }
  const shoulders = [1, -1].map((side) => new Vector3(0, side * 0.178 * wide, 0.432));
  const joints = shoulders.map((shoulder, i) => {
    const { swing, out, elbow } = stance.arms[i as 0 | 1];
    const side = i === 0 ? 1 : -1;
    const towards = (angle: number, away: number) => new Vector3(Math.sin(angle) * Math.cos(away), side * Math.sin(away), -Math.cos(angle) * Math.cos(away));
    const bend = shoulder.clone().addScaledVector(towards(swing - stance.lean * 0.6, out), 0.28);
    const wrist = bend.clone().addScaledVector(towards(swing - stance.lean * 0.6 + elbow, out * (elbow > 1 ? -0.8 : 0.4)), 0.25);
    return { shoulder, bend, wrist };
  });
  for (const { shoulder, bend, wrist } of joints) {
    ball(shoulder, [0.072, 0.066, 0.075], { material: sleeve, into: torso, part: 'torso' });
    limb(shoulder, bend, { from: 0.058 * wide, to: 0.047, material: sleeve, into: torso });
    limb(bend, wrist, { from: 0.046, to: 0.035, material: bareArms ? skin : sleeve, into: torso });
    const reach = new Vector3().subVectors(wrist, bend).normalize();
    const palm = ball(wrist.clone().addScaledVector(reach, 0.055), [0.03, 0.042, 0.075], { material: hand, into: torso });
    palm.quaternion.setFromUnitVectors(new Vector3(0, 0, 1), reach);
  }

  const head = new Group();
  head.position.set(0.005, 0, 0.53);
  head.rotation.set(0, stance.head.pitch - stance.lean * 0.75, stance.head.yaw, 'ZYX');
  torso.add(head);
  const neck = add(head, { geometry: new CylinderGeometry(0.05, 0.056, 0.12, 14).rotateX(Math.PI / 2), material: skin, part: 'body' });
  neck.position.z = 0.03;
  drawHead(head, looks, { ball: (at, size, material) => ball(new Vector3(...at), size, { material, part: 'head', into: head }), add: (geometry, material) => add(head, { geometry, material, part: 'head' }), paint, skin });

  if (looks.hatInHand) {
    const held = new Group();
    held.position.copy(joints[1]!.wrist).add(new Vector3(0.05, -0.03, -0.1));
    held.rotation.set(random.between(-0.6, 0.6), random.between(-0.6, 0.6), random.between(0, 6));
    torso.add(held);
    hardHat(held, random.pick(HATS), { at: -0.19, paint, add: (geometry, material) => add(held, { geometry, material, part: 'held' }) });
  }

  const scale = looks.height / 1.74;
  group.scale.setScalar(scale);
  group.updateMatrixWorld(true);
  const headAt = new Vector3(0, 0, 0.17).applyMatrix4(head.matrixWorld);
  return {
    group,
    looks,
    headAt,
    dispose() {
      for (const each of owned) each.dispose();
    },
  };
};

type Paint = (color: string, options?: { roughness?: number }) => MeshStandardMaterial;
type AddShape = (geometry: BufferGeometry, material: Material) => Mesh;
type Tools = { readonly ball: (at: readonly [number, number, number], size: readonly [number, number, number], material: Material) => Mesh; readonly add: AddShape; readonly paint: Paint; readonly skin: Material };

/** Skull, face, hair and what is worn on it; the origin is the foot of the neck, the chin at 0.05, the crown at 0.285. */
const drawHead = (_: Group, looks: Looks, { ball, add, paint, skin }: Tools): void => {
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
      hardHat(_, looks.hatColour, { at: 0, paint, add });
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
const hardHat = (_: Group, colour: string, { at, paint, add }: { at: number; paint: Paint; add: AddShape }): void => {
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
