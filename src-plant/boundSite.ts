import { parse, stringify } from 'yaml';
import type { RunningPlant } from './plant.ts';

/** The demo site file with the addresses that a running plant really has: absolute paths, ports, and the OPC UA certificate's fingerprint. */
export const bindSite = (text: string, running: Pick<RunningPlant, 'mqttPort' | 'opcuaPort' | 'cameraPort' | 'fingerprint'>, folder: string): string => {
  const site = parse(text) as { plant: string; records: string; feeds: { kind: string; url: string; serverFingerprint?: string }[]; cameras?: { url: string }[] };
  site.plant = `${folder}/${site.plant}`;
  site.records = `${folder}/${site.records}`;
  for (const feed of site.feeds) {
    feed.url = feed.kind === 'opcua' ? `opc.tcp://127.0.0.1:${running.opcuaPort}` : `mqtt://127.0.0.1:${running.mqttPort}`;
    if (feed.kind === 'opcua') feed.serverFingerprint = running.fingerprint;
  }
  for (const camera of site.cameras ?? []) camera.url = `http://127.0.0.1:${running.cameraPort}${new URL(camera.url).pathname}`;
  return stringify(site, { lineWidth: 0 });
};
