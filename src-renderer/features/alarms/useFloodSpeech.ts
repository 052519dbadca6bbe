import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLink, useValue } from '../../link/index.ts';
import { useLanguage, useText } from '../../ui/index.ts';
import { isShelved, isUnacknowledged, worstOf } from './model.ts';

/**
 * In a flood nobody can read every line: one spoken summary when it begins, by a voice that is on this machine
 * (screens.md rule 7). Without such a voice the tones alone go on.
 */
export const useFloodSpeech = (): void => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const link = useLink();
  const flood = useValue('alarms.annunciator')?.flood ?? false;
  const speak = () => {
    const voice = speechSynthesis.getVoices().find((each) => each.localService && each.lang.startsWith(language));
    if (voice === undefined) return;
    const open = link.table('alarms.active').rows().filter((row) => isUnacknowledged(row) && !isShelved(row));
    const counts = ([1, 2, 3, 4] as const).flatMap((priority) => {
      const count = open.filter((row) => row.priority === priority).length;
      return count === 0 ? [] : [`${t(`priority.p${priority}`)} ${String(count)}`];
    });
    const worst = worstOf(open);
    const utterance = new SpeechSynthesisUtterance([t('banner.flood'), ...counts, worst === null ? '' : text(worst.message)].join(language === 'zh' ? ',' : ', '));
    utterance.voice = voice;
    utterance.lang = voice.lang;
    speechSynthesis.speak(utterance);
  };
  const newest = useRef(speak);
  useEffect(() => {
    newest.current = speak;
  });
  useEffect(() => {
    if (flood) newest.current();
  }, [flood]);
};
