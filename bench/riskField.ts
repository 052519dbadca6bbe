import { createFieldEngine, riskItems } from '../src-main/modules/risk/index.ts';
import { buildPlant } from '../src-main/testing/buildPlant.ts';

/** A works of 700 m × 500 m with 120 vessels, pumps and tanks of six substances; ruptures apart, three holes each. */
const plant = buildPlant((change) => {
  change.site = { ...change.site, width: 700, depth: 500 };
  const holds = [
    { substance: 'ammonia' as const, kind: 'horizontal-vessel' as const, pressurePa: 1_400_000, temperatureK: 305 },
    { substance: 'chlorine' as const, kind: 'horizontal-vessel' as const, pressurePa: 700_000, temperatureK: 290 },
    { substance: 'lpg' as const, kind: 'sphere' as const, pressurePa: 1_000_000, temperatureK: 295 },
    { substance: 'hydrogen' as const, kind: 'vertical-vessel' as const, pressurePa: 4_000_000, temperatureK: 300 },
    { substance: 'benzene' as const, kind: 'storage-tank' as const, pressurePa: 105_000, temperatureK: 298 },
    { substance: 'methanol' as const, kind: 'pump' as const, pressurePa: 600_000, temperatureK: 298 },
  ];
  change.equipment = [
    ...Array.from({ length: 120 }, (_value, i) => {
      const { substance, kind, pressurePa, temperatureK } = holds[i % holds.length]!;
      return { id: `X-${i}`, name: { zh: `设备${i}`, en: `Item ${i}` }, unit: 'U1', zone: 'Z1', kind, position: [30 + ((i * 61.8) % 640), 30 + ((i * 37.7) % 440), 0] as [number, number, number], size: [4, 3, 3] as [number, number, number], substance, inventory: { capacityKg: 2_000 * (1 + (i % 12)), pressurePa, temperatureK } };
    }),
    ...change.equipment,
  ];
});
const items = riskItems(plant);
const ones = new Float64Array(items.length).fill(1);
const contents = Float64Array.from(items, (item) => 0.7 * item.capacityKg);
const crowd = (size: number, x: (i: number) => number, y: (i: number) => number) => ({ x: Float64Array.from({ length: size }, (_value, i) => x(i)), y: Float64Array.from({ length: size }, (_value, i) => y(i)), count: new Float64Array(size).fill(1), indoors: Float64Array.from({ length: size }, (_value, i) => (i % 3 === 0 ? 1 : 0)) });
const people = crowd(120, (i) => 30 + ((i * 91.3) % 640), (i) => 30 + ((i * 53.9) % 440));
const outside = crowd(2, (i) => 900 + 100 * i, () => 250);
const live = { protections: items.map(() => ({ deluge: 1, fireproofing: 1, relief: 1, isolation: 1, depressurising: 1 })), people, outside, ignition: ones, inventoryKg: contents };
const weather = { windSpeed: 3, windFrom: 210, stability: 'D' as const };
const warm = createFieldEngine(plant);
let turn = 0;

const size = `${items.length} items × 3–4 holes, 140 × 100 cells of 5 m`;

/** Each entry runs once per call; `cold` begins with an engine that has seen nothing. */
export const benchmarks = [
  { name: 'riskFieldCold', size, run: () => createFieldEngine(plant)({ ...live, weather, leak: ones }) },
  {
    name: 'riskFieldOneItem',
    size: 'one item of them changed',
    run: () => {
      turn += 1;
      return warm({ weather, ...live, leak: ones.map((one, i) => (i === 7 ? 1 + (turn % 5) : one)) });
    },
  },
  {
    name: 'riskFieldWindTurned',
    size: 'wind turned, kernels known',
    run: () => {
      turn += 1;
      return warm({ ...live, weather: { ...weather, windFrom: (turn * 15) % 360 }, leak: ones });
    },
  },
] as const;
