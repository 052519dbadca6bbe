import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP link in between that can break as real ones do: cut (reset), held up, or silent with both ends still open (half-open). */
export type TcpProxy = AsyncDisposable & {
  readonly port: number;
  /** Closes every connection and refuses new ones until `mend`. */
  cut(): void;
  /** Keeps connections open and carries nothing any more until `mend`; new ones are taken and carry nothing either. */
  silence(): void;
  /** Carries nothing until `mend`, and everything then: a server that hangs for a while. */
  hold(): void;
  mend(): void;
  readonly connections: number;
};

export const startTcpProxy = async (target: number): Promise<TcpProxy> => {
  const sockets = new Set<Socket>();
  let mode: 'open' | 'silent' | 'cut' = 'open';
  const carry = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('data', (bytes) => mode === 'open' && to.write(bytes));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((near) => {
    if (mode === 'cut') return near.destroy();
    const far = connect(target, '127.0.0.1');
    carry(near, far);
    carry(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const end = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return sockets.size / 2;
    },
    cut() {
      mode = 'cut';
      end();
    },
    silence: () => void (mode = 'silent'),
    hold() {
      for (const socket of sockets) socket.pause();
    },
    mend() {
      for (const socket of sockets) socket.resume();
      if (mode === 'silent') end();
      mode = 'open';
    },
    async [Symbol.asyncDispose]() {
      end();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
