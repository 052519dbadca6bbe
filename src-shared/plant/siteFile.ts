import { z } from 'zod';
import { AlarmPolicy } from './alarmPolicy.ts';
import { AlarmTargets } from './alarmTargets.ts';
import { CameraSource, EvidenceKeeping } from './cameraSource.ts';
import { MqttPayload } from './mqttPayload.ts';
import { Id, Seconds, Tls, Url } from './siteParts.ts';
import { WeatherSource } from './weatherSource.ts';

export type { CsvPayload, JsonPayload, MqttPayload, PresetPayload } from './mqttPayload.ts';

/** Which tags a feed carries and under which address. `{tag}`, `{equipment}`, `{unit}` and `{area}` stand for the ids of the plant model. */
const Mapping = z.strictObject({
  /** Tag ids, `*` for any run of characters. */
  tags: z.array(z.string().min(1)).min(1),
  /** Topic, metric name or node id of each of them, e.g. `ns=1;s={tag}`. */
  address: z.string().min(1),
});

/**
 * What silence of a source means while its link lives. `stale`: it reports at a rhythm, so silence is a fault.
 * `good-while-connected`: it reports changes only, so what it said last still holds until the link, or the source itself, is lost.
 */
const Quiet = z.enum(['stale', 'good-while-connected']);

/** How far from our clock a source time may lie, s: older or further ahead is refused, later than `lateS` goes to history only. */
const TimeBounds = z.strictObject({ oldestS: Seconds.default(30 * 86_400), aheadS: Seconds.default(60), lateS: Seconds.default(30) });

export const MqttFeed = z.strictObject({
  id: Id,
  kind: z.literal('mqtt'),
  url: Url('mqtt', 'mqtts', 'ws', 'wss'),
  user: z.string().optional(),
  password: z.string().optional(),
  tls: Tls.optional(),
  protocolVersion: z.union([z.literal(4), z.literal(5)]).default(5),
  clientId: z.string().optional(),
  /** At 1 what a source publishes at QoS 1 while this station is away still comes, within the session's time. */
  qos: z.union([z.literal(0), z.literal(1)]).default(1),
  /** How long the broker keeps this station's session after the link is lost, s; 0: a clean session each time. */
  sessionExpiryS: z.number().min(0).max(4_294_967_294).default(3_600),
  /** Stations that name the same group share the messages of these topics: each message reaches one of them. */
  sharedGroup: z.string().regex(/^[^/+#]+$/, 'a name without / + #').optional(),
  /** Tags are stale when nothing has come for this long. */
  staleAfterS: Seconds.default(5),
  quiet: Quiet.default('stale'),
  /** Where the source, or its last will, says whether it is there: `online` as the whole payload or under `state`; any other word makes its tags stale. */
  status: z.strictObject({ topic: z.string().min(1), online: z.string().min(1).default('online') }).optional(),
  timeBounds: TimeBounds.optional(),
  mappings: z.array(z.strictObject({ ...Mapping.shape, /** As `payload` of the feed, for these tags only. */ payload: MqttPayload.optional() })).default([]),
  payload: MqttPayload.prefault({}),
  /** Topic of wearables, `{wearable}` in it; payload `{x,y,z,hr,acc,t}` in plant metres, `acc` being the radius within which it is sure, m. */
  positions: z.strictObject({ topic: z.string().min(1) }).optional(),
  /** Topic of camera events, `{camera}` in it; payload `{kind, confidence, person?, t}`. */
  cameraEvents: z.strictObject({ topic: z.string().min(1) }).optional(),
  /** Topic on which each wearable is told the way of an announced plan, `{wearable}` in it; payload `{t, announcement, muster, way}`, see docs/site-file.md. Nothing is told without it. */
  orders: z.strictObject({ topic: z.string().min(1).includes('{wearable}') }).optional(),
});

export const SparkplugFeed = z.strictObject({
  id: Id,
  kind: z.literal('sparkplug'),
  url: Url('mqtt', 'mqtts', 'ws', 'wss'),
  user: z.string().optional(),
  password: z.string().optional(),
  tls: Tls.optional(),
  hostId: Id.default('anlan'),
  groups: z.array(z.string().regex(/^[^/+#]+$/, 'a name without / + #')).min(1),
  staleAfterS: Seconds.default(5),
  /** A node reports by exception and its death is told, so its silence says nothing. */
  quiet: Quiet.default('good-while-connected'),
  /** How long a message that came too early waits for those before it, ms; then the node is asked for a rebirth. */
  reorderTimeoutMs: z.number().min(0).max(60_000).default(2_000),
  timeBounds: TimeBounds.optional(),
  /** Address is the metric's name, e.g. `{tag}`. */
  mappings: z.array(Mapping).default([{ tags: ['*'], address: '{tag}' }]),
});

export const OpcUaFeed = z.strictObject({
  id: Id,
  kind: z.literal('opcua'),
  url: Url('opc.tcp'),
  securityMode: z.enum(['None', 'Sign', 'SignAndEncrypt']).default('SignAndEncrypt'),
  securityPolicy: z.enum(['None', 'Basic256Sha256', 'Aes128_Sha256_RsaOaep', 'Aes256_Sha256_RsaPss']).default('Basic256Sha256'),
  /** `best`: the strongest secured endpoint that the server offers at each connect; `stated`: the mode and policy above. */
  endpoint: z.enum(['stated', 'best']).default('stated'),
  user: z.string().optional(),
  password: z.string().optional(),
  /** An X.509 user token instead of user and password: certificate and private key, PEM or DER. */
  userCertificate: z.strictObject({ certificate: z.string().min(1), key: z.string().min(1) }).optional(),
  /** Which server certificate is trusted when none is stated: the `first-seen` one, or only what an installer has put on the trust `list`. */
  trust: z.enum(['first-seen', 'list']).default('first-seen'),
  /** SHA-1 fingerprint (40 hex digits) of the server certificate to trust; without it the first certificate seen is kept and a changed one refused. */
  serverFingerprint: z.string().regex(/^[0-9a-fA-F]{40}$/).optional(),
  publishingIntervalMs: z.number().min(50).max(60_000).default(500),
  samplingIntervalMs: z.number().min(0).max(60_000).default(500),
  /** Values the server keeps for each item between two publications; without it as many as sampling makes, plus one. */
  queueSize: z.int().min(1).max(10_000).optional(),
  /** Changes smaller than this are not reported: in the tag's unit, or in percent of its range. The first entry that names a tag counts. */
  deadbands: z.array(z.strictObject({ tags: z.array(z.string().min(1)).min(1), kind: z.enum(['absolute', 'percent']), value: z.number().positive() })).default([]),
  /** After a break, and at the start, what was missed is read from the server's history, this far back at most; 0: never. */
  historyHours: z.number().min(0).max(24 * 31).default(24),
  /** Alarms & Conditions: nodes whose events are taken into the alarm list, e.g. `i=2253` (the server object) for all of them. */
  conditions: z.strictObject({ notifiers: z.array(z.string().min(1)).min(1).default(['i=2253']) }).optional(),
  staleAfterS: Seconds.default(5),
  timeBounds: TimeBounds.optional(),
  /** May be empty when nodes are to be mapped in the app. */
  mappings: z.array(Mapping).default([]),
});

export const Feed = z.discriminatedUnion('kind', [MqttFeed, SparkplugFeed, OpcUaFeed]);
export type Feed = z.infer<typeof Feed>;
export type MqttFeed = z.infer<typeof MqttFeed>;
export type SparkplugFeed = z.infer<typeof SparkplugFeed>;
export type OpcUaFeed = z.infer<typeof OpcUaFeed>;

export const Role = z.enum(['operator', 'commander', 'safety-manager', 'regulator', 'frontline', 'installer']);
export type Role = z.infer<typeof Role>;

/**
 * The site file: how one station is bound to one plant. YAML or JSON, `format: anlan.site/1`. Paths are relative to the
 * file. A user's own plant needs this file and a plant model, nothing else.
 */
export const SiteFile = z.strictObject({
  format: z.literal('anlan.site/1'),
  id: Id,
  /** Path of the plant model, relative to this file. */
  plant: z.string().min(1),
  /** Management records (permits, inspections, hidden dangers, qualifications) to start from, relative to this file. */
  records: z.string().optional(),
  feeds: z.array(Feed),
  /** Weather from elsewhere; the plant's own mast stands in while it is silent, and alone without it. */
  weather: WeatherSource.optional(),
  /** Where the pictures of the plant model's cameras come from; a camera without a source shows none. */
  cameras: z.array(CameraSource).default([]),
  evidence: EvidenceKeeping.prefault({}),
  /** What each role may set aside among the alarms. */
  alarms: AlarmPolicy.prefault({}),
  /** What the figures of the alarm system are measured by. */
  alarmTargets: AlarmTargets.prefault({}),
  users: z.array(z.strictObject({ id: Id, name: z.string().min(1), role: Role, /** 4 to 12 digits; stored only as a hash. */ pin: z.string().regex(/^\d{4,12}$/) })).min(1),
  displays: z.array(z.strictObject({ id: Id, role: Role.optional(), screen: z.enum(['overview', 'wall', 'alarms', 'emergency']), /** Metres; type scales with it. */ viewingDistance: z.number().min(0.3).max(20).default(0.7) })).default([]),
  /** How long history is kept, days: every sample, and after that one summary (least, mean, greatest, quality) an hour. `spillBytes`: room on disk for what waits while history cannot be written, 21 bytes a sample. */
  history: z
    .strictObject({ rawDays: z.number().min(35).max(36_500).default(400), hourlyDays: z.number().min(35).max(36_500).default(3_650), spillBytes: z.int().min(1_000_000).max(1_000_000_000_000).default(2_000_000_000) })
    .prefault({}),
  /** A demonstration: shows sign-in hints. Never set it for a real plant. */
  demo: z.boolean().default(false),
});
export type SiteFile = z.infer<typeof SiteFile>;
