import { ARM, BREAKER, CLAMP, concentration, current, FLAME, flow, hi, hihi, level, lo, lolo, measured, percent, power, pressure, rate, RUN, smallPressure, state, SWITCH, temperature, VALVE, whenState, type Instrument, type Limit, type Naming } from '../instruments.ts';

/** A level limit between the usual high level and full. */
const above = (level: number, part: number): number => level + (100 - level) * part;

/** Atmospheric tank with blanketing: usual level band in %, liquid °C, and transfer m³/h. */
export const tank = (r: { readonly level: readonly [number, number]; readonly celsius: number; readonly flow: number; readonly hazardous: boolean }): readonly Instrument[] => [
  level(['LT1', '液位（雷达）', 'level, radar'], r.level, { decimals: 2, alarms: [hi(88), hihi(93, r.hazardous ? 1 : 2), lo(10, 4), lolo(5, 3), rate(6, 3)] }),
  level(['LT2', '液位（伺服）', 'level, servo'], r.level, { decimals: 2, alarms: [hi(90, 4)] }),
  temperature(['TT1', '下部温度', 'lower temperature'], [r.celsius - 7, r.celsius + 6], { range: [-20, 80] }),
  temperature(['TT2', '中部温度', 'middle temperature'], [r.celsius - 7, r.celsius + 7], { range: [-20, 80], alarms: r.hazardous ? [hi(r.celsius + 16), hihi(r.celsius + 24)] : [] }),
  temperature(['TT3', '上部温度', 'upper temperature'], [r.celsius - 7, r.celsius + 9], { range: [-20, 80], alarms: r.hazardous ? [hi(r.celsius + 18, 4)] : [] }),
  temperature(['TT4', '罐顶温度', 'roof temperature'], [r.celsius - 8, r.celsius + 16], { range: [-20, 400], alarms: r.hazardous ? [hi(65), hihi(90, 1), rate(15, 2)] : [] }),
  smallPressure(['PT1', '气相压力', 'vapour-space pressure'], [0.4, 1.2], { range: [-1, 4], alarms: r.hazardous ? [hi(1.8), lo(-0.3)] : [] }),
  measured(['flow', 'm3/h', 1], ['FT1', '进料流量', 'inlet flow'], [0, r.flow], { alarms: [hi(r.flow * 1.25, 4)] }),
  measured(['flow', 'm3/h', 1], ['FT2', '出料流量', 'outlet flow'], [0, r.flow], { alarms: [hi(r.flow * 1.25, 4)] }),
  measured(['other', 'mm', 0], ['WLT', '罐底水位', 'water bottom'], [20, 90], { range: [0, 500], alarms: r.hazardous ? [hi(180, 4)] : [] }),
  state(['LSH', '高高液位开关', 'high-high level switch'], SWITCH, 0, [whenState(1, r.hazardous ? 2 : 3)]),
  state(['XV', '罐根阀', 'tank root valve'], VALVE, 1, [whenState(3, 3)]),
];

/** LPG sphere. */
export const sphere = (r: { readonly level: readonly [number, number]; readonly pressure: number; readonly flow: number }): readonly Instrument[] => [
  level(['LT1', '液位（雷达）', 'level, radar'], r.level, { decimals: 2, alarms: [hi(82), hihi(88, 1), lo(15, 4), lolo(8), rate(4)] }),
  level(['LT2', '液位（伺服）', 'level, servo'], r.level, { decimals: 2, alarms: [hi(84, 4)] }),
  pressure(['PT1', '顶部压力', 'top pressure'], [r.pressure * 0.85, r.pressure * 1.15], { alarms: [hi(r.pressure * 1.45), hihi(r.pressure * 1.7, 1), lo(r.pressure * 0.55, 4)] }),
  pressure(['PT2', '底部压力', 'bottom pressure'], [r.pressure * 0.9, r.pressure * 1.25]),
  temperature(['TT1', '下部温度', 'lower temperature'], [14, 29], { range: [-40, 80] }),
  temperature(['TT2', '上部温度', 'upper temperature'], [14, 31], { range: [-40, 80], alarms: [hi(42), hihi(48)] }),
  temperature(['TT3', '球壳温度', 'shell temperature'], [12, 40], { range: [-40, 400], alarms: [hi(60, 3), rate(15, 2)] }),
  measured(['flow', 'm3/h', 1], ['FT1', '进料流量', 'inlet flow'], [0, r.flow]),
  measured(['flow', 'm3/h', 1], ['FT2', '出料流量', 'outlet flow'], [0, r.flow], { alarms: [hi(r.flow * 1.25, 4)] }),
  pressure(['SPR', '喷淋水压', 'deluge water pressure'], [0.68, 0.82], { alarms: [lo(0.5)] }),
  state(['LSH', '高高液位开关', 'high-high level switch'], SWITCH, 0, [whenState(1, 2)]),
  state(['XV', '罐底紧急切断阀', 'bottom emergency shut-off valve'], VALVE, 1, [whenState(3, 2)]),
];

/** Pressure vessel (receiver, drum, separator). */
export const vessel = (r: { readonly level: readonly [number, number]; readonly pressure: number; readonly celsius: number; readonly flow: number; readonly critical?: boolean }): readonly Instrument[] => [
  level(['LT1', '液位', 'level'], r.level, { decimals: 2, alarms: [hi(above(r.level[1], 0.4)), ...(r.critical ? [hihi(above(r.level[1], 0.65), 2)] : []), ...(r.level[0] < 10 ? [] : [lo(r.level[0] * 0.65), ...(r.critical ? [lolo(r.level[0] * 0.4, 2)] : [])])] }),
  level(['LT2', '液位（冗余）', 'level, redundant'], r.level, { decimals: 2 }),
  pressure(['PT1', '压力', 'pressure'], [r.pressure * 0.88, r.pressure * 1.1], { alarms: [hi(r.pressure * 1.25), ...(r.critical ? [hihi(r.pressure * 1.4, 2), rate(r.pressure * 0.12, 2)] : []), lo(r.pressure * 0.65, 4)] }),
  temperature(['TT1', '温度', 'temperature'], [r.celsius - 6, r.celsius + 6], { range: [Math.min(-60, r.celsius - 40), Math.max(120, r.celsius + 60)], alarms: [hi(r.celsius + 16, 4)] }),
  flow(['FT1', '出口流量', 'outlet flow'], [r.flow * 0.7, r.flow * 1.1]),
  smallPressure(['PDT', '破沫网压差', 'demister differential pressure'], [0.8, 3], { range: [0, 20], alarms: [hi(8, 4)] }),
  state(['LSH', '高液位开关', 'high level switch'], SWITCH, 0, [whenState(1, 3)]),
];

/** Distillation, absorption or scrubbing column with its bottom and top temperature. */
export const column = (r: { readonly top: number; readonly bottom: number; readonly pressure: number; readonly flow: number; readonly product: readonly [string, string] }): readonly Instrument[] => {
  const at = (part: number) => r.top + (r.bottom - r.top) * part;
  const tray = (naming: Naming, celsius: number, alarms: readonly Limit[] = []) => temperature(naming, [celsius - 5, celsius + 5], { range: [-20, Math.max(120, r.bottom + 80)], alarms });
  return [
    tray(['TT1', '塔顶温度', 'top temperature'], at(0), [hi(at(0) + 12)]),
    tray(['TT2', '精馏段温度', 'rectifying section temperature'], at(0.3)),
    tray(['TT3', '灵敏板温度', 'control tray temperature'], at(0.55), [hi(at(0.55) + 12, 4), lo(at(0.55) - 12, 4)]),
    tray(['TT4', '提馏段温度', 'stripping section temperature'], at(0.8)),
    tray(['TT5', '塔釜温度', 'bottom temperature'], at(1), [hi(at(1) + 14), hihi(at(1) + 22)]),
    pressure(['PT1', '塔顶压力', 'top pressure'], [r.pressure * 0.9, r.pressure * 1.1], { alarms: [hi(r.pressure * 1.3), hihi(r.pressure * 1.5)] }),
    pressure(['PT2', '塔釜压力', 'bottom pressure'], [r.pressure * 1.05, r.pressure * 1.35]),
    smallPressure(['PDT', '全塔压差', 'column differential pressure'], [12, 24], { range: [0, 60], alarms: [hi(34)] }),
    level(['LT1', '塔釜液位', 'bottom level'], [42, 62], { alarms: [hi(80), lo(25), lolo(12, 3)] }),
    flow(['FT1', '进料流量', 'feed flow'], [r.flow * 0.85, r.flow * 1.1], { alarms: [lo(r.flow * 0.5, 4)] }),
    flow(['FT2', '回流流量', 'reflux flow'], [r.flow * 1.2, r.flow * 1.6]),
    flow(['FT3', '塔釜出料', 'bottom draw'], [r.flow * 0.35, r.flow * 0.55]),
    concentration(['AT1', r.product[0], r.product[1]], [99.5, 99.95], { range: [90, 100], alarms: [lo(99, 4)] }),
  ];
};

export const exchanger = (r: { readonly hot: readonly [number, number]; readonly cold: readonly [number, number]; readonly flow: number; readonly pressure: number }): readonly Instrument[] => {
  const side = (naming: Naming, celsius: number, alarms: readonly Limit[] = []) => temperature(naming, [celsius - 5, celsius + 5], { range: [Math.min(-60, celsius - 40), Math.max(120, celsius + 80)], alarms });
  return [
    side(['TT1', '热侧进温', 'hot side inlet'], r.hot[0]),
    side(['TT2', '热侧出温', 'hot side outlet'], r.hot[1], [hi(r.hot[1] + 14)]),
    side(['TT3', '冷侧进温', 'cold side inlet'], r.cold[0]),
    side(['TT4', '冷侧出温', 'cold side outlet'], r.cold[1], [hi(r.cold[1] + 16, 4)]),
    flow(['FT1', '冷侧流量', 'cold side flow'], [r.flow * 0.8, r.flow * 1.1]),
    pressure(['PT1', '热侧压力', 'hot side pressure'], [r.pressure * 0.9, r.pressure * 1.1], { alarms: [hi(r.pressure * 1.3, 4)] }),
    smallPressure(['PDT', '压差', 'differential pressure'], [15, 40], { range: [0, 160], alarms: [hi(70, 4)] }),
  ];
};

export const furnace = (r: { readonly outlet: number; readonly flow: number }): readonly Instrument[] => [
  ...([['TT1', '炉膛温度', 'firebox temperature', 620], ['TT2', '对流段温度', 'convection section temperature', 420], ['TT3', '排烟温度', 'stack temperature', 165], ['TT4', '炉管壁温A', 'tube skin temperature A', 440], ['TT5', '炉管壁温B', 'tube skin temperature B', 445]] as const).map(([suffix, zh, en, celsius]) =>
    temperature([suffix, zh, en], [celsius - 25, celsius + 25], { range: [0, 1200], alarms: suffix === 'TT4' || suffix === 'TT5' ? [hi(500), hihi(530)] : suffix === 'TT1' ? [hi(700)] : [] })),
  temperature(['TT6', '出口温度', 'outlet temperature'], [r.outlet - 6, r.outlet + 6], { range: [0, 600], alarms: [hi(r.outlet + 20), lo(r.outlet - 25, 4)] }),
  measured(['pressure', 'Pa', 0], ['PT1', '炉膛负压', 'firebox draught'], [-60, -25], { range: [-200, 100], alarms: [hi(-5)] }),
  pressure(['PT2', '燃料气压力', 'fuel gas pressure'], [0.09, 0.14], { range: [0, 0.4], alarms: [lo(0.05), lolo(0.03)] }),
  flow(['FT1', '进料流量', 'feed flow'], [r.flow * 0.85, r.flow * 1.08], { alarms: [lo(r.flow * 0.55)] }),
  flow(['FT2', '燃料气流量', 'fuel gas flow'], [480, 640], { decimals: 0 }),
  concentration(['AT1', '烟气氧含量', 'flue gas oxygen'], [2.5, 4.5], { range: [0, 21], alarms: [lo(1.5), hi(7, 4)] }),
  measured(['concentration', '[ppm]', 0], ['AT2', '烟气CO', 'flue gas carbon monoxide'], [10, 60], { range: [0, 1000], alarms: [hi(200)] }),
  state(['FLM', '主火焰', 'main flame'], FLAME, 1, [whenState(0, 2)]),
  state(['RUN', '运行状态', 'running state'], RUN, 1, [whenState(2, 2)]),
];

export const flareStack = (): readonly Instrument[] => [
  ...[1, 2, 3].map((n) => state([`FLM${n}`, `长明灯${n}`, `pilot ${n}`], FLAME, 1, [whenState(0, 2)])),
  flow(['FT1', '火炬气流量', 'flare gas flow'], [120, 420], { range: [0, 40_000], decimals: 0, alarms: [hi(8000)] }),
  temperature(['TT1', '火炬头温度', 'tip temperature'], [380, 560], { range: [0, 1200], alarms: [hi(850)] }),
  smallPressure(['PT1', '火炬气压力', 'flare header pressure'], [2, 9], { range: [0, 100], alarms: [hi(40)] }),
  flow(['FT2', '消烟蒸汽', 'smokeless steam'], [300, 700], { decimals: 0 }),
  concentration(['AT1', '火炬气氧含量', 'flare gas oxygen'], [0.05, 0.4], { range: [0, 10], alarms: [hi(1)] }),
];

export const reactor = (r: { readonly celsius: number; readonly pressure: number; readonly flow: number }): readonly Instrument[] => [
  ...[1, 2, 3, 4, 5, 6].map((n) => temperature([`TT${n}`, `床层温度${n}`, `bed temperature ${n}`], [r.celsius - 12 + n * 2, r.celsius + n * 2], { range: [0, r.celsius * 1.6 + 60], alarms: [hi(r.celsius + 28, 3), ...(n === 6 ? [hihi(r.celsius + 40), rate(6, 2)] : [])] })),
  pressure(['PT1', '压力', 'pressure'], [r.pressure * 0.93, r.pressure * 1.06], { alarms: [hi(r.pressure * 1.15), hihi(r.pressure * 1.25, 1)] }),
  smallPressure(['PDT', '床层压差', 'bed differential pressure'], [40, 80], { range: [0, 250], alarms: [hi(120, 4)] }),
  flow(['FT1', '进料流量', 'feed flow'], [r.flow * 0.85, r.flow * 1.1], { alarms: [lo(r.flow * 0.5)] }),
  concentration(['AT1', '转化率', 'conversion'], [94, 98], { range: [50, 100], alarms: [lo(88, 4)] }),
];

export const cylinderRack = (pressureMpa: number): readonly Instrument[] => [
  ...['A', 'B', 'C'].map((group, index) => pressure([`PT${index + 1}`, `${group}组压力`, `bank ${group} pressure`], [pressureMpa * 0.4, pressureMpa * 0.98], { range: [0, Math.ceil(pressureMpa * 1.5)], alarms: [hi(pressureMpa * 1.12), lo(pressureMpa * 0.15, 4)] })),
  temperature(['TT1', '环境温度', 'ambient temperature'], [8, 36], { range: [-20, 80], alarms: [hi(45, 3)] }),
  measured(['other', 'kg', 1], ['WT1', '存量', 'stock'], [pressureMpa * 8, pressureMpa * 24], { decimals: 1 }),
];

export const loadingArm = (rated: number): readonly Instrument[] => [
  measured(['flow', 'm3/h', 1], ['FT1', '装车流量', 'loading flow'], [0, rated], { alarms: [hi(rated * 1.2)] }),
  measured(['count', 'm3', 2], ['TOT', '本次累计', 'batch total'], [0, 32], { range: [0, 60] }),
  pressure(['PT1', '压力', 'pressure'], [0.05, 0.4], { range: [0, 1], alarms: [hi(0.6, 4)] }),
  temperature(['TT1', '温度', 'temperature'], [12, 32], { range: [-20, 80] }),
  state(['GND', '静电接地', 'earthing clamp'], CLAMP, 1, [whenState(2, 3)]),
  state(['OVF', '溢油保护', 'overfill protection'], SWITCH, 0, [whenState(1, 2)]),
  percent(['ZT', '控制阀开度', 'control valve position'], [0, 90]),
  state(['STA', '装车状态', 'loading state'], ARM, 0),
];

export const shutOffValve = (): readonly Instrument[] => [
  percent(['ZT', '阀位', 'position'], [98, 100]),
  state(['STA', '阀状态', 'valve state'], VALVE, 1, [whenState(3, 3)]),
  pressure(['PT1', '仪表风压力', 'actuator air pressure'], [0.46, 0.56], { range: [0, 1], alarms: [lo(0.38, 4)] }),
];

export const controlValve = (): readonly Instrument[] => [
  percent(['ZT', '阀位', 'position'], [30, 75]),
  percent(['CMD', '阀位指令', 'position command'], [30, 75]),
  pressure(['PT1', '仪表风压力', 'actuator air pressure'], [0.46, 0.56], { range: [0, 1], alarms: [lo(0.38, 4)] }),
];

export const panel = (amps: number, volts = 0.4): readonly Instrument[] => [
  measured(['power', 'kV', 3], ['VLT', '母线电压', 'busbar voltage'], [volts * 0.97, volts * 1.05], { range: [0, volts * 1.5], alarms: [lo(volts * 0.9), lolo(volts * 0.8), hi(volts * 1.1, 4)] }),
  current(['AMP', '进线电流', 'incomer current'], [amps * 0.55, amps * 0.85], { alarms: [hi(amps, 4)] }),
  power(['KW', '有功功率', 'active power'], [amps * volts * 0.9, amps * volts * 1.35]),
  measured(['other', '1', 3], ['PF', '功率因数', 'power factor'], [0.9, 0.97], { range: [0, 1], alarms: [lo(0.85, 4)] }),
  temperature(['TT1', '母线温度', 'busbar temperature'], [32, 52], { range: [0, 150], alarms: [hi(70), hihi(85)] }),
  measured(['current', 'mA', 0], ['GF', '剩余电流', 'residual current'], [20, 90], { range: [0, 1000], alarms: [hi(300, 4)] }),
  state(['BRK', '进线开关', 'incomer breaker'], BREAKER, 1, [whenState(2, 2)]),
  state(['UPS', '控制电源', 'control supply'], SWITCH, 0, [whenState(1, 3)]),
];

export const transformer = (): readonly Instrument[] => [
  current(['AMP', '低压侧电流', 'low side current'], [980, 1420], { decimals: 0, alarms: [hi(1700)] }),
  power(['KW', '有功功率', 'active power'], [5600, 8600], { decimals: 0 }),
  measured(['power', 'kV', 2], ['VLT', '低压侧电压', 'low side voltage'], [5.9, 6.2], { range: [0, 10], alarms: [lo(5.5), lolo(5.0, 2), hi(6.6, 4)] }),
  temperature(['TT1', '顶层油温', 'top oil temperature'], [48, 66], { range: [0, 150], alarms: [hi(80), hihi(90)] }),
  temperature(['TT2', '绕组温度', 'winding temperature'], [60, 82], { range: [0, 180], alarms: [hi(105)] }),
  level(['LT1', '油位', 'oil level'], [48, 70], { alarms: [lo(30, 4)] }),
  measured(['concentration', '[ppm]', 0], ['AT1', '油中氢气', 'hydrogen in oil'], [10, 45], { range: [0, 1000], alarms: [hi(150, 4)] }),
  state(['GAS', '瓦斯继电器', 'gas relay'], SWITCH, 0, [whenState(1, 2)]),
];

export const weatherMast = (): readonly Instrument[] => [
  measured(['weather', 'm/s', 1], ['WS', '风速', 'wind speed'], [1, 8], { range: [0, 60], alarms: [hi(17.2, 3)] }),
  measured(['weather', 'deg', 0], ['WD', '风向', 'wind direction'], [0, 360], { range: [0, 360] }),
  measured(['weather', 'Cel', 1], ['TT', '气温', 'air temperature'], [-12, 38], { range: [-40, 60] }),
  measured(['weather', '%', 0], ['RH', '相对湿度', 'relative humidity'], [30, 90], { range: [0, 100] }),
  measured(['weather', 'hPa', 1], ['PA', '气压', 'air pressure'], [995, 1030], { range: [870, 1080] }),
  measured(['weather', 'W/m2', 0], ['SR', '太阳辐射', 'solar radiation'], [0, 1000], { range: [0, 1400] }),
  measured(['weather', '%', 0], ['CC', '云量', 'cloud cover'], [0, 100], { range: [0, 100] }),
  measured(['weather', 'mm/h', 1], ['RN', '雨强', 'rain intensity'], [0, 10], { range: [0, 200] }),
];

export const hydrant = (): readonly Instrument[] => [pressure(['PT1', '消防水压力', 'fire water pressure'], [0.7, 0.85], { alarms: [lo(0.55, 4)] })];
export const fireMonitor = (): readonly Instrument[] => [pressure(['PT1', '消防水压力', 'fire water pressure'], [0.7, 0.85], { alarms: [lo(0.55, 4)] }), percent(['ZT', '电动阀开度', 'motor valve position'], [0, 1])];

/** Aeration, settling and similar open basins and plant packages. */
export const basin = (r: { readonly level: readonly [number, number]; readonly flow: number }): readonly Instrument[] => [
  level(['LT1', '液位', 'level'], r.level, { alarms: [hi(above(r.level[1], 0.5)), ...(r.level[0] < 10 ? [] : [lo(r.level[0] * 0.6, 4)])] }),
  flow(['FT1', '进水流量', 'inflow'], [r.flow * 0.7, r.flow * 1.15]),
  measured(['other', '[pH]', 2], ['AT1', 'pH值', 'pH'], [6.8, 8.2], { range: [0, 14], alarms: [hi(9, 4), lo(6, 4)] }),
  measured(['concentration', 'mg/L', 1], ['AT2', '化学需氧量', 'chemical oxygen demand'], [30, 180], { range: [0, 1000], alarms: [hi(350, 4)] }),
];
