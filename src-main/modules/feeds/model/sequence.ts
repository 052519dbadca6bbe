import type { Clock, Disposable } from '../../../../src-shared/kernel/index.ts';

/**
 * Puts the messages of one edge node back into the order of their `seq` (Sparkplug 3.0, message ordering of host applications):
 * one that comes too early waits for those before it, until the reorder timeout says that they are lost.
 */
export type Sequence<T> = {
  /** A birth of the node: counting starts anew behind it; gives what waited and follows it. Older messages are handed out by `drain` before. */
  restart(seq: number, at: number): readonly T[];
  /** What may be handled now, in order; empty when the message has to wait; null when it came before. `at`: time of the payload, NaN if none; `size`: bytes that it holds while it waits. */
  offer(message: { readonly seq: number; readonly at: number; readonly size: number; readonly item: T }): readonly T[] | null;
  /** Hands out all that waits and is older than `at`, in order. */
  drain(at: number): readonly T[];
};

type Held<T> = { readonly seq: number; readonly at: number; readonly size: number; readonly item: T };

/** Bytes that may wait for one node; above it the timeout is not waited for. */
const HELD_LIMIT = 16 << 20;

/** `onGap`: the timeout is over; gets what waited, in order. */
export const createSequence = <T>({ timeoutMs, clock, onGap }: { readonly timeoutMs: number; readonly clock: Pick<Clock, 'after'>; onGap(items: readonly T[]): void }): Sequence<T> => {
  let next = 0;
  let heldBytes = 0;
  let timer: Disposable | null = null;
  const held = new Map<number, Held<T>>();
  /** Given up as lost; may still come. */
  const skipped = new Set<number>();
  const handledAt = new Float64Array(256).fill(Number.NaN);
  const stop = () => {
    timer?.[Symbol.dispose]();
    timer = null;
  };
  const release = (message: Held<T>): T => {
    held.delete(message.seq);
    heldBytes -= message.size;
    handledAt[message.seq] = message.at;
    return message.item;
  };
  const handled = (seq: number, at: number) => {
    handledAt[seq] = at;
    skipped.delete(seq);
    next = (seq + 1) % 256;
  };
  const following = (): readonly T[] => {
    const items: T[] = [];
    for (let message = held.get(next); message !== undefined; message = held.get(next)) {
      items.push(release(message));
      handled(message.seq, message.at);
    }
    if (held.size === 0) stop();
    return items;
  };
  const inOrder = (messages: Iterable<Held<T>>) => [...messages].toSorted((a, b) => ((a.seq - next + 256) % 256) - ((b.seq - next + 256) % 256));
  const giveUp = () => {
    stop();
    const waiting = inOrder(held.values());
    const last = waiting.at(-1);
    if (last === undefined) return;
    for (let seq = next; seq !== last.seq; seq = (seq + 1) % 256) if (!held.has(seq)) skipped.add(seq);
    const items = waiting.map(release);
    next = (last.seq + 1) % 256;
    onGap(items);
  };
  return {
    restart(seq, at) {
      skipped.clear();
      handledAt.fill(Number.NaN);
      handled(seq, at);
      return following();
    },
    offer(message) {
      const { seq, at, size, item } = message;
      if (seq === next) {
        handled(seq, at);
        return [item, ...following()];
      }
      if (handledAt[seq] === at || held.get(seq)?.at === at) return null;
      if (skipped.delete(seq)) {
        handledAt[seq] = at;
        return [item];
      }
      const before = held.get(seq);
      if (before !== undefined) heldBytes -= before.size;
      held.set(seq, message);
      heldBytes += size;
      if (timeoutMs === 0 || heldBytes > HELD_LIMIT) giveUp();
      else timer ??= clock.after(timeoutMs, giveUp);
      return [];
    },
    drain(at) {
      const older = inOrder(held.values()).filter((message) => !(message.at >= at));
      const items = older.map(release);
      if (held.size === 0) stop();
      return items;
    },
  };
};
