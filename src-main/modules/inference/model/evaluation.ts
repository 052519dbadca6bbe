import type { ForecastTally, ModelCard } from '../../../../src-shared/contract/index.ts';
import type { Text, UtcMs } from '../../../../src-shared/kernel/index.ts';

/** One model in the evaluation. `usage` and `drift` are those of the running station at the time of the report: null when it is made from the files alone. */
export type EvaluatedModel = Pick<ModelCard, 'id' | 'version' | 'hash' | 'state' | 'purpose' | 'detail' | 'metrics' | 'training' | 'limits'> & {
  readonly forecasts: ForecastTally | null;
  readonly usage: ModelCard['usage'] | null;
  readonly drift: ModelCard['drift'];
};
export type Evaluation = { readonly quarter: string; readonly plant: Text | null; readonly madeAt: UtcMs; readonly models: readonly EvaluatedModel[] };

/** The quarter by UTC that `at` lies in: `2026Q3`. */
export const quarterOf = (at: UtcMs): string => `${new Date(at).getUTCFullYear()}Q${Math.floor(new Date(at).getUTCMonth() / 3) + 1}`;

/** [from, to) of a quarter like `2026Q3`. */
export const spanOf = (quarter: string): { readonly from: UtcMs; readonly to: UtcMs } => {
  const [year, number] = quarter.split('Q').map(Number);
  return { from: Date.UTC(year!, 3 * number! - 3, 1), to: Date.UTC(year!, 3 * number!, 1) };
};

/** 每季度模型评估: one page to print and sign, without any outside reference or script; everything in it is escaped. */
export const evaluationDocument = ({ quarter, plant, madeAt, models }: Evaluation): string => {
  // Files alone do not tell which models serve: then only those are judged by their forecasts that gave or missed any.
  const inUse = models.filter(({ state, usage }) => state !== 'unused' && usage !== null);
  const forecasting = models.filter(({ forecasts, usage }) => forecasts !== null && (usage !== null || forecasts.given + forecasts.missed > 0));
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>模型季度评估 ${escape(quarter)}</title>
<style>
body { font: 13px/1.5 system-ui, "Noto Sans SC", "Microsoft YaHei", sans-serif; color: #111; margin: 24px; }
h1 { font-size: 21px; margin: 0 0 4px; }
h2 { font-size: 15px; margin: 18px 0 4px; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #999; padding: 3px 7px; text-align: left; vertical-align: top; }
td.n { text-align: right; white-space: nowrap; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { background: #eee; }
code { overflow-wrap: anywhere; font-size: 11px; }
.en { color: #555; }
.sign td { height: 38px; }
@page { size: A4 landscape; margin: 12mm; }
</style>
</head>
<body>
<h1>模型季度评估 ${escape(quarter)} <span class="en">Quarterly evaluation of models</span></h1>
<p>${plant === null ? '' : `${bilingual(plant)} · `}制表 Made: ${new Date(madeAt).toISOString().slice(0, 16).replace('T', ' ')} UTC · 季度按 UTC 划分 <span class="en">quarters by UTC</span></p>
<h2>一、预测的结果 <span class="en">1 What became of the forecasts given in the quarter</span></h2>
${table(['模型 Model', '发出 Given', '及时 In time (3–15 d)', '过早 Early (> 15 d)', '过晚 Late (< 3 d)', '未发生 Did not come true', '已检修 Repaired', '漏报 Missed', '待定 Open', '命中率 Hit rate'], forecasting.map(({ id, forecasts }) => [escape(id), ...tallied(forecasts!)]))}
<p class="en">命中率 = 及时 ÷ (及时 + 过早 + 过晚 + 未发生);已检修不计。Hit rate = in time ÷ (in time + early + late + did not come true); repaired machines count neither way.</p>
<h2>二、在用模型 <span class="en">2 Models in service at the time of this report</span></h2>
${inUse.length === 0 ? '<p>由文件生成;运行与漂移情况见站内报告。<span class="en">Made from the files; a running station knows runs and drift.</span></p>' : table(['模型 Model', '版本 Version', '状态 State', '调用 Runs', '中位耗时 Median, ms', '丢帧 Dropped', '漂移 Drift (PSI)', '限 Limit', '结论 Judged'], inUse.map(({ id, version, state, detail, usage, drift }) => [`${escape(id)}`, escape(version), `${STATES[state]}${detail === null ? '' : `<br>${bilingual(detail)}`}`, count(usage?.runs), usage?.medianMs?.toPrecision(2) ?? '–', count(usage?.dropped), ...drifted(drift)]))}
<h2>三、模型卡 <span class="en">3 What the cards say</span></h2>
${table(['模型 Model', '用途 Purpose', '训练 Training', '指标 Figures', '不足 Misses and limits', 'SHA-256'], models.map(({ id, version, purpose, training, metrics, limits, hash, state, detail }) => [`${escape(id)}<br>${escape(version)}${state === 'refused' ? `<br>${STATES.refused}${detail === null ? '' : `: ${bilingual(detail)}`}` : ''}`, bilingual(purpose), figures(training), figures(metrics), limits.map(bilingual).join('<br>') || '–', `<code>${escape(hash)}</code>`]))}
<h2>四、评估结论 <span class="en">4 Conclusion</span></h2>
<table class="sign"><tbody><tr><th>继续使用 / 重新训练 / 停用<br><span class="en">keep / train again / withdraw</span></th><td style="width:55%"></td></tr><tr><th>评估人 <span class="en">Evaluated by</span></th><td></td></tr><tr><th>审核人、日期 <span class="en">Checked by, date</span></th><td></td></tr></tbody></table>
</body>
</html>
`;
};

const STATES: Readonly<Record<ModelCard['state'], string>> = { ready: '在用 in service', refused: '拒绝 refused', loading: '载入中 loading', failed: '失败 failed', unused: '未用 not used' };
const tallied = ({ given, hits, early, late, falseAlarms, repaired, missed, open }: ForecastTally): string[] => {
  const settled = hits + early + late + falseAlarms;
  return [...[given, hits, early, late, falseAlarms, repaired, missed, open].map(count), settled === 0 ? '–' : `${((100 * hits) / settled).toFixed(0)} %`];
};
const drifted = (drift: ModelCard['drift']): string[] => {
  const [most] = drift?.features ?? [];
  if (drift === null || most === undefined) return ['–', '–', '–'];
  const moved = drift.features.filter(({ since }) => since !== null);
  return [`${escape(most.name)} ${most.index.toFixed(2)}`, drift.threshold.toFixed(2), moved.length === 0 ? '稳定 steady' : `漂移 moved: ${moved.map(({ name }) => escape(name)).join(', ')}`];
};
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0 ? '<p>无 None</p>' : `<table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${rows.map((cells) => `<tr>${cells.map((cell) => `<td${/^\d+(\.\d+)?( %)?$/.test(cell) ? ' class="n"' : ''}>${cell}</td>`).join('')}</tr>`).join('')}</tbody></table>`;
const count = (value: number | undefined): string => (value === undefined ? '–' : String(value));
const figures = (values: Readonly<Record<string, number>>): string => Object.entries(values).map(([name, value]) => `${escape(name)} ${Number(value.toPrecision(3))}`).join('<br>') || '–';
const bilingual = ({ zh, en }: Text): string => `${escape(zh)} <span class="en">${escape(en)}</span>`;
const escape = (content: string): string => content.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
