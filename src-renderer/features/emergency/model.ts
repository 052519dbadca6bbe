import type { Emergency, HazardContour } from '../../../src-shared/contract/index.ts';

const STATE_ORDER: Readonly<Record<Emergency['state'], number>> = { confirmed: 0, suspected: 1, 'stood-down': 2 };

/** Confirmed before suspected before stood down, the newest first. */
export const emergenciesInOrder = (all: readonly Emergency[]): readonly Emergency[] => [...all].sort((a, b) => STATE_ORDER[a.state] - STATE_ORDER[b.state] || b.since - a.since);

export const activeEmergencies = (all: readonly Emergency[]): readonly Emergency[] => emergenciesInOrder(all.filter(({ state }) => state !== 'stood-down'));

/** How far a contour reaches from the source, m; 0 when it is empty. */
export const reachM = ({ rings }: Pick<HazardContour, 'rings'>, [sx, sy]: readonly [number, number]): number => {
  let reach = 0;
  for (const ring of rings) for (let index = 0; index + 1 < ring.length; index += 2) reach = Math.max(reach, Math.hypot((ring[index] ?? sx) - sx, (ring[index + 1] ?? sy) - sy));
  return reach;
};

/** Everybody at the muster points: expected, arrived, the ids of those missing and which of them are silent, and the age of the oldest position that counts, s. */
export const headcount = (muster: Emergency['muster']): { readonly expected: number; readonly arrived: number; readonly missing: readonly string[]; readonly silent: readonly string[]; readonly oldestS: number } => ({
  expected: muster.reduce((sum, each) => sum + each.expected, 0),
  arrived: muster.reduce((sum, each) => sum + each.arrived, 0),
  missing: muster.flatMap((each) => each.missing),
  silent: muster.flatMap((each) => each.silent),
  oldestS: Math.max(0, ...muster.map((each) => each.oldestS)),
});

/** By what part the chosen routes lower the worst dose against the nearest exit; null when there is nothing to compare. */
export const doseSaved = (planned: Emergency['planned']): number | null => (planned === null || !(planned.nearestExit.dose > 0) ? null : 1 - planned.chosen.dose / planned.nearestExit.dose);

/** Routes of one muster point together: people, the last arrival and the worst dose. */
export const routesByMuster = (routes: Emergency['routes']): readonly { readonly muster: string; readonly people: number; readonly arrivalS: number; readonly dose: number; readonly lengthM: number; readonly replanned: number }[] => {
  const groups = new Map<string, { muster: string; people: number; arrivalS: number; dose: number; lengthM: number; replanned: number }>();
  for (const route of routes) {
    const group = groups.get(route.muster) ?? { muster: route.muster, people: 0, arrivalS: 0, dose: 0, lengthM: 0, replanned: 0 };
    groups.set(route.muster, {
      muster: route.muster,
      people: group.people + route.people.length,
      arrivalS: Math.max(group.arrivalS, route.arrivalS),
      dose: Math.max(group.dose, route.dose),
      lengthM: Math.max(group.lengthM, route.lengthM),
      replanned: Math.max(group.replanned, route.replanned),
    });
  }
  return [...groups.values()].sort((a, b) => b.people - a.people);
};

/** The way that somebody has been sent: where to, when they are expected there (UTC ms) and with what load; null for whoever has none. */
export const wayOf = (routes: Emergency['routes'], person: string): { readonly muster: string; readonly arrivesAt: number; readonly arrivalS: number; readonly dose: number; readonly lengthM: number } | null => {
  for (const { people, each, muster, plannedAt, lengthM } of routes) {
    const index = people.indexOf(person);
    const walk = each[index];
    if (walk !== undefined) return { muster, arrivesAt: plannedAt + 1_000 * walk.arrivalS, ...walk, lengthM };
  }
  return null;
};

/** Everybody who has been sent, the last to arrive first. */
export const everybodySent = (routes: Emergency['routes']): readonly string[] =>
  routes.flatMap(({ people, each, plannedAt }) => people.map((person, i) => ({ person, at: plannedAt + 1_000 * (each[i]?.arrivalS ?? 0) }))).toSorted((a, b) => b.at - a.at).map(({ person }) => person);

/** The ways that may be used because the danger reaches them only later, the one with the least time to spare first. */
export const usedAhead = (routes: Emergency['routes']): readonly { readonly people: number; readonly muster: string; readonly passedS: number; readonly closesS: number }[] =>
  routes
    .flatMap(({ people, muster, ahead }) => (ahead === null ? [] : [{ people: people.length, muster, passedS: ahead.passedS, closesS: ahead.closesS }]))
    .toSorted((a, b) => a.closesS - a.passedS - (b.closesS - b.passedS));

const SECTORS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;

/** The eighth of the compass in which a bearing (degrees clockwise from true north) lies. */
export const compassSector = (bearing: number): (typeof SECTORS)[number] => SECTORS[Math.round((((bearing % 360) + 360) % 360) / 45) % 8]!;
