import { afterAll, expect, it } from 'vitest';
import { unwrap } from '../../../src-shared/kernel/index.ts';
import { openAlarmDesk } from '../../testing/alarmDesk.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { startConditionServer } from '../../testing/conditionServer.ts';
import { startFeeds } from '../../testing/feedsRig.ts';
import { startTcpProxy } from '../../testing/tcpProxy.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { until } from '../../testing/until.ts';
import { followConditions } from '../../wiring.ts';
import { readCondition, type ConditionFields } from './model/opcuaConditions.ts';

const OPERATOR = { id: 'operator', name: '李海峰', role: 'operator' };
const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

it('takes alarms of a real server into the list, acknowledges and shelves there, and follows what is done there', async () => {
  await using server = await startConditionServer(['PT-101', 'LT-101'], folder.file('server'));
  await using proxy = await startTcpProxy(server.port);
  server.set('LT-101', 95);
  using rig = startFeeds(buildPlant(), [{ id: 'dcs', kind: 'opcua', url: `opc.tcp://127.0.0.1:${proxy.port}`, publishingIntervalMs: 100, samplingIntervalMs: 100, conditions: {}, mappings: [{ tags: ['PT-101', 'LT-101'], address: 'ns=1;s={tag}' }] }], folder.file('pki'));
  using desk = openAlarmDesk();
  using _line = followConditions({ feeds: rig.feeds, alarms: desk.alarms, ids: ['dcs'] });
  const rowOf = (tag: string) => desk.alarms.table.rows().find((row) => row.source === 'dcs' && row.tag === tag);
  // What was up before we came is told by the refresh.
  await until(() => rowOf('LT-101')?.state === 'unacknowledged', 'the alarm that was up', 30_000);
  expect(rowOf('LT-101')).toMatchObject({ kind: 'LT-101 level', equipment: expect.stringMatching(/./), zone: expect.stringMatching(/./), isStale: false });
  expect(rowOf('PT-101')).toBeUndefined();
  server.set('PT-101', 85);
  await until(() => rowOf('PT-101')?.state === 'unacknowledged', 'a new alarm');

  // From here to there.
  unwrap(await desk.alarms.acknowledgeAny([rowOf('LT-101')!.id], OPERATOR, '已派人'));
  await until(() => rowOf('LT-101')?.state === 'acknowledged', 'acknowledged');
  expect(server.stateOf('LT-101')).toMatchObject({ isAcked: true, comment: '李海峰: 已派人' });
  unwrap(await desk.alarms.shelveAny({ id: rowOf('LT-101')!.id, minutes: 5, reason: '更换变送器' }, OPERATOR));
  await until(() => rowOf('LT-101')?.state === 'shelved', 'shelved');
  expect(server.stateOf('LT-101').shelving).toBe('TimedShelved');
  unwrap(await desk.alarms.unshelveAny(rowOf('LT-101')!.id, OPERATOR));
  await until(() => rowOf('LT-101')?.state === 'acknowledged', 'unshelved');

  // From there to here.
  server.acknowledge('PT-101');
  await until(() => rowOf('PT-101')?.state === 'acknowledged', 'acknowledged at the server');
  server.shelve('PT-101');
  await until(() => rowOf('PT-101')?.state === 'shelved', 'shelved at the server');
  // While the link is down nothing is vouched for, and afterwards everything as it is then.
  proxy.cut();
  await until(() => rowOf('PT-101')?.isStale === true, 'stale');
  server.set('PT-101', 50);
  server.set('LT-101', 50);
  proxy.mend();
  await until(() => rowOf('LT-101') === undefined && rowOf('PT-101')?.isStale === false, 'as it is now', 30_000);
}, 120_000);

const read = (fields: ConditionFields) => readCondition(fields, { now: 1_000_000, tagOf: (node, name) => (node === 'ns=1;s=PT-101' ? 'PT-101' : name === 'LT-101' ? 'LT-101' : undefined) });
const up: ConditionFields = { conditionId: 'ns=1;i=7', sourceNode: 'ns=1;s=PT-101', sourceName: 'Boiler', message: 'High', severity: 700, retain: true, enabled: true, acked: false, active: true, time: 999_000 };

it('reads conditions of every kind: branches, shelved ones, plain ones, and those that are over', () => {
  expect(read(up)).toMatchObject({ key: 'ns=1;i=7', tag: 'PT-101', severity: 700, active: true, acknowledged: false, shelved: null, at: 999_000, message: { zh: 'High' } });
  expect(read({ ...up, branchId: 'ns=1;i=9', active: false })).toMatchObject({ key: 'ns=1;i=7#ns=1;i=9', active: false, acknowledged: false });
  expect(read({ ...up, shelving: 'i=2932', unshelveTime: 60_000 })?.shelved).toEqual({ until: 1_060_000 });
  expect(read({ ...up, shelving: 'i=2933' })?.shelved).toEqual({ until: null });
  expect(read({ ...up, shelving: 'i=2930' })?.shelved).toBeNull();
  expect(read({ ...up, sourceNode: 'ns=1;i=1', sourceName: 'LT-101', acked: undefined, active: undefined })).toMatchObject({ tag: 'LT-101', active: true, acknowledged: true });
  expect(read({ ...up, retain: false })).toMatchObject({ active: false, acknowledged: true });
  expect(read({ ...up, enabled: false, suppressed: true })).toMatchObject({ active: false, suppressed: false });
  expect(read({ ...up, active: false, acked: true, latched: true })).toMatchObject({ latched: true });
  expect(read({ message: 'an event', severity: 1 })).toBeNull();
});

it('takes nothing hostile from an event: no severity outside 1 to 1000, no endless text', () => {
  expect(read({ ...up, severity: -3 })?.severity).toBe(500);
  expect(read({ ...up, severity: 65_535 })?.severity).toBe(1_000);
  expect(read({ ...up, message: 'x'.repeat(1e6), user: 'y'.repeat(1e6), comment: 'z'.repeat(1e6), conditionName: 'k'.repeat(1e6) })).toMatchObject({ message: { en: 'x'.repeat(300) }, kind: 'k'.repeat(24) });
});
