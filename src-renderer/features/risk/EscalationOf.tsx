import { useTranslation } from 'react-i18next';
import type { Escalation } from '../../../src-shared/contract/index.ts';
import { useDesk, usePlant } from '../../link/index.ts';
import { duration, number, Panel, percent, significant, useLanguage, useText } from '../../ui/index.ts';
import { useEscalation } from './escalation.ts';
import './risk.css';

/** What a leak and fire of one item would set off: heat and blast on each vessel around it, when it fails, how likely, and with what it is cooled. Nothing for what cannot burn. */
export const EscalationOf = ({ equipment, rateKgS = null, framed = false }: { readonly equipment: string; /** Of the release that is going on. */ readonly rateKgS?: number | null; /** In a panel of its own. */ readonly framed?: boolean }) => {
  const { t } = useTranslation();
  const found = useEscalation(equipment, rateKgS);
  if (found === null) return null;
  const body = <Body found={found} />;
  if (framed) return <Panel fill title={t('escalation.title')}>{body}</Panel>;
  return (
    <section>
      <h3 className="dim caption">{t('escalation.title')}</h3>
      {body}
    </section>
  );
};

const kilo = (value: number): string => significant(value / 1_000, 2);
const band = ([low, high]: readonly [number, number], print: (value: number) => string): string => (print(low) === print(high) ? print(low) : `${print(low)}–${print(high)}`);

const Body = ({ found }: { readonly found: Escalation }) => {
  const { t } = useTranslation();
  const text = useText();
  const { fire, explosion, targets } = found;
  const plant = usePlant();
  return (
    <div className="stack escalation" data-testid="escalation" data-equipment={found.equipment} title={found.model}>
      <p>
        {found.holeM === null ? t('escalation.now') : t('escalation.hole', { hole: number(found.holeM * 1_000) })} {t(`escalation.${fire.kind}`, { rate: significant(fire.rateKgS, 2), size: number(fire.sizeM) })}
        {explosion !== null && <> · {t('escalation.explosion', { energy: significant(explosion.energyJ / 1e9, 2), from: t(`escalation.congestion.${explosion.congestion[0]!}`), to: t(`escalation.congestion.${explosion.congestion[1]!}`) })}</>}
      </p>
      {explosion !== null && (
        <ul className="escalation-rings" aria-label={t('escalation.rings')}>
          {explosion.rings.map(({ overpressure, reachM }) => (
            <li key={overpressure}>
              <strong>{kilo(overpressure)} kPa</strong> {band(reachM, number)} m <span className="dim">{t(`escalation.ring.r${String(overpressure)}` as 'escalation.ring.r30000')}</span>
            </li>
          ))}
        </ul>
      )}
      {targets.length === 0 ? (
        <p className="dim">{t('escalation.none')}</p>
      ) : (
        <ul className="escalation-targets">
          {targets.map((target) => (
            <Target key={target.equipment} target={target} name={text(plant.nameOf(target.equipment))} />
          ))}
        </ul>
      )}
      <p className="dim caption">{t('escalation.basis')}</p>
    </div>
  );
};

const Target = ({ target, name }: { readonly target: Escalation['targets'][number]; readonly name: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const desk = useDesk();
  const plant = usePlant();
  const { heat, heatThreshold, struck, failsAfterS, heatChance, blast, blastThreshold, blastChance, coolers, coolingLMin, protectedChance, protections } = target;
  return (
    <li data-target={target.equipment} data-fails={failsAfterS !== null || undefined}>
      <p className="escalation-head">
        <button type="button" className="plain-link" onClick={() => desk.open({ kind: 'equipment', id: target.equipment })}>
          {name}
        </button>
        <span className="dim">{number(target.distanceM)} m</span>
        <strong>{failsAfterS === null ? t('escalation.holds') : t('escalation.fails', { time: duration(failsAfterS * 1_000, language) })}</strong>
      </p>
      <p>
        {t(struck ? 'escalation.struck' : 'escalation.heat', { heat: kilo(heat), limit: kilo(heatThreshold) })} <b>{percent(heatChance)}</b>
        {blast[1] > 0 && <> · {t('escalation.blast', { blast: band(blast, kilo), limit: kilo(blastThreshold) })} <b>{band(blastChance, percent)}</b></>}
      </p>
      {protections.length > 0 && (
        <p data-testid="protections">
          {t('escalation.protected')} <b>{percent(protectedChance)}</b>
          {protections.map(({ kind, why, failsOnDemand }) => (
            <span key={kind} className={why === null ? 'dim' : undefined}>
              {' '}
              · {t(`escalation.protection.${kind}`)} {why === null ? t('escalation.onDemand', { chance: percent(failsOnDemand) }) : t(`escalation.why.${why}`, { chance: percent(failsOnDemand) })}
            </span>
          ))}
        </p>
      )}
      <p className="dim">
        {t('escalation.cool', { water: number(coolingLMin / 60) })}{' '}
        {coolers.length === 0 ? t('escalation.nothingCools') : coolers.map(({ equipment, distanceM, heat: there }) => `${text(plant.nameOf(equipment))} ${number(distanceM)} m, ${kilo(there)} kW/m²`).join(' · ')}
      </p>
    </li>
  );
};
