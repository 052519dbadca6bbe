import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ForecastOutcome, type ForecastRow, type ModelCard } from '../../../src-shared/contract/index.ts';
import { useCommand, useDesk, usePlant, useQuery, useTick } from '../../link/index.ts';
import { Button, DataTable, Dialog, moment, number, Panel, percent, Segmented, Select, useText, type Column } from '../../ui/index.ts';

const COUNTS = ['given', 'hits', 'early', 'late', 'falseAlarms', 'missed', 'repaired', 'open'] as const;

/** Past forecasts and what became of them; a person with the right settles the open ones. */
export const ForecastTable = ({ model, changes, onSettled }: { readonly model: ModelCard | null; readonly changes: number; readonly onSettled: () => void }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  const { timeZone } = plant.model.site;
  const [settling, setSettling] = useState<{ readonly equipment: string; readonly isMiss: boolean } | null>(null);
  const answer = useQuery('inference.forecasts', {}, useTick(10_000) + changes);
  const [rows, setRows] = useState<readonly ForecastRow[]>([]);
  if (answer.state === 'answered' && answer.value !== rows) setRows(answer.value);
  const machines = plant.model.equipment.filter(({ machine }) => machine !== undefined);
  const said = ({ p10Days, p50Days, p90Days }: ForecastRow) => (p10Days === null || p50Days === null || p90Days === null ? '–' : `${number(p10Days, 1)} / ${number(p50Days, 1)} / ${number(p90Days, 1)}`);
  const columns: readonly Column<ForecastRow>[] = [
    { id: 'equipment', title: t('models.forecasts.columns.equipment'), width: 'minmax(12rem, 1fr)', cell: (row) => <span title={row.equipment}>{text(plant.nameOf(row.equipment))}</span> },
    { id: 'at', title: t('models.forecasts.columns.at'), width: '8rem', cell: (row) => moment(row.at, timeZone, 'dateTime') },
    { id: 'said', title: `${t('models.forecasts.columns.said')} P10 / P50 / P90`, width: '13rem', cell: (row) => said(row) },
    { id: 'version', title: t('models.forecasts.columns.version'), width: '15rem', cell: (row) => `${row.model} ${row.version}` },
    { id: 'verdict', title: t('models.forecasts.columns.verdict'), width: '10rem', cell: (row) => (row.outcome === null ? <b>{t('models.forecasts.pending')}</b> : t(`models.forecasts.verdict.${row.outcome}`)) },
    { id: 'lead', title: t('models.forecasts.columns.lead'), width: '5rem', number: true, cell: (row) => (row.leadDays === null ? '–' : t('models.forecasts.days', { days: number(row.leadDays, 1) })) },
    { id: 'settledAt', title: t('models.forecasts.columns.settledAt'), width: '8rem', number: true, cell: (row) => (row.settledAt === null ? '–' : moment(row.settledAt, timeZone, 'dateTime')) },
    { id: 'settle', title: '', width: '7rem', cell: (row) => row.outcome === null && <Button look="quiet" onClick={() => setSettling({ equipment: row.equipment, isMiss: false })}>{t('models.forecasts.settle')}</Button> },
  ];
  return (
    <Panel
      fill
      className="flush models-forecasts"
      title={t('models.forecasts.title')}
      aside={
        <>
          {model !== null && model.forecasts !== null && (
            <span className="forecast-tally" title={t('models.forecasts.hint')}>
              <span>
                {t('models.columns.hitRate')} <b>{model.hitRate === null ? '–' : percent(model.hitRate)}</b>
              </span>
              {COUNTS.map((name) => (
                <span key={name}>
                  <span className="dim">{t(`models.forecasts.${name}`)}</span> {number(model.forecasts?.[name] ?? 0)}
                </span>
              ))}
            </span>
          )}
          {machines[0] !== undefined && <Button look="quiet" title={t('models.forecasts.reportHint')} onClick={() => setSettling({ equipment: machines[0]!.id, isMiss: true })}>{t('models.forecasts.report')}</Button>}
        </>
      }
    >
      <DataTable label={t('models.forecasts.title')} columns={columns} rows={rows} keyOf={({ id }) => String(id)} onOpen={(row) => desk.open({ kind: 'equipment', id: row.equipment })} empty={t(answer.state === 'asking' ? 'common.loading' : 'models.forecasts.none')} />
      {settling !== null && <SettleDialog {...settling} machines={machines.map(({ id, name }) => ({ value: id, label: `${text(name)} ${id}` }))} onClose={() => setSettling(null)} onSettled={onSettled} />}
    </Panel>
  );
};

type SettleProps = { readonly equipment: string; readonly isMiss: boolean; readonly machines: readonly { readonly value: string; readonly label: string }[]; readonly onClose: () => void; readonly onSettled: () => void };
const SettleDialog = ({ equipment: first, isMiss, machines, onClose, onSettled }: SettleProps) => {
  const { t } = useTranslation();
  const settle = useCommand('inference.settle');
  const [equipment, setEquipment] = useState(first);
  const [outcome, setOutcome] = useState<ForecastOutcome>('failed');
  const send = async () => {
    const result = await settle({ equipment, outcome });
    if (!result.ok) return;
    onSettled();
    onClose();
  };
  return (
    <Dialog title={t(isMiss ? 'models.forecasts.reportHint' : 'models.forecasts.settleTitle')} closeWord={t('common.close')} onClose={onClose}>
      <div className="stack">
        {isMiss ? <Select label={t('models.forecasts.columns.equipment')} choices={machines} value={equipment} onChange={setEquipment} /> : <p>{machines.find(({ value }) => value === equipment)?.label}</p>}
        {!isMiss && <Segmented label={t('models.forecasts.columns.verdict')} value={outcome} onChange={setOutcome} choices={ForecastOutcome.options.map((value) => ({ value, label: t(`models.forecasts.outcome.${value}`) }))} />}
        <div className="dialog-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button look="main" onClick={() => void send()}>{isMiss ? t('models.forecasts.outcome.failed') : t('models.forecasts.settleTitle')}</Button>
        </div>
      </div>
    </Dialog>
  );
};
