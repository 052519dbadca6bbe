import { SECOND, type UtcMs } from '../../../../src-shared/kernel/index.ts';
import { createSkewEstimate, type TimeBounds } from './timeBounds.ts';

/** A clock that goes back, or ours that leaves the steady one, by more than this was set. */
const STEP_MS = 5 * SECOND;

/** How far a server's clock is from ours, by the times at which it says that it sent its answers. */
export type ServerClock = {
  /** An answer sent at `at` of its clock was seen at `now` of ours; `monotonic` is our clock that never steps. Gives the skew: its clock minus ours, ms. */
  sent(at: UtcMs, seen: { readonly now: UtcMs; readonly monotonic: number }): number;
};

/** For the answers of one session, which come in the order of their sending: a time that goes back is a clock that was set. */
export const createServerClock = (): ServerClock => {
  let estimate = createSkewEstimate();
  let last: { readonly at: UtcMs; readonly now: UtcMs; readonly monotonic: number } | null = null;
  return {
    sent(at, { now, monotonic }) {
      if (last !== null && (at < last.at - STEP_MS || Math.abs(now - last.now - (monotonic - last.monotonic)) > STEP_MS)) estimate = createSkewEstimate();
      last = { at, now, monotonic };
      estimate.observe(at, now);
      return estimate.get();
    },
  };
};

/** The time stamps of one value as the server states them, NaN where it does not. */
export type Stamps = { readonly source: UtcMs; readonly server: UtcMs };
/** What is remembered of a node's time: the last stamp that the subscription gave of its source, and whether that clock was set back and has not come right since. */
export type NodeTime = { source: UtcMs; isBehind: boolean };
export type Placed = { readonly at: UtcMs; /** A clock on the way is wrong: the time was put right by us, or is that of the server. */ readonly isDoubtful: boolean };

/**
 * Where a value that is reported now belongs on our clock. Usually where its source says. When the server's own clock is off by more than the bounds, the stamps are moved by its skew; when only the
 * source's is (ahead of everyone, or set back), the server's stamp counts. An old stamp alone proves nothing: the value may not have changed since; but a subscription gives an item's values in their order,
 * so stamps that go back there are a clock that was set. `isRead`: it was asked for out of that order.
 */
export const placeStamps = ({ source, server }: Stamps, { seenAt, skewMs, bounds, node, isRead }: { readonly seenAt: UtcMs; readonly skewMs: number; readonly bounds: TimeBounds; readonly node: NodeTime; readonly isRead: boolean }): Placed => {
  const [ahead, late] = [bounds.aheadS * SECOND, bounds.lateS * SECOND];
  const stated = Number.isNaN(source) ? server : source;
  if (Number.isNaN(stated)) return { at: stated, isDoubtful: false };
  const isNear = (at: UtcMs) => at <= seenAt + ahead && at >= seenAt - late;
  if (!isRead) {
    if (stated < node.source - late) node.isBehind = true;
    node.source = stated;
  }
  if (isNear(stated)) {
    node.isBehind = false;
    return { at: stated, isDoubtful: false };
  }
  if (skewMs > ahead || skewMs < -late) return { at: Math.min(stated - skewMs, seenAt), isDoubtful: true };
  if (stated < seenAt && !node.isBehind) return { at: stated, isDoubtful: false };
  return { at: isNear(server) ? Math.min(server, seenAt) : seenAt, isDoubtful: true };
};
