import { Quality } from '../../../../src-shared/kernel/index.ts';

const NAMES: Readonly<Record<string, number>> = { good: Quality.good, ok: Quality.good, uncertain: Quality.uncertain, bad: Quality.bad, stale: Quality.stale, manual: Quality.manual, simulated: Quality.simulated };

export type QualityCodes = 'opc-classic' | 'opc-ua';

/**
 * Quality byte of what a JSON payload says: a word, true/false, an OPC Classic byte (192–255 good, 64–191 uncertain, below
 * bad) or an OPC UA StatusCode. Nothing said is good; what cannot be read is uncertain.
 */
export const readQuality = (raw: unknown, codes: QualityCodes): number => {
  if (raw === undefined || raw === null) return Quality.good;
  if (typeof raw === 'string') return NAMES[raw.toLowerCase()] ?? Quality.uncertain;
  if (typeof raw === 'boolean') return raw ? Quality.good : Quality.bad;
  if (typeof raw !== 'number' || !(raw >= 0)) return Quality.uncertain;
  if (codes === 'opc-ua') return fromStatusCode(raw);
  return raw >= 192 ? Quality.good : raw >= 64 ? Quality.uncertain : Quality.bad;
};

/** IEC 62541-4 §7.39: severity in the top two bits, 00 good, 01 uncertain, 10 and 11 bad. */
export const fromStatusCode = (code: number): number => {
  const severity = code >>> 30;
  return severity === 0 ? Quality.good : severity === 1 ? Quality.uncertain : Quality.bad;
};
