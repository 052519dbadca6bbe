import type { PictureBox } from '../../../../../src-shared/contract/index.ts';
import { contains, type UtcMs } from '../../../../../src-shared/kernel/index.ts';
import type { PictureZone } from '../../../../../src-shared/plant/index.ts';
import type { Box, Detection } from './detect.ts';
import { NO_BLAZE, watchBlaze, type Blaze } from './fire.ts';
import { createTracker, type Track } from './track.ts';
import { NO_VOTES, vote, type VoteRules, type Votes } from './voting.ts';
import { workersOf, type Worker, type WorkerRules } from './workers.ts';

/** Something wrong on the pictures of one camera. `track` is null for fire and smoke. */
export type Breach = { readonly kind: BreachKind; readonly track: number | null; readonly since: UtcMs; readonly confidence: number };
export type BreachKind = NonNullable<PictureBox['breach']>;

export type SceneFrame = { readonly at: UtcMs; /** Of the picture, pixels. */ readonly width: number; readonly height: number; readonly detections: readonly Detection[]; readonly zones: readonly PictureZone[]; readonly rules: WorkerRules };
/** What one picture adds: everything in it, what is wrong now, and what of it is new and to be told. */
export type SceneStep = { readonly boxes: readonly PictureBox[]; readonly standing: readonly Breach[]; readonly begun: readonly Breach[] };

/** Clothing: most of nine pictures, three seconds long. */
const WEARING: VoteRules = { window: 9, least: 5, enter: 0.7, leave: 0.3, dwellMs: 3_000 };
/** A place: where somebody stands is seen more surely than what they wear. */
const PLACE: VoteRules = { window: 5, least: 3, enter: 0.6, leave: 0.25, dwellMs: 2_000 };
const PERSON_KINDS = ['no-helmet', 'no-vest', 'intrusion', 'climbing'] as const;
type PersonKind = (typeof PERSON_KINDS)[number];
const RULES: Readonly<Record<PersonKind, VoteRules>> = { 'no-helmet': WEARING, 'no-vest': WEARING, intrusion: PLACE, climbing: PLACE };

/** The same person is not told of again within this time after the last sight of the breach. */
export const COOL_DOWN_MS = 60_000;
/** Somebody who appears this near, in box heights, and this soon after one was lost is the same. */
const [SAME_REACH, SAME_MS] = [1, 10_000];

type Person = { readonly votes: Readonly<Record<PersonKind, Votes>>; readonly since: Readonly<Partial<Record<PersonKind, UtcMs>>>; readonly toldAt: Readonly<Partial<Record<PersonKind, UtcMs>>>; readonly box: Box; readonly seenAt: UtcMs };
const STRANGER: Pick<Person, 'votes' | 'since' | 'toldAt'> = { votes: { 'no-helmet': NO_VOTES, 'no-vest': NO_VOTES, intrusion: NO_VOTES, climbing: NO_VOTES }, since: {}, toldAt: {} };

/**
 * What the pictures of one camera mean: people followed over time, judged by most of their last pictures, and told of once per breach; fire and smoke by three pictures of five that live. One bad
 * picture is no violation.
 */
export const createScene = () => {
  const tracker = createTracker();
  const people = new Map<number, Person>();
  const blazes: Record<'fire' | 'smoke', { blaze: Blaze; toldAt: UtcMs }> = { fire: { blaze: NO_BLAZE, toldAt: Number.NEGATIVE_INFINITY }, smoke: { blaze: NO_BLAZE, toldAt: Number.NEGATIVE_INFINITY } };

  /** What is known of a track: of itself, or of somebody who was lost where it appears. */
  const known = (track: Track, isTaken: (id: number) => boolean): Person => {
    const own = people.get(track.id);
    if (own !== undefined) return own;
    for (const [id, person] of people) {
      if (isTaken(id) || track.seenAt - person.seenAt > SAME_MS || distance(person.box, track.box) > SAME_REACH * person.box.height) continue;
      people.delete(id);
      return person;
    }
    return { ...STRANGER, box: track.box, seenAt: track.seenAt };
  };

  const judge = (worker: Worker, track: Track, { person, frame }: { readonly person: Person; readonly frame: SceneFrame }) => {
    const { at, zones } = frame;
    const feet: readonly [number, number] = [(worker.box.x + worker.box.width / 2) / frame.width, Math.min(0.999, (worker.box.y + worker.box.height) / frame.height)];
    const standsIn = (kind: PictureZone['kind']) => zones.some((zone) => zone.kind === kind && contains(zone.polygon, feet[0], feet[1]));
    const mustWear = (kind: 'helmet' | 'vest') => !zones.some((zone) => zone.kind === kind) || standsIn(kind);
    const missing = (wearing: Worker['hat'], isAsked: boolean) => (wearing === 'unknown' ? null : wearing === 'missing' && isAsked);
    const answers: Readonly<Record<PersonKind, boolean | null>> = {
      'no-helmet': missing(worker.hat, mustWear('helmet')),
      'no-vest': missing(worker.vest, mustWear('vest')),
      intrusion: standsIn('forbidden'),
      climbing: standsIn('climbing'),
    };
    const votes = { ...person.votes };
    const [since, toldAt] = [{ ...person.since }, { ...person.toldAt }];
    const begun: Breach[] = [];
    const standing: Breach[] = [];
    for (const kind of PERSON_KINDS) {
      votes[kind] = vote(person.votes[kind], { at, isYes: answers[kind] }, RULES[kind]);
      if (!votes[kind].isSo) {
        delete since[kind];
        continue;
      }
      since[kind] ??= votes[kind].answers.find(({ isYes }) => isYes)?.at ?? at;
      const breach: Breach = { kind, track: track.id, since: since[kind], confidence: worker.score };
      standing.push(breach);
      const isNew = !(at - (toldAt[kind] ?? Number.NEGATIVE_INFINITY) <= COOL_DOWN_MS);
      if (isNew) begun.push(breach);
      toldAt[kind] = at;
    }
    people.set(track.id, { votes, since, toldAt, box: worker.box, seenAt: at });
    return { begun, standing };
  };

  const blazeOf = (kind: 'fire' | 'smoke', frame: SceneFrame) => {
    const { at, detections, rules, zones, width, height } = frame;
    const isAside = ({ x, y, width: wide, height: high }: Box) => zones.some((zone) => zone.kind === 'no-fire' && contains(zone.polygon, (x + wide / 2) / width, (y + high / 2) / height));
    const seen = detections.filter((each) => each.class === kind && each.score >= (rules.thresholds[kind] ?? 0.5) && !isAside(each.box));
    const own = blazes[kind];
    own.blaze = watchBlaze(own.blaze, { at, boxes: seen.map(({ box }) => box) });
    const { since } = own.blaze;
    const breach: Breach | null = since === null ? null : { kind, track: null, since, confidence: Math.max(0, ...seen.map(({ score }) => score)) };
    const isNew = breach !== null && at - own.toldAt > COOL_DOWN_MS;
    if (breach !== null) own.toldAt = at;
    return { breach, isNew };
  };

  return {
    /** Takes one picture; pictures come in order of time. */
    step(frame: SceneFrame): SceneStep {
      const workers = workersOf(frame.detections, frame.rules);
      const tracks = tracker.step(frame.at, workers.map(({ box }) => box));
      const alive = new Set([...tracks, ...tracker.tracks()].map(({ id }) => id));
      const judged = workers.map((worker, index) => {
        const track = tracks[index]!;
        return { worker, track, ...judge(worker, track, { person: known(track, (id) => alive.has(id)), frame }) };
      });
      for (const [id, person] of people) if (frame.at - person.seenAt > COOL_DOWN_MS) people.delete(id);
      const burning = (['fire', 'smoke'] as const).map((kind) => blazeOf(kind, frame));
      const standing = [...judged.flatMap((each) => each.standing), ...burning.flatMap(({ breach }) => breach ?? [])];
      return {
        boxes: boxesOf(frame, { judged, burning: burning.flatMap(({ breach }) => breach ?? []) }),
        standing,
        begun: [...judged.flatMap((each) => each.begun), ...burning.flatMap(({ breach, isNew }) => (isNew && breach !== null ? [breach] : []))],
      };
    },
  };
};

const HEADS = { worn: 'hardhat', missing: 'no_hardhat', unknown: 'head' } as const;

const distance = (a: Box, b: Box): number => Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height - b.y - b.height);

/** Everything that is believed on the picture, in fractions of it: workers by their track, with their head; vests, fire and smoke as they were seen. */
const boxesOf = (
  frame: Pick<SceneFrame, 'width' | 'height' | 'detections' | 'rules'>,
  { judged, burning }: { readonly judged: readonly { readonly worker: Worker; readonly track: Pick<Track, 'id'> | null; readonly standing: readonly Breach[] }[]; readonly burning: readonly Breach[] },
): readonly PictureBox[] => {
  const { width, height, detections, rules } = frame;
  const share = ({ x, y, width: wide, height: high }: Box): PictureBox['box'] => [x / width, y / height, wide / width, high / height];
  const breachOf = (standing: readonly Breach[], kinds: readonly BreachKind[]) => standing.find(({ kind }) => kinds.includes(kind))?.kind ?? null;
  const workers = judged.flatMap(({ worker, track, standing }): PictureBox[] => [
    { kind: 'person', confidence: worker.score, box: share(worker.box), track: track?.id ?? null, breach: breachOf(standing, ['intrusion', 'climbing', 'no-helmet', 'no-vest']) },
    ...(worker.head === null ? [] : [{ kind: HEADS[worker.hat], confidence: worker.score, box: share(worker.head), track: track?.id ?? null, breach: breachOf(standing, ['no-helmet']) }]),
  ]);
  const others = detections
    .filter(({ class: kind, score }) => OTHERS.has(kind) && score >= (rules.thresholds[kind] ?? 0.5))
    .map(({ class: kind, score, box }): PictureBox => ({ kind, confidence: score, box: share(box), track: null, breach: burning.find((breach) => breach.kind === kind)?.kind ?? null }));
  return [...workers, ...others];
};
const OTHERS: ReadonlySet<string> = new Set(['vest', 'no_vest', 'fire', 'smoke']);

/** What is on a single picture, with nothing known before it: boxes without tracks and without judgement. */
export const boxesOn = (frame: Pick<SceneFrame, 'width' | 'height' | 'detections' | 'rules'>): readonly PictureBox[] =>
  boxesOf(frame, { judged: workersOf(frame.detections, frame.rules).map((worker) => ({ worker, track: null, standing: [] })), burning: [] });
