import i18next from 'i18next';
import { createBrowserClock, createBrowserIds, createLink, messagePortConnect, webSocketConnect } from '../link/index.ts';
import { floodSentence, sayFlood, summariseFlood } from '../features/alarms/floodSummary.ts';
import { createVoice } from '../features/alarms/voice.ts';
import { languageNow, startLanguage } from './language.ts';

/**
 * The annunciator page: no screen, only sound. In the desktop shell it has a hidden window of its own, so that the sound outlives any window that people look
 * at. Opened from a web server it is one more page that sounds, for a room without a display. What it last did stands on its body, for the tests.
 */
export const startAnnunciator = async (): Promise<void> => {
  await startLanguage();
  const isOwn = !new URLSearchParams(location.search).has('token');
  const ids = createBrowserIds();
  const link = createLink({ name: 'annunciator', connect: isOwn ? messagePortConnect(window) : webSocketConnect(location.href), clock: createBrowserClock(), ids });
  const voice = createVoice(link, { kind: isOwn ? 'annunciator' : 'page', isBeside: false, id: ids.next('voice') });
  const show = () => (document.body.dataset['voice'] = voice.state());
  voice.onChange(show);
  show();
  link.status.subscribe(() => {
    if (link.status.get().phase === 'outdated') location.reload();
  });

  const annunciator = link.value('alarms.annunciator');
  const alarms = link.table('alarms.active');
  let flooded = false;
  annunciator.subscribe(() => {
    const flood = annunciator.get()?.flood ?? false;
    if (flood === flooded) return;
    flooded = flood;
    if (!flood) return;
    const summary = summariseFlood(alarms.rows());
    const language = languageNow();
    const t = i18next.getFixedT(language === 'en' ? 'en-US' : 'zh-CN');
    const sentence = floodSentence(summary, { flood: t('banner.flood'), priorities: [t('priority.p1'), t('priority.p2'), t('priority.p3'), t('priority.p4')] }, language);
    document.body.dataset['sentence'] = sentence;
    void sayFlood(sentence, { language, open: summary.open, speaker: voice.speaker, clock: link.clock }).then((by) => (document.body.dataset['spoke'] = by));
  });
};
