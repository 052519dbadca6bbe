import { readFileSync } from 'node:fs';
import { connect } from 'mqtt';
import type { Client } from '../../src-shared/contract/client.ts';
import type { PlantModel, SiteFile } from '../../src-shared/plant/index.ts';

type Cut = { readonly feed: string; readonly from: number; readonly to: number };
export type Judgement = {
  /** Samples that the witness saw while the station's link stood and that history does not hold. */
  readonly lost: number;
  /** The same while its link was cut, until its feed was live again: MQTT at QoS 0 keeps nothing for a client that is away. */
  readonly missedWhileCut: number;
  readonly compared: number;
};
/** What was under way when the link went or came: the broker may still have been writing it. */
const EDGE_MS = 1_000;

/**
 * A second subscriber, beside the proxies, on the plain MQTT feed of the demo plant: it writes down what the broker sent for the first `limit` tags, and
 * compares it with what the station's history holds in the end. OPC UA and Sparkplug have no second subscriber here.
 */
export const createWitness = async ({ site, plantFile, limit }: { readonly site: SiteFile; readonly plantFile: string; readonly limit: number }): Promise<AsyncDisposable & { judge(input: { readonly client: Client; readonly cuts: readonly Cut[]; readonly from: number; readonly to: number }): Promise<Judgement> }> => {
  const feed = site.feeds.find((each) => each.kind === 'mqtt');
  if (feed === undefined) throw new Error('the site has no plain MQTT feed to watch');
  const plant = JSON.parse(readFileSync(plantFile, 'utf8')) as PlantModel;
  const pattern = feed.mappings[0]?.tags[0] ?? '*';
  const matches = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  const tags = plant.tags.map(({ id }) => id).filter((id) => matches.test(id)).slice(0, limit);
  const topicOf = (tag: string) => (feed.mappings[0]?.address ?? '{tag}').replace('{tag}', tag);
  const tagOf = new Map(tags.map((tag) => [topicOf(tag), tag]));
  const seen: { readonly tag: string; readonly at: number }[] = [];
  const broker = connect(feed.url, { username: feed.user ?? '', password: feed.password ?? '', protocolVersion: feed.protocolVersion });
  broker.on('message', (topic, payload, packet) => {
    const tag = tagOf.get(topic);
    if (tag === undefined || packet.retain) return;
    const { t } = JSON.parse(String(payload)) as { readonly t: number | string };
    seen.push({ tag, at: typeof t === 'number' ? t : Date.parse(t) });
  });
  await new Promise((resolve, reject) => broker.once('connect', resolve).once('error', reject));
  await broker.subscribeAsync(tags.map(topicOf));
  return {
    async judge({ client, cuts, from, to }) {
      const held = new Map<string, Set<number>>();
      for (const tag of tags) {
        const { at } = await client.query('historian.samples', { tag, from: from - 60_000, to: to + 60_000, limit: 100_000 });
        held.set(tag, new Set(at));
      }
      const due = seen.filter(({ at }) => at >= from && at <= to);
      const missing = due.filter(({ tag, at }) => held.get(tag)?.has(at) !== true);
      const isCut = ({ at }: { readonly at: number }) => cuts.some((cut) => cut.feed === feed.id && at >= cut.from - EDGE_MS && at <= cut.to + EDGE_MS);
      const missedWhileCut = missing.filter(isCut).length;
      return { lost: missing.length - missedWhileCut, missedWhileCut, compared: due.length };
    },
    [Symbol.asyncDispose]: () => broker.endAsync(),
  };
};
