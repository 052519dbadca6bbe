import { useCallback, useEffect, useRef, useState } from 'react';
import { useLink, useValue } from '../../link/index.ts';
import { PATTERNS, playOnce } from './sound.ts';

export type AlarmSound = { readonly state: 'quiet' | 'sounding' | 'silenced' | 'blocked'; /** Allows sound after a browser blocked it; call it from a click or key. */ unlock(): void };

/**
 * Repeats the pulse of the highest unacknowledged priority until it is acknowledged or silenced. The station decides what
 * sounds; a new alarm ends the silence there. `blocked`: the browser wants a click before it lets a page sound.
 */
export const useAlarmSound = (): AlarmSound => {
  const { clock } = useLink();
  const annunciator = useValue('alarms.annunciator');
  const drill = useValue('system.status')?.realm === 'drill';
  const audio = useRef<AudioContext>(undefined);
  const [allowed, setAllowed] = useState(true);
  const sounding = annunciator?.sounding ?? null;
  const silenced = annunciator?.silenced ?? false;

  const unlock = useCallback(() => {
    const context = (audio.current ??= new AudioContext());
    void context.resume().then(() => setAllowed(context.state === 'running'));
  }, []);

  useEffect(() => {
    const onGesture = () => unlock();
    window.addEventListener('pointerdown', onGesture, { once: true });
    window.addEventListener('keydown', onGesture, { once: true });
    return () => {
      window.removeEventListener('pointerdown', onGesture);
      window.removeEventListener('keydown', onGesture);
    };
  }, [unlock]);

  useEffect(() => {
    if (sounding === null || silenced) return undefined;
    const round = () => {
      const context = (audio.current ??= new AudioContext());
      setAllowed(context.state === 'running');
      if (context.state === 'running') playOnce(context, sounding, drill);
      else void context.resume().then(() => setAllowed(context.state === 'running'));
    };
    round();
    const rounds = clock.every(PATTERNS[sounding].everyS * 1_000, round);
    return () => rounds[Symbol.dispose]();
  }, [clock, sounding, silenced, drill]);

  const state = sounding === null ? 'quiet' : silenced ? 'silenced' : allowed ? 'sounding' : 'blocked';
  return { state, unlock };
};
