import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { Aedes, type ConnectPacket, type PublishPacket } from 'aedes';

/** A real MQTT 3.1.1 broker in this process that can be killed and started again on the same port. */
export type TestBroker = AsyncDisposable & {
  readonly port: number;
  publish(topic: string, payload: string | Uint8Array, options?: { readonly retain?: boolean; readonly qos?: 0 | 1 }): Promise<void>;
  /** Ends every connection and stops listening, as a killed process would. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  readonly clients: readonly string[];
  onPublish(listener: (topic: string, payload: Uint8Array) => void): void;
  /** Everything that clients said, in order: CONNECT packets, topic filters with QoS, messages (wills too). */
  readonly log: BrokerEvent[];
};
export type BrokerEvent =
  | { readonly kind: 'connect'; readonly client: string; readonly packet: ConnectPacket; readonly at: number }
  | { readonly kind: 'subscribe'; readonly client: string; readonly filters: readonly { readonly topic: string; readonly qos: number }[] }
  | { readonly kind: 'publish'; readonly client: string; readonly topic: string; readonly payload: Buffer; readonly qos: number; readonly retain: boolean; readonly at: number };

/** Only `user` with `password` may connect, when given; `tls` makes it MQTTS. */
export const startBroker = async ({ user: known, password: secret, tls }: { readonly user?: string; readonly password?: string; readonly tls?: TlsOptions } = {}): Promise<TestBroker> => {
  const sockets = new Set<Socket>();
  const listeners: ((topic: string, payload: Uint8Array) => void)[] = [];
  const log: BrokerEvent[] = [];
  let broker: Aedes;
  let server: Server;
  let port = 0;
  const ids = new Set<string>();
  const start = async () => {
    broker = await Aedes.createBroker({
      preConnect: (_client, packet, done) => {
        log.push({ kind: 'connect', client: packet.clientId ?? '', packet, at: Date.now() });
        done(null, true);
      },
      authenticate: (_client, user, password, done) => {
        const isAllowed = known === undefined || (user === known && password?.toString() === secret);
        done(isAllowed ? null : Object.assign(new Error('bad user or password'), { returnCode: 4 }), isAllowed);
      },
    });
    broker.on('clientReady', (client) => ids.add(client.id));
    broker.on('clientDisconnect', (client) => ids.delete(client.id));
    broker.on('subscribe', (filters, client) => log.push({ kind: 'subscribe', client: client.id, filters: filters.map(({ topic, qos }) => ({ topic, qos })) }));
    broker.on('publish', (packet: PublishPacket, client) => {
      if (client !== null) log.push({ kind: 'publish', client: client.id, topic: packet.topic, payload: Buffer.from(packet.payload), qos: packet.qos, retain: packet.retain, at: Date.now() });
    });
    broker.on('publish', (packet) => listeners.forEach((listener) => listener(packet.topic, Buffer.from(packet.payload))));
    const take = (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      broker.handle(socket);
    };
    server = tls === undefined ? createServer(take) : createTlsServer(tls, take);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  };
  const kill = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await new Promise<void>((resolve) => broker.close(() => resolve()));
    ids.clear();
  };
  await start();
  return {
    get port() {
      return port;
    },
    get clients() {
      return [...ids];
    },
    log,
    onPublish: (listener) => void listeners.push(listener),
    publish: (topic, payload, { retain = false, qos = 0 } = {}) =>
      new Promise<void>((resolve, reject) =>
        broker.publish({ cmd: 'publish', topic, payload: Buffer.from(payload), retain, qos, dup: false }, (error) => (error ? reject(error) : resolve())),
      ),
    kill,
    restart: start,
    [Symbol.asyncDispose]: kill,
  };
};
