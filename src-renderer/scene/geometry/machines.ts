import type { Point, Point3 } from '../../../src-shared/kernel/index.ts';
import { circle, deck, footing, ladder, motor, nozzle, railing, straightStair } from './parts.ts';
import type { Shape } from './shape.ts';

/** Compressors, pumps, towers, stacks and the small things in between. Local frame, metres. */

/** Motor, coupling guard and machine on a common skid, with pulsation bottles, oil console and local panel. */
export const compressor: Shape = (mesh, { size: [length, width, height] }) => {
  footing(mesh, [0, 0], [length * 1.05, width * 1.1], 0.35);
  for (const y of [-0.36, 0.36]) mesh.box('steelDark', [0, y * width, 0.5], [length, 0.22, 0.3]);
  for (const x of [-0.45, -0.15, 0.15, 0.45]) mesh.box('steelDark', [x * length, 0, 0.5], [0.2, width * 0.72, 0.26]);
  const axis = Math.max(1.05, height * 0.42);
  const motorRadius = Math.min(width * 0.26, height * 0.3);
  motor(mesh, [-length * 0.28, 0, axis], length * 0.36, motorRadius);
  mesh.box('machineDark', [-length * 0.28, 0, (0.65 + axis - motorRadius) / 2 + 0.1], [length * 0.3, motorRadius * 1.5, Math.max(0.1, axis - motorRadius - 0.5)]);
  mesh.latheAlong('machineDark', [-length * 0.05, 0, axis], [[0, -length * 0.05], [motorRadius * 0.55, -length * 0.05], [motorRadius * 0.55, length * 0.05], [0, length * 0.05]], { segments: 14 });
  // Crankcase with cylinders to both sides and their distance pieces.
  mesh.box('machine', [length * 0.17, 0, axis * 0.9], [length * 0.32, width * 0.34, axis * 1.05]);
  mesh.box('machineDark', [length * 0.17, 0, axis * 1.45], [length * 0.28, width * 0.26, 0.12]);
  for (const side of [-1, 1]) {
    for (const x of [0.08, 0.26]) {
      mesh.tube('machine', [x * length, side * width * 0.17, axis], [x * length, side * width * 0.3, axis], { radius: height * 0.11, segments: 14 });
      mesh.tube('machine', [x * length, side * width * 0.3, axis], [x * length, side * width * 0.46, axis], { radius: height * 0.16, segments: 16, caps: true });
      mesh.tube('machineDark', [x * length, side * width * 0.455, axis], [x * length, side * width * 0.48, axis], { radius: height * 0.18, segments: 16, caps: true });
      nozzle(mesh, [x * length, side * width * 0.38, axis], [x * length, side * width * 0.38, axis + height * 0.34], 0.11);
    }
    mesh.latheAlong('steelLight', [length * 0.17, side * width * 0.38, axis + height * 0.42], [[0, -length * 0.17], [height * 0.09, -length * 0.15], [height * 0.09, length * 0.15], [0, length * 0.17]], { segments: 14 });
  }
  nozzle(mesh, [length * 0.17, width * 0.38, axis + height * 0.5], [length * 0.17, width * 0.38, height], 0.16);
  mesh.box('steel', [length * 0.43, 0, 1], [length * 0.1, width * 0.5, 0.9]);
  mesh.tube('steelLight', [length * 0.43, -width * 0.2, 1.65], [length * 0.43, width * 0.2, 1.65], { radius: 0.18, segments: 12, caps: true });
  mesh.box('machineDark', [-length * 0.46, width * 0.42, 1.25], [0.5, 0.3, 1.5]);
};

/** Base plate, motor, guard, volute with suction and discharge. */
export const pump: Shape = (mesh, { size: [length, width, height] }) => {
  footing(mesh, [0, 0], [length * 1.1, width * 1.15], 0.25);
  mesh.box('steelDark', [0, 0, 0.33], [length, width * 0.7, 0.16]);
  const axis = Math.max(0.62, height * 0.5);
  const radius = Math.min(width * 0.34, axis - 0.35);
  motor(mesh, [-length * 0.24, 0, axis], length * 0.42, radius);
  mesh.tube('machineDark', [-length * 0.04, 0, axis], [length * 0.1, 0, axis], { radius: radius * 0.5, segments: 8 });
  mesh.latheAlong('machine', [length * 0.22, 0, axis], [[0, -0.22 * width], [radius * 0.9, -0.2 * width], [radius * 1.2, -0.08 * width], [radius * 1.2, 0.12 * width], [radius * 0.8, 0.2 * width], [0, 0.2 * width]], { segments: 14 });
  mesh.box('machineDark', [length * 0.22, 0, (0.4 + axis - radius) / 2], [length * 0.14, width * 0.5, Math.max(0.1, axis - radius * 0.7 - 0.3)]);
  nozzle(mesh, [length * 0.28, 0, axis], [length * 0.5, 0, axis], radius * 0.5);
  nozzle(mesh, [length * 0.22, radius * 0.7, axis], [length * 0.22, radius * 0.7, Math.max(height, axis + radius * 1.6)], radius * 0.4);
};

/** Louvred cells with a fan stack each, basin, stair and railing. */
export const coolingTower: Shape = (mesh, { size: [length, width, height] }) => {
  const body = height * 0.72;
  footing(mesh, [0, 0], [length * 1.06, width * 1.12], 0.6);
  mesh.box('wall', [0, 0, body * 0.5 + 0.3], [length, width * 0.82, body - 0.6]);
  for (const side of [-1, 1]) {
    const slats = Math.max(5, Math.round(body / 0.55));
    for (let i = 0; i < slats; i += 1) {
      const z = 0.9 + ((body - 1.3) * i) / slats;
      const [inner, outer] = [side * width * 0.41, side * width * 0.47];
      const [a, b, c, d]: readonly [Point3, Point3, Point3, Point3] = [[-length / 2, outer, z], [length / 2, outer, z], [length / 2, inner, z + 0.42], [-length / 2, inner, z + 0.42]];
      mesh.quad('steel', [a, b, c, d]);
      mesh.quad('steel', [d, c, b, a]);
    }
  }
  mesh.box('wallTrim', [0, 0, body + 0.12], [length * 1.01, width * 0.98, 0.24]);
  const cells = Math.max(1, Math.round(length / (width * 0.95)));
  for (let i = 0; i < cells; i += 1) {
    const x = ((i + 0.5) / cells - 0.5) * length;
    const radius = Math.min(width * 0.36, (length / cells) * 0.42);
    if (i > 0) for (const side of [-1, 1]) mesh.box('wallTrim', [x - length / cells / 2, side * width * 0.44, body / 2 + 0.3], [0.3, width * 0.1, body - 0.5]);
    mesh.lathe('steelLight', [x, 0, body + 0.24], [[radius * 1.12, 0], [radius * 0.98, (height - body) * 0.4], [radius * 1.02, height - body - 0.24]], { segments: 28, smooth: true });
    mesh.lathe('steelDark', [x, 0, body + 0.24], [[radius * 1.02, height - body - 0.24], [radius * 0.94, height - body - 0.24], [radius * 0.92, (height - body) * 0.3], [0, (height - body) * 0.3]], { segments: 28 });
    for (let blade = 0; blade < 6; blade += 1) {
      const angle = (blade / 6) * Math.PI * 2;
      const z = body + (height - body) * 0.72;
      mesh.tube('machine', [x, 0, z], [x + Math.cos(angle) * radius * 0.9, Math.sin(angle) * radius * 0.9, z], { radius: 0.1, radiusEnd: 0.22, segments: 4 });
    }
    mesh.tube('machineDark', [x, 0, body + (height - body) * 0.5], [x, 0, body + (height - body) * 0.78], { radius: radius * 0.16, segments: 12, caps: true });
  }
  const rim: Point3[] = [];
  const [rx, ry] = [length * 0.5, width * 0.48];
  for (const [a, b] of [[[-rx, -ry], [rx, -ry]], [[rx, -ry], [rx, ry]], [[rx, ry], [-rx, ry]], [[-rx, ry], [-rx, -ry]]] as const) for (let i = 0; i < 6; i += 1) rim.push([a[0] + ((b[0] - a[0]) * i) / 6, a[1] + ((b[1] - a[1]) * i) / 6, body + 0.24]);
  railing(mesh, rim, true);
  straightStair(mesh, [length * 0.5 + 1, -width * 0.5 + body * 0.95, 0], [length * 0.5 + 0.6, -width * 0.5, body + 0.2]);
};

/** A fired heater: radiant box on piers, convection section, duct and stack. */
export const furnace: Shape = (mesh, { size: [length, width, height] }) => {
  const [box, neck] = [height * 0.4, height * 0.55];
  for (const x of [-0.42, 0, 0.42]) for (const y of [-0.4, 0.4]) mesh.box('concrete', [x * length, y * width, 0.9], [0.5, 0.5, 1.8]);
  mesh.box('steel', [0, 0, 1.8 + (box - 1.8) / 2], [length, width, box - 1.8]);
  for (let i = 0; i <= 6; i += 1) for (const side of [-1, 1]) mesh.box('steelDark', [(i / 6 - 0.5) * length, (side * width) / 2, 1.8 + (box - 1.8) / 2], [0.14, 0.16, box - 1.8]);
  // Four sloping sides from the box up to the convection section.
  const [bx, by, tx, ty] = [length / 2, width / 2, length * 0.2, width * 0.3];
  mesh.quad('steel', [[-bx, -by, box], [bx, -by, box], [tx, -ty, neck], [-tx, -ty, neck]]);
  mesh.quad('steel', [[bx, by, box], [-bx, by, box], [-tx, ty, neck], [tx, ty, neck]]);
  mesh.quad('steel', [[bx, -by, box], [bx, by, box], [tx, ty, neck], [tx, -ty, neck]]);
  mesh.quad('steel', [[-bx, by, box], [-bx, -by, box], [-tx, -ty, neck], [-tx, ty, neck]]);
  mesh.box('steel', [0, 0, neck + height * 0.05], [length * 0.4, width * 0.6, height * 0.1]);
  mesh.lathe('steelLight', [0, 0, 0], [[width * 0.2, neck + height * 0.1], [width * 0.15, height], [width * 0.12, height], [width * 0.12, height - 0.6]], { segments: 20 });
  deck(mesh, { centre: [0, -width * 0.5 - 0.6], size: [length, 1.2], z: 2.4 });
  ladder(mesh, { centre: [0, 0], radius: width * 0.16, angle: 270, from: neck, to: height - 1.5 });
};

/** A flare: riser inside a lattice of three legs, with tip, pilots and rest platforms. */
export const flare: Shape = (mesh, { size: [base, , height] }) => {
  const spread = Math.max(1.6, base / 2);
  const top = height * 0.93;
  const leg = (corner: number, t: number): Point3 => {
    const angle = (corner / 3) * Math.PI * 2 + Math.PI / 6;
    const r = spread * (1 - t * 0.72);
    return [Math.cos(angle) * r, Math.sin(angle) * r, 0.3 + t * top];
  };
  const bays = Math.max(6, Math.round(height / 4.5));
  for (let corner = 0; corner < 3; corner += 1) {
    const foot = leg(corner, 0);
    footing(mesh, [foot[0], foot[1]], [1.2, 1.2], 0.4);
    mesh.tube('steel', foot, leg(corner, 1), { radius: 0.16, radiusEnd: 0.1, segments: 6 });
    for (let bay = 0; bay < bays; bay += 1) {
      const [t0, t1] = [bay / bays, (bay + 1) / bays];
      mesh.tube('steel', leg(corner, t0), leg((corner + 1) % 3, t1), { radius: 0.055, segments: 3 });
      mesh.tube('steel', leg((corner + 1) % 3, t0), leg(corner, t1), { radius: 0.055, segments: 3 });
      mesh.tube('steel', leg(corner, t1), leg((corner + 1) % 3, t1), { radius: 0.07, segments: 3 });
    }
  }
  mesh.tube('steelLight', [0, 0, 0.3], [0, 0, height * 0.94], { radius: 0.42, segments: 14 });
  mesh.lathe('steelDark', [0, 0, 0], [[0.42, height * 0.94], [0.62, height * 0.95], [0.6, height], [0.48, height], [0.46, height * 0.95]], { segments: 14 });
  for (const t of [0.5, 0.92]) {
    mesh.lathe('grating', [0, 0, 0], [[0.45, 0.3 + t * top], [1.7, 0.3 + t * top], [1.7, 0.42 + t * top], [0.45, 0.42 + t * top]], { segments: 12 });
    railing(mesh, circle([0, 0, 0.42 + t * top], 1.65, { steps: 9 }), true);
  }
  for (const angle of [60, 180, 300]) mesh.tube('pipe', [Math.cos((angle * Math.PI) / 180) * 0.6, Math.sin((angle * Math.PI) / 180) * 0.6, 0.5], [Math.cos((angle * Math.PI) / 180) * 0.6, Math.sin((angle * Math.PI) / 180) * 0.6, height * 0.98], { radius: 0.05, segments: 4 });
  mesh.lathe('steelLight', [spread + 2.2, 0, 0], [[0, 0.5], [1, 0.6], [1, 3], [0, 3.3]], { segments: 18 });
};

/** A loading arm on its pedestal, boom raised, with an operator's platform. */
export const loadingArm: Shape = (mesh, { size: [length, width, height] }) => {
  const reach = length * 0.8;
  footing(mesh, [-length * 0.35, 0], [1.2, 1.2], 0.3);
  mesh.tube('steel', [-length * 0.35, 0, 0.3], [-length * 0.35, 0, height * 0.62], { radius: 0.18, segments: 12 });
  const elbow: Point3 = [-length * 0.35 + reach * 0.45, 0, height];
  const drop: Point3 = [-length * 0.35 + reach, 0, height * 0.72];
  for (const [a, b] of [[[-length * 0.35, 0, height * 0.62], elbow], [elbow, drop], [drop, [drop[0], drop[1], height * 0.35]]] as readonly (readonly [Point3, Point3])[]) mesh.tube('pipe', a, b, { radius: 0.13, segments: 10 });
  for (const joint of [elbow, drop]) mesh.tube('machineDark', [joint[0], -0.25, joint[2]], [joint[0], 0.25, joint[2]], { radius: 0.22, segments: 12, caps: true });
  mesh.box('machineDark', [-length * 0.35 - 0.7, 0, height * 0.66], [0.8, 0.5, 0.4]);
  deck(mesh, { centre: [-length * 0.35, width * 0.5], size: [2, 1.6], z: Math.min(2.2, height * 0.4) });
  straightStair(mesh, [-length * 0.35 - 3, width * 0.5, 0], [-length * 0.35 - 1, width * 0.5, Math.min(2.2, height * 0.4)]);
};

/** A control valve: body, flanges, yoke and diaphragm actuator. */
export const valve: Shape = (mesh, { size: [length, width, height] }) => {
  const radius = Math.min(width, length) * 0.24;
  const axis = Math.max(0.5, height * 0.4);
  mesh.tube('pipe', [-length / 2, 0, axis], [length / 2, 0, axis], { radius: radius * 0.7, segments: 10 });
  mesh.lathe('machine', [0, 0, axis], Array.from({ length: 7 }, (_, i): Point => [radius * 1.15 * Math.cos((-90 + i * 30) * (Math.PI / 180)), radius * 1.15 * Math.sin((-90 + i * 30) * (Math.PI / 180))]), { segments: 10, smooth: true });
  for (const x of [-0.3, 0.3]) mesh.tube('steelDark', [x * length - 0.05, 0, axis], [x * length + 0.05, 0, axis], { radius: radius * 1.25, segments: 12, caps: true });
  for (const x of [-0.42, 0.42]) mesh.box('steelDark', [x * length, 0, axis / 2], [0.12, 0.12, axis]);
  mesh.tube('machineDark', [0, 0, axis], [0, 0, height * 0.78], { radius: radius * 0.3, segments: 8 });
  mesh.lathe('machineDark', [0, 0, 0], [[0, height * 0.72], [radius * 1.3, height * 0.78], [radius * 1.3, height * 0.84], [radius * 0.6, height * 0.98], [0, height]], { segments: 12 });
};

/** Cabinets in a row on a plinth. */
export const panel: Shape = (mesh, { size: [length, width, height] }) => {
  footing(mesh, [0, 0], [length * 1.06, width * 1.2], 0.2);
  mesh.box('steel', [0, 0, 0.2 + (height - 0.2) / 2], [length, width, height - 0.2]);
  const doors = Math.max(1, Math.round(length / 0.8));
  for (let i = 0; i < doors; i += 1) {
    const x = ((i + 0.5) / doors - 0.5) * length;
    mesh.box('steelLight', [x, -width / 2 - 0.01, 0.25 + (height - 0.35) / 2], [(length / doors) * 0.9, 0.04, height - 0.35]);
    mesh.box('lens', [x, -width / 2 - 0.04, height * 0.8], [(length / doors) * 0.4, 0.03, 0.14]);
  }
  mesh.box('steelDark', [0, 0, height + 0.04], [length * 1.06, width * 1.2, 0.08]);
};

/** An oil transformer: tank, radiator fins, conservator and bushings. */
export const transformer: Shape = (mesh, { size: [length, width, height] }) => {
  footing(mesh, [0, 0], [length * 1.15, width * 1.15], 0.3);
  const body = height * 0.62;
  mesh.box('machine', [0, 0, 0.3 + body / 2], [length * 0.62, width * 0.52, body]);
  for (const side of [-1, 1]) for (let i = 0; i < 8; i += 1) mesh.box('machineDark', [(i / 7 - 0.5) * length * 0.56, side * width * 0.38, 0.35 + body * 0.48], [0.06, width * 0.22, body * 0.8]);
  mesh.tube('machine', [-length * 0.28, -width * 0.1, height * 0.86], [length * 0.2, -width * 0.1, height * 0.86], { radius: Math.min(0.35, height * 0.11), segments: 14, caps: true });
  for (const x of [-0.18, 0, 0.18]) mesh.lathe('wall', [x * length, width * 0.12, 0], Array.from({ length: 9 }, (_, i): Point => [i % 2 === 0 ? 0.14 : 0.07, 0.3 + body + ((height - body - 0.3) * i) / 8]), { segments: 8 });
};

/** A centrifugal fan: scroll, inlet, motor. */
export const fan: Shape = (mesh, { size: [length, width, height] }) => {
  footing(mesh, [0, 0], [length, width], 0.25);
  const radius = height * 0.36;
  mesh.tube('steel', [length * 0.18, -width * 0.3, radius + 0.4], [length * 0.18, width * 0.12, radius + 0.4], { radius, segments: 22, caps: true });
  mesh.box('steel', [length * 0.18 + radius * 0.55, -width * 0.09, radius * 1.5 + 0.6], [radius * 0.8, width * 0.42, radius * 1.4]);
  mesh.tube('steelDark', [length * 0.18, -width * 0.3, radius + 0.4], [length * 0.18, -width * 0.48, radius + 0.4], { radius: radius * 0.5, radiusEnd: radius * 0.62, segments: 18 });
  motor(mesh, [-length * 0.25, 0, radius + 0.4], length * 0.34, radius * 0.42);
  mesh.box('steelDark', [-length * 0.2, 0, (radius * 0.5 + 0.25) / 2 + 0.1], [length * 0.5, width * 0.5, radius * 0.6]);
};

/** A weather mast: lattice pole with cross arm, vane and cups. The wind sock is drawn apart, it turns. */
export const mast: Shape = (mesh, { size: [base, , height] }) => {
  footing(mesh, [0, 0], [1, 1], 0.3);
  const half = Math.max(0.18, Math.min(0.3, base / 4));
  const corner = (i: number): Point => [Math.cos((i / 3) * Math.PI * 2) * half, Math.sin((i / 3) * Math.PI * 2) * half];
  for (let i = 0; i < 3; i += 1) {
    const [a, b] = [corner(i), corner(i + 1)];
    mesh.tube('steelLight', [a[0], a[1], 0.3], [a[0], a[1], height * 0.96], { radius: 0.05, segments: 4 });
    for (let z = 0.3; z < height * 0.94; z += 0.8) mesh.tube('steel', [a[0], a[1], z], [b[0], b[1], Math.min(height * 0.96, z + 0.8)], { radius: 0.025, segments: 3 });
  }
  mesh.tube('steelLight', [0, 0, height * 0.94], [0, 0, height], { radius: 0.05, segments: 6 });
  mesh.tube('steelLight', [-0.9, 0, height * 0.93], [0.9, 0, height * 0.93], { radius: 0.035, segments: 4 });
  mesh.lathe('steelDark', [0.9, 0, height * 0.93], [[0, 0], [0.14, 0.06], [0.14, 0.2], [0, 0.26]], { segments: 8 });
  for (let i = 0; i < 3; i += 1) mesh.tube('steelDark', [-0.9, 0, height * 0.96], [-0.9 + Math.cos((i / 3) * 6.28) * 0.22, Math.sin((i / 3) * 6.28) * 0.22, height * 0.96], { radius: 0.03, radiusEnd: 0.07, segments: 4 });
  mesh.box('steel', [0, half + 0.15, 1.6], [0.45, 0.25, 0.6]);
};

/** A post with a detector head and a small hood. */
export const detectorPost: Shape = (mesh, { size: [, , height] }) => {
  mesh.box('concrete', [0, 0, 0.08], [0.4, 0.4, 0.16]);
  mesh.tube('steelLight', [0, 0, 0], [0, 0, height], { radius: 0.05, segments: 6 });
  mesh.box('machine', [0.12, 0, height - 0.16], [0.22, 0.24, 0.32]);
  mesh.tube('machineDark', [0.12, 0, height - 0.48], [0.12, 0, height - 0.3], { radius: 0.07, radiusEnd: 0.09, segments: 8, caps: true });
};

/** A pillar hydrant. */
export const hydrant: Shape = (mesh, { size: [, , height] }) => {
  mesh.lathe('machine', [0, 0, 0], [[0.22, 0], [0.22, 0.08], [0.12, 0.1], [0.12, height * 0.72], [0.17, height * 0.76], [0.1, height * 0.95], [0, height]], { segments: 12 });
  for (const side of [-1, 1]) mesh.tube('machineDark', [0, 0, height * 0.6], [0, side * 0.28, height * 0.6], { radius: 0.08, segments: 8, caps: true });
};

/** A fire-water monitor: riser, swivel and barrel, sometimes on a tower. */
export const fireMonitor: Shape = (mesh, { size: [, , height] }) => {
  footing(mesh, [0, 0], [0.8, 0.8], 0.2);
  mesh.tube('machine', [0, 0, 0.2], [0, 0, height * 0.8], { radius: 0.11, segments: 10 });
  mesh.tube('machineDark', [-0.2, 0, height * 0.78], [0.25, 0, height * 0.86], { radius: 0.15, segments: 10, caps: true });
  mesh.tube('machine', [0.2, 0, height * 0.86], [1.25, 0, height * 1.05], { radius: 0.11, radiusEnd: 0.06, segments: 10, caps: true });
  if (height > 3) {
    deck(mesh, { centre: [0, 0], size: [2.2, 2.2], z: height * 0.62 });
    ladder(mesh, { centre: [0, 0], radius: 1.1, angle: 180, from: 0, to: height * 0.62 });
  }
};

/** Something without a shape of its own: a package unit on a skid. */
export const packageUnit: Shape = (mesh, { size: [length, width, height] }) => {
  footing(mesh, [0, 0], [length * 1.04, width * 1.04], 0.2);
  mesh.box('steel', [-length * 0.08, 0, 0.2 + (height - 0.2) / 2], [length * 0.78, width * 0.84, height - 0.2]);
  mesh.box('steelDark', [0, 0, 0.26], [length, width, 0.14]);
  for (let i = 0; i < 4; i += 1) mesh.box('steelLight', [-length * 0.36 + (length * 0.6 * i) / 3, -width * 0.43, height * 0.55], [length * 0.14, 0.06, height * 0.5]);
  mesh.tube('pipe', [length * 0.4, -width * 0.2, 0.2], [length * 0.4, -width * 0.2, height * 0.9], { radius: Math.min(0.12, width * 0.08), segments: 8 });
  mesh.tube('pipe', [length * 0.4, width * 0.2, 0.2], [length * 0.4, width * 0.2, height * 0.7], { radius: Math.min(0.12, width * 0.08), segments: 8 });
};
