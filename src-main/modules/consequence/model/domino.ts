import { probitShare } from './harm.ts';

/** Vessels as escalation models tell them apart. */
export type VesselKind = 'atmospheric' | 'pressurised' | 'elongated' | 'small';

/** Escalation thresholds of Cozzani, Gubinelli & Salzano 2006 (J. Hazard. Mater. 129:1): steady heat W/m², overpressure Pa. */
export const escalationThresholds: Readonly<Record<VesselKind, { readonly heat: number; readonly overpressure: number }>> = {
  atmospheric: { heat: 15000, overpressure: 22000 },
  pressurised: { heat: 45000, overpressure: 16000 },
  elongated: { heat: 37500, overpressure: 31000 },
  small: { heat: 45000, overpressure: 37000 },
};

/** ln(time to failure/s) of an unprotected vessel under heat I kW/m² and volume V m³ (Landucci et al. 2009; Cozzani 2005). */
export const timeToFailure = (kind: 'atmospheric' | 'pressurised', heat: number, volume: number): number => {
  const kilowatts = heat / 1000;
  return kind === 'atmospheric'
    ? Math.exp(-1.128 * Math.log(kilowatts) - 2.667e-5 * volume + 9.877)
    : Math.exp(-0.947 * Math.log(kilowatts) + 8.835 * volume ** 0.032);
};

/**
 * Probability that heat makes a vessel fail before it is cooled: probit 9.25 − 1.85 ln(ttf/min) (Landucci et al. 2009: nine in ten are lost when they hold five minutes, one in ten when
 * they hold twenty); none below the threshold.
 */
export const heatEscalation = (kind: 'atmospheric' | 'pressurised', heat: number, volume: number): number => {
  if (heat < escalationThresholds[kind].heat) return 0;
  return failsBeforeCooled(timeToFailure(kind, heat, volume));
};

/** The same probit for a vessel that holds so many seconds. */
export const failsBeforeCooled = (seconds: number): number => probitShare(9.25 - 1.85 * Math.log(seconds / 60));

const blastProbits: Readonly<Record<VesselKind, readonly [number, number]>> = { atmospheric: [-18.96, 2.44], pressurised: [-42.44, 4.33], elongated: [-28.07, 3.16], small: [-17.79, 2.18] };

/** Probability that blast breaks a vessel (Cozzani & Salzano 2004): probit k1 + k2 ln(ΔP/Pa); none below the threshold. */
export const blastEscalation = (kind: VesselKind, overpressure: number): number => {
  if (overpressure < escalationThresholds[kind].overpressure) return 0;
  const [k1, k2] = blastProbits[kind];
  return probitShare(k1 + k2 * Math.log(overpressure));
};
