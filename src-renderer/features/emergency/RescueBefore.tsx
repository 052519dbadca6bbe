import { useTranslation } from 'react-i18next';
import { useDesk, usePlant, useQuery, useTick } from '../../link/index.ts';
import { Empty, moment, number, scientific, useText } from '../../ui/index.ts';

/** As often as the risk field may change. */
const ASK_EVERY_MS = 10_000;

/** The places at which rescuers wait while nothing has happened, best first; for the plan. */
export const useRescuePosts = (): readonly { readonly node: string; readonly position: readonly [number, number] }[] => {
  const answer = useQuery('risk.rescuePositions', {}, useTick(ASK_EVERY_MS));
  return answer.state === 'answered' && answer.value !== null ? answer.value.positions : NONE;
};
const NONE: readonly never[] = [];

/** Where rescuers wait while nothing has happened, from the risk field of now. */
export const RescueBefore = () => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  const answer = useQuery('risk.rescuePositions', {}, useTick(ASK_EVERY_MS));
  if (answer.state !== 'answered') return <Empty>{answer.state === 'asking' ? t('common.loading') : text(answer.refusal.text)}</Empty>;
  if (answer.value === null) return <Empty>{t('rescue.noField')}</Empty>;
  const { at, positions } = answer.value;
  return (
    <div className="stack" data-testid="rescue-before">
      <ol className="rescue-list">
        {positions.map(({ node, zone, near, perYear, serves }) => (
          <li key={node}>
            <p>
              <strong>{near === null ? text(plant.nameOf(zone)) : t('rescue.near', { place: text(near) })}</strong>
              {near !== null && zone !== '' && <span className="dim"> · {text(plant.nameOf(zone))}</span>}
            </p>
            <p className="dim caption">{t('rescue.individualRisk', { risk: scientific(perYear) })}</p>
            <p className="rescue-serves">
              {serves.map(({ equipment, distanceM }) => (
                <button key={equipment} type="button" className="evidence" onClick={() => desk.open({ kind: 'equipment', id: equipment })}>
                  {text(plant.nameOf(equipment))} {number(distanceM)} m
                </button>
              ))}
            </p>
          </li>
        ))}
      </ol>
      <p className="dim caption">{t('rescue.basis', { time: moment(at, plant.model.site.timeZone, 'time') })}</p>
    </div>
  );
};
