import { DataType, MessageSecurityMode, OPCUACertificateManager, OPCUAServer, SecurityPolicy, setErrorLogger, setWarningLogger, type UAExclusiveLimitAlarmEx } from 'node-opcua';
import { freePort } from './opcuaServer.ts';

/** A real OPC UA server with Alarms & Conditions: one Double `ns=1;s=ID` per id with an exclusive limit alarm (HH 90, H 80), below a boiler that reports to the server object. */
export type ConditionServer = AsyncDisposable & {
  readonly port: number;
  set(id: string, value: number): void;
  /** As if somebody acknowledged at the server's own panel. */
  acknowledge(id: string): void;
  /** As if somebody shelved it there, until it is normal again. */
  shelve(id: string): void;
  /** What the server itself holds of an alarm. */
  stateOf(id: string): { readonly isActive: boolean; readonly isAcked: boolean; readonly comment: string; readonly shelving: string };
};

export const startConditionServer = async (ids: readonly string[], pkiFolder: string): Promise<ConditionServer> => {
  for (const silence of [setErrorLogger, setWarningLogger]) silence(() => {});
  const port = await freePort();
  const server = new OPCUAServer({
    port,
    hostname: '127.0.0.1',
    // Its certificate must name the address that clients use.
    alternateHostname: '127.0.0.1',
    serverCertificateManager: new OPCUACertificateManager({ rootFolder: pkiFolder, automaticallyAcceptUnknownCertificate: true, disableFileWatchers: true }),
    securityModes: [MessageSecurityMode.SignAndEncrypt],
    securityPolicies: [SecurityPolicy.Basic256Sha256],
    allowAnonymous: true,
  });
  await server.initialize();
  const space = server.engine.addressSpace!;
  space.installAlarmsAndConditionsService();
  const namespace = space.getOwnNamespace();
  const boiler = namespace.addObject({ organizedBy: space.rootFolder.objects, browseName: 'Boiler', notifierOf: space.rootFolder.objects.server });
  const points = new Map(
    ids.map((id) => {
      const variable = namespace.addVariable({ componentOf: boiler, browseName: id, nodeId: `s=${id}`, dataType: DataType.Double, value: { dataType: DataType.Double, value: 50 }, eventSourceOf: boiler });
      const alarm = namespace.instantiateExclusiveLimitAlarm('ExclusiveLimitAlarmType', { browseName: `${id} level`, conditionName: `${id} level`, componentOf: boiler, conditionSource: variable, inputNode: variable, highHighLimit: 90, highLimit: 80, lowLimit: 10, lowLowLimit: 5, optionals: ['ShelvingState', 'ConfirmedState'] }) as UAExclusiveLimitAlarmEx;
      // The library leaves a new alarm in no shelving state at all.
      alarm.shelvingState?.setState('Unshelved');
      return [id, { variable, alarm }] as const;
    }),
  );
  await server.start();
  const alarmOf = (id: string) => points.get(id)!.alarm;
  return {
    port,
    set: (id, value) => points.get(id)!.variable.setValueFromSource({ dataType: DataType.Double, value }),
    acknowledge(id) {
      const branch = alarmOf(id).currentBranch();
      branch.setAckedState(true);
      branch.setComment('at the panel');
      alarmOf(id).raiseNewBranchState(branch);
    },
    shelve: (id) => alarmOf(id).shelvingState?.setState('OneShotShelved'),
    stateOf: (id) => ({
      isActive: alarmOf(id).currentBranch().getActiveState(),
      isAcked: alarmOf(id).currentBranch().getAckedState(),
      comment: alarmOf(id).currentBranch().getComment().text ?? '',
      shelving: alarmOf(id).shelvingState?.getCurrentState() ?? '',
    }),
    [Symbol.asyncDispose]: () => server.shutdown(0),
  };
};
