import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createBrowserIds, useLink, useValue } from '../../link/index.ts';
import { useLanguage } from '../../ui/index.ts';
import { floodSentence, sayFlood, summariseFlood } from './floodSummary.ts';
import { createVoice, type Voice, type VoiceState } from './voice.ts';

export type AlarmSound = { readonly state: VoiceState; /** Allows sound after a browser blocked it; call it from a click or key. */ unlock(): void };

/** The voice of this page: sounds and speaks unless the annunciator of its own machine does. */
export const useAlarmSound = (): AlarmSound => {
  const link = useLink();
  const voice = useRef<Voice>(undefined);
  const [state, setState] = useState<VoiceState>('quiet');
  useEffect(() => {
    // A page of the desktop shell carries no key: it runs beside the shell's own annunciator.
    const own = createVoice(link, { kind: 'page', isBeside: !new URLSearchParams(location.search).has('token'), id: createBrowserIds().next('voice') });
    voice.current = own;
    const changes = own.onChange(() => setState(own.state()));
    setState(own.state());
    return () => {
      changes[Symbol.dispose]();
      own[Symbol.dispose]();
    };
  }, [link]);
  const unlock = useCallback(() => voice.current?.unlock(), []);
  useEffect(() => {
    window.addEventListener('pointerdown', unlock, { once: true });
    window.addEventListener('keydown', unlock, { once: true });
    return () => {
      window.removeEventListener('pointerdown', unlock);
      window.removeEventListener('keydown', unlock);
    };
  }, [unlock]);
  useFloodSpeech(voice, state);
  return useMemo(() => ({ state, unlock }), [state, unlock]);
};

/** One summary when a flood begins. */
const useFloodSpeech = (voice: { readonly current: Voice | undefined }, state: VoiceState): void => {
  const { t } = useTranslation();
  const language = useLanguage();
  const link = useLink();
  const flood = useValue('alarms.annunciator')?.flood ?? false;
  const say = () => {
    if (voice.current === undefined || state === 'beside') return;
    const summary = summariseFlood(link.table('alarms.active').rows());
    const words = { flood: t('banner.flood'), priorities: [t('priority.p1'), t('priority.p2'), t('priority.p3'), t('priority.p4')] } as const;
    void sayFlood(floodSentence(summary, words, language), { language, open: summary.open, speaker: voice.current.speaker, clock: link.clock });
  };
  const newest = useRef(say);
  useEffect(() => {
    newest.current = say;
  });
  useEffect(() => {
    if (flood) newest.current();
  }, [flood]);
};
