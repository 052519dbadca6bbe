import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The demonstration plant as a process of its own: the station meets it only over its sockets. */
export type DemoPlant = { readonly site: string; readonly mqttPort: number; readonly opcuaPort: number; stop(): Promise<void>; kill(): void };
export type DemoPlantInput = { readonly scenario: string; readonly siteOut: string; readonly seed?: number; readonly speed?: number; /** Lines the plant writes on standard error. */ onLine?(line: string): void };

const Ready = z.object({ ready: z.literal(true), mqttPort: z.number(), opcuaPort: z.number(), site: z.string() });

/** Starts it on free ports and resolves when both its servers answer. Rejects with its last words when it ends before. */
export const startDemoPlant = async ({ scenario, siteOut, seed = 1, speed = 1, onLine = () => {} }: DemoPlantInput): Promise<DemoPlant> => {
  const file = fileURLToPath(new URL('../../src-plant/main.ts', import.meta.url));
  const child = spawn(process.execPath, [file, '--scenario', scenario, '--seed', String(seed), '--speed', String(speed), '--mqtt-port', '0', '--opcua-port', '0', '--camera-port', '0', '--site-out', siteOut], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let last = '';
  createInterface({ input: child.stderr }).on('line', (line) => {
    last = line;
    onLine(line);
  });
  const ready = new Promise<z.infer<typeof Ready>>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const parsed = Ready.safeParse(JSON.parse(line));
      if (parsed.success) resolve(parsed.data);
    });
    void ended.then(() => reject(new Error(`the demo plant ended before it was ready: ${last}`)));
  });
  const { site, mqttPort, opcuaPort } = await ready;
  return {
    site,
    mqttPort,
    opcuaPort,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
    kill: () => void child.kill('SIGKILL'),
  };
};
