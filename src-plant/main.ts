import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { PlantModel } from '../src-shared/plant/index.ts';
import { bindSite } from './boundSite.ts';
import { CameraPictures } from './cameraPictures.ts';
import { complain, fromRepository, leave, plantClock, plantLog, programArguments, readBytes, readText, say, whenAskedToStop, writeText } from './platform.ts';
import { startPlant } from './plant.ts';
import { Scenario } from './scenario.ts';

/**
 * The demo plant as a process: `node src-plant/main.ts [--scenario NAME|FILE] [--seed N] [--speed X] [--mqtt-port N] [--opcua-port N] [--camera-port N]
 * [--site-out FILE] [--data-dir DIR]`. Prints one JSON line when its servers are up; ends on SIGTERM, SIGINT or when its parent does.
 */
const Port = z.coerce.number().int().min(0).max(65_535);
const Arguments = z.object({
  scenario: z.string().min(1).default('normal'),
  seed: z.coerce.number().int().default(1),
  speed: z.coerce.number().positive().max(3600).default(1),
  'mqtt-port': Port.default(18_831),
  'opcua-port': Port.default(48_401),
  'camera-port': Port.default(18_841),
  'site-out': z.string().min(1).optional(),
  'data-dir': z.string().min(1).default(fromRepository('.cache', 'plant')),
});

const assets = fromRepository('assets', 'plants', 'binhai');
const pictures = fromRepository('assets', 'cameras');

const run = async (): Promise<void> => {
  const options = Object.fromEntries(Object.keys(Arguments.shape).map((name) => [name, { type: 'string' as const }]));
  const given = Arguments.parse(parseArgs({ args: [...programArguments()], options }).values);
  const file = /\.ya?ml$/.test(given.scenario) ? given.scenario : fromRepository('src-plant', 'scenarios', `${given.scenario}.yaml`);
  const scenario = Scenario.parse(parse(readText(file)));
  const plant = PlantModel.parse(JSON.parse(readText(`${assets}/plant.json`)));
  const log = plantLog('binhai');
  const running = await startPlant({ plant, scenario, seed: given.seed, speed: given.speed, mqttPort: given['mqtt-port'], opcuaPort: given['opcua-port'], cameraPort: given['camera-port'], pictures: CameraPictures.parse(JSON.parse(readText(`${pictures}/manifest.json`))), readPicture: (name) => readBytes(`${pictures}/${name}`), folder: given['data-dir'], clock: plantClock, log });
  const site = given['site-out'];
  if (site !== undefined) writeText(site, bindSite(readText(`${assets}/site.yaml`), running, assets));
  whenAskedToStop(() => void running.close().then(() => leave(0)));
  say(JSON.stringify({ ready: true, mqttPort: running.mqttPort, opcuaPort: running.opcuaPort, cameraPort: running.cameraPort, ...(site !== undefined && { site }) }));
};

run().catch((error: unknown) => {
  complain(`plant: ${error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error)}`);
  leave(error instanceof z.ZodError ? 2 : 1);
});
