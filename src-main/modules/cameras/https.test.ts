import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disposable } from '../../../src-shared/kernel/index.ts';
import { CameraSource } from '../../../src-shared/plant/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { createAuthority, hasOpenssl, type KeyPair, type TestAuthority } from '../../testing/certificates.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { until } from '../../testing/until.ts';
import type { SourceRow } from './messages.ts';
import { runCameras } from './worker/runtime.ts';

const PICTURE = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'grey' } }).jpeg().toBuffer();

/** A camera over TLS: one picture for each request, a stream under `/stream`. */
const serve = async ({ certificate, key }: KeyPair, client: { readonly ca?: string } = {}) => {
  const server = createServer({ cert: readFileSync(certificate), key: readFileSync(key), ...(client.ca !== undefined && { ca: readFileSync(client.ca), requestCert: true, rejectUnauthorized: true }) }, (request, response) => {
    if (request.url !== '/stream') return void response.writeHead(200, { 'Content-Type': 'image/jpeg' }).end(PICTURE);
    response.writeHead(200, { 'Content-Type': 'multipart/x-mixed-replace; boundary=frame' });
    const timer = setInterval(() => response.write(Buffer.concat([Buffer.from('--frame\r\nContent-Type: image/jpeg\r\n\r\n'), PICTURE, Buffer.from('\r\n')])), 50);
    response.on('close', () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  return {
    at: (path: string, host = '127.0.0.1') => `https://${host}:${typeof place === 'object' && place !== null ? place.port : 0}${path}`,
    ...disposable(() => {
      server.closeAllConnections();
      server.close();
    }),
  };
};

const watch = (source: { readonly url: string; readonly kind?: 'mjpeg'; readonly tls?: object }) => {
  const rows: SourceRow[] = [];
  let pictures = 0;
  const runtime = runCameras({
    setup: { sources: [CameraSource.parse({ id: 'CAM-1', kind: 'jpeg', fps: 10, staleAfterS: 1, ...source })], ffmpeg: 'ffmpeg' },
    clock: systemClock,
    post(message) {
      if (message.kind === 'rows') return void rows.push(...message.rows);
      pictures += 1;
      setTimeout(() => runtime.onMessage({ kind: 'taken', camera: message.camera }), 1);
    },
  });
  return { last: () => rows.at(-1), pictures: () => pictures, ...disposable(() => runtime[Symbol.dispose]()) };
};

/** Skipped where openssl, which makes the certificates, is not installed. */
describe.skipIf(!(await hasOpenssl()))('cameras over TLS (skipped without openssl)', () => {
  const folder = temporaryFolder();
  let authority: TestAuthority;
  let stranger: TestAuthority;
  let camera: KeyPair;
  beforeAll(async () => {
    [authority, stranger] = [await createAuthority(folder.path, 'cameras-ca'), await createAuthority(folder.path, 'stranger-ca')];
    camera = await authority.issue('camera');
  }, 30_000);
  afterAll(() => folder[Symbol.dispose]());
  const ca = () => ({ tls: { ca: authority.certificate } });

  it('are trusted by the authority that the site file names: pictures and streams, by address and by name', async () => {
    using server = await serve(camera);
    for (const source of [{ url: server.at('/picture') }, { url: server.at('/picture', 'localhost') }, { url: server.at('/stream'), kind: 'mjpeg' as const }]) {
      using watched = watch({ ...source, ...ca() });
      await until(() => watched.last()?.state === 'live' && watched.pictures() > 2, 'pictures');
      expect(watched.last()).toMatchObject({ reason: null, width: 64, height: 48 });
    }
  });

  /** No picture is taken, and the reason says what to do in both languages. */
  const refuses = async (pair: KeyPair, tls: object, words: { readonly zh: RegExp; readonly en: RegExp }) => {
    using server = await serve(pair);
    for (const kind of ['jpeg', 'mjpeg'] as const) {
      using watched = watch({ url: server.at(kind === 'jpeg' ? '/picture' : '/stream'), ...(kind === 'mjpeg' && { kind }), ...tls });
      await until(() => watched.last()?.state === 'refused', `${kind} refused`);
      expect(watched.last()?.reason).toEqual({ zh: expect.stringMatching(words.zh), en: expect.stringMatching(words.en) });
      expect(watched.pictures()).toBe(0);
    }
  };

  it('of an authority that nobody named are refused', async () => {
    const words = { zh: /不受信任.*tls\.ca/, en: /not trusted.*tls\.ca/ };
    await refuses(camera, {}, words);
    await refuses(camera, { tls: { ca: stranger.certificate } }, words);
  });

  it('whose certificate has expired are refused', async () => refuses(await authority.issue('old', { expired: true }), ca(), { zh: /已过期.*更换/, en: /has expired: renew/ }));

  it('whose certificate is for another host are refused', async () => refuses(await authority.issue('other', { elsewhere: true }), ca(), { zh: /与地址不符.*主机名/, en: /another address: use the host name/ }));

  it('are taken in spite of their certificate only where the site file says so', async () => {
    using server = await serve(await stranger.issue('self', { elsewhere: true }));
    using watched = watch({ url: server.at('/picture'), tls: { allowSelfSigned: true } });
    await until(() => watched.last()?.state === 'live', 'live');
  });

  it('may ask the station for a certificate of its own', async () => {
    const own = await authority.issue('station');
    using server = await serve(camera, { ca: authority.certificate });
    using watched = watch({ url: server.at('/picture'), tls: { ca: authority.certificate, ...own } });
    await until(() => watched.last()?.state === 'live', 'live');
    using without = watch({ url: server.at('/picture'), ...ca() });
    await until(() => ['down', 'refused'].includes(without.last()?.state ?? ''), 'not let in');
    expect(without.pictures()).toBe(0);
  });
});
