import { BrowserWindow, screen } from 'electron';
import { createScope, disposable, type Clock, type Disposable, type Log } from '../../src-shared/kernel/index.ts';
import type { SiteFile } from '../../src-shared/plant/index.ts';
import { PAGE_ORIGIN } from './pages.ts';
import { placeWindows, type Placement, type Screen } from './placement.ts';
import { createRecovery } from './recovery.ts';

export type Display = SiteFile['displays'][number];
export type WindowsInput = {
  readonly displays: readonly Display[];
  readonly preload: string;
  /** Full screen without a way out, for a wall or an operator desk. */
  readonly kiosk: boolean;
  readonly developer: boolean;
  readonly clock: Clock;
  readonly log: Log;
};
type AllWindowsInput = WindowsInput & { /** The last of them was closed. */ onAllClosed(): void };

/** One window per display of the site file, kept on its monitor and alive. */
export type Windows = Disposable & {
  /** Brings the first to the front. */
  focus(): void;
  /** Resolves when the first page is on screen. */
  readonly shown: Promise<void>;
};

/** A page that does not answer for this long is restarted. */
const HANG_MS = 10_000;
const DESK: Display = { id: 'desk', screen: 'overview', viewingDistance: 0.7 };

export const openWindows = (input: AllWindowsInput): Windows => {
  const displays = input.displays.length > 0 ? input.displays : [DESK];
  const open = new Map<string, OwnWindow>();
  const { promise: shown, resolve: onShown } = Promise.withResolvers<void>();

  const onClosed = (display: string) => {
    open.delete(display);
    if (open.size === 0) input.onAllClosed();
  };
  const arrange = () => {
    const placements = placeWindows(displays.map(({ id }) => id), screens(), new Set(open.keys()));
    for (const placement of placements) {
      const known = open.get(placement.display);
      const display = displays.find(({ id }) => id === placement.display);
      if (known !== undefined) known.move(placement);
      else if (display !== undefined) open.set(display.id, openWindow({ ...input, display, placement, onShown, onClosed: () => onClosed(display.id) }));
    }
  };
  arrange();

  const events = ['display-added', 'display-removed', 'display-metrics-changed'] as const;
  for (const event of events) screen.on(event as 'display-added', arrange);
  return {
    shown,
    focus: () => open.values().next().value?.focus(),
    ...disposable(() => {
      for (const event of events) screen.off(event as 'display-added', arrange);
      for (const window of [...open.values()]) window[Symbol.dispose]();
    }),
  };
};

const screens = (): readonly Screen[] => {
  const primary = screen.getPrimaryDisplay().id;
  return screen.getAllDisplays().map(({ id, bounds }) => ({ id, bounds, primary: id === primary }));
};

type OwnWindow = Disposable & { move(placement: Placement): void; focus(): void };

type WindowInput = WindowsInput & { readonly display: Display; readonly placement: Placement; onShown(): void; onClosed(): void };

const openWindow = ({ display, placement, preload, kiosk, developer, clock, log, onShown, onClosed }: WindowInput): OwnWindow => {
  const window = new BrowserWindow({
    ...placement.bounds,
    kiosk,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#111518',
    title: 'Anlan 安澜',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: developer,
      // An alarm sounds without a click, and a covered display stays live.
      autoplayPolicy: 'no-user-gesture-required',
      backgroundThrottling: false,
    },
  });
  const scope = createScope();
  let at = placement;
  const load = () => {
    window.loadURL(pageOf(display)).catch((error: unknown) => {
      const waits = recovery.failed();
      if (waits !== null) log.error('a page did not load; it is tried again', { display: display.id, waits, error: String(error) });
    });
  };
  const recovery = scope.add(createRecovery(clock, load));

  let hang: Disposable | null = null;
  const stopWaiting = () => {
    hang?.[Symbol.dispose]();
    hang = null;
  };
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    stopWaiting();
    if (reason === 'clean-exit') return;
    const waits = recovery.failed();
    if (waits !== null) log.error('a page died; it is loaded again', { display: display.id, reason, exitCode, waits });
  });
  window.on('unresponsive', () => {
    hang ??= clock.after(HANG_MS, () => {
      log.error('a page does not answer; it is ended', { display: display.id });
      window.webContents.forcefullyCrashRenderer();
    });
  });
  window.on('responsive', stopWaiting);
  window.once('ready-to-show', () => {
    window.show();
    onShown();
  });
  window.on('closed', () => {
    stopWaiting();
    scope[Symbol.dispose]();
    onClosed();
  });
  load();

  return {
    move(to) {
      if (window.isDestroyed() || (to.screen === at.screen && to.rescued === at.rescued)) return;
      at = to;
      if (kiosk && to.rescued) window.setKiosk(false);
      window.setBounds(to.bounds);
      if (kiosk && !to.rescued) window.setKiosk(true);
    },
    focus() {
      if (window.isMinimized()) window.restore();
      window.focus();
    },
    [Symbol.dispose]() {
      if (!window.isDestroyed()) window.destroy();
    },
  };
};

/** The wall display has a page of its own; the others are routes of the operator's page. */
const pageOf = ({ id, screen: wanted, viewingDistance, role }: Display): string => {
  const page = new URL(wanted === 'wall' ? '/wall.html' : '/index.html', PAGE_ORIGIN);
  page.search = new URLSearchParams({ display: id, screen: wanted, distance: String(viewingDistance), ...(role === undefined ? {} : { role }) }).toString();
  return page.href;
};
