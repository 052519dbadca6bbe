import { Siren } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDesk, useNow, useTable } from '../../link/index.ts';
import { Button, duration, useLanguage, useText } from '../../ui/index.ts';
import { activeEmergencies, headcount } from './model.ts';
import './emergency.css';

/** On every screen but its own while an emergency runs: what, where, how many in danger, one key to the screen. */
export const EmergencyStrip = () => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const now = useNow();
  const desk = useDesk();
  const [emergency] = activeEmergencies(useTable('emergency.emergencies'));
  if (emergency === undefined || desk.screen === 'emergency') return null;
  const count = headcount(emergency.muster);
  return (
    <div className="emergency-strip" role="alert" data-testid="emergency-strip">
      <Siren size="1.4em" aria-hidden="true" />
      <strong className="clip">
        {t(`emergency.${emergency.state}`)} · {text(emergency.title)}
      </strong>
      <span>{duration(now - emergency.since, language)}</span>
      <span>{t('emergency.inside', { count: emergency.inside.length })}</span>
      <span>{t('emergency.evacuated', count)}</span>
      <Button look="main" className="push" hotkey="E" onClick={() => desk.show('emergency', emergency.id)}>
        {t('common.open')}
      </Button>
    </div>
  );
};
