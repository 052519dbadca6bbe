import type { SubstanceId } from '../../../src-shared/plant/index.ts';
import type { Draft } from '../draft.ts';
import { fan } from '../templates/rotating.ts';
import { column, exchanger, fireMonitor, flareStack, loadingArm, shutOffValve, sphere, tank, vessel } from '../templates/static.ts';
import { pumpRow } from './process.ts';

export const lpgSpheres = (draft: Draft): void => {
  for (let i = 0; i < 6; i += 1) {
    const [x, y] = [188 + (i % 3) * 35, i < 3 ? 411 : 447];
    const id = `LP-V-10${i + 1}`;
    draft.place({ id, kind: 'sphere', name: [`液化气球罐${i + 1}`, `LPG sphere ${i + 1}`], at: [x, y], size: [16, 16, 18.5], substance: 'lpg', inventory: { capacityKg: 1_050_000, levelTag: `${id}.LT1`, pressurePa: 850_000, temperatureK: 294 }, instruments: sphere({ level: i === 5 ? [20, 45] : [35, 72], pressure: 0.74, flow: 100 }) });
    draft.place({ id: `LP-XV-10${i + 1}`, kind: 'valve', name: [`球罐${i + 1}出料切断阀`, `Sphere ${i + 1} outlet shut-off valve`], at: [x, y - 11.5], size: [1, 0.8, 1.8], substance: 'lpg', instruments: shutOffValve() });
  }
  pumpRow(draft, { ids: ['LP-P-101A', 'LP-P-101B', 'LP-P-101C'], name: ['液化气装车泵', 'LPG loading pump'], at: [178, 380], rating: { flow: 90, suction: 0.8, discharge: 1.5, amps: 78, fluidC: 20 }, running: 1, substance: 'lpg' });
  pumpRow(draft, { ids: ['LP-P-102A', 'LP-P-102B'], name: ['液化气倒罐泵', 'LPG transfer pump'], at: [204, 380], rating: { flow: 60, suction: 0.8, discharge: 1.3, amps: 52, fluidC: 20 }, substance: 'lpg' });
  draft.place({ id: 'LP-V-107', kind: 'horizontal-vessel', name: ['液化气残液罐', 'LPG slops drum'], at: [240, 381], size: [9, 2.6, 3.4], substance: 'lpg', inventory: { capacityKg: 22_000, levelTag: 'LP-V-107.LT1', pressurePa: 650_000, temperatureK: 294 }, instruments: vessel({ level: [15, 40], pressure: 0.55, celsius: 21, flow: 3, critical: true }) });
  for (const [i, [x, y]] of ([[165, 391], [165, 466], [262, 391], [280, 466]] as const).entries()) draft.place({ id: `LP-FM-10${i + 1}`, kind: 'fire-monitor', name: [`球罐区消防炮${i + 1}`, `Sphere fire monitor ${i + 1}`], at: [x, y], size: [1, 1, 2.4], substance: 'water', instruments: fireMonitor() });
};

type Farm = { readonly unit: string; readonly zh: string; readonly en: string; readonly substance: SubstanceId; readonly at: readonly (readonly [number, number])[]; readonly diameter: number; readonly height: number; readonly capacityKg: number; /** m³/h that its loading pump gives. */ readonly flow: number; readonly pumps: readonly [x: number, y: number]; readonly monitors: readonly (readonly [number, number])[] };

const farms: readonly Farm[] = [
  { unit: 'MT', zh: '甲醇', en: 'Methanol', substance: 'methanol', at: [[327, 411], [361, 411], [395, 411], [327, 446], [361, 446], [395, 446]], diameter: 20, height: 14, capacityKg: 3_300_000, flow: 260, pumps: [318, 380], monitors: [[305, 391], [305, 466], [415, 391]] },
  { unit: 'GT', zh: '汽油', en: 'Gasoline', substance: 'gasoline', at: [[470, 410], [521, 410], [470, 448], [521, 448]], diameter: 27, height: 16, capacityKg: 6_200_000, flow: 340, pumps: [456, 380], monitors: [[442, 391], [442, 466], [549, 391]] },
  { unit: 'BT', zh: '苯', en: 'Benzene', substance: 'benzene', at: [[598, 411], [640, 411], [598, 446], [640, 446]], diameter: 18, height: 13, capacityKg: 2_700_000, flow: 100, pumps: [586, 380], monitors: [[572, 391], [572, 466], [666, 391]] },
];

export const tankFarms = (draft: Draft): void => {
  for (const farm of farms) {
    farm.at.forEach(([x, y], i) => {
      const id = `${farm.unit}-TK-10${i + 1}`;
      const full = i % 3 === 1 ? ([62, 84] as const) : i % 3 === 2 ? ([14, 52] as const) : ([30, 72] as const);
      draft.place({ id, kind: 'storage-tank', name: [`${farm.zh}储罐${i + 1}`, `${farm.en} tank ${i + 1}`], at: [x, y], size: [farm.diameter, farm.diameter, farm.height], substance: farm.substance, inventory: { capacityKg: farm.capacityKg, levelTag: `${id}.LT1`, pressurePa: 102_000, temperatureK: 295 }, instruments: tank({ level: full, celsius: 21, flow: farm.flow, hazardous: true }) });
      draft.place({ id: `${farm.unit}-XV-10${i + 1}`, kind: 'valve', name: [`${farm.zh}储罐${i + 1}切断阀`, `${farm.en} tank ${i + 1} shut-off valve`], at: [x, y - farm.diameter / 2 - 2], size: [0.9, 0.7, 1.7], substance: farm.substance, instruments: shutOffValve() });
    });
    pumpRow(draft, { ids: [`${farm.unit}-P-101A`, `${farm.unit}-P-101B`, `${farm.unit}-P-101C`], name: [`${farm.zh}装车泵`, `${farm.en} loading pump`], at: [farm.pumps[0], farm.pumps[1]], rating: { flow: farm.flow, suction: 0.07, discharge: 0.45, amps: Math.round(farm.flow * 0.34), fluidC: 21 }, running: 1, substance: farm.substance });
    pumpRow(draft, { ids: [`${farm.unit}-P-102A`, `${farm.unit}-P-102B`], name: [`${farm.zh}倒罐泵`, `${farm.en} transfer pump`], at: [farm.pumps[0] + 26, farm.pumps[1]], rating: { flow: 90, suction: 0.07, discharge: 0.4, amps: 36, fluidC: 21 }, substance: farm.substance });
    farm.monitors.forEach(([x, y], i) => draft.place({ id: `${farm.unit}-FM-10${i + 1}`, kind: 'fire-monitor', name: [`${farm.zh}罐区消防炮${i + 1}`, `${farm.en} fire monitor ${i + 1}`], at: [x, y], size: [1, 1, 2.4], substance: 'water', instruments: fireMonitor() }));
  }
};

export const loadingBay = (draft: Draft): void => {
  const services: readonly (readonly [string, string, SubstanceId])[] = [['汽油', 'Gasoline', 'gasoline'], ['汽油', 'Gasoline', 'gasoline'], ['甲醇', 'Methanol', 'methanol'], ['甲醇', 'Methanol', 'methanol'], ['苯', 'Benzene', 'benzene'], ['汽油', 'Gasoline', 'gasoline'], ['汽油', 'Gasoline', 'gasoline'], ['甲醇', 'Methanol', 'methanol'], ['液化气', 'LPG', 'lpg'], ['液化气', 'LPG', 'lpg']];
  services.forEach(([zh, en, substance], i) => {
    const number = 101 + i;
    draft.place({ id: `LB-LA-${number}`, kind: 'loading-arm', name: [`${zh}装车臂${number}`, `${en} loading arm ${number}`], at: [590 + (i % 5) * 15.5, i < 5 ? 281 : 317], size: [3, 1.5, 5], substance, instruments: loadingArm(substance === 'lpg' ? 45 : 90) });
  });
  for (const [i, x] of [590, 621].entries()) draft.place({ id: `LB-XV-10${i + 1}`, kind: 'valve', name: [`装车总管切断阀${i + 1}`, `Loading header shut-off valve ${i + 1}`], at: [x, 266], size: [0.9, 0.7, 1.7], substance: 'gasoline', instruments: shutOffValve() });
};

export const vapourRecovery = (draft: Draft): void => {
  for (const [i, x] of [514, 522].entries()) draft.place({ id: `VR-T-101${'AB'[i]}`, kind: 'column', name: [`活性炭床${'AB'[i]}`, `Carbon bed ${'AB'[i]}`], at: [x, 284], size: [2.8, 2.8, 8], substance: 'gasoline', instruments: column({ top: 28, bottom: 34, pressure: 0.008, flow: 420, product: ['尾气净化率', 'removal efficiency'] }) });
  for (const [i, x] of [512, 520].entries()) draft.place({ id: `VR-C-101${'AB'[i]}`, kind: 'fan', name: [`油气风机${'AB'[i]}`, `Vapour fan ${'AB'[i]}`], at: [x, 299], size: [2.2, 2.2, 2.2], substance: 'gasoline', instruments: fan(28, 3.2) });
  draft.place({ id: 'VR-V-101', kind: 'vertical-vessel', name: ['油气分液罐', 'Vapour knock-out drum'], at: [532, 284], size: [2, 2, 5], substance: 'gasoline', instruments: vessel({ level: [10, 30], pressure: 0.01, celsius: 24, flow: 2 }) });
  draft.place({ id: 'VR-E-101', kind: 'heat-exchanger', name: ['油气冷凝器', 'Vapour condenser'], at: [534, 298], size: [5, 1.4, 2], substance: 'gasoline', instruments: exchanger({ hot: [30, 8], cold: [-5, 2], flow: 30, pressure: 0.02 }) });
  pumpRow(draft, { ids: ['VR-P-101A', 'VR-P-101B'], name: ['回收油泵', 'Recovered oil pump'], at: [512, 314], rating: { flow: 12, suction: 0.03, discharge: 0.3, amps: 14, fluidC: 20 }, substance: 'gasoline' });
};

export const flare = (draft: Draft): void => {
  draft.place({ id: 'FL-FL-101', kind: 'flare', name: ['高架火炬', 'Elevated flare'], at: [58, 444], size: [2, 2, 62], substance: 'methane', instruments: flareStack() });
  draft.place({ id: 'FL-V-101', kind: 'horizontal-vessel', name: ['火炬分液罐', 'Flare knock-out drum'], at: [96, 408], size: [10, 3.2, 4.2], substance: 'propane', instruments: vessel({ level: [10, 30], pressure: 0.02, celsius: 22, flow: 4, critical: true }) });
  draft.place({ id: 'FL-V-102', kind: 'vertical-vessel', name: ['火炬水封罐', 'Flare water seal'], at: [80, 430], size: [3, 3, 7], substance: 'water', instruments: vessel({ level: [55, 70], pressure: 0.012, celsius: 20, flow: 2 }) });
  pumpRow(draft, { ids: ['FL-P-101A', 'FL-P-101B'], name: ['凝液泵', 'Condensate pump'], at: [108, 396], rating: { flow: 20, suction: 0.02, discharge: 0.5, amps: 18, fluidC: 22 }, substance: 'propane' });
  draft.place({ id: 'FL-C-101', kind: 'fan', name: ['消烟风机', 'Smokeless air blower'], at: [70, 428], size: [2.2, 2.2, 2.2], instruments: fan(40, 4) });
};
