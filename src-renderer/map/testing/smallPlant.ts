import type { Equipment, PlantModel } from '../../../src-shared/plant/index.ts';

/** Two tanks, a pump, a building and a mast on 100 m × 80 m: enough to draw and to pick. */
export const smallPlant = (): PlantModel => ({
  format: 'anlan.plant/1', id: 'small', version: '1', name: { zh: '小厂', en: 'Small works' },
  site: { width: 100, depth: 80, origin: { longitude: 120, latitude: 30 }, north: 0, timeZone: 'Asia/Shanghai', roughness: 0.3 },
  areas: [{ id: 'A', name: { zh: '区', en: 'Area' } }],
  zones: [{ id: 'Z-1', name: { zh: '罐区', en: 'Tank farm' }, area: 'A', grade: 'considerable', polygon: [[5, 5], [60, 5], [60, 70], [5, 70]] }],
  units: [{ id: 'U-1', name: { zh: '罐组', en: 'Tanks' }, area: 'A', zone: 'Z-1' }],
  equipment: [
    equipment('TK-1', 'storage-tank', { position: [20, 30, 0], size: [12, 12, 10] }),
    equipment('TK-2', 'storage-tank', { position: [40, 30, 0], size: [12, 12, 10] }),
    equipment('P-1', 'pump', { position: [30, 12, 0], size: [2.4, 1, 1.4], heading: 90 }),
    equipment('M-1', 'mast', { position: [90, 70, 0], size: [1, 1, 10] }),
  ],
  tags: [
    tag('TK-1.LT', 'TK-1', { unit: '%', name: { zh: 'TK-1液位', en: 'TK-1 level' } }),
    tag('TK-1.GD', 'TK-1', { unit: '[ppm]', name: { zh: '探测器', en: 'detector' } }),
    tag('WS', 'M-1', { unit: 'm/s', name: { zh: '风速', en: 'wind speed' } }),
    tag('WD', 'M-1', { unit: 'deg', name: { zh: '风向', en: 'wind direction' } }),
  ],
  detectors: [{ id: 'GD-1', name: { zh: '氨探测器', en: 'Ammonia detector' }, tag: 'TK-1.GD', kind: 'gas', substance: 'ammonia', zone: 'Z-1', position: [26, 36, 1.5] }],
  cameras: [{ id: 'C-1', name: { zh: '摄像机', en: 'Camera' }, zone: 'Z-1', position: [60, 60, 6], heading: 225, tilt: 20, fieldOfView: 60 }],
  people: [{ id: 'W-1', name: '李安', role: { zh: '操作工', en: 'operator' }, team: { zh: '甲班', en: 'A' }, wearable: 'B-1' }],
  structures: [
    { id: 'B-1', kind: 'building', shape: [[70, 10], [90, 10], [90, 30], [70, 30]], height: 8, floors: 2 },
    { id: 'R-1', kind: 'road', shape: [[0, 75], [100, 75]], height: 0, width: 6 },
  ],
  pipes: [{ id: 'PL-1', from: 'TK-1', to: 'P-1', substance: 'benzene', diameter: 0.2, path: [[20, 24, 1], [30, 24, 1], [30, 13, 1]] }],
  walkways: { nodes: [{ id: 'N-1', position: [50, 75], kind: 'junction' }, { id: 'N-2', position: [95, 75], kind: 'muster' }], edges: [{ id: 'E-1', from: 'N-1', to: 'N-2', width: 2, kind: 'road' }] },
  muster: [{ id: 'MP-1', name: { zh: '1号集合点', en: 'Muster 1' }, node: 'N-2', capacity: 20 }],
  weather: { windSpeed: 'WS', windDirection: 'WD', temperature: 'WS', humidity: 'WS' },
  views: [{ id: 'V-1', name: { zh: '罐组', en: 'Tanks' }, unit: 'U-1', eye: [30, -20, 30], target: [30, 30, 3] }],
});

const equipment = (id: string, kind: Equipment['kind'], rest: Pick<Equipment, 'position' | 'size'> & { heading?: number }): Equipment => ({ id, name: { zh: id, en: id }, unit: 'U-1', zone: 'Z-1', kind, heading: 0, ...rest });
const tag = (id: string, equipmentId: string, rest: { unit: string; name: { zh: string; en: string } }): PlantModel['tags'][number] => ({ id, equipment: equipmentId, kind: 'other', range: [0, 100], decimals: 1, alarms: [], ...rest });
