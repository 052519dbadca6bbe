import { readFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';

/** An answer above this is no weather: bytes. */
const MOST = 4 << 20;
const PATIENCE_MS = 20_000;

export type JsonRequest = { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly tls?: { readonly ca?: string | undefined; readonly certificate?: string | undefined; readonly key?: string | undefined; readonly allowSelfSigned: boolean } | undefined };
/** The parsed answer. Rejects with a sentence for the engineer: no connection, a status that is no success, too large, too slow, no JSON. */
export type FetchJson = (request: JsonRequest) => Promise<unknown>;

export const fetchJson: FetchJson = ({ url, headers, tls }) =>
  new Promise((resolve, reject) => {
    const request = url.startsWith('https:') ? secureRequest : plainRequest;
    const file = (path: string | undefined) => (path === undefined ? undefined : readFileSync(path));
    const call = request(url, { headers: { accept: 'application/json', ...headers }, signal: AbortSignal.timeout(PATIENCE_MS), ...(tls === undefined ? {} : { ca: file(tls.ca), cert: file(tls.certificate), key: file(tls.key), rejectUnauthorized: !tls.allowSelfSigned }) }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST) return void call.destroy(new Error(`the answer has more than ${MOST >> 20} MiB`));
        chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === undefined || response.statusCode < 200 || response.statusCode > 299) return reject(new Error(`HTTP ${String(response.statusCode)}`));
        try {
          resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')));
        } catch (error) {
          reject(new Error(`no JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error }));
        }
      });
    });
    call.on('error', (error) => reject(error.name === 'AbortError' || error.name === 'TimeoutError' ? new Error(`no answer within ${PATIENCE_MS / 1_000} s`, { cause: error }) : error));
    call.end();
  });
