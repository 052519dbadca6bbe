import type { CameraEvent, Emergency as EmergencyRow, HazardRow, PictureBox } from '../src-shared/contract/index.ts';
import { createScope, MINUTE, SECOND, text, type Clock, type Disposable, type Log, type Text } from '../src-shared/kernel/index.ts';
import { camerasTowards, type Camera, type PlantModel } from '../src-shared/plant/index.ts';
import type { Alarms } from './modules/alarms/index.ts';
import type { Cameras } from './modules/cameras/index.ts';
import type { Emergency } from './modules/emergency/index.ts';
import type { CameraEventReport } from './modules/feeds/index.ts';
import type { Hazards } from './modules/hazards/index.ts';
import type { Incidents } from './modules/incidents/index.ts';
import { signsOf, type BreachReport } from './modules/inference/index.ts';
import type { People } from './modules/people/index.ts';

export type CameraSightsDependencies = {
  readonly plant: PlantModel;
  readonly people: Pick<People, 'cameraEvent' | 'attachEvidence' | 'cameraEvents'>;
  readonly cameras: Pick<Cameras, 'newest' | 'evidence'>;
  readonly hazards: Pick<Hazards, 'reportFromCamera'>;
  readonly alarms: Pick<Alarms, 'raiseSystem' | 'clearSystem'>;
  readonly emergency: Pick<Emergency, 'table' | 'seeFire'>;
  readonly incidents: Pick<Incidents, 'record'>;
  /** What is on a picture; null when no model can look. */
  look(jpeg: Uint8Array): Promise<readonly PictureBox[] | null>;
  readonly clock: Clock;
  readonly log: Log;
};

/** A report of a camera's own analytics becomes a violation when it lasts: one bad frame is none. Our own model has waited already. */
const DWELL_MS = 3 * SECOND;
const VIOLATIONS: Readonly<Partial<Record<CameraEvent['kind'], HazardRow['grade']>>> = { 'no-helmet': 'general', 'no-vest': 'general', intrusion: 'major', climbing: 'general' };
const BLAZES: Readonly<Partial<Record<CameraEvent['kind'], 1 | 2>>> = { fire: 1, smoke: 2 };
/** A picture older than this shows another moment. */
const FRESH_MS = 10 * SECOND;
/** A sight that ends and begins again within this is shown by the picture that is kept already. */
const COOL_DOWN_MS = 2 * MINUTE;
/** Cameras whose picture goes into the record of an incident. */
const MOST_OF_INCIDENT = 3;

/** What cameras see, joined to the rest: sights on the map, violations as hidden dangers, fire as alarm and witness of an emergency, and a picture kept of each. */
export const followCameras = ({ plant, people, cameras, hazards, alarms, emergency, incidents, look, clock, log }: CameraSightsDependencies): Disposable & { onReport(report: CameraEventReport): void; onBreach(report: BreachReport): void } => {
  const scope = createScope();
  const known = new Map(plant.cameras.map((camera) => [camera.id, camera]));
  /** Sights whose alarm is up. */
  const alarmed = new Map<string, string>();
  const recorded = new Set<string>();
  /** The last picture kept of a camera and kind. */
  const lastKept = new Map<string, { readonly at: number; readonly evidence: string }>();

  const keep = (sight: CameraEvent, seen: { readonly at: number; readonly jpeg: Uint8Array; readonly boxes: readonly PictureBox[] | null }, title: Text): string => {
    const key = `${sight.camera}/${sight.kind}`;
    const last = lastKept.get(key);
    const isAnother = last === undefined || seen.at - last.at > COOL_DOWN_MS;
    const evidence = isAnother ? add(sight, seen, title) : last.evidence;
    lastKept.set(key, { at: isAnother ? seen.at : last.at, evidence });
    people.attachEvidence(sight.id, evidence);
    return evidence;
  };
  const add = (sight: CameraEvent, seen: { readonly at: number; readonly jpeg: Uint8Array; readonly boxes: readonly PictureBox[] | null }, title: Text): string =>
    cameras.evidence.keep({ camera: sight.camera, at: seen.at, kind: sight.kind, text: title, jpeg: seen.jpeg, boxes: seen.boxes, isHeld: VIOLATIONS[sight.kind] !== undefined });
  /** A sight that counts: a violation opens a hidden danger, a blaze an alarm. */
  const conclude = (sight: CameraEvent, camera: Camera, evidence: string | null) => {
    const title = titleOf(camera, sight);
    const grade = VIOLATIONS[sight.kind];
    if (grade !== undefined) hazards.reportFromCamera({ camera: sight.camera, kind: sight.kind, title, grade, zone: camera.zone, at: sight.lastAt, evidence });
    const priority = BLAZES[sight.kind];
    if (priority === undefined) return;
    const code = `camera.${sight.camera}.${sight.kind}`;
    alarmed.set(sight.id, code);
    alarms.raiseSystem({ code, priority, text: title, detail: evidence ?? '' });
    if (sight.kind === 'fire') emergency.seeFire({ camera, at: sight.lastAt, text: title, evidence });
  };
  const report = (told: CameraEventReport): { readonly sight: CameraEvent; readonly camera: Camera } | null => {
    const camera = known.get(told.camera);
    return camera === undefined ? null : { sight: people.cameraEvent(told), camera };
  };

  scope.add(
    people.cameraEvents.onDidChange(({ drop }) => {
      for (const id of drop) {
        const code = alarmed.get(id);
        alarmed.delete(id);
        if (code !== undefined && ![...alarmed.values()].includes(code)) alarms.clearSystem(code);
      }
    }),
  );

  /** What cameras that look at an emergency show when it is confirmed belongs to its record. */
  const record = async ({ id, incident, plume, equipment, zone }: EmergencyRow) => {
    if (incident === null || recorded.has(id)) return;
    recorded.add(id);
    const place = plume?.source ?? plant.equipment.find((each) => each.id === equipment)?.position ?? null;
    const towards = place === null ? [] : camerasTowards(plant.cameras, [place[0], place[1]]);
    const chosen = [...new Set([...towards, ...plant.cameras.filter((camera) => camera.zone === zone)])].slice(0, MOST_OF_INCIDENT);
    for (const camera of chosen) {
      const picture = cameras.newest(camera.id);
      if (picture === null || clock.now() - picture.at > FRESH_MS) continue;
      const words = text(`摄像机 ${camera.name.zh} 的画面`, `Picture of camera ${camera.name.en}`);
      const evidence = cameras.evidence.keep({ camera: camera.id, at: picture.at, kind: 'incident', text: words, jpeg: picture.jpeg, boxes: await look(picture.jpeg), isHeld: true });
      await cameras.evidence.settled();
      const written = incidents.record(incident, { kind: 'note', actor: 'system', text: words, data: { evidence, camera: camera.id, at: picture.at, sha256: cameras.evidence.find(evidence)?.sha256 ?? null } });
      if (!written.ok) log.warn('the incident took no picture', { incident, why: written.refusal.code });
    }
  };
  const follow = (rows: readonly EmergencyRow[]) => {
    for (const row of rows) if (row.state === 'confirmed') void record(row).catch((error: unknown) => log.warn('pictures of an emergency could not be kept', { error: String(error) }));
  };
  scope.add(emergency.table.onDidChange(({ put }) => follow(put)));

  return {
    onReport(told) {
      const found = report(told);
      if (found === null || found.sight.lastAt - found.sight.firstAt < DWELL_MS) return;
      const { sight, camera } = found;
      const picture = cameras.newest(camera.id);
      if (sight.evidence !== null || picture === null || clock.now() - picture.at > FRESH_MS) return conclude(sight, camera, sight.evidence);
      // The id is given before the model has looked, so that nothing is concluded, or kept, twice.
      const boxes = look(picture.jpeg);
      void boxes.then(
        (seen) => conclude(sight, camera, people.cameraEvents.get(sight.id)?.evidence ?? keep(sight, { at: picture.at, jpeg: picture.jpeg, boxes: seen === null ? null : marked(seen, sight.kind) }, titleOf(camera, sight))),
        (error: unknown) => log.warn('a picture could not be looked at', { camera: camera.id, error: String(error) }),
      );
    },
    onBreach({ camera: id, breach, isNew, picture, boxes }) {
      const found = report({ camera: id, kind: breach.kind, confidence: breach.confidence, person: null, at: picture.at, seenAt: clock.now() });
      if (found === null) return;
      const { sight, camera } = found;
      if (isNew || BLAZES[sight.kind] !== undefined) conclude(sight, camera, sight.evidence ?? keep(sight, { at: picture.at, jpeg: picture.jpeg, boxes }, titleOf(camera, sight)));
    },
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  };
};

/** What our model finds of that which the camera itself has reported. */
const marked = (boxes: readonly PictureBox[], kind: CameraEvent['kind']): readonly PictureBox[] => boxes.map((each) => (kind !== 'fall' && signsOf(kind).includes(each.kind) ? { ...each, breach: kind } : each));

const titleOf = (camera: Camera, { text: words }: CameraEvent): Text => text(`${camera.name.zh}:${words.zh}`, `${camera.name.en}: ${words.en}`);
