import mqtt, { type MqttClient } from 'mqtt';
import type { Clock, Log } from '../../src-shared/kernel/index.ts';
import type { Tag } from '../../src-shared/plant/index.ts';
import { ACCOUNTS, GROUP } from './accounts.ts';
import { DataType, decodePayload, encodePayload, type Metric } from './sparkplugPayload.ts';

/** A Sparkplug B 3.0 edge node: births with aliases, data by exception, death by will, rebirth on command, stored history when a host comes on line. */
export type EdgeNode = {
  /** Sends what has changed since the last time. */
  report(at: number): void;
  close(): Promise<void>;
};

export type EdgeNodeSetup = {
  readonly url: string;
  readonly id: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Devices in order, each with the plant model's index of its tags. */
  readonly devices: readonly { readonly id: string; readonly tags: readonly { readonly tag: Tag; readonly index: number }[] }[];
  readonly value: Float64Array;
  readonly quality: Uint8Array;
  /** Hourly samples to tell a host that comes on line, oldest first. */
  readonly history: readonly { readonly hoursAgo: number; readonly tag: string; readonly value: number }[];
};

const NAMESPACE = 'spBv1.0';
const REBIRTH = 'Node Control/Rebirth';
const HOUR = 3_600_000;
/** Metrics in one message of history, and milliseconds between two. */
const HISTORY_CHUNK = 600;
const HISTORY_EVERY_MS = 15;

export const startEdgeNode = ({ url, id, clock, log, devices, value, quality, history }: EdgeNodeSetup): EdgeNode => {
  const started = clock.now();
  const topic = (type: string, device?: string) => [NAMESPACE, GROUP, type, id, ...(device === undefined ? [] : [device])].join('/');
  const alias = new Map(devices.flatMap(({ tags }) => tags).map(({ tag }, i) => [tag.id, i + 1]));
  const deviceOf = new Map(devices.flatMap((device) => device.tags.map(({ tag }) => [tag.id, device.id] as const)));
  const sent = new Float64Array(value.length).fill(Number.NaN);
  const sentQuality = new Uint8Array(value.length).fill(255);
  let birth = 0;
  let seq = 0;
  let hostSeen = '';
  let telling = false;
  let isBorn = false;

  const death = () => ({ topic: topic('NDEATH'), payload: encodePayload({ timestamp: clock.now(), metrics: [{ name: 'bdSeq', timestamp: clock.now(), dataType: DataType.uint64, value: birth }] }), qos: 1 as const, retain: false });
  const client: MqttClient = mqtt.connect(url, { clientId: `binhai-${id}`, username: ACCOUNTS.plant.user, password: ACCOUNTS.plant.password, protocolVersion: 4, clean: true, reconnectPeriod: 1000, keepalive: 15, will: death() });
  const publish = (type: string, metrics: readonly Metric[], device?: string) => {
    client.publish(topic(type, device), encodePayload({ timestamp: clock.now(), metrics, seq }), { qos: 0 });
    seq = (seq + 1) % 256;
  };
  const metricOf = (tag: Tag, index: number, at: number): Metric => {
    const bad = quality[index] !== 0;
    return { alias: alias.get(tag.id)!, timestamp: at, dataType: tag.states === undefined ? DataType.double : DataType.int32, value: bad ? null : value[index]!, ...(bad && { properties: { Quality: 0 } }) };
  };
  const markSent = (index: number) => {
    sent[index] = value[index]!;
    sentQuality[index] = quality[index]!;
  };

  const bear = () => {
    const at = clock.now();
    seq = 0;
    publish('NBIRTH', [
      { name: 'bdSeq', timestamp: at, dataType: DataType.uint64, value: birth },
      { name: REBIRTH, timestamp: at, dataType: DataType.boolean, value: false },
    ]);
    for (const device of devices) {
      publish('DBIRTH', device.tags.map(({ tag, index }) => ({ ...metricOf(tag, index, at), name: tag.id, properties: { engUnit: tag.unit, engLow: tag.range[0], engHigh: tag.range[1], Quality: quality[index] === 0 ? 192 : 0 } })), device.id);
      for (const { index } of device.tags) markSent(index);
    }
    isBorn = true;
  };

  /** Stored samples go out as is_historical (Sparkplug B §6.4.22) before live data goes on. */
  const tell = () => {
    if (telling || history.length === 0) return;
    telling = true;
    const byDevice = [...Map.groupBy(history, ({ tag }) => deviceOf.get(tag))];
    const chunks = byDevice.flatMap(([device, samples]) => Array.from({ length: Math.ceil(samples.length / HISTORY_CHUNK) }, (_, i) => [device, samples.slice(i * HISTORY_CHUNK, (i + 1) * HISTORY_CHUNK)] as const));
    const next = () => {
      const chunk = chunks.shift();
      if (chunk === undefined || !client.connected) {
        telling = false;
        if (chunk !== undefined) hostSeen = ''; // cut short: tell again when the host is seen again
        return;
      }
      const [device, samples] = chunk;
      publish('DDATA', samples.map(({ hoursAgo, tag, value: past }) => ({ alias: alias.get(tag)!, timestamp: Math.round(started - hoursAgo * HOUR), dataType: DataType.double, isHistorical: true, value: past })), device);
      clock.after(HISTORY_EVERY_MS, next);
    };
    next();
  };

  client.on('connect', () => {
    client.subscribe([topic('NCMD'), `${NAMESPACE}/STATE/+`], { qos: 1 });
    bear();
  });
  client.on('close', () => {
    if (isBorn) log.warn(`edge node ${id}: link lost, trying again`);
    isBorn = false;
    birth = (birth + 1) % 256;
    client.options.will = death();
  });
  client.on('error', (error) => log.debug(`edge node ${id}: ${error.message}`));
  client.on('message', (name, payload) => {
    if (name === topic('NCMD')) {
      const wanted = readMetrics(payload).some((metric) => metric.name === REBIRTH && metric.value === true);
      if (wanted) bear();
    } else if (name.startsWith(`${NAMESPACE}/STATE/`)) {
      const text = payload.toString('utf8');
      const online = /"online"\s*:\s*true|^ONLINE$/.test(text);
      if (online && text !== hostSeen) {
        // A host that has just come on line knows no alias: its births come before anything else.
        if (isBorn) bear();
        tell();
      }
      hostSeen = text;
    }
  });

  return {
    report(at) {
      if (!isBorn || telling) return;
      for (const device of devices) {
        const metrics: Metric[] = [];
        for (const { tag, index } of device.tags) {
          if (Object.is(sent[index], value[index]) && sentQuality[index] === quality[index]) continue;
          metrics.push(metricOf(tag, index, at));
          markSent(index);
        }
        if (metrics.length > 0) publish('DDATA', metrics, device.id);
      }
    },
    async close() {
      if (client.connected) await client.publishAsync(death().topic, death().payload, { qos: 1 });
      await client.endAsync(true);
    },
  };
};

/** Metrics of a command; a message that is no payload commands nothing. */
const readMetrics = (payload: Uint8Array): readonly Metric[] => {
  try {
    return decodePayload(payload).metrics;
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
};
