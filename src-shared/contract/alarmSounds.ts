import type { AlarmPriority } from '../plant/index.ts';

/** Priority by pulse and pitch (screens.md rule 7): the more urgent, the faster, higher and more pulses. Seconds and hertz; a round is repeated every `everyS`. */
export type AlarmSound = { readonly pulses: number; readonly hertz: number; readonly pulseS: number; readonly gapS: number; readonly everyS: number };
export const ALARM_SOUNDS: Readonly<Record<AlarmPriority, AlarmSound>> = {
  1: { pulses: 3, hertz: 988, pulseS: 0.12, gapS: 0.08, everyS: 1 },
  2: { pulses: 2, hertz: 740, pulseS: 0.16, gapS: 0.12, everyS: 2 },
  3: { pulses: 1, hertz: 554, pulseS: 0.22, gapS: 0, everyS: 4 },
  4: { pulses: 1, hertz: 415, pulseS: 0.25, gapS: 0, everyS: 10 },
};
/** A drill sounds lower by a fifth, so that nobody takes it for the real thing. */
export const DRILL_PITCH = 2 / 3;
