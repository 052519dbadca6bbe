import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { createValue } from '../../../src-shared/kernel/index.ts';
import { useDesk, usePlant, useTable, useTableReady, useValue } from '../../link/index.ts';
import { Button, DataTable, Panel, Segmented, Select, useText } from '../../ui/index.ts';
import { AcknowledgePage, type InSight } from './AcknowledgePage.tsx';
import { useAlarmColumns, useSetAsideColumns } from './alarmColumns.tsx';
import { AlarmGuidance } from './AlarmGuidance.tsx';
import { AlarmJournal } from './AlarmJournal.tsx';
import { AlarmPerformanceView } from './AlarmPerformanceView.tsx';
import { AlarmSettingsView } from './AlarmSettingsView.tsx';
import { FoldedAlarms } from './FoldedAlarms.tsx';
import { byList, createArranger, isShelved, isUnacknowledged, type AlarmFilter, type AlarmSort } from './model.ts';
import { OutOfOperationList } from './OutOfOperation.tsx';
import { ShelveDialog } from './ShelveDialog.tsx';
import { useFoldLines } from './useFoldLines.ts';
import { useGoTo } from './useGoTo.ts';
import './alarms.css';

type Aside = 'shelved' | 'suppressed' | 'out-of-service';
type List = 'active' | 'causes' | Aside | 'journal' | 'performance' | 'settings';
/** Lists of the alarms of now; the others look back or set. */
const isOfNow = (list: List): boolean => list === 'active' || list === 'causes' || isAside(list);
const isAside = (list: List): list is Aside => list === 'shelved' || list === 'suppressed' || list === 'out-of-service';
const NONE_OF: Readonly<Record<Aside, 'noShelved' | 'noSuppressed' | 'noOutOfService'>> = { shelved: 'noShelved', suppressed: 'noSuppressed', 'out-of-service': 'noOutOfService' };

/** The alarm list (ISA-18.2 alarm summary). The selected alarm is the screen's subject, so that a link can name it. */
export const AlarmScreen = ({ selected, trend }: { readonly selected: string | null; readonly trend: (tag: string) => ReactNode }) => {
  const { t } = useTranslation();
  const rows = useTable('alarms.active');
  const ready = useTableReady('alarms.active');
  const plant = usePlant();
  const desk = useDesk();
  const text = useText();
  const goTo = useGoTo();
  const [list, setList] = useState<List>('active');
  const [sort, setSort] = useState<AlarmSort>('priority');
  const [filter, setFilter] = useState<AlarmFilter>({ zone: '', priority: '0', unacknowledgedOnly: false });
  const [shelving, setShelving] = useState<AlarmRow | null>(null);

  const [inSight] = useState(() => createValue<InSight>([0, 0]));

  const { active, shelved, suppressed, 'out-of-service': outOfService } = useMemo(() => byList(rows), [rows]);
  const listed = list === 'shelved' ? shelved : list === 'suppressed' ? suppressed : list === 'out-of-service' ? outOfService : active;
  const [arrange] = useState(createArranger);
  const shown = useMemo(() => arrange(listed, filter, sort), [arrange, listed, filter, sort]);
  const flood = useValue('alarms.annunciator')?.flood ?? false;
  const chosen = rows.find(({ id }) => id === selected) ?? null;
  const folding = useFoldLines(shown, list === 'causes');
  const columns = useAlarmColumns();
  const asideColumns = useSetAsideColumns();
  const onVisible = useCallback((from: number, to: number) => inSight.set([from, to]), [inSight]);
  const rowsOf = (from: number, to: number) => (list === 'causes' ? folding.lines.slice(from, to + 1).flatMap(({ kind, row }) => (kind === 'group' ? [] : [row])) : shown.slice(from, to + 1));

  return (
    <div className="alarm-screen">
      <Panel
        fill
        className="alarm-list"
        title={
          <Segmented
            label={t('alarms.title')}
            value={list}
            onChange={setList}
            choices={[
              { value: 'active', label: `${t('alarms.active')} ${String(active.length)}` },
              { value: 'causes', label: <span data-alert={flood || undefined}>{t('alarms.byCause')}</span> },
              { value: 'shelved', label: `${t('alarms.shelved')} ${String(shelved.length)}` },
              { value: 'suppressed', label: `${t('alarms.suppressed')} ${String(suppressed.length)}` },
              { value: 'out-of-service', label: `${t('alarms.outOfService')} ${String(outOfService.length)}` },
              { value: 'journal', label: t('alarms.journal') },
              { value: 'performance', label: t('performance.title') },
              { value: 'settings', label: t('alarmSettings.title') },
            ]}
          />
        }
        aside={
          isOfNow(list) && (
            <>
              <Select label={t('common.zone')} value={filter.zone} onChange={(zone) => setFilter({ ...filter, zone })} choices={[{ value: '', label: t('alarms.allZones') }, ...plant.model.zones.map((zone) => ({ value: zone.id, label: text(zone.name) }))]} />
              <Select label={t('alarms.priority')} value={filter.priority} onChange={(priority) => setFilter({ ...filter, priority })} choices={[{ value: '0', label: t('alarms.allPriorities') }, ...([1, 2, 3, 4] as const).map((priority) => ({ value: String(priority) as AlarmFilter['priority'], label: `${String(priority)} ${t(`priority.p${priority}`)}` }))]} />
              {list === 'causes' ? (
                <Button look="quiet" onClick={folding.toggleAll}>
                  {t(folding.isAnyHidden ? 'alarms.unfoldAll' : 'alarms.foldAll')}
                </Button>
              ) : (
                <Segmented label={t('alarms.sort')} value={sort} onChange={setSort} choices={[{ value: 'priority', label: t('alarms.sortPriority') }, { value: 'time', label: t('alarms.sortTime') }, { value: 'state', label: t('alarms.sortState') }]} />
              )}
              <Button look="quiet" pressed={filter.unacknowledgedOnly} onClick={() => setFilter({ ...filter, unacknowledgedOnly: !filter.unacknowledgedOnly })}>
                {t('alarms.unacknowledgedOnly')}
              </Button>
              <AcknowledgePage rowsOf={rowsOf} inSight={inSight} />
            </>
          )
        }
      >
        {list === 'journal' ? (
          <AlarmJournal />
        ) : list === 'performance' ? (
          <AlarmPerformanceView />
        ) : list === 'settings' ? (
          <AlarmSettingsView />
        ) : list === 'causes' ? (
          <FoldedAlarms lines={folding.lines} onVisible={onVisible} onToggle={folding.toggle} selected={selected} onSelect={(id) => desk.show('alarms', id)} onOpen={goTo} empty={ready ? t('alarms.noAlarms') : t('common.loading')} />
        ) : (
          <>
          {list === 'suppressed' && <OutOfOperationList />}
          <DataTable
            key={list}
            onVisible={onVisible}
            columns={isAside(list) ? asideColumns : columns}
            rows={shown}
            keyOf={(row) => row.id}
            label={t('alarms.title')}
            selected={selected}
            onSelect={(id) => desk.show('alarms', id)}
            onOpen={goTo}
            rowLook={(row) => (isUnacknowledged(row) ? 'open' : isShelved(row) ? 'shelved' : undefined)}
            empty={ready ? t(isAside(list) ? `alarms.${NONE_OF[list]}` : 'alarms.noAlarms') : t('common.loading')}
          />
          </>
        )}
      </Panel>
      {chosen === null ? (
        <Panel fill title={t('alarms.guidance')}>
          <p className="empty">{t('alarms.selectOne')}</p>
        </Panel>
      ) : (
        <AlarmGuidance alarm={chosen} onShelve={() => setShelving(chosen)} onGoTo={() => goTo(chosen)} trend={plant.tag(chosen.tag) === undefined ? null : trend(chosen.tag)} />
      )}
      {shelving !== null && <ShelveDialog alarm={shelving} onClose={() => setShelving(null)} />}
    </div>
  );
};
