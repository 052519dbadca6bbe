import { FileText, RefreshCw, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelCard } from '../../../src-shared/contract/index.ts';
import { useActing, useCommand, useLink, useQuery, useTick } from '../../link/index.ts';
import { Button, DataTable, Dialog, download, Empty, number, Panel, percent, significant, useText, type Column } from '../../ui/index.ts';
import { ForecastTable } from './ForecastTable.tsx';
import { ModelFacts } from './ModelFacts.tsx';
import './inference.css';

/** Models in service and on the shelf: what each is, how it does, and what became of its forecasts; swap, roll back, settle, report. */
export const ModelsView = () => {
  const { t } = useTranslation();
  const text = useText();
  const link = useLink();
  const acting = useActing();
  const reload = useCommand('inference.reload');
  const rollBack = useCommand('inference.rollBack');
  const [changes, setChanges] = useState(0);
  const [chosen, setChosen] = useState<string | null>(null);
  const [isTakingBack, setTakingBack] = useState(false);
  const answer = useQuery('inference.models', {}, useTick(5_000) + changes);
  const [known, setKnown] = useState<readonly ModelCard[]>([]);
  if (answer.state === 'answered' && answer.value !== known) setKnown(answer.value);
  if (answer.state === 'refused') return <Empty>{text(answer.refusal.text)}</Empty>;
  if (known.length === 0) return <Empty>{t(answer.state === 'asking' ? 'common.loading' : 'diagnostics.noModels')}</Empty>;
  const model = known.find(({ id }) => id === chosen) ?? known[0]!;
  const report = async () => {
    const result = await link.query('inference.evaluation', {});
    if (result.ok) download(result.value);
    else acting.refused(result.refusal);
  };
  const again = () => setChanges((count) => count + 1);
  const columns: readonly Column<ModelCard>[] = [
    { id: 'model', title: t('models.columns.model'), width: 'minmax(13rem, 1.6fr)', cell: (row) => <span title={row.id}>{text(row.purpose)}</span> },
    { id: 'state', title: t('models.columns.state'), width: '5rem', cell: (row) => t(`diagnostics.model.${row.state}`) },
    { id: 'version', title: t('models.columns.version'), width: '10rem', cell: (row) => row.version },
    { id: 'previous', title: t('models.columns.previous'), width: '7rem', cell: (row) => row.previous?.version ?? '–' },
    { id: 'rate', title: t('models.columns.rate'), width: '4.8rem', number: true, cell: (row) => (row.state === 'unused' ? '–' : number(row.usage.lastMinute)) },
    { id: 'latency', title: t('models.columns.latency'), width: '5.5rem', number: true, cell: (row) => (row.usage.medianMs === null ? '–' : `${significant(row.usage.medianMs, 2)} ms`) },
    { id: 'dropped', title: t('models.columns.dropped'), width: '4.5rem', number: true, cell: (row) => (row.kind === 'vision' ? number(row.usage.dropped) : '–') },
    { id: 'drift', title: t('models.columns.drift'), width: '8.5rem', number: true, cell: (row) => driftWord(row) },
    { id: 'hitRate', title: t('models.columns.hitRate'), width: '5rem', number: true, cell: (row) => (row.hitRate === null ? '–' : percent(row.hitRate)) },
  ];
  const driftWord = ({ drift }: ModelCard) => {
    if (drift === null) return '–';
    const moved = drift.features.filter(({ since }) => since !== null).length;
    return `${number(drift.features[0]?.index ?? 0, 2)} · ${moved === 0 ? t('models.steady') : t('models.moved', { count: moved })}`;
  };
  return (
    <div className="models-view" data-testid="models">
      <Panel
        fill
        className="flush models-list"
        title={t('models.title')}
        aside={
          <>
            <Button look="quiet" onClick={() => void report()}>
              <FileText size="1.1em" aria-hidden="true" />
              {t('models.evaluation')}
            </Button>
            <Button onClick={() => void reload({}).then(again)}>
              <RefreshCw size="1.1em" aria-hidden="true" />
              {t('models.reload')}
            </Button>
          </>
        }
      >
        <DataTable label={t('models.title')} columns={columns} rows={known} keyOf={({ id }) => id} selected={model.id} onSelect={setChosen} empty={t('diagnostics.noModels')} rowLook={(row) => (row.state === 'unused' ? 'dim' : undefined)} />
      </Panel>
      <Panel
        fill
        className="models-facts"
        title={`${t(`models.kinds.${model.kind}`)} · ${model.id}`}
        aside={
          model.previous !== null && (
            <Button onClick={() => setTakingBack(true)}>
              <Undo2 size="1.1em" aria-hidden="true" />
              {t('models.rollBack', { version: model.previous.version })}
            </Button>
          )
        }
      >
        <ModelFacts model={model} />
      </Panel>
      <ForecastTable model={known.find(({ forecasts }) => forecasts !== null) ?? null} changes={changes} onSettled={again} />
      {isTakingBack && model.previous !== null && (
        <Dialog title={t('models.rollBackTitle')} closeWord={t('common.close')} onClose={() => setTakingBack(false)}>
          <p>{t('models.rollBackHint', { model: model.id, version: model.previous.version })}</p>
          <div className="dialog-foot">
            <Button onClick={() => setTakingBack(false)}>{t('common.cancel')}</Button>
            <Button look="main" onClick={() => void rollBack({ model: model.id }).then(() => (setTakingBack(false), again()))}>
              {t('models.rollBack', { version: model.previous.version })}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
};
