import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserClock, createBrowserIds, createLink, messagePortConnect, webSocketConnect } from '../link/index.ts';
import { baseFontPx, screenGeometry } from '../ui/index.ts';
import { App } from './App.tsx';
import { startFlash } from './flash.ts';
import { startLanguage } from './language.ts';
import { zh } from './texts/zh.ts';
import { startTheme } from './theme.ts';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/noto-sans-sc/wght.css';

/** Starts one page: theme, language, type size, link to the station, then the given view. */
export const startPage = async ({ view, wall }: { readonly view: ReactNode; readonly wall: boolean }): Promise<void> => {
  startTheme();
  startFlash();
  await startLanguage();
  const scale = () => {
    document.documentElement.style.fontSize = `${String(baseFontPx(screenGeometry({ search: location.search, width: innerWidth, height: innerHeight, wall })))}px`;
  };
  scale();
  window.addEventListener('resize', scale);
  // A page from a web server speaks WebSocket to it; a page of the desktop shell is handed a MessagePort.
  // A web server's address carries the key to its line; the shell's does not.
  const connect = new URLSearchParams(location.search).has('token') ? webSocketConnect(location.href) : messagePortConnect(window);
  const link = createLink({ name: wall ? 'wall' : 'operator', connect, clock: createBrowserClock(), ids: createBrowserIds() });
  // The words that must be readable when the station is gone cannot wait until they are needed to fetch their glyphs.
  void document.fonts.load('1rem "Noto Sans SC Variable"', JSON.stringify(zh));
  const root = document.getElementById('root');
  if (root === null) throw new Error('the page has no #root');
  createRoot(root).render(
    <StrictMode>
      <App link={link}>{view}</App>
    </StrictMode>,
  );
};
