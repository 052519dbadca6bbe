import { useTranslation } from 'react-i18next';
import { ConnectView, FeedTable } from '../../features/feeds/index.ts';
import { ModelsView } from '../../features/inference/index.ts';
import { LedgerPanel } from '../../features/ledger/index.ts';
import { FieldTrials, MajorHazards, Societal, VerificationTable } from '../../features/risk/index.ts';
import { FaultTable, StationPanel } from '../../features/system/index.ts';
import { useDesk, useTable } from '../../link/index.ts';
import { Panel, Segmented } from '../../ui/index.ts';
import './screens.css';

const PAGES = ['feeds', 'connect', 'models', 'risk', 'verification', 'ledger'] as const;

/** L4: can I trust what I see? */
export const DiagnosticsScreen = ({ selected }: { readonly selected: string | null }) => {
  const { t } = useTranslation();
  const desk = useDesk();
  const page = PAGES.find((each) => each === selected) ?? 'feeds';
  const active = useTable('system.faults').filter((fault) => fault.active).length;
  return (
    <div className="diagnostics-screen" data-testid="diagnostics">
      <header className="screen-head">
        <h1>{t('diagnostics.title')}</h1>
        <Segmented
          label={t('diagnostics.title')}
          value={page}
          onChange={(next) => desk.show('diagnostics', next)}
          choices={[
            { value: 'feeds', label: `${t('diagnostics.feeds')} · ${t('diagnostics.faults')} ${String(active)}` },
            { value: 'connect', label: t('connect.title') },
            { value: 'models', label: t('diagnostics.models') },
            { value: 'risk', label: t('diagnostics.riskCriteria') },
            { value: 'verification', label: t('verification.title') },
            { value: 'ledger', label: t('diagnostics.ledger') },
          ]}
        />
      </header>
      <div className="diagnostics-body" data-page={page}>
        {page === 'feeds' && (
          <>
            <Panel className="flush diagnostics-feeds" title={t('diagnostics.feeds')}>
              <FeedTable />
            </Panel>
            <Panel fill className="flush diagnostics-faults" title={t('diagnostics.faults')}>
              <FaultTable />
            </Panel>
            <Panel fill className="diagnostics-station" title={t('diagnostics.station')}>
              <StationPanel />
            </Panel>
          </>
        )}
        {page === 'connect' && <ConnectView />}
        {page === 'models' && (
          <ModelsView />
        )}
        {page === 'risk' && (
          <>
            <Panel fill title={t('societal.title')}>
              <Societal />
            </Panel>
            <Panel fill title={t('diagnostics.majorHazards')}>
              <MajorHazards />
            </Panel>
          </>
        )}
        {page === 'verification' && (
          <>
            <Panel fill title={t('trials.title')}>
              <FieldTrials />
            </Panel>
            <Panel fill title={t('verification.title')}>
              <VerificationTable />
            </Panel>
          </>
        )}
        {page === 'ledger' && (
          <Panel fill className="flush" title={t('diagnostics.ledger')}>
            <LedgerPanel />
          </Panel>
        )}
      </div>
    </div>
  );
};
