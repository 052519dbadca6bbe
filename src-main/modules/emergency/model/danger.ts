import type { HazardContour } from '../../../../src-shared/contract/index.ts';
import type { SeverityLevel } from './levels.ts';

/** What an engine says about one danger: how strong it is at a point, drawn and as load. Plant metres. */
export type Danger = {
  readonly model: string;
  readonly x: number;
  readonly y: number;
  readonly levels: readonly SeverityLevel[];
  /** In the levels' unit. */
  at(x: number, y: number): number;
  /** Fraction of the reference load (that of severity 2) gained per second. */
  loadRateAt(x: number, y: number): number;
  /** Beyond this distance from the source nothing reaches the outer level, m. */
  readonly reach: number;
  /** Seconds from the release's beginning until it can be at a place at the earliest: a cloud drifts, light is there at once. */
  arrivalAt(x: number, y: number): number;
  /** By how much the strength may be greater at the high end of the uncertainty, a factor of at least 1. */
  readonly high: number;
  readonly contours: readonly HazardContour[];
  readonly outer: readonly HazardContour[];
};

/** Severity of a strength: 0 below the outer level. */
export const severityOf = (levels: readonly SeverityLevel[], strength: number): 0 | 1 | 2 | 3 => {
  let severity: 0 | 1 | 2 | 3 = 0;
  for (const level of levels) if (strength >= level.level && level.severity > severity) severity = level.severity;
  return severity;
};
