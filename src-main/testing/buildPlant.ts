import type { z } from 'zod';
import { AlarmSetting, PlantModel, RecordsFile, SiteFile, Tag } from '../../src-shared/plant/index.ts';

const both = (word: string) => ({ zh: word, en: word });

/** One tag of equipment `TK-101` in `MPa`, 0 to 10; anything can be stated otherwise. */
export const buildTag = (id: string, rest: Partial<z.input<typeof Tag>> = {}): Tag =>
  Tag.parse({ id, name: { zh: `${id} 压力`, en: `${id} pressure` }, equipment: 'TK-101', kind: 'pressure', unit: 'MPa', range: [0, 10], ...rest });

export const buildAlarm = (kind: AlarmSetting['kind'], limit: number, rest: Partial<z.input<typeof AlarmSetting>> = {}): AlarmSetting => AlarmSetting.parse({ kind, limit, priority: 2, ...rest });

/**
 * The smallest plant that passes every check: two zones, one tank, one compressor, one gas detector, one camera, two
 * people, a walkway to one muster point and a mast. `change` edits it before it is parsed.
 */
export const buildPlant = (change: (plant: z.input<typeof PlantModel>) => void = () => {}): PlantModel => {
  const plant: z.input<typeof PlantModel> = {
    format: 'anlan.plant/1',
    id: 'tiny',
    version: '1',
    name: { zh: '小厂', en: 'Tiny works' },
    site: { width: 100, depth: 100, origin: { longitude: 121, latitude: 29 }, timeZone: 'Asia/Shanghai', roughness: 0.3 },
    areas: [{ id: 'A1', name: both('A1') }],
    zones: [
      { id: 'Z1', name: { zh: '罐区', en: 'Tank farm' }, area: 'A1', grade: 'major', polygon: [[0, 0], [50, 0], [50, 100], [0, 100]] },
      { id: 'Z2', name: { zh: '压缩机房', en: 'Compressor house' }, area: 'A1', grade: 'general', polygon: [[50, 0], [100, 0], [100, 100], [50, 100]] },
    ],
    units: [
      { id: 'U1', name: { zh: '储罐', en: 'Storage' }, area: 'A1', zone: 'Z1' },
      { id: 'U2', name: { zh: '压缩', en: 'Compression' }, area: 'A1', zone: 'Z2' },
    ],
    equipment: [
      { id: 'TK-101', name: { zh: '液氨罐', en: 'Ammonia tank' }, unit: 'U1', zone: 'Z1', kind: 'horizontal-vessel', position: [20, 50, 0], size: [8, 3, 3], substance: 'ammonia', inventory: { capacityKg: 40_000, levelTag: 'LT-101', pressurePa: 900_000, temperatureK: 293 } },
      { id: 'K-201', name: { zh: '压缩机', en: 'Compressor' }, unit: 'U2', zone: 'Z2', kind: 'compressor', position: [70, 50, 0], size: [4, 2, 2] },
      { id: 'MAST', name: { zh: '气象杆', en: 'Weather mast' }, unit: 'U2', zone: 'Z2', kind: 'mast', position: [90, 90, 0], size: [1, 1, 10] },
    ],
    tags: [
      { id: 'PT-101', name: { zh: '氨罐压力', en: 'Tank pressure' }, equipment: 'TK-101', kind: 'pressure', unit: 'MPa', range: [0, 2.5], normal: [0.8, 1.2], alarms: [{ kind: 'HIHI', limit: 1.8, deadband: 0.05, priority: 1 }, { kind: 'HI', limit: 1.5, deadband: 0.05, priority: 2 }, { kind: 'LO', limit: 0.3, deadband: 0.05, priority: 3 }] },
      { id: 'LT-101', name: { zh: '氨罐液位', en: 'Tank level' }, equipment: 'TK-101', kind: 'level', unit: '%', range: [0, 100] },
      { id: 'GT-101', name: { zh: '氨浓度', en: 'Ammonia' }, equipment: 'TK-101', kind: 'gas', unit: '[ppm]', range: [0, 200], alarms: [{ kind: 'HI', limit: 25, deadband: 2, priority: 2 }, { kind: 'HIHI', limit: 50, deadband: 2, priority: 1 }] },
      { id: 'VT-201', name: { zh: '振动', en: 'Vibration' }, equipment: 'K-201', kind: 'vibration', unit: 'mm/s', range: [0, 20], alarms: [{ kind: 'HI', limit: 7.1, deadband: 0.3, onDelayS: 5, offDelayS: 5, priority: 3 }] },
      { id: 'XS-201', name: { zh: '运行状态', en: 'Running' }, equipment: 'K-201', kind: 'state', unit: '1', range: [0, 2], states: [both('stopped'), both('running'), both('tripped')], alarms: [{ kind: 'DISCRETE', limit: 2, priority: 2 }] },
      { id: 'WS', name: both('Wind speed'), equipment: 'MAST', kind: 'weather', unit: 'm/s', range: [0, 60] },
      { id: 'WD', name: both('Wind direction'), equipment: 'MAST', kind: 'weather', unit: 'deg', range: [0, 360] },
      { id: 'AT', name: both('Air temperature'), equipment: 'MAST', kind: 'weather', unit: 'Cel', range: [-40, 60] },
      { id: 'RH', name: both('Humidity'), equipment: 'MAST', kind: 'weather', unit: '%', range: [0, 100] },
    ],
    detectors: [{ id: 'GD-101', name: both('GD-101'), tag: 'GT-101', kind: 'gas', substance: 'ammonia', zone: 'Z1', position: [24, 50, 1] }],
    cameras: [{ id: 'CAM-1', name: both('CAM-1'), zone: 'Z1', position: [5, 5, 6], heading: 45, tilt: 20, fieldOfView: 70 }],
    people: [
      { id: 'P1', name: '张伟', role: { zh: '巡检工', en: 'Field operator' }, team: { zh: '甲班', en: 'Shift A' }, wearable: 'W1' },
      { id: 'P2', name: '李娜', role: { zh: '维修工', en: 'Fitter' }, team: { zh: '甲班', en: 'Shift A' }, wearable: 'W2' },
    ],
    structures: [],
    pipes: [{ id: 'L-1', from: 'TK-101', to: 'K-201', substance: 'ammonia', diameter: 0.1, path: [[20, 50, 1], [70, 50, 1]] }],
    walkways: {
      nodes: [
        { id: 'N1', position: [30, 50] },
        { id: 'N2', position: [60, 50] },
        { id: 'M1', position: [95, 5], kind: 'muster' },
      ],
      edges: [
        { id: 'E1', from: 'N1', to: 'N2', width: 2 },
        { id: 'E2', from: 'N2', to: 'M1', width: 2 },
      ],
    },
    muster: [{ id: 'MP1', name: both('MP1'), node: 'M1', capacity: 50 }],
    weather: { windSpeed: 'WS', windDirection: 'WD', temperature: 'AT', humidity: 'RH' },
    views: [{ id: 'all', name: both('All'), eye: [0, -80, 60], target: [50, 50, 0] }],
  };
  change(plant);
  return PlantModel.parse(plant);
};

/** A site file for `buildPlant` with one MQTT feed and one user of each role that tests need. */
export const buildSite = (change: (site: z.input<typeof SiteFile>) => void = () => {}): SiteFile => {
  const site: z.input<typeof SiteFile> = {
    format: 'anlan.site/1',
    id: 'tiny',
    plant: 'plant.json',
    feeds: [{ id: 'broker', kind: 'mqtt', url: 'mqtt://127.0.0.1:1883', mappings: [{ tags: ['*'], address: 'tiny/{tag}' }] }],
    users: [
      { id: 'op', name: '王强', role: 'operator', pin: '1234' },
      { id: 'safety', name: '陈静', role: 'safety-manager', pin: '2345' },
      { id: 'visitor', name: '监管员', role: 'regulator', pin: '3456' },
    ],
  };
  change(site);
  return SiteFile.parse(site);
};

export const buildRecords = (records: Omit<z.input<typeof RecordsFile>, 'format'> = {}): RecordsFile => RecordsFile.parse({ format: 'anlan.records/1', ...records });
