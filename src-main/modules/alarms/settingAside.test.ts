import { describe, expect, it } from 'vitest';
import { MINUTE, Quality, SECOND, unwrap } from '../../../src-shared/kernel/index.ts';
import { openAlarmDesk as open } from '../../testing/alarmDesk.ts';
import { buildAlarm, buildTag } from '../../testing/buildPlant.ts';

const OPERATOR = { id: 'op', name: '王强', role: 'operator' };
const SAFETY = { id: 'safety', name: '陈静', role: 'safety-manager' };
type Change = NonNullable<Parameters<typeof open>[0]>;
/** Low suction pressure of the compressor means nothing while it stands still. */
const withSuction: Change = (plant) => void plant.tags.push(buildTag('PT-201', { equipment: 'K-201', alarms: [buildAlarm('LO', 2, { priority: 3, suppressWhen: 'XS-201 = 0' })] }));

describe('shelving limits', () => {
  it('depend on the role: priority, time, number', () => {
    using desk = open((plant) => void plant.tags.push(...Array.from({ length: 12 }, (_, at) => buildTag(`T-${at}`, { alarms: [buildAlarm('HI', 5, { priority: 4 })] }))));
    desk.sample('PT-101', 1.9);
    const refused = (id: string, minutes: number, by = OPERATOR) => {
      const outcome = desk.alarms.shelve({ id, minutes, reason: 'test of limits' }, by);
      return outcome.ok ? 'shelved' : outcome.refusal.text.en;
    };
    expect(refused('PT-101/HIHI', 10)).toBe('The role of 王强 may not shelve alarms of priority 1');
    expect(refused('T-0/HI', 121)).toBe('The role of 王强 may shelve for 120 min at most');
    for (let at = 0; at < 10; at += 1) expect(refused(`T-${at}/HI`, 120)).toBe('shelved');
    expect(refused('T-10/HI', 10)).toBe('10 alarms are shelved already; the role of 王强 may go up to 10');
    expect(refused('PT-101/HIHI', 480, SAFETY)).toBe('shelved');
    expect(desk.alarms.table.get('PT-101/HIHI')).toMatchObject({ shelvedBy: '陈静', shelveReason: 'test of limits', shelvedUntil: desk.clock.now() + 480 * MINUTE });
    expect(desk.alarms.annunciator.get().shelved).toBe(11);
  });

  it('end by themselves, and that is on record', () => {
    using desk = open();
    desk.sample('PT-101', 1.6);
    unwrap(desk.alarms.shelve({ id: 'PT-101/HI', minutes: 1, reason: 'short test' }, OPERATOR));
    desk.pass(61 * SECOND);
    expect(desk.alarms.table.get('PT-101/HI')).toMatchObject({ state: 'unacknowledged', shelvedUntil: null, shelvedBy: null });
    expect(desk.alarms.journal({ from: 0, to: Infinity, limit: 1 })).toMatchObject([{ event: 'unshelved', actor: null, note: 'expired' }]);
  });
});

describe('out of service', () => {
  it('is for those whose role may, with a reason, without an end, over a restart', () => {
    using desk = open();
    expect(desk.alarms.takeOutOfService({ ids: ['GT-101/HI'], reason: 'sensor removed' }, OPERATOR)).toMatchObject({ refusal: { code: 'NotAllowed' } });
    expect(unwrap(desk.alarms.takeOutOfService({ ids: ['GT-101/HI', 'GT-101/HIHI'], reason: 'sensor removed' }, SAFETY))).toEqual({ moved: 2 });
    desk.sample('GT-101', 60);
    expect(desk.states()).toEqual({ 'GT-101/HI': 'out-of-service', 'GT-101/HIHI': 'out-of-service' });
    expect(desk.alarms.annunciator.get()).toMatchObject({ sounding: null, outOfService: 2 });
    const next = desk.start();
    expect(next.table.get('GT-101/HI')).toMatchObject({ state: 'out-of-service', outOfServiceBy: '陈静', outOfServiceReason: 'sensor removed' });
    expect(unwrap(next.returnToService(['GT-101/HIHI'], SAFETY))).toEqual({ moved: 1 });
    expect(desk.states(next)).toEqual({ 'GT-101/HI': 'out-of-service', 'GT-101/HIHI': 'unacknowledged' });
    expect(next.takeOutOfService({ ids: ['nothing'], reason: 'none there' }, SAFETY)).toMatchObject({ refusal: { code: 'NotFound' } });
  });
});

describe('suppressed by design', () => {
  it('follows the state of the plant, also within one batch, and says by what', () => {
    using desk = open(withSuction);
    desk.sample('XS-201', 1);
    desk.sample('PT-201', 1);
    expect(desk.states()).toEqual({ 'PT-201/LO': 'unacknowledged' });
    desk.sample('XS-201', 0);
    expect(desk.alarms.table.get('PT-201/LO')).toMatchObject({ state: 'suppressed', suppressedBy: { zh: '运行状态 = stopped', en: 'Running = stopped' } });
    expect(desk.alarms.annunciator.get()).toMatchObject({ sounding: null, suppressed: 1 });
    desk.sample('PT-201', 5);
    desk.sample('PT-201', 1);
    expect(desk.raised).toEqual(['PT-201/LO']);
    desk.sample('XS-201', 1);
    expect(desk.alarms.table.get('PT-201/LO')).toMatchObject({ state: 'unacknowledged', suppressedBy: null });
    expect(desk.ledger.entries({ limit: 2 }).map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(['alarm.unsuppressed over', 'alarm.suppressed XS-201 = 0']);
  });

  it('keeps what it was for half a minute when the state is unknown, then suppresses nothing', () => {
    using desk = open(withSuction);
    desk.sample('XS-201', 0);
    desk.sample('PT-201', 1);
    expect(desk.states()).toEqual({ 'PT-201/LO': 'suppressed' });
    desk.sample('XS-201', 0, { quality: Quality.bad });
    desk.pass(20 * SECOND);
    expect(desk.states()).toEqual({ 'PT-201/LO': 'suppressed' });
    desk.pass(11 * SECOND);
    expect(desk.states()).toMatchObject({ 'PT-201/LO': 'unacknowledged' });
  });

  it('takes equipment out of operation: process alarms are suppressed, detectors never; it survives a restart', () => {
    using desk = open((plant) => {
      withSuction(plant);
      plant.tags.push(buildTag('GT-201', { equipment: 'K-201', kind: 'gas', alarms: [buildAlarm('HI', 5)] }));
    });
    expect(desk.alarms.setOperation({ equipment: 'K-201', inOperation: false, reason: 'overhaul' }, OPERATOR)).toMatchObject({ refusal: { code: 'NotAllowed' } });
    expect(unwrap(desk.alarms.setOperation({ equipment: 'K-201', inOperation: false, reason: 'overhaul' }, SAFETY))).toEqual({ alarms: 3 });
    desk.sample('VT-201', 12);
    desk.pass(7 * SECOND);
    desk.sample('GT-201', 9);
    expect(desk.states()).toMatchObject({ 'VT-201/HI': 'suppressed', 'GT-201/HI': 'unacknowledged' });
    expect(desk.alarms.table.get('VT-201/HI')?.suppressedBy).toEqual({ zh: '压缩机停运', en: 'Compressor out of operation' });
    const next = desk.start();
    expect(next.outOfOperation.rows()).toMatchObject([{ equipment: 'K-201', by: '陈静', reason: 'overhaul', alarms: 3 }]);
    expect(next.setOperation({ equipment: 'K-201', inOperation: false, reason: 'again' }, SAFETY)).toMatchObject({ refusal: { code: 'NothingChanged' } });
    unwrap(next.setOperation({ equipment: 'K-201', inOperation: true, reason: 'overhaul done' }, SAFETY));
    expect(desk.states(next)).toMatchObject({ 'VT-201/HI': 'unacknowledged' });
  });

  it('says which alarm hides a lesser one', () => {
    using desk = open();
    desk.sample('PT-101', 1.9);
    expect(desk.alarms.table.get('PT-101/HI')).toMatchObject({ state: 'suppressed', suppressedBy: { zh: '本位号已高高报', en: 'high-high of the same tag is up' } });
  });
});
