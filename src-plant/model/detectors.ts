import type { AlarmSetting, SubstanceId, Tag } from '../../src-shared/plant/index.ts';
import type { Draft } from './draft.ts';
import { guidanceFor } from './guidance.ts';
import { hi, hihi, measured, state, whenState, type Instrument } from './instruments.ts';

const FLAME_STATES = [{ zh: '正常', en: 'clear' }, { zh: '检出', en: 'detected' }];
const SMOKE_STATES = [{ zh: '正常', en: 'clear' }, { zh: '检出', en: 'detected' }];

/** Range and the two limits of GB/T 50493-2019 §5.5: toxic gas in ppm, combustible gas in % of the lower limit. */
const GAS: Partial<Record<SubstanceId, { readonly zh: string; readonly en: string; readonly unit: '[ppm]' | '%'; readonly range: number; readonly high: number; readonly highHigh: number; readonly decimals: number; readonly z: number }>> = {
  ammonia: { zh: '氨', en: 'ammonia', unit: '[ppm]', range: 1000, high: 25, highHigh: 50, decimals: 1, z: 2.2 },
  chlorine: { zh: '氯气', en: 'chlorine', unit: '[ppm]', range: 20, high: 0.5, highHigh: 1, decimals: 2, z: 0.5 },
  benzene: { zh: '苯', en: 'benzene', unit: '[ppm]', range: 50, high: 2, highHigh: 4, decimals: 2, z: 0.5 },
  'hydrogen-sulphide': { zh: '硫化氢', en: 'hydrogen sulphide', unit: '[ppm]', range: 100, high: 6.6, highHigh: 13, decimals: 1, z: 0.5 },
  hydrogen: { zh: '氢气', en: 'hydrogen', unit: '%', range: 100, high: 10, highHigh: 25, decimals: 1, z: 3.2 },
  lpg: { zh: '液化气', en: 'LPG', unit: '%', range: 100, high: 25, highHigh: 50, decimals: 1, z: 0.4 },
  methanol: { zh: '甲醇', en: 'methanol', unit: '%', range: 100, high: 25, highHigh: 50, decimals: 1, z: 0.5 },
  gasoline: { zh: '汽油', en: 'gasoline', unit: '%', range: 100, high: 25, highHigh: 50, decimals: 1, z: 0.4 },
  methane: { zh: '甲烷', en: 'methane', unit: '%', range: 100, high: 25, highHigh: 50, decimals: 1, z: 3 },
};

type Around = readonly [equipment: string, bearings: readonly number[]];
/** Which equipment a substance's detectors watch, and on which sides of it (degrees counter-clockwise from east). */
const WATCH: readonly (readonly [unit: string, substance: SubstanceId, around: readonly Around[]])[] = [
  ['AR', 'ammonia', [['AR-V-101A', [350, 190, 250]], ['AR-V-101B', [10, 90, 170]], ['AR-V-102A', [200, 100]], ['AR-V-102B', [60]], ['AR-V-103', [90]], ['AR-V-104', [30]], ['AR-E-101A', [270, 110]], ['AR-E-101B', [90]], ['AR-E-101C', [270, 80]], ['AR-E-101D', [0]], ['AR-E-102A', [340]], ['AR-E-102B', [20]], ['AR-P-101A', [225]], ['AR-T-101', [45]], ['AR-LA-101', [135, 300]]]],
  ['CH', 'ammonia', [['CH-K-201A', [90, 250]], ['CH-K-201B', [90]], ['CH-K-201C', [90]], ['CH-V-201', [135]]]],
  ['CH', 'lpg', [['CH-K-202A', [90]], ['CH-K-202B', [90]], ['CH-K-202C', [90, 300]], ['CH-V-202', [45]]]],
  ['CL', 'chlorine', [['CL-V-101A', [200, 315]], ['CL-V-101B', [180]], ['CL-V-101C', [150, 45]], ['CL-E-101A', [0]], ['CL-E-101B', [0]], ['CL-V-102', [60]], ['CL-P-102A', [270]], ['CL-T-101', [250]], ['CL-T-102', [300]], ['CL-Y-101', [200, 330]], ['CL-Y-102', [160]], ['CL-R-101A', [225]], ['CL-R-101B', [120]]]],
  ['AU', 'benzene', [['AU-T-101', [200]], ['AU-T-102', [100]], ['AU-V-101', [90]], ['AU-P-101A', [250]], ['AU-P-103A', [270]], ['AU-TK-101', [225]], ['AU-TK-102', [45]]]],
  ['AU', 'hydrogen', [['AU-R-101', [135]], ['AU-R-102', [45]]]],
  ['AU', 'methane', [['AU-F-101', [200, 320]]]],
  ['HS', 'hydrogen', [['HS-R-101A', [180]], ['HS-R-101B', [0]], ['HS-V-101', [90]], ['HS-K-101A', [270]], ['HS-K-101B', [90]], ['HS-V-102A', [45]], ['HS-Y-101', [120]], ['HS-Y-103', [90]], ['HS-LA-101', [60]], ['HS-LA-102', [300]]]],
  ['MR', 'methanol', [['MR-T-101', [210]], ['MR-V-101', [90]], ['MR-TK-101', [60]], ['MR-P-101A', [200]]]],
  ['LP', 'lpg', [['LP-V-101', [225, 45]], ['LP-V-102', [270, 90]], ['LP-V-103', [315, 135]], ['LP-V-104', [135, 300]], ['LP-V-105', [90]], ['LP-V-106', [45, 225]], ['LP-P-101A', [270]], ['LP-P-101C', [0]], ['LP-P-102B', [0]], ['LP-V-107', [60]]]],
  ['MT', 'methanol', [['MT-TK-101', [225]], ['MT-TK-102', [270]], ['MT-TK-103', [315]], ['MT-TK-104', [135]], ['MT-TK-106', [45]], ['MT-P-101A', [180]]]],
  ['GT', 'gasoline', [['GT-TK-101', [225, 315]], ['GT-TK-102', [225, 315]], ['GT-TK-103', [135]], ['GT-TK-104', [45]], ['GT-P-101A', [180]], ['GT-P-102A', [0]]]],
  ['BT', 'benzene', [['BT-TK-101', [225, 315]], ['BT-TK-102', [315]], ['BT-TK-103', [135]], ['BT-TK-104', [45]], ['BT-P-101A', [180]]]],
  ['LB', 'gasoline', [['LB-LA-101', [225]], ['LB-LA-102', [270]], ['LB-LA-106', [90]]]],
  ['LB', 'benzene', [['LB-LA-105', [315]]]],
  ['LB', 'lpg', [['LB-LA-109', [225]], ['LB-LA-110', [45]]]],
  ['VR', 'gasoline', [['VR-T-101A', [225]], ['VR-C-101A', [180]]]],
  ['UT', 'methane', [['UT-F-101A', [90, 270]], ['UT-F-101B', [90]]]],
  ['WW', 'hydrogen-sulphide', [['WW-B-101', [0]], ['WW-P-101A', [90]], ['WW-B-102', [270]]]],
];

/** Flame and smoke detectors: the equipment each looks at, from which side. */
const FIRE: readonly (readonly ['flame' | 'smoke', equipment: string, bearing: number])[] = [
  ['flame', 'GT-TK-101', 200], ['flame', 'GT-TK-102', 340], ['flame', 'GT-TK-103', 160], ['flame', 'GT-TK-104', 20], ['flame', 'BT-TK-101', 200], ['flame', 'BT-TK-104', 20], ['flame', 'MT-TK-101', 200], ['flame', 'MT-TK-103', 340], ['flame', 'MT-TK-105', 90], ['flame', 'LP-V-101', 180], ['flame', 'LP-V-103', 0], ['flame', 'LP-V-105', 90],
  ['flame', 'HS-K-101A', 0], ['flame', 'HS-Y-102', 270], ['flame', 'HS-R-101A', 270], ['flame', 'LB-LA-103', 90], ['flame', 'LB-LA-108', 270], ['flame', 'AU-T-101', 150], ['flame', 'AU-P-102A', 90], ['flame', 'MR-T-101', 45], ['flame', 'CH-K-202B', 270],
  ['smoke', 'PS-PN-101', 90], ['smoke', 'PS-PN-104', 90], ['smoke', 'AD-PN-101', 180], ['smoke', 'AD-PN-103', 180], ['smoke', 'CH-PN-201', 0], ['smoke', 'AD-PN-102', 180],
];

export const drawDetectors = (draft: Draft): void => {
  const numbers = new Map<string, number>();
  const nextNumber = (key: string) => {
    const next = (numbers.get(key) ?? 100) + 1;
    numbers.set(key, next);
    return next;
  };
  const watched = (id: string) => {
    const item = draft.equipment.find((each) => each.id === id);
    if (item === undefined) throw new Error(`detector: no equipment ${id}`);
    return item;
  };
  /** A place beside an equipment, `clear` metres off its hull. */
  const beside = (id: string, bearing: number, clear: number, z: number): [number, number, number] => {
    const { position, size, heading } = watched(id);
    const turn = ((bearing - heading) * Math.PI) / 180;
    const hull = Math.min(size[0] / 2 / Math.max(Math.abs(Math.cos(turn)), 1e-6), size[1] / 2 / Math.max(Math.abs(Math.sin(turn)), 1e-6));
    const reach = hull + clear;
    const angle = (bearing * Math.PI) / 180;
    return [Number((position[0] + reach * Math.cos(angle)).toFixed(1)), Number((position[1] + reach * Math.sin(angle)).toFixed(1)), z];
  };

  for (const [unit, substance, around] of WATCH) {
    const gas = GAS[substance]!;
    for (const [equipment, bearings] of around)
      for (const bearing of bearings) {
        const id = `${unit}-GD-${nextNumber(`${unit}-GD`)}`;
        const item = watched(equipment);
        const instrument = measured(['gas', gas.unit, gas.decimals], ['PV', `${gas.zh}浓度`, `${gas.en} concentration`], [0, gas.high * 0.12], { range: [0, gas.range], alarms: [hi(gas.high, gas.unit === '%' ? 3 : 2), hihi(gas.highHigh, 1)] });
        add(draft, { id, name: { zh: `${item.name.zh}${gas.zh}探测器`, en: `${gas.en[0]!.toUpperCase()}${gas.en.slice(1)} detector at ${item.name.en}` }, kind: 'gas', substance, equipment, instrument, position: beside(equipment, bearing, 2.2, gas.z) });
      }
  }
  for (const [kind, equipment, bearing] of FIRE) {
    const unit = equipment.split('-')[0]!;
    const short = kind === 'flame' ? 'FD' : 'SD';
    const item = watched(equipment);
    const id = `${unit}-${short}-${nextNumber(`${unit}-${short}`)}`;
    const reading = state(['PV', kind === 'flame' ? '火焰' : '烟雾', kind], kind === 'flame' ? FLAME_STATES : SMOKE_STATES, 0, [whenState(1, kind === 'flame' ? 1 : 2)]);
    add(draft, { id, name: { zh: `${item.name.zh}${kind === 'flame' ? '火焰' : '感烟'}探测器`, en: `${kind === 'flame' ? 'Flame' : 'Smoke'} detector at ${item.name.en}` }, kind, equipment, instrument: { ...reading, kind }, position: kind === 'flame' ? beside(equipment, bearing, 6, 5) : beside(equipment, bearing, 1, 2.8) });
  }
};

type NewDetector = { readonly id: string; readonly name: { readonly zh: string; readonly en: string }; readonly kind: 'gas' | 'flame' | 'smoke'; readonly substance?: SubstanceId; readonly equipment: string; readonly instrument: Instrument; readonly position: [number, number, number] };

const add = (draft: Draft, { id, name, kind, substance, equipment, instrument, position }: NewDetector): void => {
  const item = draft.equipment.find((each) => each.id === equipment)!;
  draft.detectors.push({ id, name, tag: `${id}.PV`, kind, ...(substance && { substance }), zone: item.zone, position });
  const tag: Tag = {
    id: `${id}.PV`, name: { zh: `${name.zh} ${id}`, en: `${name.en} ${id}` }, equipment, kind: instrument.kind, unit: instrument.unit, range: [...instrument.range], normal: [...instrument.normal], decimals: instrument.decimals,
    ...(instrument.states && { states: instrument.states.map((word) => ({ ...word })) }),
    alarms: instrument.alarms.map((limit): AlarmSetting => ({
      kind: limit.kind, limit: limit.limit, deadband: limit.kind === 'DISCRETE' ? 0 : limit.limit * 0.1, onDelayS: 0, offDelayS: limit.kind === 'DISCRETE' ? 5 : 10, priority: limit.priority, latched: limit.kind === 'HIHI' || kind === 'flame',
      ...guidanceFor({ equipment: item.name, kind: item.kind, instrument: { ...instrument, suffix: 'PV' }, limit }),
    })),
  };
  draft.tags.push(tag);
};

export const drawCameras = (draft: Draft): void => {
  const rows: readonly (readonly [id: string, zh: string, en: string, zone: string, position: [number, number, number], heading: number, tilt: number, fieldOfView?: number])[] = [
    ['CAM-01', '南门', 'South gate', 'Z-CB', [300, 29, 5], 220, 20, 34],
    ['CAM-02', '制冷装置', 'Ammonia refrigeration', 'Z-AR', [160, 206, 6], 340, 13],
    ['CAM-03', '制冷装置泵区', 'Refrigeration pumps', 'Z-AR', [229, 142, 5.5], 170, 13],
    ['CAM-04', '压缩机厂房', 'Compressor house', 'Z-CH', [304, 181, 5.5], 340, 14, 50],
    ['CAM-05', '液氯储存', 'Chlorine storage', 'Z-CL', [476, 148, 4.5], 97, 20, 30],
    ['CAM-06', '芳烃装置', 'Aromatics unit', 'Z-AU', [160, 264, 4.5], 30, 20, 34],
    ['CAM-07', '制氢站', 'Hydrogen skid', 'Z-HS', [361, 314, 5.5], 205, 14],
    ['CAM-08', '球罐区', 'LPG spheres', 'Z-LP', [164, 389, 6], 35, 13],
    ['CAM-09', '汽油罐区', 'Gasoline tanks', 'Z-GT', [497, 372, 20], 58, 4, 62],
    ['CAM-10', '苯罐区', 'Benzene tanks', 'Z-BT', [668, 388, 6], 150, 14],
    ['CAM-11', '装卸区', 'Loading bay', 'Z-LB', [576, 300, 4.5], 15, 20, 30],
    ['CAM-12', '东门', 'East gate', 'Z-LB', [670, 254, 5], 325, 20, 34],
  ];
  for (const [id, zh, en, zone, position, heading, tilt, fieldOfView = 45] of rows) draft.cameras.push({ id, name: { zh, en }, zone, position, heading, tilt, fieldOfView });
};
