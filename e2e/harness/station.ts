import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, stopChild, type Child } from '../../scripts/children.ts';
import { root } from '../../scripts/setup.mjs';

const SECRET = 'the-key-of-this-test';

/** The demo plant on free ports; its site file lies in `folder`. */
export const startPlant = async ({ folder, scenario, speed }: { readonly folder: string; readonly scenario: string; readonly speed: number }): Promise<{ readonly child: Child; readonly siteFile: string }> => {
  const siteFile = join(folder, 'site.yaml');
  mkdirSync(folder, { recursive: true });
  const log = createTail();
  const child = startChild({
    name: 'the demo plant',
    argv: [join(root, 'src-plant/main.ts'), '--scenario', scenario, '--seed', '1', '--speed', String(speed), '--mqtt-port', '0', '--opcua-port', '0', '--camera-port', '0', '--site-out', siteFile],
    onError: log.add,
  });
  await child.ready;
  return { child, siteFile };
};

/** The built station without a screen. `kill` is kill -9; `start` brings it back over the same data, port and key. */
export type Station = {
  readonly url: string;
  readonly dataDir: string;
  readonly processId: number;
  /** The last lines of its log. */
  log(): string;
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export const startStation = async ({ siteFile, dataDir }: { readonly siteFile: string; readonly dataDir: string }): Promise<Station> => {
  const log = createTail();
  let port = 0;
  const launch = async (): Promise<{ readonly child: Child; readonly url: string }> => {
    const child = startChild({
      name: 'the station',
      argv: [join(root, 'out/main/headless.js')],
      env: { ANLAN_SITE: siteFile, ANLAN_DATA_DIR: dataDir, ANLAN_PORT: String(port), ANLAN_SHELL: 'none', ANLAN_TOKEN: SECRET, NODE_ENV: 'production' },
      onError: log.add,
    });
    const ready = await child.ready;
    port = Number(ready.port);
    return { child, url: String(ready.url) };
  };
  let running = await launch();
  return {
    get url() {
      return running.url;
    },
    dataDir,
    get processId() {
      return running.child.child.pid ?? 0;
    },
    log: log.read,
    async kill() {
      running.child.child.kill('SIGKILL');
      await running.child.ended;
    },
    async start() {
      running = await launch();
    },
    stop: () => stopChild(running.child.child),
  };
};

/** Keeps the last 20 kB of a text. */
const createTail = () => {
  let text = '';
  return { add: (more: string) => void (text = (text + more).slice(-20_000)), read: () => text };
};
