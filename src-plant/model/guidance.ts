import type { AlarmSetting, Equipment } from '../../src-shared/plant/index.ts';
import type { Text } from '../../src-shared/kernel/index.ts';
import type { Instrument, Limit } from './instruments.ts';

type Guidance = Required<Pick<AlarmSetting, 'message' | 'cause' | 'consequence' | 'action' | 'respondWithinS'>>;
type Advice = { readonly cause: Text; readonly consequence: Text; readonly action: Text };

const WORDS: Record<AlarmSetting['kind'], Text> = {
  HIHI: { zh: '高高', en: 'high-high' }, HI: { zh: '高', en: 'high' }, LO: { zh: '低', en: 'low' }, LOLO: { zh: '低低', en: 'low-low' }, RATE: { zh: '变化过快', en: 'rate of change high' }, DEVIATION: { zh: '偏差大', en: 'deviation high' }, COUNT: { zh: '频繁越限', en: 'limit exceeded too often' }, DISCRETE: { zh: '', en: '' },
};

/** Cause, consequence and action of an urgent or high alarm, as the rationalisation of ISA-18.2 §9 records them. */
export const guidanceFor = ({ equipment, kind, instrument, limit }: { readonly equipment: Text; readonly kind: Equipment['kind']; readonly instrument: Instrument; readonly limit: Limit }): Guidance => {
  const word = limit.kind === 'DISCRETE' ? (instrument.states?.[limit.limit] ?? WORDS.DISCRETE) : WORDS[limit.kind];
  return {
    message: { zh: `${equipment.zh}${instrument.name.zh}${word.zh}`, en: `${equipment.en} ${instrument.name.en} ${word.en}`.trim() },
    ...adviceFor(kind, instrument, limit),
    respondWithinS: limit.priority === 1 ? 180 : 600,
  };
};

const adviceFor = (kind: Equipment['kind'], instrument: Instrument, limit: Limit): Advice => {
  const high = limit.kind === 'HI' || limit.kind === 'HIHI' || limit.kind === 'RATE';
  const special = SPECIAL[`${kind}.${instrument.suffix}`];
  if (special !== undefined && (high || limit.kind === 'DISCRETE')) return special;
  return (high || limit.kind === 'DISCRETE' ? HIGH[instrument.kind] : LOW[instrument.kind]) ?? HIGH.other!;
};

const advice = (cause: readonly [string, string], consequence: readonly [string, string], action: readonly [string, string]): Advice => ({
  cause: { zh: cause[0], en: cause[1] }, consequence: { zh: consequence[0], en: consequence[1] }, action: { zh: action[0], en: action[1] },
});

const SPECIAL: Readonly<Record<string, Advice>> = {
  'storage-tank.LT1': advice(['进料未停、切罐错误或液位计偏差', 'Filling not stopped, wrong tank lined up or gauge error'], ['满罐溢流，形成可燃蒸气云', 'Overfill; flammable vapour cloud'], ['立即停止进料、关罐根阀，核对第二液位计，清空下风向人员', 'Stop filling and close the root valve, check the second gauge, clear people downwind']),
  'storage-tank.TT4': advice(['罐顶着火或外部热辐射', 'Fire on the roof or heat radiation from outside'], ['罐顶失效、火灾蔓延至邻罐', 'Roof failure; fire spreads to the next tank'], ['启动罐体喷淋与泡沫，停止收发，摄像机确认，启动应急预案', 'Start deluge and foam, stop transfers, confirm by camera, start the emergency plan']),
  'storage-tank.LSH': advice(['液位超过高高开关', 'Level above the high-high switch'], ['联锁关闭进料阀；失败则溢流', 'Interlock closes the inlet; overflow if it fails'], ['确认进料阀已关，现场检查', 'Confirm that the inlet valve is closed, check in the field']),
  'sphere.LT1': advice(['进料未停或液位计偏差', 'Filling not stopped or gauge error'], ['液相膨胀、安全阀起跳', 'Liquid expansion; relief valve lifts'], ['停止进料，倒罐至备用球罐', 'Stop filling, transfer to the spare sphere']),
  'sphere.PT1': advice(['受热、进料过快或不凝气积聚', 'Heating, filling too fast or inerts'], ['安全阀起跳，大量液化气排放；极端时BLEVE', 'Relief valve lifts, large LPG release; at worst a BLEVE'], ['开喷淋降温，停止进料，必要时放火炬', 'Start deluge, stop filling, vent to flare if needed']),
  'sphere.TT3': advice(['邻近火灾热辐射', 'Radiation from a fire nearby'], ['球壳强度下降，有BLEVE危险', 'Shell weakens; danger of a BLEVE'], ['立即全量喷淋，300 m 内人员撤离', 'Full deluge at once, evacuate within 300 m']),
  'sphere.XV': advice(['气源失压或阀门卡涩', 'Loss of actuator air or a stuck valve'], ['泄漏时无法切断', 'No isolation in a leak'], ['现场检查执行机构，准备手动切断', 'Check the actuator, prepare manual isolation']),
  'compressor.VIB': advice(['轴承磨损、转子不平衡或喘振', 'Bearing wear, unbalance or surge'], ['轴承烧毁、密封失效并泄漏', 'Bearing destroyed, seal failure and leak'], ['降负荷，比对频谱与轴承温度，准备切备机', 'Reduce load, compare spectrum and bearing temperature, prepare the spare']),
  'compressor.VIB2': advice(['轴承磨损、不对中或基础松动', 'Bearing wear, misalignment or loose foundation'], ['轴承烧毁、密封失效并泄漏', 'Bearing destroyed, seal failure and leak'], ['降负荷，检查联轴器与地脚', 'Reduce load, check coupling and anchor bolts']),
  'compressor.OPT': advice(['油泵故障或过滤器堵塞', 'Oil pump failure or blocked filter'], ['断油烧瓦', 'Bearings run dry'], ['启动备用油泵，未恢复即停机', 'Start the stand-by oil pump; stop the machine if pressure does not recover']),
  'compressor.TT2': advice(['吸气过热、冷却不足或气阀泄漏', 'Hot suction, poor cooling or leaking valves'], ['润滑油结焦、联锁停机', 'Oil cokes; the trip stops the machine'], ['检查喷液与冷却水，降低压比', 'Check liquid injection and cooling water, lower the pressure ratio']),
  'furnace.FLM': advice(['燃料气中断或燃烧器熄火', 'Fuel gas lost or burner out'], ['炉膛积气闪爆', 'Gas collects in the firebox and explodes'], ['确认燃料气切断，吹扫后再点火', 'Confirm that fuel gas is shut off, purge before relighting']),
  'flare.FLM1': advice(['长明灯气源不足或大风吹熄', 'Pilot gas lost or blown out'], ['可燃气冷放空', 'Cold venting of flammable gas'], ['立即点火，限制放空', 'Relight at once, limit venting']),
};

const HIGH: Partial<Record<Instrument['kind'], Advice>> = {
  gas: advice(['法兰、机封或管线泄漏', 'Leak at a flange, seal or pipe'], ['中毒或形成爆炸性气云', 'Poisoning or an explosive cloud'], ['确认风向，人员向侧上风撤离，远程切断，摄像机与便携仪复核', 'Check the wind, move people crosswind and upwind, isolate remotely, verify by camera and portable detector']),
  flame: advice(['泄漏物被点燃或动火失控', 'A leak has ignited or hot work went wrong'], ['火灾扩大、邻近设备受热', 'Fire spreads; neighbours heat up'], ['摄像机确认，启动喷淋泡沫，切断物料，出动消防', 'Confirm by camera, start deluge and foam, isolate, call out the fire brigade']),
  smoke: advice(['电缆或设备过热', 'Overheated cable or device'], ['火灾、失去控制', 'Fire; loss of control'], ['现场确认，断电，准备气体灭火', 'Confirm, cut power, prepare gas extinguishing']),
  pressure: advice(['出口受阻、受热或调节失效', 'Blocked outlet, heating or failed control'], ['安全阀起跳、法兰泄漏', 'Relief valve lifts, flanges leak'], ['降低进料与热源，检查出口与压控阀', 'Reduce feed and heat, check outlet and control valve']),
  temperature: advice(['冷却不足、负荷过高或摩擦', 'Poor cooling, high load or friction'], ['设备损坏或联锁停机', 'Damage or trip'], ['降负荷，检查冷却与润滑', 'Reduce load, check cooling and lubrication']),
  level: advice(['进出不平衡或仪表偏差', 'Unbalanced flows or gauge error'], ['溢流或带液', 'Overflow or carry-over'], ['核对冗余液位，调整进出料', 'Check the second gauge, adjust flows']),
  vibration: advice(['轴承磨损、不平衡或汽蚀', 'Bearing wear, unbalance or cavitation'], ['轴承与密封失效', 'Bearing and seal failure'], ['切备机，测振诊断', 'Change to the spare, diagnose']),
  position: advice(['推力轴承磨损', 'Thrust bearing wear'], ['动静摩擦', 'Rotor touches stator'], ['降负荷，准备停机', 'Reduce load, prepare to stop']),
  state: advice(['保护动作或失电', 'Protection acted or power lost'], ['装置波动、备机未投则停产', 'Upset; shut-down without the spare'], ['启动备机，查明首发报警', 'Start the spare, find the first-out alarm']),
  other: advice(['工况异常', 'Abnormal condition'], ['影响安全运行', 'Safe operation affected'], ['现场检查并汇报', 'Check in the field and report']),
};

const LOW: Partial<Record<Instrument['kind'], Advice>> = {
  pressure: advice(['泄漏、上游中断或泵停', 'Leak, upstream lost or pump stopped'], ['供给中断、空气进入', 'Supply lost; air ingress'], ['检查泄漏与上游，启动备泵', 'Check for a leak and the upstream, start the spare pump']),
  level: advice(['出料过快、泄漏或补充中断', 'Outflow too fast, leak or no make-up'], ['泵抽空、串压', 'Pump runs dry; gas blow-by'], ['减少出料，核对冗余液位，现场查漏', 'Reduce outflow, check the second gauge, look for a leak']),
  flow: advice(['泵停、阀关或堵塞', 'Pump stopped, valve closed or blockage'], ['装置缺料', 'Unit starved'], ['检查泵与阀位', 'Check pump and valves']),
  power: advice(['电网电压跌落或馈线故障', 'Voltage dip or feeder fault'], ['电机跳停、大面积停车', 'Motors trip; units stop'], ['确认备自投，按重启顺序恢复', 'Confirm the transfer to the second supply, restart in sequence']),
};
