import { useTranslation } from 'react-i18next';
import { useQuery } from '../../link/index.ts';
import { Empty, number, useText } from '../../ui/index.ts';

/** GB 18218-2018: S and R of each unit that holds listed substances. */
export const MajorHazards = () => {
  const { t } = useTranslation();
  const text = useText();
  const answer = useQuery('risk.majorHazards', {});
  if (answer.state !== 'answered') return <Empty>{answer.state === 'asking' ? t('common.loading') : text(answer.refusal.text)}</Empty>;
  if (answer.value.length === 0) return <Empty>{t('diagnostics.noMajorHazards')}</Empty>;
  const [{ alpha, peopleOutside }] = answer.value as [(typeof answer.value)[number]];
  return (
    <>
      <p className="dim" data-testid="alpha">{t(peopleOutside === null ? 'diagnostics.alphaUnknown' : 'diagnostics.alpha', { alpha: number(alpha, 1), people: number(peopleOutside ?? 0) })}</p>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t('common.unit')}</th>
            <th className="number">S</th>
            <th className="number">R</th>
            <th>{t('common.level')}</th>
            <th>{t('detail.substance')}</th>
          </tr>
        </thead>
        <tbody>
          {answer.value.map((unit) => (
            <tr key={unit.unit}>
              <td>{text(unit.name)}</td>
              <td className="number">{number(unit.s, 2)}</td>
              <td className="number">{number(unit.r, 1)}</td>
              <td>{t(`diagnostics.hazardGrade.${unit.grade}`)}</td>
              <td className="dim">{unit.items.map((item) => `${t(`substance.${item.substance}` as 'substance.ammonia', { defaultValue: item.substance })} ${number(item.tonnes, 1)} / ${number(item.threshold)} t`).join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};
