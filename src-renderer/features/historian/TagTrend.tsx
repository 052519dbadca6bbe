import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { HOUR } from '../../../src-shared/kernel/index.ts';
import type { Tag } from '../../../src-shared/plant/index.ts';
import { useDesk, useNow, usePlant, useQuery } from '../../link/index.ts';
import { Segmented, useText } from '../../ui/index.ts';
import { TrendChart } from '../../ui/TrendChart.tsx';

const SPANS = ['1', '8', '24', '168'] as const;
/** One bucket a pixel or two is as much as a panel shows. */
const BUCKETS = 360;

/** The span that shows a change: from a third before it began to now. */
const hoursSince = (since: number, now: number): number => Math.max(1, (1.33 * (now - since)) / HOUR);

/** The history of one tag with its limits, from `since` when that is given; follows the present, asking again as often as one bucket lasts (at least every 5 s). */
export const TagTrend = ({ tag: id, since = null, height }: { readonly tag: string; readonly since?: number | null; readonly height?: string }) => {
  const { t } = useTranslation();
  const now = useNow(60_000);
  const [span, setSpan] = useState<(typeof SPANS)[number] | 'change'>(since === null ? '1' : 'change');
  const plant = usePlant();
  const tag = plant.tag(id);
  const word = { 1: t('detail.hour'), 8: t('detail.shift'), 24: t('detail.day'), 168: t('detail.week') } as const;
  return (
    <div className="tag-trend">
      <div className="row-gap" style={{ justifyContent: 'space-between' }}>
        <span className="dim caption">{t('detail.trend')}</span>
        <Segmented label={t('detail.trend')} value={span} onChange={setSpan} choices={[...(since === null ? [] : [{ value: 'change' as const, label: t('detail.change') }]), ...SPANS.map((value) => ({ value, label: word[value] }))]} />
      </div>
      {tag !== undefined && <Chart tag={tag} hours={span === 'change' ? hoursSince(since ?? now, now) : Number(span)} height={height ?? '11rem'} />}
    </div>
  );
};

const Chart = ({ tag, hours, height }: { readonly tag: Tag; readonly hours: number; readonly height: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const { theme } = useDesk();
  const plant = usePlant();
  const step = Math.max(5_000, (hours * HOUR) / BUCKETS);
  const to = Math.ceil(useNow(step) / step) * step;
  const answer = useQuery('historian.trend', useMemo(() => ({ tags: [tag.id], from: to - hours * HOUR, to, buckets: BUCKETS }), [tag, to, hours]));
  const trend = answer.state === 'answered' ? answer.value[0] : undefined;
  const line = useMemo(() => (trend === undefined ? null : { label: text(tag.name), unit: tag.unit, decimals: tag.decimals, at: trend.at, mean: trend.mean, min: trend.min, max: trend.max }), [trend, tag, text]);
  const limits = useMemo(
    () => tag.alarms.filter(({ kind }) => kind !== 'RATE' && kind !== 'DISCRETE').map((alarm) => ({ value: alarm.limit, colour: `var(--p${String(alarm.priority)})`, label: `${String(alarm.priority)} ${t(`alarmKind.${alarm.kind}`)}` })),
    [tag, t],
  );
  if (answer.state === 'refused') return <p className="empty">{text(answer.refusal.text)}</p>;
  if (line === null || !line.mean.some(Number.isFinite)) return <p className="empty" style={{ height }}>{answer.state === 'asking' ? t('common.loading') : t('common.noData')}</p>;
  return <TrendChart line={line} limits={limits} normal={tag.normal} timeZone={plant.model.site.timeZone} theme={theme} height={height} />;
};
