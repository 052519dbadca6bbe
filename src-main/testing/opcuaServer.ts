import { createServer, type AddressInfo } from 'node:net';
import { DataType, MessageSecurityMode, OPCUACertificateManager, OPCUAServer, SecurityPolicy, type ServerSession, setErrorLogger, setWarningLogger, StatusCodes, type StatusCode, type UAVariable, Variant } from 'node-opcua';

/** A small real OPC UA server in this process: one Double per id under `ns=1;s=ID`, user `anlan` with password `secret`. */
export type TestOpcUaServer = AsyncDisposable & {
  readonly port: number;
  set(id: string, value: number, status?: StatusCode, at?: number): void;
  /** Takes every monitored item out of every subscription, without a word to the client. */
  forgetItems(): void;
  stop(): Promise<void>;
  start(): Promise<void>;
};

/** What a server may be besides: which ids it keeps history of, and its limits. */
export type OpcUaServerTraits = { readonly historized?: readonly string[]; readonly maxNodesPerHistoryRead?: number; /** Most monitored items in one call and one subscription. */ readonly maxItems?: number; /** Does not state the limit of a call. */ readonly hidesLimits?: boolean; readonly policies?: readonly SecurityPolicy[]; /** Server certificate, PEM, when it is not made here. */ readonly certificateFile?: string };

export const startOpcUaServer = async (ids: readonly string[], pkiFolder: string, { historized = [], maxNodesPerHistoryRead = 0, maxItems = 0, hidesLimits = false, policies = [SecurityPolicy.None, SecurityPolicy.Basic256Sha256], certificateFile }: OpcUaServerTraits = {}): Promise<TestOpcUaServer> => {
  for (const silence of [setErrorLogger, setWarningLogger]) silence(() => {});
  const port = await freePort();
  const certificates = new OPCUACertificateManager({ rootFolder: pkiFolder, automaticallyAcceptUnknownCertificate: true, disableFileWatchers: true });
  const variables = new Map<string, UAVariable>();
  let server: OPCUAServer | null = null;
  const start = async () => {
    server = new OPCUAServer({
      port,
      hostname: '127.0.0.1',
      // Its certificate must name the address that clients use.
      alternateHostname: '127.0.0.1',
      serverCertificateManager: certificates,
      securityModes: [MessageSecurityMode.None, MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt],
      securityPolicies: [...policies],
      allowAnonymous: false,
      serverCapabilities: { ...(maxItems > 0 && !hidesLimits && { maxMonitoredItemsPerSubscription: maxItems }), operationLimits: { maxNodesPerHistoryReadData: maxNodesPerHistoryRead, maxMonitoredItemsPerCall: maxItems, ...(maxItems > 0 && !hidesLimits && { maxNodesPerRead: maxItems }) } },
      ...(certificateFile !== undefined && { certificateFile }),
      userManager: { isValidUser: (user: string, password: string) => user === 'anlan' && password === 'secret' },
    });
    await server.initialize();
    const space = server.engine.addressSpace!;
    const namespace = space.getOwnNamespace();
    // i=11714 is MaxMonitoredItemsPerCall.
    if (hidesLimits) (space.findNode('i=11714') as UAVariable).bindVariable({ get: () => new Variant({ dataType: DataType.UInt32, value: 0 }) }, true);
    for (const id of ids) {
      const variable = namespace.addVariable({ organizedBy: space.rootFolder.objects, browseName: id, nodeId: `s=${id}`, dataType: DataType.Double, value: { dataType: DataType.Double, value: 0 } });
      if (historized.includes(id)) space.installHistoricalDataNode(variable, { maxOnlineValues: 100_000 });
      variables.set(id, variable);
    }
    await server.start();
  };
  const stop = async () => {
    const last = server;
    server = null;
    await last?.shutdown(0);
  };
  await start();
  return {
    port,
    set: (id, value, status = StatusCodes.Good, at) => variables.get(id)?.setValueFromSource({ dataType: DataType.Double, value }, status, at === undefined ? undefined : new Date(at)),
    forgetItems() {
      if (server === null) return;
      for (const session of Object.values((server.engine as unknown as { _sessions: Record<string, ServerSession> })._sessions)) {
        for (const subscription of session.publishEngine.subscriptions) for (const item of Object.values((subscription as unknown as { monitoredItems: Record<string, { monitoredItemId: number }> }).monitoredItems)) subscription.removeMonitoredItem(item.monitoredItemId);
      }
    },
    start,
    stop,
    [Symbol.asyncDispose]: stop,
  };
};

/** A port that is free at this moment. */
export const freePort = async (): Promise<number> => {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return port;
};
