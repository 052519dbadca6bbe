import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';

/** A real MQTT 3.1.1 broker in this process that can be killed and started again on the same port. */
export type TestBroker = AsyncDisposable & {
  readonly port: number;
  publish(topic: string, payload: string | Uint8Array, options?: { readonly retain?: boolean; readonly qos?: 0 | 1 }): Promise<void>;
  /** Ends every connection and stops listening, as a killed process would. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  readonly clients: readonly string[];
  onPublish(listener: (topic: string, payload: Uint8Array) => void): void;
};

/** Only `user` with `password` may connect, when given. */
export const startBroker = async (login?: { readonly user: string; readonly password: string }): Promise<TestBroker> => {
  const sockets = new Set<Socket>();
  const listeners: ((topic: string, payload: Uint8Array) => void)[] = [];
  let broker: Aedes;
  let server: Server;
  let port = 0;
  const ids = new Set<string>();
  const start = async () => {
    broker = await Aedes.createBroker({
      authenticate: (_client, user, password, done) => {
        const isAllowed = login === undefined || (user === login.user && password?.toString() === login.password);
        done(isAllowed ? null : Object.assign(new Error('bad user or password'), { returnCode: 4 }), isAllowed);
      },
    });
    broker.on('clientReady', (client) => ids.add(client.id));
    broker.on('clientDisconnect', (client) => ids.delete(client.id));
    broker.on('publish', (packet) => listeners.forEach((listener) => listener(packet.topic, Buffer.from(packet.payload))));
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      broker.handle(socket);
    });
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
