/**
 * The plant of bench:ingest, a process of its own: a broker (aedes) or an OPC UA server (node-opcua) and the values in it.
 * Arguments: protocol, port, tags, values a second, seconds, values a message, folder. Tells its parent `ready`, then `sent`.
 */
import { createServer } from 'node:net';
import { Aedes } from 'aedes';
import { DataType, MessageSecurityMode, OPCUACertificateManager, OPCUAServer, SecurityPolicy, StatusCodes, type UAVariable } from 'node-opcua';
import { encodeSparkplug, SparkplugType } from '../src-main/modules/feeds/index.ts';
import { seeded } from './kit.ts';

const [protocol = 'mqtt', ...numbers] = process.argv.slice(2, 8);
const [port = 0, tags = 0, rate = 0, seconds = 0, batch = 1] = numbers.map(Number);
const folder = process.argv[8] ?? '.';
const random = seeded(7);
const value = new Float64Array(tags).map(() => 3 + random());
const lastAt = new Float64Array(tags);
let [sent, turn] = [0, 0];
const tell = (message: object) => process.send?.(message);

/** The next value of a tag: a walk of two decimals that stays below the alarm limit of 9 and never stands still (OPC UA reports changes only). */
const step = (tag: number): number => {
  const next = Math.min(8, Math.max(1, Math.round(value[tag]! * 100 + (random() - 0.5) * 20) / 100));
  return (value[tag] = next === value[tag] ? (next > 4 ? Math.round(next * 100 - 1) / 100 : Math.round(next * 100 + 1) / 100) : next);
};
/** Never the same moment twice for one tag: history would keep one of them. */
const stamp = (tag: number): number => (lastAt[tag] = Math.max(Date.now(), lastAt[tag]! + 1));
const nextTag = () => {
  const tag = turn;
  turn = (turn + 1) % tags;
  return tag;
};

/** Sends at an even pace, in ticks of 10 ms, whatever the timer does. */
const pace = (perSend: number, send: () => void) =>
  new Promise<void>((resolve) => {
    const startedAt = performance.now();
    const tick = () => {
      const elapsed = Math.min(seconds * 1_000, performance.now() - startedAt);
      for (const due = (rate * elapsed) / 1_000; sent + perSend <= due; sent += perSend) send();
      if (elapsed >= seconds * 1_000) resolve();
      else setTimeout(tick, 10);
    };
    tick();
  });

const runBroker = async () => {
  const broker = await Aedes.createBroker();
  const server = createServer((socket) => void broker.handle(socket));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const subscribed = new Promise<void>((resolve) => broker.on('subscribe', () => resolve()));
  const publish = (topic: string, payload: string | Uint8Array) => broker.publish({ cmd: 'publish', topic, payload: Buffer.from(payload), qos: 0, retain: false, dup: false }, () => {});
  tell({ ready: true });
  await subscribed;
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  if (protocol === 'mqtt') {
    const row = () => {
      const tag = nextTag();
      return { tag: `T${tag}`, v: step(tag), t: stamp(tag), q: 192 };
    };
    await pace(batch, () => {
      if (batch > 1) return publish('bench/batch', JSON.stringify(Array.from({ length: batch }, row)));
      const { tag, ...rest } = row();
      publish(`bench/${tag}`, JSON.stringify(rest));
    });
    return;
  }
  let seq = 0;
  const metric = (tag: number) => ({ alias: tag + 1, datatype: SparkplugType.Double, value: step(tag), timestamp: stamp(tag) });
  publish('spBv1.0/bench/NBIRTH/E1', encodeSparkplug({ timestamp: Date.now(), seq, metrics: [{ name: 'bdSeq', datatype: SparkplugType.Int64, value: 0 }, ...Array.from({ length: tags }, (_unused, tag) => ({ name: `T${tag}`, ...metric(tag) }))] }));
  await pace(batch, () => {
    seq = (seq + 1) % 256;
    publish('spBv1.0/bench/NDATA/E1', encodeSparkplug({ timestamp: Date.now(), seq, metrics: Array.from({ length: batch }, () => metric(nextTag())) }));
  });
  sent += tags;
};

const runOpcUa = async () => {
  const server = new OPCUAServer({
    port,
    hostname: '127.0.0.1',
    // Its certificate must name the address that clients use.
    alternateHostname: '127.0.0.1',
    serverCertificateManager: new OPCUACertificateManager({ rootFolder: folder, automaticallyAcceptUnknownCertificate: true, disableFileWatchers: true }),
    securityModes: [MessageSecurityMode.SignAndEncrypt],
    securityPolicies: [SecurityPolicy.Basic256Sha256],
    serverCapabilities: { maxMonitoredItems: 200_000, maxMonitoredItemsPerSubscription: 50_000, maxSubscriptions: 200 },
  });
  await server.initialize();
  const space = server.engine.addressSpace!;
  const variables: UAVariable[] = Array.from({ length: tags }, (_unused, tag) =>
    space.getOwnNamespace().addVariable({ organizedBy: space.rootFolder.objects, browseName: `T${tag}`, nodeId: `s=T${tag}`, dataType: DataType.Double, minimumSamplingInterval: 0, value: { dataType: DataType.Double, value: value[tag]! } }),
  );
  await server.start();
  tell({ ready: true });
  while (server.engine.currentSubscriptionCount === 0) await new Promise((resolve) => setTimeout(resolve, 100));
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  await pace(1, () => {
    const tag = nextTag();
    variables[tag]!.setValueFromSource({ dataType: DataType.Double, value: step(tag) }, StatusCodes.Good, new Date(stamp(tag)));
  });
  // Each item's first notification is its value at the beginning.
  sent += tags;
  await new Promise((resolve) => setTimeout(resolve, 2_000));
};

await (protocol === 'opcua' ? runOpcUa() : runBroker());
tell({ sent, cpuSeconds: Object.values(process.cpuUsage()).reduce((sum, part) => sum + part, 0) / 1e6 });
process.on('message', () => process.exit(0));
