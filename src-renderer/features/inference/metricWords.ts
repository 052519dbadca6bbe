import type { Text } from '../../../src-shared/kernel/index.ts';

const words = (zh: string, en: string): Text => ({ zh, en });

/** What the figures of a model card mean; one without words here shows under its own name. */
const WORDS: Readonly<Record<string, Text>> = {
  outOfFoldRmse: words('折外 RMSE(步)', 'RMSE out of fold, steps'),
  outOfFoldRmseNoRepair: words('折外 RMSE,未经修复的设备(步)', 'RMSE out of fold, engines never repaired, steps'),
  outOfFoldMae: words('折外平均误差(步)', 'Mean error out of fold, steps'),
  outOfFoldBias: words('折外偏差(步)', 'Bias out of fold, steps'),
  outOfFoldRmseNear: words('临近失效 RMSE(步)', 'RMSE near failure, steps'),
  outOfFoldCoverage80: words('P10–P90 覆盖率', 'Coverage P10–P90'),
  outOfFoldCoverage80BelowCap: words('上限以下覆盖率', 'Coverage below the horizon'),
  outOfFoldWidth: words('P10–P90 宽度(步)', 'Width P10–P90, steps'),
  validationWarnedInTime: words('验证机群及时预警率', 'Validation fleet, warned in time'),
  validationMissed: words('验证机群漏报率', 'Validation fleet, missed'),
  testWarnedInTime: words('测试机群及时预警率', 'Test fleet, warned in time'),
  testMedianLeadDays: words('测试机群预警提前中位(天)', 'Test fleet, median lead, days'),
  testMissed: words('测试机群漏报率', 'Test fleet, missed'),
  testFalseAlarmsPer100AssetDays: words('测试机群误报(每百台日)', 'Test fleet, false alarms per 100 asset-days'),
  testMachines: words('测试机群台数', 'Test fleet, machines'),
  testMaeDaysWithin20: words('失效前 20 天平均误差(天)', 'Mean error within 20 days of failure, days'),
  testCoverage80Within20Days: words('失效前 20 天覆盖率', 'Coverage within 20 days of failure'),
  meanDetectionRate: words('平均检出率', 'Mean detection rate'),
  falseAlarmRate: words('误报率', 'False alarm rate'),
  falseAlarmRateNormal: words('正常段误报率', 'False alarm rate, normal run'),
  heldMinutes: words('留出的正常时长(分)', 'Normal minutes held out'),
  machines: words('设备数', 'machines'),
  ownMachines: words('其中本子集', 'of them of this subset'),
  steps: words('步数', 'steps'),
  folds: words('折数', 'folds'),
  nets: words('网络数', 'nets'),
  epochs: words('轮数', 'epochs'),
  seed: words('种子', 'seed'),
  minutes: words('训练用时(分)', 'minutes of training'),
  runs: words('正常运行段', 'normal runs'),
  samples: words('样本', 'samples'),
  ridge: words('岭参数', 'ridge'),
  margin: words('限值裕度', 'margin of the limit'),
  blocks: words('分块', 'blocks'),
  quantile: words('限值分位', 'quantile of the limit'),
};

const SENSORS: Readonly<Record<string, Text>> = {
  output: words('模型输出', 'what the model says'),
  brightness: words('画面亮度', 'brightness'),
  contrast: words('画面对比度', 'contrast'),
  colour: words('画面色彩', 'colour'),
  sharpness: words('画面清晰度', 'sharpness'),
  suctionPressure: words('吸气压力', 'suction pressure'),
  dischargePressure: words('排气压力', 'discharge pressure'),
  suctionTemperature: words('吸气温度', 'suction temperature'),
  dischargeTemperature: words('排气温度', 'discharge temperature'),
  flow: words('流量', 'flow'),
  speed: words('转速', 'speed'),
  motorCurrent: words('电机电流', 'motor current'),
  vibrationDe: words('驱动端振动', 'vibration, drive end'),
  vibrationNde: words('非驱动端振动', 'vibration, free end'),
  bearingTemperatureDe: words('驱动端轴承温度', 'bearing temp., drive end'),
  bearingTemperatureNde: words('非驱动端轴承温度', 'bearing temp., free end'),
  oilPressure: words('油压', 'oil pressure'),
  oilTemperature: words('油温', 'oil temperature'),
};

/** An input of a model in words. */
export const sensorWord = (name: string): Text => SENSORS[name] ?? words(name, name);

export const metricWord = (name: string): Text => WORDS[name] ?? words(name, name);
