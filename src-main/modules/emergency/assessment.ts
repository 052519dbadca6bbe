import type { HazardContour } from '../../../src-shared/contract/index.ts';
import type { ConsequenceSubstance, DetectorReading, LeakCandidate, Terrain, Weather } from '../consequence/index.ts';

/** State of the gas as it leaves: K and mass fraction of droplets. */
export type ReleaseState = { readonly releaseTemperature?: number; readonly liquidFraction?: number };

export type GasInput = {
  readonly substance: ConsequenceSubstance;
  /** In the plant's own axes: `windFrom` clockwise from plant north. */
  readonly weather: Weather;
  /** Among structures (a roughness of 0.3 m and more) gas spreads by the urban curves. */
  readonly terrain: Terrain;
  /** The equipment in whose wake the gas mixes first, m; null in the open. */
  readonly wake: { readonly width: number; readonly height: number } | null;
  readonly readings: readonly DetectorReading[];
  /** Equipment that holds the substance, with the state in which it would leak; `weight` carries what earlier readings said. */
  readonly candidates: readonly (LeakCandidate & ReleaseState & { /** kg/s into the air at most. */ readonly mostKgS: number })[];
  /** What the last assessment made of earlier readings of the same leak. */
  readonly previous: SourceEstimate | null;
  /** A leak that a person declared: nothing is to be inferred. */
  readonly declared: { readonly x: number; readonly y: number; readonly rateKgS: number } | null;
};

/** Where it leaks and how much, kg/s. */
export type SourceEstimate = {
  readonly x: number;
  readonly y: number;
  readonly spreadM: number;
  readonly rate: { readonly p10: number; readonly p50: number; readonly p90: number };
  /** The likeliest equipment, when it is likelier than not; and every candidate's share. */
  readonly equipment: string | null;
  readonly candidates: readonly { readonly id: string; readonly probability: number }[];
};

export type FireInput = {
  readonly substance: ConsequenceSubstance;
  readonly x: number;
  readonly y: number;
  readonly equipment: string | null;
  /** Diameter of the burning pool, m, and the height of its surface: the roof of a tank, else the ground. */
  readonly diameter: number;
  readonly baseZ: number;
  /** kg/s of a jet of what is held under pressure; null for a pool. */
  readonly jetKgS: number | null;
  readonly weather: Weather;
};

export type AssessInput = {
  readonly danger: ({ readonly kind: 'gas' } & GasInput) | ({ readonly kind: 'fire' } & FireInput);
  /** Where everybody on site is, plant metres. */
  readonly people: { readonly x: Float64Array; readonly y: Float64Array };
  /** Of those, who is to be led out whatever the danger says (1). */
  readonly always: Uint8Array;
  /** The ways that people have been sent, as edges in the order of walking to a muster point (index); `wayOf` says which of them each person goes, −1 for none. */
  readonly sent: { readonly ways: readonly { readonly edges: readonly string[]; readonly muster: number; /** It led out through the danger. */ readonly isEscape: boolean }[]; readonly wayOf: Int32Array };
  /** For how long the danger may have been spreading, s: as long as somebody noticed it, and a margin. */
  readonly ageS: number;
  /** Ways that were closed a short while ago: they stay closed, so that a wavering contour does not open and shut them. */
  readonly keptClosed: readonly string[];
  /** Edges that a person has reported impassable. */
  readonly blocked: readonly string[];
  /** Nodes of the standing points for rescuers so far: kept while they are nearly as good as others. */
  readonly standing: readonly string[];
};

export type RouteDraft = {
  readonly people: Int32Array;
  readonly muster: number;
  /** Alternating x, y. */
  readonly path: Float64Array<ArrayBuffer>;
  readonly escapeEdges: readonly string[];
  readonly edges: readonly string[];
  readonly lengthM: number;
  /** Of each person. */
  readonly arrivalS: Float64Array<ArrayBuffer>;
  readonly dose: Float64Array<ArrayBuffer>;
  /** The edge of the way that the danger closes soonest after the last of them has passed it; null where it never comes. */
  readonly ahead: { readonly edge: string; readonly passedS: number; readonly closesS: number } | null;
};

export type Assessment = {
  readonly source: SourceEstimate;
  readonly model: string;
  readonly contours: readonly HazardContour[];
  readonly outer: readonly HazardContour[];
  /** Severity where each person is, 0 to 3. */
  readonly severity: Uint8Array;
  /** Edges closed by the danger as it is now, all that are closed, those kept so included, and those that it will close, with the seconds until then. */
  readonly reached: readonly string[];
  readonly closedEdges: readonly string[];
  readonly closingEdges: readonly { readonly edge: string; readonly inS: number }[];
  readonly musterUsable: Uint8Array;
  /** Of those who keep no way that they were sent. */
  readonly routes: readonly RouteDraft[];
  readonly shelter: Int32Array;
  /** How soon each person must hear of a new way, if `routes` or `shelter` have one for them: 0 when others do, 1 with the next announcement, 2 at once. */
  readonly urgency: Uint8Array;
  readonly chosen: { readonly arrivalS: number; readonly dose: number; readonly intoDanger: number };
  readonly nearestExit: { readonly arrivalS: number; readonly dose: number; readonly intoDanger: number };
  readonly rescue: readonly RescueDraft[];
};

/** A standing point for rescuers with the ways to it; `bearing` from the source, degrees clockwise from plant north. */
export type RescueDraft = {
  readonly node: string;
  readonly x: number;
  readonly y: number;
  readonly distanceM: number;
  readonly bearing: number;
  readonly side: 'upwind' | 'crosswind' | 'calm';
  readonly onFoot: boolean;
  readonly ways: readonly { readonly from: string; readonly start: 'fire-station' | 'gate'; readonly path: Float64Array<ArrayBuffer>; readonly lengthM: number }[];
};
export type Unassessed = { readonly refused: string };
