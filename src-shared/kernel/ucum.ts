/**
 * The Unified Code for Units of Measure (UCUM 2.1, case sensitive) as far as a process plant needs it: the grammar of terms (§2), metric prefixes, the base
 * units and the derived, customary and arbitrary ones that instruments carry. A code outside this table is unknown here, not wrong in itself.
 */
export type Unit = {
  /** A value times `factor` plus `offset` is SI (radian for angles, 1 for ratios). */
  readonly factor: number;
  readonly offset: number;
  /** Exponents of m, s, g, K, A, mol, cd, rad and of arbitrary units, as a key: units convert into each other when it is the same. */
  readonly dimension: string;
};

const PREFIXES: Readonly<Record<string, number>> = { Y: 1e24, Z: 1e21, E: 1e18, P: 1e15, T: 1e12, G: 1e9, M: 1e6, k: 1e3, h: 1e2, da: 1e1, d: 1e-1, c: 1e-2, m: 1e-3, u: 1e-6, n: 1e-9, p: 1e-12, f: 1e-15, a: 1e-18 };

/** `metric` units take a prefix. `of` is a term of units above it; without one the unit is a base of its own. */
type Atom = { readonly metric: boolean; readonly factor: number; readonly offset?: number; readonly of: string | null };
const metric = (factor: number, of: string | null): Atom => ({ metric: true, factor, of });
const plain = (factor: number, of: string | null, offset = 0): Atom => ({ metric: false, factor, of, offset });

const ATOMS: Readonly<Record<string, Atom>> = {
  m: metric(1, null), s: metric(1, null), g: metric(1, null), K: metric(1, null), A: metric(1, null), mol: metric(1, null), cd: metric(1, null), rad: metric(1, null),
  N: metric(1e3, 'g.m/s2'), Pa: metric(1, 'N/m2'), J: metric(1, 'N.m'), W: metric(1, 'J/s'), Hz: metric(1, 's-1'), C: metric(1, 'A.s'), V: metric(1, 'J/C'), Ohm: metric(1, 'V/A'), S: metric(1, 'A/V'), F: metric(1, 'C/V'), Wb: metric(1, 'V.s'), T: metric(1, 'Wb/m2'), H: metric(1, 'Wb/A'), lm: metric(1, 'cd.sr'), lx: metric(1, 'lm/m2'), Bq: metric(1, 's-1'), Gy: metric(1, 'J/kg'), Sv: metric(1, 'J/kg'), sr: metric(1, 'rad2'), kat: metric(1, 'mol/s'),
  L: metric(1e-3, 'm3'), l: metric(1e-3, 'm3'), t: metric(1e6, 'g'), bar: metric(1e5, 'Pa'), ar: metric(100, 'm2'), eV: metric(1.602176634e-19, 'J'), cal: metric(4.184, 'J'), 'cal_IT': metric(4.1868, 'J'), 'm[H2O]': metric(9806.65, 'Pa'), 'm[Hg]': metric(133322, 'Pa'), P: metric(0.1, 'Pa.s'), St: metric(1e-4, 'm2/s'), dyn: metric(1e-5, 'N'), erg: metric(1e-7, 'J'), Bi: metric(10, 'A'), Ci: metric(3.7e10, 'Bq'),
  min: plain(60, 's'), h: plain(3_600, 's'), d: plain(86_400, 's'), wk: plain(604_800, 's'), mo: plain(2_629_800, 's'), a: plain(31_557_600, 's'), har: plain(1e4, 'm2'), deg: plain(Math.PI / 180, 'rad'), "'": plain(Math.PI / 10_800, 'rad'), "''": plain(Math.PI / 648_000, 'rad'), gon: plain(Math.PI / 200, 'rad'), circ: plain(2 * Math.PI, 'rad'),
  Cel: { metric: true, factor: 1, offset: 273.15, of: 'K' }, '[degF]': plain(5 / 9, 'K', 459.67 * (5 / 9)), '[degRe]': plain(1.25, 'K', 273.15), '[degR]': plain(5 / 9, 'K'),
  '%': plain(0.01, '1'), '[ppth]': plain(1e-3, '1'), '[ppm]': plain(1e-6, '1'), '[ppb]': plain(1e-9, '1'), '[pptr]': plain(1e-12, '1'), '10*': plain(10, '1'), '10^': plain(10, '1'), '[pi]': plain(Math.PI, '1'), '[pH]': plain(1, null), B: metric(1, null), 'B[SPL]': metric(1, null), bit: plain(1, '1'), By: metric(8, '1'), Np: metric(1, null), '[NTU]': plain(1, null), '[iU]': metric(1, null), '[arb\'U]': plain(1, null),
  atm: plain(101_325, 'Pa'), att: plain(98_066.5, 'Pa'), '[psi]': plain(6_894.757293168, 'Pa'), gf: metric(9.80665e-3, 'N'), '[g]': metric(9.80665, 'm/s2'), '[lbf_av]': plain(4.4482216152605, 'N'), '[lb_av]': plain(453.59237, 'g'), '[oz_av]': plain(28.349523125, 'g'), '[in_i]': plain(0.0254, 'm'), '[ft_i]': plain(0.3048, 'm'), '[yd_i]': plain(0.9144, 'm'), '[mi_i]': plain(1_609.344, 'm'), '[nmi_i]': plain(1_852, 'm'), '[kn_i]': plain(1_852 / 3_600, 'm/s'), '[gal_us]': plain(3.785411784e-3, 'm3'), '[gal_br]': plain(4.54609e-3, 'm3'), '[bbl_us]': plain(0.158987294928, 'm3'), '[cft_i]': plain(0.028316846592, 'm3'), '[Btu_IT]': plain(1_055.05585262, 'J'), '[Btu]': plain(1_055.05585262, 'J'), '[HP]': plain(745.69987158227, 'W'), '[in_i\'H2O]': plain(249.08891, 'Pa'), '[in_i\'Hg]': plain(3_386.3788, 'Pa'),
};

const known = new Map<string, Unit | null>();
/** A term longer than this is no unit; and no more than this many different ones are remembered. */
const LONGEST = 64;
const REMEMBERED = 2_000;

/** The unit behind a UCUM code; null when it is none. */
export const unitOf = (code: string): Unit | null => {
  const found = known.get(code);
  if (found !== undefined) return found;
  const unit = code.length === 0 || code.length > LONGEST || !/^[\x21-\x7e]+$/.test(code) ? null : parseTerm(code);
  if (known.size < REMEMBERED) known.set(code, unit);
  return unit;
};

/** A value of one unit in another; null when either is unknown or they measure different things. */
export const convert = (value: number, from: string, to: string): number | null => {
  const [source, target] = [unitOf(from), unitOf(to)];
  if (source === null || target === null || source.dimension !== target.dimension) return null;
  return source === target ? value : (value * source.factor + source.offset - target.offset) / target.factor;
};

/** What people write for units on drawings and in lists, in UCUM. */
const WRITTEN: readonly (readonly [RegExp, string])[] = [
  [/^(°C|℃|deg\s?C|摄氏度|C°)$/i, 'Cel'], [/^(°F|℉)$/i, '[degF]'], [/^(°|度|º)$/, 'deg'], [/^ppm(v|m)?$/i, '[ppm]'], [/^ppb$/i, '[ppb]'], [/^pH$/i, '[pH]'], [/^NTU$/i, '[NTU]'], [/^(r|rev|转)\/(min|分)$/i, '/min'], [/^rpm$/i, '/min'], [/^(-|无|无量纲|none)$/i, '1'], [/^psi(g|a)?$/i, '[psi]'], [/^kgf\/cm2$/i, 'kgf/cm2'], [/^hr$/i, 'h'], [/^(%LEL|LEL%|%\s*LEL|%RH|RH%|%VOL|VOL%|％)$/i, '%'], [/^mmH2O$/i, 'mm[H2O]'], [/^mmHg$/i, 'mm[Hg]'], [/^(Ω|Ohm)$/i, 'Ohm'], [/^dB$/i, 'dB'],
];

/** The UCUM code for a unit as people write it (`℃`, `m³/h`, `Nm3/h`, `ppm`), or the code itself; null when nothing fits. */
export const ucumFor = (written: string): string | null => {
  const plainText = written.normalize('NFKC').trim();
  const raw = written.trim();
  // Before the codes: nobody measures pH in picohenry.
  for (const [pattern, code] of WRITTEN) if (pattern.test(raw) || pattern.test(plainText)) return code;
  const folded = plainText.replaceAll(/[·•*×]/g, '.').replaceAll('μ', 'u').replaceAll('Ω', 'Ohm').replaceAll(/\s/g, '').replace(/^Nm3/, 'm3').replace(/°C/g, 'Cel').replace(/\/hr$/, '/h').replace(/\/sec$/, '/s');
  return unitOf(folded) === null ? null : folded;
};

type Parts = { factor: number; offset: number; readonly exponents: Map<string, number> };

/** §2.3: term = [ '/' ] component { ( '.' | '/' ) component }. Null on anything else. */
const parseTerm = (code: string): Unit | null => {
  let at = 0;
  const term = (depth: number): Parts | null => {
    const whole: Parts = { factor: 1, offset: 0, exponents: new Map() };
    let sign = 1;
    let count = 0;
    if (code[at] === '/') {
      sign = -1;
      at += 1;
    }
    for (;;) {
      const part = component(depth);
      if (part === null) return null;
      count += 1;
      // A temperature scale stands alone: times anything else it is a difference.
      whole.offset = count === 1 && sign === 1 ? part.offset : 0;
      whole.factor *= part.factor ** sign;
      for (const [base, exponent] of part.exponents) whole.exponents.set(base, (whole.exponents.get(base) ?? 0) + sign * exponent);
      const next = code[at];
      if (next !== '.' && next !== '/') return whole;
      sign = next === '.' ? 1 : -1;
      at += 1;
    }
  };
  const component = (depth: number): Parts | null => {
    if (code[at] === '(') {
      if (depth > 8) return null;
      at += 1;
      const inner = term(depth + 1);
      if (inner === null || code[at] !== ')') return null;
      at += 1;
      return inner;
    }
    const annotation = /^\{[^{}]*\}/.exec(code.slice(at))?.[0];
    if (annotation !== undefined) {
      at += annotation.length;
      return { factor: 1, offset: 0, exponents: new Map() };
    }
    const [simple] = /^((10[*^])|[1-9]\d*(?![*^])|(\[[^\]]*\]|[A-Za-z%'_])+)/.exec(code.slice(at)) ?? [];
    if (simple === undefined) return null;
    at += simple.length;
    const [exponentText] = /^[-+]?\d+/.exec(code.slice(at)) ?? [''];
    const power = exponentText === '' ? 1 : Number(exponentText);
    if (Math.abs(power) > 99) return null;
    at += exponentText.length;
    const after = /^\{[^{}]*\}/.exec(code.slice(at))?.[0] ?? '';
    at += after.length;
    const base = /^\d+$/.test(simple) ? { factor: Number(simple), offset: 0, exponents: new Map<string, number>() } : atomOf(simple);
    if (base === null) return null;
    return { factor: base.factor ** power, offset: power === 1 ? base.offset : 0, exponents: new Map([...base.exponents].map(([name, exponent]) => [name, exponent * power])) };
  };
  const whole = term(0);
  if (whole === null || at !== code.length || !Number.isFinite(whole.factor)) return null;
  const dimension = [...whole.exponents].filter(([, exponent]) => exponent !== 0).map(([base, exponent]) => `${base}${exponent}`).toSorted().join('.');
  return { factor: whole.factor, offset: whole.offset, dimension };
};

/** An atom, or a metric one with its prefix. */
const atomOf = (symbol: string): Parts | null => {
  const own = ATOMS[symbol];
  if (own !== undefined && Object.hasOwn(ATOMS, symbol)) return partsOf(symbol, own, 1);
  for (const length of [1, 2]) {
    const prefix = symbol.slice(0, length);
    const rest = symbol.slice(length);
    const atom = Object.hasOwn(ATOMS, rest) ? ATOMS[rest] : undefined;
    if (Object.hasOwn(PREFIXES, prefix) && atom?.metric === true) return partsOf(rest, atom, PREFIXES[prefix]!);
  }
  return null;
};

const partsOf = (symbol: string, { factor, offset = 0, of }: Atom, prefix: number): Parts => {
  if (of === null) return { factor: factor * prefix, offset, exponents: new Map([[symbol, 1]]) };
  const base = of === '1' ? { factor: 1, dimension: '' } : unitOf(of);
  if (base === null) throw new Error(`ucum: ${symbol} is defined by ${of}, which is no unit`);
  const exponents = new Map(base.dimension === '' ? [] : base.dimension.split('.').map((part): [string, number] => [part.replace(/-?\d+$/, ''), Number(/-?\d+$/.exec(part)?.[0])]));
  return { factor: factor * prefix * base.factor, offset, exponents };
};

const UNIT_WORDS: Readonly<Record<string, string>> = { '1': '', Cel: '°C', '[ppm]': 'ppm', 'm3/h': 'm³/h', m3: 'm³', m2: 'm²', 'Nm3/h': 'Nm³/h', 'kg/m3': 'kg/m³', 'W/m2': 'W/m²', deg: '°', '{rpm}': 'rpm', '/min': 'rpm', '1/min': 'rpm', '[degF]': '°F', um: 'µm' };

/** UCUM code to what stands on an instrument, part by part (`Cel/min` is °C/min); `1` (no unit) is empty. */
export const unitWord = (ucum: string): string => UNIT_WORDS[ucum] ?? ucum.split('/').map((part) => UNIT_WORDS[part] ?? part).join('/');

/** A value to three digits with its unit, as people write it in a sentence: `1000 ppm`, `0.0512 MPa`; `?` where there is no number. */
export const valueWord = (value: number, ucum: string): string => `${Number.isFinite(value) ? String(Number(value.toPrecision(3))) : '?'} ${unitWord(ucum)}`.trimEnd();
