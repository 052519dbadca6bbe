import { createServer, type AddressInfo } from 'node:net';
import { DataType, MessageSecurityMode, OPCUACertificateManager, OPCUAServer, SecurityPolicy, setErrorLogger, setWarningLogger, StatusCodes, type StatusCode, type UAVariable } from 'node-opcua';

/** A small real OPC UA server in this process: one Double per id under `ns=1;s=ID`, user `anlan` with password `secret`. */
export type TestOpcUaServer = AsyncDisposable & {
  readonly port: number;
  set(id: string, value: number, status?: StatusCode, at?: number): void;
  stop(): Promise<void>;
  start(): Promise<void>;
};

/** What a server may be besides: which ids it keeps history of, and its limits. */
export type OpcUaServerTraits = { readonly historized?: readonly string[]; readonly maxNodesPerHistoryRead?: number };

export const startOpcUaServer = async (ids: readonly string[], pkiFolder: string, { historized = [], maxNodesPerHistoryRead = 0 }: OpcUaServerTraits = {}): Promise<TestOpcUaServer> => {
  for (const silence of [setErrorLogger, setWarningLogger]) silence(() => {});
  const port = await freePort();
  const certificates = new OPCUACertificateManager({ rootFolder: pkiFolder, automaticallyAcceptUnknownCertificate: true, disableFileWatchers: true });
  const variables = new Map<string, UAVariable>();
  let server: OPCUAServer | null = null;
  const start = async () => {
    server = new OPCUAServer({
      port,
      hostname: '127.0.0.1',
      serverCertificateManager: certificates,
      securityModes: [MessageSecurityMode.None, MessageSecurityMode.SignAndEncrypt],
      securityPolicies: [SecurityPolicy.None, SecurityPolicy.Basic256Sha256],
      allowAnonymous: false,
      serverCapabilities: { operationLimits: { maxNodesPerHistoryReadData: maxNodesPerHistoryRead } },
      userManager: { isValidUser: (user: string, password: string) => user === 'anlan' && password === 'secret' },
    });
    await server.initialize();
    const space = server.engine.addressSpace!;
    const namespace = space.getOwnNamespace();
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
