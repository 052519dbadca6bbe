import type { Emergency, EvacuationRoute } from '../../../src-shared/contract/index.ts';
import { SECOND, text, type Point, type Text } from '../../../src-shared/kernel/index.ts';
import type { Assessment } from './assessment.ts';

type Choice = Pick<Emergency, 'routes' | 'shelter' | 'planned'>;
type Terms = {
  readonly previous: Choice & Pick<Emergency, 'blockedEdges'>;
  readonly result: Assessment;
  /** Person id of a row of the assessed people. */
  readonly idOf: (row: number) => string;
  readonly musterIds: readonly string[];
  /** Where a person was last seen. */
  readonly positionOf: (person: string) => Point | undefined;
  /** Whether a person has arrived. */
  readonly isDone: (person: string) => boolean;
  readonly computeMs: number;
  readonly now: number;
};

/** Who need not hear of it at once waits until the last announcement is this old. */
const SPACING = 15 * SECOND;
/** Whoever is no farther from where they were told their way, m, has not set out: telling them again at once would not move them. */
const STILL = 10;

/**
 * Keeps every way that still serves those who are on it, from where they are and at the time of their passing, and plans only for the others: people whose way will be cut or
 * whose muster point was lost, who have no way yet, or who sheltered and can now leave. Nobody who was told to go one way is sent another for a few seconds' gain. A plan is
 * announced at once when somebody's way is cut who is on it, a muster point is lost or somebody in danger has no way; whatever else would change waits until the last announcement is 15 s old.
 * `version` counts announcements. `planned` compares what people then really follow, kept ways included.
 */
export const chooseRoutes = (terms: Terms): Choice => {
  const { previous, result, idOf, musterIds, isDone, computeMs, now } = terms;
  const usable = new Set(musterIds.filter((_id, m) => result.musterUsable[m] === 1));
  const planned = new Set([...result.routes.flatMap((route) => Array.from(route.people, idOf)), ...Array.from(result.shelter, idOf)]);
  const open = previous.routes.flatMap((route) => onlyThose(route, (person) => !isDone(person)));
  // Whoever walks and has no position any more keeps the way that they were told.
  const kept = open.flatMap((route) => onlyThose(route, (person) => !planned.has(person)));
  const shelter = Array.from(result.shelter, idOf);
  const fresh = freshRoutes(terms, open);
  const changed = [...fresh.flatMap((route) => route.people), ...shelter.filter((person) => !previous.shelter.includes(person))];
  if (!isAnnounced(terms, changed)) return { routes: open.length === previous.routes.length && open.every((route, i) => route === previous.routes[i]) ? previous.routes : open, shelter: previous.shelter, planned: previous.planned };
  const reason = reasonFor({ previous, open, changed, usable, result, idOf });
  const routes = [...kept, ...fresh].map((route, index) => ({ ...route, id: `route-${index + 1}` }));
  return { routes, shelter, planned: { version: (previous.planned?.version ?? 0) + 1, at: now, told: changed, reason, computeMs, nearestExit: result.nearestExit, chosen: result.chosen } };
};

/** A route with some of its people; nothing when none of them is left, itself when all are. */
const onlyThose = (route: EvacuationRoute, isStill: (person: string) => boolean): readonly EvacuationRoute[] => {
  const left = route.people.flatMap((person, index) => (isStill(person) ? [index] : []));
  if (left.length === route.people.length) return [route];
  return left.length === 0 ? [] : [{ ...route, people: left.map((index) => route.people[index]!), each: left.map((index) => route.each[index]!) }];
};

/** Whether anybody is told anything now. People who shelter are safe where they are and can wait to be led out. */
const isAnnounced = ({ previous, result, idOf, positionOf, now }: Terms, changed: readonly string[]): boolean => {
  if (previous.planned === null) return true;
  const sheltered = new Set(previous.shelter);
  const routeOf = new Map(previous.routes.flatMap((route) => route.people.map((person) => [person, route] as const)));
  const isStill = (person: string): boolean => {
    const [route, at] = [routeOf.get(person), positionOf(person)];
    return route !== undefined && at !== undefined && now - route.plannedAt >= SPACING && Math.hypot(at[0] - route.path[0]!, at[1] - route.path[1]!) <= STILL;
  };
  const urgency = new Map(Array.from(result.urgency, (level, row) => [idOf(row), level] as const));
  const most = Math.max(0, ...changed.map((person) => Math.min(urgency.get(person) ?? 0, sheltered.has(person) || isStill(person) ? 1 : 2)));
  return most === 2 || (most === 1 && now - previous.planned.at >= SPACING);
};

const reasonFor = (terms: { readonly previous: Terms['previous']; readonly open: readonly EvacuationRoute[]; readonly changed: readonly string[]; readonly usable: ReadonlySet<string> } & Pick<Terms, 'result' | 'idOf'>): Text => {
  const { previous, open, changed, usable, result, idOf } = terms;
  if (previous.planned === null) return text('首次方案', 'first plan');
  const before = new Map(open.flatMap((route) => route.people.map((person) => [person, route] as const)));
  if (changed.some((person) => before.has(person) && !usable.has(before.get(person)!.muster))) return text('集合点受影响', 'a muster point was lost');
  const blocked = new Set(previous.blockedEdges);
  if (changed.some((person) => [...(before.get(person)?.escapeEdges ?? []), ...(before.get(person)?.edges ?? [])].some((edge) => blocked.has(edge)))) return text('有通道报告不通', 'a way was reported impassable');
  const cut = new Set(Array.from(result.urgency, (level, row) => (level === 2 ? idOf(row) : '')));
  if (changed.some((person) => before.has(person) && cut.has(person))) return text('危险区移动,路线将被切断', 'the danger moves across a route');
  if (changed.some((person) => before.has(person))) return text('有人偏离原路线', 'somebody is off their way');
  if (changed.every((person) => previous.shelter.includes(person))) return text('掩蔽人员可以撤离', 'people who sheltered can leave');
  return text('更多人员受影响', 'more people are affected');
};

/** The new plan's routes of people who keep no old one. */
const freshRoutes = ({ result, idOf, musterIds, now }: Terms, open: readonly EvacuationRoute[]): readonly EvacuationRoute[] => {
  const before = new Map(open.flatMap((route) => route.people.map((person) => [person, route] as const)));
  return result.routes.map((draft): EvacuationRoute => {
    const people = Array.from(draft.people, idOf);
    const replanned = Math.max(...people.map((person) => (before.has(person) ? before.get(person)!.replanned + 1 : 0)));
    const each = people.map((_person, i) => ({ arrivalS: draft.arrivalS[i]!, dose: draft.dose[i]! }));
    return { id: '', people, muster: musterIds[draft.muster]!, path: draft.path, escapeEdges: [...draft.escapeEdges], edges: [...draft.edges], lengthM: draft.lengthM, arrivalS: Math.max(...draft.arrivalS), dose: Math.max(...draft.dose), replanned, plannedAt: now, each, ahead: draft.ahead };
  });
};
