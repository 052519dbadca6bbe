import { createEmitter, disposable, type Port } from '../../src-shared/kernel/index.ts';

/** What a Port needs of Electron's MessagePortMain; frames travel by structured clone. */
export type MessageChannelEnd = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
};

/** The station's end of a message channel whose other end a page holds. Frames that came before the first listener wait for it. */
export const messagePort = (channel: MessageChannelEnd): Port => {
  const frames = createEmitter<unknown>();
  const closed = createEmitter<void>();
  let open = true;
  let started = false;
  const end = () => {
    if (!open) return;
    open = false;
    closed.emit();
  };
  channel.on('message', ({ data }) => open && frames.emit(data));
  channel.on('close', end);
  return {
    send(frame) {
      if (open) channel.postMessage(frame);
    },
    onFrame(listener) {
      const listening = frames.listen(listener);
      if (!started) channel.start();
      started = true;
      return listening;
    },
    onClose(listener) {
      if (open) return closed.listen(listener);
      listener();
      return disposable(() => undefined);
    },
    close() {
      channel.close();
      end();
    },
  };
};
