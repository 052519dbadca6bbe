import { z } from 'zod';

/** What a number under `quality` means: 192 is good in OPC Classic, 0 is Good in OPC UA. Words and true/false need no code. */
const QualityCodes = z.enum(['opc-classic', 'opc-ua']).default('opc-classic');

/** `iso` (also UTC ms or s), or a pattern of yyyy MM dd HH mm ss SSS such as `yyyy/MM/dd HH:mm:ss`. */
const TimeFormat = z
  .string()
  .refine((format) => format === 'iso' || ['yyyy', 'MM', 'dd', 'HH', 'mm'].every((part) => format.split(part).length === 2), 'iso, or a pattern with yyyy, MM, dd, HH and mm in it')
  .default('iso');
/** Of times that state no zone themselves. */
const UtcOffset = z.string().regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'an offset such as +08:00').default('+00:00');

/**
 * How a JSON payload is read: dotted paths. A topic that several tags share carries an array of `{tag, v, t, q}`, columns
 * `{t, tag: [], v: []}`, or an object of values by tag id under `values`.
 */
const JsonPayload = z.strictObject({
  format: z.literal('json').optional(),
  value: z.string().default('v'),
  /** Source time, ISO text or UTC ms or s; null: the arrival time is taken and the quality is at best uncertain. */
  time: z.string().nullable().default('t'),
  timeFormat: TimeFormat,
  utcOffset: UtcOffset,
  quality: z.string().nullable().default('q'),
  qualityCodes: QualityCodes,
  tag: z.string().default('tag'),
  values: z.string().default('values'),
});

/** A column by its number, from 1, or by its name in `columns`. */
const Column = z.union([z.int().min(1).max(1_000), z.string().min(1)]);

/** Lines of values between separators, without a header: a value and its time, rows that name their tag, or one column per tag. */
const CsvPayload = z
  .strictObject({
    format: z.literal('csv'),
    separator: z.string().length(1).default(','),
    /** What stands before the fraction of a number. */
    decimal: z.enum(['.', ',']).default('.'),
    /** Names of the columns in their order; '' for one that is not read. */
    columns: z.array(z.string()).max(1_000).default([]),
    /** The column of the value; without it each other column named in `columns` carries the tag of that name. */
    value: Column.optional(),
    /** The column that names the tag, where several tags share a topic. */
    tag: Column.optional(),
    /** The column of the source time; null: the arrival time is taken and the quality is at best uncertain. */
    time: Column.nullable(),
    timeFormat: TimeFormat,
    utcOffset: UtcOffset,
    quality: Column.optional(),
    qualityCodes: QualityCodes,
  })
  .superRefine((payload, context) => {
    if (payload.separator === payload.decimal) context.addIssue({ code: 'custom', path: ['decimal'], message: 'must differ from the separator' });
    for (const field of ['value', 'tag', 'time', 'quality'] as const) {
      const column = payload[field];
      if (typeof column === 'string' && !payload.columns.includes(column)) context.addIssue({ code: 'custom', path: [field], message: `columns has no ${column}` });
    }
    if (payload.value === undefined && payload.columns.length === 0) context.addIssue({ code: 'custom', path: ['value'], message: 'name the column of the value, or the tags in columns' });
  });

/** Nothing but a number (or the word of a state); the arrival time is taken and the quality is at best uncertain. */
const NumberPayload = z.strictObject({ format: z.literal('number') });

/**
 * Payloads of well-known gateways. A mapping's `address` is then `DEVICE/FIELD`: for ChirpStack v4 the device EUI and the
 * dotted path in the decoded `object` (`rssi` and `snr` for the best gateway); for Zigbee2MQTT the friendly name and the field.
 */
const PresetPayload = z.strictObject({
  format: z.literal('preset'),
  preset: z.enum(['chirpstack-v4', 'zigbee2mqtt']),
  /** Topic filter; the preset knows its gateway's own. */
  topic: z.string().min(1).optional(),
});

/** How the payloads of an MQTT feed, or of one of its mappings, are read. */
export const MqttPayload = z.discriminatedUnion('format', [JsonPayload, CsvPayload, NumberPayload, PresetPayload]);
export type MqttPayload = z.infer<typeof MqttPayload>;
export type JsonPayload = z.infer<typeof JsonPayload>;
export type CsvPayload = z.infer<typeof CsvPayload>;
export type PresetPayload = z.infer<typeof PresetPayload>;
