import { useTranslation } from 'react-i18next';
import type { Text } from '../../src-shared/kernel/index.ts';
import { useText } from '../ui/index.ts';

export type Notice = { readonly id: number; readonly text: Text };

/** What was refused, for a few seconds, above the status bar. */
export const Notices = ({ notices }: { readonly notices: readonly Notice[] }) => {
  const { t } = useTranslation();
  const text = useText();
  return (
    <ul className="notices" role="status" aria-live="polite">
      {notices.map((notice) => (
        <li key={notice.id} className="appear">
          <strong>{t('common.refused')}</strong> {text(notice.text)}
        </li>
      ))}
    </ul>
  );
};
