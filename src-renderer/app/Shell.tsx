import { Activity, BellRing, Boxes, Cctv, ClipboardCheck, Factory, FileClock, LayoutDashboard, ShieldAlert, Siren, type LucideIcon } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '../../src-shared/kernel/index.ts';
import { ActingProvider, DeskProvider, SCREENS, useActor, useDesk, useLink, useLinkStatus, useTable, type Acting, type Desk, type Place, type Screen } from '../link/index.ts';
import { AlarmBanner, useAlarmKeys } from '../features/alarms/index.ts';
import { activeEmergencies, EmergencyStrip } from '../features/emergency/index.ts';
import { SignInDialog } from '../features/security/index.ts';
import { StatusBar } from '../features/system/index.ts';
import { useHotkeys } from '../ui/index.ts';
import { BannerClock } from './BannerClock.tsx';
import { DetailPanel } from './DetailPanel.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { KeyHelp } from './KeyHelp.tsx';
import { switchLanguage } from './language.ts';
import { LinkLost } from './LinkLost.tsx';
import { ModelItem } from './ModelItem.tsx';
import { RealmFrame } from './RealmFrame.tsx';
import { Notices, type Notice } from './Notices.tsx';
import { hashOf, placeOf } from './place.ts';
import { ScreenOf } from './screens/ScreenOf.tsx';
import { setTheme, THEMES, useTheme } from './theme.ts';
import './shell.css';

const ICONS: Readonly<Record<Screen, LucideIcon>> = { overview: LayoutDashboard, alarms: BellRing, units: Factory, emergency: Siren, incidents: FileClock, hazards: ShieldAlert, permits: ClipboardCheck, diagnostics: Activity, model: Boxes, cameras: Cctv };

/** Screens answer to 1 to 9 and 0, as they stand. */
const keyOf = (index: number): string => String((index + 1) % 10);

/** The operator window: banner, navigation, one screen, detail beside it, status. */
export const Shell = () => {
  const desk = useWindowPlace();
  const { acting, dialog, notices, signIn } = useWhoActs();
  return (
    <DeskProvider value={desk}>
      <ActingProvider value={acting}>
        <Frame onSignIn={signIn}>
          {dialog}
          <Notices notices={notices} />
        </Frame>
      </ActingProvider>
    </DeskProvider>
  );
};

const Frame = ({ onSignIn, children }: { readonly onSignIn: () => void; readonly children: ReactNode }) => {
  const desk = useDesk();
  const lost = useLinkStatus().phase !== 'live';
  const actor = useActor();
  const link = useLink();
  const [help, setHelp] = useState(false);
  const alarmKeys = useAlarmKeys();
  const nextTheme = () => setTheme(THEMES[(THEMES.indexOf(desk.theme) + 1) % THEMES.length] ?? 'night');
  useHotkeys({
    ...alarmKeys.keys,
    ...Object.fromEntries(SCREENS.map((screen, index) => [keyOf(index), () => desk.show(screen)])),
    e: () => desk.show('emergency'),
    t: nextTheme,
    l: () => void switchLanguage(),
    u: () => (actor === null ? onSignIn() : void link.command('security.signOut', {})),
    Escape: () => desk.open(null),
    '?': () => setHelp(true),
  });
  return (
    <div className="shell" data-lost={lost || undefined}>
      <header className="banner">
        <AlarmBanner />
        <BannerClock />
      </header>
      <LinkLost />
      <EmergencyStrip />
      <div className="shell-body">
        <Navigation />
        <main className="shell-main" id="main">
          <ErrorBoundary key={desk.screen}>
            <ScreenOf screen={desk.screen} subject={desk.subject} />
          </ErrorBoundary>
          {desk.target !== null && (
            <ErrorBoundary key={`${desk.target.kind}/${desk.target.id}`}>
              <DetailPanel target={desk.target} />
            </ErrorBoundary>
          )}
        </main>
      </div>
      <StatusBar models={<ModelItem />} actions={{ onTheme: nextTheme, onLanguage: () => void switchLanguage(), onSignIn }} />
      <RealmFrame />
      <div id="dialogs" />
      {alarmKeys.dialog}
      {help && <KeyHelp onClose={() => setHelp(false)} />}
      {children}
    </div>
  );
};

const Navigation = () => {
  const { t } = useTranslation();
  const desk = useDesk();
  const alarms = useTable('alarms.active').filter(({ state }) => state === 'unacknowledged' || state === 'returned').length;
  const emergencies = activeEmergencies(useTable('emergency.emergencies')).length;
  const incidents = useTable('incidents.incidents').filter(({ state }) => state === 'open').length;
  const overdue = useTable('hazards.hazards').filter((hazard) => hazard.overdue).length;
  const counts: Readonly<Partial<Record<Screen, number>>> = { alarms, emergency: emergencies, incidents, hazards: overdue };
  return (
    <nav className="navigation">
      {SCREENS.map((screen, index) => {
        const Icon = ICONS[screen];
        const count = counts[screen] ?? 0;
        return (
          <button key={screen} type="button" aria-current={desk.screen === screen ? 'page' : undefined} onClick={() => desk.show(screen)} title={`${t(`nav.${screen}`)} (${keyOf(index)})`} data-screen={screen}>
            <Icon size="1.5em" aria-hidden="true" />
            <span>{t(`nav.${screen}`)}</span>
            {count > 0 && <b>{count > 99 ? '99+' : count}</b>}
          </button>
        );
      })}
    </nav>
  );
};

/** The place in the address: a reload shows the same. */
const useWindowPlace = (): Desk => {
  const theme = useTheme();
  const [located, setLocated] = useState(0);
  const [place, setPlace] = useState<Place>(() => placeOf(location.hash === '' ? `#/${new URLSearchParams(location.search).get('screen') ?? ''}` : location.hash));
  useEffect(() => {
    const onHash = () => setPlace(placeOf(location.hash));
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, []);
  const current = useRef(place);
  current.current = place;
  const go = useCallback((next: Place) => {
    current.current = next;
    setPlace(next);
    location.hash = hashOf(next);
  }, []);
  return useMemo(
    () => ({
      ...place,
      theme,
      show: (screen, subject = null) => go({ screen, subject, target: screen === current.current.screen ? current.current.target : null }),
      open: (target) => go({ ...current.current, target }),
      locate(target) {
        const { screen, subject } = current.current;
        go(screen === 'emergency' ? { screen, subject, target } : { screen: 'overview', subject: null, target });
        setLocated((count) => count + 1);
      },
      located,
    }),
    [place, theme, go, located],
  );
};

/** Asks who acts when a command needs it, and shows what was refused. */
const useWhoActs = (): { readonly acting: Acting; readonly dialog: ReactNode; readonly notices: readonly Notice[]; readonly signIn: () => void } => {
  const [asking, setAsking] = useState<{ readonly because: Refusal | null; readonly done: (signedIn: boolean) => void } | null>(null);
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const sequence = useRef(0);
  /** Who waits for the dialog that is open; whoever asks next takes its place, and the one before has no answer to hope for. */
  const waiting = useRef<((signedIn: boolean) => void) | null>(null);
  const ask = useCallback((because: Refusal | null, answer: (signedIn: boolean) => void) => {
    waiting.current?.(false);
    waiting.current = answer;
    setAsking({
      because,
      done(signedIn) {
        waiting.current = null;
        setAsking(null);
        answer(signedIn);
      },
    });
  }, []);
  const acting = useMemo<Acting>(
    () => ({
      identify: (because) => new Promise((resolve) => ask(because, resolve)),
      refused({ text }) {
        sequence.current += 1;
        const notice = { id: sequence.current, text };
        setNotices((now) => [...now.slice(-3), notice]);
        setTimeout(() => setNotices((now) => now.filter(({ id }) => id !== notice.id)), 8_000);
      },
    }),
    [ask],
  );
  const signIn = useCallback(() => ask(null, () => {}), [ask]);
  return { acting, notices, signIn, dialog: asking === null ? null : <SignInDialog because={asking.because} onDone={asking.done} /> };
};
