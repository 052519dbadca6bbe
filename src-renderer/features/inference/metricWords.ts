import type { Text } from '../../../src-shared/kernel/index.ts';

const words = (zh: string, en: string): Text => ({ zh, en });

/** What the figures of a model card mean; one without words here shows under its own name. */
const WORDS: Readonly<Record<string, Text>> = {
  outOfFoldRmse: words('折外 RMSE(步)', 'RMSE out of fold, steps'),
  outOfFoldMae: words('折外平均误差(步)', 'Mean error out of fold, steps'),
  outOfFoldBias: words('折外偏差(步)', 'Bias out of fold, steps'),
  outOfFoldRmseNear: words('临近失效 RMSE(步)', 'RMSE near failure, steps'),
  outOfFoldCoverage80: words('P10–P90 覆盖率', 'Coverage P10–P90'),
  outOfFoldCoverage80BelowCap: words('上限以下覆盖率', 'Coverage below the horizon'),
  outOfFoldWidth: words('P10–P90 宽度(步)', 'Width P10–P90, steps'),
  meanDetectionRate: words('平均检出率', 'Mean detection rate'),
  falseAlarmRate: words('误报率', 'False alarm rate'),
  falseAlarmRateNormal: words('正常段误报率', 'False alarm rate, normal run'),
  heldMinutes: words('留出的正常时长(分)', 'Normal minutes held out'),
  machines: words('设备数', 'machines'),
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

export const metricWord = (name: string): Text => WORDS[name] ?? words(name, name);
