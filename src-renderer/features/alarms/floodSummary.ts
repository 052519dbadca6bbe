import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import type { Clock, Text } from '../../../src-shared/kernel/index.ts';
import { playFloodCode, type Loudspeaker } from './sound.ts';
import { isShelved, isUnacknowledged, worstOf } from './model.ts';

/** In a flood nobody can read every line (screens.md rule 7): open alarms by priority and the worst one. */
export type FloodSummary = { readonly open: readonly [number, number, number, number]; readonly worst: Text | null };
export type FloodWords = { readonly flood: string; readonly priorities: readonly [string, string, string, string] };
export type SpokenBy = 'voice' | 'tones';

export const summariseFlood = (rows: readonly AlarmRow[]): FloodSummary => {
  const open = rows.filter((row) => isUnacknowledged(row) && !isShelved(row));
  const count = (priority: number) => open.filter((row) => row.priority === priority).length;
  return { open: [count(1), count(2), count(3), count(4)], worst: worstOf(open)?.message ?? null };
};

/** `报警泛滥，紧急 2，高 9，氨气浓度高高报` */
export const floodSentence = ({ open, worst }: FloodSummary, words: FloodWords, language: 'zh' | 'en'): string =>
  [words.flood, ...open.flatMap((count, index) => (count === 0 ? [] : [`${words.priorities[index] ?? ''} ${String(count)}`])), ...(worst === null ? [] : [worst[language]])].join(language === 'zh' ? '，' : ', ');

/** How long a voice may take to begin. */
const PATIENCE_MS = 2_000;

/** Says it by a voice that is on this machine, in the language asked for; by coded tones where there is none, or where it does not begin. Resolves to what was used. */
export const sayFlood = async (sentence: string, { language, open, speaker, clock }: { readonly language: 'zh' | 'en'; readonly open: FloodSummary['open']; readonly speaker: Loudspeaker; readonly clock: Clock }): Promise<SpokenBy> => {
  const voice = (await voices(clock)).find((each) => each.localService && each.lang.toLowerCase().startsWith(language));
  if (voice !== undefined && (await speak(sentence, { voice, clock }))) return 'voice';
  playFloodCode(speaker, open);
  return 'tones';
};

/** The voices of this machine; the browser may need a moment to find them. */
const voices = (clock: Clock): Promise<readonly SpeechSynthesisVoice[]> => {
  const known = speechSynthesis.getVoices();
  if (known.length > 0) return Promise.resolve(known);
  return new Promise((resolve) => {
    const answer = () => resolve(speechSynthesis.getVoices());
    speechSynthesis.addEventListener('voiceschanged', answer, { once: true });
    clock.after(1_000, answer);
  });
};

const speak = (sentence: string, { voice, clock }: { readonly voice: SpeechSynthesisVoice; readonly clock: Clock }): Promise<boolean> =>
  new Promise((resolve) => {
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.onstart = () => resolve(true);
    utterance.onerror = () => resolve(false);
    clock.after(PATIENCE_MS, () => resolve(false));
    speechSynthesis.speak(utterance);
  });
