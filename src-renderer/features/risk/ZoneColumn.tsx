import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, usePlant, useRow, useTable } from '../../link/index.ts';
import { GradeMark, number, Sparkline, useText } from '../../ui/index.ts';
import { sparkRange, zonesInOrder } from './model.ts';
import './risk.css';

const TREND_ICONS = { rising: ArrowUpRight, steady: ArrowRight, falling: ArrowDownRight } as const;

/** Every zone with its index, grade, trend, top cause and last hour; the gravest grades first, the plant's order within a grade. */
export const ZoneColumn = ({ limit }: { readonly limit?: number }) => {
  const plant = usePlant();
  const ids = zonesInOrder(plant.model.zones, useTable('risk.zones')).slice(0, limit);
  return (
    <ol className="zone-column" data-testid="zones">
      {ids.map((id) => (
        <ZoneRow key={id} id={id} />
      ))}
    </ol>
  );
};

const ZoneRow = memo(({ id }: { readonly id: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const zone = usePlant().zone(id);
  const risk = useRow('risk.zones', id);
  if (zone === undefined) return null;
  const Trend = TREND_ICONS[risk?.trend ?? 'steady'];
  const cause = risk?.causes[0];
  const selected = desk.target?.kind === 'zone' && desk.target.id === id;
  return (
    <li>
      <button type="button" className="row-button zone-row" data-brief={risk?.grade === 'low' || risk?.grade === 'general' || undefined} aria-pressed={selected} data-zone={id} data-grade-of={risk?.grade ?? zone.grade} onClick={() => desk.open(selected ? null : { kind: 'zone', id })}>
        <span className="zone-index">{risk === undefined ? '–' : number(risk.index)}</span>
        <span className="zone-name clip">{text(zone.name)}</span>
        <span className="zone-grade">
          {risk !== undefined && <Trend size="1.1em" aria-label={t(`trend.${risk.trend}`)} data-trend={risk.trend} />}
          <GradeMark grade={risk?.grade ?? zone.grade} word={t(`grade.${risk?.grade ?? zone.grade}`)} />
        </span>
        <span className="zone-cause clip dim">{cause === undefined ? t('overview.noCauses') : text(cause.text)}</span>
        <span className="zone-line">{risk !== undefined && <Sparkline values={risk.history} range={sparkRange(risk.history)} label={t('detail.trend')} />}</span>
      </button>
    </li>
  );
});
