import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../../../../src-shared/kernel/index.ts';
import { createDriftWatch, OUTPUT } from '../driftWatch.ts';
import type { RulCard } from '../card.ts';
import { failureAhead, runningDays, type Standing, type Stop } from './ahead.ts';
import { driftThreshold, stabilityIndex } from './drift.ts';
import { evaluationDocument, quarterOf, spanOf } from './evaluation.ts';
import { failureWithin } from './warning.ts';

const both = (words: string) => ({ zh: words, en: words });
const stop = (from: number, to: number): Stop => ({ title: both('stop'), from: from * DAY, to: to * DAY });
const standing = (priority: Standing['priority'], tag = 'VT-1'): Standing => ({ tag, priority, message: both('high') });
const LIFE = { p10: 4, p50: 7, p90: 12 };

describe('what is known of the days ahead', () => {
  it('counts planned stops once where they overlap, and only within the days asked', () => {
    expect(runningDays({ now: 0, stops: [] }, 7)).toBe(7);
    expect(runningDays({ now: 0, stops: [stop(1, 3), stop(2, 4), stop(2.5, 3)] }, 7)).toBeCloseTo(4, 9);
    expect(runningDays({ now: 0, stops: [stop(-2, 1), stop(6, 20)] }, 7)).toBeCloseTo(5, 9);
  });

  it('changes nothing without a plan or an alarm', () => {
    const { within, factors } = failureAhead(LIFE, { now: 0, stops: [], standing: [] });
    expect([within.d3, within.d7, within.d15]).toEqual([3, 7, 15].map((days) => expect.closeTo(failureWithin(LIFE, days), 12)));
    expect(factors).toEqual([]);
  });

  it('is bounded: hazard at most three times, one alarm a tag, monotone in days, within 0 and 1', () => {
    const anyStop = fc.record({ from: fc.double({ min: -5, max: 20, noNaN: true }), length: fc.double({ min: 0, max: 10, noNaN: true }) }).map(({ from, length }) => stop(from, from + length));
    const anyStanding = fc.record({ priority: fc.constantFrom(1, 2, 3, 4), tag: fc.constantFrom('a', 'b', 'c', 'd') }).map(({ priority, tag }) => standing(priority as Standing['priority'], tag));
    fc.assert(
      fc.property(fc.array(anyStop, { maxLength: 4 }), fc.array(anyStanding, { maxLength: 6 }), (stops, alarms) => {
        const plain = failureAhead(LIFE, { now: 0, stops, standing: [] }).within;
        const { within, factors } = failureAhead(LIFE, { now: 0, stops, standing: alarms });
        for (const days of ['d3', 'd7', 'd15'] as const) {
          expect(within[days]).toBeGreaterThanOrEqual(plain[days] - 1e-12);
          expect(within[days]).toBeLessThanOrEqual(1 - (1 - plain[days]) ** 3 + 1e-12);
        }
        expect(within.d3).toBeLessThanOrEqual(within.d7 + 1e-9);
        expect(within.d7).toBeLessThanOrEqual(within.d15 + 1e-9);
        expect(factors.filter(({ kind }) => kind === 'alarm').length).toBe(new Set(alarms.map(({ tag }) => tag)).size);
      }),
    );
  });
});

describe('drift in service', () => {
  const deciles = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const serving = { key: 'm@1', card: { input: { shape: ['batch', 1, 3] }, features: { sensors: ['a'] }, reference: { inputs: [deciles], output: deciles.map((each) => each / 10), draws: 1_000_000 }, kind: 'rul' } as unknown as RulCard };
  const watch = (value: (step: number) => number, machines: number) => {
    const drift = createDriftWatch();
    for (let step = 0; step < 720; step += 1) drift.see(serving, { draw: `K-${step % machines}`, inputs: [value(step)], output: (step % 10) / 10 + 0.05 });
    return drift;
  };

  it('asks more of a small fleet than of a large one, and nothing of fewer than five machines', () => {
    expect([4, 6, 60, 500].map((draws) => driftThreshold(draws, 1_000_000))).toEqual([Number.POSITIVE_INFINITY, expect.closeTo(4.65, 2), expect.closeTo(0.46, 2), 0.25]);
    // Few runs behind the reference leave it as uncertain as few machines do.
    expect(driftThreshold(500, 16)).toBeCloseTo(27.88 / 16 + 27.88 / 500, 6);
    expect(watch(() => 99, 4).measure(serving, 1)).toBeNull();
  });

  it('counts the newest steps in their bins as if it measured them all again, and leaves out what was not there', () => {
    const drift = createDriftWatch();
    const values = Array.from({ length: 1_500 }, (_each, step) => (step % 7 === 0 ? Number.NaN : (step * 7.3) % 11));
    values.forEach((value, step) => drift.see(serving, { draw: `K-${step % 6}`, inputs: [value], output: Number.NaN }));
    const features = new Map(drift.measure(serving, 1)!.features.map(({ name, index }) => [name, index]));
    expect(features.get('a')).toBeCloseTo(stabilityIndex(values.slice(-720), deciles), 9);
    expect(features.get(OUTPUT)).toBe(0);
  });

  it('names what moved and since when, keeps that moment, and is over when it is back', () => {
    const drift = watch(() => 99, 6);
    const [worst, other] = drift.measure(serving, 1_000)!.features;
    expect(worst).toMatchObject({ name: 'a', since: 1_000 });
    expect(other).toMatchObject({ name: OUTPUT, since: null });
    expect(drift.measure(serving, 2_000)?.features[0]?.since).toBe(1_000);
    for (let step = 0; step < 720; step += 1) drift.see(serving, { draw: `K-${step % 6}`, inputs: [(step % 10) + 0.5], output: (step % 10) / 10 + 0.05 });
    expect(drift.measure(serving, 3_000)?.features.every(({ since, index }) => since === null && index < 0.1)).toBe(true);
  });
});

describe('the quarterly evaluation', () => {
  it('made from files alone claims no model to be in service, and names a refused file', () => {
    const model = { version: '1', hash: '', purpose: both('life'), metrics: {}, training: {}, limits: [], forecasts: null, usage: null, drift: null };
    const page = evaluationDocument({ quarter: '2026Q4', plant: null, madeAt: 0, models: [{ ...model, id: 'a', state: 'ready', detail: null }, { ...model, id: 'b', state: 'refused', detail: both('wrong hash') }] });
    expect(page).not.toContain('in service</td>');
    expect(page).toContain('wrong hash');
    expect(page).toContain('Made from the files');
  });

  it('knows its quarter by UTC', () => {
    expect(quarterOf(Date.UTC(2026, 10, 24))).toBe('2026Q4');
    expect(spanOf('2026Q4')).toEqual({ from: Date.UTC(2026, 9, 1), to: Date.UTC(2027, 0, 1) });
    expect(quarterOf(spanOf('2026Q1').from - 1)).toBe('2025Q4');
  });

  it('shows forecasts, drift and limits of each model and lets nothing through unescaped', () => {
    const page = evaluationDocument({
      quarter: '2026Q4', plant: both('<b>'), madeAt: 0,
      models: [{
        id: 'rul-x', version: '1', hash: 'abc', state: 'ready', purpose: both('life'), detail: null, metrics: { rmse: 8.42949 }, training: { seed: 1 }, limits: [both('too low in the middle')],
        forecasts: { given: 5, open: 1, hits: 3, early: 1, late: 0, falseAlarms: 0, missed: 2, repaired: 0 }, usage: { runs: 7, lastMinute: 1, medianMs: 2.5, slowestMs: 9, dropped: 4 },
        drift: { threshold: 4.65, steps: 720, draws: 6, features: [{ name: 'flow', index: 5.5, since: 9 }] },
      }],
    });
    for (const part of ['75 %', 'flow 5.50', '4.65', 'too low in the middle', 'rmse 8.43', '漏报 Missed']) expect(page).toContain(part);
    expect(page).not.toContain('<b>');
    expect(page).toContain('在用 in service');
  });
});
