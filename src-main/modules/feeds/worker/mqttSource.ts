import { createScope, SECOND, type Clock, type Disposable } from '../../../../src-shared/kernel/index.ts';
import type { MqttFeed } from '../../../../src-shared/plant/index.ts';
import type { FeedsSetup } from '../messages.ts';
import { createJsonReader, type Sink } from '../model/jsonPayload.ts';
import { templateReader, topicFilters, type AddressBook } from '../model/mapping.ts';
import { createRhythm } from '../model/rhythm.ts';
import { readCameraEvent, readPosition, type Unreadable } from '../model/reports.ts';
import type { FeedState } from './feedState.ts';
import { createMqttLink } from './mqttLink.ts';
import type { Outbox } from './outbox.ts';

/** A payload above this is refused unread: 1 MiB holds ten thousand values. */
const PAYLOAD_LIMIT = 1 << 20;
/** MQTT 5: a broker keeps what was published while we were away this long, s. */
const SESSION_S = 3_600;

type Dependencies = { readonly feed: MqttFeed; readonly setup: FeedsSetup; readonly book: AddressBook; readonly state: FeedState; readonly outbox: Outbox; readonly clock: Clock };

/** JSON over MQTT: tags, wearables and camera events as the site file maps them. Persistent session, so QoS 1 survives an outage. */
export const createMqttSource = ({ feed, setup, book, state, outbox, clock }: Dependencies): Disposable => {
  const readValues = createJsonReader(feed.payload, setup.tags);
  const wearableOf = feed.positions === undefined ? () => undefined : templateReader(feed.positions.topic, 'wearable');
  const cameraOf = feed.cameraEvents === undefined ? () => undefined : templateReader(feed.cameraEvents.topic, 'camera');
  const rhythm = createRhythm(setup.tags, feed.staleAfterS * SECOND);
  const reported: Sink = {
    value(tag, at, value, quality) {
      rhythm.saw(tag, clock.monotonic());
      state.take.reported(tag, at, value, quality);
    },
    reject: state.reject,
  };
  const retained: Sink = {
    value: (tag, at, value, quality) => state.take[clock.now() - at <= feed.staleAfterS * SECOND ? 'reported' : 'retained'](tag, at, value, quality),
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

  const templates = [...feed.mappings.map((mapping) => mapping.address), ...(feed.positions === undefined ? [] : [feed.positions.topic]), ...(feed.cameraEvents === undefined ? [] : [feed.cameraEvents.topic])];
  const scope = createScope();
  scope.add(
    clock.every(SECOND, () => {
      const silent = rhythm.takeSilent(clock.monotonic());
      if (silent.length > 0) state.lose(silent);
    }),
  );
  const link = createMqttLink({
    feed,
    siteFolder: setup.siteFolder,
    clock,
    protocolVersion: feed.protocolVersion,
    options: () => ({ clientId: feed.clientId ?? `anlan-${setup.site}-${feed.id}`, clean: false, properties: { sessionExpiryInterval: SESSION_S } }),
    filters: topicFilters(templates),
    onUp: state.linkUp,
    onDown(reason) {
      rhythm.forget();
      state.linkDown(reason);
    },
    onRefused: state.refused,
    onMessage(topic, payload, packet) {
      if (payload.length > PAYLOAD_LIMIT) return state.reject('too-large', `${topic}: ${payload.length} bytes`);
      const claim = book.find(topic);
      if (claim !== undefined) return readValues(payload.toString('utf8'), claim, packet.retain ? retained : reported);
      const wearable = wearableOf(topic);
      if (wearable !== undefined) return packet.retain ? undefined : takePosition(wearable, payload.toString('utf8'));
      const camera = cameraOf(topic);
      if (camera !== undefined) return packet.retain ? undefined : takeCameraEvent(camera, payload.toString('utf8'));
      state.unmapped(topic);
      state.reject('unknown-tag', topic);
    },
  });
  scope.add(link);
  return scope;
};

const parse = <T>(payload: string, read: (body: unknown) => T | Unreadable): T | Unreadable => {
  try {
    return read(JSON.parse(payload));
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
};
