/**
 * `npm run -s bench:emergency -- [--seconds N] [--json]`: a station of its own over a works of 5,041 walkway nodes with 1,000 people whose positions come over MQTT, and a declared leak of
 * ammonia; as soon as the first plan is there the wind turns by 120°, after 25 s it is stood down and declared anew. `medianMs`, `p95Ms`: from the sample with which the wind on which the
 * station acts has turned by 10° to the new plume, routes and headcount at a client over WebSocket: the station's own time from asking the engines to the plan, and from there to the client.
 * Each counts that brought a newly announced plan after the first; fewer than ten are no measurement, and it ends with status 1.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Emergency } from '../src-shared/contract/index.ts';
import { unwrap } from '../src-shared/kernel/index.ts';
import { systemClock } from '../src-main/platform/clock.ts';
import { startStationProcess } from '../src-main/platform/stationProcess.ts';
import { startBroker } from '../src-main/testing/broker.ts';
import { buildPlant, buildRecords, buildSite } from '../src-main/testing/buildPlant.ts';
import { pause, until } from '../src-main/testing/until.ts';
import { connectDesk } from './desk.ts';
import { crowd, gridPlant } from './evacuation.ts';
import { median, quantile } from './kit.ts';

const { values: options } = parseArgs({ options: { seconds: { type: 'string', default: '300' }, json: { type: 'boolean', default: false } } });
const [NODES, PEOPLE, TURN_DEGREES, SAMPLE_MS, ROUND_MS] = [5_000, 1_000, 120, 200, 25_000];
/** Announced plans below which a median says nothing. */
const FEWEST = 10;

const graph = gridPlant(NODES, 6);
const people = crowd(graph, PEOPLE);
const size = Math.max(...graph.x);
const both = (word: string) => ({ zh: word, en: word });
const plant = buildPlant((model) => {
  model.site = { ...model.site, width: size, depth: size };
  model.zones = model.zones.map((zone, i) => ({ ...zone, polygon: [[(i * size) / 2, 0], [((i + 1) * size) / 2, 0], [((i + 1) * size) / 2, size], [(i * size) / 2, size]] }));
  model.walkways = { nodes: graph.nodeIds.map((id, n) => ({ id, position: [graph.x[n]!, graph.y[n]!] })), edges: graph.edgeIds.map((id, e) => ({ id, from: graph.nodeIds[graph.from[e]!]!, to: graph.nodeIds[graph.to[e]!]!, width: graph.width[e]! })) };
  model.muster = graph.muster.map(({ id, node }) => ({ id, name: both(id), node: graph.nodeIds[node]!, capacity: PEOPLE }));
  model.people = Array.from({ length: PEOPLE }, (_value, i) => ({ id: `P${i}`, name: `员工${i}`, role: both('operator'), team: both('A'), wearable: `W${i}` }));
});
const folder = mkdtempSync(join(tmpdir(), 'anlan-wind-turn-'));
await using broker = await startBroker();
const site = buildSite((file) => {
  file.records = 'records.json';
  file.feeds = [{ id: 'bench', kind: 'mqtt', url: `mqtt://127.0.0.1:${broker.port}`, protocolVersion: 4, mappings: [{ tags: ['*'], address: 'bench/{tag}' }], positions: { topic: 'people/{wearable}' } }];
});
for (const [name, content] of [['plant.json', plant], ['records.json', buildRecords()], ['site.json', site]] as const) writeFileSync(join(folder, name), JSON.stringify(content));

let enough = false;
const station = await startStationProcess({ site: join(folder, 'site.json'), dataDir: join(folder, 'data') });
try {
  const desk = await connectDesk(station);
  unwrap(await desk.client.command('security.signIn', { user: 'safety', pin: '2345' }, 'in'));
  const tell = (tag: string, v: number) => broker.publish(`bench/${tag}`, JSON.stringify({ v, t: Date.now() }));
  const tellPeople = async () => {
    for (let i = 0; i < PEOPLE; i += 1) await broker.publish(`people/W${i}`, JSON.stringify({ x: people.x[i], y: people.y[i], z: 0, t: Date.now() }));
  };
  await tell('WS', 3);
  await tell('WD', 0);
  await tellPeople();
  await pause(2_000);
  const took: number[] = [];
  const endsAt = Date.now() + Number(options.seconds) * 1_000;
  let [windFrom, toldPeopleAt, rounds] = [0, Date.now(), 0];
  let last: Emergency | undefined;
  while (Date.now() < endsAt) {
    const { id } = unwrap(await desk.client.command('emergency.declare', { kind: 'gas', substance: 'ammonia', position: [size / 2, size / 2], rateKgS: 20 }, `declare-${rounds}`));
    const row = () => desk.emergencies.rows.get(id);
    await until(() => (row()?.planned ?? null) !== null, 'the first plan is there', 60_000);
    let version = row()!.planned!.version;
    using _look = systemClock.every(5, () => {
      const now = row();
      if (now?.planned === undefined || now.planned === null || now.plume === null || now.planned.version === version) return;
      version = now.planned.version;
      took.push(now.planned.computeMs + Date.now() - now.plume.at);
    });
    windFrom = (windFrom + TURN_DEGREES) % 360;
    for (const turned = Date.now(); Date.now() - turned < ROUND_MS; await pause(SAMPLE_MS)) {
      // Both, again and again: a wind of which one half is old is not known.
      await tell('WS', 3);
      await tell('WD', windFrom);
      if (Date.now() - toldPeopleAt < 8_000) continue;
      toldPeopleAt = Date.now();
      await tellPeople();
    }
    last = row();
    rounds += 1;
    unwrap(await desk.client.command('emergency.standDown', { id, reason: 'next round' }, `down-${rounds}`));
  }
  if (last === undefined) throw new Error('no round');
  enough = took.length >= FEWEST;
  const report = { nodes: graph.nodeIds.length, people: PEOPLE, rounds, plans: took.length, medianMs: Math.round(median(took)), p95Ms: Math.round(quantile(took, 0.95)), led: last.routes.reduce((sum, route) => sum + route.people.length, 0), sheltering: last.shelter.length, closedEdges: last.closedEdges.length, routes: last.routes.length };
  desk.client[Symbol.dispose]();
  console.log(options.json ? JSON.stringify(report) : report);
} finally {
  await station.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(enough ? 0 : 1);
