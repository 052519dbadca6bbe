import type { RawData, WebSocket } from 'ws';
import { createEmitter, decodeFrame, disposable, encodeFrame, type Log, type Port } from '../../src-shared/kernel/index.ts';

/** Bytes that may wait in a socket. The topic hub never lets it come to this; a client that does is cut off and starts again from a snapshot. */
const MAX_WAITING = 32 << 20;

/** RFC 6455 §7.4.1 close codes. */
const UNSUPPORTED_DATA = 1003;
const INVALID_PAYLOAD = 1007;
const TRY_AGAIN_LATER = 1013;

/** The station's end of a WebSocket that carries frames of the kernel's codec. */
export const webSocketPort = (socket: WebSocket, log: Log): Port => {
  const frames = createEmitter<unknown>();
  const closed = createEmitter<void>();
  const isOpen = () => socket.readyState === socket.OPEN;

  socket.on('message', (data, isBinary) => {
    if (!isBinary) return socket.close(UNSUPPORTED_DATA, 'binary frames only');
    let frame: unknown;
    try {
      frame = decodeFrame(bytesOf(data));
    } catch (error) {
      log.warn('a client sent bytes that are no frame', { error: String(error) });
      return socket.close(INVALID_PAYLOAD, 'not a frame');
    }
    frames.emit(frame);
  });
  socket.on('error', (error) => log.warn('line failed', { error: error.message }));
  socket.on('close', () => closed.emit());

  return {
    send(frame) {
      if (!isOpen()) return;
      if (socket.bufferedAmount > MAX_WAITING) return socket.close(TRY_AGAIN_LATER, 'too slow');
      socket.send(encodeFrame(frame));
    },
    onFrame: frames.listen,
    onClose(listener) {
      if (isOpen()) return closed.listen(listener);
      listener();
      return disposable(() => undefined);
    },
    close: () => socket.close(),
  };
};

/** As a plain Uint8Array: `slice` of a Buffer shares memory where the codec counts on a copy. */
const bytesOf = (data: RawData): Uint8Array => {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  const { buffer, byteOffset, byteLength } = Array.isArray(data) ? Buffer.concat(data) : data;
  return new Uint8Array(buffer, byteOffset, byteLength);
};
