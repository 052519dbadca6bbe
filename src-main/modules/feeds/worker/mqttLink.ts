import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import mqtt, { type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
import { text, type Clock, type Disposable, type Text } from '../../../../src-shared/kernel/index.ts';
import type { MqttFeed, SparkplugFeed } from '../../../../src-shared/plant/index.ts';
import { refusalOf } from './mqttRefusals.ts';

/** A broker link that is made again for ever: back-off 0.5 s doubling to 5 s, half a minute after a refusal. */
export type MqttLink = Disposable & { publish(topic: string, payload: string | Uint8Array, options: { readonly qos: 0 | 1; readonly retain: boolean }): void };

type Dependencies = {
  readonly feed: MqttFeed | SparkplugFeed;
  readonly siteFolder: string;
  readonly clock: Clock;
  /** Asked before every dial, since a will may carry the time. */
  options(): Pick<IClientOptions, 'clientId' | 'clean' | 'will' | 'properties'>;
  readonly filters: readonly string[];
  readonly protocolVersion: 4 | 5;
  onUp(): void;
  onDown(reason: Text): void;
  onRefused(reason: Text): void;
  onMessage(topic: string, payload: Uint8Array & { toString(encoding: 'utf8'): string }, packet: IPublishPacket): void;
};

/** A quiet link is asked after this long, s, and dialled anew when half of it later no answer has come; the stale watchdog is quicker. */
const KEEPALIVE_S = 5;
/** A link that carries data within this time is alive, ms. */
const ALIVE_MS = 1_500;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5_000;
const REFUSED_RETRY_MS = 30_000;

export const createMqttLink = (dependencies: Dependencies): MqttLink => {
  const { feed, clock } = dependencies;
  let version = dependencies.protocolVersion;
  let delay = FIRST_RETRY_MS;
  let client: MqttClient | null = null;
  let retry: Disposable | null = null;
  let ended = false;

  const again = (ms: number) => {
    if (!ended) retry = clock.after(ms, dial);
  };
  const dial = () => {
    let refusal: Text | null = null;
    let failure = text('连接断开', 'Connection lost');
    let wantsOlder = false;
    let files: Pick<IClientOptions, 'ca' | 'cert' | 'key'>;
    try {
      files = readTlsFiles(feed.tls, dependencies.siteFolder);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      dependencies.onRefused(text(`无法读取证书文件:${detail}`, `Cannot read a certificate file: ${detail}`));
      return again(REFUSED_RETRY_MS);
    }
    const own = mqtt.connect(feed.url, {
      ...dependencies.options(),
      ...files,
      rejectUnauthorized: !(feed.tls?.allowSelfSigned ?? false),
      protocolVersion: version,
      keepalive: KEEPALIVE_S,
      connectTimeout: 8_000,
      reconnectPeriod: 0,
      resubscribe: false,
      ...(feed.user === undefined ? {} : { username: feed.user }),
      ...(feed.password === undefined ? {} : { password: feed.password }),
    });
    client = own;
    own.on('connect', () => {
      own.subscribe([...dependencies.filters], { qos: 1 }, (error, granted = []) => {
        const denied = granted.filter((grant) => grant.qos >= 128).map((grant) => grant.topic);
        if (error !== null || denied.length > 0) {
          refusal = text(`服务器拒绝订阅:${denied.join('、') || error?.message}`, `The broker refuses the subscription: ${denied.join(', ') || error?.message}`);
          return own.end(true);
        }
        delay = FIRST_RETRY_MS;
        dependencies.onUp();
      });
    });
    // The library gives a link up whose ping answer is late, although data arrives: behind a backlog that would lose all of it.
    let [heardAt, pingedAt] = [clock.monotonic(), clock.monotonic()];
    own.on('packetreceive', () => void (heardAt = clock.monotonic()));
    const care = clock.every(1_000, () => {
      const now = clock.monotonic();
      if (!own.connected || now - heardAt > ALIVE_MS) return;
      own.reschedulePing(true);
      if (now - pingedAt < (KEEPALIVE_S - 1) * 1_000) return;
      own.sendPing();
      pingedAt = now;
    });
    own.on('message', (topic, payload, packet) => dependencies.onMessage(topic, payload, packet));
    own.on('error', (error) => {
      const known = refusalOf(error);
      wantsOlder = version === 5 && known.kind === 'protocol';
      if (known.kind === 'refused') refusal = known.text;
      else failure = known.text;
    });
    own.on('disconnect', (packet) => {
      if (packet.reasonCode === 0x8e) failure = text('另一程序使用了相同的客户端标识,本连接被顶替', 'Another program uses the same client id and took this connection over');
    });
    own.on('close', () => {
      care[Symbol.dispose]();
      if (client !== own) return;
      client = null;
      own.end(true);
      if (wantsOlder) {
        version = 4;
        return again(0);
      }
      if (refusal === null) dependencies.onDown(failure);
      else dependencies.onRefused(refusal);
      again(refusal === null ? delay : REFUSED_RETRY_MS);
      delay = Math.min(delay * 2, LAST_RETRY_MS);
    });
  };
  dial();
  return {
    publish(topic, payload, options) {
      if (client?.connected) client.publish(topic, typeof payload === 'string' ? payload : Buffer.from(payload), options);
    },
    [Symbol.dispose]() {
      ended = true;
      retry?.[Symbol.dispose]();
      const last = client;
      client = null;
      last?.end(true);
    },
  };
};

const readTlsFiles = (tls: MqttFeed['tls'], folder: string): Pick<IClientOptions, 'ca' | 'cert' | 'key'> => {
  const read = (file: string) => readFileSync(isAbsolute(file) ? file : join(folder, file));
  return {
    ...(tls?.ca === undefined ? {} : { ca: read(tls.ca) }),
    ...(tls?.certificate === undefined ? {} : { cert: read(tls.certificate) }),
    ...(tls?.key === undefined ? {} : { key: read(tls.key) }),
  };
};
