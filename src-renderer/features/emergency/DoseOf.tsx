import { useTranslation } from 'react-i18next';
import type { Emergency } from '../../../src-shared/contract/index.ts';

/** Of which load a dose is a part: an hour at the middle level of a gas, or the heat at which skin blisters. */
export const DoseOf = ({ emergency: { kind, plume } }: { readonly emergency: Pick<Emergency, 'kind' | 'plume'> }) => {
  const { t } = useTranslation();
  if (kind === 'fire')
    return (
      <>
        {t('emergency.doseOf.fire')} 290 (kW/m²)<sup>4/3</sup>·s
      </>
    );
  return t('emergency.doseOf.gas', { level: plume?.contours.find(({ severity }) => severity === 2)?.name ?? 'AEGL-2' });
};
