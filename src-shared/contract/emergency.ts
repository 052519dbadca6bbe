import { z } from 'zod';
import { SubstanceId } from '../plant/index.ts';
import { command, contract, Floats, Id, LocalText, PointXy, table, UtcMs } from './define.ts';

/** A danger contour: closed rings of alternating x, y in plant metres. `severity` 1 outer to 3 inner. */
export const HazardContour = z.object({ name: z.string(), severity: z.union([z.literal(1), z.literal(2), z.literal(3)]), level: z.number(), unit: z.string(), rings: z.array(Floats) });
export type HazardContour = z.infer<typeof HazardContour>;

export const Plume = z.object({
  at: UtcMs,
  model: z.string(),
  substance: SubstanceId,
  source: PointXy,
  sourceSpreadM: z.number(),
  rateKgS: z.object({ p10: z.number(), p50: z.number(), p90: z.number() }),
  wind: z.object({ speed: z.number(), fromDegrees: z.number() }),
  stability: z.string(),
  contours: z.array(HazardContour),
  /** Same endpoints if rate and model are at the high end of their uncertainty. */
  outer: z.array(HazardContour),
});
export type Plume = z.infer<typeof Plume>;

/** Everybody at one place who is sent the same way. */
export const EvacuationRoute = z.object({ id: Id, people: z.array(Id), muster: Id, /** Alternating x, y. */ path: Floats, /** Edges inside the danger contour that must be walked first to get out of it; empty for everybody who is outside. */ escapeEdges: z.array(Id), /** Edges walked after that; none of them was closed when the way was announced. */ edges: z.array(Id), lengthM: z.number(), /** Last arrival, seconds after `plannedAt`. */ arrivalS: z.number(), /** Worst person's toxic load as a fraction of the AEGL-2 load. */ dose: z.number(), replanned: z.number(),
  plannedAt: UtcMs,
  /** Of each of `people`: seconds after `plannedAt`, and load. */
  each: z.array(z.object({ arrivalS: z.number(), dose: z.number() })),
  /** A way that the danger reaches only later, which is why it may be used: the edge with the least to spare, when its last walker has passed it and when it closes at the earliest, seconds after `plannedAt`. */
  ahead: z.object({ edge: Id, passedS: z.number(), closesS: z.number() }).nullable(),
});
export type EvacuationRoute = z.infer<typeof EvacuationRoute>;
/**
 * Who is at a muster point by a position of the last 30 s. `silent`: those of the missing whose wearable says nothing, wherever they were last; `oldestS`: age of the oldest
 * position that counts as arrived, in steps of 5 s.
 */
export const MusterCount = z.object({ muster: Id, expected: z.number(), arrived: z.number(), missing: z.array(Id), silent: z.array(Id), oldestS: z.number(), usable: z.boolean() });
export type MusterCount = z.infer<typeof MusterCount>;

/** A way for rescuers from a fire station or a gate, outside every danger contour. */
export const RescueWay = z.object({ from: Id, name: LocalText, start: z.enum(['fire-station', 'gate']), /** Alternating x, y. */ path: Floats, lengthM: z.number() });
export type RescueWay = z.infer<typeof RescueWay>;
/** Where rescuers stand: outside every contour, those of the high end of the uncertainty included. `bearing` from the source, degrees clockwise from true north. */
export const RescueStand = z.object({ node: Id, position: PointXy, zone: z.string(), near: LocalText.nullable(), distanceM: z.number(), bearing: z.number(), side: z.enum(['upwind', 'crosswind', 'calm']), onFoot: z.boolean(), ways: z.array(RescueWay) });
export type RescueStand = z.infer<typeof RescueStand>;

/** How a way of leading people out goes: last arrival, sum of everybody's toxic load (AEGL-2 loads), and how many would walk into a greater danger than they stand in. */
export const WayPerformance = z.object({ arrivalS: z.number(), dose: z.number(), intoDanger: z.number() });

export const Emergency = z.object({
  id: Id,
  state: z.enum(['suspected', 'confirmed', 'stood-down']),
  kind: z.enum(['gas', 'fire']),
  title: LocalText,
  zone: z.string(),
  equipment: z.string().nullable(),
  since: UtcMs,
  confirmedAt: UtcMs.nullable(),
  confirmedBy: z.string().nullable(),
  updatedAt: UtcMs,
  plume: Plume.nullable(),
  /** Person ids inside the outer danger contour now, worst first. */
  inside: z.array(z.object({ person: Id, severity: z.union([z.literal(1), z.literal(2), z.literal(3)]) })),
  routes: z.array(EvacuationRoute),
  /** Persons for whom no way avoids the danger: shelter in place. */
  shelter: z.array(Id),
  muster: z.array(MusterCount),
  /** Edges of the walkway graph closed by the hazard now. */
  closedEdges: z.array(Id),
  /** Edges that are open still and that the hazard can have reached in so many seconds. */
  closingEdges: z.array(z.object({ edge: Id, inS: z.number() })),
  /** Edges that a person has reported impassable; nobody is led along them. */
  blockedEdges: z.array(Id),
  /** The plan that was announced last: `version` counts announcements, `at` is when, `told` who was told another way, or a first one. */
  planned: z.object({ version: z.number(), at: UtcMs, told: z.array(Id), reason: LocalText, computeMs: z.number(), nearestExit: WayPerformance, chosen: WayPerformance }).nullable(),
  /** Best first; empty where no place upwind or aside can be reached, null before the first assessment. */
  rescue: z.array(RescueStand).nullable(),
  /** What to do now, most urgent first, from the response plan of the substance. */
  actions: z.array(z.object({ id: Id, text: LocalText, done: z.boolean(), by: z.string().nullable(), at: UtcMs.nullable() })),
  incident: z.string().nullable(),
});
export type Emergency = z.infer<typeof Emergency>;

export const emergency = contract('emergency', {
  emergencies: table({ key: Id, keyOf: 'id', row: Emergency, delivery: 'latest' }),
  confirm: command({ input: z.strictObject({ id: Id }), output: z.strictObject({}), refusals: ['NotFound'], needs: 'emergency.command', emergency: true }),
  declare: command({ input: z.strictObject({ kind: z.enum(['gas', 'fire']), substance: SubstanceId, position: PointXy, rateKgS: z.number().positive().max(1_000) }), output: z.object({ id: Id }), refusals: ['OutsideSite'], needs: 'emergency.command', emergency: true }),
  order: command({ input: z.strictObject({ id: Id, action: Id }), output: z.strictObject({}), refusals: ['NotFound'], needs: 'emergency.command', emergency: true }),
  /** Says that a way is impassable, or passable again. */
  blockWay: command({ input: z.strictObject({ id: Id, edge: Id, blocked: z.boolean() }), output: z.strictObject({}), refusals: ['NotFound'], needs: 'emergency.command', emergency: true }),
  standDown: command({ input: z.strictObject({ id: Id, reason: z.string().min(1).max(500) }), output: z.strictObject({}), refusals: ['NotFound'], needs: 'emergency.command' }),
});
