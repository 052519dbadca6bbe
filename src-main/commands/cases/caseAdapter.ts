import { z } from 'zod';
import type { TrialPair } from '../../modules/consequence/index.ts';

/** A reference case as the files carry it; `inputs` and `expected` differ by kind and are read by the adapter that knows the kind. */
export const ReferenceCase = z.looseObject({
  id: z.string().min(1),
  kind: z.string().min(1),
  title: z.string().default(''),
  basis: z.string().default(''),
  inputs: z.record(z.string(), z.unknown()).default({}),
  expected: z.record(z.string(), z.unknown()),
  tolerance: z.looseObject({ kind: z.enum(['abs', 'rel', 'factor', 'exact', 'range', 'order']), value: z.unknown() }),
});
export type ReferenceCase = z.infer<typeof ReferenceCase>;

/** What an engine made of a case. `got` mirrors `expected`; `judge` is done by the command, from the tolerance, unless the adapter knows better. */
export type Evaluation =
  | {
    readonly status: 'evaluated';
    /** Same shape as `expected`, less what is not judged. */
    readonly got: unknown;
    /** Replaces `expected` in the comparison where the case prints the same quantity twice or in words. */
    readonly expected?: unknown;
    /** Replaces the case's tolerance, for orderings that the adapter checked itself: got and expected are then compared exactly. */
    readonly tolerance?: Tolerance;
    readonly why?: string;
    /** Observations of field trials, for the statistics over all of them. */
    readonly pairs?: readonly TrialPair[];
  }
  | { readonly status: 'unsupported'; readonly why: string };

export type Tolerance = { readonly kind: 'abs' | 'rel' | 'factor' | 'exact' | 'range'; readonly value: number };

/** Calls an engine through its public interface with a case's inputs. */
export type CaseAdapter = {
  readonly kinds: readonly string[];
  readonly evaluate: (reference: ReferenceCase) => Evaluation | Promise<Evaluation>;
};

/** Thrown by the readers below: the case does not say what the engine needs. The command reports it as unsupported. */
export class MissingInput extends Error {}

export const unsupported = (why: string): Evaluation => ({ status: 'unsupported', why });
export const evaluated = (got: unknown, more: Omit<Extract<Evaluation, { status: 'evaluated' }>, 'status' | 'got'> = {}): Evaluation => ({ status: 'evaluated', got, ...more });

/** `{ value, unit }` or the bare thing. */
export const bare = (entry: unknown): unknown => (typeof entry === 'object' && entry !== null && 'value' in entry ? (entry as { readonly value: unknown }).value : entry);

const unitOf = (entry: unknown): string | undefined => {
  const unit = typeof entry === 'object' && entry !== null && 'unit' in entry ? (entry as { readonly unit: unknown }).unit : undefined;
  return typeof unit === 'string' ? unit : undefined;
};

/** Factors to SI of the units that cases use; a temperature is handled apart. */
const factors: Readonly<Record<string, number>> = {
  mm: 1e-3, cm: 1e-2, km: 1e3, bar: 1e5, mbar: 100, hPa: 100, kPa: 1e3, MPa: 1e6, atm: 101325, psi: 6894.757, 'g/mol': 1e-3, g: 1e-3, t: 1e3, 'g/s': 1e-3,
  min: 60, h: 3600, 'kJ/kg': 1e3, 'MJ/kg': 1e6, kJ: 1e3, MJ: 1e6, GJ: 1e9, 'kW/m2': 1e3, kW: 1e3, MW: 1e6, 'km/h': 1 / 3.6, knots: 0.514444, '%': 0.01, 'vol %': 0.01,
};

const toSi = (value: number, unit: string | undefined): number => {
  if (unit === 'C' || unit === 'degC' || unit === '°C') return value + 273.15;
  return value * ((unit === undefined ? undefined : factors[unit]) ?? 1);
};

type Inputs = Readonly<Record<string, unknown>>;

/** A number in SI from the first of the names that is there; `undefined` when none is. */
export const optionalNumber = (inputs: Inputs, ...names: readonly string[]): number | undefined => {
  for (const name of names) {
    const value = bare(inputs[name]);
    if (typeof value === 'number') return toSi(value, unitOf(inputs[name]));
  }
  return undefined;
};

export const numberOf = (inputs: Inputs, ...names: readonly string[]): number => {
  const value = optionalNumber(inputs, ...names);
  if (value === undefined) throw new MissingInput(`inputs.${names.join(' or inputs.')} is not given as a number`);
  return value;
};

/** Numbers in SI, of a list or of a single number. */
export const numbersOf = (inputs: Inputs, ...names: readonly string[]): readonly number[] => {
  for (const name of names) {
    const value = bare(inputs[name]);
    const unit = unitOf(inputs[name]);
    if (typeof value === 'number') return [toSi(value, unit)];
    if (Array.isArray(value) && value.every((each) => typeof each === 'number')) return value.map((each) => toSi(each, unit));
  }
  throw new MissingInput(`inputs.${names.join(' or inputs.')} is not given as numbers`);
};

export const textOf = (inputs: Inputs, ...names: readonly string[]): string => {
  for (const name of names) {
    const value = bare(inputs[name]);
    if (typeof value === 'string') return value;
  }
  throw new MissingInput(`inputs.${names.join(' or inputs.')} is not given as text`);
};
