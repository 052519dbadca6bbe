import { timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import sirv from 'sirv';
import { WebSocketServer, type WebSocket } from 'ws';
import { disposable, type Disposable, type Log } from '../../src-shared/kernel/index.ts';
import { SECURITY_HEADERS } from './contentSecurity.ts';

/** The pages and the line behind one port of this machine. `url` carries the token that opens both. */
export type WebServer = Disposable & { readonly port: number; readonly url: string };
export type WebServerInput = {
  /** Folder of the built pages. */
  readonly folder: string;
  /** Wanted port; the next free one is taken when it is busy, any free one for 0. */
  readonly port: number;
  /** Secret that a page and a line must show. */
  readonly token: string;
  /** Answer of `/health`, which needs no token. */
  health(): object;
  onSocket(socket: WebSocket): void;
  readonly log: Log;
};

const LOOPBACK = '127.0.0.1';
const TRIES = 20;
/** The largest frame a client may send, bytes; the contract's largest input is far below. */
const MAX_FRAME = 4 << 20;

/**
 * Serves on loopback only. Against other pages in the same browser: the Host must be ours (DNS rebinding), an Origin if sent must be ours
 * (cross-site WebSocket), and pages and line need the token. Rejects when no port can be had.
 */
export const serveWeb = async ({ folder, port: wanted, token, health, onSocket, log }: WebServerInput): Promise<WebServer> => {
  // A station without built pages still serves its line: commands and tests speak to it.
  const files = existsSync(folder)
    ? sirv(folder, {
        etag: true,
        setHeaders: (response, path) => response.setHeader('Cache-Control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store'),
      })
    : (_request: IncomingMessage, _response: ServerResponse, next: () => void) => next();
  const isToken = createTokenCheck(token);
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    if (!isOurHost(request)) return refuse(response, 421, 'This server answers to 127.0.0.1 and localhost only.');
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Only GET is served.');
    const { pathname, searchParams } = locationOf(request);
    if (pathname === '/health') return answer(response, health());
    if (isPage(pathname) && !isToken(searchParams.get('token'))) return refuse(response, 403, 'Open the address that `npm start` printed: it carries the key to this station.');
    files(request, response, () => refuse(response, 404, 'Not found.'));
  });

  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_FRAME });
  server.on('upgrade', (request, socket, head) => {
    // Node leaves this socket to us: a peer that goes while it is being refused must not end the station.
    socket.on('error', () => socket.destroy());
    const { pathname, searchParams } = locationOf(request);
    const refusal = pathname !== '/link' ? '404 Not Found' : !isOurHost(request) || !isOurOrigin(request) || !isToken(searchParams.get('token')) ? '403 Forbidden' : null;
    if (refusal === null) return sockets.handleUpgrade(request, socket, head, (opened) => onSocket(opened));
    log.warn('line refused', { refusal, origin: request.headers.origin, host: request.headers.host });
    socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`);
  });

  const port = await listen(server, wanted);
  // A connection that cannot be taken (no file handles left) is one client less, not the end of the station.
  server.on('error', (error) => log.warn('a connection could not be taken', { error: error.message }));
  if (wanted !== 0 && port !== wanted) log.warn('the wanted port is busy; another is served', { wanted, port });
  return {
    port,
    url: `http://${LOOPBACK}:${port}/?token=${token}`,
    ...disposable(() => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.close();
      server.closeAllConnections();
    }),
  };
};

const createTokenCheck = (token: string) => {
  const right = Buffer.from(token);
  return (shown: string | null): boolean => {
    const given = Buffer.from(shown ?? '');
    return given.length === right.length && timingSafeEqual(given, right);
  };
};

const locationOf = (request: IncomingMessage): URL => {
  const base = `http://${LOOPBACK}`;
  return URL.canParse(request.url ?? '/', base) ? new URL(request.url ?? '/', base) : new URL(base);
};
/** Only what a page loads with its own hand, under `/assets/`, goes without the token. */
const isPage = (pathname: string): boolean => !pathname.startsWith('/assets/');

const ourHosts = (request: IncomingMessage): readonly string[] => {
  const port = String(request.socket.localPort);
  return [`${LOOPBACK}:${port}`, `localhost:${port}`];
};
const isOurHost = (request: IncomingMessage): boolean => ourHosts(request).includes(request.headers.host ?? '');
const isOurOrigin = (request: IncomingMessage): boolean => request.headers.origin === undefined || ourHosts(request).some((host) => request.headers.origin === `http://${host}`);

const refuse = (response: ServerResponse, status: number, text: string) => void response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
const answer = (response: ServerResponse, body: object) => void response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify(body));

const listen = async (server: Server, wanted: number): Promise<number> => {
  for (let port = wanted; ; port += 1) {
    try {
      return await listenOn(server, port);
    } catch (error) {
      const busy = error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
      if (!busy || port >= wanted + TRIES) throw error;
    }
  }
};

const listenOn = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('the server has no TCP address'));
      resolve(address.port);
    });
  });
