import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary.ts';
import { readTep, TEP_VARIABLES } from '../anomaly/tep.ts';
import { CMAPSS_SENSORS, fingerprint, readEngines, readLabels } from './cmapss.ts';
import { readFleet, FLEET_SENSORS } from './fleet.ts';

/** One C-MAPSS line: engine, cycle, three settings, s1…s21 with s[i] = base + i. */
const line = (engine: number, cycle: number, base: number) => [engine, cycle, 10, 0.25, 100, ...Array.from({ length: 21 }, (_each, index) => base + index + 1)].join(' ');

describe('C-MAPSS files', () => {
  it('give engines in file order with the fourteen customary sensors and the altitude, plain or gzipped', () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('train_FD001.txt.gz'), gzipSync([line(1, 1, 100), line(1, 2, 200), line(7, 1, 300)].map((each) => `${each}  \n`).join('')));
    const engines = readEngines(folder.path, 'train', 'FD001');
    expect(engines.map(({ id, cycles }) => [id, cycles])).toEqual([[1, 2], [7, 1]]);
    expect([...engines[0]!.history.sensors[CMAPSS_SENSORS.indexOf('s11')]!]).toEqual([111, 211]);
    expect([...engines[0]!.history.setting!]).toEqual([10, 10]);
  });

  it('tell an engine by what it measured, not by its number', () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('train_FD001.txt'), [line(1, 1, 100), line(2, 1, 100), line(3, 1, 101)].join('\n'));
    const [one, same, other] = readEngines(folder.path, 'train', 'FD001').map(fingerprint);
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it('are refused by file and line when a row is short, and labels may be absent', () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('test_FD001.txt'), `${line(1, 1, 1)}\n1 2 3\n`);
    expect(() => readEngines(folder.path, 'test', 'FD001')).toThrow('test_FD001.txt line 2: expected 26 numbers');
    expect(readLabels(folder.path, 'FD001')).toBeNull();
  });
});

describe('a fleet file', () => {
  const csv = (hours: number) => [['machine', 'hour', ...FLEET_SENSORS].join(','), ...Array.from({ length: hours }, (_each, hour) => [1, hour, ...FLEET_SENSORS.map(() => hour)].join(','))].join('\n');

  it('gives six-hour means that end with the failure, from new and from later beginnings', () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('fleet.csv'), csv(6 * 100 + 2));
    const [whole] = readFleet(folder.file('fleet.csv'), { fromNew: true });
    expect(whole!.cycles).toBe(100);
    expect([whole!.history.sensors[0]![0], whole!.history.sensors[0]!.at(-1)]).toEqual([2 + 2.5, 596 + 2.5]);
    const all = readFleet(folder.file('fleet.csv'));
    expect(all.length).toBeGreaterThan(2);
    expect(all.every((each) => each.history.sensors[0]!.at(-1) === 598.5)).toBe(true);
  });

  it('names the column that is missing', () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('fleet.csv'), 'machine,hour,flow\n1,0,3\n');
    expect(() => readFleet(folder.file('fleet.csv'))).toThrow('no column suctionPressure');
  });
});

describe('Tennessee Eastman files', () => {
  it('are turned where rows are variables', () => {
    using folder = temporaryFolder();
    const value = (variable: number, sample: number) => variable * 1_000 + sample;
    writeFileSync(folder.file('d00.dat'), TEP_VARIABLES.map((_name, variable) => Array.from({ length: 5 }, (_each, sample) => value(variable, sample)).join(' ')).join('\n'));
    writeFileSync(folder.file('d01_te.dat'), Array.from({ length: 5 }, (_each, sample) => TEP_VARIABLES.map((_name, variable) => value(variable, sample)).join('  ')).join('\n'));
    expect(readTep(folder.path, 'd00')).toEqual(readTep(folder.path, 'd01_te'));
    expect(readTep(folder.path, 'd00')[51]![4]).toBe(51_004);
  });

  it('are refused when they have another width', () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('d01_te.dat'), '1 2 3\n4 5 6\n');
    expect(() => readTep(folder.path, 'd01_te')).toThrow('d01_te.dat: 2 × 3 numbers, expected 52 a line');
  });
});
