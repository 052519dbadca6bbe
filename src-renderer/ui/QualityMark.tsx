import { CircleHelp, CircleSlash, Hand, Play, TriangleDashed } from 'lucide-react';
import { QUALITY_NAMES, type QualityName } from '../../src-shared/kernel/index.ts';

const MARKS: Readonly<Record<Exclude<QualityName, 'good'>, typeof Hand>> = { uncertain: TriangleDashed, bad: CircleSlash, stale: CircleHelp, manual: Hand, simulated: Play };

/** One icon for each quality but good, which shows nothing: grey until something is wrong. */
export const QualityMark = ({ quality, title }: { readonly quality: number; readonly title: string }) => {
  const name = QUALITY_NAMES[quality] ?? 'stale';
  if (name === 'good') return null;
  const Icon = MARKS[name];
  return (
    <span className="quality-mark" title={title} data-quality={name}>
      <Icon size="0.9em" strokeWidth={2} aria-label={title} />
    </span>
  );
};
