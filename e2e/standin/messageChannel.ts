import { EventEmitter } from 'node:events';

/** Electron's MessagePortMain: what is posted on one end arrives at the other, in order, once that one is started. */
export class MessagePortMain extends EventEmitter {
  #peer: MessagePortMain | null = null;
  #waiting: unknown[] = [];
  #started = false;
  #open = true;
  /** Set once the port was handed to a page: messages leave this process through it. */
  #remote: ((message: unknown) => void) | null = null;

  static pair(): readonly [MessagePortMain, MessagePortMain] {
    const [one, other] = [new MessagePortMain(), new MessagePortMain()];
    one.#peer = other;
    other.#peer = one;
    return [one, other];
  }
  postMessage(message: unknown) {
    // Throws a DataCloneError for what Electron could not send either.
    if (this.#open) this.#peer?.receive(structuredClone(message));
  }
  receive(message: unknown) {
    if (this.#remote !== null) this.#remote(message);
    else if (this.#started) queueMicrotask(() => this.#open && this.emit('message', { data: message, ports: [] }));
    else this.#waiting.push(message);
  }
  start() {
    this.#started = true;
    for (const message of this.#waiting.splice(0)) this.receive(message);
  }
  /** Hands this end to a page. `post` is how the page's messages come back. */
  transfer(toPage: (message: unknown) => void): { post(message: unknown): void; close(): void } {
    this.#remote = toPage;
    for (const message of this.#waiting.splice(0)) toPage(message);
    return { post: (message) => this.#peer?.receive(message), close: () => this.close() };
  }
  close() {
    if (!this.#open) return;
    this.#open = false;
    const peer = this.#peer;
    queueMicrotask(() => {
      this.emit('close');
      peer?.close();
    });
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;
  constructor() {
    [this.port1, this.port2] = MessagePortMain.pair();
  }
}
