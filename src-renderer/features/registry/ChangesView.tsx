import { FileUp } from 'lucide-react';
import { useRef, useState, type ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeAction, ChangeSet } from '../../../src-shared/contract/index.ts';
import { printCsv } from '../../../src-shared/kernel/index.ts';
import { useActing, useCommand, useLink, usePlant, useQuery, useTable, useValue } from '../../link/index.ts';
import { Button, Dialog, download, Empty, Field, moment, Panel, Segmented, Select, useLanguage, useText } from '../../ui/index.ts';
import { ChangeRowsTable } from './ChangeRowsTable.tsx';
import { applicable, isOpen, reportLines, setsInOrder } from './model.ts';
import { gzipped } from './gzip.ts';

const KINDS = ['tag', 'equipment', 'limit', 'person', 'qualification', 'document', 'walk-node', 'walk-edge'] as const;
const ACTIONS: readonly ChangeAction[] = ['refused', 'changed', 'added', 'removed', 'unchanged'];
/** Rows on the screen at once; the report has them all. */
const SHOWN = 1_000;

/** Changes of the model on their way in: files read and previewed row by row, applied, or put aside. */
export const ChangesView = () => {
  const { t } = useTranslation();
  const sets = setsInOrder(useTable('registry.changeSets'));
  const [chosen, setChosen] = useState<string | null>(null);
  const set = sets.find(({ id }) => id === chosen) ?? sets[0];
  return (
    <div className="model-changes">
      <Panel fill title={t('registry.changeSets')} className="flush" aside={<ImportButton onRead={setChosen} />}>
        <ul className="change-sets" aria-label={t('registry.changeSets')}>
          {sets.map((each) => (
            <li key={each.id}>
              <SetCard set={each} isChosen={each.id === set?.id} onChoose={() => setChosen(each.id)} />
            </li>
          ))}
        </ul>
        {sets.length === 0 && <Empty>{t('registry.noChanges')}</Empty>}
        <Templates />
      </Panel>
      {set === undefined ? (
        <Panel fill title={t('registry.preview')}>
          <Empty>{t('registry.hint')}</Empty>
        </Panel>
      ) : (
        <SetDetail key={set.id} set={set} />
      )}
    </div>
  );
};

const SetCard = ({ set, isChosen, onChoose }: { readonly set: ChangeSet; readonly isChosen: boolean; readonly onChoose: () => void }) => {
  const { t } = useTranslation();
  const { model } = usePlant();
  return (
    <button type="button" className="row-button change-set" aria-pressed={isChosen} onClick={onChoose} data-state={set.state}>
      <span className="change-set-head">
        <strong className="clip">{set.file === '' ? set.why : set.file}</strong>
        <span className="push tag-word">{t(`registry.state.${set.state}`)}</span>
      </span>
      <span className="dim caption clip">
        {set.createdBy} · {moment(set.createdAt, model.site.timeZone, 'dateTime')}
        {set.version !== null && ` · ${t('registry.version', { version: set.version })}`}
      </span>
      {set.state === 'reading' ? <progress max={1} value={set.progress} aria-label={t('registry.state.reading')} /> : <span className="caption">{ACTIONS.filter((action) => set.counts[action] > 0).map((action) => `${t(`registry.action.${action}`)} ${String(set.counts[action])}`).join(' · ')}</span>}
    </button>
  );
};

const SetDetail = ({ set }: { readonly set: ChangeSet }) => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const link = useLink();
  const acting = useActing();
  const state = useValue('registry.state');
  const apply = useCommand('registry.apply');
  const discard = useCommand('registry.discard');
  const [action, setAction] = useState<ChangeAction | 'all'>('all');
  const [partial, setPartial] = useState(false);
  const isRead = set.state !== 'reading' && set.state !== 'failed';
  const answer = useQuery('registry.changeRows', isRead ? { id: set.id, offset: 0, limit: SHOWN, ...(action === 'all' ? {} : { action }) } : null);
  const { rows, total } = answer.state === 'answered' ? answer.value : { rows: [], total: 0 };
  const open = isOpen(set);
  const outdated = open && state !== undefined && set.base !== state.version;

  const report = async () => {
    const all: string[][] = [];
    for (let offset = 0; ; offset += SHOWN) {
      const page = await link.query('registry.changeRows', { id: set.id, offset, limit: SHOWN });
      if (!page.ok) return acting.refused(page.refusal);
      all.push(...reportLines(page.value.rows, { language, kind: (kind) => t(`registry.kind.${kind}`), action: (value) => t(`registry.action.${value}`), field: (field) => t(`registry.field.${field}`, { defaultValue: field }) }));
      if (offset + SHOWN >= page.value.total) break;
    }
    const header = [t('registry.line'), t('common.kind'), t('registry.id'), t('common.state'), t('registry.fieldName'), t('registry.before'), t('registry.after'), t('registry.reason')];
    download({ fileName: `${set.id}.csv`, mime: 'text/csv', content: printCsv([header, ...all]) });
  };

  return (
    <Panel
      fill
      className="flush"
      title={set.file === '' ? t('registry.edit') : set.file}
      aside={
        <span className="row-gap">
          {isRead && <Button look="quiet" onClick={() => void report()}>{t('registry.report')}</Button>}
          {(open || set.state === 'reading') && <Button onClick={() => void discard({ id: set.id })}>{set.state === 'reading' ? t('registry.cancel') : t('registry.discard')}</Button>}
        </span>
      }
    >
      <div className="change-detail" data-testid="change-set">
        <div className="change-facts">
          <span>
            <span className="dim">{t('registry.why')}</span> {set.why}
          </span>
          {set.kinds.length > 0 && <span className="dim">{set.kinds.map((kind) => t(`registry.kind.${kind}`)).join('、')}</span>}
          {set.ignored.length > 0 && <span className="dim">{t('registry.ignored', { columns: set.ignored.join('、') })}</span>}
        </div>
        {set.state === 'reading' && (
          <div className="change-facts">
            <progress max={1} value={set.progress} aria-label={t('registry.state.reading')} /> {Math.round(set.progress * 100)}%
          </div>
        )}
        {set.problem !== null && <p className="change-facts">✕ {text(set.problem)}</p>}
        {open && (
          <div className="change-facts">
            {set.counts.refused > 0 && (
              <label className="row-gap">
                <input type="checkbox" checked={partial} onChange={(event) => setPartial(event.target.checked)} />
                {t('registry.partial', { refused: set.counts.refused, rest: applicable(set) })}
              </label>
            )}
            <Button look="main" disabled={applicable(set) === 0 || outdated || (set.counts.refused > 0 && !partial)} onClick={() => void apply({ id: set.id, version: state?.version ?? 0, partial })}>
              {t('registry.apply', { count: applicable(set) })}
            </Button>
            <span className="dim">{outdated ? t('registry.outdated') : set.rebuilds ? t('registry.rebuilds') : t('registry.live')}</span>
          </div>
        )}
        {isRead && (
          <>
            <div className="change-facts">
              <Segmented label={t('registry.filter')} value={action} onChange={setAction} choices={[{ value: 'all' as const, label: t('common.all') }, ...ACTIONS.filter((each) => set.counts[each] > 0).map((each) => ({ value: each, label: `${t(`registry.action.${each}`)} ${String(set.counts[each])}` }))]} />
              {total > rows.length && rows.length > 0 && <span className="dim">{t('registry.shown', { shown: rows.length, total })}</span>}
            </div>
            <ChangeRowsTable rows={rows} empty={answer.state === 'asking' ? t('common.loading') : t('registry.nothing')} />
          </>
        )}
      </div>
    </Panel>
  );
};

/** Chooses a file and asks why; the file goes out compressed. */
const ImportButton = ({ onRead }: { readonly onRead: (id: string) => void }) => {
  const { t } = useTranslation();
  const importFile = useCommand('registry.importFile');
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [why, setWhy] = useState('');
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    setFile(event.target.files?.[0] ?? null);
    event.target.value = '';
  };
  const run = async (chosen: File) => {
    const outcome = await importFile({ name: chosen.name, gzip: await gzipped(chosen), why: why.trim() });
    if (!outcome.ok) return;
    setFile(null);
    setWhy('');
    onRead(outcome.value.id);
  };
  return (
    <>
      <Button look="main" onClick={() => picker.current?.click()}>
        <FileUp size="1.1em" aria-hidden="true" /> {t('registry.import')}
      </Button>
      <input ref={picker} type="file" accept=".csv,.xlsx,text/csv" hidden data-testid="import-file" onChange={choose} />
      {file !== null && (
        <Dialog title={t('registry.importTitle', { file: file.name })} closeWord={t('common.close')} onClose={() => setFile(null)}>
          <Field label={t('registry.why')}>{(id) => <input id={id} data-first className="input" maxLength={500} value={why} placeholder={t('registry.whyHint')} onChange={(event) => setWhy(event.target.value)} />}</Field>
          <p className="dim caption">{t('registry.importHint')}</p>
          <div className="dialog-foot">
            <Button onClick={() => setFile(null)}>{t('common.cancel')}</Button>
            <Button look="main" disabled={why.trim().length < 2} onClick={() => void run(file)}>
              {t('registry.read')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
};

/** Sheets to fill in, or filled with what is in force. */
const Templates = () => {
  const { t } = useTranslation();
  const language = useLanguage();
  const link = useLink();
  const acting = useActing();
  const [kind, setKind] = useState<(typeof KINDS)[number]>('tag');
  const fetchSheet = async (content: 'template' | 'current') => {
    const answer = await link.query('registry.sheet', { kind, content, language });
    if (answer.ok) download({ fileName: `${t(`registry.kind.${kind}`)}${content === 'template' ? `-${t('registry.template')}` : ''}.csv`, mime: 'text/csv', content: answer.value.csv });
    else acting.refused(answer.refusal);
  };
  return (
    <div className="model-templates">
      <Select label={t('common.kind')} value={kind} onChange={setKind} choices={KINDS.map((value) => ({ value, label: t(`registry.kind.${value}`) }))} />
      <Button onClick={() => void fetchSheet('template')}>{t('registry.template')}</Button>
      <Button onClick={() => void fetchSheet('current')}>{t('registry.exportSheet')}</Button>
    </div>
  );
};
