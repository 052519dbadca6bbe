import { createHash } from 'node:crypto';
import { SECOND, text, type Clock, type Text, type UtcMs } from '../../../../src-shared/kernel/index.ts';
import type { CameraRow } from '../../../../src-shared/contract/index.ts';
import type { CameraSource } from '../../../../src-shared/plant/index.ts';
import type { SourceRow } from '../messages.ts';
import { jpegSize, type JpegSize, type NotJpeg } from '../model/jpeg.ts';
import type { Outbox } from './outbox.ts';

/**
 * State, counters and intake of one camera: connecting → live ⇄ stale (no new picture, or the same one again and again) → down (link lost, tried again); refused needs a person.
 * Only a picture that differs from the last one proves that a camera sees.
 */
export type SourceState = {
  /** Takes what the camera sent as a picture; counted and left out when it is none. */
  take(bytes: Uint8Array): void;
  /** The link is up; pictures must follow within the stale time. */
  linkUp(): void;
  linkDown(reason: Text): void;
  refused(reason: Text): void;
  /** Ms since the source last sent a picture or the link came up. */
  silentMs(): number;
  /** Checks the watchdog; called a few times a second. */
  tick(): void;
  row(): SourceRow;
};

/** A second file at the camera's own rate costs nothing here, so a picture may come this much early. */
const EARLY = 0.85;

const WRONG: Readonly<Record<NotJpeg, Text>> = {
  empty: text('空图片', 'an empty picture'),
  'too-large': text('图片超过 8 MB', 'a picture of more than 8 MB'),
  'no-jpeg': text('内容不是 JPEG', 'something that is no JPEG'),
  'cut-off': text('图片不完整', 'a picture that is cut off'),
  'bad-size': text('图片尺寸无效', 'a picture of no usable size'),
};

export const createSourceState = ({ source, clock, outbox }: { readonly source: CameraSource; readonly clock: Clock; readonly outbox: Outbox }): SourceState => {
  let [state, since, reason]: [CameraRow['state'], UtcMs, Text | null] = ['connecting', clock.now(), null];
  let [lastAt, size]: [UtcMs | null, JpegSize] = [null, { width: 0, height: 0 }];
  let [received, rejected, reconnects, links] = [0, 0, 0, 0];
  let [rate, rateFrom, rateCount, taken] = [0, clock.monotonic(), 0, 0];
  let [heardAt, takenAt, changedAt] = [clock.monotonic(), Number.NEGATIVE_INFINITY, clock.monotonic()];
  let [isLinked, wrong]: [boolean, Text | null] = [false, null];
  let print = '';

  const enter = (next: CameraRow['state'], why: Text | null) => {
    reason = why;
    if (next === state) return;
    [state, since] = [next, clock.now()];
  };
  return {
    take(bytes) {
      const found = jpegSize(bytes);
      received += 1;
      if (typeof found === 'string') {
        rejected += 1;
        wrong = WRONG[found];
        return;
      }
      const now = clock.monotonic();
      heardAt = now;
      wrong = null;
      size = found;
      if (now - takenAt < (EARLY * SECOND) / source.fps) return;
      const own = createHash('sha1').update(bytes).digest('base64');
      if (own !== print) [print, changedAt] = [own, now];
      [lastAt, takenAt] = [clock.now(), now];
      taken += 1;
      if (!isFrozen(source, now - changedAt)) enter('live', null);
      outbox.put({ camera: source.id, at: lastAt, jpeg: Uint8Array.from(bytes) });
    },
    linkUp() {
      if (links > 0) reconnects += 1;
      links += 1;
      isLinked = true;
      heardAt = clock.monotonic();
      enter('connecting', null);
    },
    linkDown(why) {
      isLinked = false;
      enter('down', why);
    },
    refused(why) {
      isLinked = false;
      enter('refused', why);
    },
    silentMs: () => clock.monotonic() - heardAt,
    tick() {
      if (!isLinked) return;
      const now = clock.monotonic();
      const frozenMs = now - changedAt;
      if (now - heardAt > source.staleAfterS * SECOND) {
        const silence = text(`已连接,但 ${source.staleAfterS} 秒内没有新画面`, `Connected, but no picture has come for ${source.staleAfterS} s`);
        enter('stale', wrong === null ? silence : text(`${silence.zh}(收到${wrong.zh})`, `${silence.en} (got ${wrong.en})`));
      } else if (state === 'live' && isFrozen(source, frozenMs)) {
        enter('stale', text(`画面冻结:${source.frozenAfterS} 秒以来一直是同一幅`, `Frozen: the very same picture for ${source.frozenAfterS} s`));
      }
    },
    row() {
      const now = clock.monotonic();
      if (now - rateFrom >= 5 * SECOND) [rate, rateFrom, rateCount] = [((taken - rateCount) * SECOND) / (now - rateFrom), now, taken];
      return { camera: source.id, kind: source.kind, url: withoutCredentials(source.url), state, since, reason, lastAt, ...size, received, fps: Math.round(rate * 10) / 10, dropped: outbox.dropped(source.id), rejected, reconnects };
    },
  };
};

const isFrozen = ({ frozenAfterS }: CameraSource, ms: number): boolean => frozenAfterS > 0 && ms > frozenAfterS * SECOND;

/** A URL as people may see it. */
const withoutCredentials = (url: string): string => {
  const parsed = new URL(url);
  [parsed.username, parsed.password] = ['', ''];
  return parsed.href;
};
