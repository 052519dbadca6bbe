import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelKind } from '../../../src-shared/contract/index.ts';
import { readCsv } from '../../../src-shared/kernel/index.ts';
import { useCommand, useQuery, useValue } from '../../link/index.ts';
import { Button, DataTable, Empty, Field, Panel, Segmented, Select, useLanguage, useText, type Column } from '../../ui/index.ts';
import { editedFields } from './model.ts';
import { choicesOf, sayValue } from './valueWords.ts';

const KINDS: readonly ModelKind[] = ['tag', 'equipment', 'limit', 'person', 'qualification', 'document', 'walk-node', 'walk-edge'];
type Entity = { readonly id: string; readonly cells: Readonly<Record<string, string>> };
const NEW: Entity = { id: '', cells: {} };

/** Everything that people may change of the model, sheet by sheet; an edit becomes a change set of its own. */
export const BrowseView = ({ onEdited }: { readonly onEdited: () => void }) => {
  const { t } = useTranslation();
  const language = useLanguage();
  const version = useValue('registry.state')?.version ?? 0;
  const revision = useValue('registry.revision') ?? 0;
  const [kind, setKind] = useState<ModelKind>('tag');
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<Entity | null>(null);
  const answer = useQuery('registry.sheet', { kind, content: 'current', language }, version + revision);
  const sheet = useMemo(() => {
    if (answer.state !== 'answered') return null;
    const { csv, fields, key } = answer.value;
    const [header, ...lines] = readCsv(csv);
    const entities = lines.map(({ fields: cells }): Entity => {
      const byField = Object.fromEntries(fields.map((field, index) => [field, cells[index] ?? '']));
      return { id: key.map((field) => byField[field] ?? '').join('/'), cells: byField };
    });
    return { fields, key, titles: new Map(fields.map((field, index) => [field, header?.fields[index] ?? field])), entities };
  }, [answer]);
  if (sheet === null) return <Empty>{t('common.loading')}</Empty>;
  const cellOf = ({ cells }: Entity, field: string) => sayValue(cells[field] ?? '', { kind, field, language });
  const wanted = search.trim().toLowerCase();
  const rows = sheet.entities.filter((entity) => wanted === '' || sheet.fields.some((field) => cellOf(entity, field).toLowerCase().includes(wanted)));
  const columns: readonly Column<Entity>[] = sheet.fields.slice(0, 10).map((field) => ({ id: field, title: sheet.titles.get(field), width: /id$|^tag$|name|title|href|message/.test(field) ? 'minmax(8rem, 1.5fr)' : 'minmax(4.5rem, 1fr)', cell: (entity) => cellOf(entity, field) }));
  return (
    <div className="model-browse">
      <Panel
        fill
        className="flush"
        title={
          <Segmented
            label={t('common.kind')}
            value={kind}
            onChange={(next) => {
              setKind(next);
              setChosen(null);
            }}
            choices={KINDS.map((value) => ({ value, label: t(`registry.kind.${value}`) }))}
          />
        }
        aside={
          <span className="row-gap">
            <input className="input" type="search" aria-label={t('common.search')} placeholder={t('common.search')} value={search} onChange={(event) => setSearch(event.target.value)} />
            <Button onClick={() => setChosen(NEW)}>{t('registry.add')}</Button>
          </span>
        }
      >
        <DataTable columns={columns} rows={rows} keyOf={({ id }) => id} selected={chosen?.id ?? null} onSelect={(id) => setChosen(sheet.entities.find((each) => each.id === id) ?? null)} label={t(`registry.kind.${kind}`)} empty={t('registry.nothing')} />
      </Panel>
      <Panel fill title={chosen === null ? t('registry.edit') : chosen === NEW ? t('registry.add') : chosen.id}>
        {chosen === null ? <Empty>{t('registry.choose')}</Empty> : <EntityForm key={`${kind} ${chosen.id}`} kind={kind} entity={chosen} sheet={sheet} onEdited={onEdited} />}
      </Panel>
    </div>
  );
};

type Sheet = { readonly fields: readonly string[]; readonly key: readonly string[]; readonly titles: ReadonlyMap<string, string> };

const EntityForm = ({ kind, entity, sheet, onEdited }: { readonly kind: ModelKind; readonly entity: Entity; readonly sheet: Sheet; readonly onEdited: () => void }) => {
  const { t } = useTranslation();
  const edit = useCommand('registry.edit');
  const [cells, setCells] = useState<Readonly<Record<string, string>>>(entity.cells);
  const [why, setWhy] = useState('');
  const isNew = entity.id === '';
  const changed = editedFields(entity.cells, cells);
  const id = isNew ? sheet.key.map((field) => (cells[field] ?? '').trim()).join('/') : entity.id;
  const send = async (fields: Record<string, string> | null) => {
    if ((await edit({ edits: [{ kind, id, fields }], why: why.trim() })).ok) onEdited();
  };
  return (
    <div className="stack entity-form">
      <div className="entity-fields">
        {sheet.fields.map((field) => (
          <Field key={field} label={sheet.titles.get(field) ?? field}>
            {(input) => <CellInput id={input} kind={kind} field={field} label={sheet.titles.get(field) ?? field} value={cells[field] ?? ''} isFixed={!isNew && sheet.key.includes(field)} isEdited={field in changed} onChange={(value) => setCells({ ...cells, [field]: value })} />}
          </Field>
        ))}
      </div>
      <Field label={t('registry.why')}>{(input) => <input id={input} className="input" maxLength={500} value={why} placeholder={t('registry.whyHint')} onChange={(event) => setWhy(event.target.value)} />}</Field>
      <div className="row-gap">
        <Button look="main" disabled={Object.keys(changed).length === 0 || why.trim().length < 2 || sheet.key.some((field) => (cells[field] ?? '').trim() === '')} onClick={() => void send(changed)}>
          {t('registry.check')}
        </Button>
        {!isNew && (
          <Button disabled={why.trim().length < 2} onClick={() => void send(null)}>
            {t('registry.remove')}
          </Button>
        )}
      </div>
      <p className="dim caption">{t('registry.editHint')}</p>
    </div>
  );
};

type CellInputProps = { readonly id: string; readonly kind: ModelKind; readonly field: string; readonly label: string; readonly value: string; readonly isFixed: boolean; readonly isEdited: boolean; readonly onChange: (value: string) => void };

/** A field that has few values is chosen, the others are written. */
const CellInput = ({ id, kind, field, label, value, isFixed, isEdited, onChange }: CellInputProps) => {
  const text = useText();
  const words = choicesOf(kind, field);
  if (words === undefined || isFixed) return <input id={id} className="input" disabled={isFixed} data-edited={isEdited || undefined} value={words?.[value] === undefined ? value : text(words[value])} onChange={(event) => onChange(event.target.value)} />;
  return <Select id={id} label={label} value={value} onChange={onChange} choices={[{ value: '', label: '—' }, ...Object.entries(words).map(([each, word]) => ({ value: each, label: text(word) }))]} />;
};
