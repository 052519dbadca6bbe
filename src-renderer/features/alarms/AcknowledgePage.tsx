import { useCallback, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import type { Value } from '../../../src-shared/kernel/index.ts';
import { Button, useHotkeys } from '../../ui/index.ts';
import { isUnacknowledged } from './model.ts';
import { useAcknowledge } from './useAcknowledge.ts';

/** The first and last line of a list wholly in sight. It changes with every row that scrolls by, so only this button is rendered for it. */
export type InSight = readonly [from: number, to: number];

/** Acknowledges only what is in sight: what a fold hides or the list has below its edge nobody has seen. */
export const AcknowledgePage = ({ rowsOf, inSight }: { readonly rowsOf: (from: number, to: number) => readonly AlarmRow[]; readonly inSight: Value<InSight> }) => {
  const { t } = useTranslation();
  const acknowledge = useAcknowledge();
  const subscribe = useCallback(
    (listener: () => void) => {
      const subscription = inSight.onDidChange(listener);
      return () => subscription[Symbol.dispose]();
    },
    [inSight],
  );
  const page = rowsOf(...useSyncExternalStore(subscribe, inSight.get)).filter(isUnacknowledged);
  const acknowledgePage = () => page.length > 0 && void acknowledge(page.map(({ id }) => id));
  useHotkeys({ 'Shift+a': acknowledgePage });
  return (
    <Button disabled={page.length === 0} hotkey="⇧A" onClick={acknowledgePage} data-testid="acknowledge-page">
      {t('alarms.acknowledgeAll', { count: page.length })}
    </Button>
  );
};
