import { Languages, LogOut, Moon, Sun, SunDim, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useActor, useCommand, useDesk, useTable, useValue } from '../../link/index.ts';
import { bytes, number } from '../../ui/index.ts';
import './system.css';

type Actions = { readonly onTheme: () => void; readonly onLanguage: () => void; readonly onSignIn: () => void };
const THEME_ICONS = { night: Moon, dusk: SunDim, day: Sun } as const;

/** Can I trust what I see? Feeds, age of the oldest value, history, ledger, disk, lag; and who acts. */
export const StatusBar = ({ actions, models }: { readonly actions: Actions | null; readonly models: ReactNode }) => {
  const { t } = useTranslation();
  const desk = useDesk();
  const status = useValue('system.status');
  const feeds = useTable('feeds.feeds');
  const faults = useTable('system.faults').filter(({ active, severity }) => active && severity !== 'info');
  const live = feeds.filter(({ state }) => state === 'live').length;
  return (
    <footer className="status-bar" data-testid="status">
      <button type="button" className="status-facts" onClick={() => desk.show('diagnostics')}>
        <Item label={t('status.feeds')} wrong={live < feeds.length}>
          {t('status.live', { live, all: feeds.length })}
        </Item>
        {status !== undefined && (
          <>
            <Item label={t('status.oldest')} wrong={status.staleTags > 0}>
              {number(status.oldestValueS, 1)} s{status.staleTags > 0 && ` · ${t('status.stale', { count: status.staleTags })}`}
            </Item>
            <Item label={t('status.history')} wrong={status.historyLagMs > 5_000}>
              {number(status.historyLagMs)} ms
            </Item>
            <Item label={t('status.ledger')} wrong={!status.ledger.healthy}>
              {status.ledger.healthy ? t('status.entries', { count: status.ledger.entries }) : t('status.broken')}
            </Item>
          </>
        )}
        {models}
        {status !== undefined && (
          <>
            <Item label={t('status.disk')} wrong={status.diskFreeBytes < 2e9}>
              {bytes(status.diskFreeBytes)}
            </Item>
            <Item label={t('status.latency')} wrong={status.latencyMs.p95 > 500}>
              {number(status.latencyMs.p95)} ms
            </Item>
            <Item label={t('status.clients')} wrong={false}>
              {status.clients}
              {status.dropped > 0 && ` · ${t('status.dropped', { count: status.dropped })}`}
            </Item>
          </>
        )}
        {faults.length > 0 && (
          <Item label={t('diagnostics.faults')} wrong>
            {faults.length}
          </Item>
        )}
      </button>
      {actions !== null && <Controls actions={actions} />}
    </footer>
  );
};

/** One fact of the status bar; a wrong one is underlined, not only coloured. */
export const StatusItem = ({ label, wrong, children }: { readonly label: string; readonly wrong: boolean; readonly children: ReactNode }) => (
  <span className="status-item" data-wrong={wrong || undefined}>
    <span className="dim">{label}</span> {children}
  </span>
);
const Item = StatusItem;

const Controls = ({ actions }: { readonly actions: Actions }) => {
  const { t } = useTranslation();
  const { theme } = useDesk();
  const actor = useActor();
  const signOut = useCommand('security.signOut');
  const ThemeIcon = THEME_ICONS[theme];
  return (
    <div className="status-controls">
      <button type="button" className="status-button" onClick={actions.onTheme} title={`${t('theme.switch')} (T)`}>
        <ThemeIcon size="1.1em" aria-hidden="true" /> {t(`theme.${theme}`)}
      </button>
      <button type="button" className="status-button" onClick={actions.onLanguage} title="L" data-testid="language">
        <Languages size="1.1em" aria-hidden="true" /> {t('language.switch')}
      </button>
      {actor === null ? (
        <button type="button" className="status-button" onClick={actions.onSignIn} data-testid="who">
          <UserRound size="1.1em" aria-hidden="true" /> {t('status.notSigned')} · {t('status.readOnly')}
        </button>
      ) : (
        <>
          <span className="status-who" data-testid="who">
            <UserRound size="1.1em" aria-hidden="true" /> {actor.name} · {t(`role.${actor.role}` as 'role.operator', { defaultValue: actor.role })}
          </span>
          <button type="button" className="status-button" onClick={() => void signOut({})} title={t('status.signOut')} aria-label={t('status.signOut')}>
            <LogOut size="1.1em" aria-hidden="true" />
          </button>
        </>
      )}
    </div>
  );
};
