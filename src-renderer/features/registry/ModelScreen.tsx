import { useTranslation } from 'react-i18next';
import { useDesk, usePlant, useTable, useValue } from '../../link/index.ts';
import { moment, Segmented, useText } from '../../ui/index.ts';
import { BrowseView } from './BrowseView.tsx';
import { ChangesView } from './ChangesView.tsx';
import { isOpen } from './model.ts';
import { ReportView } from './ReportView.tsx';
import { VersionsView } from './VersionsView.tsx';
import { WalkwaysView } from './WalkwaysView.tsx';
import './registry.css';

const PAGES = ['browse', 'walkways', 'changes', 'versions', 'report'] as const;

/** The plant model: what is in it, what is to change, what has changed, what it lacks. */
export const ModelScreen = ({ selected }: { readonly selected: string | null }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const { model } = usePlant();
  const state = useValue('registry.state');
  const waiting = useTable('registry.changeSets').filter(isOpen).length;
  const page = PAGES.find((each) => each === selected) ?? 'browse';
  return (
    <div className="model-screen" data-testid="model-screen">
      <header className="screen-head">
        <h1>{t('registry.title')}</h1>
        <Segmented label={t('registry.title')} value={page} onChange={(next) => desk.show('model', next)} choices={PAGES.map((value) => ({ value, label: value === 'changes' && waiting > 0 ? `${t('registry.page.changes')} ${String(waiting)}` : t(`registry.page.${value}`) }))} />
        <span className="dim push">
          {text(model.name)} · {model.version}
          {state !== undefined && state.version > 0 && state.at !== null && ` · ${t('registry.version', { version: state.version })} · ${state.actor ?? ''} ${moment(state.at, model.site.timeZone, 'dateTime')}`}
        </span>
      </header>
      {state?.rebuilding === true && <p className="model-banner" role="status">{t('registry.rebuilding')}</p>}
      {state !== undefined && state.unfit !== null && <p className="model-banner" role="alert">✕ {text(state.unfit)}</p>}
      <div className="model-body">
        {page === 'browse' && <BrowseView onEdited={() => desk.show('model', 'changes')} />}
        {page === 'walkways' && <WalkwaysView onEdited={() => desk.show('model', 'changes')} />}
        {page === 'changes' && <ChangesView />}
        {page === 'versions' && <VersionsView />}
        {page === 'report' && <ReportView />}
      </div>
    </div>
  );
};
