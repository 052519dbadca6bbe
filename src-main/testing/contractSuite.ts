import { afterEach, describe, expect, it } from 'vitest';
import { createBridge, type AllHandlers, type Bridge } from '../bridge/bridge.ts';
import { createClient } from '../../src-shared/contract/client.ts';
import type { AlarmRow, Permission } from '../../src-shared/contract/index.ts';
import { createEmitter, createTable, createValue, ok, refuse, silentLog, type Columns, type Port } from '../../src-shared/kernel/index.ts';
import { systemClock } from '../platform/clock.ts';
import { createSequentialIds } from './ids.ts';

/** How a transport makes a line: `serve` gets the station's end, the returned port is the client's. */
export type Transport = { connect(serve: (port: Port) => void): Promise<Port>; end(): Promise<void> };

/** The one suite that every transport must pass: what is true in memory is true over a socket and a MessagePort. */
export const contractSuite = (name: string, makeTransport: () => Promise<Transport>) => {
  describe(`contract over ${name}`, () => {
    const cleanups: (() => void | Promise<void>)[] = [];
    afterEach(async () => {
      for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
    });

    const start = async () => {
      const transport = await makeTransport();
      cleanups.push(() => transport.end());
      const world = buildWorld();
      const client = createClient({ name: 'suite', clock: systemClock });
      client.attach(await transport.connect((port) => void world.bridge.serve(port, { transport: 'memory' })));
      cleanups.push(() => world.bridge[Symbol.dispose](), () => client[Symbol.dispose]());
      await until(() => client.state.get() === 'live');
      return { ...world, client, transport };
    };

    it('answers a query and names the field of a bad one', async () => {
      const { client } = await start();
      expect(await client.query('alarms.journal', { from: 0, to: 1 })).toEqual([]);
      await expect(client.query('alarms.journal', { from: 0, to: 1, limit: 0 })).rejects.toMatchObject({ refusal: { code: 'BadInput', field: 'limit' } });
    });

    it('carries typed arrays and numbers that JSON has no word for', async () => {
      const { client } = await start();
      const trend = await client.query('historian.trend', { tags: ['T'], from: 0, to: 1, buckets: 2 });
      expect(trend[0]?.at).toEqual(Float64Array.of(1, 2));
      expect(trend[0]?.mean).toEqual(Float64Array.of(Number.NaN, 2.5));
      expect(trend[0]?.quality).toEqual(Uint8Array.of(0, 3));
    });

    it('asks who acts before a command, then writes intent and outcome to the ledger without secrets', async () => {
      const { client, written } = await start();
      const refused = await client.command('alarms.acknowledge', { ids: ['a'] }, 'c1');
      expect(refused).toMatchObject({ ok: false, refusal: { code: 'NotSignedIn' } });
      expect(await client.command('security.signIn', { user: 'li', pin: '1234' }, 'c2')).toMatchObject({ ok: true });
      expect(client.actor.get()?.id).toBe('li');
      expect(await client.command('alarms.acknowledge', { ids: ['a'] }, 'c3')).toEqual(ok({ acknowledged: 1 }));
      expect(await client.command('alarms.shelve', { id: 'a', minutes: 5, reason: 'test' }, 'c4')).toMatchObject({ refusal: { code: 'NotPermitted' } });
      expect(written.map((entry) => `${entry.kind} ${entry.subject}`)).toEqual(['command security.signIn', 'done security.signIn', 'command alarms.acknowledge', 'done alarms.acknowledge']);
      expect(JSON.stringify(written)).not.toContain('1234');
    });

    it('says of a command, and of nothing else, that somebody acts', async () => {
      const { client, acting } = await start();
      await client.command('security.signIn', { user: 'li', pin: '1234' }, 's');
      await client.query('alarms.journal', { from: 0, to: 1 });
      expect(acting).toEqual([]);
      await client.command('alarms.acknowledge', { ids: ['a'] }, 'c');
      expect(acting).toEqual(['token']);
    });

    it('takes effect once when the same command is sent twice', async () => {
      const { client, acknowledged } = await start();
      await client.command('security.signIn', { user: 'li', pin: '1234' }, 's');
      const twice = await Promise.all([client.command('alarms.acknowledge', { ids: ['a'] }, 'same'), client.command('alarms.acknowledge', { ids: ['a'] }, 'same')]);
      expect(twice).toEqual([ok({ acknowledged: 1 }), ok({ acknowledged: 1 })]);
      expect(acknowledged).toEqual([['a']]);
    });

    it('refuses a command while the ledger is down, but runs an emergency one', async () => {
      const { client, breakLedger, faults } = await start();
      await client.command('security.signIn', { user: 'li', pin: '1234' }, 's');
      breakLedger();
      expect(await client.command('alarms.acknowledge', { ids: ['a'] }, 'x')).toMatchObject({ refusal: { code: 'LedgerDown' } });
      expect(await client.command('emergency.confirm', { id: 'e' }, 'y')).toMatchObject({ ok: true });
      expect(faults).toContain('ledger down');
    });

    it('refuses what a module refuses and survives what it throws', async () => {
      const { client, faults } = await start();
      await client.command('security.signIn', { user: 'li', pin: '1234' }, 's');
      expect(await client.command('alarms.acknowledge', { ids: ['none'] }, 'n')).toMatchObject({ refusal: { code: 'NotFound' } });
      await expect(client.query('risk.majorHazards', {})).rejects.toMatchObject({ refusal: { code: 'Failed' } });
      expect(faults).toContain('failed risk.majorHazards');
    });

    it('keeps a table equal to the station\'s through snapshot and deltas', async () => {
      const { client, active } = await start();
      active.put(row('one', 1));
      const copy = client.table('alarms.active');
      await until(() => copy.filled);
      expect([...copy.rows.keys()]).toEqual(['one']);
      for (let turn = 0; turn < 50; turn += 1) active.put(row(`r${turn % 7}`, turn));
      active.drop('one');
      await until(() => copy.rows.get('r0')?.value === 49 && !copy.rows.has('one'));
      expect([...copy.rows.values()].map((each) => each.id).toSorted()).toEqual(active.rows().map((each) => each.id).toSorted());
    });

    it('sends a value and columns to everybody who watches', async () => {
      const { client, annunciator, appended } = await start();
      const value = client.value('alarms.annunciator');
      const seen: Columns<'tag' | 'at' | 'value' | 'quality'>[] = [];
      const live = client.series('values.live');
      live.onDidAppend((columns) => seen.push(columns));
      await until(() => value.get() !== undefined && seen.length > 0);
      annunciator.set({ ...annunciator.get(), flood: true });
      appended.emit({ tag: Float64Array.of(3), at: Float64Array.of(9), value: Float64Array.of(Number.NaN), quality: Float64Array.of(2) });
      await until(() => value.get()?.flood === true && seen.some((columns) => columns.at[0] === 9));
    });

    it('watches again after the port was lost', async () => {
      const { client, active, transport, bridge } = await start();
      const copy = client.table('alarms.active');
      await until(() => copy.filled);
      bridge[Symbol.dispose]();
      await until(() => client.state.get() === 'lost');
      active.put(row('while away', 1));
      client.attach(await transport.connect((port) => void bridge.serve(port, { transport: 'memory' })));
      await until(() => copy.rows.has('while away'));
    });

    it('closes the port of a client that sends what is no frame', async () => {
      const { bridge, transport } = await start();
      const port = await transport.connect((end) => void bridge.serve(end, { transport: 'memory' }));
      let closed = false;
      port.onClose(() => (closed = true));
      port.send({ type: 'nonsense' });
      await until(() => closed);
    });
  });
};

const until = async (condition: () => boolean) => {
  for (let turn = 0; turn < 500; turn += 1) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it did not come about within 5 s');
};

const row = (id: string, value: number): AlarmRow => ({
  id, tag: 'T', equipment: 'E', zone: 'Z', kind: 'HI', priority: 1, state: 'unacknowledged', message: { zh: '高', en: 'High' }, place: { zh: '区', en: 'Zone' }, value, limit: 1, unit: '1',
  raisedAt: 0, seenAt: 0, changedAt: 0, acknowledgedBy: null, acknowledgedAt: null, shelvedUntil: null, shelvedBy: null, shelveReason: null, suppressedBy: null, outOfServiceBy: null, outOfServiceReason: null, firstOut: null, group: null, source: null, isStale: false, count: 1, cause: null, consequence: null, action: null, respondWithinS: null,
});

/** A bridge over small real tables, with a ledger that can be broken. */
const buildWorld = () => {
  const active = createTable<string, AlarmRow>((each) => each.id);
  const annunciator = createValue({ sounding: null, silenced: false, worst: null, unacknowledged: [0, 0, 0, 0], active: [0, 0, 0, 0], flood: false, ratePer10Min: 0, shelved: 0, overdue: 0 });
  const appended = createEmitter<Columns<'tag' | 'at' | 'value' | 'quality'>>();
  const written: { kind: string; subject: string }[] = [];
  const acknowledged: string[][] = [];
  const faults: string[] = [];
  let ledgerUp = true;
  const permissions: Permission[] = ['alarm.acknowledge', 'emergency.command'];
  const handlers = {
    security: { signIn: () => ok({ id: 'li', name: '李', role: 'operator', permissions, token: 'token', expiresAt: 0 }) },
    alarms: {
      active,
      annunciator,
      journal: () => [],
      acknowledge({ ids }: { ids: string[] }) {
        if (ids[0] === 'none') return refuse('NotFound', { zh: '无', en: 'none' });
        acknowledged.push(ids);
        return ok({ acknowledged: ids.length });
      },
      shelve: () => ok(row('a', 1)),
    },
    values: { live: { snapshot: () => ({ tag: Float64Array.of(1), at: Float64Array.of(1), value: Float64Array.of(1), quality: Float64Array.of(0) }), onDidAppend: appended.listen } },
    historian: { trend: () => [{ tag: 'T', at: Float64Array.of(1, 2), min: Float64Array.of(1, 2), max: Float64Array.of(1, 2), mean: Float64Array.of(Number.NaN, 2.5), quality: Uint8Array.of(0, 3) }] },
    risk: {
      majorHazards() {
        throw new Error('a bug');
      },
    },
    emergency: { confirm: () => ok({}) },
  };
  const acting: string[] = [];
  const bridge: Bridge = createBridge({
    station: 'suite',
    handlers: handlers as unknown as AllHandlers,
    authenticate: (token, acts) => (acts && acting.push(token), token === 'token' ? { id: 'li', name: '李', role: 'operator', permissions } : null),
    ledger: {
      append(entry) {
        if (!ledgerUp) throw new Error('disk full');
        written.push(entry);
      },
    },
    clock: systemClock,
    ids: createSequentialIds(),
    log: silentLog,
    onLedgerDown: () => faults.push('ledger down'),
    onLedgerUp() {},
    onFailed: (failedName) => faults.push(`failed ${failedName}`),
    onWorked() {},
  });
  return { acting, bridge, active, annunciator, appended, written, acknowledged, faults, breakLedger: () => void (ledgerUp = false) };
};
