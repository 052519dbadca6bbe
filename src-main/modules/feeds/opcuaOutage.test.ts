import { expect, it } from 'vitest';
import { Quality, type Clock } from '../../../src-shared/kernel/index.ts';
import { SiteFile } from '../../../src-shared/plant/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { buildPlant, buildSite } from '../../testing/buildPlant.ts';
import { startOpcUaServer } from '../../testing/opcuaServer.ts';
import { shiftDate } from '../../testing/shiftedDate.ts';
import { startTcpProxy } from '../../testing/tcpProxy.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { pause, until } from '../../testing/until.ts';
import { createValues } from '../values/index.ts';
import { toSetup, type FeedsMessage } from './messages.ts';
import { runFeeds } from './worker/runtime.ts';

const TEN_MINUTES = 600_000;
const PUBLISHING_MS = 500;

it('an outage of 10 minutes, by the clocks of both ends: stale within three publishing intervals, dialled again, values flow, and history fills the gap', async () => {
  using folder = temporaryFolder();
  await using server = await startOpcUaServer(['PT-101'], folder.file('server'), { historized: ['PT-101'] });
  await using proxy = await startTcpProxy(server.port);
  const plant = buildPlant();
  const pt = plant.tags.findIndex(({ id }) => id === 'PT-101');
  // Server and feed run in this thread, under one clock that can leap.
  using date = shiftDate();
  let leap = 0;
  const clock: Clock = { ...systemClock, monotonic: () => systemClock.monotonic() + leap };
  const values = createValues({ plant });
  const kept = new Map<number, { at: number; isLive: boolean; age: number }>();
  let row: Extract<FeedsMessage, { kind: 'rows' }>['rows'][number] | undefined;
  const feed = { id: 'ua', kind: 'opcua' as const, url: `opc.tcp://127.0.0.1:${proxy.port}`, user: 'anlan', password: 'secret', publishingIntervalMs: PUBLISHING_MS, samplingIntervalMs: 0, mappings: [{ tags: ['PT-101'], address: 'ns=1;s={tag}' }] };
  using feeds = runFeeds({
    setup: toSetup(SiteFile.parse({ ...buildSite(), feeds: [feed] }), plant, { pkiFolder: folder.file('pki'), siteFolder: '.' }),
    clock,
    post(message) {
      if (message.kind === 'rows') row = message.rows.at(-1);
      if (message.kind === 'loss') values.markStale(message.loss.tags, message.loss.at);
      if (message.kind !== 'flush') return;
      if (message.live !== null) values.apply(message.live);
      for (const [batch, isLive] of [[message.live, true], [message.history, false]] as const) {
        batch?.value.forEach((value, index) => batch.tag[index] === pt && kept.set(value, { at: batch.at[index]!, isLive, age: batch.seenAt - batch.at[index]! }));
      }
      queueMicrotask(() => feeds.onMessage({ kind: 'taken' }));
    },
  });
  feeds.onMessage({ kind: 'since', at: new Map() });
  await until(() => values.last(pt)?.quality === Quality.good, 'live', 30_000);
  server.set('PT-101', 1);
  await until(() => values.last(pt)?.value === 1, 'the first value');

  // The other end is not gone but silent: three publishing intervals must tell.
  proxy.silence();
  const silentAt = performance.now();
  await until(() => values.last(pt)?.quality === Quality.stale, 'stale', 5_000);
  // What was on its way, one interval; the watchdog looks every quarter of a second.
  expect(performance.now() - silentAt).toBeLessThan(4 * PUBLISHING_MS + 1_000);
  proxy.cut();

  // A value a second for ten minutes, at the times of those seconds.
  const from = Date.now();
  date.by(TEN_MINUTES);
  leap = TEN_MINUTES;
  for (let second = 1; second <= 600; second += 1) server.set('PT-101', 100 + second, undefined, from + second * 1_000 - 500);
  await until(() => row?.state === 'down', 'down', 5_000);
  await pause(2_500);
  expect(values.last(pt)).toMatchObject({ value: 1, quality: Quality.stale });

  proxy.mend();
  const mendedAt = performance.now();
  await until(() => values.last(pt)?.value === 700 && values.last(pt)?.quality === Quality.good, 'right', 20_000);
  const rightAfterMs = performance.now() - mendedAt;
  server.set('PT-101', 1_000);
  await until(() => values.last(pt)?.value === 1_000, 'values flow', 5_000);
  await until(() => row?.gap?.state === 'filled', 'the gap is filled', 20_000);
  await until(() => kept.size >= 602, 'all of it has come', 5_000);
  expect(Array.from({ length: 600 }, (_unused, index) => 101 + index).filter((value) => !kept.has(value))).toEqual([]);
  for (let value = 101; value < 700; value += 1) expect(Math.abs(kept.get(value)!.at - (from + (value - 100) * 1_000 - 500))).toBeLessThan(2);
  // Nothing of it was shown as live but what was the newest.
  expect([...kept].filter(([, { isLive, age }]) => isLive && age > 5_000)).toEqual([]);
  expect(rightAfterMs).toBeLessThan(5_000);
}, 120_000);
