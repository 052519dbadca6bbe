import { useEffect, useState } from 'react';
import type { PictureBox } from '../../../src-shared/contract/index.ts';
import type { Disposable } from '../../../src-shared/kernel/index.ts';
import { useLink, useLinkStatus } from '../../link/index.ts';

/** A picture as an address that an <img> can show, when it arrived at the station, and what was seen on it. */
export type ShownPicture = { readonly url: string; readonly at: number; readonly boxes: readonly PictureBox[] };

/** Not more often than five times a second, and not while nobody can see it. */
const LEAST_MS = 200;
const HIDDEN_MS = 1_000;
const AFTER_FAILURE_MS = 2_000;

/** The newest picture of a camera for as long as it is shown: the next one is asked for when this one is here, so a slow screen skips pictures and nothing queues. */
export const usePicture = (camera: string): ShownPicture | null => {
  const link = useLink();
  const live = useLinkStatus().phase === 'live';
  const [shown, setShown] = useState<ShownPicture | null>(null);
  useEffect(() => {
    if (!live) return undefined;
    let wanted = true;
    let after: number | null = null;
    let waiting: Disposable | null = null;
    const ask = async () => {
      if (document.hidden) return void (waiting = link.clock.after(HIDDEN_MS, () => void ask()));
      const began = link.clock.monotonic();
      const answer = await link.query('cameras.picture', { camera, after });
      if (!wanted) return;
      if (answer.ok && answer.value !== null) {
        after = answer.value.at;
        setShown({ url: URL.createObjectURL(new Blob([Uint8Array.from(answer.value.jpeg)], { type: 'image/jpeg' })), at: after, boxes: answer.value.boxes ?? [] });
      }
      waiting = link.clock.after(answer.ok ? Math.max(0, LEAST_MS - (link.clock.monotonic() - began)) : AFTER_FAILURE_MS, () => void ask());
    };
    void ask();
    return () => {
      wanted = false;
      waiting?.[Symbol.dispose]();
    };
  }, [link, live, camera]);
  const url = shown?.url;
  // The old bytes are let go when the next picture is there.
  useEffect(() => (url === undefined ? undefined : () => URL.revokeObjectURL(url)), [url]);
  return shown;
};
