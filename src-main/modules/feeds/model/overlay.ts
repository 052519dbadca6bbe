import { z } from 'zod';
import { EndpointChoice, type MappingState } from '../../../../src-shared/contract/index.ts';
import { refuse, text, type Refusal } from '../../../../src-shared/kernel/index.ts';
import type { OpcUaFeed } from '../../../../src-shared/plant/index.ts';
import type { FeedTag } from './feedTag.ts';
import { bindMappings } from './mapping.ts';

/** What was mapped in the app, laid over the site file: tag id → node id, or null for a tag that this feed is not to carry. */
export const Overlay = z.object({ entries: z.record(z.string(), z.string().nullable()), endpoint: EndpointChoice.nullable() });
export type Overlay = Readonly<z.infer<typeof Overlay>>;
export const EMPTY_OVERLAY: Overlay = { entries: {}, endpoint: null };

/** The feed as it is in force: one entry per tag, the app's own first. Entries of tags that the plant no longer has stay without effect. */
export const applyOverlay = (feed: OpcUaFeed, { entries, endpoint }: Overlay, tags: readonly FeedTag[]): OpcUaFeed => {
  const secured = endpoint === null ? {} : endpoint === 'best' ? { endpoint } : { endpoint: 'stated' as const, securityMode: endpoint.mode, securityPolicy: endpoint.policy };
  if (Object.keys(entries).length === 0) return { ...feed, ...secured };
  const own = Object.entries(entries).flatMap(([tag, address]) => (address === null ? [] : [{ tags: [tag], address }]));
  return { ...feed, ...secured, mappings: [...own, ...addressesOf(feed, tags).flatMap(({ tag, address }) => (Object.hasOwn(entries, tag) ? [] : [{ tags: [tag], address }]))] };
};

/** Each tag of a feed with its node, in order of the plant model. */
export const addressesOf = (feed: OpcUaFeed, tags: readonly FeedTag[]): readonly { readonly tag: string; readonly address: string }[] => {
  const byTag = new Map<number, string>();
  for (const [address, { byId }] of bindMappings(feed.mappings, tags).addresses) for (const index of byId.values()) byTag.set(index, address);
  return tags.flatMap(({ index, id }) => (byTag.has(index) ? [{ tag: id, address: byTag.get(index)! }] : []));
};

export const entriesOf = (feed: OpcUaFeed, { entries }: Overlay, tags: readonly FeedTag[]): MappingState['entries'] => addressesOf(feed, tags).map(({ tag, address }) => ({ tag, nodeId: address, isOwn: Object.hasOwn(entries, tag) }));

const NODE_ID = /^(ns=\d{1,5};)?(i=\d{1,10}|s=.{1,4000}|g=[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|b=[A-Za-z0-9+/=]+)$/su;

/** What is wrong with a mapping: tags that are none, malformed node ids, one node for two tags. Null when it can be laid over the site file. */
export const checkEntries = (entries: readonly { readonly tag: string; readonly nodeId: string | null }[], { feed, overlay, tags }: { readonly feed: OpcUaFeed; readonly overlay: Overlay; readonly tags: readonly FeedTag[] }): { readonly ok: false; readonly refusal: Refusal<'Invalid'> } | null => {
  const known = new Set(tags.map(({ id }) => id));
  for (const [index, { tag, nodeId }] of entries.entries()) {
    if (!known.has(tag)) return refuse('Invalid', text(`没有位号 ${tag}`, `There is no tag ${tag}`), `entries.${index}.tag`);
    if (nodeId !== null && !NODE_ID.test(nodeId)) return refuse('Invalid', text(`位号 ${tag} 的节点标识格式错误：${nodeId}`, `The node id of ${tag} is malformed: ${nodeId}`), `entries.${index}.nodeId`);
  }
  const taken = new Map<string, string>();
  for (const { tag, address } of addressesOf(applyOverlay(feed, overlay, tags), tags)) {
    const other = taken.get(address);
    if (other !== undefined) return refuse('Invalid', text(`位号 ${other} 和 ${tag} 映射到同一节点 ${address}`, `Tags ${other} and ${tag} are mapped to the same node ${address}`), 'entries');
    taken.set(address, tag);
  }
  return null;
};
