import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import { AttributeIds, MessageSecurityMode, OPCUACertificateManager, OPCUAClient, SecurityPolicy, UserTokenType } from 'node-opcua';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { silentLog } from '../src-shared/kernel/index.ts';
import { SiteFile } from '../src-shared/plant/index.ts';
import { bindSite } from './boundSite.ts';
import { drawBinhai } from './model/binhai.ts';
import { fromRepository, plantClock, readText } from './platform.ts';
import { startPlant, type RunningPlant } from './plant.ts';
import { Scenario } from './scenario.ts';
import { DataType, decodePayload, encodePayload, type Metric } from './servers/sparkplugPayload.ts';

const folder = mkdtempSync(join(tmpdir(), 'anlan-plant-'));
const plant = drawBinhai();
let running: RunningPlant;
const clients: MqttClient[] = [];

beforeAll(async () => {
  const scenario = Scenario.parse({ format: 'anlan.scenario/1', id: 'test', title: { zh: '测试', en: 'test' } });
  running = await startPlant({ plant, scenario, seed: 1, speed: 1, mqttPort: 0, opcuaPort: 0, cameraPort: 0, pictures: { format: 'anlan.cameras/1', plant: plant.id, width: 1, height: 1, frameMs: 100, cameras: [] }, readPicture: () => new Uint8Array(), folder, clock: plantClock, log: silentLog });
}, 60_000);
afterAll(async () => {
  await Promise.all(clients.map((client) => client.endAsync(true)));
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

const connect = async (user: string, password: string) => {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${running.mqttPort}`, { username: user, password, protocolVersion: 4, reconnectPeriod: 0 });
  clients.push(client);
  return client;
};
const station = () => connect('station', 'anlan-demo-station');
/** The first message on a topic for which `pick` gives something. */
const hear = <T>(client: MqttClient, pick: (topic: string, payload: Buffer) => T | undefined): Promise<T> =>
  new Promise((resolve) => client.on('message', (topic, payload) => {
    const picked = pick(topic, payload);
    if (picked !== undefined) resolve(picked);
  }));

const encodeRebirth = () => encodePayload({ timestamp: plantClock.now(), metrics: [{ name: 'Node Control/Rebirth', timestamp: plantClock.now(), dataType: DataType.boolean, value: true }] });

describe('the broker', () => {
  it('refuses a wrong password', async () => {
    await expect(connect('station', 'wrong')).rejects.toThrow(/Bad username or password|Not authorized|Connection refused/i);
  });

  it('delivers detector readings and positions as JSON with source time', async () => {
    const client = await station();
    const detector = plant.detectors[0]!;
    const reading = hear(client, (topic, payload) => (topic === `binhai/field/${detector.tag}` ? (JSON.parse(payload.toString('utf8')) as { v: number; t: number; q: string }) : undefined));
    const position = hear(client, (topic, payload) => (topic === 'binhai/people/WB-001/position' ? (JSON.parse(payload.toString('utf8')) as { x: number; hr: number }) : undefined));
    await client.subscribeAsync('binhai/#');
    const { v, t, q } = await reading;
    expect(v).toBeGreaterThanOrEqual(0);
    expect(Math.abs(t - plantClock.now())).toBeLessThan(5000);
    expect(q).toBe('good');
    expect((await position).hr).toBeGreaterThan(50);
  });

  it('lets the station tell people their ways, whom one then sees walking', async () => {
    const client = await station();
    const { wearable } = plant.people[30]!;
    const at = (): Promise<readonly [number, number]> =>
      hear(client, (topic, payload) => {
        const { x, y } = topic === `binhai/people/${wearable}/position` ? (JSON.parse(payload.toString('utf8')) as { x: number; y: number }) : { x: 0, y: 0 };
        return topic === `binhai/people/${wearable}/position` ? ([x, y] as const) : undefined;
      });
    await client.subscribeAsync('binhai/people/+/position');
    const [x, y] = await at();
    const goal = plant.walkways.nodes.find(({ id }) => id === plant.muster[0]!.node)!.position;
    const start = Math.hypot(x - goal[0], y - goal[1]);
    await client.publishAsync(`binhai/people/${wearable}/way`, JSON.stringify({ t: plantClock.now(), announcement: 1, muster: plant.muster[0]!.id, way: [[x, y], goal] }), { qos: 1 });
    await expect.poll(async () => Math.hypot((await at())[0] - goal[0], (await at())[1] - goal[1]), { timeout: 25_000, interval: 500 }).toBeLessThan(start - 8);
  }, 30_000);

  it('lets the station neither speak for the plant nor listen beyond its topics', async () => {
    const [liar, witness] = [await station(), await station()];
    const heard: string[] = [];
    witness.on('message', (topic, payload) => topic === 'binhai/field/FAKE.PV' && heard.push(payload.toString('utf8')));
    await witness.subscribeAsync('binhai/field/#');
    const cut = new Promise((resolve) => liar.once('close', () => resolve(undefined)));
    liar.publish('binhai/field/FAKE.PV', '{"v":1}');
    await cut;
    const grants = await witness.subscribeAsync('$SYS/#').catch((error: unknown) => error);
    expect(JSON.stringify(grants) + String(grants)).toMatch(/128|Unspecified|unspecified/);
    expect(heard).toEqual([]);
  });
});

describe('a Sparkplug edge node', () => {
  it('is reborn on command and tells stored history to a host that comes on line', async () => {
    const client = await station();
    const names = new Map<number, string>();
    const historical: Metric[] = [];
    const done = hear(client, (topic, payload) => {
      const { metrics, seq } = topic.startsWith('spBv1.0/binhai/') ? decodePayload(payload) : { metrics: [], seq: 0 };
      if (topic === 'spBv1.0/binhai/NBIRTH/CH') expect(seq).toBe(0);
      if (topic.startsWith('spBv1.0/binhai/DBIRTH/CH/')) for (const { alias, name } of metrics) names.set(alias!, name!);
      // The host has seen no birth yet: what it is told by alias before one would be lost to it.
      if (topic.startsWith('spBv1.0/binhai/DDATA/CH/')) for (const metric of metrics) if (metric.isHistorical) expect(names.has(metric.alias!)).toBe(true);
      if (topic === 'spBv1.0/binhai/DDATA/CH/CH-K-202C') historical.push(...metrics.filter(({ isHistorical }) => isHistorical));
      return historical.length >= 14 * 720 ? true : undefined;
    });
    await client.subscribeAsync('spBv1.0/#');
    client.publish('spBv1.0/STATE/anlan', JSON.stringify({ online: true, timestamp: plantClock.now() }), { qos: 1, retain: true });
    await done;
    const reborn = hear(client, (topic) => (topic === 'spBv1.0/binhai/NBIRTH/CH' ? true : undefined));
    client.publish('spBv1.0/binhai/NCMD/CH', encodeRebirth());
    await reborn;
    const own = plant.equipment.find(({ id }) => id === 'CH-K-202C')!.machine!.tags;
    expect(new Set(historical.map(({ alias }) => names.get(alias!)))).toEqual(new Set(Object.values(own)));
    const ages = historical.map(({ timestamp }) => (plantClock.now() - timestamp) / 86_400_000);
    expect(Math.max(...ages)).toBeGreaterThan(29);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
  }, 20_000);
});

describe('the OPC UA server', () => {
  const client = async () => {
    const certificates = new OPCUACertificateManager({ rootFolder: join(folder, 'client-pki'), automaticallyAcceptUnknownCertificate: true });
    await certificates.initialize();
    return OPCUAClient.create({ endpointMustExist: false, securityMode: MessageSecurityMode.SignAndEncrypt, securityPolicy: SecurityPolicy.Basic256Sha256, clientCertificateManager: certificates, applicationName: 'test', applicationUri: 'urn:anlan:test', connectionStrategy: { maxRetry: 0 } });
  };

  it('serves values with range, unit and source time to a signed, encrypted session with password', async () => {
    const opc = await client();
    await opc.connect(`opc.tcp://127.0.0.1:${running.opcuaPort}`);
    const session = await opc.createSession({ type: UserTokenType.UserName, userName: 'station', password: 'anlan-demo-station' });
    const value = await session.read({ nodeId: 'ns=1;s=AR-V-101A.PT1', attributeId: AttributeIds.Value });
    expect(value.value.value).toBeGreaterThan(1);
    expect(Math.abs((value.sourceTimestamp?.getTime() ?? 0) - plantClock.now())).toBeLessThan(5000);
    const references = await session.browse({ nodeId: 'ns=1;s=AR-V-101A.PT1', resultMask: 63 });
    expect(references.references?.map(({ browseName }) => browseName.name)).toEqual(expect.arrayContaining(['EURange', 'EngineeringUnits']));
    await session.close();
    await expect(opc.createSession({ type: UserTokenType.UserName, userName: 'station', password: 'wrong' })).rejects.toThrow(/BadUserAccessDenied|BadIdentityTokenRejected/);
    await opc.disconnect();
  }, 30_000);
});

describe('the bound site file', () => {
  it('is a valid site file with the real ports and the certificate fingerprint', () => {
    const site = SiteFile.parse(parse(bindSite(readText(fromRepository('assets', 'plants', 'binhai', 'site.yaml')), running, '/plants/binhai')));
    expect(site.feeds.map(({ url }) => url)).toEqual([`mqtt://127.0.0.1:${running.mqttPort}`, `mqtt://127.0.0.1:${running.mqttPort}`, `opc.tcp://127.0.0.1:${running.opcuaPort}`]);
    expect(site.cameras[0]?.url).toBe(`http://127.0.0.1:${running.cameraPort}/cameras/CAM-01.jpg`);
    expect(running.fingerprint).toMatch(/^[0-9a-f]{40}$/);
  });
});
