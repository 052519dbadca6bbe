import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createScope, silentLog, type Port } from '../../src-shared/kernel/index.ts';
import { serveWeb, type WebServer, type WebServerInput } from '../platform/http.ts';
import { contractSuite } from '../testing/contractSuite.ts';
import { temporaryFolder } from '../testing/temporary.ts';
import { webSocketPort } from './webSocketPort.ts';

const TOKEN = 'a-secret-of-this-run';
const serve = (folder: string, more: Partial<WebServerInput> = {}) =>
  serveWeb({ folder, port: 0, token: TOKEN, health: () => ({ ok: true }), onSocket: (socket) => socket.close(), log: silentLog, ...more });
const lineOf = ({ port }: WebServer, token = TOKEN) => `ws://127.0.0.1:${port}/link?token=${token}`;

contractSuite('WebSocket', async () => {
  const scope = createScope();
  const folder = scope.add(temporaryFolder());
  let accept: (port: Port) => void = () => undefined;
  const server = scope.add(await serve(folder.path, { onSocket: (socket) => accept(webSocketPort(socket, silentLog)) }));
  return {
    connect: (station) =>
      new Promise((resolve, reject) => {
        accept = station;
        const socket = new WebSocket(lineOf(server));
        const port = webSocketPort(socket, silentLog);
        socket.once('open', () => resolve(port));
        socket.once('error', reject);
      }),
    async end() {
      scope[Symbol.dispose]();
    },
  };
});

describe('the web server', () => {
  const scope = createScope();
  const folder = scope.add(temporaryFolder());
  mkdirSync(folder.file('assets'));
  writeFileSync(folder.file('index.html'), '<!doctype html><title>station</title>');
  writeFileSync(folder.file('assets/main.js'), 'export {};');
  afterAll(() => scope[Symbol.dispose]());

  type Answer = { readonly status: number; readonly body: string; readonly headers: Readonly<Record<string, unknown>> };
  /** Asks with headers of our choosing, which `fetch` would not let us send. */
  const ask = ({ port }: WebServer, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, headers: { connection: 'close', ...headers } }, async (response) => {
        resolve({ status: response.statusCode ?? 0, body: (await response.toArray()).join(''), headers: response.headers });
      })
        .on('error', reject)
        .end();
    });
  const refusalOf = (address: string, origin?: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = new WebSocket(address, origin === undefined ? {} : { origin });
      socket.once('error', (error) => resolve(error.message));
      socket.once('open', () => resolve('opened'));
    });

  it('gives pages for the token only, and their parts with the policy', async () => {
    using server = await serve(folder.path);
    expect((await ask(server, '/')).status).toBe(403);
    expect((await ask(server, '/?token=wrong')).status).toBe(403);
    const page = await ask(server, `/?token=${TOKEN}`);
    expect(page).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect((await ask(server, '/assets/main.js')).headers['cache-control']).toContain('immutable');
    expect((await ask(server, '/health')).body).toBe('{"ok":true}');
  });

  it('refuses another host, another method, and paths outside its folder', async () => {
    using server = await serve(folder.path);
    expect((await ask(server, `/?token=${TOKEN}`, { host: 'evil.example' })).status).toBe(421);
    expect((await ask(server, `/../../etc/passwd?token=${TOKEN}`)).status).toBe(404);
    expect((await ask(server, `/%2e%2e/%2e%2e/etc/passwd?token=${TOKEN}`)).status).toBe(404);
    const posted = await fetch(`http://127.0.0.1:${server.port}/health`, { method: 'POST' });
    expect(posted.status).toBe(405);
  });

  it('refuses a line without the token, from another page, or to another path', async () => {
    using server = await serve(folder.path);
    expect(await refusalOf(lineOf(server, 'wrong'))).toContain('403');
    expect(await refusalOf(lineOf(server), 'http://evil.example')).toContain('403');
    expect(await refusalOf(`ws://127.0.0.1:${server.port}/other?token=${TOKEN}`)).toContain('404');
    expect(await refusalOf(lineOf(server), `http://127.0.0.1:${server.port}`)).toBe('opened');
  });

  it('takes the next free port when the wanted one is busy', async () => {
    using first = await serve(folder.path);
    using second = await serve(folder.path, { port: first.port });
    expect(second.port).toBeGreaterThan(first.port);
    expect((await ask(second, '/health')).status).toBe(200);
  });

  it.each([
    ['text', (socket: WebSocket) => socket.send('{"type":"hello"}'), 1003],
    ['bytes that are no frame', (socket: WebSocket) => socket.send(Buffer.from([255, 255, 255, 255, 0])), 1007],
    ['ten megabytes', (socket: WebSocket) => socket.send(Buffer.alloc(10_000_000)), 1009],
  ])('closes a line that sends %s', async (_what, send, code) => {
    using server = await serve(folder.path, { onSocket: (socket) => void webSocketPort(socket, silentLog) });
    const closed = await new Promise((resolve) => {
      const socket = new WebSocket(lineOf(server));
      socket.once('open', () => send(socket));
      socket.on('error', () => undefined);
      socket.once('close', resolve);
    });
    expect(closed).toBe(code);
  });
});
