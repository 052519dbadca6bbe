import type { RiskGrade, Structure } from '../../src-shared/plant/index.ts';
import type { Draft } from './draft.ts';

type Xy = readonly [x: number, y: number];
const box = (x0: number, y0: number, x1: number, y1: number): [number, number][] => [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];

export const SITE = { width: 700, depth: 500 } as const;

/** People outside the fence: the berth in the east and a machine works in the south lie within 500 m, the village does not. */
export const NEIGHBOURS: readonly { readonly id: string; readonly zh: string; readonly en: string; readonly at: Xy; readonly people: number }[] = [
  { id: 'OUT-PORT', zh: '散货码头', en: 'Bulk berth', at: [1010, 330], people: 26 },
  { id: 'OUT-WORKS', zh: '机械加工厂', en: 'Machine works', at: [230, -340], people: 42 },
  { id: 'OUT-VILLAGE', zh: '沙井村', en: 'Shajing village', at: [-820, -260], people: 310 },
];

/** Centre lines and widths of the road grid: ring road, three cross roads, four long roads. */
export const ROADS_EAST_WEST: readonly (readonly [y: number, width: number])[] = [[24, 7], [122, 9], [248, 8], [366, 8], [476, 7]];
export const ROADS_NORTH_SOUTH: readonly (readonly [x: number, width: number])[] = [[24, 7], [152, 8], [292, 9], [432, 8], [562, 8], [676, 7]];
const RING = { west: 24, east: 676, south: 24, north: 476 } as const;

/** Gates: the road leaves through the fence here. */
export const GATES: readonly { readonly id: string; readonly zh: string; readonly en: string; readonly at: Xy; readonly from: Xy; readonly width: number }[] = [
  { id: 'G-1', zh: '南门（主门）', en: 'South gate (main)', at: [292, 6], from: [292, 24], width: 10 },
  { id: 'G-2', zh: '东门（物流）', en: 'East gate (logistics)', at: [694, 248], from: [676, 248], width: 9 },
  { id: 'G-3', zh: '西门（应急）', en: 'West gate (emergency)', at: [6, 248], from: [24, 248], width: 7 },
  { id: 'G-4', zh: '北门（应急）', en: 'North gate (emergency)', at: [432, 494], from: [432, 476], width: 7 },
];

export const MUSTER: readonly { readonly id: string; readonly zh: string; readonly en: string; readonly at: Xy; readonly capacity: number }[] = [
  { id: 'MP-1', zh: '1号集合点（南门广场）', en: 'Muster 1, south square', at: [322, 45], capacity: 120 },
  { id: 'MP-2', zh: '2号集合点（消防训练场）', en: 'Muster 2, fire training ground', at: [92, 46], capacity: 100 },
  { id: 'MP-3', zh: '3号集合点（西门）', en: 'Muster 3, west gate', at: [14, 262], capacity: 60 },
  { id: 'MP-4', zh: '4号集合点（北门）', en: 'Muster 4, north gate', at: [446, 486], capacity: 60 },
  { id: 'MP-5', zh: '5号集合点（东门）', en: 'Muster 5, east gate', at: [686, 234], capacity: 80 },
  { id: 'MP-6', zh: '6号集合点（东南场地）', en: 'Muster 6, south-east yard', at: [664, 112], capacity: 80 },
];

export type Building = { readonly id: string; readonly zh: string; readonly en: string; readonly ring: readonly [number, number, number, number]; readonly height: number; readonly floors: number; readonly door: Xy; readonly second?: Xy };
/** Closed buildings with their doors (a point on the outer wall). */
export const BUILDINGS: readonly Building[] = [
  { id: 'B-FIRE', zh: '消防站', en: 'Fire station', ring: [50, 78, 110, 104], height: 10, floors: 2, door: [80, 104], second: [66, 78] },
  { id: 'B-OFFICE', zh: '办公楼', en: 'Offices', ring: [170, 64, 238, 84], height: 20, floors: 5, door: [204, 64], second: [204, 84] },
  { id: 'B-CANTEEN', zh: '食堂', en: 'Canteen', ring: [248, 78, 282, 104], height: 8, floors: 2, door: [248, 91], second: [265, 104] },
  { id: 'B-CONTROL', zh: '中央控制楼（抗爆）', en: 'Control building (blast resistant)', ring: [318, 60, 362, 88], height: 9, floors: 2, door: [340, 60], second: [362, 80] },
  { id: 'B-LAB', zh: '化验楼', en: 'Laboratory', ring: [388, 62, 418, 90], height: 12, floors: 3, door: [403, 62], second: [403, 90] },
  { id: 'B-WORKSHOP', zh: '机修车间', en: 'Maintenance workshop', ring: [448, 58, 508, 90], height: 11, floors: 1, door: [478, 58], second: [478, 90] },
  { id: 'B-SPARES', zh: '备件库', en: 'Spares store', ring: [520, 58, 550, 94], height: 9, floors: 1, door: [535, 58], second: [535, 94] },
  { id: 'B-WAREHOUSE', zh: '综合仓库', en: 'General warehouse', ring: [582, 62, 656, 96], height: 10, floors: 1, door: [620, 62], second: [620, 96] },
  { id: 'B-CAMP-1', zh: '承包商用房1', en: 'Contractor cabin 1', ring: [580, 32, 600, 43], height: 4, floors: 1, door: [590, 43] },
  { id: 'B-CAMP-2', zh: '承包商用房2', en: 'Contractor cabin 2', ring: [606, 32, 626, 43], height: 4, floors: 1, door: [616, 43] },
  { id: 'B-CAMP-3', zh: '承包商用房3', en: 'Contractor cabin 3', ring: [632, 32, 652, 43], height: 4, floors: 1, door: [642, 43] },
  { id: 'B-GUARD-1', zh: '南门卫', en: 'South gate house', ring: [299, 9, 309, 17], height: 4, floors: 1, door: [304, 17] },
  { id: 'B-GUARD-2', zh: '东门卫', en: 'East gate house', ring: [683, 253, 691, 260], height: 4, floors: 1, door: [683, 256.5] },
  { id: 'B-COLD', zh: '冷冻站', en: 'Chilling station', ring: [234, 150, 272, 178], height: 9, floors: 1, door: [234, 164], second: [253, 150] },
  { id: 'B-CH-MCC', zh: '压缩机配电室', en: 'Compressor switch room', ring: [386, 207, 412, 222], height: 6, floors: 1, door: [399, 207] },
  { id: 'B-CHLORINATION', zh: '氯化厂房', en: 'Chlorination hall', ring: [488, 199, 540, 230], height: 15, floors: 3, door: [514, 199], second: [514, 230] },
  { id: 'B-BOILER', zh: '锅炉房', en: 'Boiler house', ring: [574, 133, 606, 152], height: 11, floors: 2, door: [590, 152] },
  { id: 'B-SUBSTATION', zh: '总变电所', en: 'Main substation', ring: [575, 219, 645, 237], height: 8, floors: 2, door: [610, 219] },
  { id: 'B-SLUDGE', zh: '污泥脱水间', en: 'Sludge dewatering', ring: [104, 333, 136, 350], height: 7, floors: 1, door: [120, 333] },
  { id: 'B-AU-SUB', zh: '芳烃变电所', en: 'Aromatics substation', ring: [212, 335, 240, 350], height: 6, floors: 1, door: [226, 335] },
  { id: 'B-DRUM-1', zh: '桶装库甲', en: 'Drum store A', ring: [446, 268, 494, 296], height: 9, floors: 1, door: [470, 296] },
  { id: 'B-DRUM-2', zh: '桶装库乙', en: 'Drum store B', ring: [446, 306, 494, 334], height: 9, floors: 1, door: [470, 306], second: [470, 334] },
  { id: 'B-TANK-OPS', zh: '罐区外操室', en: 'Tank farm field room', ring: [508, 331, 540, 350], height: 6, floors: 1, door: [524, 331] },
  { id: 'B-LOADING', zh: '装卸控制室', en: 'Loading control room', ring: [572, 334, 592, 350], height: 4.5, floors: 1, door: [582, 334] },
];

/** Roofs on columns: open at the sides. */
const SHELTERS: readonly (readonly [string, string, string, number, number, number, number, number])[] = [
  ['S-CH', '压缩机厂房', 'Compressor house', 306, 150, 414, 183, 13],
  ['S-CL', '液氯储存棚', 'Chlorine storage shelter', 448, 147, 470, 174.5, 9],
  ['S-CL-RACK', '钢瓶棚', 'Cylinder shelter', 449, 197, 466, 213, 5.5],
  ['S-FW', '消防泵棚', 'Fire-water pump shelter', 95, 145, 133, 167, 6],
  ['S-UT', '空压站', 'Air compressor station', 620, 136, 663, 150, 7],
  ['S-HS', '制氢棚', 'Electrolyser shelter', 304, 269, 336, 283, 7],
  ['S-LB-1', '装车棚1', 'Loading canopy 1', 582, 274, 660, 288, 8],
  ['S-LB-2', '装车棚2', 'Loading canopy 2', 582, 310, 660, 324, 8],
  ['S-AR', '贮氨器遮阳棚', 'Receiver sun shade', 173, 188, 189.5, 203.5, 6.5],
];

const BUNDS: readonly (readonly [string, number, number, number, number, number])[] = [
  ['BD-LP-1', 170, 396, 205.5, 466, 0.6], ['BD-LP-2', 205.5, 396, 240.5, 466, 0.6], ['BD-LP-3', 240.5, 396, 277, 466, 0.6],
  ['BD-MT-1', 312, 395, 344, 462, 1.2], ['BD-MT-2', 344, 395, 378, 462, 1.2], ['BD-MT-3', 378, 395, 411, 462, 1.2],
  ['BD-GT-1', 450, 391.5, 495.5, 465, 1.4], ['BD-GT-2', 495.5, 391.5, 541, 465, 1.4],
  ['BD-BT-1', 584, 397, 619, 460, 1.2], ['BD-BT-2', 619, 397, 654, 460, 1.2],
  ['BD-AR', 173.5, 188.5, 190, 203, 0.4], ['BD-AU', 259.5, 269.5, 272.5, 298, 1], ['BD-MR', 371, 335.5, 383, 347, 1], ['BD-CL', 449.5, 149, 469, 173, 0.6], ['BD-CL-2', 506, 163, 528, 173, 0.8],
];

const WATERS: readonly (readonly [string, string, string, readonly [number, number, number, number]])[] = [
  ['W-CT', '冷却塔水池', 'Cooling tower basin', [38, 206, 100, 216]], ['W-EQ', '调节池', 'Equalisation basin', [40, 272, 58, 304]], ['W-AE-1', '曝气池A', 'Aeration basin A', [62, 268, 84, 304]], ['W-AE-2', '曝气池B', 'Aeration basin B', [88, 268, 108, 304]],
  ['W-EM', '事故应急池', 'Emergency pond', [38, 316, 94, 348]], ['W-POOL', '景观水池', 'Ornamental pool', [190, 96, 218, 106]],
];

const RACKS: readonly { readonly id: string; readonly line: readonly Xy[] }[] = [
  { id: 'RK-A', line: [[36, 257], [664, 257]] }, { id: 'RK-B', line: [[36, 357], [664, 357]] },
  { id: 'RK-W', line: [[143, 188], [143, 357]] }, { id: 'RK-C', line: [[282, 135], [282, 384]] }, { id: 'RK-D', line: [[422, 135], [422, 384]] }, { id: 'RK-E', line: [[552, 135], [552, 384]] }, { id: 'RK-F', line: [[664, 257], [664, 384]] },
  { id: 'RK-FL', line: [[36, 357], [36, 436]] },
];
export const PIPE_RACKS = RACKS;

const ZONES: readonly (readonly [id: string, zh: string, en: string, area: string, grade: RiskGrade, ring: readonly [number, number, number, number]])[] = [
  ['Z-FS', '消防站', 'Fire station', 'A-ADMIN', 'low', [28, 28, 148, 117]],
  ['Z-OF', '办公与食堂', 'Offices and canteen', 'A-ADMIN', 'low', [156, 28, 287, 117]],
  ['Z-CB', '控制楼与化验楼', 'Control building and laboratory', 'A-ADMIN', 'low', [297, 28, 428, 117]],
  ['Z-WS', '机修区', 'Workshop', 'A-ADMIN', 'low', [436, 28, 558, 117]],
  ['Z-CT', '综合仓库与承包商区', 'Warehouse and contractors', 'A-LOGISTICS', 'low', [566, 28, 672, 117]],
  ['Z-FW', '消防水站', 'Fire-water station', 'A-UTILITY', 'low', [28, 127, 148, 182]],
  ['Z-CW', '循环水场', 'Cooling water', 'A-UTILITY', 'general', [28, 184, 148, 244]],
  ['Z-AR', '液氨制冷装置', 'Ammonia refrigeration', 'A-PROCESS', 'major', [156, 127, 287, 244]],
  ['Z-CH', '压缩机厂房', 'Compressor house', 'A-PROCESS', 'considerable', [297, 127, 428, 244]],
  ['Z-CL', '氯化装置', 'Chlorine unit', 'A-PROCESS', 'major', [436, 127, 558, 244]],
  ['Z-UT', '动力站', 'Steam, air and nitrogen', 'A-UTILITY', 'general', [566, 127, 672, 188]],
  ['Z-PS', '变电所', 'Substation', 'A-UTILITY', 'general', [566, 190, 672, 244]],
  ['Z-WW', '污水处理场', 'Waste water', 'A-UTILITY', 'low', [28, 252, 148, 362]],
  ['Z-AU', '芳烃装置', 'Aromatics unit', 'A-PROCESS', 'considerable', [156, 252, 287, 362]],
  ['Z-HS', '制氢站', 'Hydrogen skid', 'A-PROCESS', 'considerable', [297, 252, 364, 362]],
  ['Z-MR', '甲醇装置', 'Methanol unit', 'A-PROCESS', 'considerable', [364, 252, 428, 362]],
  ['Z-WH', '桶装库', 'Drum stores', 'A-LOGISTICS', 'general', [436, 252, 500, 362]],
  ['Z-VR', '油气回收', 'Vapour recovery', 'A-LOGISTICS', 'general', [500, 252, 558, 362]],
  ['Z-LB', '汽车装卸区', 'Truck loading bay', 'A-LOGISTICS', 'considerable', [566, 252, 672, 362]],
  ['Z-FL', '火炬区', 'Flare', 'A-TANK', 'general', [28, 370, 148, 472]],
  ['Z-LP', '液化气球罐区', 'LPG spheres', 'A-TANK', 'major', [156, 370, 287, 472]],
  ['Z-MT', '甲醇罐区', 'Methanol tanks', 'A-TANK', 'considerable', [297, 370, 428, 472]],
  ['Z-GT', '汽油罐区', 'Gasoline tanks', 'A-TANK', 'major', [436, 370, 558, 472]],
  ['Z-BT', '苯罐区', 'Benzene tanks', 'A-TANK', 'considerable', [566, 370, 672, 472]],
];

const UNITS: readonly (readonly [id: string, zh: string, en: string, area: string, zone: string])[] = [
  ['AR', '液氨制冷', 'Ammonia refrigeration', 'A-PROCESS', 'Z-AR'],
  ['CH', '压缩机厂房', 'Compressor house', 'A-PROCESS', 'Z-CH'],
  ['CL', '氯化装置', 'Chlorine unit', 'A-PROCESS', 'Z-CL'],
  ['AU', '芳烃装置', 'Aromatics unit', 'A-PROCESS', 'Z-AU'],
  ['HS', '制氢站', 'Hydrogen skid', 'A-PROCESS', 'Z-HS'],
  ['MR', '甲醇装置', 'Methanol unit', 'A-PROCESS', 'Z-MR'],
  ['LP', '液化气球罐', 'LPG spheres', 'A-TANK', 'Z-LP'],
  ['MT', '甲醇罐区', 'Methanol tanks', 'A-TANK', 'Z-MT'],
  ['GT', '汽油罐区', 'Gasoline tanks', 'A-TANK', 'Z-GT'],
  ['BT', '苯罐区', 'Benzene tanks', 'A-TANK', 'Z-BT'],
  ['FL', '火炬', 'Flare', 'A-TANK', 'Z-FL'],
  ['LB', '汽车装卸', 'Loading bay', 'A-LOGISTICS', 'Z-LB'],
  ['VR', '油气回收', 'Vapour recovery', 'A-LOGISTICS', 'Z-VR'],
  ['CW', '循环水', 'Cooling water', 'A-UTILITY', 'Z-CW'],
  ['FW', '消防水', 'Fire water', 'A-UTILITY', 'Z-FW'],
  ['UT', '动力站', 'Steam, air, nitrogen', 'A-UTILITY', 'Z-UT'],
  ['PS', '供电', 'Power supply', 'A-UTILITY', 'Z-PS'],
  ['WW', '污水处理', 'Waste water', 'A-UTILITY', 'Z-WW'],
  ['AD', '行政楼宇', 'Administration buildings', 'A-ADMIN', 'Z-CB'],
];

export const drawGround = (draft: Draft): void => {
  draft.areas.push(
    { id: 'A-ADMIN', name: { zh: '行政生活区', en: 'Administration' } }, { id: 'A-PROCESS', name: { zh: '生产装置区', en: 'Process units' } },
    { id: 'A-TANK', name: { zh: '储罐区', en: 'Tank farm' } }, { id: 'A-UTILITY', name: { zh: '公用工程区', en: 'Utilities' } }, { id: 'A-LOGISTICS', name: { zh: '仓储装卸区', en: 'Stores and loading' } },
  );
  for (const [id, zh, en, area, grade, ring] of ZONES) draft.zones.push({ id, name: { zh, en }, area, grade, polygon: box(...ring) });
  for (const [id, zh, en, area, zone] of UNITS) draft.units.push({ id, name: { zh, en }, area, zone });
};

export const drawStructures = (draft: Draft): void => {
  const add = (item: Structure) => draft.structures.push(item);
  const paving = (id: string, ring: readonly [number, number, number, number], name?: readonly [string, string]) => add({ id, kind: 'paving', shape: box(...ring), height: 0.05, ...(name && { name: { zh: name[0], en: name[1] } }) });
  const green = (id: string, ring: readonly [number, number, number, number]) => add({ id, kind: 'green', shape: box(...ring), height: 0 });

  for (const [y, width] of ROADS_EAST_WEST) add({ id: `R-EW-${y}`, kind: 'road', shape: [[RING.west, y], [RING.east, y]], height: 0, width });
  for (const [x, width] of ROADS_NORTH_SOUTH) add({ id: `R-NS-${x}`, kind: 'road', shape: [[x, RING.south], [x, RING.north]], height: 0, width });
  const outside: Record<string, Xy> = { 'G-1': [292, 0], 'G-2': [700, 248], 'G-3': [0, 248], 'G-4': [432, 500] };
  for (const gate of GATES) {
    add({ id: `R-${gate.id}`, kind: 'road', shape: [[...gate.from], [...outside[gate.id]!]], height: 0, width: gate.width });
    const across: Xy = gate.at[0] === gate.from[0] ? [gate.width / 2, 0] : [0, gate.width / 2];
    add({ id: gate.id, name: { zh: gate.zh, en: gate.en }, kind: 'gate', shape: [[gate.at[0] - across[0], gate.at[1] - across[1]], [gate.at[0] + across[0], gate.at[1] + across[1]]], height: 2.2, width: 0.3 });
  }
  const fence = (id: string, ...line: [number, number][]) => add({ id, kind: 'fence', shape: line, height: 2.4, width: 0.15 });
  fence('F-SW', [287, 6], [6, 6], [6, 244.5]); fence('F-NW', [6, 251.5], [6, 494], [428.5, 494]); fence('F-NE', [435.5, 494], [694, 494], [694, 252.5]); fence('F-SE', [694, 243.5], [694, 6], [297, 6]);
  add({ id: 'F-HS', name: { zh: '氢气防火墙', en: 'Hydrogen fire wall' }, kind: 'fence', shape: [[303, 317], [334, 317]], height: 4, width: 0.4 });

  for (const zone of draft.zones) {
    const [[x0, y0], , [x1, y1]] = zone.polygon as [[number, number], [number, number], [number, number], [number, number]];
    if (zone.area !== 'A-ADMIN' && zone.id !== 'Z-FL' && zone.id !== 'Z-WW') paving(`P-${zone.id.slice(2)}`, [x0 + 3, y0 + 3, x1 - 3, y1 - 3]);
  }
  paving('P-PARKING', [166, 32, 238, 54], ['停车场', 'Car park']);
  paving('P-TRAINING', [40, 34, 136, 66], ['消防训练场', 'Fire training ground']);
  paving('P-APRON', [50, 104, 110, 117.5], ['消防车出动坪', 'Fire engine apron']);
  paving('P-SQUARE', [308, 30, 356, 50], ['南门广场', 'South square']);
  paving('P-YARD', [448, 94, 514, 112], ['检修场地', 'Workshop yard']);
  paving('P-STORE', [578, 98, 672, 116], ['堆场', 'Storage yard']);
  paving('P-TRUCKS', [600, 332, 660, 352], ['槽车待装区', 'Truck waiting area']);
  for (const point of MUSTER) paving(`P-${point.id}`, [point.at[0] - 4, point.at[1] - 4, point.at[0] + 4, point.at[1] + 4], [point.zh, point.en]);

  for (const { id, zh, en, ring, height, floors } of BUILDINGS) add({ id, name: { zh, en }, kind: 'building', shape: box(...ring), height, floors, ...(id === 'B-FIRE' && { use: 'fire-station' }) });
  add({ id: 'B-OFFICE-WING', name: { zh: '办公楼附楼', en: 'Office wing' }, kind: 'building', shape: box(170, 84, 186, 104), height: 12, floors: 3 });
  add({ id: 'B-TOWER', name: { zh: '消防训练塔', en: 'Training tower' }, kind: 'building', shape: box(116, 92, 123, 99), height: 19, floors: 6 });
  for (const [id, zh, en, x0, y0, x1, y1, height] of SHELTERS) add({ id, name: { zh, en }, kind: 'shelter', shape: box(x0, y0, x1, y1), height });
  for (const [id, x0, y0, x1, y1, height] of BUNDS) add({ id, kind: 'bund', shape: box(x0, y0, x1, y1), height });
  for (const [id, zh, en, ring] of WATERS) add({ id, name: { zh, en }, kind: 'water', shape: box(...ring), height: 0 });
  add({ id: 'W-CL', name: { zh: '二沉池', en: 'Clarifier' }, kind: 'water', shape: Array.from({ length: 24 }, (_, i): [number, number] => [Number((121 + 10.5 * Math.cos((i * Math.PI) / 12)).toFixed(2)), Number((288 + 10.5 * Math.sin((i * Math.PI) / 12)).toFixed(2))]), height: 0 });
  for (const { id, line } of RACKS) add({ id, kind: 'pipe-rack', shape: line.map(([x, y]): [number, number] => [x, y]), height: 7.5, width: 5 });

  green('GR-S1', [9, 9, 285, 19]); green('GR-S2', [312, 9, 691, 19]); green('GR-N1', [9, 481, 426, 491]); green('GR-N2', [452, 481, 691, 491]);
  green('GR-W1', [9, 19, 19, 243]); green('GR-W2', [9, 268, 19, 481]); green('GR-E1', [681, 19, 691, 228]); green('GR-E2', [681, 264, 691, 481]);
  green('GR-OF1', [158, 108, 285, 116]); green('GR-OF2', [245, 30, 284, 54]); green('GR-OF3', [188, 86, 238, 107]); green('GR-OF4', [250, 60, 284, 74]);
  green('GR-FS1', [30, 74, 46, 116]); green('GR-FS2', [126, 72, 146, 116]); green('GR-CB1', [300, 58, 314, 94]); green('GR-CB2', [300, 102, 426, 116]); green('GR-CB3', [362, 30, 402, 50]); green('GR-CB4', [414, 30, 426, 50]);
  green('GR-WS1', [438, 30, 556, 46]); green('GR-WS2', [518, 103, 556, 116]); green('GR-CT1', [658, 56, 671, 96]); green('GR-FL1', [30, 452, 146, 471]); green('GR-FL2', [112, 406, 146, 450]); green('GR-FL3', [40, 372, 80, 398]); green('GR-WW1', [96, 350, 136, 353]);
};

export const drawViews = (draft: Draft): void => {
  draft.views.push({ id: 'V-ALL', name: { zh: '全厂', en: 'Whole site' }, eye: [350, -260, 330], target: [350, 230, 0] }, { id: 'V-PLAN', name: { zh: '俯视', en: 'From above' }, eye: [350, 249, 620], target: [350, 250, 0] });
  const north = new Set(['LP', 'MT', 'GT', 'BT', 'FL']);
  for (const unit of draft.units) {
    const all = draft.equipment.filter((item) => item.unit === unit.id);
    // Hydrants and monitors stand all over the site: a unit is where its other things are.
    const own = all.filter(({ kind }) => kind !== 'hydrant' && kind !== 'fire-monitor');
    const mine = own.length > 0 ? own : all;
    const reach = (axis: 0 | 1) => [Math.min(...mine.map(({ position }) => position[axis])), Math.max(...mine.map(({ position }) => position[axis]))] as const;
    const [[west, east], [south, to]] = [reach(0), reach(1)];
    const [x, y] = [Math.round((west + east) / 2), Math.round((south + to) / 2)];
    // Far enough away for the whole width: half of it and 20 m beside, at 24° to either side of the middle.
    const step = Math.max(1, (((east - west) / 2 + 20) / Math.tan((24 * Math.PI) / 180)) / 105);
    const back = north.has(unit.id) ? 105 : 85;
    draft.views.push({ id: `V-${unit.id}`, name: unit.name, unit: unit.id, eye: [Math.round(x - 38 * step), Math.round(y - back * step), Math.round(5 + 47 * step)], target: [x, y, 5] });
  }
};
