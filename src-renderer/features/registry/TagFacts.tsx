import { useTranslation } from 'react-i18next';
import { QUALITY_NAMES } from '../../../src-shared/kernel/index.ts';
import { useDesk, usePlant, useSample } from '../../link/index.ts';
import { moment, number, PriorityMark, QualityMark, unitWord, useText } from '../../ui/index.ts';
import { LineageFacts } from './LineageFacts.tsx';

/** One tag: source time, quality, range, normal band and its alarm limits with priorities. */
export const TagFacts = ({ tag: id }: { readonly tag: string }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  const tag = plant.tag(id);
  const sample = useSample(id);
  if (tag === undefined) return null;
  const quality = QUALITY_NAMES[sample.quality];
  return (
    <>
      <dl className="facts">
        <dt>{t('detail.equipment')}</dt>
        <dd>
          <button type="button" className="plain-link" onClick={() => desk.open({ kind: 'equipment', id: tag.equipment })}>
            {text(plant.nameOf(tag.equipment))}
          </button>
        </dd>
        <dt>{t('detail.sourceTime')}</dt>
        <dd>{moment(sample.at, plant.model.site.timeZone, 'time')}</dd>
        <dt>{t('detail.quality')}</dt>
        <dd>
          {quality === undefined ? t('common.noData') : <><QualityMark quality={sample.quality} title={t(`quality.${quality}`)} /> {t(`quality.${quality}`)}</>}
        </dd>
        <dt>{t('detail.range')}</dt>
        <dd>
          {number(tag.range[0], tag.decimals)}–{number(tag.range[1], tag.decimals)} {unitWord(tag.unit)}
        </dd>
        {tag.normal !== undefined && (
          <>
            <dt>{t('detail.normal')}</dt>
            <dd>
              {number(tag.normal[0], tag.decimals)}–{number(tag.normal[1], tag.decimals)} {unitWord(tag.unit)}
            </dd>
          </>
        )}
      </dl>
      <LineageFacts of={{ tag: id }} />
      {tag.alarms.length > 0 && (
        <ul className="short-list" aria-label={t('detail.limits')}>
          {[...tag.alarms]
            .sort((a, b) => a.priority - b.priority)
            .map((alarm) => (
              <li key={alarm.kind} className="short-row">
                <PriorityMark priority={alarm.priority} look="latched" />
                <span>{t(`alarmKind.${alarm.kind}`)}</span>
                <span className="push">
                  {number(alarm.limit, tag.decimals)} {alarm.kind === 'RATE' ? `${unitWord(tag.unit)}/min` : unitWord(tag.unit)}
                </span>
              </li>
            ))}
        </ul>
      )}
    </>
  );
};
