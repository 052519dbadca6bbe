import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createClient } from '../src-shared/contract/client.ts';
import { createPortPair, Quality, silentLog, unwrap } from '../src-shared/kernel/index.ts';
import { loadSite } from './config/index.ts';
import { systemClock } from './platform/clock.ts';
import { createIds } from './platform/ids.ts';
import { installationOf } from './platform/installation.ts';
import { createStation } from './station.ts';
import { buildPlant, buildSite } from './testing/buildPlant.ts';
import { startOpcUaServer } from './testing/opcuaServer.ts';
import { startTcpProxy } from './testing/tcpProxy.ts';
import { temporaryFolder } from './testing/temporary.ts';
import { pause, until } from './testing/until.ts';

const INSTALLATION = installationOf(new URL('./station.ts', import.meta.url).href);

it('an OPC UA gap that is open when the station ends, and when the next one ends, is filled after the start that finds the server', async () => {
  using folder = temporaryFolder();
  await using server = await startOpcUaServer(['PT-101'], folder.file('server'), { historized: ['PT-101'] });
  await using proxy = await startTcpProxy(server.port);
  const plant = buildPlant();
  writeFileSync(folder.file('plant.json'), JSON.stringify(plant));
  const feed = { id: 'ua', kind: 'opcua' as const, url: `opc.tcp://127.0.0.1:${proxy.port}`, user: 'anlan', password: 'secret', publishingIntervalMs: 200, samplingIntervalMs: 0, mappings: [{ tags: ['PT-101'], address: 'ns=1;s={tag}' }] };
  writeFileSync(folder.file('site.json'), JSON.stringify(buildSite((site) => void (site.feeds = [feed]))));
  const site = unwrap(loadSite(folder.file('site.json')));
  const open = () => {
    const station = createStation({ site, installation: INSTALLATION, dataDir: folder.file('data'), clock: systemClock, ids: createIds(systemClock), log: silentLog, shell: 'none' });
    const [stationEnd, clientEnd] = createPortPair();
    station.serve(stationEnd, { transport: 'memory' });
    const client = createClient({ name: 'test', clock: systemClock });
    client.attach(clientEnd);
    const row = client.table('feeds.feeds');
    return { station, state: () => row.rows.get('ua')?.state, gap: () => row.rows.get('ua')?.gap ?? null, samples: () => client.query('historian.samples', { tag: 'PT-101', from: 0, to: Date.now() + 60_000, limit: 100_000 }) };
  };
  const told: number[] = [];
  /** Counts up every 20 ms for `ms`. */
  const countUp = async (ms: number) => {
    for (const end = performance.now() + ms; performance.now() < end; await pause(20)) {
      told.push(told.length + 1);
      server.set('PT-101', told.length);
    }
  };
  {
    const first = open();
    await until(() => first.state() === 'live', 'live', 30_000);
    await countUp(1_000);
    proxy.cut();
    await until(() => first.state() === 'down', 'down', 10_000);
    await countUp(1_500);
    await first.station[Symbol.asyncDispose]();
  }
  // Nobody listens; and the next station finds no link either, so that it too ends with the gap open.
  await countUp(1_000);
  {
    const second = open();
    await until(() => second.state() === 'down', 'still down', 20_000);
    await countUp(500);
    await second.station[Symbol.asyncDispose]();
  }
  proxy.mend();
  const third = open();
  await using _ended = third.station;
  await until(() => third.gap()?.state === 'filled', 'the gap is filled', 40_000);
  await pause(1_000);
  const { at, value, quality } = await third.samples();
  expect(told.filter((count) => !value.includes(count))).toEqual([]);
  // Each once, in the order of its time, as good as the server said.
  const counted = [...value].map((count, row) => ({ count, at: at[row]!, quality: quality[row]! })).filter(({ count }) => count > 0);
  expect(counted.map(({ count }) => count)).toEqual(told);
  expect(new Set(counted.map((sample) => sample.quality))).toEqual(new Set([Quality.good]));
  expect(third.gap()!.from).toBeLessThan(counted[0]!.at + 10_000);
}, 150_000);
