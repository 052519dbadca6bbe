import type { Clock, Log } from '../src-shared/kernel/index.ts';
import type { PlantModel } from '../src-shared/plant/index.ts';
import { createProcess } from './process/process.ts';
import type { Happening } from './process/timeline.ts';
import type { Scenario } from './scenario.ts';
import type { CameraPictures } from './cameraPictures.ts';
import { startBroker } from './servers/broker.ts';
import { startCameraServer } from './servers/cameraServer.ts';
import { startEdgeNode } from './servers/edgeNode.ts';
import { isFieldTag, startFieldLink } from './servers/fieldLink.ts';
import type { OpcUa } from './servers/opcUaServer.ts';

/** The demo plant as others meet it: a process model behind a broker, three edge nodes, a field link, an OPC UA server and cameras. */
export type RunningPlant = { readonly mqttPort: number; readonly opcuaPort: number; readonly cameraPort: number; /** SHA-1 of the OPC UA server's certificate. */ readonly fingerprint: string; close(): Promise<void> };

export type PlantSetup = {
  readonly plant: PlantModel;
  readonly scenario: Scenario;
  readonly seed: number;
  /** Plant seconds per second. */
  readonly speed: number;
  readonly mqttPort: number;
  readonly opcuaPort: number;
  readonly cameraPort: number;
  /** What the cameras show, and how a picture of it is read. */
  readonly pictures: CameraPictures;
  readonly readPicture: (file: string) => Uint8Array;
  /** Where the OPC UA server keeps its keys. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
};

/** Units whose equipment reports through a Sparkplug edge node. */
export const EDGE_UNITS = ['CH', 'HS', 'UT'] as const;
/** Longest step of the process model, s. */
const LONGEST_STEP = 1;

export const startPlant = async (setup: PlantSetup): Promise<RunningPlant> => {
  const { plant, clock, log, speed } = setup;
  // The OPC UA library takes a second to load: it does so while the broker comes up and the process model is built.
  const opcUaModule = import('./servers/opcUaServer.ts');
  const broker = await startBroker({ port: setup.mqttPort, clock, log: log.child('broker') });
  const cameras = await startCameraServer({ port: setup.cameraPort, pictures: setup.pictures, read: setup.readPicture, clock });
  const process = createProcess(setup);
  process.step(LONGEST_STEP);
  const { value, quality } = process;
  const tags = plant.tags.map((tag, index) => ({ tag, index }));
  const unitOf = new Map(plant.equipment.map(({ id, unit }) => [id, unit]));
  const carrier = ({ tag }: (typeof tags)[number]): string => {
    const unit = unitOf.get(tag.equipment)!;
    return isFieldTag(tag.id) ? 'field' : EDGE_UNITS.some((each) => each === unit) ? unit : 'opcua';
  };
  const carried = Map.groupBy(tags, carrier);
  const url = `mqtt://127.0.0.1:${broker.port}`;
  const { startOpcUa } = await opcUaModule;
  const opcUa: OpcUa = await startOpcUa({ port: setup.opcuaPort, folder: setup.folder, plant, tags: carried.get('opcua') ?? [], value, quality, clock });
  const field = startFieldLink({ url, plant, value, quality, people: process.people, log: log.child('field') });
  const nodes = EDGE_UNITS.map((id) => {
    const own = carried.get(id) ?? [];
    const names = new Set(own.map(({ tag }) => tag.id));
    const devices = [...Map.groupBy(own, ({ tag }) => tag.equipment)].map(([device, list]) => ({ id: device, tags: list }));
    return startEdgeNode({ url, id, clock, log: log.child(id), devices, value, quality, history: process.history.filter(({ tag }) => names.has(tag)) });
  });

  const silentUntil = { field: 0, sparkplug: 0, opcua: 0 };
  const handle = (event: Happening, at: number) => {
    if (event.do === 'camera') field.camera(event, at);
    else if (event.do === 'show') cameras.show(event.camera, event.loop, event.forS / speed);
    else if (event.do === 'cut') cameras.cut(event.camera, event.forS);
    else if (event.do === 'silence') silentUntil[event.link] = at + event.forS * 1000;
    else if (event.link === 'mqtt') broker.drop(event.forS);
    else opcUa.drop(event.forS);
  };
  const ticking = clock.every(1000, () => {
    const at = clock.now();
    const happened: Happening[] = [];
    for (let left = speed; left > 1e-9; left -= LONGEST_STEP) happened.push(...process.step(Math.min(left, LONGEST_STEP)));
    for (const event of happened) handle(event, at);
    if (at >= silentUntil.field) field.report(at);
    if (at >= silentUntil.sparkplug) for (const node of nodes) node.report(at);
    if (at >= silentUntil.opcua) opcUa.report(at);
  });
  return {
    mqttPort: broker.port,
    opcuaPort: opcUa.port,
    cameraPort: cameras.port,
    fingerprint: opcUa.fingerprint,
    async close() {
      ticking[Symbol.dispose]();
      await Promise.all([field.close(), ...nodes.map((node) => node.close())]);
      await Promise.all([broker.close(), opcUa.close(), cameras.close()]);
    },
  };
};
