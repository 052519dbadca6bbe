import type { AlarmPriority } from '../../../src-shared/plant/index.ts';

/** Priority by pulse and pitch (screens.md rule 7): higher is faster, higher and more pulses. Seconds and hertz. */
export type SoundPattern = { readonly pulses: number; readonly hertz: number; readonly pulseS: number; readonly gapS: number; readonly everyS: number };
export const PATTERNS: Readonly<Record<AlarmPriority, SoundPattern>> = {
  1: { pulses: 3, hertz: 988, pulseS: 0.12, gapS: 0.08, everyS: 1 },
  2: { pulses: 2, hertz: 740, pulseS: 0.16, gapS: 0.12, everyS: 2 },
  3: { pulses: 1, hertz: 554, pulseS: 0.22, gapS: 0, everyS: 4 },
  4: { pulses: 1, hertz: 415, pulseS: 0.25, gapS: 0, everyS: 10 },
};
/** A drill sounds lower by a fifth, so that nobody takes it for the real thing. */
const DRILL_FACTOR = 2 / 3;

/** Schedules one round of a pattern on an audio context; returns nothing to stop, a round is under a second. */
export const playOnce = (audio: AudioContext, priority: AlarmPriority, drill: boolean): void => {
  const { pulses, hertz, pulseS, gapS } = PATTERNS[priority];
  for (let pulse = 0; pulse < pulses; pulse += 1) {
    const start = audio.currentTime + 0.02 + pulse * (pulseS + gapS);
    const gain = audio.createGain();
    gain.connect(audio.destination);
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(0.28, start + 0.01);
    gain.gain.setValueAtTime(0.28, start + pulseS - 0.03);
    gain.gain.linearRampToValueAtTime(0, start + pulseS);
    for (const [ratio, type] of [[1, 'triangle'], [2, 'sine']] as const) {
      const oscillator = audio.createOscillator();
      oscillator.type = type;
      oscillator.frequency.value = hertz * ratio * (drill ? DRILL_FACTOR : 1);
      oscillator.connect(gain);
      oscillator.start(start);
      oscillator.stop(start + pulseS);
    }
  }
};
