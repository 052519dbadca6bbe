import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { drawBinhai } from '../../../src-plant/model/binhai.ts';
import { createProcess } from '../../../src-plant/process/process.ts';
import { Scenario } from '../../../src-plant/scenario.ts';
import { Quality, SECOND } from '../../../src-shared/kernel/index.ts';
import { openAlarmDesk } from '../../testing/alarmDesk.ts';
import { buildBatch } from '../../testing/samples.ts';

const plant = drawBinhai();

/** The demonstration plant in `scenario`, its compressors' values judged second by second. `until` stops it early. */
const play = (scenario: string, { seconds, until = () => false }: { readonly seconds: number; readonly until?: (value: (tag: string) => number) => boolean }) => {
  const desk = openAlarmDesk((tiny) => Object.assign(tiny, structuredClone(plant)));
  const process = createProcess({ plant, scenario: Scenario.parse(parse(readFileSync(new URL(`../../../src-plant/scenarios/${scenario}.yaml`, import.meta.url), 'utf8'))), seed: 1 });
  const compressors = new Set(plant.equipment.filter(({ kind }) => kind === 'compressor').map(({ id }) => id));
  const watched = plant.tags.flatMap((tag, index) => (compressors.has(tag.equipment) ? [{ tag, index }] : []));
  const value = (id: string) => process.value[plant.tags.findIndex((tag) => tag.id === id)]!;
  for (let second = 0; second < seconds && !until(value); second += 1) {
    process.step(1);
    desk.alarms.evaluate(buildBatch(desk.clock.now(), ...watched.map(({ tag, index }): [number, number, number, number] => [desk.registry.tagIndex(tag.id)!, process.value[index]!, desk.clock.now(), Quality.good])));
    desk.pass(SECOND);
  }
  return { desk, process, value };
};

describe('the compressors of the demonstration plant', () => {
  it('raise nothing while they run, and nothing where one stands by without flow and oil pressure', () => {
    const { desk, value } = play('normal', { seconds: 60 });
    using _desk = desk;
    expect([value('HS-K-101B.RUN'), value('HS-K-101B.OPT')]).toEqual([0, 0]);
    expect(desk.raised).toEqual([]);
    expect(desk.states()).toEqual({ 'HS-K-101B.OPT/LO': 'suppressed', 'HS-K-101B.OPT/LOLO': 'suppressed' });
  });

  it('mark what came first when one fails on all that followed from it', () => {
    let after = 0;
    const { desk, value } = play('compressor-wear', { seconds: 420, until: (now) => now('CH-K-202B.RUN') === 2 && (after += 1) > 20 });
    using _desk = desk;
    expect(value('CH-K-202B.RUN')).toBe(2);
    const rows = desk.alarms.table.rows().filter(({ equipment, state }) => equipment === 'CH-K-202B' && state !== 'suppressed');
    const first = rows.toSorted((a, b) => a.raisedAt - b.raisedAt)[0]!;
    expect(first.tag).toMatch(/VIB|BT/);
    expect(new Set(rows.map(({ firstOut }) => firstOut))).toEqual(new Set([first.id]));
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['CH-K-202B.RUN/DISCRETE', 'CH-K-202B.OPT/LOLO', 'CH-K-202B.FT1/LO']));
  });
});
