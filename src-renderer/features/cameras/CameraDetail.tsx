import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow, usePlant, useQuery, useRow, useTable } from '../../link/index.ts';
import { Button, duration, Empty, moment, number, percent, useLanguage, useText } from '../../ui/index.ts';
import { CameraPicture } from './CameraPicture.tsx';
import { EvidencePicture } from './EvidencePicture.tsx';
import { eventsInOrder } from './model.ts';
import { ZoneEditor } from './ZoneEditor.tsx';

/** L3: what one camera shows and saw, the pictures kept of it, how it is received, and the areas drawn on it. */
export const CameraDetail = ({ camera: id }: { readonly camera: string }) => {
  const { t } = useTranslation();
  const row = useRow('cameras.cameras', id);
  const [drawing, setDrawing] = useState(false);
  return (
    <div className="stack">
      <CameraPicture key={id} camera={id} zones />
      {row !== undefined && (
        <p className="row-gap">
          <span className="dim caption">
            {t('camera.zones', { count: row.zones.length })}
            {row.isRedrawn && ` · ${t('camera.redrawn')}`}
          </span>
          <Button className="push" onClick={() => setDrawing(true)}>
            {t('camera.drawZones')}
          </Button>
        </p>
      )}
      <Section title={t('camera.events')}>
        <Events camera={id} />
      </Section>
      <Section title={t('camera.evidence')}>
        <Kept camera={id} />
      </Section>
      <Section title={t('camera.source')}>
        <SourceFacts camera={id} />
      </Section>
      {drawing && row !== undefined && <ZoneEditor row={row} onClose={() => setDrawing(false)} />}
    </div>
  );
};

const Section = ({ title, children }: { readonly title: string; readonly children: React.ReactNode }) => (
  <section>
    <h3 className="dim caption">{title}</h3>
    {children}
  </section>
);

const Events = ({ camera }: { readonly camera: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const language = useLanguage();
  const now = useNow();
  const events = eventsInOrder(useTable('people.cameraEvents').filter((event) => event.camera === camera));
  if (events.length === 0) return <Empty>{t('overview.noCamera')}</Empty>;
  return (
    <ul className="short-list">
      {events.map((event) => (
        <li key={event.id} className="short-row">
          <strong className="clip">{text(event.text)}</strong>
          <span className="push dim">
            {percent(event.confidence)} · {duration(now - event.lastAt, language)}
          </span>
        </li>
      ))}
    </ul>
  );
};

const Kept = ({ camera }: { readonly camera: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const { timeZone } = usePlant().model.site;
  const newest = useTable('people.cameraEvents').filter((event) => event.camera === camera && event.evidence !== null).length;
  const answer = useQuery('cameras.evidence', { camera, limit: 6 }, newest);
  const kept = answer.state === 'answered' ? answer.value : [];
  if (kept.length === 0) return <Empty>{t('camera.noEvidence')}</Empty>;
  return (
    <div className="camera-pair">
      {kept.map((each) => (
        <EvidencePicture key={each.id} id={each.id} label={`${moment(each.at, timeZone, 'dateTime')} ${text(each.text)}`} />
      ))}
    </div>
  );
};

const SourceFacts = ({ camera: id }: { readonly camera: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const camera = usePlant().camera(id);
  const row = useRow('cameras.cameras', id);
  return (
    <dl className="facts">
      {row !== undefined && (
        <>
          <dt>{t('camera.state')}</dt>
          <dd>
            {t(`camera.states.${row.state}`)}
            {row.reason !== null && ` · ${text(row.reason)}`}
          </dd>
          <dt>{row.kind.toUpperCase()}</dt>
          <dd className="caption selectable">{row.url}</dd>
          <dt>{t('camera.rate')}</dt>
          <dd>
            {number(row.width)} × {number(row.height)} · {number(row.fps, 1)}/s
          </dd>
          <dt>{t('camera.lost')}</dt>
          <dd>{t('camera.lostCounts', { dropped: row.dropped, rejected: row.rejected, reconnects: row.reconnects })}</dd>
          <dt>{t('camera.analytics')}</dt>
          <dd>{t(row.analytics ? 'camera.on' : 'camera.off')}</dd>
        </>
      )}
      {camera !== undefined && (
        <>
          <dt>{t('detail.position')}</dt>
          <dd>{camera.position.map((each) => number(each)).join(', ')} m</dd>
          <dt>{t('camera.heading')}</dt>
          <dd>{number(camera.heading)}°</dd>
        </>
      )}
    </dl>
  );
};
