import { useSyncExternalStore } from 'react';

export const THEMES = ['night', 'dusk', 'day'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'anlan.theme';
const listeners = new Set<() => void>();
const read = (): Theme => THEMES.find((theme) => theme === document.documentElement.dataset['theme']) ?? 'night';

/** Puts the kept theme (or the one of the page's address, `?theme=day`) on the page. */
export const startTheme = (): void => {
  const wanted = new URLSearchParams(location.search).get('theme') ?? localStorage.getItem(KEY);
  document.documentElement.dataset['theme'] = THEMES.find((theme) => theme === wanted) ?? 'night';
};

export const setTheme = (theme: Theme): void => {
  document.documentElement.dataset['theme'] = theme;
  localStorage.setItem(KEY, theme);
  for (const listener of listeners) listener();
};

export const useTheme = (): Theme =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, read);
