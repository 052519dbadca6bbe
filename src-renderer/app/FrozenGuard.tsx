import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLink, useLinkStatus } from '../link/index.ts';

const FROZEN_AFTER_MS = 3_000;
const CHECK_MS = 500;

/**
 * A frozen view is worse than a dark one (screens.md rule 18): when no beat of the station has come for 3 s over a line that
 * counts as live, everything is covered. Checked in an animation frame: if none is drawn, nothing on the screen moves either.
 */
export const FrozenGuard = () => {
  const { t } = useTranslation();
  const link = useLink();
  const live = useLinkStatus().phase === 'live';
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!live) return undefined;
    let frame = 0;
    let timer: ReturnType<typeof setTimeout>;
    let checked = performance.now();
    const check = () => {
      const gap = performance.now() - checked;
      checked += gap;
      const ago = link.lastBeatAgoMs();
      // After a pause of the page itself the beats still wait to be read: judge at the next check.
      if (gap < 2 * CHECK_MS) setSeconds(ago > FROZEN_AFTER_MS ? Math.floor(ago / 1_000) : 0);
      timer = setTimeout(() => {
        frame = requestAnimationFrame(check);
      }, CHECK_MS);
    };
    frame = requestAnimationFrame(check);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      setSeconds(0);
    };
  }, [link, live]);
  if (seconds === 0) return null;
  return (
    <div className="frozen" role="alert" data-testid="frozen">
      <strong>
        {t('link.frozen')} {t('link.frozenEn')}
      </strong>
      <span>{t('link.frozenFor', { seconds })}</span>
    </div>
  );
};
