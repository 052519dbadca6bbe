import { ALARM_SOUNDS, DRILL_PITCH } from '../../../src-shared/contract/index.ts';
import type { AlarmPriority } from '../../../src-shared/plant/index.ts';

/** Where the sounds of one page go, with an ear on it: what is measured is what leaves for the loudspeaker. */
export type Loudspeaker = { readonly context: AudioContext; /** Peak of the last 40 ms, 0 to 1. */ peak(): number; readonly output: AudioNode };

export const createLoudspeaker = (): Loudspeaker => {
  const context = new AudioContext();
  const ear = context.createAnalyser();
  ear.fftSize = 2_048;
  ear.connect(context.destination);
  const heard = new Float32Array(ear.fftSize);
  return {
    context,
    output: ear,
    peak() {
      ear.getFloatTimeDomainData(heard);
      return heard.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    },
  };
};

/** Schedules one round of a priority's sound; it is over within a second. */
export const playRound = (speaker: Loudspeaker, priority: AlarmPriority, drill: boolean): void => {
  const { pulses, hertz, pulseS, gapS } = ALARM_SOUNDS[priority];
  const start = speaker.context.currentTime + 0.02;
  for (let pulse = 0; pulse < pulses; pulse += 1) playPulse(speaker, { at: start + pulse * (pulseS + gapS), seconds: pulseS, from: hertz * (drill ? DRILL_PITCH : 1) });
};

/**
 * The flood summary where no voice speaks: a rising sweep twice, then for each priority with open alarms, the most urgent first, its pitch once for each
 * alarm, five times at most. Seconds until it is over.
 */
export const playFloodCode = (speaker: Loudspeaker, open: readonly [number, number, number, number]): number => {
  const start = speaker.context.currentTime + 0.02;
  let at = start;
  for (let sweep = 0; sweep < 2; sweep += 1) {
    playPulse(speaker, { at, seconds: 0.5, from: 400, to: 1_200 });
    at += 0.6;
  }
  for (const [index, count] of open.entries()) {
    if (count > 0) at += 0.4;
    for (let pulse = 0; pulse < Math.min(5, count); pulse += 1) {
      playPulse(speaker, { at, seconds: 0.14, from: ALARM_SOUNDS[(index + 1) as AlarmPriority].hertz });
      at += 0.24;
    }
  }
  return at - start;
};

/** One tone with its octave, faded in and out so that it does not click; gliding to another pitch when there is a `to`. */
const playPulse = ({ context, output }: Loudspeaker, { at, seconds, from, to = from }: { readonly at: number; readonly seconds: number; readonly from: number; readonly to?: number }): void => {
  const gain = context.createGain();
  gain.connect(output);
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.28, at + 0.01);
  gain.gain.setValueAtTime(0.28, at + seconds - 0.03);
  gain.gain.linearRampToValueAtTime(0, at + seconds);
  for (const [ratio, type] of [[1, 'triangle'], [2, 'sine']] as const) {
    const oscillator = context.createOscillator();
    oscillator.type = type;
    oscillator.frequency.setValueAtTime(from * ratio, at);
    oscillator.frequency.linearRampToValueAtTime(to * ratio, at + seconds);
    oscillator.connect(gain);
    oscillator.start(at);
    oscillator.stop(at + seconds);
  }
};
