import { useTranslation } from 'react-i18next';
import { usePlant, useSample } from '../../link/index.ts';
import { number, useText, WindArrow, WithUnit } from '../../ui/index.ts';
import { SampleText } from './TagBar.tsx';

/** The weather mast now: wind as an arrow that flies with it, the rest as figures. */
export const WeatherNow = () => {
  const { t } = useTranslation();
  const { model, tag } = usePlant();
  const speed = useSample(model.weather.windSpeed);
  const direction = useSample(model.weather.windDirection);
  const others = [
    [t('weather.temperature'), model.weather.temperature],
    [t('weather.humidity'), model.weather.humidity],
    [t('weather.pressure'), model.weather.pressure],
    [t('weather.rain'), model.weather.rain],
  ] as const;
  return (
    <div className="weather-now">
      <WindArrow fromDegrees={direction.value - model.site.north} north={t('common.north')} />
      <div>
        <p className="weather-wind">
          <WithUnit text={number(speed.value, 1)} unit={tag(model.weather.windSpeed)?.unit ?? 'm/s'} />
        </p>
        <p className="dim caption">
          {t('weather.from')} {number(direction.value)}°
        </p>
      </div>
      <dl className="facts caption">
        {others.map(([label, id]) => (id === undefined ? null : <WeatherFact key={id} label={label} id={id} />))}
      </dl>
    </div>
  );
};

const WeatherFact = ({ label, id }: { readonly label: string; readonly id: string }) => {
  const text = useText();
  const tag = usePlant().tag(id);
  const sample = useSample(id);
  if (tag === undefined) return null;
  return (
    <>
      <dt title={text(tag.name)}>{label}</dt>
      <dd>
        <SampleText tag={{ ...tag, decimals: Math.min(1, tag.decimals) }} value={sample.value} />
      </dd>
    </>
  );
};
