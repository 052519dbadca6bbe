import type { Draft } from '../draft.ts';
import { basin, column, controlValve, exchanger, furnace, hydrant, panel, tank, transformer, vessel, weatherMast } from '../templates/static.ts';
import { coolingTower, fan, packagedCompressor } from '../templates/rotating.ts';
import { pumpRow } from './process.ts';

export const coolingWater = (draft: Draft): void => {
  for (let i = 0; i < 4; i += 1) draft.place({ id: `CW-CT-10${i + 1}`, kind: 'cooling-tower', name: [`冷却塔${i + 1}`, `Cooling tower ${i + 1}`], at: [45 + i * 16, 226], size: [14, 14, 13], substance: 'water', instruments: coolingTower() });
  pumpRow(draft, { ids: ['CW-P-101A', 'CW-P-101B', 'CW-P-101C', 'CW-P-101D'], name: ['循环水泵', 'Cooling-water pump'], at: [112, 206], step: [0, 6], rating: { flow: 2400, suction: 0.03, discharge: 0.46, amps: 420, fluidC: 26 }, running: 3, substance: 'water' });
  draft.place({ id: 'CW-V-101', kind: 'vertical-vessel', name: ['加药罐', 'Dosing vessel'], at: [126, 208], size: [2, 2, 3], substance: 'water', instruments: vessel({ level: [40, 70], pressure: 0.01, celsius: 20, flow: 0.4 }) });
  for (const [i, y] of [220, 229].entries()) draft.place({ id: `CW-V-102${'AB'[i]}`, kind: 'vertical-vessel', name: [`旁滤器${'AB'[i]}`, `Side filter ${'AB'[i]}`], at: [127, y], size: [3.4, 3.4, 4.5], substance: 'water', instruments: vessel({ level: [80, 95], pressure: 0.3, celsius: 27, flow: 120 }) });
};

export const fireWater = (draft: Draft): void => {
  for (const [i, x] of [48, 74].entries()) draft.place({ id: `FW-TK-10${i + 1}`, kind: 'storage-tank', name: [`消防水罐${i + 1}`, `Fire-water tank ${i + 1}`], at: [x, 155], size: [21, 21, 12], substance: 'water', instruments: tank({ level: [88, 96], celsius: 16, flow: 900, hazardous: false }).map((instrument) => (instrument.suffix === 'LT1' ? { ...instrument, alarms: [{ kind: 'LO', limit: 80, priority: 2 }, { kind: 'LOLO', limit: 60, priority: 1 }] } : instrument.suffix === 'LT2' ? { ...instrument, alarms: [] } : instrument)) });
  pumpRow(draft, { ids: ['FW-P-101A', 'FW-P-101B'], name: ['稳压泵', 'Jockey pump'], at: [100, 150], rating: { flow: 30, suction: 0.06, discharge: 0.82, amps: 28, fluidC: 16 }, substance: 'water' });
  pumpRow(draft, { ids: ['FW-P-102A', 'FW-P-102B', 'FW-P-102C'], name: ['消防主泵', 'Fire-water pump'], at: [100, 161], step: [9, 0], rating: { flow: 900, suction: 0.06, discharge: 0.9, amps: 310, fluidC: 16 }, running: 0, substance: 'water' });
  draft.place({ id: 'FW-V-101', kind: 'horizontal-vessel', name: ['泡沫液罐', 'Foam concentrate tank'], at: [124, 176], size: [7, 2.4, 3], substance: 'water', instruments: vessel({ level: [78, 90], pressure: 0.02, celsius: 16, flow: 1 }) });
  const posts: readonly (readonly [string, number, number])[] = [['Z-AR', 162, 134], ['Z-AR', 162, 238], ['Z-AR', 274, 134], ['Z-CH', 302, 134], ['Z-CH', 302, 238], ['Z-CH', 414, 238], ['Z-CL', 442, 134], ['Z-CL', 442, 238], ['Z-CL', 544, 238], ['Z-UT', 572, 132], ['Z-PS', 572, 193], ['Z-AU', 162, 264], ['Z-AU', 162, 350], ['Z-AU', 276, 350], ['Z-HS', 302, 264], ['Z-HS', 302, 350], ['Z-MR', 414, 350], ['Z-WH', 442, 350], ['Z-LB', 572, 264], ['Z-LB', 669.5, 350], ['Z-LP', 160, 376], ['Z-MT', 304, 376], ['Z-GT', 442, 376], ['Z-BT', 572, 376]];
  posts.forEach(([zone, x, y], i) => draft.place({ id: `FW-HY-${101 + i}`, kind: 'hydrant', zone, name: [`消火栓${101 + i}`, `Hydrant ${101 + i}`], at: [x, y], size: [0.6, 0.6, 1.1], substance: 'water', instruments: hydrant() }));
};

export const steamAirNitrogen = (draft: Draft): void => {
  for (const [i, x] of [582, 597].entries()) draft.place({ id: `UT-F-101${'AB'[i]}`, kind: 'furnace', name: [`燃气锅炉${'AB'[i]}`, `Gas boiler ${'AB'[i]}`], at: [x, 168], size: [10, 5, 14], substance: 'methane', instruments: furnace({ outlet: 184, flow: 24 }) });
  draft.place({ id: 'UT-V-101', kind: 'horizontal-vessel', name: ['除氧器', 'Deaerator'], at: [614, 168], size: [7, 2.2, 4.5], substance: 'water', instruments: vessel({ level: [55, 72], pressure: 0.02, celsius: 104, flow: 40 }) });
  pumpRow(draft, { ids: ['UT-P-101A', 'UT-P-101B', 'UT-P-101C'], name: ['锅炉给水泵', 'Boiler feed pump'], at: [610, 180], rating: { flow: 26, suction: 0.08, discharge: 1.9, amps: 66, fluidC: 104 }, substance: 'water' });
  for (const [i, x] of [627, 641, 655].entries()) draft.place({ id: `UT-K-101${'ABC'[i]}`, kind: 'compressor', name: [`空气压缩机${'ABC'[i]}`, `Air compressor ${'ABC'[i]}`], at: [x, 143], size: [5, 2.6, 2.8], heading: 90, substance: 'air', instruments: packagedCompressor({ suction: 0.1, discharge: 0.75, dischargeC: 88, flow: 1900, speed: 1480, amps: 140 }) });
  for (const [i, x] of [628, 634].entries()) draft.place({ id: `UT-V-102${'AB'[i]}`, kind: 'vertical-vessel', name: [`仪表风储罐${'AB'[i]}`, `Instrument air receiver ${'AB'[i]}`], at: [x, 164], size: [2.6, 2.6, 6], substance: 'air', instruments: vessel({ level: [1, 4], pressure: 0.72, celsius: 34, flow: 900, critical: i === 0 }) });
  for (const [i, x] of [642, 647].entries()) draft.place({ id: `UT-T-101${'AB'[i]}`, kind: 'column', name: [`制氮吸附塔${'AB'[i]}`, `Nitrogen adsorber ${'AB'[i]}`], at: [x, 164], size: [1.8, 1.8, 6.5], substance: 'nitrogen', instruments: column({ top: 30, bottom: 34, pressure: 0.68, flow: 420, product: ['氮气纯度', 'nitrogen purity'] }) });
  draft.place({ id: 'UT-V-103', kind: 'vertical-vessel', name: ['液氮储槽', 'Liquid nitrogen tank'], at: [657, 168], size: [3.2, 3.2, 12], substance: 'nitrogen', inventory: { capacityKg: 40_000, levelTag: 'UT-V-103.LT1', pressurePa: pascalOf(0.8), temperatureK: 85 }, instruments: vessel({ level: [45, 80], pressure: 0.8, celsius: -188, flow: 6 }) });
  draft.place({ id: 'UT-PV-101', kind: 'valve', name: ['蒸汽压力调节阀', 'Steam pressure control valve'], at: [606, 158], size: [0.8, 0.6, 1.6], substance: 'steam', instruments: controlValve() });
};
const pascalOf = (mpa: number) => Math.round((mpa + 0.101) * 1e6);

export const powerSubstation = (draft: Draft): void => {
  for (let i = 0; i < 4; i += 1) draft.place({ id: `PS-TR-10${i + 1}`, kind: 'transformer', name: [`${i + 1}号主变压器`, `Main transformer ${i + 1}`], at: [582 + i * 18, 204], size: [7, 4.5, 5.5], instruments: transformer() });
  for (let i = 0; i < 6; i += 1) draft.place({ id: `PS-PN-10${i + 1}`, kind: 'panel', name: [`${'ⅠⅡⅢⅣⅤⅥ'[i]}段母线柜`, `Busbar section ${i + 1}`], at: [581 + i * 11, 228], size: [7, 1.4, 2.4], instruments: panel(1250, 6) });
  draft.place({ id: 'PS-PN-107', kind: 'panel', name: ['应急发电机', 'Emergency generator'], at: [656, 226], size: [7, 2.6, 3], instruments: panel(900) });
};

export const wasteWater = (draft: Draft): void => {
  const basins = [['WW-B-101', '调节池', 'Equalisation basin', 36, 288, [45, 70]], ['WW-B-102', '曝气池A', 'Aeration basin A', 66, 264, [78, 88]], ['WW-B-103', '曝气池B', 'Aeration basin B', 94, 264, [78, 88]], ['WW-B-104', '二沉池', 'Secondary clarifier', 134, 288, [82, 90]], ['WW-B-105', '事故应急池', 'Emergency pond', 95.9, 340, [4, 14]]] as const;
  for (const [id, zh, en, x, y, band] of basins) draft.place({ id, kind: 'other', name: [zh, en], at: [x, y], size: [2, 1.4, 2.2], substance: 'water', instruments: basin({ level: band, flow: 140 }) });
  for (const [i, x] of [104, 111].entries()) draft.place({ id: `WW-C-101${'AB'[i]}`, kind: 'fan', name: [`曝气风机${'AB'[i]}`, `Aeration blower ${'AB'[i]}`], at: [x, 312], size: [2.6, 2, 2], instruments: fan(58, 55) });
  pumpRow(draft, { ids: ['WW-P-101A', 'WW-P-101B'], name: ['提升泵', 'Lift pump'], at: [104, 322], rating: { flow: 140, suction: 0.02, discharge: 0.22, amps: 36, fluidC: 22 }, substance: 'water' });
  pumpRow(draft, { ids: ['WW-P-102A', 'WW-P-102B'], name: ['外排泵', 'Discharge pump'], at: [118, 322], rating: { flow: 140, suction: 0.02, discharge: 0.3, amps: 42, fluidC: 22 }, substance: 'water' });
  draft.place({ id: 'WW-V-101', kind: 'vertical-vessel', name: ['气浮罐', 'Flotation tank'], at: [126, 315], size: [6, 6, 4.5], substance: 'water', instruments: vessel({ level: [70, 88], pressure: 0.01, celsius: 22, flow: 140 }) });
};

export const administration = (draft: Draft): void => {
  draft.place({ id: 'AD-MAST-101', kind: 'mast', name: ['气象站', 'Weather mast'], at: [408, 44], size: [1.2, 1.2, 10], zone: 'Z-CB', instruments: weatherMast() });
  for (const [i, x] of [378, 378].entries()) draft.place({ id: `AD-C-101${'AB'[i]}`, kind: 'fan', name: [`控制楼新风机${'AB'[i]}`, `Control building air handler ${'AB'[i]}`], at: [x, 66 + i * 8], size: [3, 2.4, 2.4], zone: 'Z-CB', instruments: fan(18, 0.6) });
  draft.place({ id: 'AD-PN-101', kind: 'panel', name: ['控制楼UPS', 'Control building UPS'], at: [366, 66], size: [3, 0.9, 2.2], zone: 'Z-CB', instruments: panel(250) });
  draft.place({ id: 'AD-PN-102', kind: 'panel', name: ['办公楼配电柜', 'Office switchboard'], at: [239.6, 70], size: [2, 0.9, 2.2], zone: 'Z-OF', instruments: panel(400) });
  draft.place({ id: 'AD-PN-103', kind: 'panel', name: ['检修车间配电柜', 'Workshop switchboard'], at: [509.4, 70], size: [2, 0.9, 2.2], zone: 'Z-WS', instruments: panel(400) });
  draft.place({ id: 'AD-E-101', kind: 'heat-exchanger', name: ['控制楼冷水机组', 'Control building chiller'], at: [378, 84], size: [4, 1.8, 2.2], zone: 'Z-CB', instruments: exchanger({ hot: [12, 7], cold: [28, 33], flow: 60, pressure: 0.4 }) });
};
