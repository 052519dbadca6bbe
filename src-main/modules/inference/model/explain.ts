import { unitWord, type Text } from '../../../../src-shared/kernel/index.ts';
import type { Tag } from '../../../../src-shared/plant/index.ts';

/** What a sensor does that shortens the life, in engineering words: now against when the machine was new. */
export const driverText = (tag: Tag | undefined, latest: number, baseline: number): Text => {
  if (tag === undefined || !Number.isFinite(latest) || !Number.isFinite(baseline)) return { zh: '传感器偏离基线', en: 'A sensor left its baseline' };
  const up = latest >= baseline;
  const change = Math.abs(latest - baseline).toFixed(tag.decimals);
  const now = latest.toFixed(tag.decimals);
  return {
    zh: `${tag.name.zh} 比基线${up ? '升高' : '降低'} ${change} ${unitWord(tag.unit)}(现 ${now})`,
    en: `${tag.name.en} ${up ? 'rose' : 'fell'} by ${change} ${unitWord(tag.unit)} from its baseline (now ${now})`,
  };
};

/** What to plan, by the sensor that drives the prediction most. */
export const adviceFor = (sensor: string | null): Text => {
  if (sensor?.startsWith('vibration')) return { zh: '安排频谱分析并检查轴承与对中,备好轴承备件', en: 'Take a vibration spectrum, check bearings and alignment, and have bearings in stock' };
  if (sensor?.startsWith('bearing') || sensor?.startsWith('oil')) return { zh: '检查润滑油质与油路,安排更换轴承', en: 'Check oil quality and supply; plan the bearing change' };
  if (sensor?.startsWith('discharge')) return { zh: '检查排气阀与换热面结垢,安排清洗', en: 'Check discharge valves and fouling; plan cleaning' };
  if (sensor === 'flow' || sensor?.startsWith('suction')) return { zh: '检查进气过滤器与气阀泄漏', en: 'Check the suction filter and valve leakage' };
  return { zh: '安排停机检查窗口,降低负荷运行', en: 'Plan an inspection window and run at reduced load until then' };
};

/** How a process value stands to its mean in normal running. */
export const departureText = (tag: Tag, now: number, usual: number): Text => {
  const change = Math.abs(now - usual).toFixed(tag.decimals);
  return {
    zh: `${tag.name.zh} 比平常${now >= usual ? '高' : '低'} ${change} ${unitWord(tag.unit)}(现 ${now.toFixed(tag.decimals)})`,
    en: `${tag.name.en} is ${change} ${unitWord(tag.unit)} ${now >= usual ? 'above' : 'below'} its usual value (now ${now.toFixed(tag.decimals)})`,
  };
};
