import { createServer, type Server, type Socket } from 'node:net';
import { Aedes, type AuthenticateError } from 'aedes';
import type { Clock, Log } from '../../src-shared/kernel/index.ts';
import { isKnown, mayPublish, maySubscribe } from './accounts.ts';

/** An MQTT broker on 127.0.0.1 with users and an access list. */
export type Broker = {
  readonly port: number;
  /** Cuts every connection and takes none for some seconds. */
  drop(forS: number): void;
  close(): Promise<void>;
};

export const startBroker = async ({ port, clock, log }: { readonly port: number; readonly clock: Clock; readonly log: Log }): Promise<Broker> => {
  const users = new Map<string, string>();
  const broker = await Aedes.createBroker({
    authenticate(client, user, password, done) {
      if (isKnown(user, password?.toString('utf8'))) {
        users.set(client.id, user!);
        done(null, true);
      } else {
        const refusal: AuthenticateError = Object.assign(new Error('user or password is wrong'), { returnCode: 4 });
        done(refusal, false);
      }
    },
    authorizePublish: (client, { topic }, done) => done(client === null || mayPublish(users.get(client.id), topic) ? null : new Error(`may not publish to ${topic}`)),
    /** A refused filter answers 0x80 in the SUBACK (MQTT 3.1.1 §3.9.3). */
    authorizeSubscribe: (client, subscription, done) => done(null, maySubscribe(users.get(client.id), subscription.topic) ? subscription : null),
  });
  broker.on('clientError', (client, error) => log.info(`mqtt client ${client.id}: ${error.message}`));
  broker.on('clientDisconnect', (client) => void users.delete(client.id));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    broker.handle(socket);
  });
  const bound = await listen(server, port);
  let closed = false;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => void server.close(() => resolve()));
  };
  return {
    port: bound,
    drop(forS) {
      void cut();
      clock.after(forS * 1000, () => void (!closed && listen(server, bound)));
    },
    async close() {
      closed = true;
      if (server.listening) await cut();
      await new Promise<void>((resolve) => broker.close(resolve));
    },
  };
};

/** Resolves to the bound port; rejects with the reason, such as EADDRINUSE. */
const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
