import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { HazardRow } from '../../../src-shared/contract/index.ts';
import { useDesk, useNow, usePlant, useTable } from '../../link/index.ts';
import { Button, duration, moment, Panel, useLanguage, useText } from '../../ui/index.ts';
import { HazardStep } from './HazardStep.tsx';
import { hazardsInOrder, openHazards } from './model.ts';
import { ReportDialog } from './ReportDialog.tsx';
import './hazards.css';

const STATES = ['found', 'assigned', 'rectified', 'closed'] as const;

/** The life of hidden dangers as four columns: 发现 → 交办 → 整改 → 销号. `picture` shows a piece of evidence. */
export const HazardBoard = ({ selected, picture }: { readonly selected: string | null; readonly picture: ShowPicture }) => {
  const { t } = useTranslation();
  const hazards = useTable('hazards.hazards');
  const [reporting, setReporting] = useState(false);
  const open = openHazards(hazards);
  return (
    <div className="hazard-screen">
      <header className="screen-head">
        <h1>{t('hazards.title')}</h1>
        <span className="dim">{t('hazards.counts', { open: open.length, overdue: open.filter(({ overdue }) => overdue).length })}</span>
        <Button look="main" className="push" onClick={() => setReporting(true)}>
          <Plus size="1.1em" aria-hidden="true" />
          {t('hazards.report')}
        </Button>
      </header>
      <div className="hazard-board">
        {STATES.map((state) => {
          const rows = hazardsInOrder(hazards.filter((hazard) => hazard.state === state));
          return (
            <Panel key={state} fill title={t(`hazards.${state}`)} aside={<b>{rows.length}</b>}>
              <ul className="hazard-cards">
                {rows.map((row) => (
                  <HazardCard key={row.id} hazard={row} selected={row.id === selected} picture={picture} />
                ))}
              </ul>
              {rows.length === 0 && <p className="empty">{t('hazards.none')}</p>}
            </Panel>
          );
        })}
      </div>
      {reporting && <ReportDialog onClose={() => setReporting(false)} />}
    </div>
  );
};

type ShowPicture = (evidence: string, label: string) => ReactNode;

const HazardCard = ({ hazard, selected, picture }: { readonly hazard: HazardRow; readonly selected: boolean; readonly picture: ShowPicture }) => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const now = useNow(60_000);
  const desk = useDesk();
  const plant = usePlant();
  const { timeZone } = plant.model.site;
  const place = hazard.equipment ?? hazard.zone;
  return (
    <li className="hazard-card" data-selected={selected || undefined} data-hazard={hazard.id}>
      <button type="button" className="row-button hazard-open" aria-expanded={selected} onClick={() => desk.show('hazards', selected ? null : hazard.id)}>
        <span className="hazard-title">{text(hazard.title)}</span>
        <span className="caption dim row-gap">
          <span className="tag-word" data-strong={hazard.grade === 'major' || undefined}>
            {t(`hazards.grade.${hazard.grade}`)}
          </span>
          <span className="clip">{text(plant.nameOf(place))}</span>
        </span>
        <span className="caption dim">
          {hazard.source !== 'record' && <>{t('hazards.reportedBy', { who: hazard.reportedBy })} · </>}
          {t(`hazards.source.${hazard.source}`)} · {moment(hazard.reportedAt, timeZone, 'dateTime')}
        </span>
        {hazard.assignee !== null && (
          <span className="caption dim">
            {t('hazards.assignee')} {hazard.assignee}
          </span>
        )}
        {hazard.due !== null && hazard.state !== 'closed' && (
          <span className="caption" data-overdue={hazard.overdue || undefined}>
            {t('hazards.due')} {moment(hazard.due, timeZone, 'dateTime')} {hazard.overdue && `${t('hazards.overdue')} ${now > hazard.due ? duration(now - hazard.due, language) : ''}`}
          </span>
        )}
        {hazard.note !== '' && <span className="caption selectable">{hazard.note}</span>}
      </button>
      {selected && <HazardPictures hazard={hazard} picture={picture} />}
      {selected && hazard.state !== 'closed' && <HazardStep hazard={hazard} />}
    </li>
  );
};

/** What shows the hazard and what shows it mended, side by side, with what the comparison says. */
const HazardPictures = ({ hazard: { evidence, photo, comparison }, picture }: { readonly hazard: HazardRow; readonly picture: ShowPicture }) => {
  const { t } = useTranslation();
  const text = useText();
  if (evidence === null && photo === null) return null;
  return (
    <div className="hazard-pictures">
      {evidence !== null && picture(evidence, t('hazards.before'))}
      {photo !== null && picture(photo, t('hazards.after'))}
      {comparison !== null && (
        <p className="caption" data-verdict={comparison.verdict} data-testid="comparison">
          <strong>{t(`hazards.verdict.${comparison.verdict}`)}</strong> {text(comparison.reason)}
        </p>
      )}
    </div>
  );
};
