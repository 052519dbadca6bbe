import { useTranslation } from 'react-i18next';
import type { ZoneRisk } from '../../../src-shared/contract/index.ts';
import type { Target } from '../../link/index.ts';
import { useDesk, usePlant, useRow } from '../../link/index.ts';
import { Empty, GradeMark, number, Sparkline, useText } from '../../ui/index.ts';
import { sparkRange } from './model.ts';
import { ZoneForecastLines } from './ZoneForecastLines.tsx';
import './risk.css';

const FACTORS = ['people', 'machine', 'environment', 'management'] as const;
const TARGETS: Readonly<Record<ZoneRisk['causes'][number]['evidence'][number]['kind'], Target['kind'] | null>> = { tag: 'tag', alarm: 'alarm', equipment: 'equipment', person: 'person', camera: 'camera', permit: null, hazard: null, weather: 'tag', inspection: null };

/** Why a zone's index is what it is: four factors, causes with their points and evidence, the step that helps most. */
export const ZoneRiskDetail = ({ zone }: { readonly zone: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const risk = useRow('risk.zones', zone);
  const plant = usePlant();
  if (risk === undefined) return <Empty>{t('common.noData')}</Empty>;
  return (
    <div className="stack zone-risk">
      <div className="zone-head" data-grade-of={risk.grade}>
        <span className="zone-figure">{number(risk.index)}</span>
        <div className="stack" style={{ gap: '0.2rem' }}>
          <span className="row-gap">
            <GradeMark grade={risk.grade} word={t(`grade.${risk.grade}`)} />
            <span className="dim">{t(`trend.${risk.trend}`)}</span>
          </span>
          <span className="dim caption">
            {t('detail.static')} {t(`grade.${risk.staticGrade}`)} · {t('detail.inZone')} {risk.people}
          </span>
        </div>
        <div className="zone-head-line">
          <Sparkline values={risk.history} range={sparkRange(risk.history)} label={t('detail.trend')} />
        </div>
      </div>
      <div className="factor-bars" aria-label={t('detail.factors')}>
        {FACTORS.map((factor) => (
          <div key={factor} className="factor-bar">
            <span className="dim">{t(`factor.${factor}`)}</span>
            <div>
              <i style={{ width: `${String(Math.min(100, risk.factors[factor]))}%` }} />
            </div>
            <span className="number">{number(risk.factors[factor], 1)}</span>
          </div>
        ))}
      </div>
      {risk.advice !== null && (
        <div className="advice">
          <h4 className="dim">{t('detail.advice')}</h4>
          <p>
            {text(risk.advice.text)} <span className="dim">({t('detail.lowersBy', { points: number(risk.advice.lowersBy, 1) })})</span>
          </p>
        </div>
      )}
      <ZoneForecastLines zone={zone} />
      <h3 className="dim caption">{t('detail.causes')}</h3>
      <ol className="cause-list">
        {risk.causes.map((cause) => (
          <li key={`${cause.factor}/${cause.text.en}`}>
            <span className="cause-points">{number(cause.points, 1)}</span>
            <div>
              <p>{text(cause.text)}</p>
              <p className="cause-evidence">
                <span className="dim">{t(`factor.${cause.factor}`)}</span>
                {cause.evidence.map((evidence) => (
                  <Evidence key={`${evidence.kind}/${evidence.id}`} kind={evidence.kind} id={evidence.id} value={evidence.value} name={text(plant.nameOf(evidence.id))} />
                ))}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
};

const Evidence = ({ kind, id, value, name }: { readonly kind: ZoneRisk['causes'][number]['evidence'][number]['kind']; readonly id: string; readonly value: string; readonly name: string }) => {
  const desk = useDesk();
  const target = TARGETS[kind];
  const open = () => {
    if (kind === 'alarm') return desk.show('alarms', id);
    if (kind === 'permit') return desk.show('permits', id);
    if (kind === 'hazard') return desk.show('hazards', id);
    if (target !== null) desk.open({ kind: target, id });
  };
  return (
    <button type="button" className="evidence" onClick={open} title={id}>
      {name} {value}
    </button>
  );
};
