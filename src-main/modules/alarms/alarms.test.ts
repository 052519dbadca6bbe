import { describe, expect, it } from 'vitest';
import { MINUTE, Quality, SECOND, unwrap } from '../../../src-shared/kernel/index.ts';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { openAlarmDesk as open } from '../../testing/alarmDesk.ts';
import { buildAlarm, buildPlant, buildTag } from '../../testing/buildPlant.ts';
import { buildBatch } from '../../testing/samples.ts';
import { createRegistry } from '../registry/index.ts';

const OPERATOR = { id: 'op', name: '王强', role: 'operator' };
const SAFETY = { id: 'safety', name: '陈静', role: 'safety-manager' };

describe('raising and clearing', () => {
  it('raises at the limit with everything the operator needs, and keeps source time', () => {
    using place = open();
    place.sample('PT-101', 1.0, { at: place.clock.now() - 2_000 });
    expect(place.alarms.table.size).toBe(0);
    place.sample('PT-101', 1.5, { at: place.clock.now() - 700 });
    expect(place.alarms.table.get('PT-101/HI')).toEqual<AlarmRow>({
      id: 'PT-101/HI', tag: 'PT-101', equipment: 'TK-101', zone: 'Z1', kind: 'HI', priority: 2, state: 'unacknowledged', message: { zh: '氨罐压力 高报', en: 'Tank pressure high' }, place: { zh: '罐区 · 储罐 · 液氨罐', en: 'Tank farm · Storage · Ammonia tank' },
      value: 1.5, limit: 1.5, unit: 'MPa', raisedAt: place.clock.now() - 700, seenAt: place.clock.now(), changedAt: place.clock.now(), acknowledgedBy: null, acknowledgedAt: null, shelvedUntil: null, shelvedBy: null, shelveReason: null, suppressedBy: null, outOfServiceBy: null, outOfServiceReason: null, firstOut: null, group: null, source: null, isStale: false, count: 1, cause: null, consequence: null, action: null, respondWithinS: null,
    });
    expect(place.raised).toEqual(['PT-101/HI']);
  });

  it('clears only beyond the deadband and counts what comes again', () => {
    using place = open();
    place.sample('PT-101', 1.5);
    place.sample('PT-101', 1.46);
    expect(place.states()).toEqual({ 'PT-101/HI': 'unacknowledged' });
    place.sample('PT-101', 1.44);
    expect(place.states()).toEqual({ 'PT-101/HI': 'returned' });
    place.sample('PT-101', 1.6);
    expect(place.alarms.table.get('PT-101/HI')).toMatchObject({ state: 'unacknowledged', count: 2 });
    expect(place.raised).toEqual(['PT-101/HI', 'PT-101/HI']);
  });

  it('lets HIHI supersede HI, and brings HI back when only HIHI has gone', () => {
    using place = open();
    place.sample('PT-101', 1.9);
    expect(place.states()).toEqual({ 'PT-101/HIHI': 'unacknowledged', 'PT-101/HI': 'suppressed' });
    expect(place.raised).toEqual(['PT-101/HIHI']);
    unwrap(place.alarms.acknowledge(['PT-101/HIHI'], OPERATOR, ''));
    place.sample('PT-101', 1.6);
    expect(place.states()).toEqual({ 'PT-101/HI': 'acknowledged' });
    place.sample('PT-101', 1.0);
    expect(place.states()).toEqual({});
    place.sample('PT-101', 1.9);
    place.sample('PT-101', 1.0);
    expect(place.states()).toEqual({ 'PT-101/HIHI': 'returned' });
  });

  it('shows HI again when the HIHI that hid it is shelved', () => {
    using place = open();
    place.sample('PT-101', 1.9);
    unwrap(place.alarms.shelve({ id: 'PT-101/HIHI', minutes: 10, reason: 'calibration' }, SAFETY));
    expect(place.states()).toEqual({ 'PT-101/HIHI': 'shelved', 'PT-101/HI': 'unacknowledged' });
    unwrap(place.alarms.unshelve('PT-101/HIHI', OPERATOR));
    expect(place.states()).toEqual({ 'PT-101/HIHI': 'unacknowledged', 'PT-101/HI': 'suppressed' });
  });

  it('alarms on one state of a discrete tag', () => {
    using place = open();
    for (const state of [0, 1, 2]) place.sample('XS-201', state);
    expect(place.states()).toEqual({ 'XS-201/DISCRETE': 'unacknowledged' });
    place.sample('XS-201', 1);
    expect(place.states()).toEqual({ 'XS-201/DISCRETE': 'returned' });
  });

  it('alarms on a rate in units per minute', () => {
    using place = open((plant) => void plant.tags.push(buildTag('TT-1', { alarms: [buildAlarm('RATE', 3)] })));
    for (let second = 0; second <= 90; second += 1) {
      place.sample('TT-1', second < 30 ? 1 : 1 + ((second - 30) / 60) * 4);
      place.clock.advance(SECOND);
    }
    const row = place.alarms.table.get('TT-1/RATE');
    expect(row).toMatchObject({ unit: 'MPa/min', state: 'unacknowledged' });
    expect(row?.value).toBeGreaterThanOrEqual(3);
  });

  it('waits for the on-delay in source time and for the off-delay; raised at the moment of crossing', () => {
    using place = open();
    const crossed = place.clock.now();
    for (const value of [8, 8, 8, 8, 8]) {
      place.sample('VT-201', value);
      expect(place.states()).toEqual({});
      place.clock.advance(SECOND);
    }
    place.sample('VT-201', 8);
    expect(place.alarms.table.get('VT-201/HI')).toMatchObject({ raisedAt: crossed, seenAt: crossed + 5 * SECOND });
    place.clock.advance(SECOND);
    place.sample('VT-201', 1);
    place.clock.advance(3 * SECOND);
    place.sample('VT-201', 8);
    place.clock.advance(6 * SECOND);
    place.sample('VT-201', 8);
    expect(place.states()).toEqual({ 'VT-201/HI': 'unacknowledged' });
  });

  it('forgets a crossing shorter than the on-delay, and ends a delay by the timer when the source falls silent', () => {
    using place = open();
    place.sample('VT-201', 8);
    place.clock.advance(2 * SECOND);
    place.sample('VT-201', 5);
    place.pass(20 * SECOND);
    expect(place.states()).toEqual({});
    place.sample('VT-201', 8);
    place.pass(5.5 * SECOND);
    expect(place.states()).toEqual({});
    place.pass(1 * SECOND);
    expect(place.states()).toEqual({ 'VT-201/HI': 'unacknowledged' });
  });

  it('holds on bad or stale quality, NaN and late samples', () => {
    using place = open();
    place.sample('PT-101', 1.0);
    place.sample('PT-101', 2.0, { quality: Quality.bad });
    place.sample('PT-101', NaN);
    place.sample('PT-101', 2.0, { at: place.clock.now() - MINUTE });
    expect(place.states()).toEqual({});
    place.sample('PT-101', 1.6);
    for (const quality of [Quality.bad, Quality.stale]) place.sample('PT-101', 1.0, { quality });
    place.sample('PT-101', 1.0, { at: place.clock.now() - MINUTE });
    place.sample('PT-101', 1.0, { at: NaN });
    expect(place.states()).toEqual({ 'PT-101/HI': 'unacknowledged' });
    place.sample('PT-101', 1.0, { quality: Quality.uncertain });
    expect(place.states()).toEqual({ 'PT-101/HI': 'returned' });
  });

  it('is not blinded when a source clock that ran ahead is set right', () => {
    using place = open();
    place.sample('PT-101', 1.0, { at: place.clock.now() + 40 * SECOND });
    place.clock.advance(SECOND);
    place.sample('PT-101', 1.6);
    expect(place.states()).toEqual({ 'PT-101/HI': 'unacknowledged' });
  });

  it('is not blinded by a mark of staleness in our time when the source clock is behind', () => {
    using place = open();
    const at = (value: number) => place.sample('PT-101', value, { at: place.clock.now() - 5 * SECOND });
    at(1.0);
    place.sample('PT-101', 1.0, { quality: Quality.stale });
    place.clock.advance(SECOND);
    at(1.6);
    expect(place.states()).toEqual({ 'PT-101/HI': 'unacknowledged' });
  });

  it('begins a delay anew after bad quality', () => {
    using place = open();
    place.sample('VT-201', 8);
    place.clock.advance(4 * SECOND);
    place.sample('VT-201', 8, { quality: Quality.bad });
    place.pass(10 * SECOND);
    place.sample('VT-201', 8);
    expect(place.states()).toEqual({});
  });

  it('raises one alarm per feed for values that stay bad, and clears it', () => {
    using place = open();
    for (const tag of ['PT-101', 'LT-101']) place.sample(tag, 1, { quality: Quality.bad });
    place.pass(29 * SECOND);
    expect(place.states()).toEqual({});
    place.pass(2 * SECOND);
    expect(place.alarms.table.rows().map((row) => [row.id, row.priority, row.cause?.en])).toEqual([['system/bad-quality.plant', 4, 'PT-101, LT-101']]);
    for (const tag of ['PT-101', 'LT-101']) place.sample(tag, 1);
    place.pass(2 * SECOND);
    expect(place.states()).toEqual({ 'system/bad-quality.plant': 'returned' });
  });

  it('reports a tag number outside the model as a fault', () => {
    using place = open();
    place.sample('no such tag', 1);
    expect(place.faults.table.get('alarms/UnknownTagIndex')?.count).toBe(1);
  });
});

describe('people', () => {
  it('acknowledges many at once, with the name and the note, and refuses what there is not', () => {
    using place = open();
    place.sample('PT-101', 1.6);
    place.sample('GT-101', 30);
    expect(unwrap(place.alarms.acknowledge(['PT-101/HI', 'GT-101/HI', 'nonsense'], OPERATOR, 'seen'))).toEqual({ acknowledged: 2 });
    expect(place.alarms.table.get('PT-101/HI')).toMatchObject({ state: 'acknowledged', acknowledgedBy: '王强', acknowledgedAt: place.clock.now() });
    expect(place.alarms.acknowledge(['PT-101/HI'], OPERATOR, '')).toMatchObject({ refusal: { code: 'AlreadyAcknowledged' } });
    expect(place.alarms.acknowledge(['nonsense'], OPERATOR, '')).toMatchObject({ refusal: { code: 'NotFound' } });
    expect(place.alarms.journal({ from: 0, to: Infinity, alarm: 'GT-101/HI', limit: 1 })).toMatchObject([{ event: 'acknowledged', actor: '王强', note: 'seen' }]);
  });

  it('shelves with reason and expiry; the end of it sounds again when the condition is still there', () => {
    using place = open();
    place.sample('PT-101', 1.6);
    const row = unwrap(place.alarms.shelve({ id: 'PT-101/HI', minutes: 5, reason: 'transmitter work' }, OPERATOR));
    expect(row).toMatchObject({ state: 'shelved', shelvedUntil: place.clock.now() + 5 * MINUTE, shelveReason: 'transmitter work' });
    expect(place.alarms.shelve({ id: 'PT-101/HI', minutes: 5, reason: 'again' }, OPERATOR)).toMatchObject({ refusal: { code: 'NotAllowed' } });
    expect(place.alarms.annunciator.get()).toMatchObject({ sounding: null, shelved: 1 });
    place.pass(5 * MINUTE);
    expect(place.alarms.table.get('PT-101/HI')).toMatchObject({ state: 'unacknowledged', shelvedUntil: null });
    expect(place.raised).toEqual(['PT-101/HI', 'PT-101/HI']);
    unwrap(place.alarms.shelve({ id: 'PT-101/LO', minutes: 1, reason: 'empty tank' }, OPERATOR));
    expect(place.states()).toMatchObject({ 'PT-101/LO': 'shelved' });
    expect(unwrap(place.alarms.unshelve('PT-101/LO', OPERATOR)).shelvedUntil).toBeNull();
    expect(place.alarms.unshelve('PT-101/LO', OPERATOR)).toMatchObject({ refusal: { code: 'NotShelved' } });
    expect(place.states()).not.toHaveProperty('PT-101/LO');
  });

  it('keeps a latched alarm until it is reset', () => {
    using place = open((plant) => void plant.tags.push(buildTag('TT-1', { alarms: [buildAlarm('HI', 5, { latched: true })] })));
    place.sample('TT-1', 6);
    unwrap(place.alarms.acknowledge(['TT-1/HI'], OPERATOR, ''));
    expect(place.alarms.reset(['TT-1/HI'], OPERATOR)).toMatchObject({ refusal: { code: 'NotLatched' } });
    place.sample('TT-1', 1);
    expect(place.states()).toEqual({ 'TT-1/HI': 'latched' });
    expect(unwrap(place.alarms.reset(['TT-1/HI'], OPERATOR))).toEqual({ reset: 1 });
    expect(place.states()).toEqual({});
  });
});

describe('annunciator', () => {
  it('sounds the worst until acknowledged; silence mutes neither the next alarm nor the nag', () => {
    using place = open();
    place.sample('VT-201', 8);
    place.pass(7 * SECOND);
    const sound = () => {
      const { sounding, silenced, worst } = place.alarms.annunciator.get();
      return [sounding, silenced, worst];
    };
    expect(sound()).toEqual([3, false, 'VT-201/HI']);
    place.alarms.silence();
    expect(sound()).toEqual([3, true, 'VT-201/HI']);
    place.sample('PT-101', 1.6);
    expect(sound()).toEqual([2, false, 'PT-101/HI']);
    place.alarms.silence();
    place.sample('PT-101', 1.0);
    expect(sound()).toEqual([2, true, 'PT-101/HI']);
    place.pass(15 * MINUTE);
    expect(sound()).toEqual([2, false, 'PT-101/HI']);
    unwrap(place.alarms.acknowledge(['VT-201/HI', 'PT-101/HI'], OPERATOR, ''));
    expect(place.alarms.annunciator.get()).toMatchObject({ sounding: null, silenced: false, worst: null, unacknowledged: [0, 0, 0, 0], active: [0, 0, 1, 0] });
  });

  it('nags when an alarm has waited fifteen minutes, though it was silenced just before', () => {
    using place = open();
    place.sample('PT-101', 1.6);
    place.pass(14 * MINUTE);
    place.alarms.silence();
    expect(place.alarms.annunciator.get()).toMatchObject({ silenced: true, overdue: 0 });
    place.pass(MINUTE);
    expect(place.alarms.annunciator.get()).toMatchObject({ silenced: false, overdue: 1 });
    place.alarms.silence();
    place.pass(MINUTE);
    expect(place.alarms.annunciator.get()).toMatchObject({ silenced: true, overdue: 1 });
    unwrap(place.alarms.acknowledge(['PT-101/HI'], OPERATOR, ''));
    expect(place.alarms.annunciator.get()).toMatchObject({ sounding: null, overdue: 0 });
  });

  it('says when the desk is flooded', () => {
    using place = open((plant) => {
      for (let index = 0; index < 12; index += 1) plant.tags.push(buildTag(`T-${index}`, { alarms: [buildAlarm('HI', 5)] }));
    });
    for (let index = 0; index < 10; index += 1) place.sample(`T-${index}`, 6);
    expect(place.alarms.annunciator.get()).toMatchObject({ flood: false, ratePer10Min: 10 });
    place.sample('T-10', 6);
    expect(place.alarms.annunciator.get()).toMatchObject({ flood: true, unacknowledged: [0, 11, 0, 0] });
    expect(place.start().annunciator.get()).toMatchObject({ flood: true, ratePer10Min: 11 });
    place.pass(10 * MINUTE);
    expect(place.alarms.annunciator.get()).toMatchObject({ flood: false, ratePer10Min: 0 });
  });

  it('raises system alarms once while they are up', () => {
    using place = open();
    const down = { code: 'ledger', priority: 1 as const, text: { zh: '台账', en: 'Ledger down' }, detail: 'ENOSPC' };
    place.alarms.raiseSystem(down);
    place.alarms.raiseSystem(down);
    expect(place.journal()).toEqual(['system/ledger raised']);
    expect(place.alarms.shelve({ id: 'system/ledger', minutes: 1, reason: 'quiet' }, OPERATOR)).toMatchObject({ refusal: { code: 'NotAllowed' } });
    place.alarms.clearSystem('ledger');
    place.alarms.clearSystem('never raised');
    expect(place.states()).toEqual({ 'system/ledger': 'returned' });
  });
});

describe('over a restart', () => {
  it('stands where it stood: acknowledged, shelved, returned, hidden; system alarms count as returned', () => {
    using place = open();
    place.sample('PT-101', 1.9);
    place.sample('GT-101', 30);
    place.sample('XS-201', 2);
    place.alarms.raiseSystem({ code: 'disk', priority: 1, text: { zh: '磁盘', en: 'Disk full' } });
    unwrap(place.alarms.acknowledge(['GT-101/HI'], OPERATOR, 'seen'));
    unwrap(place.alarms.shelve({ id: 'VT-201/HI', minutes: 30, reason: 'bearing change' }, OPERATOR));
    place.sample('XS-201', 0);
    const restarted = place.start();
    expect(place.states(restarted)).toEqual({ 'PT-101/HIHI': 'unacknowledged', 'PT-101/HI': 'suppressed', 'GT-101/HI': 'acknowledged', 'VT-201/HI': 'shelved', 'XS-201/DISCRETE': 'returned', 'system/disk': 'returned' });
    expect(restarted.table.get('GT-101/HI')).toMatchObject({ acknowledgedBy: '王强', value: 30, count: 1 });
    expect(restarted.table.get('VT-201/HI')?.shelveReason).toBe('bearing change');
    expect(restarted.annunciator.get().sounding).toBe(1);
    restarted.evaluate(buildBatch(place.clock.now(), [place.registry.tagIndex('PT-101') ?? -1, 1.0], [place.registry.tagIndex('GT-101') ?? -1, 0]));
    expect(place.states(restarted)).toEqual({ 'PT-101/HIHI': 'returned', 'VT-201/HI': 'shelved', 'XS-201/DISCRETE': 'returned', 'system/disk': 'returned' });
  });

  it('drops alarms that are configured no more, keeps their journal and records the change of settings', () => {
    using place = open();
    place.sample('PT-101', 1.6);
    const without = createRegistry({ plant: buildPlant((plant) => plant.tags.forEach((tag) => (tag.alarms = []))) });
    const restarted = place.start(without);
    expect(restarted.table.size).toBe(0);
    expect(restarted.journal({ from: 0, to: Infinity, limit: 10 })).toMatchObject([{ alarm: 'PT-101/HI', event: 'raised' }]);
    expect(place.ledger.entries({ limit: 10 }).map((entry) => entry.kind)).toEqual(['alarm.settings', 'alarm.settings']);
    place.start(without);
    expect(place.ledger.count()).toBe(2);
  });

  it('goes on in memory while the disk refuses, says so, and writes when it can again', () => {
    using place = open();
    place.sql.run('PRAGMA query_only = 1');
    place.sample('PT-101', 1.6);
    unwrap(place.alarms.acknowledge(['PT-101/HI'], OPERATOR, ''));
    place.pass(2 * SECOND);
    expect(place.states()).toEqual({ 'PT-101/HI': 'acknowledged', 'system/alarm-journal': 'unacknowledged' });
    expect(place.faults.table.get('alarms/JournalNotWritten')?.active).toBe(true);
    expect(place.journal()).toEqual(['PT-101/HI raised', 'PT-101/HI acknowledged', 'system/alarm-journal raised']);
    place.sql.run('PRAGMA query_only = 0');
    place.pass(2 * SECOND);
    expect(place.states()).toEqual({ 'PT-101/HI': 'acknowledged', 'system/alarm-journal': 'returned' });
    expect(place.faults.table.get('alarms/JournalNotWritten')?.active).toBe(false);
    expect(place.sql.all<{ alarm: string }>('SELECT alarm FROM alarm_event ORDER BY sequence').map((row) => row.alarm)).toEqual(['PT-101/HI', 'PT-101/HI', 'system/alarm-journal', 'system/alarm-journal']);
    expect(place.states(place.start())).toMatchObject({ 'PT-101/HI': 'acknowledged' });
  });

  it('announces one group of changes per batch', () => {
    using place = open();
    const announced: number[] = [];
    place.alarms.table.onDidChange((change) => announced.push(change.put.length));
    place.alarms.evaluate(buildBatch(place.clock.now(), [0, 1.9], [2, 60], [4, 2]));
    expect(announced).toEqual([5]);
  });
});
