import { clanceyDamage, doseAtProbit, overpressureProbits, probitOf, radiationThresholds, thermalDose, thermalProbits, tnoCollapseProbit, tnoHeadImpactProbit, toxicProbits, type BlastDamage, type Probit } from '../../modules/consequence/index.ts';
import { bare, evaluated, MissingInput, numberOf, optionalNumber, textOf, unsupported, type CaseAdapter, type Evaluation, type ReferenceCase } from './caseAdapter.ts';
import { substanceNamed } from './dispersion.ts';

/** A probit printed as `Y = a + b ln(C^n t)`: its numbers. */
const printed = (formula: string): { readonly a: number; readonly b: number; readonly n: number } => {
  const found = /(-?[\d.]+)\s*\+\s*([\d.]+)\s*\*?\s*ln\s*\(?\s*[A-Z](?:\^([\d.]+))?/i.exec(formula.replaceAll('−', '-'));
  if (found === null) throw new MissingInput(`the probit ${formula} is not of the form a + b ln(C^n t)`);
  return { a: Number(found[1]), b: Number(found[2]), n: Number(found[3] ?? 1) };
};

const toxic = ({ inputs, expected }: ReferenceCase): Evaluation => {
  if ('probit' in inputs) {
    const { a, b, n } = printed(textOf(inputs, 'probit'));
    const minutes = numberOf(inputs, 't', 'exposure') / 60;
    return evaluated({ LC50: (doseAtProbit({ a, b, source: 'the case' }, 5) / minutes) ** (1 / n) });
  }
  const got = Object.keys(expected).flatMap((name) => {
    const probit = toxicProbits[substanceNamed(name)];
    return probit === undefined ? [] : [[name, [probit.a, probit.b, probit.n]] as const];
  });
  return got.length === 0 ? unsupported('the engine has none of these probits') : evaluated(Object.fromEntries(got));
};

const named = (reference: ReferenceCase, table: Readonly<Record<string, Probit>>, pattern: RegExp): Probit | undefined => {
  const label = `${reference.id} ${reference.title}`.toLowerCase();
  // A probit is called by its first author or institute.
  return Object.entries(table).find(([name]) => label.includes(name.split('-')[0]!) && pattern.test(name))?.[1];
};

const heat = (reference: ReferenceCase): Evaluation => {
  const { inputs, expected } = reference;
  if ('flux' in inputs && 'dose' in expected) return evaluated({ dose: thermalDose(numberOf(inputs, 'flux'), numberOf(inputs, 'exposure')) });
  const probit = named(reference, thermalProbits, /death/);
  if (probit === undefined) return unsupported('the case names no thermal probit that the engine has');
  const got: Record<string, number> = { probit: probitOf(probit, numberOf(inputs, 'dose')) };
  for (const name of Object.keys(expected)) {
    const seconds = Number(/^flux_50pct_(\d+)s$/.exec(name)?.[1] ?? 0);
    if (seconds > 0) got[name] = (doseAtProbit(probit, 5) / seconds) ** 0.75;
  }
  return evaluated(got);
};

/** Quantities are named after whose probit they are: eisenberg, hse, and with _50pct the overpressure that half do not survive. */
const overpressure = ({ inputs, expected }: ReferenceCase): Evaluation => {
  const pressure = numberOf(inputs, 'peak_overpressure', 'overpressure');
  const formulas = bare(inputs['formulas']);
  const isEardrum = JSON.stringify(formulas ?? '').includes('-15.6') || /eardrum/i.test(JSON.stringify(expected));
  const impulse = optionalNumber(inputs, 'impulse');
  const got = Object.keys(expected).flatMap((name) => {
    if (impulse !== undefined && /head/.test(name)) return [[name, tnoHeadImpactProbit(pressure, impulse)] as const];
    if (impulse !== undefined && /collapse|struct/.test(name)) return [[name, tnoCollapseProbit(pressure, impulse)] as const];
    const who = name.replace(/_50pct$/, '').replaceAll('_', '-');
    const id = Object.keys(overpressureProbits).find((each) => each === who || (each.startsWith(`${who.split('-')[0]}-`) && (isEardrum ? each.endsWith('eardrum') : !each.endsWith('eardrum'))));
    if (id === undefined) return [];
    const probit = overpressureProbits[id as keyof typeof overpressureProbits];
    return [[name, name.endsWith('_50pct') ? doseAtProbit(probit, 5) : probitOf(probit, pressure)] as const];
  });
  return got.length === 0 ? unsupported('the engine has none of these probits') : evaluated(Object.fromEntries(got));
};

const api521: Readonly<Record<string, number>> = {
  continuous_exposure: radiationThresholds.api521.continuous, emergency_few_minutes: radiationThresholds.api521.emergencyMinutes,
  escape_only_seconds: radiationThresholds.api521.escapeSeconds, urgent_action_sheltered: radiationThresholds.api521.urgentSheltered,
};
const contours: Readonly<Record<string, number>> = {
  equipment_damage_100pct_lethal_1min: radiationThresholds.worldBank1988.equipmentDamage, ignite_wood_no_flame: radiationThresholds.worldBank1988.igniteWood,
  ignite_wood_with_flame_melt_plastic: radiationThresholds.worldBank1988.igniteWoodPiloted, pain_8s_blister_20s: radiationThresholds.worldBank1988.pain8s,
  pain_if_no_cover_20s: radiationThresholds.worldBank1988.pain20s, no_discomfort: radiationThresholds.worldBank1988.noDiscomfort,
};

const words = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word.length > 3).map((word) => word.replace(/(ed|age|ing|s)$/, '')));

/** The row of Clancey's table whose words the key of a case shares most, the shorter row where two share as many. */
const clanceyRow = (key: string): BlastDamage | null => {
  const wanted = words(key);
  const scored = clanceyDamage.map((row) => {
    const own = words(row.damage);
    const shared = [...own].filter((word) => wanted.has(word)).length;
    return { row, score: shared + shared / (10 + own.size) };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score === 0 ? null : best.row;
};

const damageLevels = ({ expected }: ReferenceCase): Evaluation => {
  const got = Object.entries(expected).flatMap(([key, entry]): (readonly [string, unknown])[] => {
    const row = clanceyRow(key);
    if (row === null) return [];
    return [[key, Array.isArray(bare(entry)) ? [row.from / 1000, row.to / 1000] : row.from / 1000]];
  });
  return got.length === 0 ? unsupported('none of these levels of damage is in the table') : evaluated(Object.fromEntries(got));
};

const thresholds = (reference: ReferenceCase): Evaluation => {
  const table = [api521, contours].find((each) => Object.keys(reference.expected).some((key) => key in each));
  if (table !== undefined) return evaluated(Object.fromEntries(Object.entries(table).filter(([key]) => key in reference.expected).map(([key, value]) => [key, value / 1000])));
  return /clancey/i.test(`${reference.id} ${reference.title}`) ? damageLevels(reference) : unsupported('the case names no table of limits that the engine has');
};

export const harmAdapters: readonly CaseAdapter[] = [
  { kinds: ['probit'], evaluate: toxic },
  {
    kinds: ['harm'],
    evaluate: (reference) => {
      const { inputs } = reference;
      if (optionalNumber(inputs, 'dose') !== undefined || optionalNumber(inputs, 'flux') !== undefined) return heat(reference);
      if (optionalNumber(inputs, 'peak_overpressure', 'overpressure') !== undefined) return overpressure(reference);
      return thresholds(reference);
    },
  },
];
