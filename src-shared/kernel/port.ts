import { createEmitter } from './emitter.ts';
import type { Disposable } from './disposable.ts';

/**
 * One end of a two-way line that carries structured-cloneable frames in order: MessagePort, WebSocket, worker or memory.
 * `send` on a closed port does nothing. `onClose` calls at once when the port is closed already.
 */
export type Port = {
  send(frame: unknown): void;
  onFrame(listener: (frame: unknown) => void): Disposable;
  onClose(listener: () => void): Disposable;
  close(): void;
};

/** Two ends in memory. Frames are structured-cloned and delivered in a later microtask, as a real transport would. */
export const createPortPair = (): readonly [Port, Port] => {
  let open = true;
  const closed = createEmitter<void>();
  const close = () => {
    if (!open) return;
    open = false;
    closed.emit();
  };
  const end = (mine: ReturnType<typeof createEmitter<unknown>>, theirs: ReturnType<typeof createEmitter<unknown>>): Port => ({
    send(frame) {
      if (!open) return;
      const copy: unknown = structuredClone(frame);
      queueMicrotask(() => open && theirs.emit(copy));
    },
    onFrame: (listener) => mine.listen(listener),
    onClose(listener) {
      if (!open) listener();
      return closed.listen(listener);
    },
    close,
  });
  const left = createEmitter<unknown>();
  const right = createEmitter<unknown>();
  return [end(left, right), end(right, left)];
};
