import type { CameraEvent, Fault, HazardRow } from '../src-shared/contract/index.ts';
import { SECOND, text, type Disposable, type Table } from '../src-shared/kernel/index.ts';
import type { AlarmSetting, PlantModel } from '../src-shared/plant/index.ts';
import type { Alarms } from './modules/alarms/index.ts';
import type { CameraEventReport } from './modules/feeds/index.ts';
import type { Hazards } from './modules/hazards/index.ts';
import type { People } from './modules/people/index.ts';
import type { ModelChange } from './modules/registry/index.ts';

/** An active fault of severity error is a system alarm; it returns to normal with its cause. */
export const followFaults = (faults: Table<string, Fault>, alarms: Pick<Alarms, 'raiseSystem' | 'clearSystem'>): Disposable => {
  const show = (fault: Fault) => {
    if (fault.severity !== 'error') return;
    if (fault.active) alarms.raiseSystem({ code: fault.id, priority: 2, text: fault.text, detail: fault.detail });
    else alarms.clearSystem(fault.id);
  };
  faults.rows().forEach(show);
  return faults.onDidChange(({ put }) => put.forEach(show));
};

/** A sight that lasts becomes a hidden danger: one bad frame is no violation. */
const DWELL_MS = 3 * SECOND;
const VIOLATIONS: Readonly<Partial<Record<CameraEvent['kind'], HazardRow['grade']>>> = { 'no-helmet': 'general', 'no-vest': 'general', intrusion: 'major' };

/** Camera reports become sights, and sights that last become hidden dangers of the camera's zone. */
export const followCameras = ({ plant, people, hazards }: { readonly plant: PlantModel; readonly people: People; readonly hazards: Hazards }) => {
  const cameras = new Map(plant.cameras.map((camera) => [camera.id, camera]));
  return (report: CameraEventReport): void => {
    const sight = people.cameraEvent(report);
    const camera = cameras.get(sight.camera);
    const grade = VIOLATIONS[sight.kind];
    if (camera === undefined || grade === undefined || sight.lastAt - sight.firstAt < DWELL_MS) return;
    hazards.reportFromCamera({ camera: sight.camera, kind: sight.kind, title: text(`${camera.name.zh}:${sight.text.zh}`, `${camera.name.en}: ${sight.text.en}`), grade, zone: camera.zone, at: sight.lastAt });
  };
};

/** Alarm settings that a version of the model brings, by alarm. */
export const limitsOf = (changes: readonly ModelChange[]): ReadonlyMap<string, AlarmSetting> =>
  new Map(
    changes.flatMap(({ kind, id, after }): readonly [string, AlarmSetting][] => {
      if (kind !== 'limit' || after === null || !('limit' in after)) return [];
      const { tag: _tag, ...setting } = after;
      return [[id, setting]];
    }),
  );
