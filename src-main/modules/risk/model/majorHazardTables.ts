/**
 * GB 18218-2018 tables 1 to 4, tonnes. Names are English; `zh` as in the standard. The category decides β where table 3 does not name the chemical;
 * for flammable liquids it is that of ordinary conditions (W5.1 needs storage above the boiling point).
 */
export type HazardCategory =
  | 'J1' | 'J2' | 'J3' | 'J4' | 'J5' | 'W1.1' | 'W1.2' | 'W1.3' | 'W2' | 'W3' | 'W4' | 'W5.1' | 'W5.2' | 'W5.3' | 'W5.4' | 'W6.1' | 'W6.2' | 'W7.1' | 'W7.2' | 'W8' | 'W9.1' | 'W9.2' | 'W10' | 'W11';

type Row = { readonly tonnes: number; readonly category: HazardCategory; readonly zh: string };
const row = (tonnes: number, category: HazardCategory, zh: string): Row => ({ tonnes, category, zh });

const named = {
  ammonia: row(10, 'J3', '氨'),
  'oxygen difluoride': row(1, 'J1', '二氟化氧'),
  'nitrogen dioxide': row(1, 'J1', '二氧化氮'),
  'sulfur dioxide': row(20, 'J3', '二氧化硫'),
  fluorine: row(1, 'J1', '氟'),
  phosgene: row(0.3, 'J1', '碳酰氯'),
  'ethylene oxide': row(10, 'W2', '环氧乙烷'),
  formaldehyde: row(5, 'J3', '甲醛(含量>90%)'),
  phosphine: row(1, 'J1', '磷化氢'),
  'hydrogen sulfide': row(5, 'J3', '硫化氢'),
  'hydrogen chloride': row(20, 'J3', '氯化氢(无水)'),
  chlorine: row(5, 'J3', '氯'),
  'carbon monoxide': row(20, 'J3', '煤气(CO,CO和H2、CH4的混合物等)'),
  arsine: row(1, 'J1', '砷化氢'),
  stibine: row(1, 'J1', '锑化氢'),
  'hydrogen selenide': row(1, 'J1', '硒化氢'),
  'methyl bromide': row(10, 'J3', '溴甲烷'),
  'acetone cyanohydrin': row(20, 'J2', '丙酮氰醇'),
  acrolein: row(20, 'J2', '丙烯醛'),
  'hydrogen fluoride': row(1, 'J1', '氟化氢'),
  epichlorohydrin: row(20, 'J5', '1-氯-2,3-环氧丙烷'),
  'toluene diisocyanate': row(100, 'J2', '甲苯二异氰酸酯'),
  'sulfur monochloride': row(1, 'J5', '一氯化硫'),
  'hydrogen cyanide': row(1, 'J4', '氰化氢'),
  'sulfur trioxide': row(75, 'J5', '三氧化硫'),
  allylamine: row(20, 'J2', '3-氨基丙烯'),
  bromine: row(20, 'J2', '溴'),
  ethyleneimine: row(20, 'J2', '乙撑亚胺'),
  'methyl isocyanate': row(0.75, 'J4', '异氰酸甲酯'),
  'barium azide': row(0.5, 'W1.1', '叠氮化钡'),
  'lead azide': row(0.5, 'W1.1', '叠氮化铅'),
  'mercury fulminate': row(0.5, 'W1.1', '雷汞'),
  trinitroanisole: row(5, 'W1.1', '三硝基苯甲醚'),
  trinitrotoluene: row(5, 'W1.1', '2,4,6-三硝基甲苯'),
  nitroglycerin: row(1, 'W1.1', '硝化甘油'),
  nitrocellulose: row(1, 'W1.1', '硝化纤维素(干的或含水(或乙醇)<25%)'),
  'ammonium nitrate (>0.2 % combustible)': row(5, 'W1.1', '硝酸铵(含可燃物>0.2%)'),
  'ammonium nitrate (<=0.2 % combustible)': row(50, 'W9.2', '硝酸铵(含可燃物≤0.2%)'),
  'ammonium nitrate fertiliser': row(200, 'W9.2', '硝酸铵肥料(含可燃物≤0.4%)'),
  'potassium nitrate': row(1_000, 'W9.2', '硝酸钾'),
  butadiene: row(5, 'W2', '1,3-丁二烯'),
  'dimethyl ether': row(50, 'W2', '二甲醚'),
  methane: row(50, 'W2', '甲烷,天然气'),
  'vinyl chloride': row(50, 'W2', '氯乙烯'),
  hydrogen: row(5, 'W2', '氢'),
  LPG: row(50, 'W2', '液化石油气(含丙烷、丁烷及其混合物)'),
  methylamine: row(5, 'W2', '一甲胺'),
  acetylene: row(1, 'W2', '乙炔'),
  ethylene: row(50, 'W2', '乙烯'),
  oxygen: row(200, 'W4', '氧(压缩的或液化的)'),
  benzene: row(50, 'W5.3', '苯'),
  styrene: row(500, 'W5.4', '苯乙烯'),
  acetone: row(500, 'W5.3', '丙酮'),
  acrylonitrile: row(50, 'W5.3', '2-丙烯腈'),
  'carbon disulfide': row(50, 'W5.3', '二硫化碳'),
  cyclohexane: row(500, 'W5.3', '环己烷'),
  'propylene oxide': row(10, 'W5.1', '1,2-环氧丙烷'),
  toluene: row(500, 'W5.3', '甲苯'),
  methanol: row(500, 'W5.3', '甲醇'),
  gasoline: row(200, 'W5.3', '汽油(乙醇汽油、甲醇汽油)'),
  ethanol: row(500, 'W5.3', '乙醇'),
  'diethyl ether': row(10, 'W5.1', '乙醚'),
  'ethyl acetate': row(500, 'W5.3', '乙酸乙酯'),
  'n-hexane': row(500, 'W5.3', '正己烷'),
  'peracetic acid': row(10, 'W7.2', '过乙酸'),
  'methyl ethyl ketone peroxide': row(10, 'W7.1', '过氧化甲基乙基酮(10%<有效氧含量≤10.7%)'),
  'white phosphorus': row(50, 'W8', '白磷'),
  'aluminium alkyls': row(1, 'W8', '烷基铝'),
  pentaborane: row(1, 'W8', '戊硼烷'),
  'potassium peroxide': row(20, 'W9.1', '过氧化钾'),
  'sodium peroxide': row(20, 'W9.1', '过氧化钠'),
  'potassium chlorate': row(100, 'W9.1', '氯酸钾'),
  'sodium chlorate': row(100, 'W9.1', '氯酸钠'),
  'fuming nitric acid': row(20, 'W9.1', '发烟硝酸'),
  'nitric acid': row(100, 'W9.2', '硝酸(发红烟的除外,含硝酸>70%)'),
  'guanidine nitrate': row(50, 'W9.2', '硝酸胍'),
  'calcium carbide': row(100, 'W11', '碳化钙'),
  potassium: row(1, 'W11', '钾'),
  sodium: row(10, 'W11', '钠'),
} as const satisfies Record<string, Row>;

export type NamedChemical = keyof typeof named;

const categories: Readonly<Record<HazardCategory, Row>> = {
  J1: row(5, 'J1', '急性毒性 类别1 气体'),
  J2: row(50, 'J2', '急性毒性 类别1 固体、液体'),
  J3: row(50, 'J3', '急性毒性 类别2、3 气体'),
  J4: row(50, 'J4', '急性毒性 类别2、3 吸入 液体(沸点≤35℃)'),
  J5: row(500, 'J5', '急性毒性 类别2 液体、固体'),
  'W1.1': row(1, 'W1.1', '不稳定爆炸物、1.1项'),
  'W1.2': row(10, 'W1.2', '1.2、1.3、1.5、1.6项爆炸物'),
  'W1.3': row(50, 'W1.3', '1.4项爆炸物'),
  W2: row(10, 'W2', '易燃气体 类别1、2'),
  W3: row(150, 'W3', '气溶胶 类别1、2'),
  W4: row(50, 'W4', '氧化性气体 类别1'),
  'W5.1': row(10, 'W5.1', '易燃液体 类别1;类别2、3且工作温度高于沸点'),
  'W5.2': row(50, 'W5.2', '易燃液体 类别2、3且有特殊工艺条件'),
  'W5.3': row(1_000, 'W5.3', '其他类别2易燃液体'),
  'W5.4': row(5_000, 'W5.4', '其他类别3易燃液体'),
  'W6.1': row(10, 'W6.1', '自反应物质 A、B型'),
  'W6.2': row(50, 'W6.2', '自反应物质 C、D、E型'),
  'W7.1': row(10, 'W7.1', '有机过氧化物 A、B型'),
  'W7.2': row(50, 'W7.2', '有机过氧化物 C至F型'),
  W8: row(50, 'W8', '自燃液体、固体 类别1'),
  'W9.1': row(50, 'W9.1', '氧化性液体、固体 类别1'),
  'W9.2': row(200, 'W9.2', '氧化性液体、固体 类别2、3'),
  W10: row(200, 'W10', '易燃固体 类别1'),
  W11: row(200, 'W11', '遇水放出易燃气体 类别1、2'),
};

export const thresholds: Readonly<Record<NamedChemical | HazardCategory, Row>> = { ...named, ...categories };

/** Table 3: the named toxic gases. */
export const betaByName: Readonly<Partial<Record<string, number>>> = {
  'carbon monoxide': 2, 'sulfur dioxide': 2, ammonia: 2, 'ethylene oxide': 2, 'hydrogen chloride': 3, 'methyl bromide': 3, chlorine: 4,
  'hydrogen sulfide': 5, 'hydrogen fluoride': 5, 'nitrogen dioxide': 10, 'hydrogen cyanide': 10, phosgene: 20, phosphine: 20, 'methyl isocyanate': 20,
};

/** Table 4. */
export const betaByCategory: Readonly<Record<HazardCategory, number>> = {
  J1: 4, J2: 1, J3: 2, J4: 2, J5: 1, 'W1.1': 2, 'W1.2': 2, 'W1.3': 2, W2: 1.5, W3: 1, W4: 1, 'W5.1': 1.5, 'W5.2': 1, 'W5.3': 1, 'W5.4': 1,
  'W6.1': 1.5, 'W6.2': 1, 'W7.1': 1.5, 'W7.2': 1, W8: 1, 'W9.1': 1, 'W9.2': 1, W10: 1, W11: 1,
};
