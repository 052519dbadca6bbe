import { describe, expect, it } from 'vitest';
import { MINUTE, Quality, SECOND, unwrap } from '../../../src-shared/kernel/index.ts';
import { openAlarmDesk as open } from '../../testing/alarmDesk.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { createRegistry } from '../registry/index.ts';
import { replay, type History } from './model/replay.ts';

const OPERATOR = { id: 'op', name: '王强', role: 'operator' };

describe('performance', () => {
  it('counts what the journal holds since it began, and what stands now', async () => {
    using place = open();
    place.pass(5 * MINUTE);
    place.sample('PT-101', 1.6);
    place.sample('PT-101', 1.0);
    place.sample('VT-201', 8);
    place.pass(7 * SECOND);
    const seen = await place.alarms.performance({ from: 0, to: place.clock.now() + MINUTE });
    expect(seen).toMatchObject({ to: place.clock.now(), raised: 2, fleeting: 1, standing: 1, stale: 0, byPriority: [0, 1, 1, 0] });
    expect(seen.from).toBe(place.clock.now() - 7 * SECOND);
    expect(seen.top[0]).toEqual({ alarm: 'PT-101/HI', message: { zh: '氨罐压力 高报', en: 'Tank pressure high' }, priority: 2, raised: 1, chattering: false, fleeting: 1 });
    place.clock.advance(25 * 60 * MINUTE);
    expect(await place.alarms.performance({ from: place.clock.now() - MINUTE, to: place.clock.now() })).toMatchObject({ raised: 0, stale: 1 });
  });

  it('reads a long journal page by page, each event once', async () => {
    using place = open();
    place.sql.transaction(() => {
      for (let sequence = 1; sequence <= 12_001; sequence += 1) place.sql.run("INSERT INTO alarm_event VALUES (?, 'X/HI', ?, 'raised', 4, 1, NULL, NULL, '', '', 0)", sequence, place.clock.now() - MINUTE + Math.floor(sequence / 3));
    });
    const asked = place.alarms.performance({ from: 0, to: place.clock.now() });
    for (let turn = 0; turn < 5; turn += 1) {
      await Promise.resolve();
      place.clock.advance(0);
    }
    expect((await asked).raised).toBe(12_001);
  });
});

describe('the master alarm database', () => {
  const SAFETY = { id: 'sm', name: '周敏', role: 'safety-manager' };
  const edited = (csv: string, line: string, from: string, to: string) => csv.split('\r\n').map((row) => (row.startsWith(line) ? row.replace(from, to) : row)).join('\r\n');

  it('applies a file at once, keeps it over a restart, and undoes it', () => {
    using place = open();
    const { master } = place.alarms;
    place.sample('PT-101', 1.4);
    const csv = edited(master.print(), 'PT-101,HI,', ',1.5,', ',1.35,');
    const preview = master.preview(csv);
    expect(preview).toMatchObject({ revision: 0, changed: 1, wrong: 0, same: 6, rows: [{ alarm: 'PT-101/HI', changes: [{ field: 'limit', before: '1.5', after: '1.35' }] }] });
    expect(place.states()).toEqual({});
    expect(unwrap(master.apply({ csv, revision: preview.revision }, SAFETY))).toMatchObject({ revision: 1, actor: '周敏', overrides: 1, canUndo: true });
    place.sample('PT-101', 1.4);
    expect(place.alarms.table.get('PT-101/HI')).toMatchObject({ state: 'unacknowledged', limit: 1.35 });
    expect(place.registry.tag('PT-101')?.alarms.find(({ kind }) => kind === 'HI')?.limit).toBe(1.35);
    expect(place.ledger.entries({ limit: 10 }).filter(({ kind }) => kind === 'alarm.settings.imported')).toMatchObject([{ actor: 'sm', body: expect.stringContaining('"after":"1.35","before":"1.5","field":"limit"') as string }]);

    const next = place.start(createRegistry({ plant: buildPlant() }));
    expect(next.table.get('PT-101/HI')).toMatchObject({ limit: 1.35 });
    expect(unwrap(next.master.undo(1, SAFETY))).toMatchObject({ revision: 2, overrides: 0, canUndo: false });
    expect(next.table.get('PT-101/HI')).toMatchObject({ limit: 1.5 });
    expect(next.master.undo(2, SAFETY)).toMatchObject({ refusal: { code: 'NothingToUndo' } });
  });

  it('undoes one import after the other', () => {
    using place = open();
    const { master } = place.alarms;
    const limit = () => place.registry.tag('PT-101')?.alarms.find(({ kind }) => kind === 'HI')?.limit;
    for (const [from, to] of [['1.5', '1.4'], ['1.4', '1.3']] as const) unwrap(master.apply({ csv: edited(master.print(), 'PT-101,HI,', `,${from},`, `,${to},`), revision: master.state.get().revision }, SAFETY));
    expect(limit()).toBe(1.3);
    unwrap(master.undo(2, SAFETY));
    expect(limit()).toBe(1.4);
    unwrap(master.undo(3, SAFETY));
    expect([limit(), master.state.get().canUndo]).toEqual([1.5, false]);
  });

  it('drops an override when a file states the value of the plant model again', () => {
    using place = open();
    const { master } = place.alarms;
    unwrap(master.apply({ csv: edited(master.print(), 'PT-101,HI,', ',1.5,', ',1.4,'), revision: 0 }, SAFETY));
    expect(unwrap(master.apply({ csv: edited(master.print(), 'PT-101,HI,', ',1.4,', ',1.5,'), revision: 1 }, SAFETY))).toMatchObject({ overrides: 0, canUndo: true });
  });

  it('refuses a file with a wrong row, an outdated preview and a file that changes nothing', () => {
    using place = open();
    const { master } = place.alarms;
    const csv = master.print();
    expect(master.apply({ csv: edited(csv, 'PT-101,HI,', ',1.5,', ',high,'), revision: 0 }, SAFETY)).toMatchObject({ refusal: { code: 'Invalid' } });
    expect(master.apply({ csv, revision: 7 }, SAFETY)).toMatchObject({ refusal: { code: 'Outdated' } });
    expect(master.apply({ csv, revision: 0 }, SAFETY)).toMatchObject({ refusal: { code: 'NothingChanged' } });
    expect(master.state.get().revision).toBe(0);
  });

  it('changes nothing when the ledger or the database cannot take it', () => {
    using place = open();
    const { master } = place.alarms;
    place.sql.run("CREATE TRIGGER full BEFORE INSERT ON alarm_setting_revision BEGIN SELECT raise(ABORT, 'disk full'); END");
    expect(() => master.apply({ csv: edited(master.print(), 'PT-101,HI,', ',1.5,', ',1.4,'), revision: 0 }, SAFETY)).toThrow('disk full');
    expect(place.registry.tag('PT-101')?.alarms.find(({ kind }) => kind === 'HI')?.limit).toBe(1.5);
    expect(place.ledger.entries({ limit: 10 }).map(({ kind }) => kind)).not.toContain('alarm.settings.imported');
  });
});

describe('the tuner', () => {
  /** A vibration that wanders about its limit for an hour, some of it bad, some of it missing. */
  const wandering = (from: number): History => {
    let seed = 7;
    const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const rows: (readonly [at: number, value: number, quality: number])[] = [];
    let value = 7;
    for (let second = 0; second < 3_600; second += random() < 0.02 ? 15 : 1) {
      value += (7 - value) * 0.1 + (random() - 0.5) * 1.6;
      rows.push([from + second * SECOND, value, random() < 0.03 ? Quality.bad : Quality.good]);
    }
    return { at: rows.map(([at]) => at), value: rows.map(([, each]) => each), quality: rows.map(([, , quality]) => quality) };
  };

  it('replays as the hot path would have done', () => {
    using place = open();
    const history = wandering(place.clock.now());
    const setting = place.registry.tag('VT-201')!.alarms[0]!;
    for (const [index, at] of Array.from(history.at).entries()) {
      while (place.clock.now() < at) place.pass(Math.min(500, at - place.clock.now()));
      place.sample('VT-201', history.value[index]!, { quality: history.quality[index]! });
      place.alarms.acknowledge(['VT-201/HI'], OPERATOR, '');
    }
    const live = place.alarms.journal({ from: 0, to: Infinity, limit: 5_000 }).toReversed().filter(({ alarm }) => alarm === 'VT-201/HI');
    const played = replay(setting, history);
    expect(played.length).toBeGreaterThan(5);
    expect(played.map(({ from }) => from)).toEqual(live.filter(({ event }) => event === 'raised').map(({ at }) => at));
    expect(played.flatMap(({ to }) => to ?? [])).toEqual(live.filter(({ event }) => event === 'cleared').map(({ at }) => at));
  });

  it('shows what other settings would have changed, and saves them at once', async () => {
    const asked: { tag: string; limit: number }[] = [];
    using place = open(undefined, (input) => {
      asked.push(input);
      return Promise.resolve(wandering(input.from));
    });
    const tuning = { limit: 7.1, deadband: 1, onDelayS: 20, offDelayS: 60 };
    const from = place.clock.now();
    const seen = await place.alarms.replay({ alarm: 'VT-201/HI', from, to: from + 60 * MINUTE, tuning });
    expect(asked).toMatchObject([{ tag: 'VT-201', limit: 300_000 }]);
    expect(seen!.tuned.raised).toBeLessThan(seen!.current.raised);
    expect(seen!.current).toMatchObject({ raised: seen!.current.episodes.length });
    expect(await place.alarms.replay({ alarm: 'VT-201/LO', from, to: from + 1, tuning })).toBeNull();
    const { master } = place.alarms;
    expect(master.tune({ alarm: 'PT-101/HI', tuning: { ...tuning, limit: 1.9 }, reason: 'trial', revision: 0 }, OPERATOR)).toMatchObject({ refusal: { code: 'Invalid' } });
    expect(unwrap(master.tune({ alarm: 'VT-201/HI', tuning, reason: 'chatters', revision: 0 }, OPERATOR))).toMatchObject({ revision: 1, overrides: 1 });
    expect(place.registry.tag('VT-201')?.alarms[0]).toMatchObject(tuning);
    expect(master.tune({ alarm: 'VT-201/HI', tuning, reason: 'again', revision: 1 }, OPERATOR)).toMatchObject({ refusal: { code: 'NothingChanged' } });
    expect(place.ledger.entries({ limit: 5 }).find(({ kind }) => kind === 'alarm.settings.tuned')?.body).toContain('"reason":"chatters"');
  });
});
