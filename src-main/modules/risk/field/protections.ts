import { escalationThresholds, failsBeforeCooled, timeToFailure } from '../../consequence/index.ts';
import type { Protections } from '../../../../src-shared/plant/index.ts';

const protectionKinds = ['deluge', 'fireproofing', 'relief', 'isolation', 'depressurising'] as const;
type ProtectionKind = (typeof protectionKinds)[number];
/** Chance that each protection fails when it is called for; 1: nothing is credited. */
export type FailureOnDemand = Readonly<Record<ProtectionKind, number>>;
/** One protection as it is now. `why`: its supply is out, or its inspection is late; null: as designed. */
export type ProtectionState = { readonly kind: ProtectionKind; readonly failsOnDemand: number; readonly why: 'supply' | 'inspection' | 'rate' | null; /** The tags that read too low or too high, or nothing usable. */ readonly tags: readonly string[] };

/**
 * Failure on demand of Landucci, Argenti, Tugnoli & Cozzani 2015 (Reliab. Eng. Syst. Saf. 143:30), from memory: water deluge 4.33e-2, fireproofing 1e-3, pressure relief 1e-2. Shut-off from afar 1e-2
 * (CPR 18E, remote-controlled blocking systems). No value is known to the authors for depressurising: the worst of SIL 1 (IEC 61508) is taken.
 */
const DESIGNED: FailureOnDemand = { deluge: 4.33e-2, fireproofing: 1e-3, relief: 1e-2, isolation: 1e-2, depressurising: 1e-1 };
/** Proof tests a year apart: what has the mean λT/2 over the interval has λt after it, t since the last test (IEC 61508-6 annex B). */
const TEST_INTERVAL_DAYS = 365;
/** Less water than this is no credited deluge, L/(min·m²) (GB 50160-2008: §8.10 liquefied ammonia, table 8.4.5 tanks beside a fire). */
const LEAST_WATER = { pressurised: 6, atmospheric: 2 } as const;

/**
 * The protections of a vessel as they are now. A supply is out when no tag of it reads what it must; a tag that has never been heard of says nothing, one whose value cannot be used
 * counts as out. `overdueDays`: of an inspection of the vessel, 0 for none.
 */
export const protectionStates = (has: Protections, now: { readonly heat: 'atmospheric' | 'pressurised'; readonly read: (tag: string) => number | 'unusable' | undefined; readonly overdueDays: number }): readonly ProtectionState[] =>
  protectionKinds.flatMap((kind): ProtectionState[] => {
    const protection = has[kind];
    if (protection === undefined) return [];
    const designed = { kind, failsOnDemand: DESIGNED[kind], why: null, tags: [] };
    if (kind === 'deluge' && has.deluge!.rateLMinM2 < LEAST_WATER[now.heat]) return [{ ...designed, failsOnDemand: 1, why: 'rate' }];
    const out = ('supply' in protection ? protection.supply : []).filter(({ anyOf, atLeast = -Infinity, atMost = Infinity }) =>
      !anyOf.some((tag) => {
        const value = now.read(tag);
        return value === undefined || (value !== 'unusable' && value >= atLeast && value <= atMost);
      }),
    );
    if (out.length > 0) return [{ ...designed, failsOnDemand: 1, why: 'supply', tags: out.flatMap(({ anyOf }) => anyOf) }];
    if (now.overdueDays <= 0) return [designed];
    return [{ ...designed, failsOnDemand: Math.min(1, 2 * DESIGNED[kind] * (1 + now.overdueDays / TEST_INTERVAL_DAYS)), why: 'inspection' }];
  });

export const UNPROTECTED: FailureOnDemand = { deluge: 1, fireproofing: 1, relief: 1, isolation: 1, depressurising: 1 };
export const failuresOf = (states: readonly ProtectionState[]): FailureOnDemand => ({ ...UNPROTECTED, ...Object.fromEntries(states.map(({ kind, failsOnDemand }) => [kind, failsOnDemand])) });

/** Of the heat that is radiated onto a wetted wall this share is kept off (from memory of the same authors 2017; NFPA 15 and API 2510A trust a full film to keep a shell below 100 °C, which would be more). */
const KEPT_OFF = 0.5;

/** A vessel whose relief valve sticks is counted as lost in a fire of so long, s. */
const HOLDS_AT_LEAST = 300;

export type Exposed = {
  readonly heat: 'atmospheric' | 'pressurised';
  readonly volumeM3: number;
  readonly has: Protections;
  readonly fails: FailureOnDemand;
  /** W/m² at its wall and whether the flame strikes it: a jet drives the water off (Roberts 2004), and its wall is credited with none. */
  readonly flux: number;
  readonly isStruck: boolean;
  /** The fire goes out after so long, s. */
  readonly lastsS: number;
};

/**
 * Chance that a fire breaks a vessel with its protections, each working or not: the gates of Landucci et al. 2015. Deluge halves what is radiated; fireproofing adds its rating to the time to failure;
 * depressurised vessels hold once they are empty of pressure. The times to failure are those of vessels whose relief valve opens (Landucci et al. 2009), so that relief is no further credit: where it is stated
 * and fails, the heated vessel fails.
 */
export const protectedChance = ({ heat, volumeM3, has, fails, flux, isStruck, lastsS }: Exposed): number => {
  const threshold = escalationThresholds[heat].heat;
  const one = (reaching: number, heldS: number, emptyAfterS: number): number => {
    if (reaching < threshold) return 0;
    const after = timeToFailure(heat, reaching, volumeM3) + heldS;
    if (after > lastsS || after > emptyAfterS) return 0;
    return failsBeforeCooled(after);
  };
  const either = (failure: number, working: number, failing: number): number => (failure >= 1 ? failing : (1 - failure) * working + failure * failing);
  const heldS = 60 * (has.fireproofing?.minutes ?? 0);
  const emptyAfterS = 60 * (has.depressurising?.minutes ?? Infinity);
  const under = (reaching: number): number => {
    const relieved = either(fails.fireproofing, either(fails.depressurising, one(reaching, heldS, emptyAfterS), one(reaching, heldS, Infinity)), either(fails.depressurising, one(reaching, 0, emptyAfterS), one(reaching, 0, Infinity)));
    return has.relief === undefined || reaching < threshold || lastsS < HOLDS_AT_LEAST ? relieved : (1 - fails.relief) * relieved + fails.relief;
  };
  return isStruck ? under(flux) : either(fails.deluge, under((1 - KEPT_OFF) * flux), under(flux));
};
