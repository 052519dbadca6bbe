import { Quality } from '../../../../src-shared/kernel/index.ts';
import type { PresetPayload } from '../../../../src-shared/plant/index.ts';
import type { FeedTag } from './feedTag.ts';
import { brief, reader, toNumber, type Sink } from './jsonPayload.ts';
import type { AddressBook } from './mapping.ts';
import { readTime } from './timeBounds.ts';

/** What a well-known gateway sends: where, whose, when, and what. */
type Gateway = {
  readonly topic: string;
  deviceOf(topic: string, body: unknown): unknown;
  readonly timeOf: (body: unknown) => unknown;
  /** The object that mapped fields are looked up in; undefined when the message carries none. */
  fieldsOf(body: unknown): unknown;
  readonly missing: string;
};

const [infoOf, objectOf, radiosOf] = [reader('deviceInfo.devEui'), reader('object'), reader('rxInfo')];
const bestOf = (radios: unknown, name: 'rssi' | 'snr'): number | undefined => {
  const heard = (Array.isArray(radios) ? (radios as unknown[]) : []).map(reader(name)).filter((value) => typeof value === 'number');
  return heard.length === 0 ? undefined : Math.max(...heard);
};

const GATEWAYS: Readonly<Record<PresetPayload['preset'], Gateway>> = {
  // ChirpStack v4, integration event `up`: https://www.chirpstack.io/docs/chirpstack/integrations/events.html
  'chirpstack-v4': {
    topic: 'application/+/device/+/event/up',
    deviceOf(_topic, body) {
      const device = infoOf(body);
      return typeof device === 'string' ? device.toLowerCase() : device;
    },
    timeOf: reader('time'),
    fieldsOf(body) {
      const decoded = objectOf(body);
      if (typeof decoded !== 'object' || decoded === null) return undefined;
      return { rssi: bestOf(radiosOf(body), 'rssi'), snr: bestOf(radiosOf(body), 'snr'), ...decoded };
    },
    missing: 'object: nothing decoded, set a codec in the device profile',
  },
  // Zigbee2MQTT states of devices; `last_seen` where its setting advanced.last_seen is on.
  zigbee2mqtt: {
    topic: 'zigbee2mqtt/+',
    deviceOf: (topic) => topic.slice(topic.lastIndexOf('/') + 1),
    timeOf: reader('last_seen'),
    fieldsOf: (body) => (typeof body === 'object' && body !== null && !Array.isArray(body) ? body : undefined),
    missing: 'the state is no object',
  },
};

export const presetTopic = (payload: PresetPayload): string => payload.topic ?? GATEWAYS[payload.preset].topic;

type Field = { readonly path: string; readonly of: (fields: unknown) => unknown; readonly tag: number };

/**
 * Reads messages of a gateway; addresses of the book are `DEVICE/FIELD`. A message that holds none of its device's mapped
 * fields is rejected, a field that is missing beside others is not: devices take turns with their frames.
 */
export const createPresetReader = (payload: PresetPayload, book: AddressBook, tags: readonly FeedTag[]): ((topic: string, text: string, sink: Sink) => void) => {
  const gateway = GATEWAYS[payload.preset];
  const devices = new Map<string, Field[]>();
  for (const [address, claim] of book.addresses) {
    const slash = address.indexOf('/');
    const [named, path] = [address.slice(0, slash), address.slice(slash + 1)];
    const device = payload.preset === 'chirpstack-v4' ? named.toLowerCase() : named;
    devices.set(device, [...(devices.get(device) ?? []), ...[...claim.byId.values()].map((tag) => ({ path, of: reader(path), tag }))]);
  }
  return (topic, text, sink) => {
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch (error) {
      return sink.reject('broken-json', error instanceof Error ? error.message : String(error));
    }
    const device = gateway.deviceOf(topic, body);
    const fields = typeof device === 'string' ? devices.get(device) : undefined;
    if (fields === undefined) return sink.reject('unknown-tag', `device ${brief(device)}`);
    const stated = gateway.timeOf(body);
    const at = stated === undefined || stated === null ? Number.NaN : readTime(stated);
    if (stated !== undefined && stated !== null && Number.isNaN(at)) return sink.reject('time-unreadable', `${String(device)} time: ${brief(stated)}`);
    const values = gateway.fieldsOf(body);
    if (values === undefined) return sink.reject('broken-payload', `${String(device)} ${gateway.missing}`);
    let said = 0;
    for (const { path, of, tag } of fields) {
      const raw = of(values);
      if (raw === undefined) continue;
      said += 1;
      const value = toNumber(raw, tags[tag]);
      if (Number.isNaN(value)) sink.reject('not-a-number', `${tags[tag]?.id} ${path}: ${brief(raw)}`);
      else sink.value(tag, at, value, Quality.good);
    }
    if (said === 0) sink.reject('broken-payload', `${String(device)}: none of ${fields.map(({ path }) => path).join(', ')}`);
  };
};
