/** The level that a person's danger is judged by: 1 felt, 2 injury or half the flammable limit, 3 life or the flammable limit. */
export type SeverityLevel = { readonly severity: 1 | 2 | 3; readonly name: string; readonly level: number; readonly unit: 'ppm' | 'kW/m2' };
/** A substance's endpoint, e.g. `AEGL-2` or `½ LFL`, in ppm. */
export type Endpoint = { readonly name: string; readonly ppm: number };

/**
 * Three levels from a substance's endpoints, inner first: at each severity whichever of the toxic and the flammable endpoint reaches farther.
 * A substance without AEGL-1 gets a fifth of the flammable limit as its outer level (the usual alarm point of a LEL detector).
 */
export const gasLevels = (endpoints: readonly Endpoint[]): readonly SeverityLevel[] => {
  const ppm = (name: string): number => endpoints.find((endpoint) => endpoint.name === name)?.ppm ?? Infinity;
  const lower = (severity: 1 | 2 | 3, names: readonly Endpoint[]): SeverityLevel => {
    const least = names.reduce((a, b) => (b.ppm < a.ppm ? b : a));
    return { severity, name: least.name, level: least.ppm, unit: 'ppm' };
  };
  const named = (name: string): Endpoint => ({ name, ppm: ppm(name) });
  const candidates = [
    lower(3, [named('AEGL-3'), named('LFL')]),
    lower(2, [named('AEGL-2'), named('½ LFL')]),
    lower(1, [named('AEGL-1'), { name: '20 % LFL', ppm: ppm('AEGL-1') === Infinity ? 0.2 * ppm('LFL') : Infinity }]),
  ];
  return candidates.filter((level) => Number.isFinite(level.level));
};

/**
 * Thermal radiation, kW/m²: 12.5 kills within a minute or so and lights wood with a pilot flame, 4.7 pains within 15–20 s
 * (the usual limit for escape in protective clothing), 1.6 can be borne. API 521; CPR 16E.
 */
export const fireLevels: readonly SeverityLevel[] = [
  { severity: 3, name: '12.5 kW/m²', level: 12.5, unit: 'kW/m2' },
  { severity: 2, name: '4.7 kW/m²', level: 4.7, unit: 'kW/m2' },
  { severity: 1, name: '1.6 kW/m²', level: 1.6, unit: 'kW/m2' },
];

/** Exponent n of the toxic load ∫Cⁿ dt: CPR 18E table 5.2 where it has one, else 1 (Haber's rule). */
const loadExponents: Readonly<Record<string, number>> = { ammonia: 2, chlorine: 2.75, 'hydrogen-sulphide': 1.9 };

/** Seconds for which the middle level is borne before its load is reached: AEGL are taken for one hour. */
const REFERENCE_SECONDS = 3_600;

/** Toxic load gained per second at a concentration, as a fraction of the load of one hour at the middle level. */
export const toxicLoadRate = (substance: string, ppm: number, middle: number): number => (ppm <= 0 ? 0 : (ppm / middle) ** (loadExponents[substance] ?? 1) / REFERENCE_SECONDS);

/** How many loads of the middle level the inner level's hour is. */
export const innerLoad = (substance: string, levels: readonly SeverityLevel[]): number => {
  const [inner, middle] = [3, 2].map((severity) => levels.find((level) => level.severity === severity)?.level ?? 1) as [number, number];
  return (inner / middle) ** (loadExponents[substance] ?? 1);
};

/** Thermal load gained per second, as a fraction of 290 (kW/m²)^4/3 s, at which skin blisters (CPR 16E; Hymes). */
export const thermalLoadRate = (kWm2: number): number => (kWm2 <= 0 ? 0 : kWm2 ** (4 / 3) / 290);
