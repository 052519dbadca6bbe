import { DataType, makeEUInformation, MessageSecurityMode, OPCUACertificateManager, OPCUAServer, SecurityPolicy, StatusCodes, type UAObject, type UAVariable } from 'node-opcua';
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Clock } from '../../src-shared/kernel/index.ts';
import type { PlantModel, Tag } from '../../src-shared/plant/index.ts';
import { ACCOUNTS } from './accounts.ts';
import { addConditions } from './plantConditions.ts';

/** The control system's OPC UA server on 127.0.0.1: SignAndEncrypt, user and password, equipment tree by ISA-95, node ids `ns=1;s=TAG`, with a short history and some alarms of its own. */
export type OpcUa = {
  readonly port: number;
  /** SHA-1 of the server's certificate, 40 hex digits. */
  readonly fingerprint: string;
  report(at: number): void;
  /** Cuts every connection and takes none for some seconds. */
  drop(forS: number): void;
  close(): Promise<void>;
};

export type OpcUaSetup = { readonly port: number; readonly folder: string; readonly plant: PlantModel; readonly tags: readonly { readonly tag: Tag; readonly index: number }[]; readonly value: Float64Array; readonly quality: Uint8Array; readonly clock: Clock };

/** Values the server keeps of each tag: five minutes of one that changes ten times a second. */
const HISTORY_VALUES = 3_000;

export const startOpcUa = async ({ port, folder, plant, tags, value, quality, clock }: OpcUaSetup): Promise<OpcUa> => {
  const certificates = new OPCUACertificateManager({ rootFolder: join(folder, 'pki'), automaticallyAcceptUnknownCertificate: true });
  await certificates.initialize();
  const bound = port === 0 ? await freePort() : port;
  const server = new OPCUAServer({
    port: bound,
    host: '127.0.0.1',
    hostname: '127.0.0.1',
    // Its certificate must name the address that clients use.
    alternateHostname: '127.0.0.1',
    serverCertificateManager: certificates,
    userCertificateManager: certificates,
    serverInfo: { applicationUri: 'urn:anlan:demo-plant:binhai', productUri: 'urn:anlan:demo-plant', applicationName: { text: 'Binhai Works', locale: 'en' } },
    buildInfo: { productName: 'Binhai Works', manufacturerName: 'Anlan', softwareVersion: plant.version },
    securityModes: [MessageSecurityMode.SignAndEncrypt],
    securityPolicies: [SecurityPolicy.Basic256Sha256],
    allowAnonymous: false,
    // An unsecured channel may ask for the endpoints and nothing else (OPC 10000-4 §5.5.4): that is how a client learns the certificate.
    disableDiscovery: false,
    maxConnectionsPerEndpoint: 20,
    userManager: { isValidUser: (user: string, password: string) => user === ACCOUNTS.station.user && password === ACCOUNTS.station.password },
  });
  await server.initialize();
  const variables = buildTree(server, plant, tags.map(({ tag }) => tag));
  // The control system's own history: what a station missed while its link was down can be read again.
  for (const variable of variables) server.engine.addressSpace?.installHistoricalDataNode(variable, { maxOnlineValues: HISTORY_VALUES });
  const conditions = addConditions(server, tags.map(({ tag }, i) => ({ tag, variable: variables[i]! })));
  const sent = new Float64Array(value.length).fill(Number.NaN);
  const sentQuality = new Uint8Array(value.length).fill(255);
  const types = tags.map(({ tag }) => (tag.states === undefined ? DataType.Double : DataType.UInt32));

  const report = (at: number) => {
    const sourceTimestamp = new Date(at);
    tags.forEach(({ tag, index }, i) => {
      if (Object.is(sent[index], value[index]) && sentQuality[index] === quality[index]) return;
      sent[index] = value[index]!;
      sentQuality[index] = quality[index]!;
      variables[i]!.setValueFromSource({ dataType: types[i]!, value: value[index]! }, quality[index] === 0 ? StatusCodes.Good : StatusCodes.BadSensorFailure, sourceTimestamp);
      conditions.follow(tag.id, value[index]!);
    });
  };
  report(clock.now());
  await server.start();
  let closed = false;
  return {
    port: bound,
    fingerprint: createHash('sha1').update(server.getCertificate()).digest('hex'),
    report,
    drop(forS) {
      server.suspendEndPoints(() => {});
      for (const endpoint of server.endpoints) endpoint.abruptlyInterruptChannels();
      clock.after(forS * 1000, () => !closed && server.resumeEndPoints(() => {}));
    },
    async close() {
      closed = true;
      await server.shutdown(0);
    },
  };
};

/** Site, areas, units and equipment as objects; each tag an AnalogItem (OPC 10000-8) or, for states, a multi-state item. */
const buildTree = (server: OPCUAServer, plant: PlantModel, tags: readonly Tag[]): UAVariable[] => {
  const space = server.engine.addressSpace;
  if (space === null) throw new Error('OPC UA: the address space is not there');
  const own = space.getOwnNamespace();
  const folder = (parent: UAObject, id: string, name: { readonly zh: string; readonly en: string }) => own.addObject({ organizedBy: parent, nodeId: `s=${id}`, browseName: id, displayName: [{ text: name.en, locale: 'en' }, { text: name.zh, locale: 'zh' }], typeDefinition: 'FolderType' });
  const site = folder(space.rootFolder.objects, plant.id, plant.name);
  const areas = new Map(plant.areas.map((area) => [area.id, folder(site, area.id, area.name)]));
  const units = new Map(plant.units.map((unit) => [unit.id, folder(areas.get(unit.area)!, `unit.${unit.id}`, unit.name)]));
  const used = new Set(tags.map(({ equipment }) => equipment));
  const equipment = new Map(plant.equipment.filter(({ id }) => used.has(id)).map((item) => [item.id, own.addObject({ organizedBy: units.get(item.unit)!, nodeId: `s=${item.id}`, browseName: item.id, displayName: [{ text: item.name.en, locale: 'en' }, { text: item.name.zh, locale: 'zh' }] })]));
  return tags.map((tag): UAVariable => {
    const common = { componentOf: equipment.get(tag.equipment)!, nodeId: `s=${tag.id}`, browseName: tag.id, displayName: [{ text: tag.name.en, locale: 'en' }, { text: tag.name.zh, locale: 'zh' }], minimumSamplingInterval: 0 };
    if (tag.states !== undefined) return own.addMultiStateDiscrete({ ...common, enumStrings: tag.states.map(({ en }) => en), value: 0 });
    return own.addAnalogDataItem({ ...common, dataType: 'Double', engineeringUnitsRange: { low: tag.range[0], high: tag.range[1] }, engineeringUnits: makeEUInformation(tag.unit, tag.unit, tag.unit) });
  });
};

/** A port that is free now; the server that takes it fails loudly should another be quicker. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
