import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PermitRow } from '../../../src-shared/contract/index.ts';
import { useDesk, useNow, usePlant, useTable } from '../../link/index.ts';
import { DataTable, duration, moment, Panel, Segmented, useLanguage, useText, type Column } from '../../ui/index.ts';
import { permitsInOrder } from './model.ts';

type Shown = 'all' | PermitRow['state'];

/** All permits to work: the eight special works of GB 30871. */
export const PermitScreen = ({ selected }: { readonly selected: string | null }) => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const plant = usePlant();
  const desk = useDesk();
  const all = useTable('permits.permits');
  const [shown, setShown] = useState<Shown>('all');
  const rows = useMemo(() => permitsInOrder(all.filter(({ state }) => shown === 'all' || state === shown)), [all, shown]);
  const columns = useMemo<readonly Column<PermitRow>[]>(
    () => [
      { id: 'kind', title: t('common.kind'), width: '9rem', cell: (row) => t(`permits.kinds.${row.kind}`) },
      { id: 'level', title: t('common.level'), width: '4.5rem', cell: (row) => <span className={row.level === 'special' ? undefined : 'dim'}>{t(`permits.level.${row.level}`)}</span> },
      { id: 'title', title: t('permits.name'), width: 'minmax(12rem, 2fr)', cell: (row) => text(row.title) },
      { id: 'zone', title: t('common.zone'), width: 'minmax(7rem, 1fr)', cell: (row) => text(plant.nameOf(row.zone)) },
      { id: 'equipment', title: t('common.equipment'), width: 'minmax(7rem, 1fr)', cell: (row) => (row.equipment === null ? '' : text(plant.nameOf(row.equipment))) },
      { id: 'from', title: t('permits.from'), width: '7rem', number: true, cell: (row) => moment(row.from, plant.model.site.timeZone, 'dateTime') },
      { id: 'to', title: t('permits.to'), width: '7rem', number: true, cell: (row) => moment(row.to, plant.model.site.timeZone, 'dateTime') },
      { id: 'people', title: t('permits.people'), width: 'minmax(7rem, 1fr)', cell: (row) => row.people.map((person) => plant.person(person)?.name ?? person).join(language === 'zh' ? '、' : ', ') },
      { id: 'state', title: t('common.state'), width: '6rem', cell: (row) => t(`permits.states.${row.state}`) },
      { id: 'left', title: t('permits.remaining'), width: '5.5rem', number: true, cell: (row) => (row.state === 'active' ? <Left to={row.to} /> : '') },
    ],
    [t, text, language, plant],
  );
  return (
    <Panel
      fill
      className="flush"
      title={t('permits.title')}
      aside={<Segmented label={t('common.state')} value={shown} onChange={setShown} choices={(['all', 'active', 'planned', 'ended'] as const).map((value) => ({ value, label: value === 'all' ? t('common.all') : t(`permits.states.${value}`) }))} />}
    >
      <DataTable columns={columns} rows={rows} keyOf={(row) => row.id} label={t('permits.title')} selected={selected} onSelect={(id) => desk.show('permits', id)} onOpen={(row) => desk.open({ kind: 'zone', id: row.zone })} empty={t('permits.none')} />
    </Panel>
  );
};

const Left = ({ to }: { readonly to: number }) => {
  const language = useLanguage();
  return <>{duration(to - useNow(), language)}</>;
};
