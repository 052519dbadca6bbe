import mqtt from 'mqtt';
import { z } from 'zod';
import { parseJson, type Log } from '../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../src-shared/plant/index.ts';
import type { People } from '../process/people.ts';
import type { EventOf } from '../scenario.ts';
import { ACCOUNTS, GROUP, wayTopic } from './accounts.ts';

/** Detectors, weather, wearables and cameras as plain JSON over MQTT: `binhai/field/{tag}`, `binhai/people/{wearable}/position`, `binhai/camera/{camera}/event`; heard are `binhai/people/{wearable}/way`. */
export type FieldLink = {
  report(at: number): void;
  camera(event: EventOf<'camera'>, at: number): void;
  close(): Promise<void>;
};

export type FieldLinkSetup = { readonly url: string; readonly plant: PlantModel; readonly value: Float64Array; readonly quality: Uint8Array; readonly people: People; readonly log: Log };

const QUALITY = ['good', 'uncertain', 'bad'] as const;

export const startFieldLink = ({ url, plant, value, quality, people, log }: FieldLinkSetup): FieldLink => {
  const client = mqtt.connect(url, { clientId: 'binhai-field', username: ACCOUNTS.plant.user, password: ACCOUNTS.plant.password, protocolVersion: 4, clean: true, reconnectPeriod: 1000, keepalive: 15, queueQoSZero: false });
  client.on('error', (error) => log.debug(`field link: ${error.message}`));
  client.on('offline', () => log.warn('field link lost, trying again'));
  const wearerOf = new Map(plant.people.map(({ id, wearable }) => [wayTopic(wearable), id]));
  client.on('connect', () => client.subscribe(wayTopic('+'), { qos: 1 }));
  client.on('message', (topic, payload) => {
    const wearer = wearerOf.get(topic);
    const told = Told.safeParse(parseJson(payload.toString('utf8')));
    if (wearer !== undefined && told.success) people.tell(wearer, told.data.way);
    else log.warn(`not understood: ${topic}`);
  });
  const tags = plant.tags.flatMap(({ id }, index) => (isFieldTag(id) ? [{ topic: `${GROUP}/field/${id}`, index }] : []));
  const send = (topic: string, payload: unknown) => {
    if (client.connected) client.publish(topic, JSON.stringify(payload), { qos: 0 });
  };
  return {
    report(t) {
      for (const { topic, index } of tags) send(topic, { v: value[index], t, q: QUALITY[quality[index]!] });
      plant.people.forEach(({ wearable }, i) => send(`${GROUP}/people/${wearable}/position`, { x: round(people.x[i]!), y: round(people.y[i]!), z: 0, hr: Math.round(people.heartRate[i]!), acc: 2 + (i % 4), t }));
    },
    camera: ({ camera, kind, confidence, person }, t) => send(`${GROUP}/camera/${camera}/event`, { kind, confidence, ...(person !== undefined && { person }), t }),
    close: () => client.endAsync(true),
  };
};

/** Corners of a way, plant metres; none: stay inside. */
const Told = z.object({ way: z.array(z.tuple([z.number(), z.number()])) });

const round = (metres: number): number => Math.round(metres * 100) / 100;
/** Tags that come over the field link rather than from an edge node or the control system. */
export const isFieldTag = (id: string): boolean => /-(GD|FD|SD)-\d|^AD-MAST-/.test(id);
