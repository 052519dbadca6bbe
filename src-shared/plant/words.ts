import type { Language, Text } from '../kernel/index.ts';
import type { AlarmSetting, EquipmentKind, SubstanceId, Tag, WalkEdge, WalkNode } from './plantModel.ts';

/** The words of the plant model's enumerations, as screens show them and sheets take them. */
type Words<Value extends string> = Readonly<Record<Value, Text>>;

export const SUBSTANCE_WORDS: Words<SubstanceId> = {
  ammonia: { zh: '氨', en: 'Ammonia' }, chlorine: { zh: '氯', en: 'Chlorine' }, 'hydrogen-sulphide': { zh: '硫化氢', en: 'Hydrogen sulphide' }, methane: { zh: '甲烷', en: 'Methane' }, propane: { zh: '丙烷', en: 'Propane' }, butane: { zh: '丁烷', en: 'Butane' }, lpg: { zh: '液化石油气', en: 'LPG' }, hydrogen: { zh: '氢', en: 'Hydrogen' }, benzene: { zh: '苯', en: 'Benzene' }, methanol: { zh: '甲醇', en: 'Methanol' }, gasoline: { zh: '汽油', en: 'Gasoline' }, nitrogen: { zh: '氮', en: 'Nitrogen' }, water: { zh: '水', en: 'Water' }, steam: { zh: '蒸汽', en: 'Steam' }, air: { zh: '空气', en: 'Air' }, 'lube-oil': { zh: '润滑油', en: 'Lube oil' },
};
export const EQUIPMENT_WORDS: Words<EquipmentKind> = {
  sphere: { zh: '球罐', en: 'Sphere' }, 'horizontal-vessel': { zh: '卧式容器', en: 'Horizontal vessel' }, 'vertical-vessel': { zh: '立式容器', en: 'Vertical vessel' }, 'storage-tank': { zh: '储罐', en: 'Storage tank' }, column: { zh: '塔', en: 'Column' }, compressor: { zh: '压缩机', en: 'Compressor' }, pump: { zh: '泵', en: 'Pump' }, 'heat-exchanger': { zh: '换热器', en: 'Heat exchanger' }, 'cooling-tower': { zh: '冷却塔', en: 'Cooling tower' }, furnace: { zh: '加热炉', en: 'Furnace' }, flare: { zh: '火炬', en: 'Flare' }, reactor: { zh: '反应器', en: 'Reactor' }, 'cylinder-rack': { zh: '气瓶组', en: 'Cylinder rack' }, 'loading-arm': { zh: '装卸臂', en: 'Loading arm' }, valve: { zh: '阀', en: 'Valve' }, panel: { zh: '控制柜', en: 'Panel' }, transformer: { zh: '变压器', en: 'Transformer' }, fan: { zh: '风机', en: 'Fan' }, mast: { zh: '气象塔', en: 'Weather mast' }, 'detector-post': { zh: '探测器', en: 'Detector post' }, hydrant: { zh: '消火栓', en: 'Hydrant' }, 'fire-monitor': { zh: '消防炮', en: 'Fire monitor' }, other: { zh: '其他设备', en: 'Other equipment' },
};
export const TAG_WORDS: Words<Tag['kind']> = {
  pressure: { zh: '压力', en: 'Pressure' }, temperature: { zh: '温度', en: 'Temperature' }, level: { zh: '液位', en: 'Level' }, flow: { zh: '流量', en: 'Flow' }, vibration: { zh: '振动', en: 'Vibration' }, speed: { zh: '转速', en: 'Speed' }, current: { zh: '电流', en: 'Current' }, power: { zh: '功率', en: 'Power' }, position: { zh: '开度', en: 'Position' }, state: { zh: '状态', en: 'State' }, gas: { zh: '气体', en: 'Gas' }, flame: { zh: '火焰', en: 'Flame' }, smoke: { zh: '烟雾', en: 'Smoke' }, concentration: { zh: '浓度', en: 'Concentration' }, weather: { zh: '气象', en: 'Weather' }, count: { zh: '计数', en: 'Count' }, other: { zh: '其他', en: 'Other' },
};
export const ALARM_WORDS: Words<AlarmSetting['kind']> = {
  HIHI: { zh: '高高限', en: 'High high' }, HI: { zh: '高限', en: 'High' }, LO: { zh: '低限', en: 'Low' }, LOLO: { zh: '低低限', en: 'Low low' }, RATE: { zh: '变化率', en: 'Rate of change' }, DEVIATION: { zh: '偏差', en: 'Deviation' }, COUNT: { zh: '超限计次', en: 'Count' }, DISCRETE: { zh: '开关量', en: 'Discrete' },
};
export const WALK_NODE_WORDS: Words<WalkNode['kind']> = { junction: { zh: '路口', en: 'Junction' }, door: { zh: '门', en: 'Door' }, gate: { zh: '大门', en: 'Gate' }, muster: { zh: '集合点', en: 'Muster' } };
export const WALK_EDGE_WORDS: Words<WalkEdge['kind']> = { walkway: { zh: '人行道', en: 'Walkway' }, road: { zh: '道路', en: 'Road' }, stair: { zh: '楼梯', en: 'Stair' }, door: { zh: '门', en: 'Door' }, gate: { zh: '大门', en: 'Gate' }, indoor: { zh: '室内', en: 'Indoors' } };

/** One language of them, value by value. */
export const inLanguage = <Value extends string>(words: Words<Value>, language: Language): Record<Value, string> => Object.fromEntries(Object.entries<Text>(words).map(([value, text]) => [value, text[language]])) as Record<Value, string>;
