import { useTranslation } from 'react-i18next';
import type { Emergency } from '../../../src-shared/contract/index.ts';
import { useDesk, usePlant } from '../../link/index.ts';
import { Empty, moment, number, significant, unitWord, useText, WindArrow } from '../../ui/index.ts';
import { reachM } from './model.ts';

/** What is known of the release, with how well it is known: rate, place, wind, how far each endpoint reaches. */
export const PlumeFacts = ({ emergency }: { readonly emergency: Emergency }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  const { kind, plume, equipment } = emergency;
  const place = equipment === null ? null : plant.nameOf(equipment);
  if (plume === null) {
    return (
      <>
        {place !== null && <p>{text(place)}</p>}
        <Empty>{t('emergency.noPlume')}</Empty>
      </>
    );
  }
  const { rateKgS: rate } = plume;
  return (
    <div className="stack">
      <dl className="facts">
        <dt>{t('emergency.substance')}</dt>
        <dd>
          <strong>{t(`substance.${plume.substance}`)}</strong>
        </dd>
        <dt>{t(`emergency.rate.${kind}`)}</dt>
        <dd>
          <strong className="big-value">{significant(rate.p50)}</strong> kg/s <span className="dim caption">P10–P90 {significant(rate.p10)}–{significant(rate.p90)}</span>
        </dd>
        <dt>{t(`emergency.source.${kind}`)}</dt>
        <dd>
          {place === null ? (
            `${number(plume.source[0])}, ${number(plume.source[1])} m`
          ) : (
            <button type="button" className="evidence" onClick={() => equipment !== null && desk.open({ kind: 'equipment', id: equipment })}>
              {text(place)}
            </button>
          )}{' '}
          <span className="dim caption">{t('emergency.spread', { metres: number(plume.sourceSpreadM) })}</span>
        </dd>
      </dl>
      <div className="plume-wind">
        <WindArrow fromDegrees={plume.wind.fromDegrees - plant.model.site.north} size="3.2rem" north={t('common.north')} />
        <div>
          <p>
            {number(plume.wind.speed, 1)} m/s · {number(plume.wind.fromDegrees)}°
          </p>
          <p className="dim caption">
            {t('emergency.stability')} {plume.stability}
          </p>
        </div>
      </div>
      <ul className="endpoint-list" aria-label={t('emergency.endpoints')}>
        {[...plume.contours]
          .sort((a, b) => b.severity - a.severity)
          .map((contour) => {
            const outer = plume.outer.find(({ name }) => name === contour.name);
            const note = `${String(Number(contour.level.toPrecision(3)))} ${unitWord(contour.unit)}`;
            const reach = reachM(contour, plume.source);
            const far = outer === undefined ? reach : reachM(outer, plume.source);
            return (
              <li key={contour.name}>
                <i style={{ background: `var(--cloud-${String(contour.severity)})` }} />
                <span>
                  {contour.name} {note !== contour.name && <span className="dim caption">{note}</span>}
                </span>
                <span className="push">
                  {number(reach)} m {far > reach * 1.02 && <span className="dim caption">≤ {number(far)} m</span>}
                </span>
              </li>
            );
          })}
      </ul>
      <p className="dim caption">
        {t('emergency.model', { model: plume.model })} · {t('emergency.updated')} {moment(plume.at, plant.model.site.timeZone, 'time')} · {t('emergency.uncertain')}
      </p>
    </div>
  );
};
