import type { PlantModel, SubstanceId } from '../../src-shared/plant/index.ts';
import { isCombustible, lelPercentOf, ppmOf } from './cloud.ts';
import { drift, type Random } from './random.ts';
import type { Step } from './devices/device.ts';
import type { World } from './world.ts';

/** Seconds to 90 % of a step, by sensor: electrochemical cell, photo-ionisation, infrared, catalytic (IEC 60079-29-1, typical data sheets). */
const T90: Partial<Record<SubstanceId, number>> = { ammonia: 22, chlorine: 30, 'hydrogen-sulphide': 20, benzene: 8, hydrogen: 10, lpg: 6, methane: 6, methanol: 10, gasoline: 7 };

/** Sets the truth of every detector tag from the cloud and the fires: with the sensor's lag, and a zero that drifts. */
export const createGasDetection = (plant: PlantModel, world: World, truth: Float64Array, random: Random): Step => {
  const index = new Map(plant.tags.map(({ id }, i) => [id, i]));
  const steps = plant.detectors.map((detector): Step => {
    const slot = index.get(detector.tag)!;
    const [x, y, z] = detector.position;
    if (detector.kind !== 'gas') {
      const equipment = plant.tags[slot]!.equipment;
      const watched = plant.equipment.find(({ id }) => id === equipment)!;
      let seen = 0;
      return (dt) => {
        const flux = detector.kind === 'flame' ? world.fires.burning.reduce((most, fire) => Math.max(most, (fire.area / ((fire.x - x) ** 2 + (fire.y - y) ** 2 + 1)) * (fire.equipment === watched.id ? 3 : 1)), 0) : 0;
        seen = flux > 0.09 ? seen + dt : 0;
        truth[slot] = seen >= 2.5 ? 1 : 0;
      };
    }
    const substance = detector.substance!;
    const unit = plant.tags[slot]!.unit;
    const tau = (T90[substance] ?? 15) / 2.303;
    const scale = plant.tags[slot]!.normal?.[1] ?? 1;
    const zero = drift(random.fork(detector.id), 600, 0.12 * scale);
    /** A toxic cell sees its own gas; a combustible sensor sees every combustible gas, on its own scale. */
    const accepts = unit === '%' ? isCombustible : (other: SubstanceId) => other === substance || (substance === 'benzene' && other === 'gasoline');
    let shown = 0;
    return (dt) => {
      const there = world.cloud.isClear ? 0 : world.cloud.concentration(x, y, z, accepts);
      const reading = there === 0 ? 0 : unit === '%' ? lelPercentOf(substance, there) : ppmOf(substance, there);
      shown += (reading - shown) * (1 - Math.exp(-dt / tau));
      truth[slot] = shown + Math.max(0, 0.4 * scale + zero(dt));
    };
  });
  return (dt) => {
    for (const step of steps) step(dt);
  };
};
