import { CallRefused, createClient } from '../../src-shared/contract/client.ts';
import { createScope, type Clock, type Ids } from '../../src-shared/kernel/index.ts';
import { Identity } from '../../src-shared/contract/index.ts';
import { entries } from '../../src-shared/contract/wire.ts';
import type { Link, LinkStatus } from './link.ts';
import { createSeriesStore } from './seriesStore.ts';
import { createTableStore } from './tableStore.ts';
import type { Connect } from './transports.ts';
import { createValueStore } from './valueStore.ts';

const BACK_OFF_MS = [200, 500, 1_000, 2_000, 5_000] as const;
/** A station answers at once and beats once a second; after this long without a word the line counts as dead even if nobody closed it. */
const DEAD_AFTER_MS = 5_000;
/** How long one attempt to open a line may take. */
const PATIENCE_MS = 5_000;

/** Keeps one client of the station alive over whatever `connect` opens, and gives its topics as stores. */
export const createLink = ({ name, connect, clock, ids }: { readonly name: string; readonly connect: Connect; readonly clock: Clock; readonly ids: Ids }): Link => {
  let token: string | null = null;
  const client = createClient({ name, clock, token: () => token });
  const status = createValueStore<LinkStatus>({ phase: 'connecting', since: clock.now(), attempts: 0 });
  const actor = createValueStore(client.actor.get());
  const scope = createScope();
  const stores = new Map<string, unknown>();
  const now = () => clock.now() + client.clockOffset;
  let lastBeat = clock.monotonic();
  let line: { close(): void } | null = null;
  let ended = false;

  const fail = () => {
    const { phase, since, attempts } = status.get();
    if (ended || phase === 'outdated') return;
    const lost = phase === 'connecting' ? 'connecting' : 'lost';
    status.set({ phase: lost, since: phase === lost ? since : now(), attempts: attempts + 1 });
    scope.add(clock.after(BACK_OFF_MS[Math.min(attempts, BACK_OFF_MS.length - 1)] ?? 5_000, open));
  };
  const open = () => {
    let waiting = true;
    /** Runs once, for whichever comes first: the line, its refusal or the end of patience. */
    const settle = (run: () => void) => {
      if (!waiting) return;
      waiting = false;
      patience[Symbol.dispose]();
      run();
    };
    const patience = clock.after(PATIENCE_MS, () => settle(fail));
    connect().then(
      (port) => {
        if (!waiting || ended) return port.close();
        settle(() => {
          line = port;
          lastBeat = clock.monotonic();
          client.attach(port);
        });
      },
      () => settle(fail),
    );
  };

  scope.add(client.actor.onDidChange((next) => actor.set(next)));
  scope.add(
    client.onDidBeat(() => {
      lastBeat = clock.monotonic();
    }),
  );
  scope.add(
    client.state.onDidChange((state) => {
      if (state === 'live') {
        lastBeat = clock.monotonic();
        status.set({ phase: 'live', since: now(), attempts: 0 });
      } else if (state === 'outdated') status.set({ phase: 'outdated', since: now(), attempts: 0 });
      else if (state === 'lost') fail();
    }),
  );
  scope.add(
    clock.every(1_000, () => {
      const state = client.state.get();
      if ((state === 'live' || state === 'connecting') && clock.monotonic() - lastBeat > DEAD_AFTER_MS) line?.close();
    }),
  );
  open();

  const shared = (topic: string, make: () => unknown) => {
    const known = stores.get(topic);
    if (known !== undefined) return known as never;
    const made = make();
    stores.set(topic, made);
    return made as never;
  };

  return {
    status,
    actor,
    now,
    clock: { ...clock, now },
    lastBeatAgoMs: () => clock.monotonic() - lastBeat,
    table: (topic) => shared(topic, () => createTableStore<string, Record<string, string>>(client.table(topic) as never, (row) => row[keyFieldOf(topic)] ?? '')),
    value: (topic) =>
      shared(topic, () => {
        const copy = client.value(topic);
        return { get: () => copy.get(), subscribe: (listener: () => void) => copy.onDidChange(() => listener()) };
      }),
    series: (topic) => shared(topic, () => createSeriesStore<string>(client.series(topic) as never, columnsOf(topic))),
    async query(callName, input) {
      try {
        return { ok: true, value: await client.query(callName, input as never) } as never;
      } catch (error) {
        if (error instanceof CallRefused) return { ok: false, refusal: error.refusal };
        throw error;
      }
    },
    async command(callName, input) {
      const outcome = await client.command(callName, input as never, ids.next('cmd'));
      if (outcome.ok && callName === 'security.signIn') token = Identity.shape.token.parse((outcome.value as Identity).token);
      if (outcome.ok && callName === 'security.signOut') token = null;
      return outcome as never;
    },
    [Symbol.dispose]() {
      ended = true;
      scope[Symbol.dispose]();
      client[Symbol.dispose]();
    },
  };
};

const keyFieldOf = (topic: string): string => {
  const entry = entries.get(topic);
  if (entry?.verb !== 'table') throw new Error(`${topic} is no table`);
  return entry.keyOf;
};

const columnsOf = (topic: string): readonly [string, ...string[]] => {
  const entry = entries.get(topic);
  if (entry?.verb !== 'series') throw new Error(`${topic} is no series`);
  return entry.columns;
};
