import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { QUALITY_NAMES, Quality, type Text } from '../../../src-shared/kernel/index.ts';
import type { Tag } from '../../../src-shared/plant/index.ts';
import { useDesk, useLink, usePlant, useSample } from '../../link/index.ts';
import { AnalogBar, duration, number, QualityMark, useLanguage, useText, WithUnit } from '../../ui/index.ts';
import { barLimits, shortName } from './limits.ts';
import './values.css';

/** One tag as an instrument: name, bar with normal band and limits, value, unit, quality. Opens its detail. */
export const TagBar = memo(({ tag, under }: { readonly tag: Tag; /** Name of the equipment whose heading stands above; not said again. A detector is then known by its id. */ readonly under?: Text | undefined }) => {
  const { t } = useTranslation();
  const text = useText();
  const desk = useDesk();
  const plant = usePlant();
  const sample = useSample(tag);
  const stale = sample.quality === Quality.stale || !Number.isFinite(sample.at);
  const bad = sample.quality === Quality.bad;
  const selected = desk.target?.kind === 'tag' && desk.target.id === tag.id;
  return (
    <button type="button" className="tag-bar" data-stale={stale || undefined} data-bad={bad || undefined} aria-pressed={selected} onClick={() => desk.open({ kind: 'tag', id: tag.id })} title={`${tag.id} · ${text(tag.name)}`}>
      <span className="tag-bar-name clip">{under === undefined ? text(tag.name) : (plant.detectorOf(tag.id)?.id ?? shortName(text(tag.name), text(under)))}</span>
      {tag.states === undefined ? <AnalogBar value={sample.value} range={tag.range} normal={tag.normal} limits={barLimits(tag)} stale={stale || bad} label={text(tag.name)} /> : <span />}
      <span className="tag-bar-value">
        <QualityMark quality={stale ? Quality.stale : sample.quality} title={t(`quality.${QUALITY_NAMES[stale ? Quality.stale : sample.quality] ?? 'stale'}`)} />
        {stale && Number.isFinite(sample.at) && <SampleAge at={sample.at} />}
        <SampleText tag={tag} value={sample.value} />
      </span>
    </button>
  );
});

/** How old a stale value is (screens.md rule 9). */
const SampleAge = ({ at }: { readonly at: number }) => {
  const language = useLanguage();
  const link = useLink();
  return <small className="dim">{duration(link.now() - at, language)}</small>;
};

/** A value in words: the state of a discrete tag, else number and unit. */
export const SampleText = ({ tag, value }: { readonly tag: Tag; readonly value: number }) => {
  const text = useText();
  const state = tag.states?.[Math.round(value)];
  if (state !== undefined) return <span>{text(state)}</span>;
  return <WithUnit text={number(value, tag.decimals)} unit={tag.unit} />;
};
