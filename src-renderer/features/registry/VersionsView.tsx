import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelVersion } from '../../../src-shared/contract/index.ts';
import { useCommand, usePlant, useQuery, useValue } from '../../link/index.ts';
import { Button, DataTable, Dialog, download, Empty, Field, moment, Panel, type Column } from '../../ui/index.ts';
import { ChangeRowsTable } from './ChangeRowsTable.tsx';

const SHOWN = 1_000;

/** Every version of the model: who, when, why, what; each can be taken back by a new one. */
export const VersionsView = () => {
  const { t } = useTranslation();
  const { model } = usePlant();
  const state = useValue('registry.state');
  const answer = useQuery('registry.versions', {}, state?.version ?? 0);
  const versions = answer.state === 'answered' ? answer.value : [];
  const [chosen, setChosen] = useState<number | null>(null);
  const [undoing, setUndoing] = useState<ModelVersion | null>(null);
  const version = versions.find((each) => each.version === chosen) ?? versions[0];
  const rows = useQuery('registry.versionRows', version === undefined ? null : { version: version.version, offset: 0, limit: SHOWN });
  const columns: readonly Column<ModelVersion>[] = [
    { id: 'version', title: t('registry.versionWord'), width: '4.5rem', number: true, cell: (each) => each.version },
    { id: 'at', title: t('common.time'), width: '10.5rem', cell: ({ at }) => moment(at, model.site.timeZone, 'dateTime') },
    { id: 'actor', title: t('registry.who'), width: '6rem', cell: ({ actor }) => actor },
    { id: 'why', title: t('registry.why'), width: 'minmax(8rem, 2fr)', cell: ({ why, undoes }) => `${undoes === null ? '' : `${t('registry.undoes', { version: undoes })} · `}${why}` },
    { id: 'file', title: t('registry.sourceWord'), width: 'minmax(6rem, 1fr)', cell: ({ file, source }) => (file === '' ? t(`registry.source.${source}`) : file) },
    { id: 'changes', title: t('registry.changesWord'), width: '4.5rem', number: true, cell: ({ changes }) => changes },
  ];
  return (
    <div className="model-versions">
      <Panel
        fill
        className="flush"
        title={t('registry.versions')}
        aside={<Button onClick={() => download({ fileName: `${model.id}-${model.version}-${String(state?.version ?? 0)}.json`, mime: 'application/json', content: JSON.stringify(model, null, 1) })}>{t('registry.exportModel')}</Button>}
      >
        <DataTable columns={columns} rows={versions} keyOf={(each) => String(each.version)} selected={version === undefined ? null : String(version.version)} onSelect={(key) => setChosen(Number(key))} label={t('registry.versions')} empty={t('registry.noVersions')} />
      </Panel>
      <Panel fill className="flush" title={version === undefined ? t('registry.diff') : `${t('registry.diff')} · ${t('registry.version', { version: version.version })}`} aside={version !== undefined && <Button onClick={() => setUndoing(version)}>{t('registry.undo')}</Button>}>
        {version === undefined ? <Empty>{t('registry.noVersions')}</Empty> : <ChangeRowsTable rows={rows.state === 'answered' ? rows.value.rows : []} empty={t('common.loading')} withLines={false} />}
      </Panel>
      {undoing !== null && <UndoDialog version={undoing} current={state?.version ?? 0} onClose={() => setUndoing(null)} />}
    </div>
  );
};

const UndoDialog = ({ version, current, onClose }: { readonly version: ModelVersion; readonly current: number; readonly onClose: () => void }) => {
  const { t } = useTranslation();
  const undo = useCommand('registry.undo');
  const [why, setWhy] = useState('');
  const run = async () => {
    if ((await undo({ undoes: version.version, version: current, why: why.trim() })).ok) onClose();
  };
  return (
    <Dialog title={t('registry.undoTitle', { version: version.version })} closeWord={t('common.close')} onClose={onClose}>
      <Field label={t('registry.why')}>{(id) => <input id={id} data-first className="input" maxLength={500} value={why} onChange={(event) => setWhy(event.target.value)} />}</Field>
      <p className="dim caption">{t('registry.undoHint')}</p>
      <div className="dialog-foot">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="main" disabled={why.trim().length < 2} onClick={() => void run()}>
          {t('registry.undo')}
        </Button>
      </div>
    </Dialog>
  );
};
