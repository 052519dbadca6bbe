// The station without Electron: behind HTTP and WebSocket on loopback. Prints one JSON line when it serves; ends on SIGTERM.
import { webSocketPort } from './bridge/webSocketPort.ts';
import { boot } from './boot.ts';
import { serveWeb, type WebServer } from './platform/http.ts';
import { installationOf } from './platform/installation.ts';
import { newSecret } from './platform/secrets.ts';

const installation = installationOf(import.meta.url);
const booted = boot({ argv: process.argv.slice(2), env: process.env, defaults: { dataDir: installation.data, shell: 'none' }, installation });
if (!booted.ok) {
  process.stderr.write(`${booted.refusal.text.en}\n`);
  process.exit(2);
}
const { station, config, log } = booted.value;

let server: WebServer | null = null;
let ending = false;
const end = async (code: number) => {
  if (ending) return;
  ending = true;
  server?.[Symbol.dispose]();
  await booted.value[Symbol.asyncDispose]();
  process.exit(code);
};
process.on('SIGTERM', () => void end(0));
process.on('SIGINT', () => void end(0));
// A bug leaves an unknown state behind: say what it was and end; who started the station starts it again, and the databases hold what was acknowledged.
process.on('uncaughtException', (error) => {
  log.error('the station failed', { error: error.stack });
  process.exit(1);
});

try {
  server = await serveWeb({
    folder: installation.pages,
    port: config.port,
    token: process.env.ANLAN_TOKEN ?? newSecret(),
    health: () => ({ station: station.status().station, version: installation.version, at: station.status().at }),
    onSocket: (socket) => station.serve(webSocketPort(socket, log), { transport: 'websocket' }),
    log,
  });
  if (config.port !== 0 && server.port !== config.port) station.portMoved(config.port, server.port);
  process.stdout.write(`${JSON.stringify({ ready: true, url: server.url, port: server.port })}\n`);
} catch (error) {
  process.stderr.write(`The station cannot be served at port ${config.port}: ${error instanceof Error ? error.message : String(error)}\n`);
  await end(2);
}
