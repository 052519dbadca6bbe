import { afterAll, beforeAll, expect, it } from 'vitest';
import { Quality, unwrap } from '../../../src-shared/kernel/index.ts';
import { buildPlant } from '../../testing/buildPlant.ts';
import { startFeeds, type FeedsRig } from '../../testing/feedsRig.ts';
import { startOpcUaServer, type TestOpcUaServer } from '../../testing/opcuaServer.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { until } from '../../testing/until.ts';

const plant = buildPlant();
const folder = temporaryFolder();
const POINTS = ['AS01.PT_101.PV', 'AS01.PT_101.SP', 'AS01.LT_101.PV', 'AS01.LT_101.HH', 'AS01.VALVE_7.PV'];
let server: TestOpcUaServer;
beforeAll(async () => {
  server = await startOpcUaServer(POINTS, folder.file('server'));
  server.set('AS01.PT_101.PV', 1.25);
}, 60_000);
afterAll(async () => {
  await server.stop();
  folder[Symbol.dispose]();
});
const INSTALLER = { actor: { id: 'installer', name: '张工', role: 'installer' }, commandId: '1', at: 0 };
const QUERY = { actor: null, commandId: '', at: 0 };
const feed = (rest: object = {}) => ({ id: 'ua', kind: 'opcua' as const, url: `opc.tcp://127.0.0.1:${server.port}`, user: 'anlan', password: 'secret', publishingIntervalMs: 200, samplingIntervalMs: 100, ...rest });
const start = async (rest: object = {}): Promise<FeedsRig> => {
  const rig = startFeeds(plant, [feed(rest)], folder.file('pki'));
  await until(() => rig.state() === 'live', 'live', 30_000);
  return rig;
};
const save = (rig: FeedsRig, revision: number, entries: { tag: string; nodeId: string | null }[]) => rig.feeds.handlers.saveMapping({ feed: 'ua', revision, entries, endpoint: null }, INSTALLER);

it('keeps a session that watches nothing yet, browses the server, drafts a mapping, and brings values as soon as it is saved', async () => {
  using rig = await start();
  const { nodes } = await rig.feeds.handlers.browse({ feed: 'ua', node: null }, QUERY);
  expect(nodes.find(({ browseName }) => browseName === '1:AS01.PT_101.PV')).toMatchObject({ nodeId: 'ns=1;s=AS01.PT_101.PV', nodeClass: 'Variable', dataType: 'Double', value: '1.25', quality: Quality.good });
  const folderNode = nodes.find(({ nodeClass, browseName }) => nodeClass === 'Object' && browseName === 'Server');
  expect((await rig.feeds.handlers.browse({ feed: 'ua', node: folderNode!.nodeId }, QUERY)).nodes.length).toBeGreaterThan(3);

  const { draft } = await rig.feeds.handlers.draftMapping({ feed: 'ua', root: null }, QUERY);
  expect(draft).toMatchObject({ isComplete: true, variables: POINTS.length });
  const accepted = draft!.guesses.flatMap(({ tag, best }) => (best === null ? [] : [{ tag, nodeId: best.nodeId }]));
  expect(accepted).toEqual([{ tag: 'PT-101', nodeId: 'ns=1;s=AS01.PT_101.PV' }, { tag: 'LT-101', nodeId: 'ns=1;s=AS01.LT_101.PV' }]);
  const saved = unwrap(await save(rig, 0, accepted));
  expect(saved).toMatchObject({ revision: 1, actor: '张工', entries: [{ tag: 'PT-101', isOwn: true }, { tag: 'LT-101', isOwn: true }] });
  expect(saved.yaml).toContain('address: ns=1;s=AS01.PT_101.PV');
  await until(() => rig.last('PT-101')?.value === 1.25 && rig.last('PT-101')?.quality === Quality.good, 'a value', 30_000);
  expect(rig.feeds.feedOf(plant.tags.findIndex(({ id }) => id === 'PT-101'))).toBe('ua');
}, 90_000);

it('lays the mapping over the site file: takes a tag off, puts it back, and refuses what is wrong or outdated', async () => {
  using rig = await start({ mappings: [{ tags: ['PT-101'], address: 'ns=1;s=AS01.PT_101.SP' }, { tags: ['LT-101'], address: 'ns=1;s=AS01.LT_101.PV' }] });
  const mapping = () => rig.feeds.handlers.mapping({ feed: 'ua' }, QUERY) as { revision: number; entries: unknown[] };
  expect(mapping()).toMatchObject({ revision: 0, entries: [{ tag: 'PT-101', nodeId: 'ns=1;s=AS01.PT_101.SP', isOwn: false }, { tag: 'LT-101', isOwn: false }] });
  expect(await save(rig, 3, [])).toMatchObject({ ok: false, refusal: { code: 'Outdated' } });
  expect(await save(rig, 0, [{ tag: 'XX-1', nodeId: 'i=85' }])).toMatchObject({ refusal: { code: 'Invalid', field: 'entries.0.tag' } });
  expect(await save(rig, 0, [{ tag: 'PT-101', nodeId: 'PV of the first' }])).toMatchObject({ refusal: { code: 'Invalid', field: 'entries.0.nodeId' } });
  expect(await save(rig, 0, [{ tag: 'PT-101', nodeId: 'ns=1;s=AS01.LT_101.PV' }])).toMatchObject({ refusal: { code: 'Invalid' } });
  expect(await rig.feeds.handlers.saveMapping({ feed: 'none', revision: 0, entries: [], endpoint: null }, INSTALLER)).toMatchObject({ refusal: { code: 'NotFound' } });
  expect(mapping().revision).toBe(0);

  unwrap(await save(rig, 0, [{ tag: 'PT-101', nodeId: 'ns=1;s=AS01.PT_101.PV' }, { tag: 'LT-101', nodeId: null }]));
  await until(() => rig.last('PT-101')?.value === 1.25 && rig.last('LT-101')?.quality === Quality.stale, 'in force', 30_000);
  expect(mapping()).toMatchObject({ entries: [{ tag: 'PT-101', isOwn: true }] });
  expect(unwrap(await rig.feeds.handlers.undoMapping({ feed: 'ua', revision: 1 }, INSTALLER))).toMatchObject({ revision: 2, entries: [{ tag: 'PT-101', isOwn: false }, { tag: 'LT-101', isOwn: false }] });
  await until(() => rig.last('PT-101')?.value === 0 && rig.last('LT-101')?.quality === Quality.good, 'as before', 30_000);
  expect(await rig.feeds.handlers.undoMapping({ feed: 'ua', revision: 2 }, INSTALLER)).toMatchObject({ refusal: { code: 'NothingToUndo' } });
}, 90_000);

it('lists endpoints and certificates, and drops a server whose certificate a person rejects until it is trusted again', async () => {
  using rig = await start({ mappings: [{ tags: ['PT-101'], address: 'ns=1;s=AS01.PT_101.PV' }] });
  const { endpoints } = await rig.feeds.handlers.endpoints({ feed: 'ua' }, QUERY);
  expect(endpoints.map(({ mode, policy, isBest }) => `${policy} ${mode}${isBest ? ' best' : ''}`).toSorted()).toEqual(['Basic256Sha256 Sign', 'Basic256Sha256 SignAndEncrypt best', 'None None']);
  expect(endpoints[0]?.tokens).toContain('UserName');
  const certificates = () => rig.feeds.handlers.certificates({}, QUERY) as { fingerprint: string; list: string; reason: { en: string } | null }[];
  const seen = certificates().find(({ list }) => list === 'first-seen')!;
  expect(seen).toMatchObject({ feeds: ['ua'], reason: null, fingerprint: endpoints[0]?.fingerprint });
  expect(certificates().some(({ list }) => list === 'own')).toBe(true);
  expect(await rig.feeds.handlers.trustCertificate({ fingerprint: '0'.repeat(40), isTrusted: true }, INSTALLER)).toMatchObject({ refusal: { code: 'NotFound' } });
  expect(unwrap(await rig.feeds.handlers.trustCertificate({ fingerprint: seen.fingerprint, isTrusted: false }, INSTALLER))).toMatchObject({ list: 'rejected', by: '张工', reason: { en: expect.stringContaining('rejected') } });
  await until(() => rig.state() === 'refused' && rig.last('PT-101')?.quality === Quality.stale, 'refused', 30_000);
  expect((await rig.feeds.handlers.browse({ feed: 'ua', node: null }, QUERY)).problem?.zh).toContain('没有连接');
  expect(unwrap(await rig.feeds.handlers.trustCertificate({ fingerprint: seen.fingerprint, isTrusted: true }, INSTALLER))).toMatchObject({ list: 'trusted', reason: null });
  await until(() => rig.last('PT-101')?.quality === Quality.good, 'live again', 30_000);
}, 90_000);
