import { describe, expect, it } from 'vitest';
import { ok, refuse, text, unwrap, type Refusal, type Result } from '../../../src-shared/kernel/index.ts';
import { openAlarmDesk as open } from '../../testing/alarmDesk.ts';
import { externalId, priorityOfSeverity, type ExternalAlarm, type ExternalSource } from './index.ts';

const OPERATOR = { id: 'op', name: '王强', role: 'operator' };
const told = (key: string, rest: Partial<ExternalAlarm> = {}): ExternalAlarm => ({ key, message: text('泵跳停', 'Pump tripped'), severity: 700, active: true, acknowledged: false, at: 1_000, ...rest });

const connect = (desk: ReturnType<typeof open>) => {
  const asked: string[] = [];
  let answer: Result<void, Refusal> = ok(undefined);
  const source: ExternalSource = {
    id: 'dcs',
    name: text('控制系统', 'Control system'),
    acknowledge: (key, by, note) => (asked.push(`acknowledge ${key} ${by.name} ${note}`), Promise.resolve(answer)),
    shelve: (key, { ms, reason }) => (asked.push(`shelve ${key} ${ms} ${reason}`), Promise.resolve(answer)),
    unshelve: (key) => (asked.push(`unshelve ${key}`), Promise.resolve(answer)),
  };
  return { line: desk.alarms.connectExternal(source), source, asked, answerWith: (next: Result<void, Refusal>) => (answer = next) };
};

describe('alarms of another system', () => {
  it('stand on the board as their owner says, with the place and zone of the tag they are about', () => {
    using desk = open();
    const { line } = connect(desk);
    line.put([told('n1', { tag: 'PT-101', kind: 'HIHI', value: 1.9, at: desk.clock.now() - 500 })]);
    expect(desk.alarms.table.get('external/dcs/n1')).toMatchObject({ source: 'dcs', isStale: false, state: 'unacknowledged', priority: 2, kind: 'HIHI', zone: 'Z1', equipment: 'TK-101', unit: 'MPa', value: 1.9, raisedAt: desk.clock.now() - 500, place: { en: 'Tank farm · Storage · Ammonia tank' } });
    expect(desk.raised).toEqual(['external/dcs/n1']);
    expect(desk.alarms.annunciator.get()).toMatchObject({ sounding: 2, worst: 'external/dcs/n1' });
    line.put([told('n1', { active: false, at: desk.clock.now() })]);
    line.put([told('n1', { active: false, acknowledged: true, actor: 'DCS operator', at: desk.clock.now() })]);
    expect(desk.states()).toEqual({});
    expect(desk.journal()).toEqual(['external/dcs/n1 raised', 'external/dcs/n1 returned', 'external/dcs/n1 acknowledged']);
  });

  it('are acknowledged and shelved there: the row changes when the owner says so, and its refusal is told', async () => {
    using desk = open();
    const { line, asked, answerWith } = connect(desk);
    line.put([told('n1')]);
    desk.sample('PT-101', 1.6);
    const both = ['external/dcs/n1', 'PT-101/HI'];
    answerWith(refuse('BadUserAccessDenied', text('无权限', 'no permission')));
    expect(unwrap(await desk.alarms.acknowledgeAny(both, OPERATOR, 'seen'))).toEqual({ acknowledged: 1, refused: [text('控制系统 拒绝：无权限', 'Control system refused: no permission')] });
    expect(desk.states()).toEqual({ 'external/dcs/n1': 'unacknowledged', 'PT-101/HI': 'acknowledged' });
    expect(await desk.alarms.acknowledgeAny(['external/dcs/n1'], OPERATOR, '')).toMatchObject({ ok: false, refusal: { code: 'SourceRefused' } });
    answerWith(ok(undefined));
    expect(unwrap(await desk.alarms.acknowledgeAny(['external/dcs/n1'], OPERATOR, ''))).toEqual({ acknowledged: 1 });
    expect(desk.states()).toMatchObject({ 'external/dcs/n1': 'unacknowledged' });
    line.put([told('n1', { acknowledged: true, actor: '王强' })]);
    expect(desk.alarms.table.get('external/dcs/n1')).toMatchObject({ state: 'acknowledged', acknowledgedBy: '王强' });
    unwrap(await desk.alarms.shelveAny({ id: 'external/dcs/n1', minutes: 30, reason: 'pump change' }, OPERATOR));
    line.put([told('n1', { acknowledged: true, shelved: { until: 9e12 } })]);
    expect(desk.alarms.table.get('external/dcs/n1')).toMatchObject({ state: 'shelved', shelvedUntil: 9e12 });
    unwrap(await desk.alarms.unshelveAny('external/dcs/n1', OPERATOR));
    expect(asked).toEqual(['acknowledge n1 王强 seen', 'acknowledge n1 王强 ', 'acknowledge n1 王强 ', 'shelve n1 1800000 pump change', 'unshelve n1']);
  });

  it('stay as they stood while the owner is gone, marked stale, also over a restart; a refresh ends what it does not name', async () => {
    using desk = open();
    const { line, source } = connect(desk);
    line.put([told('n1'), told('n2', { severity: 900 })]);
    line.lost();
    expect(desk.alarms.table.get('external/dcs/n1')).toMatchObject({ isStale: true, state: 'unacknowledged' });
    expect(await desk.alarms.acknowledgeAny(['external/dcs/n1'], OPERATOR, '')).toMatchObject({ refusal: { code: 'SourceRefused', text: { en: 'This alarm belongs to another system, which is not connected now' } } });
    const next = desk.start();
    expect(next.table.get('external/dcs/n2')).toMatchObject({ isStale: true, priority: 1, message: { en: 'Pump tripped' } });
    const again = next.connectExternal(source);
    again.replace([told('n2', { severity: 900, acknowledged: true })]);
    expect(next.table.rows().map(({ id, state, isStale }) => [id, state, isStale])).toEqual([['external/dcs/n2', 'acknowledged', false]]);
    again[Symbol.dispose]();
    expect(next.table.get('external/dcs/n2')?.isStale).toBe(true);
  });

  it('have ids that fit, and priorities by quarters of severity', () => {
    expect(externalId('dcs', 'ns=2;s='.padEnd(200, 'x'))).toHaveLength('external/dcs/'.length + 32);
    expect(externalId('dcs', 'ns=2;s='.padEnd(200, 'x'))).not.toBe(externalId('dcs', 'ns=2;s='.padEnd(201, 'x')));
    expect([1, 250, 251, 500, 501, 750, 751, 1000].map(priorityOfSeverity)).toEqual([4, 4, 3, 3, 2, 2, 1, 1]);
  });
});
