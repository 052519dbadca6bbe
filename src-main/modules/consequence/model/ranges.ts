import { refuse, text, type Refusal, type Refused } from '../../../../src-shared/kernel/index.ts';

export type OutOfRange = Refusal<'OutOfRange' | 'UnknownSubstance' | 'NotFlammable'>;

/** A field's value with the bounds between which the published models hold; `undefined` is a field that was left to its default. */
export type Bounded = readonly [value: number | undefined, least: number, most: number];

/** The refusal of the first field that is not a finite number within its bounds, named by its path; null when all are. */
export const outOfRange = (fields: Readonly<Record<string, Bounded>>): Refused<Refusal<'OutOfRange'>> | null => {
  for (const [field, [value, least, most]] of Object.entries(fields)) {
    if (value === undefined || (value >= least && value <= most)) continue;
    return refuse('OutOfRange', text(`${field} 应在 ${least} 与 ${most} 之间，实为 ${value}`, `${field} must lie between ${least} and ${most}, was ${value}`), field);
  }
  return null;
};
