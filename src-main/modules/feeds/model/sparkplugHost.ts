import { Quality } from '../../../../src-shared/kernel/index.ts';
import type { FeedTag } from './feedTag.ts';
import { toNumber } from './jsonPayload.ts';
import type { AddressBook } from './mapping.ts';
import type { Rejection } from './rejection.ts';
import { decodeSparkplug, type Metric, type SparkplugPayload } from './sparkplugPayload.ts';
import type { Arrival } from './timeBounds.ts';

/**
 * The host side of Sparkplug B (Eclipse Sparkplug 3.0 §5): births tell names, aliases and types; data is by alias or name;
 * a gap in `seq`, data before birth or an unknown alias asks the edge node for a rebirth; a death takes its tags out of duty.
 */
export type SparkplugHost = {
  onMessage(topic: string, payload: Uint8Array): void;
  /** The link was made anew: what was missed is unknown, so every node seen so far must be born again. */
  forget(): void;
};
export type HostSink = {
  readonly take: Readonly<Record<Arrival, (tag: number, at: number, value: number, quality: number) => void>>;
  reject(reason: Rejection, detail: string): void;
  unmapped(address: string): void;
  lose(tags: Uint32Array): void;
  requestRebirth(group: string, node: string): void;
};

type Definition = { readonly name: string; readonly datatype: number | null; readonly tag: number | undefined };
type Births = { readonly byName: Map<string, Definition> };
type EdgeNode = {
  readonly group: string;
  readonly id: string;
  bdSeq: number | null;
  nextSeq: number;
  isBorn: boolean;
  readonly byAlias: Map<number, Definition>;
  /** Births of devices; '' is the node itself. */
  readonly births: Map<string, Births>;
  rebirthAskedAt: number;
};
type Address = { readonly node: EdgeNode; readonly device: string };

const REBIRTH_EVERY_MS = 5_000;
const NODE_LIMIT = 10_000;

export const createSparkplugHost = ({ book, tags, monotonic, sink }: { readonly book: AddressBook; readonly tags: readonly FeedTag[]; readonly monotonic: () => number; readonly sink: HostSink }): SparkplugHost => {
  const nodes = new Map<string, EdgeNode>();
  const nodeOf = (group: string, id: string): EdgeNode | undefined => {
    const key = `${group}/${id}`;
    let node = nodes.get(key);
    if (node === undefined && nodes.size < NODE_LIMIT) {
      node = { group, id, bdSeq: null, nextSeq: 0, isBorn: false, byAlias: new Map(), births: new Map(), rebirthAskedAt: Number.NEGATIVE_INFINITY };
      nodes.set(key, node);
    }
    return node;
  };
  const askRebirth = (node: EdgeNode) => {
    if (monotonic() - node.rebirthAskedAt < REBIRTH_EVERY_MS) return;
    node.rebirthAskedAt = monotonic();
    sink.requestRebirth(node.group, node.id);
  };
  const checkSeq = (node: EdgeNode, seq: number | null) => {
    if (seq !== node.nextSeq) askRebirth(node);
    if (seq !== null) node.nextSeq = (seq + 1) % 256;
  };
  const loseDevices = (node: EdgeNode, devices: readonly string[]) => {
    const lost = devices.flatMap((device) => [...(node.births.get(device)?.byName.values() ?? [])].flatMap(({ tag }) => (tag === undefined ? [] : [tag])));
    for (const device of devices) node.births.delete(device);
    if (lost.length > 0) sink.lose(Uint32Array.from(lost));
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

  const onBirth = (address: Address, payload: SparkplugPayload) => {
    const { node, device } = address;
    const byName = new Map<string, Definition>();
    const before = node.births.get(device);
    node.births.set(device, { byName });
    for (const metric of payload.metrics) {
      const { name } = metric;
      if (name === null || name === 'bdSeq' || name.startsWith('Node Control/') || name.startsWith('Device Control/')) continue;
      const claim = book.find(`${node.group}/${node.id}/${device === '' ? '' : `${device}/`}${name}`) ?? book.find(name);
      const tag = claim === undefined || claim.only < 0 ? undefined : claim.only;
      if (tag === undefined) sink.unmapped(name);
      const definition: Definition = { name, datatype: metric.datatype, tag };
      byName.set(name, definition);
      if (metric.alias !== null) node.byAlias.set(metric.alias, definition);
      take(address, metric, { definition, payloadAt: payload.timestamp, isBirth: true });
    }
    const gone = [...(before?.byName.values() ?? [])].flatMap(({ name, tag }) => (tag === undefined || byName.has(name) ? [] : [tag]));
    if (gone.length > 0) sink.lose(Uint32Array.from(gone));
  };

  const onData = (address: Address, payload: SparkplugPayload) => {
    const { node, device } = address;
    const birth = node.births.get(device);
    if (!node.isBorn || birth === undefined) askRebirth(node);
    for (const metric of payload.metrics) {
      const definition = metric.name === null ? node.byAlias.get(metric.alias ?? -1) : (birth?.byName.get(metric.name) ?? { name: metric.name, datatype: null, tag: book.find(metric.name)?.only });
      if (definition === undefined) {
        sink.reject(node.isBorn && birth !== undefined ? 'unknown-tag' : 'before-birth', `${node.group}/${node.id}/${device}: alias ${metric.alias}`);
        askRebirth(node);
      } else take(address, metric, { definition, payloadAt: payload.timestamp, isBirth: false });
    }
  };

  const handle = (kind: string, address: Address, payload: SparkplugPayload) => {
    const { node, device } = address;
    switch (kind) {
      case 'NBIRTH': {
        const bdSeq = bdSeqOf(payload);
        if (bdSeq !== node.bdSeq) loseDevices(node, [...node.births.keys()].filter((born) => born !== ''));
        node.bdSeq = bdSeq;
        node.isBorn = true;
        node.byAlias.clear();
        node.nextSeq = ((payload.seq ?? 0) + 1) % 256;
        return onBirth(address, payload);
      }
      case 'NDEATH': {
        const bdSeq = bdSeqOf(payload);
        // A death that belongs to an earlier session of the node says nothing about this one (tck-id-operational-behavior-host-application-death).
        if (node.bdSeq !== null && bdSeq !== null && bdSeq !== node.bdSeq) return;
        node.isBorn = false;
        return loseDevices(node, [...node.births.keys()]);
      }
      case 'DBIRTH':
        checkSeq(node, payload.seq);
        if (!node.isBorn) askRebirth(node);
        return onBirth(address, payload);
      case 'DDEATH':
        checkSeq(node, payload.seq);
        return loseDevices(node, [device]);
      case 'NDATA':
      case 'DDATA':
        checkSeq(node, payload.seq);
        return onData(address, payload);
      default:
    }
  };

  return {
    onMessage(topic, bytes) {
      const [namespace, group, kind, id, device = '', ...rest] = topic.split('/');
      if (namespace !== 'spBv1.0' || group === undefined || kind === undefined || id === undefined || rest.length > 0) return sink.reject('broken-payload', `topic ${topic}`);
      if (!KINDS.has(kind)) return;
      const node = nodeOf(group, id);
      if (node === undefined) return sink.reject('overflow', `more than ${NODE_LIMIT} edge nodes`);
      let payload: SparkplugPayload;
      try {
        payload = decodeSparkplug(bytes, ({ name, alias }) => (name === null ? node.byAlias.get(alias ?? -1) : node.births.get(device)?.byName.get(name))?.datatype ?? null);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        return sink.reject('broken-payload', `${topic}: ${error.message}`);
      }
      handle(kind, { node, device }, payload);
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

/** §6.4.8: 192 good, 500 stale, 0 bad; other OPC bytes as they are meant. */
const qualityOf = (code: number | null): number => {
  if (code === null || code === 192) return Quality.good;
  if (code === 500) return Quality.stale;
  if (code >= 192) return Quality.good;
  return code >= 64 ? Quality.uncertain : Quality.bad;
};
