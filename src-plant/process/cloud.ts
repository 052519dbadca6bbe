import type { SubstanceId } from '../../src-shared/plant/index.ts';

/** A leak in progress, kg/s at a place. */
export type Source = { readonly substance: SubstanceId; readonly x: number; readonly y: number; readonly z: number; kgPerS: number };

/**
 * The plant's own truth of a gas cloud: Gaussian puffs that drift with the wind of their moment (so the cloud bends when the
 * wind turns) and spread by Briggs' urban curves of class D with a floor near the source. Not the station's model.
 */
export type Cloud = {
  readonly sources: Source[];
  step(dt: number, wind: { readonly speed: number; readonly direction: number }): void;
  /** kg/m³ of a substance at a place; `accepts` chooses which substances count. */
  concentration(x: number, y: number, z: number, accepts: (substance: SubstanceId) => boolean): number;
  readonly isClear: boolean;
};

type Puff = { readonly substance: SubstanceId; x: number; y: number; readonly z: number; readonly kg: number; way: number; age: number; sigmaY: number; sigmaZ: number };
const EVERY = 1.5;
const OLDEST = 700;

export const createCloud = (roughness: number): Cloud => {
  const puffs: Puff[] = [];
  const sources: Source[] = [];
  let due = 0;
  /** Wind at 3 m from that at 10 m by the logarithmic law. */
  const near = Math.log(3 / roughness) / Math.log(10 / roughness);
  return {
    sources,
    get isClear() {
      return puffs.length === 0 && sources.length === 0;
    },
    step(dt, { speed, direction }) {
      const heading = ((direction + 180) * Math.PI) / 180;
      const [dx, dy] = [Math.sin(heading) * speed * near * dt, Math.cos(heading) * speed * near * dt];
      let kept = 0;
      for (const puff of puffs) {
        puff.x += dx;
        puff.y += dy;
        puff.way += speed * near * dt;
        puff.age += dt;
        spread(puff);
        if (puff.age < OLDEST) puffs[kept++] = puff;
      }
      puffs.length = kept;
      due += dt;
      while (due >= EVERY) {
        due -= EVERY;
        for (const source of sources) {
          if (source.kgPerS <= 0) continue;
          const puff: Puff = { substance: source.substance, x: source.x, y: source.y, z: source.z, kg: source.kgPerS * EVERY, way: 0, age: 0, sigmaY: 0, sigmaZ: 0 };
          spread(puff);
          puffs.push(puff);
        }
      }
    },
    concentration(x, y, z, accepts) {
      let sum = 0;
      for (const { x: px, y: py, z: pz, kg, sigmaY, sigmaZ, substance } of puffs) {
        const [ex, ey] = [x - px, y - py];
        const square = (ex * ex + ey * ey) / (sigmaY * sigmaY);
        if (square > 16 || !accepts(substance)) continue;
        const vertical = Math.exp(-((z - pz) ** 2) / (2 * sigmaZ * sigmaZ)) + Math.exp(-((z + pz) ** 2) / (2 * sigmaZ * sigmaZ));
        sum += ((kg / (15.75 * sigmaY * sigmaY * sigmaZ)) * Math.exp(-square / 2)) * vertical;
      }
      return sum;
    },
  };
};

/** The jet and its heavy start give a puff a width of some metres at once, and a little more with time even in a calm. */
const spread = (puff: Puff): void => {
  const own = 2.2 + 0.12 * puff.age ** 0.8;
  puff.sigmaY = Math.hypot(own, (0.16 * puff.way) / Math.sqrt(1 + 0.0004 * puff.way));
  puff.sigmaZ = Math.hypot(1.2, (0.14 * puff.way) / Math.sqrt(1 + 0.0003 * puff.way));
};

/** g/mol. */
const MOLAR: Partial<Record<SubstanceId, number>> = { ammonia: 17, chlorine: 70.9, 'hydrogen-sulphide': 34.1, methane: 16, propane: 44.1, butane: 58.1, lpg: 50, hydrogen: 2, benzene: 78.1, methanol: 32, gasoline: 72 };
/** Lower explosive limit, ppm. */
const LEL: Partial<Record<SubstanceId, number>> = { ammonia: 150_000, methane: 50_000, propane: 21_000, butane: 18_000, lpg: 19_500, hydrogen: 40_000, benzene: 12_000, methanol: 60_000, gasoline: 14_000 };

export const ppmOf = (substance: SubstanceId, kgPerM3: number): number => (kgPerM3 * 1e6 * 24.45) / (MOLAR[substance] ?? 29);
export const lelPercentOf = (substance: SubstanceId, kgPerM3: number): number => (100 * ppmOf(substance, kgPerM3)) / (LEL[substance] ?? Infinity);
export const isCombustible = (substance: SubstanceId): boolean => substance in LEL && substance !== 'ammonia';
