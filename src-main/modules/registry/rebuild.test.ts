import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { createClient } from '../../../src-shared/contract/client.ts';
import { createPortPair, silentLog, unwrap } from '../../../src-shared/kernel/index.ts';
import { loadSite } from '../../config/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { createIds } from '../../platform/ids.ts';
import { installationOf } from '../../platform/installation.ts';
import { createStandingStation } from '../../standingStation.ts';
import { createStation } from '../../station.ts';
import { buildPlant, buildRecords, buildSite } from '../../testing/buildPlant.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { until } from '../../testing/until.ts';

const INSTALLATION = installationOf(new URL('../../station.ts', import.meta.url).href);

/** The tiny plant's station, which can be built anew, over a folder; nobody answers at its feed. */
const start = (folder: { file(name: string): string }) => {
  writeFileSync(folder.file('plant.json'), JSON.stringify(buildPlant()));
  writeFileSync(folder.file('records.yaml'), stringify(buildRecords({ qualifications: [{ person: 'P1', kind: '焊工', validTo: '-1d' }] })));
  writeFileSync(folder.file('site.yaml'), stringify({ ...buildSite((site) => void (site.feeds[0]!.url = 'mqtt://127.0.0.1:9')), records: 'records.yaml' }));
  const site = unwrap(loadSite(folder.file('site.yaml')));
  const station = createStandingStation((rebuild) => createStation({ site, installation: INSTALLATION, dataDir: folder.file('data'), clock: systemClock, ids: createIds(systemClock), log: silentLog, shell: 'none', rebuild }), { log: silentLog });
  const connect = async (user = { user: 'safety', pin: '2345' }) => {
    const [stationEnd, clientEnd] = createPortPair();
    station.serve(stationEnd, { transport: 'memory' });
    const client = createClient({ name: 'test', clock: systemClock });
    client.attach(clientEnd);
    await until(() => client.state.get() === 'live', 'the client is live');
    unwrap(await client.command('security.signIn', user, `in-${user.user}-${String(Math.random())}`));
    return client;
  };
  return { station, connect };
};
const settled = async (client: Awaited<ReturnType<ReturnType<typeof start>['connect']>>, id: string) => {
  const sets = client.table('registry.changeSets');
  await until(() => !['reading', undefined].includes(sets.rows.get(id)?.state), 'the change set is read', 20_000);
  return sets.rows.get(id)!;
};

it('takes a file in, builds itself anew under its clients, and takes it back', async () => {
  using folder = temporaryFolder();
  const { station, connect } = start(folder);
  await using _ended = station;
  const client = await connect();
  const csv = '位号,名称,设备编号,测量类型,单位,量程下限,量程上限\nFT-101,氨流量,TK-101,流量,m3/h,0,50\nFT-102,坏行,TK-101,流量,香蕉,0,1\n';
  const { id } = unwrap(await client.command('registry.importFile', { name: '点表.csv', gzip: gzipSync(csv), why: '新增流量计' }, 'c1'));
  const set = await settled(client, id);
  expect(set).toMatchObject({ state: 'draft', counts: { refused: 1, added: 1 }, rebuilds: true, createdBy: '陈静' });
  expect((await client.query('registry.changeRows', { id, action: 'refused', offset: 0, limit: 10 })).rows).toMatchObject([{ id: 'FT-102', problems: [{ field: 'unit' }] }]);
  expect(await client.command('registry.apply', { id, version: 0, partial: false }, 'c2')).toMatchObject({ ok: false, refusal: { code: 'Refused' } });
  expect(await client.command('registry.apply', { id, version: 7, partial: true }, 'c3')).toMatchObject({ ok: false, refusal: { code: 'Outdated' } });
  expect(unwrap(await client.command('registry.apply', { id, version: 0, partial: true }, 'c4'))).toEqual({ version: 1, rebuilds: true });
  await until(() => client.state.get() === 'lost', 'the line went down', 10_000);

  // Until the next station stands, lines are closed and clients try again.
  await until(() => station.status().startedAt > set.createdAt, 'the next station stands', 20_000);
  const after = await connect();
  const plant = await after.query('registry.plant', {});
  expect(plant.tags.at(-1)).toMatchObject({ id: 'FT-101', unit: 'm3/h' });
  expect(plant.tags.some((tag) => tag.id === 'FT-102')).toBe(false);
  expect(await after.query('registry.versions', {})).toMatchObject([{ version: 1, actor: '陈静', why: '新增流量计', file: '点表.csv', changes: 1, undoes: null }]);
  expect((await after.query('registry.versionRows', { version: 1, offset: 0, limit: 10 })).rows[0]).toMatchObject({ id: 'FT-101', action: 'added' });
  expect(await after.query('registry.lineage', { tag: 'FT-101' })).toMatchObject({ source: { id: 'broker', kind: 'mqtt', address: 'tiny/FT-101' }, unit: 'm3/h', modelVersion: 'tiny 1 + 1', at: null });

  unwrap(await after.command('registry.undo', { undoes: 1, version: 1, why: '流量计未装' }, 'c5'));
  await until(() => after.state.get() === 'lost', 'the line went down again', 10_000);
  const begun = station.status().startedAt;
  await until(() => station.status().startedAt > begun, 'and the third station stands', 20_000);
  const last = await connect();
  expect((await last.query('registry.plant', {})).tags).toEqual(buildPlant().tags);
  const ledger = await last.query('ledger.entries', { limit: 100 });
  expect(ledger.filter(({ kind }) => kind === 'model.changed').map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([{ version: 2, source: 'undo', undoes: 1, count: 1 }, { version: 1, why: '新增流量计', changes: [{ kind: 'tag', id: 'FT-101', act: 'added' }] }]);
  expect(await last.query('ledger.verify', {})).toMatchObject({ valid: true });
}, 90_000);

it('puts limits, qualifications and documents in force at once, and asks for a role', async () => {
  using folder = temporaryFolder();
  const { station, connect } = start(folder);
  await using _ended = station;
  const operator = await connect({ user: 'op', pin: '1234' });
  const edit = (id: string, edits: Parameters<typeof client.command<'registry.edit'>>[1]['edits']) => client.command('registry.edit', { edits, why: '年度复核' }, id);
  const client = await connect();
  expect(await operator.command('registry.edit', { edits: [{ kind: 'person', id: 'P1', fields: null }], why: '离职' }, 'x')).toMatchObject({ ok: false, refusal: { code: 'NotPermitted' } });
  const { id } = unwrap(await edit('e1', [{ kind: 'limit', id: 'PT-101/HI', fields: { limit: '1.6' } }, { kind: 'qualification', id: 'P1/焊工', fields: { validTo: '2099-01-01' } }, { kind: 'document', id: 'TK-101/http://d.example/1', fields: { equipment: 'TK-101', 'title.zh': '图纸', href: 'http://d.example/1' } }]));
  expect(await settled(client, id)).toMatchObject({ state: 'validated', rebuilds: false });
  const report = async () => (await client.query('registry.report', {})).map(({ code, subject }) => `${code} ${subject.id}`);
  expect(await report()).toContain('expired P1');
  using revision = client.value('registry.revision');
  await until(() => revision.get() !== undefined, 'the revision is there');
  const before = revision.get();
  expect(unwrap(await client.command('registry.apply', { id, version: 0, partial: false }, 'a1'))).toEqual({ version: 1, rebuilds: false });
  await until(() => revision.get() !== before, 'clients are told');
  const plant = await client.query('registry.plant', {});
  expect(plant.tags[0]?.alarms.find(({ kind }) => kind === 'HI')?.limit).toBe(1.6);
  expect(plant.equipment[0]?.documents).toHaveLength(1);
  expect(await report()).not.toContain('expired P1');
  expect(client.state.get()).toBe('live');
  expect(await client.query('registry.lineage', { tag: 'NONE' })).toBeNull();
  const again = unwrap(await edit('e2', [{ kind: 'limit', id: 'PT-101/HI', fields: { limit: '1.7' } }]));
  await settled(client, again.id);
  unwrap(await client.command('registry.apply', { id: again.id, version: 1, partial: false }, 'a2'));
  expect(await client.command('registry.undo', { undoes: 1, version: 2, why: '撤销第一次' }, 'u1')).toMatchObject({ ok: false, refusal: { code: 'Conflict' } });
  unwrap(await client.command('registry.undo', { undoes: 2, version: 2, why: '撤销第二次' }, 'u2'));
  expect((await client.query('registry.plant', {})).tags[0]?.alarms.find(({ kind }) => kind === 'HI')?.limit).toBe(1.6);
}, 60_000);
