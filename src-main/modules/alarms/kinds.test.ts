import { describe, expect, it } from 'vitest';
import { Quality, SECOND, unwrap } from '../../../src-shared/kernel/index.ts';
import { openAlarmDesk as open } from '../../testing/alarmDesk.ts';
import { buildAlarm, buildTag } from '../../testing/buildPlant.ts';

const OPERATOR = { id: 'op', name: '王强', role: 'operator' };

describe('COUNT', () => {
  const withCount = () => open((plant) => void plant.tags.push(buildTag('T-1', { alarms: [buildAlarm('COUNT', 5, { deadband: 1, times: 3, withinS: 60 })] })));

  it('alarms at the n-th exceedance within its time, one that trembles at the limit counting once', () => {
    using desk = withCount();
    for (const value of [6, 4.5, 6, 4.5, 6, 3]) desk.sample('T-1', value);
    expect(desk.states()).toEqual({});
    desk.clock.advance(10 * SECOND);
    for (const value of [6, 3]) desk.sample('T-1', value);
    expect(desk.states()).toEqual({});
    desk.clock.advance(10 * SECOND);
    desk.sample('T-1', 7);
    expect(desk.alarms.table.get('T-1/COUNT')).toMatchObject({ state: 'unacknowledged', value: 3, limit: 3, unit: '1', message: { zh: 'T-1 压力 超限次数过多（60 秒内 3 次）', en: 'T-1 pressure exceeds its limit too often (3 times in 60 s)' }, raisedAt: desk.clock.now() });
  });

  it('returns when too few are left, by time alone', () => {
    using desk = withCount();
    for (const value of [6, 3, 6, 3, 6, 3]) {
      desk.sample('T-1', value);
      desk.pass(5 * SECOND);
    }
    unwrap(desk.alarms.acknowledge(['T-1/COUNT'], OPERATOR, ''));
    desk.pass(29 * SECOND);
    expect(desk.states()).toEqual({ 'T-1/COUNT': 'acknowledged' });
    desk.pass(2 * SECOND);
    expect(desk.states()).toEqual({});
  });
});

describe('DEVIATION', () => {
  const withDeviation = () => open((plant) => void plant.tags.push(buildTag('SP-1'), buildTag('T-1', { alarms: [buildAlarm('DEVIATION', 2, { deadband: 0.5, onDelayS: 2, setpoint: 'SP-1' })] })));

  it('alarms on the distance from the set point to either side, whichever moves', () => {
    using desk = withDeviation();
    desk.sample('T-1', 5);
    desk.pass(5 * SECOND);
    expect(desk.states()).toEqual({});
    desk.sample('SP-1', 8);
    desk.pass(1 * SECOND);
    expect(desk.states()).toEqual({});
    desk.pass(3 * SECOND);
    expect(desk.alarms.table.get('T-1/DEVIATION')).toMatchObject({ state: 'unacknowledged', value: -3, limit: 2, unit: 'MPa' });
    desk.sample('T-1', 6.4);
    expect(desk.states()).toEqual({ 'T-1/DEVIATION': 'unacknowledged' });
    desk.sample('T-1', 6.6);
    expect(desk.states()).toEqual({ 'T-1/DEVIATION': 'returned' });
  });

  it('holds while the set point is unknown', () => {
    using desk = withDeviation();
    desk.sample('SP-1', 5);
    desk.sample('T-1', 9);
    desk.pass(1 * SECOND);
    desk.sample('SP-1', 5, { quality: Quality.bad });
    desk.sample('T-1', 9);
    desk.pass(5 * SECOND);
    expect(desk.states()).toEqual({});
  });
});

describe('first-out groups', () => {
  it('name what came first until all are quiet', () => {
    using desk = open((plant) => void plant.tags.push(...['A', 'B', 'C'].map((id) => buildTag(id, { alarms: [buildAlarm('HI', 5, { group: 'trip' })] }))));
    const firstOut = () => Object.fromEntries(desk.alarms.table.rows().map(({ id, firstOut: first }) => [id, first]));
    desk.sample('B', 6);
    desk.sample('A', 6);
    expect(firstOut()).toEqual({ 'B/HI': 'B/HI', 'A/HI': 'B/HI' });
    unwrap(desk.alarms.acknowledge(['A/HI', 'B/HI'], OPERATOR, ''));
    desk.sample('B', 1);
    desk.sample('C', 6);
    expect(firstOut()).toEqual({ 'A/HI': 'B/HI', 'C/HI': 'B/HI' });
    desk.sample('A', 1);
    desk.sample('C', 1);
    unwrap(desk.alarms.acknowledge(['C/HI'], OPERATOR, ''));
    desk.sample('A', 6);
    desk.sample('B', 6);
    expect(firstOut()).toEqual({ 'A/HI': 'A/HI', 'B/HI': 'A/HI' });
  });
});
