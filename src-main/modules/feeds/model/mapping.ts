import { matchesGlob, type Feed } from '../../../../src-shared/plant/index.ts';
import type { FeedTag } from './feedTag.ts';

type Mapping = Feed['mappings'][number];

/** Who lives at one address: exactly one tag, or several that the payload itself tells apart by tag id. */
export type Claim = { readonly only: number; readonly byId: ReadonlyMap<string, number> };

/** Both ways between tags and addresses of one feed. */
export type AddressBook = {
  find(address: string): Claim | undefined;
  /** Every tag that this feed claims, once, in order of the plant model. */
  readonly tags: Uint32Array<ArrayBuffer>;
  /** The addresses as the templates give them; wildcards of MQTT stay in. */
  readonly addresses: ReadonlyMap<string, Claim>;
};

const CACHE_LIMIT = 50_000;

/** Lays templates such as `plant/{area}/{tag}` over the tags. A tag belongs to the first mapping that names it. */
export const bindMappings = (mappings: readonly Mapping[], tags: readonly FeedTag[]): AddressBook => {
  const addresses = new Map<string, { only: number; byId: Map<string, number> }>();
  const claimed = new Set<number>();
  for (const mapping of mappings) {
    for (const tag of tags) {
      if (claimed.has(tag.index) || !mapping.tags.some((pattern) => matchesGlob(pattern, tag.id))) continue;
      claimed.add(tag.index);
      const address = fillTemplate(mapping.address, tag);
      const claim = addresses.get(address);
      if (claim === undefined) addresses.set(address, { only: tag.index, byId: new Map([[tag.id, tag.index]]) });
      else {
        claim.only = -1;
        claim.byId.set(tag.id, tag.index);
      }
    }
  }
  const patterns = [...addresses].filter(([address]) => /[+#]/.test(address)).map(([address, claim]) => ({ matches: topicPattern(address), claim }));
  const cache = new Map<string, Claim | undefined>();
  return {
    addresses,
    tags: Uint32Array.from(claimed).sort(),
    find(address) {
      const direct = addresses.get(address);
      if (direct !== undefined || patterns.length === 0) return direct;
      if (cache.has(address)) return cache.get(address);
      const claim = patterns.find(({ matches }) => matches(address))?.claim;
      if (cache.size < CACHE_LIMIT) cache.set(address, claim);
      return claim;
    },
  };
};

/** The MQTT topic filters that cover all mappings: a level with a placeholder becomes `+`. */
export const topicFilters = (templates: readonly string[]): readonly string[] => {
  const filters = new Set(templates.map((template) => template.split('/').map((level) => (level.includes('{') ? '+' : level)).join('/')));
  return [...filters].filter((filter) => ![...filters].some((other) => other !== filter && topicPattern(other)(filter)));
};

/** The part of a topic that stands where the template says `{name}`, or undefined when the topic is another one. */
export const templateReader = (template: string, name: string): ((topic: string) => string | undefined) => {
  const [before = '', after = ''] = template.split(`{${name}}`);
  const pattern = new RegExp(`^${topicSource(before)}([^/]+)${topicSource(after)}$`);
  return (topic) => pattern.exec(topic)?.[1];
};

const fillTemplate = (template: string, tag: FeedTag) =>
  template.replace(/\{(tag|equipment|unit|area)\}/g, (_whole, name: string) => (name === 'tag' ? tag.id : name === 'equipment' ? tag.equipment : name === 'unit' ? tag.unit : tag.area));

/** Whether a topic fits a filter of MQTT (`+`, `#`). */
export const topicPattern = (filter: string) => {
  const pattern = new RegExp(`^${topicSource(filter)}$`);
  return (topic: string) => pattern.test(topic);
};
const topicSource = (filter: string) => escape(filter).replaceAll('\\+', '[^/]+').replace(/(^|\/)#$/, '($1.*)?');
const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
