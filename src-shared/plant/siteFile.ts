import { z } from 'zod';
import { CameraSource, EvidenceKeeping } from './cameraSource.ts';
import { Id, Seconds, Tls, Url } from './siteParts.ts';

/** Which tags a feed carries and under which address. `{tag}`, `{equipment}`, `{unit}` and `{area}` stand for the ids of the plant model. */
const Mapping = z.strictObject({
  /** Tag ids, `*` for any run of characters. */
  tags: z.array(z.string().min(1)).min(1),
  /** Topic, metric name or node id of each of them, e.g. `ns=1;s={tag}`. */
  address: z.string().min(1),
});

/**
 * How a JSON payload is read: dotted paths. A topic that several tags share carries an array of `{tag, v, t, q}`, columns
 * `{t, tag: [], v: []}`, or an object of values by tag id under `values`.
 */
const JsonPayload = z.strictObject({
  format: z.literal('json').default('json'),
  value: z.string().default('v'),
  /** Source time, ISO text or UTC ms or s; without it the arrival time is taken and the quality is uncertain. */
  time: z.string().nullable().default('t'),
  quality: z.string().nullable().default('q'),
  /** What a number under `quality` means: 192 is good in OPC Classic, 0 is Good in OPC UA. Words and true/false need no code. */
  qualityCodes: z.enum(['opc-classic', 'opc-ua']).default('opc-classic'),
  tag: z.string().default('tag'),
  values: z.string().default('values'),
});

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
  /** Tags are stale when nothing has come for this long. */
  staleAfterS: Seconds.default(5),
  timeBounds: TimeBounds.optional(),
  mappings: z.array(Mapping).default([]),
  payload: JsonPayload.prefault({}),
  /** Topic of wearables, `{wearable}` in it; payload `{x,y,z,hr,t}` in plant metres. */
  positions: z.strictObject({ topic: z.string().min(1) }).optional(),
  /** Topic of camera events, `{camera}` in it; payload `{kind, confidence, person?, t}`. */
  cameraEvents: z.strictObject({ topic: z.string().min(1) }).optional(),
});

export const SparkplugFeed = z.strictObject({
  id: Id,
  kind: z.literal('sparkplug'),
  url: Url('mqtt', 'mqtts', 'ws', 'wss'),
  user: z.string().optional(),
  password: z.string().optional(),
  tls: Tls.optional(),
  hostId: Id.default('anlan'),
  groups: z.array(z.string().min(1)).min(1),
  staleAfterS: Seconds.default(5),
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
  user: z.string().optional(),
  password: z.string().optional(),
  /** SHA-1 fingerprint (40 hex digits) of the server certificate to trust; without it the first certificate seen is kept and a changed one refused. */
  serverFingerprint: z.string().regex(/^[0-9a-fA-F]{40}$/).optional(),
  publishingIntervalMs: z.number().min(50).max(60_000).default(500),
  samplingIntervalMs: z.number().min(0).max(60_000).default(500),
  staleAfterS: Seconds.default(5),
  timeBounds: TimeBounds.optional(),
  mappings: z.array(Mapping).min(1),
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
  /** Where the pictures of the plant model's cameras come from; a camera without a source shows none. */
  cameras: z.array(CameraSource).default([]),
  evidence: EvidenceKeeping.prefault({}),
  users: z.array(z.strictObject({ id: Id, name: z.string().min(1), role: Role, /** 4 to 12 digits; stored only as a hash. */ pin: z.string().regex(/^\d{4,12}$/) })).min(1),
  displays: z.array(z.strictObject({ id: Id, role: Role.optional(), screen: z.enum(['overview', 'wall', 'alarms', 'emergency']), /** Metres; type scales with it. */ viewingDistance: z.number().min(0.3).max(20).default(0.7) })).default([]),
  /** A demonstration: shows sign-in hints. Never set it for a real plant. */
  demo: z.boolean().default(false),
});
export type SiteFile = z.infer<typeof SiteFile>;
