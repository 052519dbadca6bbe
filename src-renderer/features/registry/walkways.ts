import type { PlantModel, WalkEdge, WalkNode } from '../../../src-shared/plant/index.ts';

/** The walkways while a person draws on them. */
export type Draft = { readonly nodes: ReadonlyMap<string, WalkNode>; readonly edges: ReadonlyMap<string, WalkEdge> };
export type WalkProblem = { readonly code: 'width' | 'loose' | 'cut' | 'muster' | 'loop' | 'name'; readonly id: string };
type Edit = { readonly kind: 'walk-node' | 'walk-edge'; readonly id: string; readonly fields: Record<string, string> | null };

export const draftOf = ({ nodes, edges }: PlantModel['walkways']): Draft => ({ nodes: new Map(nodes.map((node) => [node.id, node])), edges: new Map(edges.map((edge) => [edge.id, edge])) });

/** The first free id of a kind: `N-1`, `W-7`. */
export const freeId = (taken: ReadonlyMap<string, unknown>, letter: string): string => {
  let n = taken.size + 1;
  while (taken.has(`${letter}-${n}`)) n += 1;
  return `${letter}-${n}`;
};

export const putNode = (draft: Draft, node: WalkNode): Draft => ({ ...draft, nodes: new Map(draft.nodes).set(node.id, node) });
export const putEdge = (draft: Draft, edge: WalkEdge): Draft => ({ ...draft, edges: new Map(draft.edges).set(edge.id, edge) });
export const dropEdge = (draft: Draft, id: string): Draft => ({ ...draft, edges: new Map([...draft.edges].filter(([each]) => each !== id)) });
/** A node goes with the ways that end at it. */
export const dropNode = (draft: Draft, id: string): Draft => ({ nodes: new Map([...draft.nodes].filter(([each]) => each !== id)), edges: new Map([...draft.edges].filter(([, { from, to }]) => from !== id && to !== id)) });

/** What would keep people from a muster point: widths, ends, parts of the walkways that are cut off. Blocked ways count as none. */
export const walkProblems = ({ nodes, edges }: Draft, muster: PlantModel['muster']): readonly WalkProblem[] => {
  const problems: WalkProblem[] = [];
  const next = new Map<string, string[]>([...nodes.keys()].map((id) => [id, []]));
  const joined = new Set<string>();
  for (const { id, from, to, width, blocked } of edges.values()) {
    if (!(width > 0)) problems.push({ code: 'width', id });
    if (from === to) problems.push({ code: 'loop', id });
    if (!nodes.has(from) || !nodes.has(to)) problems.push({ code: 'name', id });
    else {
      joined.add(from).add(to);
      if (blocked !== true) {
        next.get(from)!.push(to);
        next.get(to)!.push(from);
      }
    }
  }
  const reached = new Set(muster.map(({ node }) => node).filter((node) => nodes.has(node)));
  for (const node of reached) for (const other of next.get(node) ?? []) reached.add(other);
  for (const { id, node } of muster) if ((next.get(node) ?? []).length === 0) problems.push({ code: 'muster', id });
  for (const id of nodes.keys()) if (!joined.has(id)) problems.push({ code: 'loose', id });
  else if (!reached.has(id)) problems.push({ code: 'cut', id });
  return problems;
};

/** Problems that the drawing made; what was wrong before is for the validation report. */
export const newProblems = (before: readonly WalkProblem[], after: readonly WalkProblem[]): readonly WalkProblem[] => {
  const known = new Set(before.map(({ code, id }) => `${code} ${id}`));
  return after.filter(({ code, id }) => !known.has(`${code} ${id}`));
};

/** The edits that make one draft of another, as the registry takes them: removed ways first, then nodes, then ways. */
export const editsBetween = (before: Draft, after: Draft): Edit[] => {
  const changed = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);
  const text = (value: number): string => String(Math.round(value * 100) / 100);
  const gone = (kind: Edit['kind'], old: ReadonlyMap<string, unknown>, now: ReadonlyMap<string, unknown>): Edit[] => [...old.keys()].filter((id) => !now.has(id)).map((id) => ({ kind, id, fields: null }));
  return [
    ...gone('walk-edge', before.edges, after.edges),
    ...gone('walk-node', before.nodes, after.nodes),
    ...[...after.nodes.values()].filter((node) => changed(before.nodes.get(node.id), node)).map(({ id, kind, position }): Edit => ({ kind: 'walk-node', id, fields: { id, kind, 'position.0': text(position[0]), 'position.1': text(position[1]) } })),
    ...[...after.edges.values()].filter((edge) => changed(before.edges.get(edge.id), edge)).map(({ id, from, to, width, kind, blocked }): Edit => ({ kind: 'walk-edge', id, fields: { id, from, to, width: text(width), kind, blocked: blocked === true ? 'true' : 'false' } })),
  ];
};
