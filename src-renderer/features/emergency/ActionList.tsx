import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Emergency } from '../../../src-shared/contract/index.ts';
import { useCommand, usePlant } from '../../link/index.ts';
import { Button, Empty, moment, useText } from '../../ui/index.ts';

/** The response plan as a checklist, most urgent first; an order given is on the incident's record with name and time. */
export const ActionList = ({ emergency }: { readonly emergency: Emergency }) => {
  const { t } = useTranslation();
  const text = useText();
  const { timeZone } = usePlant().model.site;
  const order = useCommand('emergency.order');
  if (emergency.actions.length === 0) return <Empty>{t('common.none')}</Empty>;
  return (
    <ol className="action-list" data-testid="actions">
      {emergency.actions.map((action, index) => (
        <li key={action.id} data-done={action.done || undefined}>
          <span className="action-number">{action.done ? <Check size="1.2em" aria-label={t('emergency.done')} /> : index + 1}</span>
          <span className="action-text">
            {text(action.text)}
            {action.done && action.at !== null && <small className="dim"> {t('emergency.doneBy', { who: action.by ?? '', time: moment(action.at, timeZone, 'time') })}</small>}
          </span>
          {!action.done && emergency.state !== 'stood-down' && (
            <Button look="order" onClick={() => void order({ id: emergency.id, action: action.id })}>
              {t('emergency.order')}
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
};
