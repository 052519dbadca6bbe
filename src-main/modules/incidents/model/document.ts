import type { IncidentEntry, IncidentRow } from '../../../../src-shared/contract/index.ts';
import type { Text, UtcMs } from '../../../../src-shared/kernel/index.ts';

/** Everything that goes into an exported record. */
export type IncidentRecord = {
  readonly plant: Text;
  readonly timeZone: string;
  readonly incident: IncidentRow;
  readonly entries: readonly { readonly entry: IncidentEntry; readonly link: { readonly sequence: number; readonly hash: string } | null }[];
  readonly exportedAt: UtcMs;
};

/** The record for printing and filing: one HTML document without any outside reference or script; everything in it is escaped. */
export const htmlDocument = ({ plant, timeZone, incident, entries, exportedAt }: IncidentRecord): string => {
  const time = (at: UtcMs) => siteTime(at, timeZone);
  const fact = (name: string, content: string) => `<tr><th>${name}</th><td>${content}</td></tr>`;
  const rows = entries.map(({ entry, link }) => {
    const facts = entry.data === '{}' ? '' : `<pre>${escapeHtml(entry.data)}</pre>`;
    const chained = link === null ? '未写盘 not yet on disk' : `#${link.sequence} ${link.hash.slice(0, 12)}`;
    return `<tr><td>${entry.sequence}</td><td>${time(entry.at)}</td><td>${bilingual(KINDS[entry.kind])}</td><td>${escapeHtml(entry.actor)}</td><td>${bilingual(entry.text)}${facts}</td><td><code>${chained}</code></td></tr>`;
  });
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(incident.title.zh)} · ${escapeHtml(incident.id)}</title>
<style>
body { font: 14px/1.5 system-ui, "Noto Sans SC", "Microsoft YaHei", sans-serif; color: #111; margin: 24px; }
h1 { font-size: 22px; margin: 0 0 4px; }
table { border-collapse: collapse; width: 100%; margin: 12px 0; }
th, td { border: 1px solid #999; padding: 4px 8px; text-align: left; vertical-align: top; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { background: #eee; white-space: nowrap; }
pre { margin: 4px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 12px; color: #444; }
.en { color: #555; }
@page { margin: 15mm; }
</style>
</head>
<body>
<h1>事件记录 <span class="en">Incident record</span></h1>
<table>
${fact('厂区 Plant', bilingual(plant))}
${fact('标题 Title', bilingual(incident.title))}
${fact('编号 Id', escapeHtml(incident.id))}
${fact('类别 Kind', bilingual(INCIDENT_KINDS[incident.kind]))}
${fact('区域 Zone', escapeHtml(incident.zone ?? '–'))}
${fact('发起 Opened', `${time(incident.openedAt)} · ${escapeHtml(incident.openedBy)}`)}
${fact('关闭 Closed', incident.closedAt === null ? '未关闭 still open' : time(incident.closedAt))}
${fact('结论 Conclusion', escapeHtml(incident.conclusion ?? '–'))}
${fact('导出 Exported', time(exportedAt))}
</table>
<table>
<thead><tr><th>#</th><th>时间 Time (${escapeHtml(timeZone)})</th><th>类型 Kind</th><th>人员 Who</th><th>内容 What</th><th>台账 Ledger</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</body>
</html>
`;
};

/** The same facts for machines; times in UTC ms. */
export const jsonDocument = ({ plant, timeZone, incident, entries, exportedAt }: IncidentRecord): string =>
  `${JSON.stringify({ format: 'anlan.incident/1', plant, timeZone, exportedAt, incident, entries: entries.map(({ entry, link }) => ({ ...entry, data: JSON.parse(entry.data) as unknown, ledger: link })) }, null, 2)}\n`;

export const escapeHtml = (content: string): string => content.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const bilingual = ({ zh, en }: Text): string => (zh === en ? escapeHtml(zh) : `${escapeHtml(zh)} <span class="en">${escapeHtml(en)}</span>`);

/** `2026-01-01 08:00:00 +08:00` */
const siteTime = (at: UtcMs, timeZone: string): string => {
  const parts = new Map(new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'longOffset' }).formatToParts(at).map(({ type, value }) => [type, value]));
  const offset = (parts.get('timeZoneName') ?? '').replace('GMT', '') || '+00:00';
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')} ${parts.get('hour')}:${parts.get('minute')}:${parts.get('second')} ${offset}`;
};

const INCIDENT_KINDS: Readonly<Record<IncidentRow['kind'], Text>> = {
  leak: { zh: '泄漏', en: 'Leak' },
  fire: { zh: '火灾', en: 'Fire' },
  explosion: { zh: '爆炸', en: 'Explosion' },
  injury: { zh: '人员伤害', en: 'Injury' },
  equipment: { zh: '设备', en: 'Equipment' },
  other: { zh: '其他', en: 'Other' },
};
const KINDS: Readonly<Record<IncidentEntry['kind'], Text>> = {
  opened: { zh: '发起', en: 'Opened' },
  alarm: { zh: '报警', en: 'Alarm' },
  value: { zh: '数值', en: 'Value' },
  people: { zh: '人员', en: 'People' },
  plume: { zh: '扩散', en: 'Plume' },
  route: { zh: '路线', en: 'Route' },
  order: { zh: '指令', en: 'Order' },
  note: { zh: '记录', en: 'Note' },
  closed: { zh: '关闭', en: 'Closed' },
};
