import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelFinding } from '../../../src-shared/contract/index.ts';
import { printCsv } from '../../../src-shared/kernel/index.ts';
import { useDesk, usePlant, useQuery, useValue } from '../../link/index.ts';
import { Button, DataTable, download, Panel, Segmented, useLanguage, useText, type Column } from '../../ui/index.ts';
import { countBySeverity, targetOf } from './model.ts';

const SEVERITIES = ['error', 'warning', 'advice'] as const;
const MARKS = { error: '✕', warning: '!', advice: '·' } as const;

/** What the model still lacks, gravest first; a line opens what it speaks of. */
export const ReportView = () => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const desk = useDesk();
  const plant = usePlant();
  const version = useValue('registry.state')?.version ?? 0;
  const revision = useValue('registry.revision') ?? 0;
  const answer = useQuery('registry.report', {}, version + revision);
  const findings = answer.state === 'answered' ? answer.value : [];
  const counts = countBySeverity(findings);
  const [severity, setSeverity] = useState<ModelFinding['severity'] | 'all'>('all');
  const shown = findings.filter((finding) => severity === 'all' || finding.severity === severity);
  const lineOf = (finding: ModelFinding) => `${finding.code} ${finding.subject.kind} ${finding.subject.id} ${finding.text.en}`;
  const columns: readonly Column<ModelFinding>[] = [
    { id: 'severity', title: t('common.level'), width: '6rem', cell: (finding) => <span className="finding" data-severity={finding.severity}>{MARKS[finding.severity]} {t(`registry.severity.${finding.severity}`)}</span> },
    { id: 'kind', title: t('common.kind'), width: '6rem', cell: ({ subject }) => t(`detail.${subject.kind}`) },
    { id: 'id', title: t('registry.id'), width: '12rem', cell: ({ subject }) => <button type="button" className="plain-link" onClick={() => desk.open(subject)}>{subject.id}</button> },
    { id: 'name', title: t('registry.name'), width: 'minmax(8rem, 1fr)', cell: ({ subject }) => <span className="dim">{text(plant.nameOf(subject.id))}</span> },
    { id: 'text', title: t('registry.finding'), width: 'minmax(14rem, 2fr)', cell: (finding) => text(finding.text) },
    { id: 'advice', title: t('registry.advice'), width: 'minmax(12rem, 1.5fr)', cell: ({ advice }) => <span className="dim">{text(advice)}</span> },
  ];
  const save = () =>
    download({ fileName: `${plant.model.id}-${t('registry.page.report')}.csv`, mime: 'text/csv', content: printCsv([[t('common.level'), t('common.kind'), t('registry.id'), t('registry.finding'), t('registry.advice')], ...shown.map((finding) => [t(`registry.severity.${finding.severity}`), finding.subject.kind, finding.subject.id, finding.text[language], finding.advice[language]])]) });
  return (
    <Panel
      fill
      className="flush"
      title={t('registry.page.report')}
      aside={
        <span className="row-gap">
          <Segmented label={t('registry.filter')} value={severity} onChange={setSeverity} choices={[{ value: 'all' as const, label: `${t('common.all')} ${String(findings.length)}` }, ...SEVERITIES.map((value) => ({ value, label: `${t(`registry.severity.${value}`)} ${String(counts[value])}` }))]} />
          <Button look="quiet" onClick={save}>{t('registry.report')}</Button>
        </span>
      }
    >
      <DataTable columns={columns} rows={shown} keyOf={lineOf} onOpen={(finding) => desk.open(targetOf(finding))} label={t('registry.page.report')} empty={answer.state === 'asking' ? t('common.loading') : t('registry.sound')} />
    </Panel>
  );
};
