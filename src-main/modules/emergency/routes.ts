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
  readonly computeMs: number;
};

/**
 * Takes the new plan only when the old one no longer serves: a way was cut, a muster point was lost, somebody has no way yet, or somebody
 * sheltered can now leave. People who were told to go one way are not sent another for a few seconds' gain.
 */
export const chooseRoutes = ({ previous, result, idOf, musterIds, computeMs }: Terms): Choice => {
  const fresh = freshRoutes({ previous, result, idOf, musterIds });
  const shelter = Array.from(result.shelter, idOf);
  const reason = reasonFor({ previous, fresh, shelter, closed: new Set(result.closedEdges), usable: new Set(musterIds.filter((_id, m) => result.musterUsable[m] === 1)) });
  if (reason === null) return { routes: previous.routes, shelter: previous.shelter, planned: previous.planned };
  return { routes: fresh, shelter, planned: { version: (previous.planned?.version ?? 0) + 1, reason, computeMs, nearestExit: result.nearestExit, chosen: result.chosen } };
};

const reasonFor = (terms: { readonly previous: Choice; readonly fresh: readonly EvacuationRoute[]; readonly shelter: readonly string[]; readonly closed: ReadonlySet<string>; readonly usable: ReadonlySet<string> }): Text | null => {
  const { previous, fresh, shelter, closed, usable } = terms;
  if (previous.planned === null) return text('首次方案', 'first plan');
  if (previous.routes.some((route) => route.edges.some((edge) => closed.has(edge)))) return text('危险区移动,路线被切断', 'the danger moved across a route');
  if (previous.routes.some((route) => !usable.has(route.muster))) return text('集合点受影响', 'a muster point was lost');
  const known = new Set([...previous.routes.flatMap((route) => route.people), ...previous.shelter]);
  if ([...fresh.flatMap((route) => route.people), ...shelter].some((person) => !known.has(person))) return text('更多人员受影响', 'more people are affected');
  if (previous.shelter.some((person) => !shelter.includes(person))) return text('掩蔽人员可以撤离', 'people who sheltered can leave');
  return null;
};

const freshRoutes = ({ previous, result, idOf, musterIds }: Omit<Terms, 'computeMs'>): EvacuationRoute[] => {
  const before = new Map(previous.routes.flatMap((route) => route.people.map((person) => [person, route] as const)));
  return result.routes.map((draft, index) => {
    const people = Array.from(draft.people, idOf);
    const muster = musterIds[draft.muster]!;
    const replanned = people.map((person) => {
      const old = before.get(person);
      // The part already walked does not count as a change.
      const isSame = old !== undefined && old.muster === muster && old.edges.join().endsWith(draft.edges.join());
      return old === undefined ? 0 : old.replanned + (isSame ? 0 : 1);
    });
    return { id: `route-${index + 1}`, people, muster, path: draft.path, escapeEdges: [...draft.escapeEdges], edges: [...draft.edges], lengthM: draft.lengthM, arrivalS: draft.arrivalS, dose: draft.dose, replanned: Math.max(0, ...replanned) };
  });
};
