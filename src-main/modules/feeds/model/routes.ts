import { matchesGlob, type MqttFeed, type MqttPayload } from '../../../../src-shared/plant/index.ts';
import { createCsvReader } from './csvPayload.ts';
import type { FeedTag } from './feedTag.ts';
import { brief, createJsonReader, toNumber, type Sink } from './jsonPayload.ts';
import { bindMappings, topicPattern, type AddressBook, type Claim } from './mapping.ts';
import { createPresetReader, presetTopic } from './presetPayload.ts';
import { Quality } from '../../../../src-shared/kernel/index.ts';

/** One way of reading payloads, for the mappings that declare it. */
export type Route = {
  /** Topics, or templates of them, to subscribe to. */
  readonly topics: readonly string[];
  /** False when the topic is none of this route's. */
  read(topic: string, text: string, sink: Sink): boolean;
};

/** The routes of a feed in the order of its mappings; a tag belongs to the first mapping that names it. Two routes may read one topic: each takes its own tags out of it. */
export const toRoutes = (feed: Pick<MqttFeed, 'mappings' | 'payload'>, tags: readonly FeedTag[]): readonly Route[] => {
  const taken = new Set<number>();
  const groups = new Map<string, { readonly payload: MqttPayload; readonly mappings: MqttFeed['mappings'][number][]; readonly tags: FeedTag[] }>();
  for (const mapping of feed.mappings) {
    const payload = mapping.payload ?? feed.payload;
    const key = JSON.stringify(payload);
    const group = groups.get(key) ?? { payload, mappings: [], tags: [] };
    groups.set(key, group);
    group.mappings.push(mapping);
    for (const tag of tags) {
      if (taken.has(tag.index) || !mapping.tags.some((pattern) => matchesGlob(pattern, tag.id))) continue;
      taken.add(tag.index);
      group.tags.push(tag);
    }
  }
  return [...groups.values()].map((group) => toRoute(group.payload, { book: bindMappings(group.mappings, group.tags), templates: group.mappings.map(({ address }) => address) }, tags));
};

const toRoute = (payload: MqttPayload, { book, templates }: { readonly book: AddressBook; readonly templates: readonly string[] }, tags: readonly FeedTag[]): Route => {
  if (payload.format === 'preset') {
    const topic = presetTopic(payload);
    const matches = topicPattern(topic);
    const readDevice = createPresetReader(payload, book, tags);
    return {
      topics: [topic],
      read(name, text, sink) {
        if (!matches(name)) return false;
        readDevice(name, text, sink);
        return true;
      },
    };
  }
  const read = payload.format === 'csv' ? createCsvReader(payload, tags) : payload.format === 'number' ? createNumberReader(tags) : createJsonReader(payload, tags);
  return {
    topics: templates,
    read(name, text, sink) {
      const claim = book.find(name);
      if (claim === undefined) return false;
      read(text, claim, sink);
      return true;
    },
  };
};

/** A payload that is nothing but a number, or the word of a state. It states no time. */
const createNumberReader =
  (tags: readonly FeedTag[]) =>
  (text: string, claim: Claim, sink: Sink): void => {
    if (claim.only < 0) return sink.reject('broken-payload', 'a plain number on a topic that several tags share');
    const value = toNumber(text, tags[claim.only]);
    if (Number.isNaN(value)) sink.reject('not-a-number', `${tags[claim.only]?.id}: ${brief(text)}`);
    else sink.value(claim.only, Number.NaN, value, Quality.good);
  };
