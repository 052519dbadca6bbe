import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contractHash, type ClientFrame, type StationFrame } from '../../src-shared/contract/wire.ts';
import { createPortPair, type Port } from '../../src-shared/kernel/index.ts';
import { createBrowserClock } from './browser.ts';
import { createLink } from './createLink.ts';
import type { Connect } from './transports.ts';

/** A station's end that answers hello and watch, and keeps what it was sent. */
const station = () => {
  const sent: ClientFrame[] = [];
  const ports: Port[] = [];
  const send = (frame: StationFrame) => ports.at(-1)?.send(frame);
  const connect: Connect = () => {
    const [theirs, ours] = createPortPair();
    ports.push(ours);
    ours.onFrame((raw) => {
      const frame = raw as ClientFrame;
      sent.push(frame);
      if (frame.type === 'hello') send({ type: 'welcome', contract: contractHash(), station: 'test', at: Date.now() + 5_000, actor: null });
      if (frame.type === 'watch' && frame.name === 'people.positions') send({ type: 'snapshot', id: frame.id, version: 1, data: { person: Float64Array.of(0, 700), x: Float64Array.of(1, 7), y: Float64Array.of(2, 8), z: Float64Array.of(0, 0), heartRate: Float64Array.of(70, 80), at: Float64Array.of(10, 10), zone: Float64Array.of(3, -1), accuracy: Float64Array.of(2, 2) } });
      if (frame.type === 'watch' && frame.name === 'inference.warnings') send({ type: 'snapshot', id: frame.id, version: 1, data: [{ id: 'W1' }, { id: 'W2' }] });
      if (frame.type === 'call' && frame.name === 'security.signIn') send({ type: 'reply', id: frame.id, ok: true, value: { id: 'operator', name: '李海峰', role: 'operator', permissions: [], token: 'secret', expiresAt: 0 } });
      if (frame.type === 'call' && frame.name === 'system.about') send({ type: 'reply', id: frame.id, ok: false, refusal: { code: 'Failed', text: { zh: '失败', en: 'failed' } } });
    });
    return Promise.resolve(theirs);
  };
  return { connect, send, sent, cut: () => ports.at(-1)?.close(), opened: () => ports.length };
};

const make = (connect: Connect) => createLink({ name: 'test', connect, clock: createBrowserClock(), ids: { next: (prefix) => `${prefix}-1` } });

describe('the link', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => void vi.useRealTimers());
  const settle = () => vi.advanceTimersByTimeAsync(0);

  it('goes live, shows station time, and keeps rows and their identity until they change', async () => {
    const fake = station();
    using link = make(fake.connect);
    const store = link.table('inference.warnings');
    const changes: string[] = [];
    store.subscribe(() => changes.push('table'));
    store.subscribeKey('W2', () => changes.push('W2'));
    expect(link.status.get().phase).toBe('connecting');
    expect(store.ready()).toBe(false);
    await settle();
    expect(link.status.get().phase).toBe('live');
    expect(link.now()).toBe(Date.now() + 5_000);
    const [first] = store.rows();
    const id = fake.sent.find((frame) => frame.type === 'watch')?.id ?? -1;
    changes.length = 0;
    fake.send({ type: 'delta', id, from: 1, to: 2, data: [{ put: [{ id: 'W3' }], drop: ['W2'] }] });
    await settle();
    expect(store.rows().map((row) => row.id)).toEqual(['W1', 'W3']);
    expect(store.rows()[0]).toBe(first);
    expect(changes).toEqual(['W2', 'table']);
    expect(link.table('inference.warnings')).toBe(store);
  });

  it('keeps what it knew when the line is cut, tries again later each time, and watches again', async () => {
    const fake = station();
    let down = false;
    using link = make(() => (down ? Promise.reject(new Error('down')) : fake.connect()));
    const store = link.table('inference.warnings');
    await settle();
    down = true;
    fake.cut();
    await settle();
    expect(link.status.get()).toMatchObject({ phase: 'lost', attempts: 1 });
    await vi.advanceTimersByTimeAsync(200);
    expect(link.status.get().attempts).toBe(2);
    await vi.advanceTimersByTimeAsync(499);
    expect(link.status.get().attempts).toBe(2);
    expect(store.rows()).toHaveLength(2);
    down = false;
    await vi.advanceTimersByTimeAsync(1);
    expect(link.status.get()).toMatchObject({ phase: 'live', attempts: 0 });
    expect(fake.sent.filter((frame) => frame.type === 'watch')).toHaveLength(2);
  });

  it('counts a line without a word for 5 s as lost, be it live or new, and a connection that never opens as failed', async () => {
    const fake = station();
    const lines: number[] = [];
    using link = make(fake.connect);
    await settle();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(link.lastBeatAgoMs()).toBe(4_000);
    fake.send({ type: 'beat', at: Date.now() });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(link.status.get().phase).toBe('live');
    await vi.advanceTimersByTimeAsync(1_500);
    expect(fake.opened()).toBe(2);

    using silent = make(() => (lines.push(1), Promise.resolve(createPortPair()[0])));
    await vi.advanceTimersByTimeAsync(6_500);
    expect([silent.status.get().phase, lines.length]).toEqual(['connecting', 2]);

    using hanging = make(() => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(hanging.status.get()).toMatchObject({ phase: 'connecting', attempts: 1 });
  });

  it('holds a series in arrays by key, grown to the largest, and tells listeners of a key', async () => {
    const fake = station();
    using link = make(fake.connect);
    const people = link.series('people.positions');
    let of700 = 0;
    people.subscribeKey(700, () => (of700 += 1));
    await settle();
    expect(people.length).toBe(701);
    expect([people.column('x')[0], people.column('x')[700], people.column('x')[5]]).toEqual([1, 7, Number.NaN]);
    const id = fake.sent.find((frame) => frame.type === 'watch')?.id ?? -1;
    const batch = (person: number) => Object.fromEntries(['person', 'x', 'y', 'z', 'heartRate', 'accuracy', 'at', 'zone'].map((name) => [name, Float64Array.of(name === 'person' ? person : 9)]));
    fake.send({ type: 'delta', id, from: 1, to: 2, data: batch(0) });
    fake.send({ type: 'delta', id, from: 2, to: 3, data: batch(700) });
    await settle();
    expect(people.column('y')[0]).toBe(9);
    expect(of700).toBe(2);
    expect(people.version()).toBe(3);
    // After the plant model has lost a person, the numbers of the others are theirs alone.
    fake.send({ type: 'snapshot', id, version: 4, data: batch(0) });
    await settle();
    expect([people.column('x')[0], people.column('x')[700]]).toEqual([9, Number.NaN]);
    expect(of700).toBe(3);
  });

  it('returns a refused query and shows the token of a sign-in when it says hello again', async () => {
    const fake = station();
    using link = make(fake.connect);
    await settle();
    const about = link.query('system.about', {});
    await settle();
    expect(await about).toMatchObject({ ok: false, refusal: { code: 'Failed' } });
    const signIn = link.command('security.signIn', { user: 'operator', pin: '1111' });
    await settle();
    expect((await signIn).ok).toBe(true);
    expect(link.actor.get()).toMatchObject({ name: '李海峰' });
    fake.cut();
    await vi.advanceTimersByTimeAsync(200);
    expect(fake.sent.filter((frame) => frame.type === 'hello').map((frame) => frame.token)).toEqual([null, 'secret']);
  });
});
