import { alphaOf, assessUnit, betaOf, chemicalNamed, gradeColours, gradeOfR, individualRiskCriteria, lec, lecBands, lecScales, thresholdOf, type HazardCategory, type NamedChemical } from '../../modules/risk/index.ts';
import { bare, evaluated, MissingInput, numberOf, textOf, unsupported, type CaseAdapter, type Evaluation, type ReferenceCase } from './caseAdapter.ts';

const chemical = (name: string): NamedChemical | HazardCategory => {
  const found = chemicalNamed(name);
  if (found === null) throw new MissingInput(`${name} is neither a chemical of table 1 nor a category of table 2`);
  return found;
};

/** Every expected name looked up in one table; names that the tables do not have are not computed. */
const lookUp = (names: readonly string[], value: (row: NamedChemical | HazardCategory) => number): Readonly<Record<string, number>> =>
  Object.fromEntries(names.flatMap((name) => (chemicalNamed(name) === null ? [] : [[name, value(chemical(name))]])));

const GRADES = { one: 1, two: 2, three: 3, four: 4, none: null } as const;
const GRADE_NAMES = { one: '一级', two: '二级', three: '三级', four: '四级' } as const;

/** The least population that a band such as `30-49` or `>=100` means. */
const leastOf = (band: string): number => Number(/\d+/.exec(band)?.[0] ?? Number.NaN);

/** A value inside a band such as `R>=100`, `50<=R<100` or `R<10`: its lower border, or just under its upper one. */
const insideBand = (band: string): number => {
  const lower = /^([\d.]+)\s*<=|>=\s*([\d.]+)/.exec(band);
  const upper = /<\s*([\d.]+)/.exec(band.replace(/<=/g, ''));
  return lower !== null ? Number(lower[1] ?? lower[2]) : Number(upper?.[1] ?? Number.NaN) - 1e-6;
};

const listOf = (inputs: ReferenceCase['inputs'], name: string): readonly string[] => {
  const list = bare(inputs[name]);
  if (!Array.isArray(list)) throw new MissingInput(`inputs.${name} is not a list`);
  return list.map(String);
};

const factorTable = ({ inputs, expected }: ReferenceCase): Evaluation =>
  'alpha' in expected ? evaluated({ alpha: listOf(inputs, 'population_bands').map((band) => alphaOf(leastOf(band))) }) : evaluated(lookUp(Object.keys(expected), betaOf));

const gradeTable = ({ inputs, expected }: ReferenceCase): Evaluation => {
  const grades = listOf(inputs, 'bands').map((band) => gradeOfR(insideBand(band)));
  return evaluated({ grade: grades.map((grade) => GRADES[grade]), ...('names' in expected ? { names: grades.map((grade) => GRADE_NAMES[grade]) } : {}) });
};

/** By its name where table 1 has it, else by the category that the case states. */
const named = (row: Readonly<Record<string, unknown>>): NamedChemical | HazardCategory => {
  const name = textOf(row, 'substance', 'chemical', 'name', 'category');
  return chemicalNamed(name) ?? chemical(textOf(row, 'category', 'substance', 'chemical', 'name'));
};

const arithmetic = ({ inputs }: ReferenceCase): Evaluation => {
  const rows = bare(inputs['inventory']);
  if (!Array.isArray(rows)) throw new MissingInput('inputs.inventory is not a list');
  const inventory = rows.map((row: Readonly<Record<string, unknown>>) => ({ chemical: named(row), tonnes: numberOf(row, 'q', 'quantity') / 1_000 }));
  const people = numberOf(inputs, 'population_500m', 'population', 'people_outside');
  const { s, r, alpha, isMajor, grade } = assessUnit(inventory, people);
  return evaluated({ S: s, R: r, alpha, is_major: isMajor, grade: GRADES[grade] });
};

const lecCase = ({ inputs, expected }: ReferenceCase): Evaluation => {
  if ('L' in expected) {
    const between = (index: number): string => (index === 0 ? `>${lecBands[0].above}` : index === lecBands.length - 1 ? `<${lecBands[index - 1]!.above}` : `${lecBands[index]!.above}-${lecBands[index - 1]!.above}`);
    return evaluated({ ...lecScales, grade_bands_D: Object.fromEntries(lecBands.map((band, index) => [band.name.zh, between(index)])) });
  }
  const factors = { L: numberOf(inputs, 'L'), E: numberOf(inputs, 'E'), C: numberOf(inputs, 'C') };
  for (const scale of ['L', 'E', 'C'] as const) if (!lecScales[scale].some((value) => value === factors[scale])) return unsupported(`${scale} = ${factors[scale]} is not on the scale`);
  const { d, name } = lec(factors);
  return evaluated({ D: d, grade: name.zh });
};

const colours = ({ expected }: ReferenceCase): Evaluation => {
  const known = Object.values(gradeColours).flatMap(({ name, colour }) => [[name.zh, colour.zh], [name.en, colour.en]] as const);
  const got = Object.fromEntries(known.filter(([name]) => name in expected));
  return Object.keys(got).length === 0 ? unsupported('the case names no grade of the four-colour system') : evaluated(got);
};

/** Which of the three kinds of protected object a name of a limit means. */
const protectedObject = (name: string): keyof typeof individualRiskCriteria | null =>
  /low_density|under_30/.test(name) ? 'sparse' : /residential|30_to_100/.test(name) ? 'residential' : /sensitiv|important|100_or_more/.test(name) ? 'sensitive' : null;

const criteria = ({ expected }: ReferenceCase): Evaluation => {
  const got = Object.keys(expected).flatMap((name) => {
    const kind = protectedObject(name);
    return kind === null ? [] : [[name, [individualRiskCriteria[kind].new, individualRiskCriteria[kind].existing]] as const];
  });
  return got.length === 0 ? unsupported('the case names no protected object of announcement 13 of 2014') : evaluated(Object.fromEntries(got));
};

export const majorHazardAdapters: readonly CaseAdapter[] = [
  { kinds: ['threshold-table'], evaluate: ({ expected }) => evaluated(lookUp(Object.keys(expected), thresholdOf)) },
  { kinds: ['factor-table'], evaluate: factorTable },
  { kinds: ['grade-table'], evaluate: gradeTable },
  { kinds: ['major-hazard-arithmetic'], evaluate: arithmetic },
  { kinds: ['lec'], evaluate: lecCase },
  { kinds: ['risk-colour'], evaluate: colours },
  { kinds: ['risk-criteria'], evaluate: criteria },
];
