import { type BufferGeometry, CapsuleGeometry, CylinderGeometry, Group, LatheGeometry, type Material, Mesh, MeshStandardMaterial, SphereGeometry, type Texture, Vector2, Vector3 } from 'three';
import { shirt, vest, workWear } from './cloth.ts';
import { drawHead, hardHat } from './head.ts';
import { HATS, type Looks } from './looks.ts';
import type { Random } from './random.ts';
import type { LegAngles, Stance } from './stances.ts';

/** What a part of a figure counts as when boxes are taken. `held` belongs to the person and is no head. */
export type Part = 'head' | 'torso' | 'body' | 'held';

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
  drawHead(looks, { ball: (at, size, material) => ball(new Vector3(...at), size, { material, part: 'head', into: head }), add: (geometry, material) => add(head, { geometry, material, part: 'head' }), paint, skin });

  if (looks.hatInHand) {
    const held = new Group();
    held.position.copy(joints[1]!.wrist).add(new Vector3(0.05, -0.03, -0.1));
    held.rotation.set(random.between(-0.6, 0.6), random.between(-0.6, 0.6), random.between(0, 6));
    torso.add(held);
    hardHat(random.pick(HATS), { at: -0.19, paint, add: (geometry, material) => add(held, { geometry, material, part: 'held' }) });
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
