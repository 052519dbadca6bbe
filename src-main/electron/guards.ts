import type { App, Session, WebContents } from 'electron';
import type { Log } from '../../src-shared/kernel/index.ts';
import { PAGE_ORIGIN } from './pages.ts';

/** What a page of ours may ask of the browser; everything else is denied. */
const PERMITTED: ReadonlySet<string> = new Set(['fullscreen', 'clipboard-sanitized-write']);

export const isOurPage = (url: string): boolean => URL.canParse(url) && new URL(url).protocol === 'anlan:' && new URL(url).host === 'app';

/** Denies permissions, devices, every request that leaves our pages, and every download but what a page of ours made itself (an exported record): that one asks where to. */
export const guardSession = (session: Session, log: Log): void => {
  session.setPermissionRequestHandler((contents, permission, answer) => answer(PERMITTED.has(permission) && isOurPage(contents.getURL())));
  session.setPermissionCheckHandler((_contents, permission, origin) => PERMITTED.has(permission) && isOurPage(origin));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    if (item.getURL().startsWith(`blob:${PAGE_ORIGIN}/`)) return item.setSaveDialogOptions({ defaultPath: item.getFilename() });
    event.preventDefault();
    log.warn('a download was stopped', { url: item.getURL() });
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !/^(anlan|blob|data|devtools):/.test(details.url);
    if (cancel) log.warn('a request that leaves the pages was stopped', { url: details.url });
    answer({ cancel });
  });
};

/** Keeps every page, of any window, where it is: no navigation elsewhere, no new windows, no webviews. */
export const guardContents = (app: App, log: Log): void => {
  app.on('web-contents-created', (_event, contents) => guardOne(contents, log));
};

const guardOne = (contents: WebContents, log: Log) => {
  const stay = (event: { readonly url: string; preventDefault(): void }) => {
    if (isOurPage(event.url)) return;
    event.preventDefault();
    log.warn('a navigation away from the pages was stopped', { url: event.url, pages: PAGE_ORIGIN });
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log.warn('a new window was refused', { url });
    return { action: 'deny' };
  });
};
