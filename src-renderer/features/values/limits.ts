import type { Tag } from '../../../src-shared/plant/index.ts';
import type { BarLimit } from '../../ui/AnalogBar.tsx';

/** The alarm limits that a bar can show: those on the value itself, not on its rate. */
export const barLimits = ({ alarms }: Pick<Tag, 'alarms'>): readonly BarLimit[] =>
  alarms.flatMap(({ kind, limit, priority }): readonly BarLimit[] => (kind === 'HI' || kind === 'HIHI' ? [{ at: limit, priority, side: 'high' }] : kind === 'LO' || kind === 'LOLO' ? [{ at: limit, priority, side: 'low' }] : []));

/** Whether a value lies past any limit of its tag. */
export const isOutside = (tag: Pick<Tag, 'alarms'>, value: number): boolean => barLimits(tag).some(({ at, side }) => (side === 'high' ? value >= at : value <= at));

/** A tag's name without the name of the equipment that stands above it. */
export const shortName = (name: string, above: string): string => {
  const rest = above !== '' && name.startsWith(above) ? name.slice(above.length).trim() : name;
  return rest === '' ? name : rest;
};
