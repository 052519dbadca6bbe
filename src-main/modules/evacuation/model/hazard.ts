/**
 * The danger on the walkways ahead in time, in slices: slice s holds from `at[s]` (seconds from now; the first is 0) until the next, the
 * last one for ever. Columns are slice by slice: the value of edge e in slice s stands at s · edges + e, that of node n at s · nodes + n.
 */
export type EdgeHazard = {
  readonly at: Float64Array;
  /** Fraction of the reference toxic load (AEGL-2) that a person gains per second on the edge. */
  readonly loadRate: Float32Array;
  /** 0 open, 1 inside the danger contour, 2 lethal. Nobody walks from a lesser level into a greater one. */
  readonly level: Uint8Array;
  readonly nodeLevel: Uint8Array;
  /** Fraction of unimpeded walking speed (smoke); omitted where the air is clear. */
  readonly pace?: Float32Array;
};

/** No danger anywhere. */
export const noHazard = (size: { readonly nodes: number; readonly edges: number }): EdgeHazard => ({
  at: new Float64Array(1),
  loadRate: new Float32Array(size.edges),
  level: new Uint8Array(size.edges),
  nodeLevel: new Uint8Array(size.nodes),
});

export type Span = { readonly from: number; readonly to: number };

const sliceAt = (at: Float64Array, t: number): number => {
  let s = at.length - 1;
  while (s > 0 && at[s]! > t) s -= 1;
  return s;
};

const worst = (column: Uint8Array, hazard: EdgeHazard, item: number, span: Span): number => {
  const { at } = hazard;
  const stride = column.length / at.length;
  let s = sliceAt(at, span.from);
  let level = column[s * stride + item]!;
  for (s += 1; s < at.length && at[s]! < span.to; s += 1) level = Math.max(level, column[s * stride + item]!);
  return level;
};

/** Worst level of an edge during [from, to). */
export const edgeLevel = (hazard: EdgeHazard, edge: number, span: Span): number => worst(hazard.level, hazard, edge, span);

/** Worst level of a node during [from, to). */
export const nodeLevel = (hazard: EdgeHazard, node: number, span: Span): number => worst(hazard.nodeLevel, hazard, node, span);

/** Load gained on an edge during [from, to), as a fraction of the reference load. */
export const loadDuring = (hazard: EdgeHazard, edge: number, span: Span): number => {
  const { at, loadRate } = hazard;
  if (at.length === 1) return loadRate[edge]! * (span.to - span.from);
  const edges = loadRate.length / at.length;
  let load = 0;
  for (let s = sliceAt(at, span.from); s < at.length && at[s]! < span.to; s += 1) {
    const end = s + 1 < at.length ? at[s + 1]! : Infinity;
    load += loadRate[s * edges + edge]! * (Math.min(end, span.to) - Math.max(at[s]!, span.from));
  }
  return load;
};

/** Fraction of unimpeded speed on an edge for somebody who enters at t. */
export const paceAt = (hazard: EdgeHazard, edge: number, t: number): number => {
  if (hazard.pace === undefined) return 1;
  return hazard.pace[sliceAt(hazard.at, t) * (hazard.pace.length / hazard.at.length) + edge]!;
};
