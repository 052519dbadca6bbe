import { useRef, useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlarmSettingsPreview, AlarmSettingsRow } from '../../../src-shared/contract/index.ts';
import { useActing, useCommand, useLink, usePlant, useValue } from '../../link/index.ts';
import { Button, DataTable, download, Empty, moment, useText, type Column } from '../../ui/index.ts';

type Chosen = { readonly fileName: string; readonly csv: string; readonly preview: AlarmSettingsPreview };

/** The master alarm database (ISA-18.2 §6): export, import with a preview row by row, undo. */
export const AlarmSettingsView = () => {
  const { t } = useTranslation();
  const link = useLink();
  const acting = useActing();
  const { model } = usePlant();
  const state = useValue('alarms.settings');
  const apply = useCommand('alarms.applySettings');
  const undo = useCommand('alarms.undoSettings');
  const picker = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);

  const exportAll = async () => {
    const answer = await link.query('alarms.exportSettings', {});
    if (answer.ok) download({ fileName: `alarms-${model.id}-${String(state?.revision ?? 0)}.csv`, mime: 'text/csv', content: answer.value.csv });
    else acting.refused(answer.refusal);
  };
  const preview = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file === undefined) return;
    const csv = await file.text();
    const answer = await link.query('alarms.previewSettings', { csv });
    if (answer.ok) setChosen({ fileName: file.name, csv, preview: answer.value });
    else acting.refused(answer.refusal);
  };
  const applyChosen = async ({ csv, preview: { revision } }: Chosen) => {
    if ((await apply({ csv, revision })).ok) setChosen(null);
  };
  if (state === undefined) return <Empty>{t('common.loading')}</Empty>;
  return (
    <div className="alarm-settings" data-testid="alarm-settings">
      <div className="alarm-settings-head">
        <Button onClick={() => void exportAll()}>{t('alarmSettings.export')}</Button>
        <Button onClick={() => picker.current?.click()}>{t('alarmSettings.import')}</Button>
        <input ref={picker} type="file" accept=".csv,text/csv" hidden onChange={(event) => void preview(event)} />
        <Button disabled={!state.canUndo} onClick={() => void undo({ revision: state.revision })}>
          {t('alarmSettings.undo')}
        </Button>
        <span className="dim">
          {state.at === null ? t('alarmSettings.asDelivered') : t('alarmSettings.state', { revision: state.revision, who: state.actor ?? '', time: moment(state.at, model.site.timeZone, 'dateTime'), count: state.overrides })}
        </span>
      </div>
      {chosen === null ? (
        <Empty>{t('alarmSettings.hint')}</Empty>
      ) : (
        <>
          <div className="alarm-settings-head" data-testid="alarm-settings-preview">
            <b>{chosen.fileName}</b>
            <span>{t('alarmSettings.counts', { changed: chosen.preview.changed, wrong: chosen.preview.wrong, same: chosen.preview.same })}</span>
            <Button look="main" disabled={chosen.preview.wrong > 0 || chosen.preview.changed === 0} onClick={() => void applyChosen(chosen)}>
              {t('alarmSettings.apply', { count: chosen.preview.changed })}
            </Button>
            <Button look="quiet" onClick={() => setChosen(null)}>
              {t('common.cancel')}
            </Button>
          </div>
          <PreviewTable rows={chosen.preview.rows} />
        </>
      )}
    </div>
  );
};

/** One line for each field that changes or is wrong. */
type FieldLine = { readonly key: string; readonly row: AlarmSettingsRow; readonly field: string; readonly before: string; readonly after: string; readonly problem: string | null };

const PreviewTable = ({ rows }: { readonly rows: readonly AlarmSettingsRow[] }) => {
  const { t } = useTranslation();
  const text = useText();
  const lines = rows.flatMap((row): FieldLine[] => [
    ...row.problems.map((problem, index) => ({ key: `${String(row.line)} wrong ${String(index)}`, row, field: problem.field, before: '', after: '', problem: text(problem.text) })),
    ...row.changes.map(({ field, before, after }) => ({ key: `${String(row.line)} ${field}`, row, field, before, after, problem: null })),
  ]);
  const columns: readonly Column<FieldLine>[] = [
    { id: 'line', title: t('alarmSettings.line'), width: '4rem', number: true, cell: ({ row }) => String(row.line) },
    { id: 'alarm', title: t('alarms.message'), width: 'minmax(10rem, 1fr)', cell: ({ row }) => row.alarm },
    { id: 'field', title: t('alarmSettings.field'), width: '9rem', cell: ({ field }) => field },
    { id: 'before', title: t('alarmSettings.before'), width: 'minmax(8rem, 1fr)', cell: ({ before }) => <span className="dim">{before}</span> },
    { id: 'after', title: t('alarmSettings.after'), width: 'minmax(8rem, 1fr)', cell: ({ after }) => after },
    { id: 'problem', title: t('alarmSettings.problem'), width: 'minmax(14rem, 2fr)', cell: ({ problem }) => problem !== null && <b>✕ {problem}</b> },
  ];
  return <DataTable columns={columns} rows={lines} keyOf={({ key }) => key} label={t('alarmSettings.title')} empty={t('alarmSettings.nothing')} />;
};
