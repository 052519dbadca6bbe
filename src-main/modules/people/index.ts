import { contains, createEmitter, createTable, text, type Clock, type Table, type Text } from '../../../src-shared/kernel/index.ts';
import type { CameraEvent } from '../../../src-shared/contract/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import type { CameraEventReport, PositionBatch } from '../feeds/index.ts';
import { createPeopleHandlers, type PeopleHandlers, type PositionColumns } from './handlers.ts';

/** Where people are, by their wearables, and what cameras see of them. */
export type People = {
  /** Takes positions that are later than those known. */
  apply(batch: PositionBatch): void;
  /** One row per person with a position; `zone` is an index of the plant model or −1. */
  positions(): PositionColumns;
  /** Zone index of a person whose position is fresh; −1 outside all zones or when nobody knows. */
  zoneOf(person: number): number;
  /** People (indexes) whose fresh position lies in a zone. */
  peopleIn(zone: number): readonly number[];
  /** Whether the last position is too old to rely on; true before the first. */
  isStale(person: number): boolean;
  /** Takes one report; the same sight (camera, kind, person) counts on in one row until it is quiet. Who says nothing of the person means one that is seen already. Gives the row. */
  cameraEvent(report: CameraEventReport): CameraEvent;
  /** Ends the sights that are over; call it every few seconds. */
  tick(): void;
  /** A picture was kept of a sight. */
  attachEvidence(sight: string, evidence: string): void;
  readonly cameraEvents: Table<string, CameraEvent>;
  readonly handlers: PeopleHandlers;
};

/** A wearable that reports every few seconds and is silent this long says nothing about where its wearer is. */
export const POSITION_STALE_MS = 30_000;
/** A sight that is not reported again for this long is over. */
const QUIET_MS = 15_000;

export const createPeople = ({ plant, clock }: { readonly plant: PlantModel; readonly clock: Clock }): People => {
  const size = plant.people.length;
  const column = () => new Float64Array(size).fill(Number.NaN);
  const known = { x: column(), y: column(), z: column(), heartRate: column(), accuracy: column(), at: column() };
  const zone = new Int32Array(size).fill(-1);
  const appended = createEmitter<PositionColumns>();
  const sights = createTable<string, CameraEvent>((event) => event.id);
  const cameras = new Map(plant.cameras.map((camera) => [camera.id, camera]));
  const names = new Map(plant.people.map((person) => [person.id, person.name]));
  const boxes = plant.zones.map(({ polygon }) => boxOf(polygon));

  const findZone = (x: number, y: number, before: number): number => {
    const isIn = (index: number) => {
      const box = boxes[index];
      return box !== undefined && x >= box.left && x <= box.right && y >= box.bottom && y <= box.top && contains(plant.zones[index]!.polygon, x, y);
    };
    return before >= 0 && isIn(before) ? before : plant.zones.findIndex((_zone, index) => isIn(index));
  };
  const rows = (people: readonly number[]): PositionColumns => {
    const pick = (source: Float64Array | Int32Array) => Float64Array.from(people, (person) => source[person]!);
    return { person: Float64Array.from(people), x: pick(known.x), y: pick(known.y), z: pick(known.z), heartRate: pick(known.heartRate), at: pick(known.at), zone: pick(zone), accuracy: pick(known.accuracy) };
  };
  const positions = () => rows([...known.at.keys()].filter((person) => !Number.isNaN(known.at[person]!)));
  const isStale = (person: number) => !(clock.now() - known.at[person]! <= POSITION_STALE_MS);

  const dropQuiet = () =>
    sights.change(() => {
      for (const event of sights.rows()) if (clock.now() - event.lastAt > QUIET_MS) sights.drop(event.id);
    });

  return {
    tick: dropQuiet,
    apply(batch) {
      const moved: number[] = [];
      for (const [row, person] of batch.person.entries()) {
        if (person >= size || !isNews(batch.at[row]!, known.at[person]!, batch.seenAt)) continue;
        known.x[person] = batch.x[row]!;
        known.y[person] = batch.y[row]!;
        known.z[person] = batch.z[row]!;
        known.heartRate[person] = batch.heartRate[row]!;
        known.accuracy[person] = batch.accuracy[row]!;
        known.at[person] = batch.at[row]!;
        zone[person] = findZone(batch.x[row]!, batch.y[row]!, zone[person]!);
        moved.push(person);
      }
      if (moved.length > 0 && appended.size > 0) appended.emit(rows(moved));
    },
    positions,
    isStale,
    zoneOf: (person) => (isStale(person) ? -1 : zone[person]!),
    peopleIn: (index) => [...zone.keys()].filter((person) => zone[person] === index && !isStale(person)),
    cameraEvent(report) {
      dropQuiet();
      const same = sights.rows().filter(({ camera, kind }) => camera === report.camera && kind === report.kind);
      const before = same.find(({ person }) => person === report.person) ?? same.find(({ person }) => person === null || report.person === null);
      const person = report.person ?? before?.person ?? null;
      const id = [report.camera, report.kind, person ?? '-'].join('|');
      const camera = cameras.get(report.camera);
      const event: CameraEvent = {
        id,
        camera: report.camera,
        kind: report.kind,
        text: describe(report.kind, person === null ? null : (names.get(person) ?? person)),
        person,
        confidence: Math.max(report.confidence, before?.confidence ?? 0),
        firstAt: before?.firstAt ?? report.at,
        lastAt: Math.max(report.at, before?.lastAt ?? report.at),
        count: (before?.count ?? 0) + 1,
        position: camera === undefined ? null : [camera.position[0], camera.position[1]],
        evidence: before?.evidence ?? null,
      };
      sights.change(() => {
        // The sight of somebody unknown is that of the one who is named now.
        if (before !== undefined && before.id !== id) sights.drop(before.id);
        sights.put(event);
      });
      return event;
    },
    attachEvidence(sight, evidence) {
      const event = sights.get(sight);
      if (event !== undefined) sights.put({ ...event, evidence });
    },
    cameraEvents: sights,
    handlers: createPeopleHandlers({ snapshot: positions, onDidAppend: appended.listen }, sights),
  };
};

/** Later than what is known; a known time ahead of our clock comes from before that was set back, and the order begins anew. */
const isNews = (at: number, knownAt: number, seenAt: number): boolean => Number.isNaN(knownAt) || at > knownAt || (knownAt > seenAt && at <= seenAt && at !== knownAt);

const KINDS: Readonly<Record<CameraEvent['kind'], Text>> = {
  'no-helmet': text('未戴安全帽', 'No helmet'),
  'no-vest': text('未穿反光衣', 'No high-visibility vest'),
  intrusion: text('闯入禁区', 'Intrusion'),
  climbing: text('违规登高', 'Climbing'),
  fire: text('发现明火', 'Fire'),
  smoke: text('发现烟雾', 'Smoke'),
  fall: text('人员倒地', 'Person down'),
};

const describe = (kind: CameraEvent['kind'], person: string | null): Text => {
  const words = KINDS[kind];
  return person === null ? words : text(`${words.zh}:${person}`, `${words.en}: ${person}`);
};

const boxOf = (polygon: readonly (readonly [number, number])[]) => {
  const [xs, ys] = [polygon.map(([x]) => x), polygon.map(([, y]) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) };
};
