import { contains, distance, type Point3 } from '../../../src-shared/kernel/index.ts';
import type { Pipe, PlantModel, SubstanceId } from '../../../src-shared/plant/index.ts';
import type { MeshBuilder } from './meshBuilder.ts';
import { toSegment } from './structures.ts';
import type { Surface } from './surfaces.ts';

/** The muted band that tells what a pipe carries; the pipe itself stays grey. */
const BAND: Readonly<Record<SubstanceId, Surface>> = {
  ammonia: 'bandGas', chlorine: 'bandGas', 'hydrogen-sulphide': 'bandGas', methane: 'bandGas', propane: 'bandGas', butane: 'bandGas', lpg: 'bandGas', hydrogen: 'bandGas', nitrogen: 'bandGas', air: 'bandGas',
  benzene: 'bandLiquid', methanol: 'bandLiquid', gasoline: 'bandLiquid', 'lube-oil': 'bandLiquid', water: 'bandWater', steam: 'bandSteam',
};

/** A pipe along its path with elbows, substance bands and, where it runs low and off any rack, supports. */
export const buildPipe = (mesh: MeshBuilder, pipe: Pipe, plant: PlantModel): void => {
  const radius = Math.max(0.07, pipe.diameter / 2);
  const segments = radius > 0.2 ? 8 : 6;
  const racks = plant.structures.filter(({ kind }) => kind === 'pipe-rack');
  const buildings = plant.structures.filter(({ kind }) => kind === 'bund');
  let run = 6;
  pipe.path.slice(1).forEach((b, i) => {
    const a = pipe.path[i]!;
    mesh.tube('pipe', a, b, { radius, segments });
    if (i > 0) mesh.lathe('pipe', a, [[0, -radius], [radius, 0], [0, radius]], { segments, smooth: true });
    const length = Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
    const at = (s: number): Point3 => [a[0] + ((b[0] - a[0]) * s) / length, a[1] + ((b[1] - a[1]) * s) / length, a[2] + ((b[2] - a[2]) * s) / length];
    for (let s = 6 - run; s < length; s += 40) {
      if (s >= 0 && s + 0.5 < length) mesh.tube(BAND[pipe.substance], at(s), at(s + 0.5), { radius: radius * 1.12, segments });
    }
    run = Math.max(0, run - length);
    if (Math.abs(b[2] - a[2]) > 0.5 || length < 4) return;
    for (let s = 2; s < length - 1; s += 7) {
      const [x, y, z] = at(s);
      const onRack = racks.some((rack) => rack.shape.slice(1).some((end, n) => toSegment([x, y], rack.shape[n]!, end) < (rack.width ?? 6) / 2 + 0.6));
      if (z > 7 || z < 0.3 || onRack) continue;
      const half = Math.max(0.3, radius * 1.6);
      mesh.box('steelDark', [x, y, (z - radius) / 2], [0.14, 0.14, Math.max(0.1, z - radius)]);
      mesh.box('steelDark', [x, y, z - radius - 0.06], Math.abs(b[0] - a[0]) > Math.abs(b[1] - a[1]) ? [0.12, half * 2, 0.12] : [half * 2, 0.12, 0.12]);
      if (radius < 0.12 || buildings.some(({ shape }) => contains(shape, x, y)) || distance([x, y], [a[0], a[1]]) < 1) continue;
      mesh.box('concrete', [x, y, 0.1], [0.5, 0.5, 0.2]);
    }
  });
};
