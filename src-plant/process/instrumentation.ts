import type { PlantModel, Tag } from '../../src-shared/plant/index.ts';
import { COMPRESSOR_SENSORS } from '../model/templates/rotating.ts';
import { SENSOR_NOISE } from './compressorLife.ts';
import { SENSOR_NAMES } from './compressorFleet.ts';
import type { Random } from './random.ts';

/** What the instruments show: noise, quantisation, range, and faults on top of the truth. `quality` is 0 good, 2 bad. */
export type Instrumentation = {
  readonly value: Float64Array;
  readonly quality: Uint8Array;
  read(truth: Float64Array): void;
  fault(index: number, kind: 'stuck' | 'bad' | undefined): void;
};

export const createInstrumentation = (plant: PlantModel, random: Random): Instrumentation => {
  const machines = new Map(plant.equipment.filter(({ machine }) => machine !== undefined).map(({ id }) => [id, true]));
  const noise = Float64Array.from(plant.tags, (tag) => noiseOf(tag, machines.has(tag.equipment)));
  const grain = Float64Array.from(plant.tags, (tag) => 10 ** tag.decimals);
  const value = new Float64Array(plant.tags.length);
  const quality = new Uint8Array(plant.tags.length);
  const faults = new Map<number, 'stuck' | 'bad'>();
  return {
    value,
    quality,
    read(truth) {
      for (let i = 0; i < value.length; i += 1) {
        if (faults.get(i) === 'stuck') continue;
        const tag = plant.tags[i]!;
        const shown = truth[i]! + (noise[i] === 0 ? 0 : noise[i]! * random.normal());
        const [low, high] = tag.range;
        const turned = tag.unit === 'deg' ? ((shown % 360) + 360) % 360 : Math.min(high, Math.max(low, shown));
        value[i] = Math.round(turned * grain[i]!) / grain[i]!;
        quality[i] = faults.get(i) === 'bad' ? 2 : 0;
      }
    },
    fault(index, kind) {
      if (kind === undefined) faults.delete(index);
      else faults.set(index, kind);
    },
  };
};

/** Deviation of one reading, in the tag's unit: repeatability of the common instrument for it. */
const noiseOf = (tag: Tag, isMachine: boolean): number => {
  const sensor = SENSOR_NAMES.find((name) => tag.id === `${tag.equipment}.${COMPRESSOR_SENSORS[name]}`);
  if (isMachine && sensor !== undefined) return SENSOR_NOISE[sensor];
  const size = Math.abs(tag.normal?.[1] ?? tag.range[1]);
  switch (tag.kind) {
    case 'pressure': return Math.max(size, 0.5 * ((tag.normal?.[1] ?? 1) - (tag.normal?.[0] ?? 0))) * 0.002;
    case 'temperature': return 0.08;
    case 'level': return 0.015;
    case 'flow': return size * 0.003;
    case 'vibration': return 0.05;
    case 'current': case 'power': return size * 0.003;
    case 'speed': return size * 0.0006;
    case 'position': return size * 0.001;
    case 'gas': return tag.range[1] * 0.0004;
    case 'concentration': return size * 0.0005;
    case 'weather': return tag.unit === 'm/s' ? 0.08 : tag.unit === 'deg' ? 1 : tag.unit === 'mm/h' ? 0 : 0.05;
    case 'other': return size * 0.002;
    default: return 0;
  }
};
