import { current, flow, hi, hihi, level, lo, lolo, measured, MODE, ofRunning, percent, power, pressure, RUN, smallPressure, speed, state, temperature, vibration, whenState, type Instrument } from '../instruments.ts';

/** Rated values of a pump: m³/h, MPa gauge, A, and the fluid's °C. */
export type PumpRating = { readonly flow: number; readonly suction: number; readonly discharge: number; readonly amps: number; readonly fluidC: number; readonly runs?: boolean };

export const pump = (r: PumpRating): readonly Instrument[] => [
  pressure(['PT1', '入口压力', 'suction pressure'], [r.suction * 0.85, r.suction * 1.15]),
  pressure(['PT2', '出口压力', 'discharge pressure'], [r.discharge * 0.92, r.discharge * 1.08], { alarms: [hi(r.discharge * 1.25, 4)] }),
  flow(['FT1', '流量', 'flow'], [r.flow * 0.75, r.flow * 1.1]),
  current(['AMP', '电机电流', 'motor current'], [r.amps * 0.8, r.amps * 1.05], { alarms: [hi(r.amps * 1.2)] }),
  power(['KW', '电机功率', 'motor power'], [r.amps * 0.42, r.amps * 0.58]),
  vibration(['VIB', '驱动端振动', 'drive-end vibration'], [0.8, 2.6], { range: [0, 20], alarms: [hi(4.5), hihi(7.1, 3)] }),
  vibration(['VIB2', '非驱动端振动', 'non-drive-end vibration'], [0.7, 2.4], { range: [0, 20], alarms: [hi(4.5)] }),
  temperature(['TT1', '驱动端轴承温度', 'drive-end bearing temperature'], [38, 62], { alarms: [hi(75), hihi(85, 3)] }),
  temperature(['TT2', '非驱动端轴承温度', 'non-drive-end bearing temperature'], [36, 60], { alarms: [hi(75)] }),
  temperature(['TT3', '电机绕组温度', 'motor winding temperature'], [55, 85], { range: [0, 200], alarms: [hi(120)] }),
  pressure(['PT3', '密封罐压力', 'seal pot pressure'], [0.18, 0.26], { alarms: [lo(0.1, 4)] }),
  level(['LT1', '密封罐液位', 'seal pot level'], [45, 75], { alarms: [lo(30, 4)] }),
  state(['RUN', '运行状态', 'running state'], RUN, r.runs === false ? 0 : 1, [whenState(2, 3)]),
];

/** Rated values of a screw compressor train; the thirteen first tags are the inputs of the RUL model. */
export type CompressorRating = { readonly suction: number; readonly discharge: number; readonly suctionC: number; readonly dischargeC: number; readonly flow: number; readonly speed: number; readonly amps: number };

/** Names by which the RUL model knows the sensors, with the tag suffix that carries each. */
export const COMPRESSOR_SENSORS = {
  suctionPressure: 'PT1', dischargePressure: 'PT2', suctionTemperature: 'TT1', dischargeTemperature: 'TT2', flow: 'FT1', speed: 'SPD', motorCurrent: 'AMP',
  vibrationDe: 'VIB', vibrationNde: 'VIB2', bearingTemperatureDe: 'BT1', bearingTemperatureNde: 'BT2', oilPressure: 'OPT', oilTemperature: 'OTT',
} as const;
export type CompressorSensor = keyof typeof COMPRESSOR_SENSORS;

/** Suffix of the running-hour meter: the machine's own clock, `machine.tags.runningHours`. Wear that is played faster advances it faster. */
export const RUNNING_HOURS = 'RHR';

export const compressorTrain = (r: CompressorRating): readonly Instrument[] => [
  pressure(['PT1', '吸气压力', 'suction pressure'], [r.suction * 0.9, r.suction * 1.1], { alarms: [ofRunning(lo(r.suction * 0.75)), ofRunning(lolo(r.suction * 0.6))] }),
  pressure(['PT2', '排气压力', 'discharge pressure'], [r.discharge * 0.92, r.discharge * 1.08], { alarms: [hi(r.discharge * 1.16), hihi(r.discharge * 1.3, 2)] }),
  temperature(['TT1', '吸气温度', 'suction temperature'], [r.suctionC - 4, r.suctionC + 5], { range: [-60, 60] }),
  temperature(['TT2', '排气温度', 'discharge temperature'], [r.dischargeC - 8, r.dischargeC + 7], { range: [0, 160], alarms: [hi(r.dischargeC + 16), hihi(r.dischargeC + 26)] }),
  flow(['FT1', '流量', 'flow'], [r.flow * 0.8, r.flow * 1.05], { alarms: [ofRunning(lo(r.flow * 0.55, 4))] }),
  speed(['SPD', '转速', 'speed'], [r.speed * 0.97, r.speed * 1.02]),
  current(['AMP', '电机电流', 'motor current'], [r.amps * 0.8, r.amps * 1.04], { alarms: [hi(r.amps * 1.15)] }),
  vibration(['VIB', '驱动端振动', 'drive-end vibration'], [1.0, 2.8], { range: [0, 25], alarms: [hi(4.5), hihi(7.1)] }),
  vibration(['VIB2', '非驱动端振动', 'non-drive-end vibration'], [0.9, 2.6], { range: [0, 25], alarms: [hi(4.5), hihi(7.1)] }),
  temperature(['BT1', '驱动端轴承温度', 'drive-end bearing temperature'], [48, 68], { range: [0, 150], alarms: [hi(80), hihi(90)] }),
  temperature(['BT2', '非驱动端轴承温度', 'non-drive-end bearing temperature'], [46, 66], { range: [0, 150], alarms: [hi(80), hihi(90)] }),
  pressure(['OPT', '润滑油压', 'lube oil pressure'], [0.24, 0.34], { range: [0, 0.6], alarms: [ofRunning(lo(0.18)), ofRunning(lolo(0.14, 1))] }),
  temperature(['OTT', '润滑油温', 'lube oil temperature'], [42, 54], { alarms: [hi(62), ofRunning(lo(20, 4))] }),
  power(['KW', '电机功率', 'motor power'], [r.amps * 7.6, r.amps * 10.2]),
  ...(['U', 'V', 'W'] as const).map((phase) => temperature([`WT${phase}`, `${phase}相绕组温度`, `winding ${phase} temperature`], [70, 105], { range: [0, 200], alarms: [hi(130, 4)] })),
  measured(['position', 'mm', 3], ['GAP', '轴位移', 'axial displacement'], [-0.12, 0.12], { range: [-1, 1], alarms: [hi(0.35), hihi(0.5)] }),
  smallPressure(['OPD', '油过滤器压差', 'oil filter differential pressure'], [18, 45], { range: [0, 160], alarms: [hi(90, 4)] }),
  level(['OLT', '油箱油位', 'oil tank level'], [55, 80], { alarms: [lo(40, 4)] }),
  smallPressure(['SGP', '密封气压差', 'seal gas differential pressure'], [45, 75], { range: [0, 160], alarms: [ofRunning(lo(30))] }),
  percent(['SLD', '滑阀开度', 'slide valve position'], [70, 98]),
  temperature(['CW1', '冷却水进温', 'cooling water inlet temperature'], [22, 30]),
  temperature(['CW2', '冷却水出温', 'cooling water outlet temperature'], [28, 38], { alarms: [hi(46, 4)] }),
  vibration(['MVB1', '电机驱动端振动', 'motor drive-end vibration'], [0.6, 2.0], { range: [0, 25], alarms: [hi(4.5, 4)] }),
  vibration(['MVB2', '电机非驱动端振动', 'motor non-drive-end vibration'], [0.5, 1.8], { range: [0, 25], alarms: [hi(4.5, 4)] }),
  temperature(['MT1', '电机驱动端轴承温度', 'motor drive-end bearing temperature'], [44, 62], { range: [0, 150], alarms: [hi(80, 4)] }),
  temperature(['MT2', '电机非驱动端轴承温度', 'motor non-drive-end bearing temperature'], [42, 60], { range: [0, 150], alarms: [hi(80, 4)] }),
  state(['RUN', '运行状态', 'running state'], RUN, 1, [whenState(2, 2)]),
  state(['MODE', '控制方式', 'control mode'], MODE, 1),
  measured(['count', 'h', 2], [RUNNING_HOURS, '累计运行小时', 'running hours'], [0, 80_000], { range: [0, 200_000] }),
];

/** A packaged compressor (air, hydrogen) that no model watches. */
export const packagedCompressor = (r: Omit<CompressorRating, 'suctionC' | 'suction'> & { readonly suction: number; readonly runs?: boolean }): readonly Instrument[] => [
  pressure(['PT1', '入口压力', 'suction pressure'], [r.suction * 0.85, r.suction * 1.15]),
  pressure(['PT2', '排气压力', 'discharge pressure'], [r.discharge * 0.93, r.discharge * 1.07], { alarms: [hi(r.discharge * 1.15), hihi(r.discharge * 1.25)] }),
  temperature(['TT2', '排气温度', 'discharge temperature'], [r.dischargeC - 10, r.dischargeC + 8], { range: [0, 200], alarms: [hi(r.dischargeC + 20), hihi(r.dischargeC + 30)] }),
  flow(['FT1', '流量', 'flow'], [r.flow * 0.75, r.flow * 1.05]),
  speed(['SPD', '转速', 'speed'], [r.speed * 0.97, r.speed * 1.02]),
  current(['AMP', '电机电流', 'motor current'], [r.amps * 0.8, r.amps * 1.05], { alarms: [hi(r.amps * 1.15)] }),
  vibration(['VIB', '振动', 'vibration'], [1.2, 3.2], { range: [0, 25], alarms: [hi(5.6), hihi(9)] }),
  temperature(['BT1', '轴承温度', 'bearing temperature'], [46, 66], { range: [0, 150], alarms: [hi(80)] }),
  pressure(['OPT', '润滑油压', 'lube oil pressure'], [0.22, 0.34], { range: [0, 0.6], alarms: [ofRunning(lo(0.16)), ofRunning(lolo(0.12, 2))] }),
  temperature(['OTT', '润滑油温', 'lube oil temperature'], [40, 55], { alarms: [hi(66, 4)] }),
  temperature(['CW2', '冷却水出温', 'cooling water outlet temperature'], [28, 38], { alarms: [hi(46, 4)] }),
  state(['RUN', '运行状态', 'running state'], RUN, r.runs === false ? 0 : 1, [whenState(2, 3)]),
];

export const fan = (amps: number, pascal = 1.2): readonly Instrument[] => [
  current(['AMP', '电机电流', 'motor current'], [amps * 0.8, amps * 1.05], { alarms: [hi(amps * 1.2, 4)] }),
  vibration(['VIB', '振动', 'vibration'], [1.0, 3.0], { range: [0, 20], alarms: [hi(5.6), hihi(9, 3)] }),
  temperature(['TT1', '轴承温度', 'bearing temperature'], [36, 58], { alarms: [hi(75)] }),
  smallPressure(['PT1', '风压', 'air pressure'], [pascal * 0.85, pascal * 1.1]),
  flow(['FT1', '风量', 'air flow'], [amps * 380, amps * 470], { decimals: 0 }),
  speed(['SPD', '转速', 'speed'], [1440, 1480], { range: [0, 2000] }),
  state(['RUN', '运行状态', 'running state'], RUN, 1, [whenState(2, 3)]),
];

export const coolingTower = (): readonly Instrument[] => [
  temperature(['TT1', '进水温度', 'inlet water temperature'], [32, 38], { alarms: [hi(42)] }),
  temperature(['TT2', '出水温度', 'outlet water temperature'], [23, 29], { alarms: [hi(33)] }),
  temperature(['TT3', '减速箱油温', 'gearbox oil temperature'], [48, 66], { alarms: [hi(85)] }),
  current(['AMP', '风机电流', 'fan current'], [128, 158], { alarms: [hi(185, 4)] }),
  vibration(['VIB', '风机振动', 'fan vibration'], [1.4, 3.4], { range: [0, 25], alarms: [hi(6.3), hihi(10)] }),
  speed(['SPD', '风机转速', 'fan speed'], [142, 152], { range: [0, 200] }),
  level(['LT1', '集水池液位', 'basin level'], [68, 82], { alarms: [lo(50), lolo(35), hi(92, 4)] }),
  state(['RUN', '运行状态', 'running state'], RUN, 1, [whenState(2, 3)]),
];
