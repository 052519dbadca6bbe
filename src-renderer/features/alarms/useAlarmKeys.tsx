import { useState, type ReactNode } from 'react';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { useCommand, useDesk, useLink } from '../../link/index.ts';
import { arranged, isShelved, isUnacknowledged, nextUnacknowledged, worstOf } from './model.ts';
import { ShelveDialog } from './ShelveDialog.tsx';
import { useGoTo } from './useGoTo.ts';
import { useAcknowledge } from './useAcknowledge.ts';

/** What "acknowledge page" takes where no alarm list is in sight: the most urgent ones, as many as a page has. */
const PAGE = 40;

/** The alarm keys of every window (screens.md rule 8): A acknowledge, Shift+A page, S silence, N next, G go to display, H shelve; and the dialog that shelving asks in. */
export const useAlarmKeys = (): { readonly keys: Readonly<Record<string, () => void>>; readonly dialog: ReactNode } => {
  const link = useLink();
  const desk = useDesk();
  const goTo = useGoTo();
  const acknowledge = useAcknowledge();
  const silence = useCommand('alarms.silence');
  const [shelving, setShelving] = useState<AlarmRow | null>(null);
  const store = link.table('alarms.active');
  const current = () => {
    const chosen = desk.screen === 'alarms' && desk.subject !== null ? store.get(desk.subject) : undefined;
    return chosen ?? worstOf(store.rows());
  };
  const keys = {
    a: () => {
      const chosen = current();
      const alarm = chosen !== null && isUnacknowledged(chosen) ? chosen : worstOf(store.rows());
      if (alarm !== null) void acknowledge([alarm.id]);
    },
    'Shift+a': () => {
      // The alarm screen knows what is in sight and takes that itself.
      if (desk.screen === 'alarms') return;
      const page = arranged(store.rows().filter((row) => !isShelved(row)), { zone: '', priority: '0', unacknowledgedOnly: true }, 'priority').slice(0, PAGE);
      if (page.length > 0) void acknowledge(page.map(({ id }) => id));
    },
    s: () => void silence({}),
    n: () => {
      const next = nextUnacknowledged(store.rows(), desk.screen === 'alarms' ? desk.subject : null);
      if (next !== null) desk.show('alarms', next.id);
    },
    g: () => {
      const alarm = current();
      if (alarm !== null) goTo(alarm);
    },
    h: () => {
      const alarm = current();
      if (alarm !== null && !isShelved(alarm)) setShelving(alarm);
    },
  };
  return { keys, dialog: shelving !== null && <ShelveDialog alarm={shelving} onClose={() => setShelving(null)} /> };
};
