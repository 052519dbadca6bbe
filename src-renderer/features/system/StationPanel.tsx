import { useTranslation } from 'react-i18next';
import { QUALITY_NAMES } from '../../../src-shared/kernel/index.ts';
import { usePlant, useQuery, useValue } from '../../link/index.ts';
import { bytes, moment, number, QualityMark } from '../../ui/index.ts';

/** What runs here, how fast, and the marks of quality explained. */
export const StationPanel = () => {
  const { t } = useTranslation();
  const status = useValue('system.status');
  const about = useQuery('system.about', {});
  const history = useQuery('historian.extent', {});
  const { model } = usePlant();
  const facts: readonly (readonly [string, string])[] = [
    ...(status === undefined
      ? []
      : ([
          [t('diagnostics.about.latency'), `p50 ${number(status.latencyMs.p50)} · p95 ${number(status.latencyMs.p95)} · p99 ${number(status.latencyMs.p99)} ms`],
          [t('diagnostics.about.loop'), `${number(status.eventLoopP99Ms, 1)} ms`],
          [t('diagnostics.about.rate'), `${number(status.samplesPerSecond)} /s`],
          [t('diagnostics.about.stale'), number(status.staleTags)],
          [t('diagnostics.about.history'), `${number(status.historyLagMs)} ms`],
          [
            t('diagnostics.about.backlog'),
            t('diagnostics.about.backlogOf', { waiting: number(status.history.waiting), bytes: bytes(status.history.spilledBytes) }) + (status.history.lost === 0 ? '' : ` · ${t('diagnostics.about.backlogLost', { lost: number(status.history.lost) })}`),
          ],
          [t('diagnostics.about.memory'), bytes(status.memoryBytes)],
          [t('diagnostics.about.disk'), bytes(status.diskFreeBytes)],
          [t('diagnostics.about.skew'), `${number(status.clockSkewMs)} ms`],
          [t('diagnostics.about.clients'), number(status.clients)],
          [t('diagnostics.about.dropped'), number(status.dropped)],
          [t('diagnostics.about.started'), moment(status.startedAt, model.site.timeZone, 'stamp')],
        ] as const)),
    ...(history.state !== 'answered'
      ? []
      : ([
          [t('diagnostics.about.onRecord'), `${bytes(history.value.bytes)}${history.value.since === null ? '' : ` · ${t('diagnostics.about.since', { moment: moment(history.value.since, model.site.timeZone, 'stamp') })}`}`],
          [t('diagnostics.about.kept'), t('diagnostics.about.keptFor', { raw: number(history.value.rawDays), hourly: number(history.value.hourlyDays) })],
        ] as const)),
    ...(about.state !== 'answered'
      ? []
      : ([
          [t('diagnostics.about.version'), about.value.version],
          [t('diagnostics.about.node'), about.value.node],
          [t('diagnostics.about.platform'), about.value.platform],
          [t('diagnostics.about.shell'), about.value.shell],
          [t('diagnostics.about.site'), about.value.site],
          [t('diagnostics.about.dataDir'), about.value.dataDir],
        ] as const)),
  ];
  return (
    <div className="stack">
      <dl className="facts">
        {facts.map(([name, value]) => (
          <FactRow key={name} name={name} value={value} />
        ))}
      </dl>
      <div>
        <h3 className="dim caption">{t('diagnostics.legend')}</h3>
        <ul className="quality-legend">
          {QUALITY_NAMES.map((name, quality) => (
            <li key={name}>
              <QualityMark quality={quality} title={t(`quality.${name}`)} /> {t(`quality.${name}`)}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
};

const FactRow = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <>
    <dt>{name}</dt>
    <dd className="selectable">{value}</dd>
  </>
);
