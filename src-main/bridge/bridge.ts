import { createScope, type Clock, type Disposable, type Ids, type Log, type Port } from '../../src-shared/kernel/index.ts';
import { ClientFrame, contractHash, entries, type StationFrame } from '../../src-shared/contract/wire.ts';
import { createGate, unknownName, type Caller } from './gate.ts';
import { createWatch, type Watch } from './topicHub.ts';
import type { AllHandlers, Authenticate, BridgeLedger, ClientInfo, StationTopic } from './types.ts';

export type { AllHandlers, ClientInfo } from './types.ts';

type BridgeInput = {
  readonly station: string;
  readonly handlers: AllHandlers;
  readonly authenticate: Authenticate;
  readonly ledger: BridgeLedger;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  onLedgerDown(error: unknown): void;
  onLedgerUp(): void;
  onFailed(name: string, error: unknown): void;
  onWorked(name: string): void;
};

/** Serves the whole contract to any number of clients, each over its own port. */
export type Bridge = Disposable & {
  serve(port: Port, info: ClientInfo): Disposable;
  readonly clients: number;
  /** Topic changes that slow clients got merged or dropped, since the start. */
  readonly merged: number;
};

const BEAT_MS = 1_000;
/** Topics one client may watch at once: the contract has some thirty. */
const MOST_WATCHES = 256;
const NOT_SIGNED_IN: Caller = { actor: null, permissions: [] };

export const createBridge = (input: BridgeInput): Bridge => {
  const { station, handlers, authenticate, clock, log } = input;
  const gate = createGate(input);
  const clients = new Set<Port>();
  let merged = 0;

  const handlerOf = (name: string): unknown => {
    const [module = '', entry = ''] = name.split('.');
    return (handlers as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[module]?.[entry];
  };

  const serve = (port: Port, info: ClientInfo): Disposable => {
    const scope = createScope();
    const watches = new Map<number, Watch & { readonly name: string }>();
    let token: string | null = null;
    let greeted = false;
    const send = (frame: StationFrame) => port.send(frame);
    const caller = (acts: boolean): Caller => {
      const identity = token === null ? null : authenticate(token, acts);
      return identity === null ? NOT_SIGNED_IN : { actor: { id: identity.id, name: identity.name, role: identity.role }, permissions: identity.permissions };
    };

    const watch = (id: number, name: string) => {
      const known = watches.get(id);
      if (known?.name === name) return known.restart();
      const entry = entries.get(name);
      if (entry === undefined || entry.verb === 'query' || entry.verb === 'command') return send({ type: 'reply', id, ...unknownName(name) });
      if (known === undefined && watches.size >= MOST_WATCHES) return port.close();
      known?.[Symbol.dispose]();
      const topic = handlerOf(name) as StationTopic;
      const own = createWatch({
        entry,
        topic,
        onMerged: (count) => (merged += count),
        send: (frame) => send('from' in frame ? { type: 'delta', id, ...frame } : { type: 'snapshot', id, ...frame }),
      });
      watches.set(id, { ...own, name });
    };

    const call = async (frame: Extract<ClientFrame, { type: 'call' }>) => {
      const entry = entries.get(frame.name);
      if (entry === undefined) return send({ type: 'reply', id: frame.id, ...unknownName(frame.name) });
      const reply = await gate.pass({ name: frame.name, entry, handler: handlerOf(frame.name), input: frame.input, commandId: frame.commandId }, caller(entry.verb === 'command'));
      if (entry.verb === 'command' && entry.needs === 'session' && reply.ok) token = tokenOf(reply.value);
      send({ type: 'reply', id: frame.id, ...reply });
    };

    const receive = (raw: unknown) => {
      const parsed = ClientFrame.safeParse(raw);
      if (!parsed.success) {
        log.warn('a client sent a frame that is none', { transport: info.transport, issue: parsed.error.issues[0]?.message });
        return port.close();
      }
      const frame = parsed.data;
      if (frame.type === 'hello') {
        if (frame.contract !== contractHash()) return send({ type: 'outdated', contract: contractHash() });
        greeted = true;
        token = frame.token;
        return send({ type: 'welcome', contract: contractHash(), station, at: clock.now(), actor: caller(false).actor });
      }
      if (!greeted) return port.close();
      switch (frame.type) {
        case 'call':
          return void call(frame);
        case 'watch':
          return watch(frame.id, frame.name);
        case 'unwatch':
          watches.get(frame.id)?.[Symbol.dispose]();
          return void watches.delete(frame.id);
        case 'ack':
          return watches.get(frame.id)?.acknowledge(frame.version);
      }
    };

    clients.add(port);
    scope.add(port.onFrame(receive));
    scope.add(clock.every(BEAT_MS, () => greeted && send({ type: 'beat', at: clock.now() })));
    scope.add(
      port.onClose(() => {
        clients.delete(port);
        scope[Symbol.dispose]();
        for (const own of watches.values()) own[Symbol.dispose]();
        watches.clear();
      }),
    );
    return { [Symbol.dispose]: () => port.close() };
  };

  return {
    serve,
    get clients() {
      return clients.size;
    },
    get merged() {
      return merged;
    },
    [Symbol.dispose]() {
      for (const client of [...clients]) client.close();
    },
  };
};

const tokenOf = (value: unknown): string | null => (typeof value === 'object' && value !== null && 'token' in value && typeof value.token === 'string' ? value.token : null);
