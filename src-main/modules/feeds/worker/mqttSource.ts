import { createScope, Quality, SECOND, type Clock, type Disposable } from '../../../../src-shared/kernel/index.ts';
import type { MqttFeed } from '../../../../src-shared/plant/index.ts';
import type { FeedsSetup, WayOrder } from '../messages.ts';
import type { Sink } from '../model/jsonPayload.ts';
import { templateReader, topicFilters } from '../model/mapping.ts';
import { createRhythm } from '../model/rhythm.ts';
import { readCameraEvent, readPosition, type Unreadable } from '../model/reports.ts';
import { toRoutes } from '../model/routes.ts';
import { createShelf } from '../model/shelf.ts';
import type { FeedState } from './feedState.ts';
import { createMqttLink } from './mqttLink.ts';
import { createStanding } from './mqttStanding.ts';
import type { Outbox } from './outbox.ts';

/** A payload above this is refused unread: 1 MiB holds ten thousand values. */
const PAYLOAD_LIMIT = 1 << 20;

/** `leave` tells the broker before the source is disposed; `tell` publishes ways, which are lost while the link is down. */
export type MqttSource = Disposable & { leave(): Promise<void>; tell(orders: readonly WayOrder[]): void };

type Dependencies = { readonly feed: MqttFeed; readonly setup: FeedsSetup; readonly state: FeedState; readonly outbox: Outbox; readonly clock: Clock };

/** Values over MQTT: tags, wearables and camera events as the site file maps them. Persistent session, so QoS 1 survives an outage. */
export const createMqttSource = ({ feed, setup, state, outbox, clock }: Dependencies): MqttSource => {
  const routes = toRoutes(feed, setup.tags);
  const wearableOf = feed.positions === undefined ? () => undefined : templateReader(feed.positions.topic, 'wearable');
  const cameraOf = feed.cameraEvents === undefined ? () => undefined : templateReader(feed.cameraEvents.topic, 'camera');
  const rhythm = createRhythm(setup.tags, feed.staleAfterS * SECOND);
  const shelf = feed.quiet === 'good-while-connected' ? createShelf(setup.tags.length) : null;
  const stand = createStanding({ feed, state, clock, shelf, forget: rhythm.forget });
  const keep = (isShown: boolean, tag: number, [at, value, quality]: readonly [number, number, number]) =>
    shelf?.keep(tag, { at: Number.isNaN(at) ? clock.now() : at, value, quality: Number.isNaN(at) ? Math.max(quality, Quality.uncertain) : quality, isShown });
  const reported: Sink = {
    value(tag, at, value, quality) {
      if (shelf === null) rhythm.saw(tag, clock.monotonic());
      if (state.take.reported(tag, at, value, quality)) keep(true, tag, [at, value, quality]);
    },
    reject: state.reject,
  };
  const retained: Sink = {
    value(tag, at, value, quality) {
      if (clock.now() - at <= feed.staleAfterS * SECOND) return reported.value(tag, at, value, quality);
      // Nobody knows from when a kept value is that states no time: it would look as new as its arrival.
      if (!Number.isNaN(at)) state.take.retained(tag, at, value, quality);
      else if (shelf === null) return state.reject('retained-untimed', setup.tags[tag]?.id ?? '');
      keep(false, tag, [at, value, quality]);
    },
    reject: state.reject,
  };

  const takePosition = (wearable: string, payload: string) => {
    const person = setup.wearables.get(wearable);
    if (person === undefined) return state.reject('unknown-tag', `wearable ${wearable}`);
    const position = parse(payload, readPosition);
    if ('error' in position) return state.reject('broken-payload', `${wearable}: ${position.error}`);
    const at = state.timeOf(position.at, wearable);
    if (Number.isNaN(at)) return;
    outbox.position(person, { ...position, at });
    state.heard();
  };
  const takeCameraEvent = (camera: string, payload: string) => {
    if (!setup.cameras.has(camera)) return state.reject('unknown-tag', `camera ${camera}`);
    const event = parse(payload, readCameraEvent);
    if ('error' in event) return state.reject('broken-payload', `${camera}: ${event.error}`);
    const at = state.timeOf(event.at, camera);
    if (Number.isNaN(at)) return;
    outbox.cameraEvent({ ...event, camera, at, seenAt: clock.now() });
    state.heard();
  };

  const templates = [...routes.flatMap(({ topics }) => topics), ...[feed.positions?.topic, feed.cameraEvents?.topic, feed.status?.topic].filter((topic) => topic !== undefined)];
  const share = feed.sharedGroup === undefined ? '' : `$share/${feed.sharedGroup}/`;
  const scope = createScope();
  scope.add(
    clock.every(SECOND, () => {
      const silent = rhythm.takeSilent(clock.monotonic());
      if (silent.length > 0) state.lose(silent);
    }),
  );
  scope.add(stand);
  const link = createMqttLink({
    feed,
    siteFolder: setup.siteFolder,
    clock,
    protocolVersion: feed.protocolVersion,
    qos: feed.qos,
    options: () => ({
      clientId: feed.clientId ?? `anlan-${setup.site}-${feed.id}`,
      clean: feed.sessionExpiryS === 0,
      ...(feed.sessionExpiryS === 0 ? {} : { properties: { sessionExpiryInterval: feed.sessionExpiryS } }),
    }),
    filters: topicFilters(templates).map((filter) => (filter === feed.status?.topic ? filter : `${share}${filter}`)),
    onUp(isResumed) {
      state.linkUp();
      stand.onUp(isResumed);
    },
    onDown(reason) {
      stand.onDown();
      state.linkDown(reason);
    },
    onRefused(reason) {
      stand.onDown();
      state.refused(reason);
    },
    onSilent(reason) {
      stand.onSilent();
      state.unvouched(reason);
    },
    onAnswer: stand.onAnswer,
    onMessage(topic, payload, packet) {
      if (payload.length > PAYLOAD_LIMIT) return state.reject('too-large', `${topic}: ${payload.length} bytes`);
      const content = payload.toString('utf8');
      if (topic === feed.status?.topic) return stand.onStatus(content);
      let isRead = false;
      for (const route of routes) isRead = route.read(topic, content, packet.retain ? retained : reported) || isRead;
      if (isRead) return;
      const wearable = wearableOf(topic);
      if (wearable !== undefined) return packet.retain ? undefined : takePosition(wearable, content);
      const camera = cameraOf(topic);
      if (camera !== undefined) return packet.retain ? undefined : takeCameraEvent(camera, content);
      state.unmapped(topic);
      state.reject('unknown-tag', topic);
    },
  });
  scope.add(link);
  const tell = (orders: readonly WayOrder[]) => {
    if (feed.orders === undefined) return;
    for (const { wearable, at, ...order } of orders) link.publish(feed.orders.topic.replace('{wearable}', wearable), JSON.stringify({ t: at, ...order }), { qos: 1, retain: false });
  };
  return { leave: link.leave, tell, [Symbol.dispose]: scope[Symbol.dispose] };
};

const parse = <T>(payload: string, read: (body: unknown) => T | Unreadable): T | Unreadable => {
  try {
    return read(JSON.parse(payload));
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
};
