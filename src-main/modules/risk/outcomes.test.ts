import { expect, test } from 'vitest';
import type { ForecastWarning, PermitRow } from '../../../src-shared/contract/index.ts';
import { DAY, HOUR } from '../../../src-shared/kernel/index.ts';
import { openSql } from '../../platform/sql.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import type { ZoneFacts } from './model/findings.ts';
import { createWarningOutcomes } from './outcomes.ts';
import { createWarningStore, riskMigrations } from './store.ts';

const both = (word: string) => ({ zh: word, en: word });
const facts = (now: number, rest: Partial<ZoneFacts> = {}): ZoneFacts => ({
  now, zone: { id: 'Z1', name: both('Z1'), grade: 'general', holdsFlammable: true, holdsToxic: false }, alarms: [], assets: [], blind: { detectors: [], others: [], tags: 0 }, weather: { windSpeed: 3, temperatureC: 20, rain: 0 },
  people: { count: 0, usual: 0, strained: [] }, unsupplied: [], permits: [], hazards: [], overdue: [], unqualified: [], cameras: [], ...rest,
});
const warning = (rest: Partial<ForecastWarning>): ForecastWarning => ({ id: 'work-P1', kind: 'work', basis: 'planned', equipment: null, zone: 'Z1', title: both('work'), since: 0, p10Days: 0.5, p50Days: 0.75, p90Days: 1, probability15: null, index: 25, grade: 'general', drivers: [], advice: both('care'), hitRate: null, ...rest });
const welding = { id: 'P1', kind: 'hot-work', level: 'special', title: both('welding'), zone: 'Z1', equipment: null, state: 'active', from: 0, to: DAY, people: [] } as unknown as PermitRow;

const bench = () => {
  const folder = temporaryFolder();
  const sql = openSql(folder.file('risk.db'), riskMigrations);
  const start = () => createWarningOutcomes(createWarningStore(sql));
  return { start, tally: (kind: ForecastWarning['kind']) => createWarningStore(sql).tally(kind), [Symbol.dispose]: () => [sql, folder].forEach((each) => each[Symbol.dispose]()) };
};

test('work that came as warned is a hit, work that did not a false warning, work called off is neither', () => {
  using station = bench();
  const outcomes = station.start();
  outcomes.observe([warning({}), warning({ id: 'work-P2' }), warning({ id: 'work-P3', zone: 'Z2' })], [facts(0)]);
  expect(outcomes.hitRate('work')).toBeNull();
  expect(station.tally('work')).toEqual({ hits: 0, false: 0, withdrawn: 0, open: 3 });
  // P2 is called off before its time; P1 begins; nothing happens in Z2.
  outcomes.observe([warning({}), warning({ id: 'work-P3', zone: 'Z2' })], [facts(HOUR)]);
  expect(station.tally('work')).toMatchObject({ withdrawn: 1, open: 2 });
  outcomes.observe([], [facts(13 * HOUR, { permits: [welding] })]);
  expect(station.tally('work')).toMatchObject({ hits: 1, open: 1 });
  outcomes.observe([], [facts(25 * HOUR)]);
  expect(station.tally('work')).toEqual({ hits: 1, false: 1, withdrawn: 1, open: 0 });
  expect(outcomes.hitRate('work')).toBe(0.5);
});

test('weather is judged in the middle of the time it was to last, and a restart forgets nothing', () => {
  using station = bench();
  const gale = warning({ id: 'weather-wind', kind: 'weather', p10Days: 0, p50Days: 0.5, p90Days: 1 });
  const storm = { windSpeed: 14, temperatureC: 20, rain: 0 };
  station.start().observe([gale], [facts(0, { weather: storm })]);
  const again = station.start();
  again.observe([gale], [facts(6 * HOUR, { weather: storm })]);
  expect(station.tally('weather')).toMatchObject({ hits: 0, open: 1 });
  again.observe([gale], [facts(12 * HOUR, { weather: storm })]);
  // Judged, and the next one of the same weather begins.
  expect(station.tally('weather')).toMatchObject({ hits: 1, open: 1 });
  again.observe([], [facts(25 * HOUR)]);
  expect(station.tally('weather')).toEqual({ hits: 1, false: 1, withdrawn: 0, open: 0 });
  expect(again.hitRate('weather')).toBe(0.5);
});
