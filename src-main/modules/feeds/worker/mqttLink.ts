import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { createSecureContext } from 'node:tls';
import mqtt, { type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
import { text, type Clock, type Disposable, type Text } from '../../../../src-shared/kernel/index.ts';
import type { MqttFeed, SparkplugFeed } from '../../../../src-shared/plant/index.ts';
import { refusalOf, silentRefusal } from './mqttRefusals.ts';

/** A broker link that is made again for ever: back-off 0.5 s doubling to 5 s, half a minute after a refusal. */
export type MqttLink = Disposable & {
  publish(topic: string, payload: string | Uint8Array, options: { readonly qos: 0 | 1; readonly retain: boolean }): void;
  /** Leaves in good order: what was published before is acknowledged, then the broker is told. Resolves after half a second at most. */
  leave(): Promise<void>;
};

type Dependencies = {
  readonly feed: MqttFeed | SparkplugFeed;
  readonly siteFolder: string;
  readonly clock: Clock;
  /** Asked before every dial, since a will may carry the time. */
  options(): Pick<IClientOptions, 'clientId' | 'clean' | 'will' | 'properties'>;
  readonly filters: readonly string[];
  readonly qos: 0 | 1;
  readonly protocolVersion: 4 | 5;
  /** `isResumed`: the broker kept this station's session, so nothing published at QoS 1 was missed. */
  onUp(isResumed: boolean): void;
  /** The link looks up, yet the broker has not answered for two seconds (half-open TCP, a broker that hangs). */
  onSilent(reason: Text): void;
  /** It answers again, on the same link. */
  onAnswer(): void;
  onDown(reason: Text): void;
  onRefused(reason: Text): void;
  onMessage(topic: string, payload: Uint8Array & { toString(encoding: 'utf8'): string }, packet: IPublishPacket): void;
};

/** A link without an answer for one and a half times this long, s, is given up and dialled anew. */
const KEEPALIVE_S = 5;
const CARE_MS = 500;
/** A link that is quiet for this long, ms, is asked whether it lives. */
const ASK_AFTER_MS = 1_000;
/** It is silent when nothing has come for this long, ms, although it was asked. */
const SILENT_AFTER_MS = 2_000;
/** How long leaving may take, ms. */
const LEAVE_MS = 500;
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
    let isExplained = false;
    let wantsOlder = false;
    const files = readTlsFiles(feed.tls, dependencies.siteFolder);
    if ('refusal' in files) {
      dependencies.onRefused(files.refusal);
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
    let wasUp = false;
    own.on('connect', ({ sessionPresent }) => {
      wasUp = true;
      own.subscribe([...dependencies.filters], { qos: dependencies.qos }, (error, granted = []) => {
        const denied = granted.filter((grant) => grant.qos >= 128).map((grant) => grant.topic);
        if (error !== null || denied.length > 0) {
          refusal = text(`服务器拒绝订阅:${denied.join('、') || error?.message}`, `The broker refuses the subscription: ${denied.join(', ') || error?.message}`);
          return own.end(true);
        }
        delay = FIRST_RETRY_MS;
        isUp = true;
        dependencies.onUp(sessionPresent);
      });
    });
    let [heardAt, askedAt, caredAt, isUp, isSilent] = [clock.monotonic(), 0, clock.monotonic(), false, false];
    own.on('packetreceive', () => {
      heardAt = clock.monotonic();
      if (!isSilent) return;
      isSilent = false;
      dependencies.onAnswer();
    });
    const care = clock.every(CARE_MS, () => {
      const now = clock.monotonic();
      // A worker that was busy itself has not read what may have come meanwhile.
      const wasAsleep = now - caredAt > 2 * CARE_MS;
      caredAt = now;
      if (!own.connected || wasAsleep) return;
      const quietMs = now - heardAt;
      // The library gives a link up whose ping answer is late, although data arrives: behind a backlog that would lose all of it.
      if (quietMs < ASK_AFTER_MS) own.reschedulePing(true);
      if (now - askedAt >= (quietMs < ASK_AFTER_MS ? (KEEPALIVE_S - 1) * 1_000 : ASK_AFTER_MS)) {
        own.sendPing();
        askedAt = now;
      }
      if (!isUp || isSilent || quietMs < SILENT_AFTER_MS) return;
      isSilent = true;
      dependencies.onSilent(text('已连接,但服务器不应答', 'Connected, but the broker does not answer'));
    });
    own.on('message', (topic, payload, packet) => dependencies.onMessage(topic, payload, packet));
    own.on('error', (error) => {
      const known = refusalOf(error);
      wantsOlder = version === 5 && known.kind === 'protocol';
      // Of a link that is reset before a word was said, the reset itself is no explanation.
      isExplained = known.kind !== 'failed' || !isReset(error);
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
      const silent = wasUp || isExplained || !/^(mqtts|wss):/.test(feed.url) ? null : silentRefusal(files.cert, clock.now());
      if (silent?.kind === 'refused') refusal = silent.text;
      else if (silent !== null) failure = silent.text;
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
  const end = () => {
    ended = true;
    retry?.[Symbol.dispose]();
    const last = client;
    client = null;
    return last;
  };
  return {
    publish(topic, payload, options) {
      if (client?.connected) client.publish(topic, typeof payload === 'string' ? payload : Buffer.from(payload), options);
    },
    leave() {
      const last = end();
      if (!last?.connected) {
        last?.end(true);
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const limit = clock.after(LEAVE_MS, () => {
          last.end(true);
          resolve();
        });
        last.end(false, () => {
          limit[Symbol.dispose]();
          resolve();
        });
      });
    },
    [Symbol.dispose]: () => void end()?.end(true),
  };
};

const isReset = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');

type TlsFiles = { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer };

const readTlsFiles = (tls: MqttFeed['tls'], folder: string): TlsFiles | { readonly refusal: Text } => {
  const read = (file: string) => readFileSync(isAbsolute(file) ? file : join(folder, file));
  try {
    const files: TlsFiles = {
      ...(tls?.ca === undefined ? {} : { ca: read(tls.ca) }),
      ...(tls?.certificate === undefined ? {} : { cert: read(tls.certificate) }),
      ...(tls?.key === undefined ? {} : { key: read(tls.key) }),
    };
    // What is no certificate, or no pair, would be thrown in the middle of dialling.
    createSecureContext(files);
    return files;
  } catch (error) {
    const known = refusalOf(error);
    const detail = error instanceof Error ? error.message : String(error);
    return { refusal: known.kind === 'refused' ? known.text : text(`无法读取证书文件:${detail}`, `Cannot read a certificate file: ${detail}`) };
  }
};
