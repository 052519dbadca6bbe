import { useTranslation } from 'react-i18next';
import { useNow, usePlant, useValue } from '../link/index.ts';
import { moment, number, offset } from '../ui/index.ts';

/** The right end of the banner: realm, clock skew if there is any, site time with its offset. */
export const BannerClock = () => {
  const { t } = useTranslation();
  const now = useNow();
  const { timeZone } = usePlant().model.site;
  const status = useValue('system.status');
  const realm = status?.realm ?? 'live';
  const skew = Math.abs(status?.clockSkewMs ?? 0);
  return (
    <>
      {skew > 1_000 && <span className="banner-skew">{t('banner.clockSkew', { seconds: number(skew / 1_000, 1) })}</span>}
      <span className="banner-realm" data-realm={realm}>
        {t(`realm.${realm}`)}
      </span>
      <time className="banner-clock" data-testid="clock">
        {moment(now, timeZone, 'time')} <small className="dim">{offset(now, timeZone)}</small>
        <span className="dim">{moment(now, timeZone, 'date')}</span>
      </time>
    </>
  );
};
