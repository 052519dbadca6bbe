import type { Draft } from '../draft.ts';
import { column, controlValve, cylinderRack, exchanger, furnace, loadingArm, panel, reactor, shutOffValve, tank, vessel } from '../templates/static.ts';
import { COMPRESSOR_SENSORS, RUNNING_HOURS, compressorTrain, fan, packagedCompressor, pump, type PumpRating } from '../templates/rotating.ts';

/** Bar gauge to absolute pascal. */
const pascal = (mpa: number) => Math.round((mpa + 0.101) * 1e6);
const letters = 'ABCDEF';

type PumpRow = { readonly ids: readonly string[]; readonly name: readonly [string, string]; readonly at: readonly [number, number]; readonly step?: readonly [number, number]; readonly rating: Omit<PumpRating, 'runs'>; readonly running?: number; readonly substance?: Parameters<Draft['place']>[0]['substance']; readonly zone?: string };

/** Pumps side by side; the first `running` of them run, the others stand by. */
export const pumpRow = (draft: Draft, row: PumpRow): void => {
  row.ids.forEach((id, index) => {
    const [dx, dy] = row.step ?? [5.5, 0];
    draft.place({
      id, kind: 'pump', name: [`${row.name[0]}${id.at(-1)}`, `${row.name[1]} ${id.at(-1)}`], at: [row.at[0] + dx * index, row.at[1] + dy * index], size: [2.6, 1.1, 1.4], heading: 90,
      ...(row.substance && { substance: row.substance }), ...(row.zone && { zone: row.zone }),
      instruments: pump({ ...row.rating, runs: index < (row.running ?? Math.max(1, row.ids.length - 1)) }),
    });
  });
};

export const ammoniaRefrigeration = (draft: Draft): void => {
  for (const [i, y] of [192, 199.5].entries())
    draft.place({ id: `AR-V-101${letters[i]}`, kind: 'horizontal-vessel', name: [`高压贮氨器${letters[i]}`, `Ammonia receiver ${letters[i]}`], at: [180.5, y], size: [11, 2.8, 3.8], substance: 'ammonia', inventory: { capacityKg: 32_000, levelTag: `AR-V-101${letters[i]}.LT1`, pressurePa: pascal(1.3), temperatureK: 305 }, instruments: vessel({ level: [48, 66], pressure: 1.3, celsius: 32, flow: 6, critical: true }) });
  for (const [i, x] of [171, 177.5].entries())
    draft.place({ id: `AR-V-102${letters[i]}`, kind: 'vertical-vessel', name: [`低压循环桶${letters[i]}`, `Low-pressure drum ${letters[i]}`], at: [x, 170], size: [2.6, 2.6, 7.5], substance: 'ammonia', inventory: { capacityKg: 12_000, levelTag: `AR-V-102${letters[i]}.LT1`, pressurePa: pascal(0.24), temperatureK: 265 }, instruments: vessel({ level: [38, 56], pressure: 0.24, celsius: -8, flow: 6, critical: true }) });
  draft.place({ id: 'AR-V-103', kind: 'vertical-vessel', name: ['中间冷却器', 'Intercooler'], at: [186, 170], size: [2, 2, 6.5], substance: 'ammonia', inventory: { capacityKg: 4_000, levelTag: 'AR-V-103.LT1', pressurePa: pascal(0.5), temperatureK: 277 }, instruments: vessel({ level: [35, 55], pressure: 0.5, celsius: 4, flow: 18 }) });
  draft.place({ id: 'AR-V-104', kind: 'vertical-vessel', name: ['油分离器', 'Oil separator'], at: [193, 170], size: [1.8, 1.8, 5.5], substance: 'ammonia', inventory: { capacityKg: 900, pressurePa: pascal(1.3), temperatureK: 343 }, instruments: vessel({ level: [20, 40], pressure: 1.32, celsius: 68, flow: 1.2 }) });
  draft.place({ id: 'AR-V-105', kind: 'vertical-vessel', name: ['紧急泄氨器', 'Emergency ammonia absorber vessel'], at: [200, 195], size: [4, 4, 6], substance: 'water', instruments: vessel({ level: [60, 80], pressure: 0.02, celsius: 18, flow: 4 }) });
  draft.place({ id: 'AR-T-101', kind: 'column', name: ['氨吸收塔', 'Ammonia absorber'], at: [208, 195], size: [1.6, 1.6, 15], substance: 'ammonia', instruments: column({ top: 24, bottom: 32, pressure: 0.03, flow: 6, product: ['尾气达标率', 'clean gas share'] }) });
  for (let i = 0; i < 4; i += 1)
    draft.place({ id: `AR-E-101${letters[i]}`, kind: 'heat-exchanger', name: [`蒸发式冷凝器${letters[i]}`, `Evaporative condenser ${letters[i]}`], at: [172 + i * 13, 224], size: [9, 6, 7], substance: 'ammonia', inventory: { capacityKg: 1_500, pressurePa: pascal(1.3), temperatureK: 306 }, instruments: exchanger({ hot: [70, 32], cold: [22, 27], flow: 260, pressure: 1.3 }) });
  for (let i = 0; i < 2; i += 1)
    draft.place({ id: `AR-E-102${letters[i]}`, kind: 'heat-exchanger', name: [`蒸发器${letters[i]}`, `Evaporator ${letters[i]}`], at: [216, 166 + i * 8], size: [8, 2, 2.8], substance: 'ammonia', inventory: { capacityKg: 3_000, pressurePa: pascal(0.24), temperatureK: 265 }, instruments: exchanger({ hot: [2, -3], cold: [-9, -8], flow: 320, pressure: 0.42 }) });
  draft.place({ id: 'AR-E-103', kind: 'heat-exchanger', name: ['油冷却器', 'Oil cooler'], at: [206, 182], size: [4, 1.2, 1.8], substance: 'lube-oil', instruments: exchanger({ hot: [62, 46], cold: [26, 31], flow: 40, pressure: 0.4 }) });
  draft.place({ id: 'AR-TK-101', kind: 'storage-tank', name: ['冷冻水罐', 'Chilled-water tank'], at: [258, 204], size: [9, 9, 9], substance: 'water', instruments: tank({ level: [55, 75], celsius: 7, flow: 320, hazardous: false }) });
  draft.place({ id: 'AR-LA-101', kind: 'loading-arm', name: ['液氨卸车臂', 'Ammonia unloading arm'], at: [262, 228], size: [3, 1.5, 4.5], substance: 'ammonia', instruments: loadingArm(30) });
  pumpRow(draft, { ids: ['AR-P-101A', 'AR-P-101B'], name: ['氨泵', 'Ammonia circulation pump'], at: [170, 148], rating: { flow: 60, suction: 0.26, discharge: 0.62, amps: 38, fluidC: -8 }, substance: 'ammonia' });
  pumpRow(draft, { ids: ['AR-P-102A', 'AR-P-102B', 'AR-P-102C'], name: ['冷冻水泵', 'Chilled-water pump'], at: [186, 148], rating: { flow: 320, suction: 0.12, discharge: 0.55, amps: 96, fluidC: 5 }, substance: 'water' });
  pumpRow(draft, { ids: ['AR-P-103A', 'AR-P-103B'], name: ['冷凝喷淋泵', 'Condenser spray pump'], at: [208, 148], rating: { flow: 260, suction: 0.05, discharge: 0.28, amps: 42, fluidC: 24 }, substance: 'water' });
  draft.place({ id: 'AR-XV-101A', kind: 'valve', name: ['贮氨器A出口切断阀', 'Receiver A outlet shut-off valve'], at: [188.5, 192], size: [0.8, 0.6, 1.6], substance: 'ammonia', instruments: shutOffValve() });
  draft.place({ id: 'AR-XV-101B', kind: 'valve', name: ['贮氨器B出口切断阀', 'Receiver B outlet shut-off valve'], at: [188.5, 199.5], size: [0.8, 0.6, 1.6], substance: 'ammonia', instruments: shutOffValve() });
  draft.place({ id: 'AR-XV-102', kind: 'valve', name: ['卸氨切断阀', 'Unloading shut-off valve'], at: [256, 228], size: [0.8, 0.6, 1.6], substance: 'ammonia', instruments: shutOffValve() });
  draft.place({ id: 'AR-LV-101', kind: 'valve', name: ['循环桶液位调节阀', 'Drum level control valve'], at: [174, 164], size: [0.8, 0.6, 1.6], substance: 'ammonia', instruments: controlValve() });
  draft.place({ id: 'AR-PN-101', kind: 'panel', name: ['制冷装置配电柜', 'Refrigeration switchboard'], at: [226, 146], size: [3, 0.9, 2.2], instruments: panel(800) });
};

export const compressorHouse = (draft: Draft): void => {
  for (let i = 0; i < 6; i += 1) {
    const ammonia = i < 3;
    const id = ammonia ? `CH-K-201${letters[i]}` : `CH-K-202${letters[i - 3]}`;
    const letter = id.at(-1)!;
    const x = 315 + i * 18;
    draft.place({
      id, kind: 'compressor', at: [x, 166], size: [9, 3.4, 3.2], heading: 90, substance: ammonia ? 'ammonia' : 'propane',
      name: ammonia ? [`氨压缩机${letter}`, `Ammonia compressor ${letter}`] : [`循环气压缩机${letter}`, `Recycle gas compressor ${letter}`],
      inventory: { capacityKg: 120, pressurePa: pascal(ammonia ? 1.3 : 1.6), temperatureK: 343 },
      machine: { model: 'compressor', tags: Object.fromEntries(Object.entries({ ...COMPRESSOR_SENSORS, runningHours: RUNNING_HOURS }).map(([name, suffix]) => [name, `${id}.${suffix}`])) },
      instruments: compressorTrain(ammonia ? { suction: 0.24, discharge: 1.3, suctionC: -4, dischargeC: 74, flow: 1450, speed: 2960, amps: 46 } : { suction: 0.52, discharge: 1.6, suctionC: 24, dischargeC: 82, flow: 1180, speed: 2970, amps: 52 }),
    });
    draft.place({ id: `CH-E-${201 + i}`, kind: 'heat-exchanger', name: [`${ammonia ? '氨' : '循环气'}压缩机${letter}后冷器`, `After-cooler of ${ammonia ? 'ammonia' : 'recycle gas'} compressor ${letter}`], at: [x, 193], size: [6, 1.4, 2], heading: 90, substance: ammonia ? 'ammonia' : 'propane', instruments: exchanger({ hot: ammonia ? [74, 40] : [82, 42], cold: [25, 32], flow: 60, pressure: ammonia ? 1.3 : 1.6 }) });
  }
  for (const [id, zh, en, x, p, c] of [['CH-V-201', '氨吸入分液罐', 'Ammonia suction drum', 312, 0.25, -5], ['CH-V-202', '循环气吸入分液罐', 'Recycle gas suction drum', 322, 0.53, 23]] as const)
    draft.place({ id, kind: 'vertical-vessel', name: [zh, en], at: [x, 214], size: [2.4, 2.4, 6.5], substance: id === 'CH-V-201' ? 'ammonia' : 'propane', instruments: vessel({ level: [12, 30], pressure: p, celsius: c, flow: 12, critical: true }) });
  pumpRow(draft, { ids: ['CH-P-201A', 'CH-P-201B'], name: ['润滑油泵', 'Lube oil pump'], at: [336, 214], rating: { flow: 24, suction: 0.04, discharge: 0.5, amps: 14, fluidC: 46 }, substance: 'lube-oil' });
  for (const [i, x] of [356, 366].entries()) draft.place({ id: `CH-C-201${letters[i]}`, kind: 'fan', name: [`厂房通风机${letters[i]}`, `Ventilation fan ${letters[i]}`], at: [x, 214], size: [2.4, 2.4, 2.6], instruments: fan(32) });
  draft.place({ id: 'CH-PN-201', kind: 'panel', name: ['压缩机高压柜', 'Compressor switchgear'], at: [378, 214], size: [5, 1.2, 2.4], instruments: panel(420, 6) });
};

export const chlorine = (draft: Draft): void => {
  for (const [i, y] of [152, 160.5, 169].entries())
    draft.place({ id: `CL-V-101${letters[i]}`, kind: 'horizontal-vessel', name: [`液氯储罐${letters[i]}`, `Liquid chlorine tank ${letters[i]}`], at: [458, y], size: [13, 3, 4], substance: 'chlorine', inventory: { capacityKg: 50_000, levelTag: `CL-V-101${letters[i]}.LT1`, pressurePa: pascal(0.72), temperatureK: 293 }, instruments: vessel({ level: i === 2 ? [4, 12] : [42, 64], pressure: 0.72, celsius: 20, flow: 5, critical: true }) });
  for (const [i, y] of [154, 164].entries())
    draft.place({ id: `CL-E-101${letters[i]}`, kind: 'heat-exchanger', name: [`氯气汽化器${letters[i]}`, `Chlorine vaporiser ${letters[i]}`], at: [479, y], size: [1.8, 1.8, 4], substance: 'chlorine', inventory: { capacityKg: 700, pressurePa: pascal(0.6), temperatureK: 328 }, instruments: exchanger({ hot: [78, 62], cold: [20, 56], flow: 5, pressure: 0.6 }) });
  draft.place({ id: 'CL-V-102', kind: 'vertical-vessel', name: ['氯气缓冲罐', 'Chlorine buffer vessel'], at: [488, 159], size: [2.2, 2.2, 5], substance: 'chlorine', inventory: { capacityKg: 260, pressurePa: pascal(0.35), temperatureK: 320 }, instruments: vessel({ level: [2, 8], pressure: 0.35, celsius: 46, flow: 480, critical: true }) });
  for (const [i, x] of [510, 519].entries())
    draft.place({ id: `CL-T-10${i + 1}`, kind: 'column', name: [`事故氯吸收塔${i + 1}`, `Emergency chlorine scrubber ${i + 1}`], at: [x, 152], size: [2.6, 2.6, 17], substance: 'chlorine', instruments: column({ top: 26, bottom: 34, pressure: 0.012, flow: 120, product: ['碱液浓度裕量', 'caustic margin'] }) });
  for (const [i, x] of [511, 523].entries())
    draft.place({ id: `CL-TK-10${i + 1}`, kind: 'storage-tank', name: [`碱液罐${i + 1}`, `Caustic tank ${i + 1}`], at: [x, 168], size: [7, 7, 7], instruments: tank({ level: [60, 82], celsius: 24, flow: 120, hazardous: false }) });
  pumpRow(draft, { ids: ['CL-P-101A', 'CL-P-101B'], name: ['碱液循环泵', 'Caustic circulation pump'], at: [508, 181], rating: { flow: 120, suction: 0.06, discharge: 0.38, amps: 48, fluidC: 28 } });
  pumpRow(draft, { ids: ['CL-P-102A', 'CL-P-102B'], name: ['液氯泵', 'Liquid chlorine pump'], at: [450, 183], rating: { flow: 5, suction: 0.74, discharge: 1.05, amps: 12, fluidC: 20 }, substance: 'chlorine' });
  for (const [i, x] of [530, 537].entries()) draft.place({ id: `CL-C-101${letters[i]}`, kind: 'fan', name: [`事故风机${letters[i]}`, `Emergency fan ${letters[i]}`], at: [x, 152], size: [2.2, 2.2, 2.4], instruments: fan(45, 2.4) });
  for (const [i, y] of [201, 208.5].entries()) draft.place({ id: `CL-Y-10${i + 1}`, kind: 'cylinder-rack', name: [`氯气钢瓶库${i + 1}`, `Chlorine cylinder rack ${i + 1}`], at: [457, y], size: [13, 3, 1.8], substance: 'chlorine', inventory: { capacityKg: 10_000, pressurePa: pascal(0.7), temperatureK: 293 }, instruments: cylinderRack(0.9) });
  for (const [i, y] of [202, 220].entries()) draft.place({ id: `CL-R-101${letters[i]}`, kind: 'reactor', name: [`氯化反应釜${letters[i]}`, `Chlorination reactor ${letters[i]}`], at: [478, y], size: [3.4, 3.4, 7], substance: 'chlorine', inventory: { capacityKg: 9_000, pressurePa: pascal(0.25), temperatureK: 348 }, instruments: reactor({ celsius: 75, pressure: 0.25, flow: 14 }) });
  for (const [i, y] of [152, 160.5, 169].entries()) draft.place({ id: `CL-XV-101${letters[i]}`, kind: 'valve', name: [`液氯储罐${letters[i]}出口切断阀`, `Chlorine tank ${letters[i]} outlet shut-off valve`], at: [467, y], size: [0.8, 0.6, 1.6], substance: 'chlorine', instruments: shutOffValve() });
  draft.place({ id: 'CL-PV-101', kind: 'valve', name: ['氯气压力调节阀', 'Chlorine pressure control valve'], at: [492, 166], size: [0.8, 0.6, 1.6], substance: 'chlorine', instruments: controlValve() });
  draft.place({ id: 'CL-PN-101', kind: 'panel', name: ['氯装置配电柜', 'Chlorine unit switchboard'], at: [528, 182], size: [3, 0.9, 2.2], instruments: panel(630) });
};

export const aromatics = (draft: Draft): void => {
  const columns = [['苯塔', 'Benzene column', 178, 2.8, 38, 82, 122, 'AU-T-101', '苯纯度', 'benzene purity'], ['甲苯塔', 'Toluene column', 191, 2.4, 33, 112, 142, 'AU-T-102', '甲苯纯度', 'toluene purity'], ['二甲苯塔', 'Xylene column', 203, 2, 27, 140, 168, 'AU-T-103', '二甲苯纯度', 'xylene purity']] as const;
  for (const [zh, en, x, d, h, top, bottom, id, product, productEn] of columns)
    draft.place({ id, kind: 'column', name: [zh, en], at: [x, 300], size: [d, d, h], substance: 'benzene', inventory: { capacityKg: 14_000, pressurePa: pascal(0.06), temperatureK: 273 + bottom }, instruments: column({ top, bottom, pressure: 0.06, flow: 34, product: [product, productEn] }) });
  for (let i = 0; i < 6; i += 1) {
    const reboiler = i % 2 === 0;
    const [zh, en, , , , top, bottom] = columns[Math.floor(i / 2)]!;
    draft.place({ id: `AU-E-10${i + 1}`, kind: 'heat-exchanger', name: [`${zh}${reboiler ? '再沸器' : '冷凝器'}`, `${en} ${reboiler ? 'reboiler' : 'condenser'}`], at: [175 + i * 6.2, reboiler ? 284 : 286], size: [6, 1.4, 2], heading: 90, substance: 'benzene', instruments: exchanger(reboiler ? { hot: [bottom + 45, bottom + 20], cold: [bottom - 2, bottom + 4], flow: 80, pressure: 0.9 } : { hot: [top, 42], cold: [26, 36], flow: 180, pressure: 0.06 }) });
  }
  for (let i = 0; i < 4; i += 1)
    draft.place({ id: `AU-V-10${i + 1}`, kind: 'horizontal-vessel', name: [['苯塔回流罐', '甲苯塔回流罐', '二甲苯塔回流罐', '进料缓冲罐'][i]!, ['Benzene reflux drum', 'Toluene reflux drum', 'Xylene reflux drum', 'Feed surge drum'][i]!], at: [178 + i * 13, 320], size: [7, 2.2, 3], substance: 'benzene', inventory: { capacityKg: 16_000, levelTag: `AU-V-10${i + 1}.LT1`, pressurePa: pascal(0.05), temperatureK: 315 }, instruments: vessel({ level: [42, 60], pressure: 0.05, celsius: 42, flow: 34, critical: i === 3 }) });
  for (const [i, x] of [224, 233].entries()) draft.place({ id: `AU-R-10${i + 1}`, kind: 'reactor', name: [`加氢反应器${i + 1}`, `Hydrotreating reactor ${i + 1}`], at: [x, 300], size: [2.8, 2.8, 15], substance: 'hydrogen', inventory: { capacityKg: 6_000, pressurePa: pascal(2.6), temperatureK: 563 }, instruments: reactor({ celsius: 290, pressure: 2.6, flow: 36 }) });
  draft.place({ id: 'AU-F-101', kind: 'furnace', name: ['进料加热炉', 'Feed heater'], at: [258, 326], size: [13, 8, 24], substance: 'methane', instruments: furnace({ outlet: 295, flow: 36 }) });
  for (const [i, y] of [276, 291].entries()) draft.place({ id: `AU-TK-10${i + 1}`, kind: 'storage-tank', name: [`中间罐${i + 1}`, `Intermediate tank ${i + 1}`], at: [266, y], size: [10, 10, 9], substance: 'benzene', inventory: { capacityKg: 560_000, levelTag: `AU-TK-10${i + 1}.LT1`, pressurePa: pascal(0), temperatureK: 303 }, instruments: tank({ level: [40, 65], celsius: 30, flow: 40, hazardous: true }) });
  const rows = [['AU-P-101', '苯塔回流泵', 'Benzene reflux pump', 170, 0.75, 60], ['AU-P-102', '苯塔釜泵', 'Benzene bottoms pump', 182, 0.6, 55], ['AU-P-103', '甲苯塔回流泵', 'Toluene reflux pump', 194, 0.7, 52], ['AU-P-104', '二甲苯塔回流泵', 'Xylene reflux pump', 206, 0.7, 40], ['AU-P-105', '进料泵', 'Feed pump', 218, 3.1, 88]] as const;
  for (const [id, zh, en, x, discharge, amps] of rows) pumpRow(draft, { ids: [`${id}A`, `${id}B`], name: [zh, en], at: [x, 270], rating: { flow: 36, suction: 0.08, discharge, amps, fluidC: 60 }, substance: 'benzene' });
  for (const [i, x] of [178, 191, 203].entries()) draft.place({ id: `AU-FV-10${i + 1}`, kind: 'valve', name: [`回流调节阀${i + 1}`, `Reflux control valve ${i + 1}`], at: [x, 310], size: [0.8, 0.6, 1.6], substance: 'benzene', instruments: controlValve() });
  draft.place({ id: 'AU-XV-101', kind: 'valve', name: ['进料切断阀', 'Feed shut-off valve'], at: [240, 272], size: [0.8, 0.6, 1.6], substance: 'benzene', instruments: shutOffValve() });
  for (const [i, x] of [184, 197].entries()) draft.place({ id: `AU-C-101${letters[i]}`, kind: 'fan', name: [`空冷器风机${letters[i]}`, `Air cooler fan ${letters[i]}`], at: [x, 337], size: [7, 5, 5], instruments: fan(38, 0.2) });
};

export const hydrogenSkid = (draft: Draft): void => {
  for (const [i, x] of [311, 326].entries()) draft.place({ id: `HS-R-101${letters[i]}`, kind: 'reactor', name: [`电解槽${letters[i]}`, `Electrolyser ${letters[i]}`], at: [x, 276], size: [7, 2.4, 2.8], substance: 'hydrogen', instruments: reactor({ celsius: 68, pressure: 1.5, flow: 60 }) });
  draft.place({ id: 'HS-V-101', kind: 'vertical-vessel', name: ['氢气分离器', 'Hydrogen separator'], at: [344, 275], size: [1.6, 1.6, 5], substance: 'hydrogen', inventory: { capacityKg: 8, pressurePa: pascal(1.5), temperatureK: 310 }, instruments: vessel({ level: [35, 55], pressure: 1.5, celsius: 38, flow: 60, critical: true }) });
  for (const [i, x] of [311, 323].entries()) draft.place({ id: `HS-K-101${letters[i]}`, kind: 'compressor', name: [`氢气隔膜压缩机${letters[i]}`, `Hydrogen diaphragm compressor ${letters[i]}`], at: [x, 299], size: [5, 3, 2.6], substance: 'hydrogen', inventory: { capacityKg: 2, pressurePa: pascal(20), temperatureK: 330 }, instruments: packagedCompressor({ suction: 1.5, discharge: 20, dischargeC: 118, flow: 62, speed: 420, amps: 74, runs: i === 0 }) });
  for (const [i, x] of [340, 347].entries()) draft.place({ id: `HS-V-102${letters[i]}`, kind: 'vertical-vessel', name: [`氢气缓冲罐${letters[i]}`, `Hydrogen buffer vessel ${letters[i]}`], at: [x, 298], size: [2, 2, 8], substance: 'hydrogen', inventory: { capacityKg: 420, pressurePa: pascal(18), temperatureK: 298 }, instruments: vessel({ level: [1, 4], pressure: 18, celsius: 25, flow: 60, critical: i === 0 }) });
  for (let i = 0; i < 4; i += 1) draft.place({ id: `HS-Y-10${i + 1}`, kind: 'cylinder-rack', name: [`氢气长管拖车${i + 1}`, `Hydrogen tube trailer ${i + 1}`], at: [308 + i * 8, 333], size: [12, 2.5, 2.8], heading: 90, substance: 'hydrogen', inventory: { capacityKg: 380, pressurePa: pascal(20), temperatureK: 298 }, instruments: cylinderRack(20) });
  for (const [i, x] of [343, 351].entries()) draft.place({ id: `HS-LA-10${i + 1}`, kind: 'loading-arm', name: [`充装柱${i + 1}`, `Filling post ${i + 1}`], at: [x, 333], size: [1.2, 1, 2.4], substance: 'hydrogen', instruments: loadingArm(300) });
  draft.place({ id: 'HS-E-101', kind: 'heat-exchanger', name: ['氢气冷却器', 'Hydrogen cooler'], at: [354, 281], size: [4, 1.2, 1.8], substance: 'hydrogen', instruments: exchanger({ hot: [118, 36], cold: [24, 30], flow: 18, pressure: 20 }) });
  for (const [i, [x, y]] of ([[334, 299], [350, 275], [337, 322]] as const).entries()) draft.place({ id: `HS-XV-10${i + 1}`, kind: 'valve', name: [`氢气切断阀${i + 1}`, `Hydrogen shut-off valve ${i + 1}`], at: [x, y], size: [0.8, 0.6, 1.6], substance: 'hydrogen', instruments: shutOffValve() });
  draft.place({ id: 'HS-PN-101', kind: 'panel', name: ['制氢整流柜', 'Electrolyser rectifier'], at: [356, 266], size: [3, 1, 2.2], instruments: panel(1600) });
};

export const methanolSynthesis = (draft: Draft): void => {
  for (const [i, [x, zh, en, top, bottom, d, h]] of ([[384, '预精馏塔', 'Topping column', 66, 84, 2.2, 30], [396, '精甲醇塔', 'Refining column', 68, 108, 2.4, 36]] as const).entries()) {
    draft.place({ id: `MR-T-10${i + 1}`, kind: 'column', name: [zh, en], at: [x, 299], size: [d, d, h], substance: 'methanol', inventory: { capacityKg: 12_000, pressurePa: pascal(0.05), temperatureK: 273 + bottom }, instruments: column({ top, bottom, pressure: 0.05, flow: 28, product: ['甲醇纯度', 'methanol purity'] }) });
    draft.place({ id: `MR-E-10${i + 1}`, kind: 'heat-exchanger', name: [`${zh}再沸器`, `${en} reboiler`], at: [x, 286], size: [5, 1.4, 2], heading: 90, substance: 'methanol', instruments: exchanger({ hot: [142, 128], cold: [bottom - 2, bottom + 4], flow: 60, pressure: 0.35 }) });
    draft.place({ id: `MR-E-10${i + 3}`, kind: 'heat-exchanger', name: [`${zh}冷凝器`, `${en} condenser`], at: [x, 312], size: [5, 1.4, 2], substance: 'methanol', instruments: exchanger({ hot: [top, 40], cold: [26, 35], flow: 140, pressure: 0.05 }) });
    draft.place({ id: `MR-V-10${i + 1}`, kind: 'horizontal-vessel', name: [`${zh}回流罐`, `${en} reflux drum`], at: [x, 322], size: [6, 2, 2.8], substance: 'methanol', inventory: { capacityKg: 14_000, levelTag: `MR-V-10${i + 1}.LT1`, pressurePa: pascal(0.05), temperatureK: 313 }, instruments: vessel({ level: [42, 60], pressure: 0.05, celsius: 40, flow: 28 }) });
  }
  draft.place({ id: 'MR-R-101', kind: 'reactor', name: ['甲醇合成塔', 'Methanol converter'], at: [409, 299], size: [3, 3, 17], substance: 'hydrogen', inventory: { capacityKg: 3_500, pressurePa: pascal(5.2), temperatureK: 518 }, instruments: reactor({ celsius: 235, pressure: 5.2, flow: 26 }) });
  draft.place({ id: 'MR-TK-101', kind: 'storage-tank', name: ['粗甲醇罐', 'Crude methanol tank'], at: [377, 341], size: [9, 9, 9], substance: 'methanol', inventory: { capacityKg: 430_000, levelTag: 'MR-TK-101.LT1', pressurePa: pascal(0), temperatureK: 300 }, instruments: tank({ level: [38, 66], celsius: 27, flow: 32, hazardous: true }) });
  pumpRow(draft, { ids: ['MR-P-101A', 'MR-P-101B'], name: ['粗甲醇进料泵', 'Crude methanol feed pump'], at: [374, 272], rating: { flow: 28, suction: 0.06, discharge: 0.6, amps: 34, fluidC: 30 }, substance: 'methanol' });
  pumpRow(draft, { ids: ['MR-P-102A', 'MR-P-102B'], name: ['精甲醇回流泵', 'Methanol reflux pump'], at: [387, 272], rating: { flow: 40, suction: 0.06, discharge: 0.62, amps: 42, fluidC: 40 }, substance: 'methanol' });
  pumpRow(draft, { ids: ['MR-P-103A', 'MR-P-103B'], name: ['精甲醇产品泵', 'Methanol product pump'], at: [400, 272], rating: { flow: 28, suction: 0.06, discharge: 0.55, amps: 30, fluidC: 38 }, substance: 'methanol' });
  draft.place({ id: 'MR-PN-101', kind: 'panel', name: ['甲醇装置配电柜', 'Methanol unit switchboard'], at: [396, 344], size: [3, 0.9, 2.2], instruments: panel(800) });
};
