import { useCommand, useDesk, useLink } from '../../link/index.ts';
import { arranged, isShelved, isUnacknowledged, nextUnacknowledged, worstOf } from './model.ts';
import { useGoTo } from './useGoTo.ts';

/** The alarm keys of every window (screens.md rule 8): A acknowledge, Shift+A page, S silence, N next, G go to display. */
export const useAlarmKeys = (): Readonly<Record<string, () => void>> => {
  const link = useLink();
  const desk = useDesk();
  const goTo = useGoTo();
  const acknowledge = useCommand('alarms.acknowledge');
  const silence = useCommand('alarms.silence');
  const store = link.table('alarms.active');
  const current = () => {
    const chosen = desk.screen === 'alarms' && desk.subject !== null ? store.get(desk.subject) : undefined;
    return chosen ?? worstOf(store.rows());
  };
  return {
    a: () => {
      const chosen = current();
      const alarm = chosen !== null && isUnacknowledged(chosen) ? chosen : worstOf(store.rows());
      if (alarm !== null) void acknowledge({ ids: [alarm.id] });
    },
    'Shift+a': () => {
      const page = arranged(store.rows().filter((row) => !isShelved(row)), { zone: '', priority: '0', unacknowledgedOnly: true }, 'priority').slice(0, 40);
      if (page.length > 0) void acknowledge({ ids: page.map(({ id }) => id) });
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
  };
};
