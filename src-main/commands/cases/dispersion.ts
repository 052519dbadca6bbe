import {
  aegl, boilingTemperature, briggsSpread, britterMcQuaidBeta, britterMcQuaidDistance, britterMcQuaidFraction, britterMcQuaidScale, drainingTank, evaporatingPool, flashFraction, gasThroughHole, gaussianPlume,
  gaussianPuff, holeArea, isConsequenceSubstance, liquidThroughHole, otherSubstances, pasquillGiffordSpread, powerLawWind, puffSpread, stabilityClasses, substanceIds, substanceOf, tnoSpread, toxicEndpoints,
  type Spread, type Stability,
} from '../../modules/consequence/index.ts';
import { bare, evaluated, MissingInput, numberOf, numbersOf, optionalNumber, unsupported, type CaseAdapter, type Evaluation, type ReferenceCase } from './caseAdapter.ts';

/** What a case calls itself, for choosing among published sets. */
const words = (reference: ReferenceCase): string => `${reference.id} ${reference.title}`.toLowerCase();
const oneOrMany = (values: readonly number[]): unknown => (values.length === 1 ? values[0] : values);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

const stabilityOf = (value: unknown): Stability => {
  const found = stabilityClasses.find((each) => each === value);
  if (found === undefined) throw new MissingInput(`inputs.stability is not a class A to F: ${String(value)}`);
  return found;
};

type SpreadSet = (stability: Stability, x: number) => Spread;

const spreadSet = (reference: ReferenceCase): SpreadSet | null => {
  const name = words(reference);
  if (name.includes('briggs')) return name.includes('urban') ? (stability, x) => briggsSpread(stability, x, 'urban') : briggsSpread;
  if (name.includes('tno') || name.includes('yellow book')) return tnoSpread;
  if (name.includes('puff') || name.includes('slade')) return puffSpread;
  return name.includes('pasquill') || name.includes('gifford') ? pasquillGiffordSpread : null;
};

/** Cases of a published curve: expected by class then quantity, or by quantity then class. */
const spreads = (reference: ReferenceCase, set: SpreadSet): Evaluation => {
  const xs = numbersOf(reference.inputs, 'x');
  const of = (stability: string, key: 'y' | 'z'): unknown => oneOrMany(xs.map((x) => set(stabilityOf(stability), x)[key]));
  const quantities: readonly (readonly [string, 'y' | 'z'])[] = [['sigma_y', 'y'], ['sigma_z', 'z']];
  const got: Record<string, Record<string, unknown>> = {};
  for (const [outer, entry] of Object.entries(reference.expected)) {
    const key = quantities.find(([name]) => name === outer)?.[1];
    const inner = isRecord(bare(entry)) ? Object.keys(bare(entry) as object) : [];
    got[outer] = key === undefined
      ? Object.fromEntries(quantities.map(([name, which]) => [name, of(outer, which)]))
      : Object.fromEntries(inner.map((stability) => [stability, of(stability, key)]));
  }
  return evaluated(got);
};

const windProfile = (reference: ReferenceCase): Evaluation => {
  const { inputs } = reference;
  const terrain = words(reference).includes('urban') ? 'urban' : 'rural';
  const [speed, from, to] = [numberOf(inputs, 'u_ref'), numberOf(inputs, 'z_ref'), numberOf(inputs, 'z')];
  const u = Object.fromEntries(stabilityClasses.map((stability) => [stability, powerLawWind({ windSpeed: speed, windHeight: from, stability }, to, terrain)]));
  return evaluated({ u });
};

/** The published set whose formula for σy a case prints, by its coefficient and power, or by name. */
const printedSet = (reference: ReferenceCase, stability: Stability): SpreadSet | null => {
  const formula = bare(reference.inputs['sigma_y_formula']);
  if (typeof formula !== 'string') return spreadSet(reference) ?? briggsSpread;
  const [coefficient, power] = (formula.match(/\d*\.?\d+/g) ?? []).map(Number);
  if (coefficient === undefined || power === undefined) return null;
  return [pasquillGiffordSpread, tnoSpread].find((set) => Math.abs(set(stability, 1).y / coefficient - 1) < 1e-3 && Math.abs(set(stability, 100).y / set(stability, 1).y / 100 ** power - 1) < 1e-3) ?? null;
};

const plume = (reference: ReferenceCase): Evaluation => {
  const { inputs } = reference;
  const stability = stabilityOf(bare(inputs['stability']));
  const set = printedSet(reference, stability);
  if (set === null) return unsupported('the case prints curves of spread that no published set of the engine has');
  const receptor = numbersOf(inputs, 'receptor');
  const spread = set(stability, receptor[0] ?? 0);
  const concentration = gaussianPlume(
    { rate: numberOf(inputs, 'Q', 'rate', 'mass_rate'), height: optionalNumber(inputs, 'source_height', 'height') ?? 0, wind: numberOf(inputs, 'u', 'wind_speed') },
    spread, { y: receptor[1] ?? 0, z: receptor[2] ?? 0 },
  );
  return evaluated({ concentration: concentration * perUnit(reference.expected['concentration']), sigma_y: spread.y, sigma_z: spread.z });
};

/** How many of a printed unit of concentration a kg/m³ is. */
const perUnit = (entry: unknown): number => {
  const unit = isRecord(entry) ? entry['unit'] : undefined;
  return { 'g/m3': 1e3, 'mg/m3': 1e6, 'ug/m3': 1e9, 'µg/m3': 1e9 }[String(unit)] ?? 1;
};

const puff = (reference: ReferenceCase): Evaluation => {
  const { inputs } = reference;
  const x = numberOf(inputs, 'x');
  const given = optionalNumber(inputs, 'sigma_x=sigma_y', 'sigma_y');
  const spread = given === undefined ? puffSpread(stabilityOf(bare(inputs['stability'])), x) : { y: given, z: numberOf(inputs, 'sigma_z') };
  const along = x - (optionalNumber(inputs, 'u') ?? 0) * (optionalNumber(inputs, 't') ?? 0);
  const at = { along, across: optionalNumber(inputs, 'y') ?? 0, z: optionalNumber(inputs, 'z') ?? 0 };
  const concentration = gaussianPuff({ mass: numberOf(inputs, 'mass'), height: optionalNumber(inputs, 'source_height') ?? 0 }, spread, at);
  return evaluated({ centre_concentration: concentration, concentration, sigma_y: spread.y, sigma_z: spread.z });
};

const sourceTerm = (reference: ReferenceCase): Evaluation => {
  const { inputs, expected } = reference;
  if ('tank_diameter' in inputs) return tank(reference);
  if ('k' in inputs || 'gamma' in inputs) {
    const gas = { pressure: numberOf(inputs, 'P', 'pressure'), temperature: numberOf(inputs, 'T', 'temperature'), molarMass: numberOf(inputs, 'M', 'molar_mass'), gamma: numberOf(inputs, 'k', 'gamma') };
    const at = (coefficient: number): number => gasThroughHole(gas, { area: holeArea(numberOf(inputs, 'hole_diameter')), dischargeCoefficient: coefficient, ambientPressure: optionalNumber(inputs, 'P_amb') ?? 101325 }).rate;
    const got = Object.keys(expected).flatMap((key) => {
      const named = /^mass_flow(?:_Cd_([\d.]+))?$/.exec(key);
      return named === null ? [] : [[key, at(named[1] === undefined ? numberOf(inputs, 'Cd') : Number(named[1]))] as const];
    });
    return evaluated(Object.fromEntries(got));
  }
  const substance = substanceIds.find((id) => words(reference).includes(id) || String(bare(inputs['substance'])).toLowerCase() === id);
  if ('flash_fraction' in expected && substance !== undefined) {
    const pure = substanceOf(substance);
    return evaluated({ flash_fraction: flashFraction(pure, numberOf(inputs, 'T', 'temperature'), boilingTemperature(pure, optionalNumber(inputs, 'P_amb') ?? 101325)) });
  }
  if ('evaporation_rate' in expected && substance !== undefined) {
    const air = { windSpeed: numberOf(inputs, 'u', 'wind_speed'), temperature: numberOf(inputs, 'T_ambient', 'T'), pressure: optionalNumber(inputs, 'P_amb') ?? 101325 };
    return evaluated({ evaporation_rate: evaporatingPool(substanceOf(substance), { area: numberOf(inputs, 'pool_area', 'area'), temperature: optionalNumber(inputs, 'T_pool') ?? air.temperature }, air) });
  }
  if ('density' in inputs && 'hole_diameter' in inputs) {
    const liquid = { density: numberOf(inputs, 'density'), overpressure: optionalNumber(inputs, 'overpressure') ?? 0, head: optionalNumber(inputs, 'head', 'liquid_height', 'initial_liquid_height') ?? 0 };
    const rate = liquidThroughHole(liquid, { area: holeArea(numberOf(inputs, 'hole_diameter')), dischargeCoefficient: numberOf(inputs, 'Cd') });
    return evaluated({ mass_flow: rate, rate });
  }
  return unsupported('the case does not say which outflow it is of: gas, liquid, tank, flash or pool');
};

const tank = ({ inputs }: ReferenceCase): Evaluation => {
  const steps = drainingTank({
    shape: { kind: 'vertical-cylinder', diameter: numberOf(inputs, 'tank_diameter') }, liquidHeight: numberOf(inputs, 'initial_liquid_height'), holeHeight: optionalNumber(inputs, 'hole_height') ?? 0,
    density: numberOf(inputs, 'density'), overpressure: optionalNumber(inputs, 'overpressure') ?? 0,
  }, { area: holeArea(numberOf(inputs, 'hole_diameter')), dischargeCoefficient: numberOf(inputs, 'Cd') }, numbersOf(inputs, 'times'));
  return evaluated({ rate: steps.map((step) => step.rate), cumulative: steps.map((step) => step.released) });
};

const denseGas = (reference: ReferenceCase): Evaluation => {
  const { inputs, expected } = reference;
  if ('Cm_over_C0' in inputs) {
    const kind = /puff|instantaneous/.test(words(reference)) ? 'instantaneous' : 'continuous';
    const ratios = numbersOf(inputs, 'Cm_over_C0');
    const rows = numbersOf(inputs, 'alpha').map((alpha) => ratios.map((ratio) => britterMcQuaidBeta(kind, alpha, ratio)));
    return evaluated({ beta: rows });
  }
  if ('liquid_rate' in inputs) {
    const density = numberOf(inputs, 'vapour_density');
    const source = { amount: (numberOf(inputs, 'liquid_rate') * numberOf(inputs, 'liquid_density')) / density, density, temperature: numberOf(inputs, 'T_release') };
    const wind = numberOf(inputs, 'u10');
    const limit = numberOf(inputs, 'LFL');
    const air = (temperature: number) => ({ windSpeed: wind, temperature, pressure: optionalNumber(inputs, 'pressure') ?? 101325 });
    const ambient = numberOf(inputs, 'T_ambient');
    // Some quantities are asked at another temperature of the air or at a distance, both named in their key.
    const got = Object.keys(expected).flatMap((key) => {
      const temperature = Number(/(?:T_ambient_|at_)(\d{3}(?:\.\d+)?)(?!_m)$/.exec(key)?.[1] ?? ambient);
      const distance = /concentration_at_(\d+(?:\.\d+)?)_m/.exec(key)?.[1];
      if (distance !== undefined) return [[key, britterMcQuaidFraction('continuous', source, air(ambient), Number(distance))] as const];
      if (key.startsWith('distance_to_LFL')) return [[key, britterMcQuaidDistance('continuous', source, air(temperature), limit)] as const];
      return key.startsWith('alpha') ? [[key, britterMcQuaidScale('continuous', source, air(temperature)).alpha] as const] : [];
    });
    return evaluated(Object.fromEntries(got));
  }
  return unsupported('no dense-gas release that the engine can be given');
};

/** Names that files use for substances. */
const aliases: Readonly<Record<string, string>> = { NH3: 'ammonia', Cl2: 'chlorine', H2S: 'hydrogen-sulphide', SO2: 'sulphur-dioxide', HF: 'hydrogen-fluoride', HCl: 'hydrogen-chloride', CO: 'carbon-monoxide', HCN: 'hydrogen-cyanide', COCl2: 'phosgene', H2: 'hydrogen', CH4: 'methane', C2H4: 'ethylene', C2H4O: 'ethylene-oxide', EO: 'ethylene-oxide', NO2: 'nitrogen-dioxide', PH3: 'phosphine', Br2: 'bromine', MIC: 'methyl-isocyanate', LNG: 'methane', LPG: 'lpg' };

export const substanceNamed = (name: string): string => aliases[name] ?? name.toLowerCase().replaceAll(' ', '-').replace('sulfide', 'sulphide').replace('sulfur', 'sulphur');

const endpoint = ({ inputs, expected }: ReferenceCase): Evaluation => {
  const minutes = (optionalNumber(inputs, 'exposure') ?? 3600) / 60;
  const got: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(expected)) {
    const id = substanceNamed(name);
    const pure = isConsequenceSubstance(id) ? substanceOf(id) : null;
    const other = otherSubstances[id];
    const identity = pure === null ? other : { cas: pure.cas, molarMass: pure.molarMass, limits: pure.fire === undefined ? null : ([pure.fire.lower, pure.fire.upper] as const) };
    const limits = identity === undefined ? null : (identity.limits?.map(percent) ?? [null, null]);
    if (!isRecord(entry) || 'value' in entry) {
      if (limits !== null) got[name] = limits;
      continue;
    }
    const known: Record<string, unknown> = id in toxicEndpoints
      ? { IDLH: toxicEndpoints[id]!.idlh, 'AEGL-1': aegl(id, 1, minutes), 'AEGL-2': aegl(id, 2, minutes), 'AEGL-3': aegl(id, 3, minutes) }
      : {};
    // The engine's table has more figures than the two decimals that cases print of molar masses.
    if (identity !== undefined) Object.assign(known, { cas: identity.cas, M: Math.round(identity.molarMass * 1e5) / 100 });
    if (limits !== null) Object.assign(known, { LEL: limits[0], UEL: limits[1] });
    got[name] = known;
  }
  return Object.keys(got).length === 0 ? unsupported('the engine has none of these substances') : evaluated(got);
};

const percent = (fraction: number): number => Number((100 * fraction).toPrecision(10));

export const dispersionAdapters: readonly CaseAdapter[] = [
  {
    kinds: ['formula'],
    evaluate: (reference) => {
      if ('u_ref' in reference.inputs) return windProfile(reference);
      const set = spreadSet(reference);
      return set === null ? unsupported('the case names no published set of curves that the engine has') : spreads(reference, set);
    },
  },
  { kinds: ['gaussian-plume'], evaluate: plume },
  { kinds: ['gaussian-puff'], evaluate: puff },
  { kinds: ['source-term'], evaluate: sourceTerm },
  { kinds: ['toxic-endpoint'], evaluate: endpoint },
];

export { denseGas };
