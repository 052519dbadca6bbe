import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLinkStatus, usePlant } from '../link/index.ts';
import { moment } from '../ui/index.ts';

/** Said in both languages at once: whoever stands before it must not take an old picture for the present. */
export const LinkLost = () => {
  const { t } = useTranslation();
  const { phase, since, attempts } = useLinkStatus();
  const { timeZone } = usePlant().model.site;
  if (phase === 'live') return null;
  return (
    <div className="link-lost" role="alert" data-testid="link-lost">
      <Unplug size="1.5em" aria-hidden="true" />
      <strong>
        {t('link.lost')} {t('link.lostEn')}
      </strong>
      <span>{t('link.lostSince', { time: moment(since, timeZone, 'time'), attempts })}</span>
    </div>
  );
};
