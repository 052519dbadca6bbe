import { useTranslation } from 'react-i18next';
import { useQuery } from '../../link/index.ts';
import { Empty, percent, significant, useText } from '../../ui/index.ts';
import './risk.css';

/** The checks of the consequence engines, run in the engines' worker when this is opened. */
export const VerificationTable = () => {
  const { t } = useTranslation();
  const text = useText();
  const answer = useQuery('risk.verification', {});
  if (answer.state !== 'answered') return <Empty>{answer.state === 'asking' ? t('common.loading') : text(answer.refusal.text)}</Empty>;
  const passed = answer.value.filter(({ isPassed }) => isPassed).length;
  return (
    <div className="stack" data-testid="verification">
      <p>
        <strong>{t('verification.count', { passed, all: answer.value.length })}</strong> <span className="dim">{t('verification.documents')}</span>
      </p>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t('verification.check')}</th>
            <th>{t('verification.source')}</th>
            <th className="number">{t('verification.expected')}</th>
            <th className="number">{t('verification.computed')}</th>
            <th>{t('verification.unit')}</th>
            <th className="number">{t('verification.tolerance')}</th>
            <th>{t('verification.result')}</th>
          </tr>
        </thead>
        <tbody>
          {answer.value.map((check) => (
            <tr key={check.id} data-failed={!check.isPassed || undefined}>
              <td>{text(check.title)}</td>
              <td className="dim">{check.source}</td>
              <td className="number">{significant(check.expected, 6)}</td>
              <td className="number">{significant(check.computed, 6)}</td>
              <td className="dim">{check.unit}</td>
              <td className="number dim">{check.tolerance < 1e-4 ? '10⁻⁶' : percent(check.tolerance, 1)}</td>
              <td>{t(check.isPassed ? 'verification.pass' : 'verification.fail')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
