import { CircleX, Info, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fault } from '../../../src-shared/contract/index.ts';
import { usePlant, useTable } from '../../link/index.ts';
import { DataTable, moment, useText, type Column } from '../../ui/index.ts';

const ICONS = { info: Info, warning: TriangleAlert, error: CircleX } as const;
const ORDER = { error: 0, warning: 1, info: 2 } as const;

/** Every named fault, active ones first; a cleared one stays for reading. */
export const FaultTable = () => {
  const { t } = useTranslation();
  const text = useText();
  const { timeZone } = usePlant().model.site;
  const faults = useTable('system.faults');
  const rows = useMemo(() => [...faults].sort((a, b) => Number(b.active) - Number(a.active) || ORDER[a.severity] - ORDER[b.severity] || b.lastAt - a.lastAt), [faults]);
  const columns = useMemo<readonly Column<Fault>[]>(
    () => [
      {
        id: 'severity',
        title: t('common.level'),
        width: '6rem',
        cell: (row) => {
          const Icon = ICONS[row.severity];
          return (
            <span className={`row-gap ${row.active ? '' : 'dim'}`}>
              <Icon size="1.1em" aria-hidden="true" /> {row.active ? t(`diagnostics.severity.${row.severity}`) : t('diagnostics.cleared')}
            </span>
          );
        },
      },
      { id: 'source', title: t('diagnostics.fault.source'), width: '7rem', cell: (row) => row.source },
      { id: 'code', title: t('diagnostics.fault.code'), width: '10rem', cell: (row) => <span className="selectable">{row.code}</span> },
      { id: 'text', title: t('diagnostics.fault.text'), width: 'minmax(14rem, 2fr)', cell: (row) => <span title={text(row.text)}>{text(row.text)}</span> },
      { id: 'detail', title: t('diagnostics.fault.detail'), width: 'minmax(10rem, 1.5fr)', cell: (row) => <span className="dim selectable" title={row.detail}>{row.detail}</span> },
      { id: 'count', title: t('diagnostics.fault.count'), width: '4rem', number: true, cell: (row) => row.count },
      { id: 'first', title: t('diagnostics.fault.first'), width: '7rem', number: true, cell: (row) => moment(row.firstAt, timeZone, 'dateTime') },
      { id: 'last', title: t('diagnostics.fault.last'), width: '7rem', number: true, cell: (row) => moment(row.lastAt, timeZone, 'dateTime') },
    ],
    [t, text, timeZone],
  );
  return <DataTable columns={columns} rows={rows} keyOf={(row) => row.id} label={t('diagnostics.faults')} empty={t('diagnostics.noFaults')} />;
};
