import type { Clock, Disposable } from '../../../../src-shared/kernel/index.ts';
import type { SparkplugFeed } from '../../../../src-shared/plant/index.ts';
import type { FeedsSetup } from '../messages.ts';
import type { AddressBook } from '../model/mapping.ts';
import { createSparkplugHost } from '../model/sparkplugHost.ts';
import { encodeSparkplug, SparkplugType } from '../model/sparkplugPayload.ts';
import type { FeedState } from './feedState.ts';
import { createMqttLink } from './mqttLink.ts';

/** A birth certificate of ten thousand metrics with long names fits. */
const PAYLOAD_LIMIT = 4 << 20;

type Dependencies = { readonly feed: SparkplugFeed; readonly setup: FeedsSetup; readonly book: AddressBook; readonly state: FeedState; readonly clock: Clock };

/** `leave` says the host's death before the source is disposed. */
export type SparkplugSource = Disposable & { leave(): Promise<void> };

/** A Sparkplug B 3.0 host application over MQTT 3.1.1: clean session, STATE with will, message ordering, rebirth requests (§5). */
export const createSparkplugSource = ({ feed, setup, book, state, clock }: Dependencies): SparkplugSource => {
  const stateTopic = `spBv1.0/STATE/${feed.hostId}`;
  let onlineSince = 0;
  let isLeaving = false;
  const stateOf = (online: boolean, timestamp = onlineSince) => JSON.stringify({ online, timestamp });
  const sayOnline = () => link.publish(stateTopic, stateOf(true), { qos: 1, retain: true });
  const host = createSparkplugHost({
    book,
    tags: setup.tags,
    clock,
    reorderTimeoutMs: feed.reorderTimeoutMs,
    sink: {
      take: state.take,
      reject: state.reject,
      unmapped: state.unmapped,
      lose: state.lose,
      requestRebirth: (group, node) => {
        const timestamp = clock.now();
        link.publish(`spBv1.0/${group}/NCMD/${node}`, encodeSparkplug({ timestamp, metrics: [{ name: 'Node Control/Rebirth', timestamp, datatype: SparkplugType.Boolean, value: true }] }), { qos: 0, retain: false });
      },
    },
  });
  // Edge nodes report by exception: after a silence only their births say again what has not changed.
  state.whenBack(host.forget);
  const link = createMqttLink({
    feed,
    siteFolder: setup.siteFolder,
    clock,
    protocolVersion: 4,
    qos: 1,
    options: () => {
      // The will, the online and the offline word of one session carry the same time (tck-id-host-topic-phid-death-payload-timestamp-connect).
      onlineSince = clock.now();
      return { clientId: `anlan-${setup.site}-${feed.id}`, clean: true, will: { topic: stateTopic, payload: Buffer.from(stateOf(false)), qos: 1, retain: true } };
    },
    filters: [stateTopic, ...feed.groups.map((group) => `spBv1.0/${group}/#`)],
    onUp() {
      sayOnline();
      state.linkUp();
      host.forget();
    },
    onDown: state.linkDown,
    onRefused: state.refused,
    onSilent: state.unvouched,
    // What the nodes said meanwhile came late or not at all; only their births say all of it again.
    onAnswer: host.forget,
    onMessage(topic, payload) {
      if (topic === stateTopic) {
        // A late will of an earlier session says that we are gone: we are not (tck-id-message-flow-hid-sparkplug-state-message-delivered).
        if (!isLeaving && !/"online"\s*:\s*true/.test(payload.toString('utf8'))) sayOnline();
        return;
      }
      if (payload.length > PAYLOAD_LIMIT) return state.reject('too-large', `${topic}: ${payload.length} bytes`);
      host.onMessage(topic, payload);
    },
  });
  return {
    leave() {
      isLeaving = true;
      // Never before the birth it ends, though our clock was set back meanwhile: edge nodes would not believe it.
      link.publish(stateTopic, stateOf(false, Math.max(clock.now(), onlineSince)), { qos: 1, retain: true });
      return link.leave();
    },
    [Symbol.dispose]: link[Symbol.dispose],
  };
};
