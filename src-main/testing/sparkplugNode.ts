import { createWireWriter, encodeSparkplug, SparkplugType, type MetricToWrite } from '../modules/feeds/index.ts';
import type { TestBroker } from './broker.ts';

/** An edge node as a test drives it, in group `Binhai`: right `seq` unless told otherwise. */
export type EdgeNodeDriver = {
  send(kind: 'NBIRTH' | 'NDEATH' | 'NDATA' | 'DBIRTH' | 'DDEATH' | 'DDATA', metrics: readonly MetricToWrite[], rest?: { readonly device?: string; readonly timestamp?: number }): Promise<void>;
  /** The next message, ready to be sent whenever the test wants. */
  prepare(kind: 'NDATA' | 'DBIRTH' | 'DDATA', metrics: readonly MetricToWrite[], rest?: { readonly device?: string }): { send(): Promise<void> };
  /** One message is lost. */
  skip(): void;
};

export const driveEdgeNode = (broker: TestBroker, id = 'E1', now: () => number = Date.now): EdgeNodeDriver => {
  let seq = 0;
  const build = (kind: string, metrics: readonly MetricToWrite[], { device, timestamp = now() }: { readonly device?: string; readonly timestamp?: number } = {}) => {
    if (kind === 'NBIRTH') seq = 0;
    const payload = encodeSparkplug({ timestamp, metrics, ...(kind === 'NDEATH' ? {} : { seq }) });
    if (kind !== 'NDEATH') seq = (seq + 1) % 256;
    return { send: () => broker.publish(`spBv1.0/Binhai/${kind}/${id}${device === undefined ? '' : `/${device}`}`, payload) };
  };
  return { send: (kind, metrics, rest) => build(kind, metrics, rest).send(), prepare: build, skip: () => void (seq = (seq + 1) % 256) };
};

export const bdSeq = (value: number): MetricToWrite => ({ name: 'bdSeq', datatype: SparkplugType.Int64, value });
export const rebirthControl: MetricToWrite = { name: 'Node Control/Rebirth', datatype: SparkplugType.Boolean, value: false };
export const double = (rest: Partial<MetricToWrite>): MetricToWrite => ({ datatype: SparkplugType.Double, value: 0, timestamp: Date.now(), ...rest });

/** A payload with one metric whose value is a template (field 18) or a data set (field 17), in raw bytes: the station itself never writes any. */
export const encodeComplex = ({ seq, name, alias, template, dataSet }: { readonly seq: number; readonly name?: string; readonly alias?: number; readonly template?: Uint8Array; readonly dataSet?: Uint8Array }): Uint8Array<ArrayBuffer> => {
  const metric = createWireWriter();
  if (name !== undefined) metric.text(1, name);
  if (alias !== undefined) metric.varint(2, alias);
  metric.varint(3, Date.now());
  metric.varint(4, template === undefined ? SparkplugType.DataSet : SparkplugType.Template);
  if (dataSet !== undefined) metric.bytes(17, dataSet);
  if (template !== undefined) metric.bytes(18, template);
  const payload = createWireWriter();
  payload.varint(1, Date.now());
  payload.bytes(2, metric.finish());
  payload.varint(3, seq);
  return payload.finish();
};

/** The bytes of a template: `{ members, reference? }` for an instance, without a reference for a definition. */
export const encodeTemplate = ({ members, reference }: { readonly members: readonly { readonly name: string; readonly value: number | Uint8Array }[]; readonly reference?: string }): Uint8Array => {
  const template = createWireWriter();
  for (const { name, value } of members) {
    const member = createWireWriter();
    member.text(1, name);
    member.varint(4, typeof value === 'number' ? SparkplugType.Double : SparkplugType.Template);
    if (typeof value === 'number') member.double(13, value);
    else member.bytes(18, value);
    template.bytes(2, member.finish());
  }
  if (reference !== undefined) template.text(4, reference);
  template.varint(5, reference === undefined ? 1 : 0);
  return template.finish();
};

/** The bytes of a data set of doubles; `types` may be wrong on purpose. */
export const encodeDataSet = ({ columns, rows, types = columns.map(() => SparkplugType.Double) }: { readonly columns: readonly string[]; readonly rows: readonly (readonly number[])[]; readonly types?: readonly number[] }): Uint8Array => {
  const set = createWireWriter();
  set.varint(1, columns.length);
  for (const column of columns) set.text(2, column);
  for (const type of types) set.varint(3, type);
  for (const row of rows) {
    const cells = createWireWriter();
    for (const value of row) {
      const cell = createWireWriter();
      cell.double(4, value);
      cells.bytes(1, cell.finish());
    }
    set.bytes(4, cells.finish());
  }
  return set.finish();
};
