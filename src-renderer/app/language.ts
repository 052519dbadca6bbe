import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './texts/en.ts';
import { zh } from './texts/zh.ts';

const KEY = 'anlan.language';

/** Texts of the product are in the page: no loading, no fallback but zh-CN. `?lang=en` or the kept choice decides. */
export const startLanguage = async (): Promise<void> => {
  const wanted = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(KEY) ?? 'zh-CN';
  await i18next.use(initReactI18next).init({
    lng: wanted.startsWith('en') ? 'en-US' : 'zh-CN',
    fallbackLng: 'zh-CN',
    ns: ['anlan'],
    defaultNS: 'anlan',
    resources: { 'zh-CN': { anlan: zh }, 'en-US': { anlan: en } },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = i18next.language;
};

/** The language chosen last in any window of this machine: a page that nobody looks at follows. */
export const languageNow = (): 'zh' | 'en' => ((localStorage.getItem(KEY) ?? i18next.language).startsWith('en') ? 'en' : 'zh');

export const switchLanguage = async (): Promise<void> => {
  const next = i18next.language.startsWith('en') ? 'zh-CN' : 'en-US';
  await i18next.changeLanguage(next);
  localStorage.setItem(KEY, next);
  document.documentElement.lang = next;
};
