import { StatusCodes, type OPCUAServer, type UAAlarmConditionEx, type UAObject, type UAVariable } from 'node-opcua';
import type { Tag } from '../../src-shared/plant/index.ts';

/** Points that the control system alarms by itself too (IEC 62541-9), and the state of the tag in which it does. */
const POINTS: readonly { readonly tag: string; readonly activeAt: number; readonly severity: number }[] = [
  { tag: 'MT-TK-101.LSH', activeAt: 1, severity: 700 },
  { tag: 'LP-V-101.LSH', activeAt: 1, severity: 700 },
  { tag: 'AU-C-101A.RUN', activeAt: 2, severity: 500 },
  { tag: 'VR-C-101A.RUN', activeAt: 2, severity: 500 },
];

/** The control system's own alarms: off-normal conditions of some of its states, which a station can acknowledge and shelve. */
export type PlantConditions = {
  /** Follows a tag's state. */
  follow(tag: string, value: number): void;
};

/** Puts the conditions below the equipment of their tags, which reports to the server object. Called before the server starts. */
export const addConditions = (server: OPCUAServer, points: readonly { readonly tag: Tag; readonly variable: UAVariable }[]): PlantConditions => {
  const space = server.engine.addressSpace;
  if (space === null) throw new Error('OPC UA: the address space is not there');
  space.installAlarmsAndConditionsService();
  const namespace = space.getOwnNamespace();
  const conditions = new Map<string, (value: number) => void>();
  for (const { tag: id, activeAt, severity } of POINTS) {
    const point = points.find(({ tag }) => tag.id === id);
    const equipment = point?.variable.parent as UAObject | undefined;
    if (point === undefined || equipment === undefined) continue;
    const { tag, variable } = point;
    if (equipment.getNotifiers().length === 0) equipment.addReference({ referenceType: 'HasNotifier', isForward: false, nodeId: space.rootFolder.objects.server });
    equipment.addReference({ referenceType: 'HasEventSource', nodeId: variable });
    // Without a confirmed state the library lets go of an alarm that is acknowledged while it is still active.
    const alarm = namespace.instantiateAlarmCondition('OffNormalAlarmType', { browseName: `${id}.DCS`, conditionName: 'DCS', componentOf: equipment, conditionSource: variable, inputNode: variable, optionals: ['ShelvingState', 'ConfirmedState'] });
    // The library leaves a new alarm in no shelving state at all.
    alarm.shelvingState?.setState('Unshelved');
    const state = tag.states?.[activeAt];
    const message = `${tag.name.zh}${state?.zh ?? ''} / ${tag.name.en} ${state?.en ?? ''}`;
    conditions.set(id, (value) => show(alarm, value === activeAt, { message, severity }));
  }
  return { follow: (tag, value) => conditions.get(tag)?.(value) };
};

/** Raises the alarm, or lets it return: it is retained until it was acknowledged. */
const show = (alarm: UAAlarmConditionEx, isActive: boolean, { message, severity }: { readonly message: string; readonly severity: number }): void => {
  const branch = alarm.currentBranch();
  if (branch.getActiveState() === isActive) return;
  if (isActive) alarm.activateAlarm();
  else alarm.deactivateAlarm(!branch.getAckedState());
  alarm.raiseNewCondition({ message, severity, quality: StatusCodes.Good, retain: isActive || !branch.getAckedState() });
};
