import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { SECURITY_HEADERS } from '../platform/contentSecurity.ts';

/** Where our pages live. A scheme of our own: pages get a proper origin and the policy as a header, and `file:` stays shut. */
export const PAGE_ORIGIN = 'anlan://app';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
  '.mp3': 'audio/mpeg',
  '.glb': 'model/gltf-binary',
};

/** Tells Chromium about our scheme; only before the app is ready. */
export const registerPageScheme = (): void => protocol.registerSchemesAsPrivileged([{ scheme: 'anlan', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } }]);

/** Answers `anlan://app/…` with the files of `folder` and nothing outside it. */
export const servePages = (session: Session, folder: string): void => {
  session.protocol.handle('anlan', async ({ url, method }) => {
    const { host, pathname } = new URL(url);
    const file = normalize(join(folder, decodeURIComponent(pathname)));
    const type = CONTENT_TYPES[extname(file)];
    if (host !== 'app' || method !== 'GET' || type === undefined || !file.startsWith(folder + sep)) return new Response('Not found', { status: 404 });
    try {
      return new Response(await readFile(file), { headers: { ...SECURITY_HEADERS, 'Content-Type': type } });
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR');
      if (missing) return new Response('Not found', { status: 404 });
      throw error;
    }
  });
};
