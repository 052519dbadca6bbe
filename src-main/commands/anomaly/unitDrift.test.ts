import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { drawBinhai } from '../../../src-plant/model/binhai.ts';
import { createProcess } from '../../../src-plant/process/process.ts';
import { Scenario } from '../../../src-plant/scenario.ts';
import type { EarlyWarning } from '../../../src-shared/contract/index.ts';
import { createTable, MINUTE, SECOND, type SampleBatch } from '../../../src-shared/kernel/index.ts';
import { createProcessWatch } from '../../modules/inference/index.ts';
import { createFaults } from '../../platform/faults.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';

const ROOT = join(import.meta.dirname, '../../..');
const plant = drawBinhai();
const STEP_S = 5;
/** Fouling begins after the first minute and is complete half an hour later. */
const DETECTED_WITHIN_MINUTES = 25;

/** An hour of a scenario before the shipped models; what the watch says each minute, and limits that were crossed, with the minute. */
const watchHour = (name: string, seed: number) => {
  const scenario = Scenario.parse(parse(readFileSync(join(ROOT, 'src-plant/scenarios', `${name}.yaml`), 'utf8')));
  const process = createProcess({ plant, scenario, seed });
  const clock = createFakeClock();
  const warnings = createTable<string, EarlyWarning>(({ id }) => id);
  using watch = createProcessWatch({ plant, modelsFolder: join(ROOT, 'models'), clock, faults: createFaults(clock), warnings });
  const anomalous = new Map<string, { readonly minute: number; readonly warning: EarlyWarning | undefined; readonly drivers: readonly string[] }>();
  const crossed = new Map<string, number>();
  const tags = plant.tags.map((_tag, index) => index);
  for (let second = STEP_S; second <= 3_600; second += STEP_S) {
    process.step(STEP_S);
    const at = clock.now();
    const batch: SampleBatch = { seenAt: at, tag: Uint32Array.from(tags), at: Float64Array.from(tags, () => at), value: process.value.slice(), quality: new Uint8Array(tags.length) };
    watch.apply(batch);
    clock.advance(STEP_S * SECOND);
    for (const [index, { id, alarms }] of plant.tags.entries()) {
      const value = process.value[index]!;
      for (const { kind, limit } of alarms) if (((kind === 'HI' || kind === 'HIHI') && value > limit) || ((kind === 'LO' || kind === 'LOLO') && value < limit)) crossed.set(`${id}/${kind}`, second / 60);
    }
    for (const { unit, state, drivers } of watch.units.rows()) if (state === 'anomalous' && !anomalous.has(unit)) anomalous.set(unit, { minute: second / 60, warning: warnings.get(`process/${unit}`), drivers: drivers.map(({ tag }) => tag) });
  }
  return { anomalous, crossed, units: watch.units.rows(), end: clock.now() };
};

describe('units of the demonstration plant before their shipped models', () => {
  it.each([1, 7])('sees a condenser foul before any limit is crossed, and names it (seed %i)', (seed) => {
    const { anomalous, crossed, units } = watchHour('unit-drift', seed);
    expect([...anomalous.keys()]).toEqual(['MR']);
    const { minute, warning, drivers } = anomalous.get('MR')!;
    expect(minute).toBeLessThanOrEqual(DETECTED_WITHIN_MINUTES);
    expect([...crossed].filter(([, crossedAt]) => crossedAt <= minute)).toEqual([]);
    // When it is told the exchanger comes first and both of its variables are named; at the end of the hour they lead.
    expect(drivers[0]).toMatch(/^MR-E-104\./);
    expect(drivers).toEqual(expect.arrayContaining(['MR-E-104.PDT', 'MR-E-104.TT2']));
    expect(units.find(({ unit }) => unit === 'MR')?.drivers.slice(0, 2).map(({ tag }) => tag)).toEqual(expect.arrayContaining(['MR-E-104.PDT', 'MR-E-104.TT2']));
    expect(warning).toMatchObject({ kind: 'process', zone: 'Z-MR', probability15: null });
    expect(warning?.drivers[0]?.en).toContain('above its usual value');
  });

  it('is silent through an hour of a normal day', () => {
    const { anomalous, units, end } = watchHour('normal', 1);
    expect([...anomalous]).toEqual([]);
    expect(Object.fromEntries(units.map(({ unit, state }) => [unit, state]))).toEqual({ AR: 'normal', AU: 'normal', CL: 'normal', HS: 'normal', MR: 'normal' });
    expect(units.every(({ at }) => end - at <= MINUTE)).toBe(true);
  });
});
