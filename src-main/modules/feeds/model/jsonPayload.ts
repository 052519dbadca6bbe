import { Quality } from '../../../../src-shared/kernel/index.ts';
import type { JsonPayload } from '../../../../src-shared/plant/index.ts';
import type { FeedTag } from './feedTag.ts';
import type { Claim } from './mapping.ts';
import { readQuality } from './quality.ts';
import type { Rejection } from './rejection.ts';
import { timeReader } from './localTime.ts';

/** Where decoded values and refusals go. `at` is NaN when the source said no time. */
export type Sink = {
  value(tag: number, at: number, value: number, quality: number): void;
  reject(reason: Rejection, detail: string): void;
};

const NO_TIME = Number.NaN;

/** Reads JSON payloads of one feed as its site file declares them; every value that cannot be used is rejected by itself. */
export const createJsonReader = (shape: JsonPayload, tags: readonly FeedTag[]): ((payload: string, claim: Claim, sink: Sink) => void) => {
  const valueOf = reader(shape.value);
  const timeOf = shape.time === null ? () => undefined : reader(shape.time);
  const qualityOf = shape.quality === null ? () => undefined : reader(shape.quality);
  const readAt = timeReader(shape.timeFormat, shape.utcOffset);
  const tagOf = reader(shape.tag);
  const valuesOf = reader(shape.values);

  const accept = (sink: Sink, tag: number, raw: { readonly time: unknown; readonly value: unknown; readonly quality: unknown }) => {
    const at = raw.time === undefined || raw.time === null ? NO_TIME : readAt(raw.time);
    if (raw.time !== undefined && raw.time !== null && Number.isNaN(at)) return sink.reject('time-unreadable', `${tags[tag]?.id} ${shape.time}: ${brief(raw.time)}`);
    const quality = readQuality(raw.quality, shape.qualityCodes);
    const value = toNumber(raw.value, tags[tag]);
    if (Number.isNaN(value) && quality !== Quality.bad) return sink.reject('not-a-number', `${tags[tag]?.id} ${shape.value}: ${brief(raw.value)}`);
    sink.value(tag, at, value, quality);
  };

  const acceptNamed = (sink: Sink, claim: Claim, named: { readonly name: unknown; readonly time: unknown; readonly value: unknown; readonly quality: unknown }) => {
    const tag = typeof named.name === 'string' ? claim.byId.get(named.name) : undefined;
    if (tag === undefined) return sink.reject('unknown-tag', `${shape.tag}: ${brief(named.name)}`);
    accept(sink, tag, named);
  };

  const readMany = (sink: Sink, claim: Claim, body: unknown) => {
    if (Array.isArray(body)) {
      for (const item of body as unknown[]) acceptNamed(sink, claim, { name: tagOf(item), time: timeOf(item), value: valueOf(item), quality: qualityOf(item) });
      return;
    }
    const names = tagOf(body);
    if (Array.isArray(names)) return readColumns(sink, claim, body, names as unknown[]);
    if (names !== undefined) return acceptNamed(sink, claim, { name: names, time: timeOf(body), value: valueOf(body), quality: qualityOf(body) });
    const values = valuesOf(body);
    if (typeof values !== 'object' || values === null) return sink.reject('broken-payload', `no ${shape.tag} and no ${shape.values}: ${brief(body)}`);
    const time = timeOf(body);
    for (const [name, item] of Object.entries(values)) {
      const inner = typeof item === 'object' && item !== null ? (item as unknown) : undefined;
      if (inner === undefined) acceptNamed(sink, claim, { name, time, value: item, quality: undefined });
      else acceptNamed(sink, claim, { name, time: timeOf(inner) ?? time, value: valueOf(inner), quality: qualityOf(inner) });
    }
  };

  const readColumns = (sink: Sink, claim: Claim, body: unknown, names: readonly unknown[]) => {
    const [values, times, qualities] = [valueOf(body), timeOf(body), qualityOf(body)];
    if (!Array.isArray(values) || values.length !== names.length) return sink.reject('broken-payload', `columns ${shape.tag} and ${shape.value} differ in length`);
    const pick = (column: unknown, row: number): unknown => (Array.isArray(column) ? (column as unknown[])[row] : column);
    for (const [row, name] of names.entries()) acceptNamed(sink, claim, { name, time: pick(times, row), value: (values as unknown[])[row], quality: pick(qualities, row) });
  };

  return (payload, claim, sink) => {
    let body: unknown;
    try {
      body = JSON.parse(payload);
    } catch (error) {
      return sink.reject('broken-json', `${error instanceof Error ? error.message : String(error)}`);
    }
    if (claim.only < 0) return readMany(sink, claim, body);
    if (typeof body !== 'object' || body === null) return accept(sink, claim.only, { time: undefined, value: body, quality: undefined });
    const value = valueOf(body);
    if (value === undefined && (Array.isArray(body) || valuesOf(body) !== undefined)) return readMany(sink, claim, body);
    accept(sink, claim.only, { time: timeOf(body), value, quality: qualityOf(body) });
  };
};

/** A number, a numeric word, true/false or the name of a state; NaN otherwise. Infinity is no measurement. */
export const toNumber = (raw: unknown, tag: FeedTag | undefined): number => {
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : Number.NaN;
  if (typeof raw === 'boolean') return raw ? 1 : 0;
  if (typeof raw !== 'string' || raw.trim() === '') return Number.NaN;
  const number = Number(raw);
  return Number.isFinite(number) ? number : (tag?.states.get(raw.trim().toLowerCase()) ?? Number.NaN);
};

/** The value under a dotted path; undefined when any step is missing. Own properties only. */
export const reader = (path: string): ((body: unknown) => unknown) => {
  const step = (name: string) => (body: unknown) => (typeof body === 'object' && body !== null && Object.hasOwn(body, name) ? (body as Readonly<Record<string, unknown>>)[name] : undefined);
  const steps = path.split('.').map(step);
  const [first = step(path)] = steps;
  return steps.length === 1 ? first : (body) => steps.reduce<unknown>((inner, take) => take(inner), body);
};

/** A raw value as a person may see it: short, and never the inside of an object. */
export const brief = (raw: unknown): string => {
  // Never the inside of an object: one nested a hundred thousand deep overflows the stack when it is written out.
  const full = typeof raw === 'string' ? raw : typeof raw === 'object' && raw !== null ? (Array.isArray(raw) ? `an array of ${raw.length}` : `an object with ${Object.keys(raw).slice(0, 8).join(', ') || 'nothing in it'}`) : String(raw);
  return full.length > 80 ? `${full.slice(0, 80)}…` : full;
};
