import { createEmitter, decodeFrame, disposable, encodeFrame, type Port } from '../../src-shared/kernel/index.ts';

/** How the page reaches the station: each call opens a fresh line. */
export type Connect = () => Promise<Port>;

/** The station behind the web server that gave this page: `ws(s)://HOST/link?token=…`. Rejects when the line cannot be opened. */
export const webSocketConnect = (pageUrl: string): Connect => () => {
  const url = new URL(pageUrl);
  const token = url.searchParams.get('token');
  const address = new URL('/link', url);
  address.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  address.search = token === null ? '' : new URLSearchParams({ token }).toString();
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    socket.binaryType = 'arraybuffer';
    const frames = createEmitter<unknown>();
    const closed = createEmitter<void>();
    let isOver = false;
    // A dead peer never answers a close: the line is over when either side says so.
    const end = () => {
      if (isOver) return;
      isOver = true;
      closed.emit();
    };
    socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
      if (!isOver) frames.emit(decodeFrame(new Uint8Array(data)));
    });
    socket.addEventListener('close', () => {
      end();
      reject(new Error('the station closed the line'));
    });
    socket.addEventListener('open', () =>
      resolve({
        send: (frame) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(encodeFrame(frame));
        },
        onFrame: (listener) => frames.listen(listener),
        onClose(listener) {
          if (isOver) listener();
          return closed.listen(listener);
        },
        close() {
          socket.close();
          end();
        },
      }),
    );
  });
};

/**
 * The line that Electron's preload hands over: a window message `{ type: 'anlan-port' }` with the port in `ports[0]`, sent
 * again for each fresh one. `ask` requests one (the preload listens for `{ type: 'anlan-connect' }`).
 */
export const messagePortConnect = (target: Window): Connect => {
  let waiting: ((port: Port) => void) | null = null;
  let arrived: Port | null = null;
  target.addEventListener('message', (event: MessageEvent<unknown>) => {
    const { data, source } = event;
    if (source !== target || typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'anlan-port') return;
    const [channel] = event.ports;
    if (channel === undefined) return;
    const port = portOf(channel);
    if (waiting === null) arrived = port;
    else waiting(port);
    waiting = null;
  });
  return () => {
    const port = arrived;
    arrived = null;
    if (port !== null) return Promise.resolve(port);
    return new Promise((resolve) => {
      waiting = resolve;
      target.postMessage({ type: 'anlan-connect' }, '*');
    });
  };
};

const portOf = (channel: MessagePort): Port => {
  const frames = createEmitter<unknown>();
  const closed = createEmitter<void>();
  let open = true;
  const end = () => {
    if (!open) return;
    open = false;
    closed.emit();
  };
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => frames.emit(data));
  channel.addEventListener('close', end);
  channel.start();
  return {
    send: (frame) => {
      if (open) channel.postMessage(frame);
    },
    onFrame: (listener) => frames.listen(listener),
    onClose(listener) {
      if (!open) listener();
      return open ? closed.listen(listener) : disposable(() => undefined);
    },
    close() {
      channel.close();
      end();
    },
  };
};
