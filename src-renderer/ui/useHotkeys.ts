import { useEffect, useRef } from 'react';

/** A key as `key` of the event, with `Alt+` or `Shift+` before it. Letters are lower case. */
export type Hotkeys = Readonly<Record<string, () => void>>;

export const keyName = (event: Pick<KeyboardEvent, 'key' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'code'>): string | null => {
  if (event.ctrlKey || event.metaKey) return null;
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? /^Digit(\d)$/.exec(event.code)?.[1];
  const key = letter ?? event.key;
  return `${event.altKey ? 'Alt+' : ''}${event.shiftKey && letter !== undefined ? 'Shift+' : ''}${key}`;
};

/** Keys that work everywhere in the window except while a person types. */
export const useHotkeys = (hotkeys: Hotkeys): void => {
  const current = useRef(hotkeys);
  useEffect(() => {
    current.current = hotkeys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const name = keyName(event);
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      if (name === null || event.repeat || (typing && !name.startsWith('Alt+'))) return;
      const run = current.current[name];
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
};
