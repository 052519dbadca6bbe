import { z } from 'zod';

/**
 * The plant model: everything static that the station knows of a plant (ISA-95 levels site, area, unit, equipment, tag).
 * One file per plant, JSON or YAML, `format: anlan.plant/1`. Metres from the site's south-west corner, x east, y north,
 * z up; angles in degrees; SI units unless a tag states its own (UCUM).
 */
const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, dot, dash and underscore, at most 64');
const LocalText = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const Metres = z.number().finite();
const PointXy = z.tuple([Metres, Metres]);
const PointXyz = z.tuple([Metres, Metres, Metres]);
const Ring = z.array(PointXy).min(3);

/** Four-colour grade of a zone or risk: 重大 红, 较大 橙, 一般 黄, 低 蓝. */
export const RiskGrade = z.enum(['major', 'considerable', 'general', 'low']);
export type RiskGrade = z.infer<typeof RiskGrade>;

export const SubstanceId = z.enum(['ammonia', 'chlorine', 'hydrogen-sulphide', 'methane', 'propane', 'butane', 'lpg', 'hydrogen', 'benzene', 'methanol', 'gasoline', 'nitrogen', 'water', 'steam', 'air', 'lube-oil']);
export type SubstanceId = z.infer<typeof SubstanceId>;

/** 1 urgent ■, 2 high ▲, 3 medium ▼, 4 low ◆. */
export const AlarmPriority = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type AlarmPriority = z.infer<typeof AlarmPriority>;

/** One alarm of the master alarm database (ISA-18.2 §6): what it is, what it means and what to do. */
export const AlarmSetting = z.strictObject({
  /**
   * IEC 62541-9: LOLO LO HI HIHI are exclusive limits of one tag; RATE is units per minute; DEVIATION is the distance from `setpoint`, either way;
   * COUNT: the value has risen to `limit` `times` times within `withinS`; DISCRETE alarms on the state `limit`.
   */
  kind: z.enum(['HIHI', 'HI', 'LO', 'LOLO', 'RATE', 'DEVIATION', 'COUNT', 'DISCRETE']),
  limit: z.number().finite(),
  deadband: z.number().nonnegative().default(0),
  onDelayS: z.number().nonnegative().default(0),
  offDelayS: z.number().nonnegative().default(0),
  priority: AlarmPriority,
  latched: z.boolean().default(false),
  /** COUNT: how often, within how many seconds. */
  times: z.int().min(2).max(1_000).optional(),
  withinS: z.number().positive().max(604_800).optional(),
  /** DEVIATION: the tag of the set point, in the same unit. */
  setpoint: Id.optional(),
  /** First-out group (IEC 62541-9 AlarmGroup): which of its alarms came first is kept until all are quiet. */
  group: z.string().min(1).max(40).optional(),
  /** Suppressed by design while the plant is in this state, e.g. `XS-201 = 0` or `out(K-201)`. */
  suppressWhen: z.string().min(1).max(200).optional(),
  /** Rationalisation (ISA-18.2 §9): what it protects, why its limit lies there, and when it was last reviewed (`2026-05-12`). */
  class: z.enum(['safety', 'environment', 'equipment', 'production']).optional(),
  basis: LocalText.optional(),
  reviewedOn: z.iso.date().optional(),
  message: LocalText.optional(),
  cause: LocalText.optional(),
  consequence: LocalText.optional(),
  action: LocalText.optional(),
  respondWithinS: z.number().positive().optional(),
});
export type AlarmSetting = z.infer<typeof AlarmSetting>;

export const TagKind = z.enum(['pressure', 'temperature', 'level', 'flow', 'vibration', 'speed', 'current', 'power', 'position', 'state', 'gas', 'flame', 'smoke', 'concentration', 'weather', 'count', 'other']);
export const Tag = z.strictObject({
  id: Id,
  name: LocalText,
  equipment: Id,
  kind: TagKind,
  /** UCUM code, e.g. `MPa`, `Cel`, `%`, `m3/h`, `mm/s`, `[ppm]`; `1` for none. */
  unit: z.string().min(1).max(16),
  /** EURange, IEC 62541-8. */
  range: z.tuple([z.number().finite(), z.number().finite()]),
  /** The band in which the value lies on a normal day. */
  normal: z.tuple([z.number().finite(), z.number().finite()]).optional(),
  decimals: z.int().min(0).max(6).default(2),
  /** For discrete tags: the words of each state, index = value. */
  states: z.array(LocalText).optional(),
  alarms: z.array(AlarmSetting).default([]),
});
export type Tag = z.infer<typeof Tag>;

/** A drawing, data sheet or procedure, by its address. */
export const PlantDocument = z.strictObject({ title: LocalText, href: z.string().max(1_000).regex(/^https?:\/\/\S+$/, 'a web address, http or https') });
export type PlantDocument = z.infer<typeof PlantDocument>;

/** What a protection needs to work: at least one of these tags reads no less than `atLeast` and no more than `atMost`. */
const Supply = z.strictObject({ anyOf: z.array(Id).min(1), atLeast: z.number().finite().optional(), atMost: z.number().finite().optional() });
/** What keeps a vessel whole in a fire beside it; credited in the risk field while it is supplied and inspected. */
export const Protections = z.strictObject({
  /** Fixed water spray over the shell, L/(min·m²) (GB 50160, GB 50219). `supply`: water at the valve, tanks, pumps; all must hold. */
  deluge: z.strictObject({ rateLMinM2: z.number().positive(), supply: z.array(Supply).default([]) }).optional(),
  /** Of the shell, by its rating; that of legs and skirts alone is not meant. */
  fireproofing: z.strictObject({ minutes: z.number().positive().max(360) }).optional(),
  /** Relief valves sized for fire. */
  relief: z.strictObject({ supply: z.array(Supply).default([]) }).optional(),
  /** An emergency shut-off valve at its root, closed from afar within so many seconds (CPR 18E: 120 where detectors close it, 600 where people do): ends the fires of what it feeds. */
  isolation: z.strictObject({ closesWithinS: z.number().positive().max(3_600), supply: z.array(Supply).default([]) }).optional(),
  /** Emptied of its pressure to a safe place within so many minutes (API 521: fifteen to half the design pressure). */
  depressurising: z.strictObject({ minutes: z.number().positive().max(120), supply: z.array(Supply).default([]) }).optional(),
});
export type Protections = z.infer<typeof Protections>;

export const EquipmentKind = z.enum(['sphere', 'horizontal-vessel', 'vertical-vessel', 'storage-tank', 'column', 'compressor', 'pump', 'heat-exchanger', 'cooling-tower', 'furnace', 'flare', 'reactor', 'cylinder-rack', 'loading-arm', 'valve', 'panel', 'transformer', 'fan', 'mast', 'detector-post', 'hydrant', 'fire-monitor', 'other']);
export type EquipmentKind = z.infer<typeof EquipmentKind>;
export const Equipment = z.strictObject({
  id: Id,
  name: LocalText,
  unit: Id,
  zone: Id,
  kind: EquipmentKind,
  /** Centre of the footprint, z of its base. */
  position: PointXyz,
  /** Degrees counter-clockwise from east. */
  heading: z.number().default(0),
  /** Length along heading (or diameter), width (or diameter), height. */
  size: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
  substance: SubstanceId.optional(),
  /** What it can hold; the live amount follows from `levelTag` (percent of capacity) when given. */
  inventory: z.strictObject({ capacityKg: z.number().positive(), levelTag: Id.optional(), pressurePa: z.number().positive(), temperatureK: z.number().positive() }).optional(),
  protections: Protections.optional(),
  /** Rotating equipment watched by the RUL model. The tags by the model's input names; `ratedSpeedRpm` etc. are documents. */
  machine: z.strictObject({ model: z.enum(['compressor']), tags: z.record(z.string(), Id) }).optional(),
  documents: z.array(PlantDocument).optional(),
});
export type Equipment = z.infer<typeof Equipment>;

export const Detector = z.strictObject({
  id: Id,
  name: LocalText,
  /** The tag that carries its reading: gas in ppm (`[ppm]`) or % LEL (`%`), flame and smoke 0 or 1. */
  tag: Id,
  kind: z.enum(['gas', 'flame', 'smoke']),
  substance: SubstanceId.optional(),
  zone: Id,
  position: PointXyz,
});
export type Detector = z.infer<typeof Detector>;

export const Camera = z.strictObject({ id: Id, name: LocalText, zone: Id, position: PointXyz, /** Degrees counter-clockwise from east. */ heading: z.number(), /** Degrees below the horizon. */ tilt: z.number(), fieldOfView: z.number().min(5).max(160) });
export type Camera = z.infer<typeof Camera>;

export const Person = z.strictObject({ id: Id, name: z.string().min(1), role: LocalText, team: LocalText, /** The wearable whose reports are this person's. */ wearable: Id });
export type Person = z.infer<typeof Person>;

export const Structure = z.strictObject({
  id: Id,
  name: LocalText.optional(),
  kind: z.enum(['building', 'road', 'paving', 'fence', 'bund', 'gate', 'pipe-rack', 'green', 'water', 'shelter']),
  /** Area for buildings, bunds, paving, green and water; a line for roads, fences, racks and gates. */
  shape: z.array(PointXy).min(2),
  /** Height above ground; for lines also their width. */
  height: z.number().nonnegative().default(0),
  width: z.number().positive().optional(),
  floors: z.int().positive().optional(),
  /** What a building is for, where the station must know: rescuers set out from a fire station. */
  use: z.enum(['fire-station']).optional(),
});
export type Structure = z.infer<typeof Structure>;

export const Pipe = z.strictObject({ id: Id, from: Id.optional(), to: Id.optional(), substance: SubstanceId, diameter: z.number().positive(), path: z.array(PointXyz).min(2) });
export type Pipe = z.infer<typeof Pipe>;

/** Where people can walk: a graph with widths, so that flow can be computed. Gates and muster points are nodes. */
export const WalkNode = z.strictObject({ id: Id, position: PointXy, kind: z.enum(['junction', 'door', 'gate', 'muster']).default('junction') });
export type WalkNode = z.infer<typeof WalkNode>;
export const WalkEdge = z.strictObject({ id: Id, from: Id, to: Id, /** Clear width, m. */ width: z.number().positive(), kind: z.enum(['walkway', 'road', 'stair', 'door', 'gate', 'indoor']).default('walkway'), /** Nobody can pass: locked, dug up, under repair. */ blocked: z.boolean().optional() });
export type WalkEdge = z.infer<typeof WalkEdge>;
export const MusterPoint = z.strictObject({ id: Id, name: LocalText, node: Id, capacity: z.int().positive() });
export type MusterPoint = z.infer<typeof MusterPoint>;

export const PlantModel = z.strictObject({
  format: z.literal('anlan.plant/1'),
  id: Id,
  version: z.string().min(1),
  name: LocalText,
  site: z.strictObject({
    width: z.number().positive(),
    depth: z.number().positive(),
    origin: z.strictObject({ longitude: z.number().min(-180).max(180), latitude: z.number().min(-90).max(90) }),
    /** Degrees from true north to plant north, clockwise. */
    north: z.number().default(0),
    timeZone: z.string().min(1),
    /** Ground roughness length for dispersion, m. */
    roughness: z.number().positive(),
    /**
     * Who lives or works outside the fence: groups with a place (plant metres, negative or beyond the site) and how many people are usually there. Those within 500 m give the α of
     * GB 18218-2018 table 5, all of them the societal risk outside. Left out: not known, and α is taken as 2.0; an empty list: nobody.
     */
    peopleOutside: z.array(z.strictObject({ id: Id, name: LocalText, position: PointXy, people: z.int().nonnegative() })).optional(),
  }),
  areas: z.array(z.strictObject({ id: Id, name: LocalText })),
  zones: z.array(z.strictObject({ id: Id, name: LocalText, area: Id, /** Static grade from the last risk assessment. */ grade: RiskGrade, polygon: Ring })),
  units: z.array(z.strictObject({ id: Id, name: LocalText, area: Id, zone: Id })),
  equipment: z.array(Equipment),
  tags: z.array(Tag),
  detectors: z.array(Detector),
  cameras: z.array(Camera),
  people: z.array(Person),
  structures: z.array(Structure),
  pipes: z.array(Pipe),
  walkways: z.strictObject({ nodes: z.array(WalkNode), edges: z.array(WalkEdge) }),
  muster: z.array(MusterPoint),
  /** The tags of the weather mast; direction is where the wind blows from, degrees clockwise from true north. */
  weather: z.strictObject({ windSpeed: Id, windDirection: Id, temperature: Id, humidity: Id, pressure: Id.optional(), solarRadiation: Id.optional(), cloudCover: Id.optional(), rain: Id.optional() }),
  /** Named views for the twin: where the camera stands and what it looks at. */
  views: z.array(z.strictObject({ id: Id, name: LocalText, unit: Id.optional(), eye: PointXyz, target: PointXyz })),
});
export type PlantModel = z.infer<typeof PlantModel>;
