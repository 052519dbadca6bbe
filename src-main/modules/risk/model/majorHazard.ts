import type { MajorHazard } from '../../../../src-shared/contract/index.ts';
import { betaByCategory, betaByName, thresholds, type HazardCategory, type NamedChemical } from './majorHazardTables.ts';

/** A chemical of a unit: tonnes at design maximum or, live, as measured; its category where table 1 does not name it or table 3 has no β for it. */
export type Inventory = { readonly chemical: NamedChemical | HazardCategory; readonly tonnes: number };

export type Assessed = { readonly s: number; readonly r: number; readonly alpha: number; readonly isMajor: boolean; readonly grade: MajorHazard['grade'] };

/** The row of tables 1 and 2 that a name means: English or Chinese, or a category's symbol; what stands in brackets may be left out. Null for a name that is in neither. */
export const chemicalNamed = (name: string): NamedChemical | HazardCategory | null => {
  const plain = (each: string): string => each.toLowerCase().replaceAll('sulph', 'sulf').trim();
  const wanted = plain(name);
  const shorter = [wanted, wanted.replace(/\s*[((].*$/, ''), wanted.split(/[,,]/)[0]!.replace(/\s*[((].*$/, '').trim()];
  const rows = Object.keys(thresholds) as (NamedChemical | HazardCategory)[];
  for (const candidate of shorter) {
    const found = rows.find((key) => plain(key) === candidate) ?? rows.find((key) => thresholds[key].zh === candidate || plain(thresholds[key].zh).replace(/[((].*$/, '') === candidate);
    if (found !== undefined) return found;
  }
  return null;
};

/** Critical quantity Q, t, of a named chemical (table 1) or category (table 2). */
export const thresholdOf = (chemical: NamedChemical | HazardCategory): number => thresholds[chemical].tonnes;

/** Correction factor β: table 3 for the named toxic gases, else table 4 by category. */
export const betaOf = (chemical: NamedChemical | HazardCategory): number => betaByName[chemical] ?? betaByCategory[thresholds[chemical].category];

/** Correction factor α of table 5, from the people outside the site within 500 m of its boundary; workers inside are not counted. */
export const alphaOf = (peopleOutside: number): number => (peopleOutside >= 100 ? 2 : peopleOutside >= 50 ? 1.5 : peopleOutside >= 30 ? 1.2 : peopleOutside >= 1 ? 1 : 0.5);

/** Grade by R (table 6); a unit with S < 1 is no major hazard and has none. */
export const gradeOfR = (r: number): 'one' | 'two' | 'three' | 'four' => (r >= 100 ? 'one' : r >= 50 ? 'two' : r >= 10 ? 'three' : 'four');

// q/Q of exactly one may come out as 0.999…: the standard's ≥ is meant for the quantities, not for binary fractions.
const SLACK = 1e-9;

/**
 * GB 18218-2018 §4.2–4.3 for one unit: S = Σ q/Q, a major hazard from S ≥ 1; R = α Σ β q/Q. Units are judged each alone.
 * Throws a RangeError for a quantity that is negative or not a number.
 */
export const assessUnit = (inventory: readonly Inventory[], peopleOutside: number): Assessed => {
  for (const { chemical, tonnes } of inventory) if (!(tonnes >= 0 && tonnes < 1e9)) throw new RangeError(`${chemical}: ${tonnes} t is no quantity`);
  const alpha = alphaOf(peopleOutside);
  const s = inventory.reduce((sum, { chemical, tonnes }) => sum + tonnes / thresholdOf(chemical), 0);
  const r = alpha * inventory.reduce((sum, { chemical, tonnes }) => sum + (betaOf(chemical) * tonnes) / thresholdOf(chemical), 0);
  const isMajor = s >= 1 - SLACK;
  return { s, r, alpha, isMajor, grade: isMajor ? gradeOfR(r * (1 + SLACK)) : 'none' };
};
