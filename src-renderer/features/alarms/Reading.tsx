import { useTranslation } from 'react-i18next';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { usePlant } from '../../link/index.ts';
import { number, useText, WithUnit } from '../../ui/index.ts';
import { reading } from './model.ts';

/** What an alarm watches now beside its limit. */
export const Reading = ({ of: row }: { readonly of: Pick<AlarmRow, 'tag' | 'kind' | 'value' | 'limit' | 'unit'> }) => {
  const { t } = useTranslation();
  const text = useText();
  const plant = usePlant();
  const seen = reading(row, plant.tag(row.tag));
  if (seen === null) return '–';
  if ('words' in seen) return text(seen.words);
  if ('times' in seen) return t('alarms.times', { value: number(seen.times[0], 0), limit: number(seen.times[1], 0) });
  return <WithUnit text={seen.figure} unit={seen.unit} />;
};
