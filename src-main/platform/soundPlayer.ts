import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { ALARM_SOUNDS, type AlarmSound } from '../../src-shared/contract/index.ts';
import type { Log } from '../../src-shared/kernel/index.ts';
import type { AlarmPriority } from '../../src-shared/plant/index.ts';

/** A program of this machine that plays a sound file and ends with 0 when it has. */
export type PlayerProgram = { readonly file: string; arguments(sound: string): readonly string[] };

/** What each system brings or usually has, the likeliest first. */
const PROGRAMS: Readonly<Partial<Record<NodeJS.Platform, readonly PlayerProgram[]>>> = {
  linux: [
    { file: 'pw-play', arguments: (sound) => [sound] },
    { file: 'paplay', arguments: (sound) => [sound] },
    { file: 'aplay', arguments: (sound) => ['-q', sound] },
  ],
  darwin: [{ file: 'afplay', arguments: (sound) => [sound] }],
  win32: [{ file: 'powershell.exe', arguments: (sound) => ['-NoProfile', '-NonInteractive', '-Command', `(New-Object System.Media.SoundPlayer '${sound.replaceAll("'", "''")}').PlaySync()`] }],
};
/** A round is under a second; a program that takes longer hangs on a device that is not there. */
const LONGEST_MS = 4_000;
/** Where none works they are tried again after this: starting a program holds up a large process for ten milliseconds and more, and an alarm asks every second. */
const RETRY_MS = 5_000;

/**
 * Plays alarm sounds through a program of this machine, for when no client answers. The files are made once in `folder`. It learns which program
 * works; while none does it answers false and tries those that are installed again every 5 s. Never throws.
 */
export const createSoundPlayer = ({ folder, log, programs = PROGRAMS[process.platform] ?? [] }: { readonly folder: string; readonly log: Log; readonly programs?: readonly PlayerProgram[] }) => {
  let working: PlayerProgram | null = null;
  let isToldOf = false;
  let failedAt = Number.NEGATIVE_INFINITY;
  const run = (program: PlayerProgram, sound: string): Promise<boolean> => new Promise((resolve) => execFile(program.file, [...program.arguments(sound)], { timeout: LONGEST_MS, windowsHide: true }, (error) => resolve(error === null)));
  return {
    async play(priority: AlarmPriority): Promise<boolean> {
      if (performance.now() - failedAt < RETRY_MS) return false;
      try {
        const sound = join(folder, `alarm-${priority}.wav`);
        mkdirSync(folder, { recursive: true });
        writeFileSync(sound, waveOf(ALARM_SOUNDS[priority]));
        for (const program of working === null ? programs.filter(isInstalled) : [working]) {
          if (!(await run(program, sound))) continue;
          working = program;
          return true;
        }
        working = null;
        failedAt = performance.now();
      } catch (error) {
        log.warn('the sound of an alarm could not be written', { error: String(error) });
      }
      if (!isToldOf) log.warn('no program of this machine plays sound', { tried: programs.map(({ file }) => file).join(', ') });
      isToldOf = true;
      return false;
    },
  };
};

/** Looked for before it is started: trying to start what is not there costs as much as starting it. Windows has ways of its own to find a program. */
const isInstalled = ({ file }: PlayerProgram): boolean =>
  isAbsolute(file) ? existsSync(file) : process.platform === 'win32' || (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, file)));

const RATE = 22_050;

/** One round as a WAV file: 16 bit, mono. Each pulse is the tone and its octave, faded in and out over 10 and 30 ms so that it does not click. */
export const waveOf = ({ pulses, hertz, pulseS, gapS }: AlarmSound): Buffer => {
  const samples = new Int16Array(Math.ceil(pulses * (pulseS + gapS) * RATE));
  for (let pulse = 0; pulse < pulses; pulse += 1) {
    const start = Math.round(pulse * (pulseS + gapS) * RATE);
    for (let at = 0; at < pulseS * RATE; at += 1) {
      const time = at / RATE;
      const loudness = 0.5 * Math.min(1, time / 0.01, (pulseS - time) / 0.03);
      const turn = 2 * Math.PI * hertz * time;
      samples[start + at] = Math.round(32_767 * loudness * (0.7 * Math.sin(turn) + 0.3 * Math.sin(2 * turn)));
    }
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
};
