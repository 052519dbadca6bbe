import { text, type Clock, type Disposable } from '../../../../src-shared/kernel/index.ts';
import type { MqttFeed } from '../../../../src-shared/plant/index.ts';
import { reader } from '../model/jsonPayload.ts';
import type { Shelf } from '../model/shelf.ts';
import type { FeedState } from './feedState.ts';

/** After a link is resumed, what waited in the broker comes first, ms; then what nobody has contradicted still holds. */
const SETTLE_MS = 1_000;

export type Standing = Disposable & {
  /** A new link. `isResumed`: the broker kept this station's session. */
  onUp(isResumed: boolean): void;
  /** The same link answers again after a silence: nothing was lost on it. */
  onAnswer(): void;
  /** The link does not answer. */
  onSilent(): void;
  onDown(): void;
  /** What came on the topic where the source says whether it is there. */
  onStatus(payload: string): void;
};

/**
 * Whether somebody vouches for what was said: the link, and the source's own word where the site file names its topic. A
 * source that reports changes only is believed again when nothing can have been missed (a resumed session) or when it says that it is there.
 */
export const createStanding = ({ feed, state, clock, shelf, forget }: { readonly feed: MqttFeed; readonly state: FeedState; readonly clock: Clock; readonly shelf: Shelf | null; forget(): void }): Standing => {
  let settling: Disposable | null = null;
  /** What the source said of itself on this link; null before it did. */
  let isThere: boolean | null = null;
  const settle = () => {
    settling?.[Symbol.dispose]();
    settling = clock.after(SETTLE_MS, () => shelf?.restore(state.take.current));
  };
  const onLost = () => {
    settling?.[Symbol.dispose]();
    forget();
    shelf?.lose();
  };
  return {
    onUp(isResumed) {
      // Its word may have come before the link counted as up.
      if (isThere ?? isResumed) settle();
    },
    onAnswer() {
      if (isThere !== false) settle();
    },
    onSilent: onLost,
    onDown() {
      isThere = null;
      onLost();
    },
    onStatus(payload) {
      const isOnline = isOnlineWord(payload, feed.status?.online ?? '');
      if (isOnline) settle();
      else {
        onLost();
        state.unvouched(text('数据源报告离线', 'The source says that it is offline'));
      }
      isThere = isOnline;
    },
    [Symbol.dispose]: () => settling?.[Symbol.dispose](),
  };
};

const isOnlineWord = (payload: string, online: string): boolean => {
  if (payload.trim() === online) return true;
  try {
    return stateOf(JSON.parse(payload)) === online;
  } catch {
    return false;
  }
};
const stateOf = reader('state');
