import { useTranslation } from 'react-i18next';
import { useNow, usePlant, useValue } from '../../link/index.ts';
import { duration, number, useLanguage, useText, WindArrow, WithUnit } from '../../ui/index.ts';

/** Older than this is said aloud. */
const OLD_MS = 60_000;

/** The weather on which risk and emergency act: wind as an arrow that flies with it, the rest as figures, and whose word it is. */
export const WeatherNow = () => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const { model } = usePlant();
  const weather = useValue('risk.weather');
  const now = useNow(5_000);
  if (weather === undefined) return null;
  const { at, source, name, isFallback, why, windSpeed, windFrom, temperatureC, humidity, pressurePa, rain, forecast } = weather;
  const others = [
    [t('weather.temperature'), temperatureC, 1, 'Cel'],
    [t('weather.humidity'), humidity, 0, '%'],
    [t('weather.pressure'), pressurePa === null ? null : pressurePa / 100, 0, 'hPa'],
    [t('weather.rain'), rain, 1, 'mm/h'],
  ] as const;
  const age = at === null ? null : now - at;
  return (
    <div className="weather-now" data-source={source} data-fallback={isFallback || undefined}>
      <WindArrow fromDegrees={(windFrom ?? Number.NaN) - model.site.north} north={t('common.north')} />
      <div>
        <p className="weather-wind">
          <WithUnit text={number(windSpeed ?? Number.NaN, 1)} unit="m/s" />
        </p>
        <p className="dim caption">
          {t('weather.from')} {number(windFrom ?? Number.NaN)}°
        </p>
      </div>
      <dl className="facts caption">
        {others.map(([label, value, decimals, unit]) =>
          value === null ? null : (
            <div key={label} className="weather-fact">
              <dt>{label}</dt>
              <dd>
                <WithUnit text={number(value, decimals)} unit={unit} />
              </dd>
            </div>
          ),
        )}
      </dl>
      <p className="caption dim weather-source" title={name}>
        {isFallback && (
          <strong className="tag-word" title={why === null ? '' : text(why)}>
            {t('weather.fallback')}
          </strong>
        )}{' '}
        {t(`weather.source.${source}`)}
        {source === 'none' ? '' : age === null ? ` · ${t('weather.silent')}` : age > OLD_MS ? ` · ${duration(age, language)} ${t('common.ago')}` : ''}
        {forecast !== null && ` · ${t('weather.ahead', { hours: forecast.hours.length })}`}
      </p>
    </div>
  );
};
