import type { Point, Point3 } from '../../../src-shared/kernel/index.ts';
import { circle, deck, ellipticalHead, footing, ladder, lyingShell, nozzle, railing, ringPlatform, shellProfile, stairTower, straightStair, windingStair } from './parts.ts';
import type { Shape } from './shape.ts';

/** Spheres, tanks, vessels, columns and reactors: everything that holds. Local frame, metres. */

/** A sphere on legs with cross bracing, equator band, crown platform and stair. */
export const sphere: Shape = (mesh, { size: [diameter, , height] }) => {
  const radius = diameter / 2;
  const centre = Math.max(height - radius, radius + 0.8);
  const arc = Array.from({ length: 19 }, (_, i): Point => [radius * Math.cos((-90 + i * 10) * (Math.PI / 180)), centre + radius * Math.sin((-90 + i * 10) * (Math.PI / 180))]);
  mesh.lathe('steelLight', [0, 0, 0], arc, { segments: 40, smooth: true });
  for (const lift of [-0.28, 0.28]) mesh.lathe('steel', [0, 0, 0], [[Math.cos(lift) * radius, centre + radius * Math.sin(lift) - 0.1], [Math.cos(lift) * radius + 0.05, centre + radius * Math.sin(lift)], [Math.cos(lift) * radius, centre + radius * Math.sin(lift) + 0.1]], { segments: 40 });
  mesh.lathe('steelDark', [0, 0, 0], [[radius, centre - 0.25], [radius + 0.14, centre - 0.25], [radius + 0.14, centre + 0.25], [radius, centre + 0.25]], { segments: 40 });
  const legs = Math.max(6, Math.round(diameter / 1.7));
  const feet = circle([0, 0, 0.3], radius * 0.97, { steps: legs });
  const legRadius = Math.max(0.16, diameter * 0.018);
  feet.forEach((foot, i) => {
    const next = feet[(i + 1) % legs]!;
    footing(mesh, [foot[0], foot[1]], [legRadius * 5, legRadius * 5], 0.4);
    mesh.tube('steel', foot, [foot[0], foot[1], centre], { radius: legRadius, segments: 10 });
    mesh.tube('steelDark', [foot[0], foot[1], 0.9], [next[0], next[1], centre - 1.2], { radius: 0.05, segments: 3 });
    mesh.tube('steelDark', [next[0], next[1], 0.9], [foot[0], foot[1], centre - 1.2], { radius: 0.05, segments: 3 });
  });
  nozzle(mesh, [0, 0, centre - radius + 0.2], [0, 0, centre - radius - 0.7], 0.2);
  const top = centre + radius;
  mesh.lathe('grating', [0, 0, 0], [[0, top + 0.25], [1.9, top + 0.25], [1.9, top + 0.35], [0, top + 0.35]], { segments: 12 });
  railing(mesh, circle([0, 0, top + 0.35], 1.85, { steps: 12 }), true);
  for (const [x, y] of [[0.6, 0], [-0.6, 0.4], [-0.3, -0.7]] as const) nozzle(mesh, [x, y, top - 0.3], [x, y, top + 1.2], 0.12);
  // Stair over the upper half of the shell, from the equator walk to the crown.
  const walk = radius + 1.1;
  mesh.lathe('grating', [0, 0, 0], [[radius + 0.14, centre + 0.05], [walk, centre + 0.05], [walk, centre + 0.15], [radius + 0.14, centre + 0.15]], { segments: 28, from: 0, to: 330 });
  railing(mesh, circle([0, 0, centre + 0.15], walk - 0.05, { from: 14, to: 330, steps: 24 }));
  const over = (i: number): Point3 => {
    const angle = ((i / 10) * 78 + 4) * (Math.PI / 180);
    return [(radius + 0.3) * Math.cos(angle) * Math.cos(5.5), (radius + 0.3) * Math.cos(angle) * Math.sin(5.5), centre + (radius + 0.3) * Math.sin(angle)];
  };
  for (let i = 0; i < 10; i += 1) straightStair(mesh, over(i), over(i + 1));
  stairTower(mesh, [walk + 1.6, 0], centre + 0.1);
};

/** A storage tank: floating roof for gasoline, a low cone for the rest; wind girders, winding stair, railing. */
export const storageTank: Shape = (mesh, { size: [diameter, , height], substance }) => {
  const radius = diameter / 2;
  const shell = 0.12;
  mesh.lathe('concrete', [0, 0, 0], [[radius + 0.7, 0], [radius + 0.7, 0.3], [0, 0.3]], { segments: 40 });
  if (substance === 'gasoline') {
    const roof = height * 0.72;
    mesh.lathe('steelLight', [0, 0, 0], [[radius, 0.3], [radius, height]], { segments: 40 });
    mesh.lathe('steel', [0, 0, 0], [[radius, height], [radius - shell, height], [radius - shell, roof]], { segments: 40 });
    mesh.lathe('steelDark', [0, 0, 0], [[radius - shell, roof], [radius * 0.86, roof + 0.4], [radius * 0.84, roof], [0, roof + 0.05]], { segments: 40 });
    mesh.lathe('steelDark', [0, 0, 0], [[radius, height - 0.9], [radius + 0.75, height - 0.9], [radius + 0.75, height - 0.8], [radius, height - 0.8]], { segments: 40 });
    straightStair(mesh, [-radius * 0.1, 0, roof + 0.2], [radius - 0.4, 0, height]);
  } else {
    const rise = Math.max(0.5, radius * 0.16);
    mesh.lathe('steelLight', [0, 0, 0], [[radius, 0.3], [radius, height - rise], [radius + 0.06, height - rise], [radius + 0.06, height - rise + 0.12]], { segments: 40 });
    const dome = Array.from({ length: 6 }, (_, i): Point => [radius * (1 - i / 5), height - rise + 0.12 + rise * (1 - (1 - i / 5) ** 2)]);
    mesh.lathe('steelLight', [0, 0, 0], dome, { segments: 40, smooth: true });
    railing(mesh, circle([0, 0, height - rise + 0.12], radius - 0.1, { steps: Math.max(14, Math.round(radius * 2)) }), true);
    mesh.tube('steel', [0, 0, height - 0.1], [0, 0, height + 0.6], { radius: 0.3, segments: 10, caps: true });
    mesh.lathe('steelDark', [0, 0, 0], [[0.1, height + 0.6], [0.55, height + 0.65], [0.1, height + 0.95]], { segments: 10 });
    mesh.tube('steelDark', [radius * 0.55, radius * 0.3, height - rise * 0.7], [radius * 0.55, radius * 0.3, height - rise * 0.7 + 0.9], { radius: 0.25, segments: 8, caps: true });
  }
  for (const share of [0.34, 0.67]) mesh.lathe('steel', [0, 0, 0], [[radius, height * share - 0.1], [radius + 0.13, height * share], [radius, height * share + 0.1]], { segments: 40 });
  windingStair(mesh, { radius, height: height - (substance === 'gasoline' ? 0.2 : Math.max(0.5, radius * 0.16)), from: 210, degrees: Math.min(300, (height / radius) * 75) });
  for (const angle of [20, 95]) {
    const [c, s] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
    nozzle(mesh, [c * radius, s * radius, 0.9], [c * (radius + 0.8), s * (radius + 0.8), 0.9], 0.22);
    mesh.tube('steelDark', [c * radius * 0.98, s * radius, 2.2], [c * (radius + 0.2), s * (radius + 0.2), 2.2], { radius: 0.45, segments: 12, caps: true });
  }
  // Fire water ring below the rim with its riser, as every tank of this class has (GB 50160).
  mesh.lathe('pipe', [0, 0, 0], [[radius + 0.28, height * 0.9 - 0.07], [radius + 0.4, height * 0.9], [radius + 0.28, height * 0.9 + 0.07]], { segments: 40 });
  mesh.tube('pipe', [0, radius + 0.33, 0], [0, radius + 0.33, height * 0.9], { radius: 0.08, segments: 6 });
};

/** A vessel lying on two saddles, with manway, nozzles, level gauge and a top walkway when it is large. */
export const horizontalVessel: Shape = (mesh, { size: [length, width, height] }) => {
  const radius = Math.min(width, height) / 2;
  const z = Math.max(height - radius, radius + 0.3);
  lyingShell(mesh, 'steelLight', { centre: [0, 0, z], radius, length });
  for (const x of [-length * 0.29, length * 0.29]) {
    footing(mesh, [x, 0], [0.9, width * 0.95], 0.3);
    mesh.box('steelDark', [x, 0, (z - radius * 0.55) / 2 + 0.1], [0.4, radius * 1.5, z - radius * 0.55]);
    mesh.latheAlong('steelDark', [x, 0, z], [[radius, -0.25], [radius + 0.06, -0.25], [radius + 0.06, 0.25], [radius, 0.25]], { segments: 24 });
  }
  mesh.tube('steel', [length * 0.12, 0, z + radius * 0.9], [length * 0.12, 0, z + radius + 0.45], { radius: Math.min(0.45, radius * 0.4), segments: 12, caps: true });
  nozzle(mesh, [-length * 0.3, 0, z + radius * 0.9], [-length * 0.3, 0, z + radius + 0.7], Math.min(0.18, radius * 0.2));
  nozzle(mesh, [length * 0.36, 0, z + radius * 0.9], [length * 0.36, 0, z + radius + 0.8], Math.min(0.14, radius * 0.2));
  nozzle(mesh, [0, 0, z - radius * 0.9], [0, 0, z - radius - 0.35], Math.min(0.16, radius * 0.2));
  mesh.tube('rail', [length / 2 - radius * 0.35, radius * 0.75, z - radius * 0.6], [length / 2 - radius * 0.35, radius * 0.75, z + radius * 0.6], { radius: 0.05, segments: 4 });
  if (length > 6 && radius > 0.8) {
    mesh.box('grating', [0, 0, z + radius + 0.25], [length * 0.62, 0.9, 0.1]);
    railing(mesh, Array.from({ length: 6 }, (_, i): Point3 => [-length * 0.31 + (length * 0.62 * i) / 5, -0.42, z + radius + 0.3]));
    straightStair(mesh, [-length * 0.31 - (z + radius) * 0.6, 0, 0], [-length * 0.31, 0, z + radius + 0.3]);
  }
};

/** A standing vessel on a skirt or on legs. */
export const verticalVessel: Shape = (mesh, { size: [diameter, , height] }) => {
  const radius = diameter / 2;
  const lift = Math.min(height * 0.22, 2.2);
  footing(mesh, [0, 0], [diameter * 1.25, diameter * 1.25]);
  if (radius > 0.8) mesh.lathe('steel', [0, 0, 0], [[radius * 1.02, 0.25], [radius * 0.98, lift + radius * 0.4]], { segments: 24 });
  else for (const [x, y] of [[1, 1], [-1, 1], [-1, -1], [1, -1]] as const) mesh.box('steelDark', [x * radius * 0.7, y * radius * 0.7, (lift + radius) / 2], [0.12, 0.12, lift + radius]);
  mesh.lathe('steelLight', [0, 0, 0], shellProfile(radius, lift, height - lift), { segments: 22, smooth: true });
  for (const share of [0.45, 0.8]) mesh.lathe('steel', [0, 0, 0], [[radius, height * share - 0.06], [radius + 0.05, height * share], [radius, height * share + 0.06]], { segments: 22 });
  nozzle(mesh, [0, 0, height - 0.1], [0, 0, height + 0.5], Math.max(0.08, radius * 0.16));
  nozzle(mesh, [radius * 0.9, 0, height * 0.6], [radius + 0.45, 0, height * 0.6], Math.max(0.07, radius * 0.14));
  nozzle(mesh, [-radius * 0.9, 0, lift + 0.8], [-radius - 0.45, 0, lift + 0.8], Math.max(0.07, radius * 0.14));
  mesh.tube('steelDark', [0, -radius * 0.95, lift + 1], [0, -radius - 0.25, lift + 1], { radius: Math.min(0.35, radius * 0.4), segments: 10, caps: true });
  if (height > 5) {
    ringPlatform(mesh, { centre: [0, 0], inner: radius, outer: radius + 1, z: height - radius * 0.5 - 0.4, from: 20, to: 250, steps: 8 });
    ladder(mesh, { centre: [0, 0], radius, angle: 255, from: 0.3, to: height - radius * 0.5 - 0.4 });
  }
};

/** A tall column: skirt, changes of diameter, platforms every few metres, ladders between, overhead line down the side. */
export const column: Shape = (mesh, { size: [diameter, , height] }) => {
  const radius = diameter / 2;
  const skirt = Math.min(4, height * 0.14);
  footing(mesh, [0, 0], [diameter * 1.7, diameter * 1.7], 0.4);
  mesh.lathe('steel', [0, 0, 0], [[radius * 1.18, 0.4], [radius, skirt]], { segments: 24 });
  mesh.lathe('steelLight', [0, 0, 0], [[radius, skirt], [radius, height * 0.62], [radius * 0.86, height * 0.66], [radius * 0.86, height - radius * 0.43], ...ellipticalHead(radius * 0.86, radius * 0.43).map(([r, h]): Point => [r, height - radius * 0.43 + h])], { segments: 24 });
  const radiusAt = (z: number) => (z < height * 0.64 ? radius : radius * 0.86);
  const levels = Math.max(2, Math.floor((height - skirt) / 6.5));
  let below = 0.4;
  for (let i = 1; i <= levels; i += 1) {
    const z = skirt + ((height - skirt - 1) * i) / levels;
    const start = i % 2 === 0 ? 150 : 330;
    ringPlatform(mesh, { centre: [0, 0], inner: radiusAt(z), outer: radiusAt(z) + 1.15, z, from: start, to: start + (i === levels ? 360 : 210), steps: 10 });
    ladder(mesh, { centre: [0, 0], radius: radiusAt(z), angle: start + 12, from: below, to: z });
    mesh.tube('steelDark', [Math.cos(((start + 60) * Math.PI) / 180) * radiusAt(z) * 0.95, Math.sin(((start + 60) * Math.PI) / 180) * radiusAt(z) * 0.95, z + 1], [Math.cos(((start + 60) * Math.PI) / 180) * (radiusAt(z) + 0.3), Math.sin(((start + 60) * Math.PI) / 180) * (radiusAt(z) + 0.3), z + 1], { radius: 0.32, segments: 10, caps: true });
    below = z;
  }
  for (let z = skirt + 3; z < height - 3; z += 3.2) mesh.lathe('steel', [0, 0, 0], [[radiusAt(z), z - 0.05], [radiusAt(z) + 0.05, z], [radiusAt(z), z + 0.05]], { segments: 24 });
  const line = Math.max(0.16, radius * 0.17);
  const side = radius + line + 0.35;
  mesh.tube('pipe', [0, 0, height - 0.2], [0, 0, height + 0.9], { radius: line, segments: 10 });
  mesh.tube('pipe', [0, 0, height + 0.9], [0, side, height + 0.9], { radius: line, segments: 10 });
  mesh.tube('pipe', [0, side, height + 0.9], [0, side, 1.2], { radius: line, segments: 10 });
  for (let z = 3; z < height; z += 5) mesh.box('steelDark', [0, (radiusAt(z) + side) / 2, z], [0.15, side - radiusAt(z), 0.15]);
};

/** A stirred reactor in a steel frame with an operating deck and the agitator's motor on top. */
export const reactor: Shape = (mesh, { size: [length, width, height] }) => {
  const radius = Math.min(length, width) * 0.36;
  const [frame, level] = [Math.min(length, width) * 0.5, height * 0.5];
  footing(mesh, [0, 0], [length, width]);
  mesh.lathe('steelLight', [0, 0, 0], shellProfile(radius, height * 0.16, height * 0.66), { segments: 22, smooth: true });
  mesh.lathe('steel', [0, 0, 0], [[radius, height * 0.27], [radius + 0.12, height * 0.28], [radius + 0.12, height * 0.6], [radius, height * 0.61]], { segments: 22 });
  mesh.tube('machineDark', [0, 0, height * 0.8], [0, 0, height * 0.86], { radius: radius * 0.3, segments: 12, caps: true });
  mesh.tube('machine', [0, 0, height * 0.86], [0, 0, height], { radius: radius * 0.22, segments: 14, caps: true });
  deck(mesh, { centre: [0, 0], size: [frame * 2, frame * 2], z: level });
  for (const [x, y] of [[1, 1], [-1, 1], [-1, -1], [1, -1]] as const) mesh.box('steelDark', [x * frame * 0.94, y * frame * 0.94, level / 2], [0.25, 0.25, level]);
  straightStair(mesh, [frame + level * 0.8, 0, 0], [frame, 0, level]);
  nozzle(mesh, [0, 0, height * 0.18], [0, 0, height * 0.05], 0.12);
  for (const angle of [40, 160, 280]) {
    const [x, y] = [Math.cos((angle * Math.PI) / 180) * radius * 0.6, Math.sin((angle * Math.PI) / 180) * radius * 0.6];
    nozzle(mesh, [x, y, height * 0.76], [x, y, height * 0.9], 0.09);
  }
};

/** A tube bundle between two channel heads on saddles; a second shell on top when it is tall. */
export const heatExchanger: Shape = (mesh, { size: [length, width, height] }) => {
  const stacked = height > width * 1.7;
  const radius = Math.min(width / 2.3, stacked ? height / 4.6 : height / 2.6);
  const levels = stacked ? [radius + 0.7, radius * 3 + 1] : [height - radius];
  for (const z of levels) {
    lyingShell(mesh, 'steelLight', { centre: [-length * 0.06, 0, z], radius, length: length * 0.86, segments: 18 });
    for (const [x, thick] of [[length * 0.28, 0.12], [length * 0.31, 0.12]] as const) mesh.latheAlong('steelDark', [x, 0, z], [[radius, -thick / 2], [radius * 1.22, -thick / 2], [radius * 1.22, thick / 2], [radius, thick / 2]], { segments: 16 });
    mesh.latheAlong('steel', [length * 0.4, 0, z], [[radius * 0.98, -length * 0.1], [radius * 0.98, length * 0.08], [radius * 1.2, length * 0.08], [radius * 1.2, length * 0.1], [0, length * 0.1]], { segments: 16 });
    nozzle(mesh, [-length * 0.3, 0, z + radius * 0.9], [-length * 0.3, 0, z + radius + 0.5], radius * 0.25);
    nozzle(mesh, [length * 0.38, 0, z + radius * 0.9], [length * 0.38, 0, z + radius + 0.4], radius * 0.25);
    nozzle(mesh, [length * 0.2, 0, z - radius * 0.9], [length * 0.2, 0, z - radius - 0.3], radius * 0.25);
  }
  for (const x of [-length * 0.28, length * 0.2]) {
    footing(mesh, [x, 0], [0.7, width], 0.3);
    mesh.box('steelDark', [x, 0, levels[0]! / 2], [0.3, radius * 1.4, levels[0]!]);
    if (stacked) mesh.box('steelDark', [x, 0, (levels[0]! + levels[1]!) / 2], [0.3, radius * 0.9, levels[1]! - levels[0]!]);
  }
};

/** Gas cylinders: a bank of standing bottles, or stacked tubes when the footprint is long (hydrogen). */
export const cylinderRack: Shape = (mesh, { size: [length, width, height] }) => {
  footing(mesh, [0, 0], [length, width], 0.2);
  if (length > 5) {
    const radius = 0.28;
    const columns = Math.max(2, Math.floor(width / (radius * 2.5)));
    const rows = Math.max(1, Math.floor((height - 0.6) / (radius * 2.5)));
    for (let i = 0; i < columns; i += 1) for (let j = 0; j < rows; j += 1) lyingShell(mesh, 'steelLight', { centre: [0, (i - (columns - 1) / 2) * radius * 2.4, 0.75 + j * radius * 2.4], radius, length: length * 0.92, segments: 12, head: radius });
    for (const x of [-0.42, 0, 0.42]) {
      for (const y of [-1, 1]) mesh.box('steelDark', [x * length, (y * width) / 2, height / 2], [0.16, 0.16, height]);
      for (let j = 0; j <= rows; j += 1) mesh.box('steelDark', [x * length, 0, 0.42 + j * radius * 2.4], [0.14, width, 0.1]);
    }
    mesh.tube('pipe', [length * 0.48, -width / 2, height * 0.6], [length * 0.48, width / 2, height * 0.6], { radius: 0.06, segments: 6 });
    return;
  }
  const [nx, ny] = [Math.max(2, Math.round(length / 0.6)), Math.max(1, Math.round(width / 0.6))];
  for (let i = 0; i < nx; i += 1) {
    for (let j = 0; j < ny; j += 1) {
      const [x, y] = [((i + 0.5) / nx - 0.5) * length * 0.94, ((j + 0.5) / ny - 0.5) * width * 0.94];
      const r = Math.min(0.22, (length / nx) * 0.42);
      mesh.lathe('steelLight', [x, y, 0], [[r, 0.2], [r, height * 0.72], [r * 0.3, height * 0.84], [r * 0.3, height * 0.92], [0, height * 0.92]], { segments: 10 });
    }
  }
  for (const z of [height * 0.35, height * 0.65]) for (const y of [-1, 1]) mesh.box('steelDark', [0, (y * width) / 2, z], [length, 0.06, 0.08]);
};

