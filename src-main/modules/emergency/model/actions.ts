import { text, type Text } from '../../../../src-shared/kernel/index.ts';
import type { SubstanceId } from '../../../../src-shared/plant/index.ts';

/** One thing to do now. */
export type Action = { readonly id: string; readonly text: Text };
type ActionId = keyof typeof words;

/**
 * What to do, most urgent first: people out, people in, source shut, ignition or reaction kept away, fire brigade led in from upwind.
 * Distilled in our words from the Emergency Response Guidebook 2024 (guides 115, 119, 124, 125, 128), GB/T 29639-2020 and AQ/T 9007.
 */
export const actionsFor = (kind: 'gas' | 'fire', substance: SubstanceId): readonly Action[] => {
  const ids = kind === 'fire' ? fireActions(substance) : (gasActions[substance] ?? flammable);
  return ids.map((id) => ({ id, text: words[id] }));
};

const words = {
  'sound-alarm': text('拉响现场警报,广播泄漏位置与疏散方向', 'Sound the site alarm; announce where it leaks and which way to leave'),
  'evacuate-crosswind': text('按路线侧风撤离至集合点,捂湿毛巾,不走低洼处', 'Leave crosswind by the routes to the muster points, wet cloth over the mouth, no low ground'),
  'evacuate-upwind-high': text('按路线向上风、高处撤离(氯气重于空气)', 'Leave upwind and uphill by the routes (chlorine is heavier than air)'),
  'shelter-closed': text('无法撤离者就地掩蔽:关门窗,停新风与空调', 'Those who cannot leave shelter where they are: doors and windows shut, fresh air and air conditioning off'),
  headcount: text('各集合点清点人数,未到者报指挥', 'Count heads at the muster points and report who is missing'),
  'call-brigade': text('报119与120,告知物质、风向与进入路线(上风侧)', 'Call fire brigade and ambulance; state substance, wind and the approach from upwind'),
  'isolate-source': text('远程关断泄漏设备上下游阀,停相关压缩机与泵', 'Shut the valves on both sides of the leak remotely; stop its compressors and pumps'),
  'no-ignition': text('危险区内断绝一切火源:停动火、禁启停非防爆电器、禁车辆', 'Remove every ignition source: stop hot work, touch no ordinary switches, no vehicles'),
  'stop-permits': text('立即停止区域内全部特殊作业并撤人', 'Stop all special work in the area at once and withdraw the people'),
  'water-curtain': text('开启水幕、喷淋稀释氨气云;勿向液氨直接射水', 'Start water curtains and spray to knock ammonia down; never play water on liquid ammonia'),
  'no-water-on-chlorine': text('水雾仅用于云团边缘;严禁向泄漏点射水,启动碱液吸收', 'Water fog on the cloud only; no water on the leak; start the caustic scrubber'),
  'full-suit': text('进入者二人一组,正压空呼与全封闭防化服,上风侧进入', 'Enter in pairs with air sets and gas-tight suits, from upwind'),
  'rescue-casualties': text('戴空呼者将倒地者移至上风,不得裸身施救', 'Move casualties upwind wearing an air set; nobody rescues without one'),
  'measure-lel': text('便携仪测爆,爆炸下限20 %以上不得进入', 'Measure with portable meters; nobody enters above 20 % of the lower limit'),
  'cool-neighbours': text('开消防炮冷却相邻罐,重点冷却受热面与罐顶', 'Cool neighbouring vessels with monitors, the heated side and the top first'),
  'foam-pool': text('关闭罐区雨排,向流淌火与池火施放泡沫', 'Shut the bund drain; put foam on the pool'),
  'leave-flame-fed': text('气体火勿先灭火:先断气源,冷却至自熄', 'Do not put out a gas flame first: cut the gas, cool, let it die'),
  'bleve-withdraw': text('罐体变色、安全阀啸叫加剧时立即全员后撤', 'If the shell discolours or the relief valve grows louder, everybody withdraws at once'),
  'watch-wind': text('盯住风向标,风转即按新路线撤', 'Watch the wind; when it turns leave by the new routes'),
  'protect-drains': text('封堵雨水口,消防水进事故池', 'Close storm drains; lead fire water to the emergency basin'),
} as const satisfies Record<string, Text>;

const flammable: readonly ActionId[] = ['sound-alarm', 'evacuate-crosswind', 'no-ignition', 'stop-permits', 'isolate-source', 'headcount', 'call-brigade', 'measure-lel', 'cool-neighbours', 'watch-wind', 'protect-drains'];
const toxicLiquid: readonly ActionId[] = ['sound-alarm', 'evacuate-crosswind', 'no-ignition', 'isolate-source', 'headcount', 'full-suit', 'foam-pool', 'call-brigade', 'protect-drains'];

const gasActions: Partial<Record<SubstanceId, readonly ActionId[]>> = {
  ammonia: ['sound-alarm', 'evacuate-crosswind', 'isolate-source', 'water-curtain', 'headcount', 'shelter-closed', 'call-brigade', 'full-suit', 'rescue-casualties', 'no-ignition', 'watch-wind', 'protect-drains'],
  chlorine: ['sound-alarm', 'evacuate-upwind-high', 'isolate-source', 'shelter-closed', 'headcount', 'call-brigade', 'full-suit', 'no-water-on-chlorine', 'rescue-casualties', 'watch-wind'],
  'hydrogen-sulphide': ['sound-alarm', 'evacuate-crosswind', 'rescue-casualties', 'isolate-source', 'no-ignition', 'headcount', 'call-brigade', 'full-suit', 'shelter-closed', 'watch-wind'],
  benzene: toxicLiquid,
  methanol: toxicLiquid,
};

const fireActions = (substance: SubstanceId): readonly ActionId[] => {
  const isGas = ['methane', 'propane', 'butane', 'lpg', 'hydrogen', 'ammonia'].includes(substance);
  return isGas
    ? ['sound-alarm', 'evacuate-crosswind', 'call-brigade', 'isolate-source', 'leave-flame-fed', 'cool-neighbours', 'headcount', 'bleve-withdraw', 'stop-permits', 'protect-drains']
    : ['sound-alarm', 'evacuate-crosswind', 'call-brigade', 'isolate-source', 'foam-pool', 'cool-neighbours', 'headcount', 'stop-permits', 'protect-drains'];
};
