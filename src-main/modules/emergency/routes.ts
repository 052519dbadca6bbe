import type { Emergency, EvacuationRoute } from '../../../src-shared/contract/index.ts';
import { text, type Text } from '../../../src-shared/kernel/index.ts';
import type { Assessment } from './assessment.ts';

type Choice = Pick<Emergency, 'routes' | 'shelter' | 'planned'>;
type Terms = {
  readonly previous: Choice;
  readonly result: Assessment;
  /** Person id of a row of the assessed people. */
  readonly idOf: (row: number) => string;
  readonly musterIds: readonly string[];
  /** Whether a person has arrived. */
  readonly isDone: (person: string) => boolean;
  readonly computeMs: number;
};

/**
 * Keeps every route that still serves and plans only for the others: people whose way was cut or whose muster point was lost, people who have no way yet,
 * and people who sheltered and can now leave. Nobody who was told to go one way is sent another for a few seconds' gain.
 */
export const chooseRoutes = (terms: Terms): Choice => {
  const { previous, result, idOf, musterIds, isDone, computeMs } = terms;
  const closed = new Set(result.closedEdges);
  const usable = new Set(musterIds.filter((_id, m) => result.musterUsable[m] === 1));
  const isCut = (route: EvacuationRoute): boolean => route.edges.some((edge) => closed.has(edge)) || !usable.has(route.muster);
  const open = previous.routes.map((route) => ({ ...route, people: route.people.filter((person) => !isDone(person)) })).filter((route) => route.people.length > 0);
  const kept = open.filter((route) => !isCut(route));
  const settled = new Set(kept.flatMap((route) => route.people));
  const shelter = Array.from(result.shelter, idOf).filter((person) => !settled.has(person));
  const fresh = freshRoutes(terms, open, settled);
  const reason = reasonFor({ previous, open, fresh, shelter, usable });
  if (reason === null) return { routes: kept.length === previous.routes.length ? previous.routes : kept, shelter: previous.shelter, planned: previous.planned };
  const routes = [...kept, ...fresh].map((route, index) => ({ ...route, id: `route-${index + 1}` }));
  return { routes, shelter, planned: { version: (previous.planned?.version ?? 0) + 1, reason, computeMs, nearestExit: result.nearestExit, chosen: result.chosen } };
};

const reasonFor = (terms: { readonly previous: Choice; readonly open: readonly EvacuationRoute[]; readonly fresh: readonly EvacuationRoute[]; readonly shelter: readonly string[]; readonly usable: ReadonlySet<string> }): Text | null => {
  const { previous, open, fresh, shelter, usable } = terms;
  if (previous.planned === null) return text('首次方案', 'first plan');
  const before = new Map(open.flatMap((route) => route.people.map((person) => [person, route] as const)));
  const changed = [...fresh.flatMap((route) => route.people), ...shelter.filter((person) => !previous.shelter.includes(person))];
  if (changed.length === 0) return null;
  if (changed.some((person) => before.has(person) && !usable.has(before.get(person)!.muster))) return text('集合点受影响', 'a muster point was lost');
  if (changed.some((person) => before.has(person))) return text('危险区移动,路线被切断', 'the danger moved across a route');
  if (changed.every((person) => previous.shelter.includes(person))) return text('掩蔽人员可以撤离', 'people who sheltered can leave');
  return text('更多人员受影响', 'more people are affected');
};

/** The new plan's routes of people who are not settled on an old one. */
const freshRoutes = ({ result, idOf, musterIds }: Terms, open: readonly EvacuationRoute[], settled: ReadonlySet<string>): readonly EvacuationRoute[] => {
  const before = new Map(open.flatMap((route) => route.people.map((person) => [person, route] as const)));
  return result.routes.flatMap((draft): readonly EvacuationRoute[] => {
    const people = Array.from(draft.people, idOf).filter((person) => !settled.has(person));
    if (people.length === 0) return [];
    const replanned = Math.max(...people.map((person) => (before.has(person) ? before.get(person)!.replanned + 1 : 0)));
    return [{ id: '', people, muster: musterIds[draft.muster]!, path: draft.path, escapeEdges: [...draft.escapeEdges], edges: [...draft.edges], lengthM: draft.lengthM, arrivalS: draft.arrivalS, dose: draft.dose, replanned }];
  });
};
