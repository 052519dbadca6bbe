import { Quality, type Clock } from '../../../../src-shared/kernel/index.ts';
import type { FeedTag } from './feedTag.ts';
import { toNumber } from './jsonPayload.ts';
import type { AddressBook } from './mapping.ts';
import type { Rejection } from './rejection.ts';
import { createSequence, type Sequence } from './sequence.ts';
import { partsOf } from './sparkplugComplex.ts';
import { decodeSparkplug, type Metric, type SparkplugPayload } from './sparkplugPayload.ts';
import type { Arrival } from './timeBounds.ts';

/**
 * The host side of Sparkplug B (Eclipse Sparkplug 3.0 §5): births tell names, aliases and types; data is by alias or name;
 * what comes out of order waits for what is missing; a gap in `seq`, data before birth or an unknown alias asks the edge node
 * for a rebirth; a death takes its tags out of duty. Templates and data sets are read as the single values in them.
 */
export type SparkplugHost = {
  onMessage(topic: string, payload: Uint8Array): void;
  /** The link was made anew: what was missed is unknown, so every node seen so far must be born again. */
  forget(): void;
};
export type HostSink = {
  readonly take: Readonly<Record<Arrival, (tag: number, at: number, value: number, quality: number) => unknown>>;
  reject(reason: Rejection, detail: string): void;
  unmapped(address: string): void;
  /** `at`: since when by the node's word, UTC ms; undefined: now. */
  lose(tags: Uint32Array, at?: number): void;
  requestRebirth(group: string, node: string): void;
};

type Definition = { readonly name: string; readonly datatype: number | null; readonly tag: number | undefined };
type Births = { readonly byName: Map<string, Definition> };
type EdgeNode = {
  readonly group: string;
  readonly id: string;
  bdSeq: number | null;
  readonly sequence: Sequence<Message>;
  isBorn: boolean;
  readonly byAlias: Map<number, Definition>;
  /** Births of devices; '' is the node itself. */
  readonly births: Map<string, Births>;
  rebirthAskedAt: number;
};
type Message = { readonly kind: string; readonly topic: string; readonly device: string; readonly bytes: Uint8Array };
type Address = { readonly node: EdgeNode; readonly device: string };

const REBIRTH_EVERY_MS = 5_000;
const NODE_LIMIT = 10_000;
const DEVICE_LIMIT = 2_000;
const ALIAS_LIMIT = 500_000;

type Dependencies = { readonly book: AddressBook; readonly tags: readonly FeedTag[]; readonly clock: Pick<Clock, 'monotonic' | 'after'>; readonly reorderTimeoutMs: number; readonly sink: HostSink };

export const createSparkplugHost = ({ book, tags, clock, reorderTimeoutMs, sink }: Dependencies): SparkplugHost => {
  const nodes = new Map<string, EdgeNode>();
  const nodeOf = (group: string, id: string): EdgeNode | undefined => {
    const key = `${group}/${id}`;
    const known = nodes.get(key);
    if (known !== undefined || nodes.size >= NODE_LIMIT) return known;
    const sequence = createSequence<Message>({
      timeoutMs: reorderTimeoutMs,
      clock,
      onGap(messages) {
        askRebirth(node);
        for (const message of messages) handleHeld(node, message);
      },
    });
    const node: EdgeNode = { group, id, bdSeq: null, sequence, isBorn: false, byAlias: new Map(), births: new Map(), rebirthAskedAt: Number.NEGATIVE_INFINITY };
    nodes.set(key, node);
    return node;
  };
  const askRebirth = (node: EdgeNode) => {
    if (clock.monotonic() - node.rebirthAskedAt < REBIRTH_EVERY_MS) return;
    node.rebirthAskedAt = clock.monotonic();
    sink.requestRebirth(node.group, node.id);
  };
  const loseDevices = (node: EdgeNode, devices: readonly string[], at?: number) => {
    const lost = devices.flatMap((device) => [...(node.births.get(device)?.byName.values() ?? [])].flatMap(({ tag }) => (tag === undefined ? [] : [tag])));
    for (const device of devices) node.births.delete(device);
    if (lost.length > 0) sink.lose(Uint32Array.from(lost), at);
  };

  const take = ({ node, device }: Address, metric: Metric, stated: { readonly definition: Definition; readonly payloadAt: number | null; readonly isBirth: boolean }) => {
    const { definition, payloadAt, isBirth } = stated;
    if (definition.tag === undefined) return;
    const { value: raw } = metric;
    if (typeof raw === 'object' && raw !== null) return sink.reject('not-a-number', `${node.group}/${node.id}/${device}/${definition.name}: not a single value`);
    const value = raw === null ? Number.NaN : toNumber(raw, tags[definition.tag]);
    if (Number.isNaN(value) && typeof raw === 'string') return sink.reject('not-a-number', `${definition.name}: ${raw.slice(0, 80)}`);
    const quality = Number.isNaN(value) ? Quality.bad : qualityOf(metric.quality);
    const arrival = metric.isHistorical ? 'historical' : isBirth ? 'current' : 'reported';
    sink.take[arrival](definition.tag, metric.timestamp ?? payloadAt ?? Number.NaN, value, quality);
  };

  /** The single values of a metric; none, and a refusal, when it is a broken template or data set. */
  const readParts = (metric: Metric, name: string, topic: string) => {
    try {
      return partsOf({ ...metric, name });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      sink.reject('broken-payload', `${topic} ${name}: ${error.message}`);
      return [];
    }
  };

  const onBirth = (address: Address, payload: SparkplugPayload) => {
    const { node, device } = address;
    const byName = new Map<string, Definition>();
    const before = node.births.get(device);
    node.births.set(device, { byName });
    for (const whole of payload.metrics) {
      const { name: wholeName } = whole;
      if (wholeName === null || wholeName === 'bdSeq' || wholeName.startsWith('Node Control/') || wholeName.startsWith('Device Control/')) continue;
      if (node.byAlias.size >= ALIAS_LIMIT) return sink.reject('overflow', `${node.group}/${node.id}: more than ${ALIAS_LIMIT} aliases`);
      if (whole.alias !== null) node.byAlias.set(whole.alias, { name: wholeName, datatype: whole.datatype, tag: undefined });
      for (const metric of readParts(whole, wholeName, `${node.group}/${node.id}/${device}`)) {
        const { name } = metric;
        const claim = book.find(`${node.group}/${node.id}/${device === '' ? '' : `${device}/`}${name}`) ?? book.find(name);
        const tag = claim === undefined || claim.only < 0 ? undefined : claim.only;
        if (tag === undefined) sink.unmapped(name);
        const definition: Definition = { name, datatype: metric.datatype, tag };
        byName.set(name, definition);
        if (metric.alias !== null) node.byAlias.set(metric.alias, definition);
        take(address, metric, { definition, payloadAt: payload.timestamp, isBirth: true });
      }
    }
    const gone = [...(before?.byName.values() ?? [])].flatMap(({ name, tag }) => (tag === undefined || byName.has(name) ? [] : [tag]));
    if (gone.length > 0) sink.lose(Uint32Array.from(gone));
  };

  const onData = (address: Address, payload: SparkplugPayload) => {
    const { node, device } = address;
    const birth = node.births.get(device);
    if (!node.isBorn || birth === undefined) askRebirth(node);
    for (const metric of payload.metrics) {
      const definition = metric.name === null ? node.byAlias.get(metric.alias ?? -1) : define(address, metric.name);
      if (definition === undefined) {
        sink.reject(node.isBorn && birth !== undefined ? 'unknown-tag' : 'before-birth', `${node.group}/${node.id}/${device}: alias ${metric.alias}`);
        askRebirth(node);
      } else if (!isComplex(metric.value)) take(address, metric, { definition, payloadAt: payload.timestamp, isBirth: false });
      else for (const part of readParts(metric, definition.name, `${node.group}/${node.id}/${device}`)) take(address, part, { definition: define(address, part.name), payloadAt: payload.timestamp, isBirth: false });
    }
  };
  const define = ({ node, device }: Address, name: string): Definition => node.births.get(device)?.byName.get(name) ?? { name, datatype: null, tag: book.find(name)?.only };

  const decode = (node: EdgeNode, { topic, device, bytes }: Message): SparkplugPayload | null => {
    try {
      return decodeSparkplug(bytes, ({ name, alias }) => (name === null ? node.byAlias.get(alias ?? -1) : node.births.get(device)?.byName.get(name))?.datatype ?? null);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      sink.reject('broken-payload', `${topic}: ${error.message}`);
      return null;
    }
  };
  /** What had to wait is read anew: births that came meanwhile may say how its integers are meant. */
  const handleHeld = (node: EdgeNode, message: Message) => {
    const payload = decode(node, message);
    if (payload !== null) handle(message.kind, { node, device: message.device }, payload);
  };

  const handle = (kind: string, address: Address, payload: SparkplugPayload) => {
    const { node, device } = address;
    if (kind === 'DDEATH') return loseDevices(node, [device], payload.timestamp ?? undefined);
    if (kind !== 'DBIRTH') return onData(address, payload);
    if (!node.isBorn) askRebirth(node);
    if (!node.births.has(device) && node.births.size >= DEVICE_LIMIT) return sink.reject('overflow', `${node.group}/${node.id}: more than ${DEVICE_LIMIT} devices`);
    onBirth(address, payload);
  };

  const onNodeBirth = (node: EdgeNode, payload: SparkplugPayload) => {
    const at = payload.timestamp ?? Number.NaN;
    for (const message of node.sequence.drain(at)) handleHeld(node, message);
    const bdSeq = bdSeqOf(payload);
    if (bdSeq !== node.bdSeq) loseDevices(node, [...node.births.keys()].filter((born) => born !== ''));
    node.bdSeq = bdSeq;
    node.isBorn = true;
    node.byAlias.clear();
    onBirth({ node, device: '' }, payload);
    for (const message of node.sequence.restart((payload.seq ?? 0) % 256, at)) handleHeld(node, message);
  };

  const onNodeDeath = (node: EdgeNode, payload: SparkplugPayload) => {
    const bdSeq = bdSeqOf(payload);
    // The death of an earlier session of the node says nothing about this one.
    if (node.bdSeq !== null && bdSeq !== null && bdSeq !== node.bdSeq) return;
    for (const message of node.sequence.drain(Number.POSITIVE_INFINITY)) handleHeld(node, message);
    node.isBorn = false;
    loseDevices(node, [...node.births.keys()]);
  };

  /** Messages that carry a `seq`: handled in its order, once each. */
  const onOrdered = (node: EdgeNode, message: Message, payload: SparkplugPayload) => {
    const address = { node, device: message.device };
    if (payload.seq === null || !node.isBorn) {
      askRebirth(node);
      return handle(message.kind, address, payload);
    }
    const ready = node.sequence.offer({ seq: payload.seq % 256, at: payload.timestamp ?? Number.NaN, size: message.bytes.buffer.byteLength, item: message });
    if (ready === null) return sink.reject('duplicate', `${message.topic}: seq ${payload.seq}`);
    for (const item of ready) {
      if (item === message) handle(message.kind, address, payload);
      else handleHeld(node, item);
    }
  };

  return {
    onMessage(topic, bytes) {
      const [namespace, group, kind = '', id, device = '', ...rest] = topic.split('/');
      if (namespace !== 'spBv1.0' || group === undefined || id === undefined || rest.length > 0) return sink.reject('broken-payload', `topic ${topic}`);
      if (!KINDS.has(kind)) return;
      if (kind.startsWith('D') !== (device !== '')) return sink.reject('broken-payload', `topic ${topic}: ${kind} ${device === '' ? 'names no device' : 'names a device'}`);
      const node = nodeOf(group, id);
      if (node === undefined) return sink.reject('overflow', `more than ${NODE_LIMIT} edge nodes`);
      const message: Message = { kind, topic, device, bytes };
      const payload = decode(node, message);
      if (payload === null) return;
      if (kind === 'NBIRTH') onNodeBirth(node, payload);
      else if (kind === 'NDEATH') onNodeDeath(node, payload);
      else onOrdered(node, message, payload);
    },
    forget() {
      for (const node of nodes.values()) {
        node.isBorn = false;
        node.rebirthAskedAt = Number.NEGATIVE_INFINITY;
        askRebirth(node);
      }
    },
  };
};

/** Commands to nodes also pass on `group/#`; a host only listens to what nodes say. */
const KINDS = new Set(['NBIRTH', 'NDEATH', 'NDATA', 'DBIRTH', 'DDEATH', 'DDATA']);

const bdSeqOf = (payload: SparkplugPayload): number | null => {
  const value = payload.metrics.find(({ name }) => name === 'bdSeq')?.value;
  return typeof value === 'number' ? value : null;
};

const isComplex = (value: Metric['value']) => typeof value === 'object' && value !== null && !(value instanceof Uint8Array);

/** §6.4.8: 192 good, 500 stale, 0 bad; other OPC bytes as they are meant. */
const qualityOf = (code: number | null): number => {
  if (code === null || code === 192) return Quality.good;
  if (code === 500) return Quality.stale;
  if (code >= 192) return Quality.good;
  return code >= 64 ? Quality.uncertain : Quality.bad;
};
