import { createServer, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock, Disposable } from '../../src-shared/kernel/index.ts';
import { type CameraPictures, NORMAL } from '../cameraPictures.ts';

/** The plant's cameras on 127.0.0.1: `GET /cameras/{id}.jpg` is the picture of now, `/cameras/{id}.mjpeg` a stream of them. */
export type CameraServer = {
  readonly port: number;
  /** Shows another loop for some seconds, from its first picture on. Throws RangeError for a camera or loop that is not there. */
  show(camera: string, loop: string, forS: number): void;
  /** Cuts a camera's connections and answers none for some seconds. */
  cut(camera: string, forS: number): void;
  close(): Promise<void>;
};

export type CameraServerSetup = { readonly port: number; readonly pictures: CameraPictures; /** Bytes of one of the manifest's files. */ readonly read: (file: string) => Uint8Array; readonly clock: Clock };

/** Between two pictures of a stream, ms. */
const STREAM_MS = 200;
/** A reader that has not taken this much yet gets no further picture: it wants the newest, not all of them. */
const BACKLOG_BYTES = 512 * 1024;
const BOUNDARY = 'anlan-picture';

type Camera = { readonly loops: ReadonlyMap<string, readonly Uint8Array[]>; readonly watchers: Set<ServerResponse>; shown: { readonly loop: string; readonly since: number; readonly until: number }; cutUntil: number };

export const startCameraServer = async ({ port, pictures, read, clock }: CameraServerSetup): Promise<CameraServer> => {
  const cameras = new Map<string, Camera>(pictures.cameras.map(({ id, loops }) => [id, { loops: new Map(Object.entries(loops).map(([name, files]) => [name, files.map(read)])), watchers: new Set(), shown: { loop: NORMAL, since: 0, until: Infinity }, cutUntil: 0 }]));
  const cameraOf = (id: string): Camera => {
    const camera = cameras.get(id);
    if (camera === undefined) throw new RangeError(`no pictures of camera ${id}`);
    return camera;
  };
  const pictureOf = (camera: Camera): Uint8Array => {
    const now = clock.now();
    if (now >= camera.shown.until) camera.shown = { loop: NORMAL, since: 0, until: Infinity };
    const frames = camera.loops.get(camera.shown.loop)!;
    return frames[Math.floor((now - camera.shown.since) / pictures.frameMs) % frames.length]!;
  };
  const isCut = (camera: Camera) => clock.now() < camera.cutUntil;
  const push = (to: ServerResponse, picture: Uint8Array) => {
    if (to.writableLength > BACKLOG_BYTES) return;
    to.write(`--${BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`);
    to.write(picture);
    to.write('\r\n');
  };

  const server = createServer((request, response) => {
    const [, id, form] = /^\/cameras\/([\w.-]+)\.(jpg|mjpeg)$/.exec((request.url ?? '').split('?')[0]!) ?? [];
    const camera = id === undefined ? undefined : cameras.get(id);
    if (camera === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(camera === undefined ? 404 : 405, { 'Content-Type': 'text/plain' }).end(camera === undefined ? 'no such camera\n' : 'GET only\n');
      return;
    }
    // A camera whose cable is out answers nothing at all.
    if (isCut(camera)) return void request.socket.destroy();
    const headers = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };
    if (form === 'jpg') {
      const picture = pictureOf(camera);
      response.writeHead(200, { ...headers, 'Content-Type': 'image/jpeg', 'Content-Length': picture.length }).end(request.method === 'HEAD' ? undefined : picture);
      return;
    }
    response.writeHead(200, { ...headers, 'Content-Type': `multipart/x-mixed-replace; boundary=${BOUNDARY}` });
    if (request.method === 'HEAD') return void response.end();
    camera.watchers.add(response);
    response.on('close', () => camera.watchers.delete(response));
    push(response, pictureOf(camera));
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const bound = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
  const streaming: Disposable = clock.every(STREAM_MS, () => {
    for (const camera of cameras.values()) {
      const picture = pictureOf(camera);
      for (const watcher of camera.watchers) push(watcher, picture);
    }
  });
  return {
    port: bound,
    show(id, loop, forS) {
      const camera = cameraOf(id);
      if (!camera.loops.has(loop)) throw new RangeError(`camera ${id} has no pictures ${loop}`);
      camera.shown = { loop, since: clock.now(), until: clock.now() + forS * 1000 };
    },
    cut(id, forS) {
      const camera = cameraOf(id);
      camera.cutUntil = clock.now() + forS * 1000;
      for (const watcher of camera.watchers) watcher.destroy();
    },
    async close() {
      streaming[Symbol.dispose]();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
};
