import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language, Text } from '../../src-shared/kernel/index.ts';

export const useLanguage = (): Language => (useTranslation().i18n.language.startsWith('en') ? 'en' : 'zh');

/** Picks the side of a bilingual text that the screen speaks. */
export const useText = (): ((text: Text) => string) => {
  const language = useLanguage();
  return useCallback((text: Text) => text[language], [language]);
};

/** An actor's id as a word: the station itself is `system`. */
export const useActorWord = (): ((actor: string) => string) => {
  const { t } = useTranslation();
  return useCallback((actor: string) => (actor === 'system' ? t('common.system') : actor), [t]);
};
