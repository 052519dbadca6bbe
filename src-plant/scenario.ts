import { z } from 'zod';
import { SubstanceId } from '../src-shared/plant/index.ts';

/** A scenario file, `format: anlan.scenario/1`: how the plant stands at the start and what happens to it, in seconds of the plant's own time. */
const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const LocalText = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const At = z.number().nonnegative();
const Duration = z.number().positive();

export const ScenarioEvent = z.discriminatedUnion('do', [
  /** A leak grows over `rampS` to `kgPerS` at the vessel's present pressure, and lasts `forS` (for good without it). */
  z.strictObject({ at: At, do: z.literal('leak'), equipment: Id, substance: SubstanceId, kgPerS: z.number().positive(), rampS: z.number().nonnegative().default(0), forS: Duration.optional(), height: z.number().min(0).max(60).default(1), /** Metres from the equipment's centre, east and north. */ offset: z.tuple([z.number(), z.number()]).default([0, 0]) }),
  /** The mean wind turns to `direction` (from, degrees) and `speed` (m/s) over `overS`. */
  z.strictObject({ at: At, do: z.literal('wind'), direction: z.number().min(0).max(360).optional(), speed: z.number().min(0).max(40).optional(), overS: z.number().nonnegative().default(20) }),
  /** A fire of a liquid surface, m², growing over `rampS`. */
  z.strictObject({ at: At, do: z.literal('fire'), equipment: Id, area: z.number().positive(), rampS: z.number().nonnegative().default(30), forS: Duration.optional() }),
  /** Liquid runs into a tank that nobody stops. */
  z.strictObject({ at: At, do: z.literal('fill'), equipment: Id, kgPerS: z.number().positive(), forS: Duration.optional() }),
  /** Hours of running per second for a machine (all six without `equipment`). */
  z.strictObject({ at: At, do: z.literal('wear'), equipment: Id.optional(), hoursPerS: z.number().positive() }),
  /** A heat exchanger fouls over `overS` to `share` of what makes a cleaning due: less heat passes, the pressure drop grows. */
  z.strictObject({ at: At, do: z.literal('foul'), equipment: Id, share: z.number().positive().max(1), overS: Duration }),
  /** The grid voltage falls to `to` (share of rated) for `forS`; motors drop out. */
  z.strictObject({ at: At, do: z.literal('power-dip'), to: z.number().min(0).max(1), forS: Duration }),
  /** Motors are started again, one unit after another. */
  z.strictObject({ at: At, do: z.literal('restart'), overS: z.number().nonnegative().default(60) }),
  /** One instrument sticks at its value or reports bad quality. */
  z.strictObject({ at: At, do: z.literal('instrument'), tag: Id, fault: z.enum(['stuck', 'bad']), forS: Duration.optional() }),
  /** A camera's analytics report something, again every `everyS`. */
  z.strictObject({ at: At, do: z.literal('camera'), camera: Id, kind: z.enum(['no-helmet', 'no-vest', 'intrusion', 'fire', 'smoke', 'fall']), confidence: z.number().min(0).max(1), person: Id.optional(), forS: Duration.default(10), everyS: Duration.default(2) }),
  /** A camera shows another of its loops of pictures, as `assets/cameras` has them. */
  z.strictObject({ at: At, do: z.literal('show'), camera: Id, loop: Id, forS: Duration }),
  /** A camera's connection is cut and takes no new one. */
  z.strictObject({ at: At, do: z.literal('cut'), camera: Id, forS: Duration }),
  /** A person goes to a place and stays there. */
  z.strictObject({ at: At, do: z.literal('send'), person: Id, to: z.tuple([z.number(), z.number()]), forS: Duration.default(120) }),
  /** The site siren: everyone walks to a muster point, after a moment of their own of up to `withinS`. */
  z.strictObject({ at: At, do: z.literal('evacuate'), zones: z.array(Id).optional(), withinS: z.number().nonnegative().default(30) }),
  /** A server closes its connections and takes no new ones. */
  z.strictObject({ at: At, do: z.literal('drop'), link: z.enum(['mqtt', 'opcua']), forS: Duration }),
  /** A link stays up and says nothing. */
  z.strictObject({ at: At, do: z.literal('silence'), link: z.enum(['field', 'sparkplug', 'opcua']), forS: Duration }),
]);
export type ScenarioEvent = z.infer<typeof ScenarioEvent>;
export type EventOf<Kind extends ScenarioEvent['do']> = Extract<ScenarioEvent, { do: Kind }>;

export const Scenario = z.strictObject({
  format: z.literal('anlan.scenario/1'),
  id: Id,
  title: LocalText,
  /** What an operator should see, for people and for tests. */
  expected: z.array(LocalText).default([]),
  /** Local hour of day at the start. */
  startHour: z.number().min(0).max(24).default(10),
  weather: z.strictObject({ wind: z.strictObject({ speed: z.number().min(0).max(40), direction: z.number().min(0).max(360) }), temperature: z.number().min(-40).max(50), humidity: z.number().min(0).max(100), cloud: z.number().min(0).max(100) }).prefault({ wind: { speed: 3.2, direction: 160 }, temperature: 21, humidity: 62, cloud: 35 }),
  /** Levels of tanks and vessels at the start, %. */
  levels: z.record(Id, z.number().min(0).max(100)).default({}),
  /** Share of people who neither hear the siren nor heed what their wearable tells them. */
  deafShare: z.number().min(0).max(1).default(0.04),
  events: z.array(ScenarioEvent).default([]),
});
export type Scenario = z.infer<typeof Scenario>;
