import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ALARM_SOUNDS } from '../../src-shared/contract/index.ts';
import { silentLog } from '../../src-shared/kernel/index.ts';
import { temporaryFolder } from '../testing/temporary.ts';
import { createSoundPlayer, waveOf, type PlayerProgram } from './soundPlayer.ts';

/** A program that appends what it was given to `heard` and ends with `code`. */
const program = (heard: string, code: number): PlayerProgram => ({ file: process.execPath, arguments: (sound) => ['-e', `require('fs').appendFileSync(${JSON.stringify(heard)}, process.argv[1] + ' ${String(code)}\\n'); process.exit(${String(code)})`, sound] });

it('plays by the first program that works and stays with it', async () => {
  using folder = temporaryFolder();
  const heard = folder.file('heard');
  const player = createSoundPlayer({ folder: folder.file('sounds'), log: silentLog, programs: [{ file: folder.file('none'), arguments: () => [] }, program(heard, 1), program(heard, 0)] });
  expect([await player.play(1), await player.play(3)]).toEqual([true, true]);
  expect(readFileSync(heard, 'utf8').trim().split('\n').map((line) => line.slice(line.lastIndexOf('alarm-')))).toEqual(['alarm-1.wav 1', 'alarm-1.wav 0', 'alarm-3.wav 0']);
});

it('says that nobody is heard where no program works', async () => {
  using folder = temporaryFolder();
  expect(await createSoundPlayer({ folder: folder.file('sounds'), log: silentLog, programs: [program(folder.file('heard'), 3)] }).play(2)).toBe(false);
  expect(await createSoundPlayer({ folder: folder.file('sounds'), log: silentLog, programs: [] }).play(2)).toBe(false);
  expect(existsSync(folder.file('sounds/alarm-2.wav'))).toBe(true);
});

it('tries again only after a while where none works', async () => {
  using folder = temporaryFolder();
  const heard = folder.file('heard');
  const player = createSoundPlayer({ folder: folder.file('sounds'), log: silentLog, programs: [program(heard, 3)] });
  expect([await player.play(1), await player.play(1), await player.play(1)]).toEqual([false, false, false]);
  expect(readFileSync(heard, 'utf8').trim().split('\n')).toHaveLength(1);
});

it('makes waves of the right length, loud and without clipping', () => {
  for (const sound of Object.values(ALARM_SOUNDS)) {
    const wave = waveOf(sound);
    const samples = new Int16Array(wave.buffer, wave.byteOffset + 44, (wave.length - 44) / 2);
    expect(samples.length / 22_050).toBeCloseTo(sound.pulses * (sound.pulseS + sound.gapS), 2);
    const peak = samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    expect(peak).toBeGreaterThan(12_000);
    expect(peak).toBeLessThan(32_767);
  }
});
