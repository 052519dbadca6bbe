import { createWireReader, type WireReader } from './protobuf.ts';
import { decodeMetric, narrow, wide, type Metric, type MetricValue } from './sparkplugPayload.ts';

/** Templates in templates: deeper is no plant's model but an attack. */
const DEPTH_LIMIT = 8;
const CELLS_LIMIT = 100_000;

/**
 * The single values inside a metric, by name: members of a template instance as `METRIC/MEMBER`, cells of a data set as
 * `METRIC/ROW/COLUMN` with rows from 0 (Sparkplug 3.0 §6.4.11 and §6.4.14). A plain metric is its own only part; a template
 * definition has none, since it says no values. Throws RangeError on what is no template or data set.
 */
export const partsOf = (metric: Metric & { readonly name: string }, depth = 0): readonly (Metric & { readonly name: string })[] => {
  const { value, name } = metric;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [metric];
  if (depth > DEPTH_LIMIT) throw new RangeError(`templates are nested deeper than ${DEPTH_LIMIT}`);
  if (value.complex === 'extension') return [metric];
  const own = { alias: null, datatype: null, timestamp: metric.timestamp, quality: metric.quality, isHistorical: metric.isHistorical, isTransient: metric.isTransient };
  if (value.complex === 'dataset') return decodeDataSet(createWireReader(value.bytes)).map((cell) => ({ ...own, name: `${name}/${cell.row}/${cell.column}`, value: cell.value }));
  return decodeTemplate(createWireReader(value.bytes)).flatMap((member) => {
    if (member.name === null) throw new RangeError('a template member has no name');
    const inner = { ...member, name: `${name}/${member.name}`, alias: null, timestamp: member.timestamp ?? metric.timestamp, quality: member.quality ?? metric.quality, isHistorical: member.isHistorical || metric.isHistorical };
    return partsOf(inner, depth + 1);
  });
};

const decodeTemplate = (reader: WireReader): readonly Metric[] => {
  const members: Metric[] = [];
  let isDefinition = false;
  while (!reader.isDone) {
    const key = reader.key();
    if (key === 0x12) members.push(decodeMetric(reader.message(), () => null));
    else if (key === 0x28) isDefinition = reader.uint32() !== 0;
    else reader.skip(key);
  }
  return isDefinition ? [] : members;
};

type Cell = { readonly row: number; readonly column: string; readonly value: MetricValue };

const decodeDataSet = (reader: WireReader): readonly Cell[] => {
  const columns: string[] = [];
  const types: number[] = [];
  const rows: (readonly MetricValue[])[] = [];
  while (!reader.isDone) {
    const key = reader.key();
    if (key === 0x12) columns.push(reader.text());
    else if (key === 0x18) types.push(reader.uint32());
    else if (key === 0x1a) for (const packed = reader.message(); !packed.isDone; ) types.push(packed.uint32());
    else if (key === 0x22) rows.push(decodeRow(reader.message(), types));
    else reader.skip(key);
    if (rows.length * columns.length > CELLS_LIMIT) throw new RangeError(`a data set of more than ${CELLS_LIMIT} cells`);
  }
  if (columns.length !== types.length) throw new RangeError(`a data set of ${columns.length} columns and ${types.length} types`);
  return rows.flatMap((row, index) => {
    if (row.length !== columns.length) throw new RangeError(`row ${index} of a data set has ${row.length} of ${columns.length} values`);
    return columns.map((column, at) => ({ row: index, column, value: row[at] ?? null }));
  });
};

const decodeRow = (reader: WireReader, types: readonly number[]): readonly MetricValue[] => {
  const values: MetricValue[] = [];
  while (!reader.isDone) {
    const key = reader.key();
    if (key === 0x0a) values.push(decodeCell(reader.message(), types[values.length] ?? 0));
    else reader.skip(key);
  }
  return values;
};

const decodeCell = (reader: WireReader, type: number): MetricValue => {
  let value: MetricValue = null;
  while (!reader.isDone) {
    const key = reader.key();
    if (key === 0x08) value = narrow(reader.uint32(), type);
    else if (key === 0x10) value = wide(reader.int64(), type);
    else if (key === 0x1d) value = reader.float();
    else if (key === 0x21) value = reader.double();
    else if (key === 0x28) value = reader.uint32() !== 0;
    else if (key === 0x32) value = reader.text();
    else reader.skip(key);
  }
  return value;
};
