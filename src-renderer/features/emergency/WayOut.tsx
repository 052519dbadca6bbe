import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Emergency } from '../../../src-shared/contract/index.ts';
import { useDesk, usePlant } from '../../link/index.ts';
import { Button, Empty, minutesSeconds, number, percent, share, useText } from '../../ui/index.ts';
import { Announcement } from './Announcement.tsx';
import { BlockedWays } from './BlockedWays.tsx';
import { DoseOf } from './DoseOf.tsx';
import { doseSaved, headcount, routesByMuster, usedAhead } from './model.ts';

/** What was announced, the headcount of each muster point and who is missing, then the routes against the nearest exit. */
export const WayOut = ({ emergency }: { readonly emergency: Emergency }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  const [blocking, setBlocking] = useState(false);
  const { planned } = emergency;
  const saved = doseSaved(planned);
  const { missing, silent, oldestS, arrived } = headcount(emergency.muster);
  const ahead = usedAhead(emergency.routes);
  const routes = new Map(routesByMuster(emergency.routes).map((route) => [route.muster, route]));
  return (
    <div className="stack">
      {planned === null ? <Empty>{t('emergency.noRoutes')}</Empty> : <Announcement emergency={{ ...emergency, planned }} />}
      {emergency.state !== 'stood-down' && (
        <div className="row-gap">
          <Button onClick={() => setBlocking(true)}>{t('emergency.block')}</Button>
          {emergency.blockedEdges.length > 0 && <strong>× {t('emergency.blockedWays', { count: emergency.blockedEdges.length })}</strong>}
        </div>
      )}
      {blocking && <BlockedWays emergency={emergency} onClose={() => setBlocking(false)} />}
      <table className="plain-table muster-table" data-testid="muster">
        <thead>
          <tr>
            <th>{t('emergency.muster')}</th>
            <th className="number">{t('emergency.expected')}</th>
            <th className="number">{t('emergency.arrived')}</th>
            <th className="number">{t('emergency.missing')}</th>
            <th className="number">{t('emergency.arrival')}</th>
            <th className="number">{t(`emergency.dose.${emergency.kind}`)}</th>
          </tr>
        </thead>
        <tbody>
          {emergency.muster.map((each) => {
            const route = routes.get(each.muster);
            return (
              <tr key={each.muster} data-unusable={!each.usable || undefined}>
                <td>
                  <button type="button" className="plain-link" onClick={() => desk.open({ kind: 'muster', id: each.muster })}>
                    {text(plant.nameOf(each.muster))}
                  </button>
                  {!each.usable && <span className="tag-word">× {t('emergency.notUsable')}</span>}
                </td>
                <td className="number">{each.expected}</td>
                <td className="number">{each.arrived}</td>
                <td className="number">{each.missing.length > 0 ? <strong>{each.missing.length}</strong> : 0}</td>
                <td className="number">{route === undefined ? '' : minutesSeconds(route.arrivalS)}</td>
                <td className="number">{route === undefined ? '' : share(route.dose)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {arrived > 0 && <p className="dim caption">{t('emergency.positionAge', { seconds: oldestS })}</p>}
      {missing.length > 0 && (
        <div>
          <h3>{t('emergency.unaccounted', { count: missing.length })}</h3>
          <p className="missing-names">
            {missing.map((id) => (
              <button key={id} type="button" className="evidence" onClick={() => desk.open({ kind: 'person', id })}>
                {plant.person(id)?.name ?? id}
                {silent.includes(id) && <span className="dim"> · {t('emergency.silent')}</span>}
              </button>
            ))}
          </p>
        </div>
      )}
      {planned !== null && (
        <div className="way-compare">
          <table className="plain-table">
            <thead>
              <tr>
                <th />
                <th className="number">{t('emergency.arrival')}</th>
                <th className="number">
                  {t(`emergency.dose.${emergency.kind}`)} <span className="caption"><DoseOf emergency={emergency} /></span>
                </th>
                <th className="number">{t('emergency.intoDanger')}</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <td>{t('emergency.chosen')}</td>
                <td className="number">
                  <strong>{minutesSeconds(planned.chosen.arrivalS)}</strong>
                </td>
                <td className="number">
                  <strong>{share(planned.chosen.dose)}</strong>
                </td>
                <td className="number">
                  <strong>{planned.chosen.intoDanger}</strong>
                </td>
              </tr>
              <tr className="dim">
                <td>{t('emergency.nearest')}</td>
                <td className="number">{minutesSeconds(planned.nearestExit.arrivalS)}</td>
                <td className="number">{share(planned.nearestExit.dose)}</td>
                <td className="number">{planned.nearestExit.intoDanger}</td>
              </tr>
            </tbody>
          </table>
          {saved !== null && saved > 0.005 && <p>{t('emergency.saves', { percent: percent(saved) })}</p>}
          {saved !== null && saved < -0.005 && planned.nearestExit.intoDanger > 0 && <p>{t('emergency.detour', { count: planned.nearestExit.intoDanger })}</p>}
          <p className="dim caption">
            {t('emergency.planned', { ms: number(planned.computeMs) })}
            {emergency.closingEdges.length > 0 && ` · ${t('emergency.closing', { count: emergency.closingEdges.length })}`}
            {emergency.closedEdges.length > 0 && ` · ${t('emergency.blocked', { count: emergency.closedEdges.length })}`}
          </p>
          {ahead.length > 0 && (
            <ul className="way-ahead caption" data-testid="ahead">
              {ahead.slice(0, 3).map((each, i) => (
                <li key={i}>{t('emergency.ahead', { count: each.people, muster: text(plant.nameOf(each.muster)), passed: minutesSeconds(each.passedS), closes: minutesSeconds(each.closesS) })}</li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
};
