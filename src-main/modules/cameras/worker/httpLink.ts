import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { disposable, text, type Clock, type Disposable, type Text } from '../../../../src-shared/kernel/index.ts';
import type { CameraSource } from '../../../../src-shared/plant/index.ts';
import { newSecret } from '../../../platform/secrets.ts';
import { authorizationFor } from '../model/authorization.ts';

/** Why nothing comes: `refused` needs a person, `failed` is tried again. */
export type LinkFailure = { readonly kind: 'refused' | 'failed'; readonly text: Text };
export type HttpLink = Disposable & {
  /** Asks for the camera's address and gives the answer's head once it is a good one; `onFailure` is called at most once, and not after disposal. The caller reads the answer, or destroys it. */
  open(handlers: { onAnswer(answer: IncomingMessage): void; onFailure(failure: LinkFailure): void }): Disposable;
};

/** One camera over HTTP or HTTPS: its sign-in, its certificates, its kept connection. */
export const createHttpLink = (source: CameraSource, clock: Clock): HttpLink => {
  const url = new URL(source.url);
  const { get, Agent } = url.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: 2 });
  const user = source.user ?? decodeURIComponent(url.username);
  const password = source.password ?? decodeURIComponent(url.password);
  [url.username, url.password] = ['', ''];
  const path = url.pathname + url.search;
  const hash = (algorithm: 'MD5' | 'SHA-256', content: string) => createHash(algorithm === 'MD5' ? 'md5' : 'sha256').update(content).digest('hex');
  /** What the camera asked for last; answering it at once saves a round. */
  let challenge: string | null = null;

  return {
    open({ onAnswer, onFailure }) {
      let request: ClientRequest | null = null;
      let ended = false;
      const patience = clock.after(source.staleAfterS * 1_000, () => fail(text(`${source.staleAfterS} 秒内没有应答`, `no answer within ${source.staleAfterS} s`)));
      const end = () => {
        ended = true;
        patience[Symbol.dispose]();
      };
      const fail = (why: Text, kind: LinkFailure['kind'] = 'failed') => {
        if (ended) return;
        end();
        request?.destroy();
        onFailure({ kind, text: kind === 'refused' ? why : text(`无法取得画面:${why.zh}`, `No picture: ${why.en}`) });
      };
      const ask = (isRetry: boolean) => {
        const authorization = challenge === null ? null : authorizationFor(challenge, { user, password }, { method: 'GET', path, clientNonce: newSecret().slice(0, 16), hash });
        try {
          request = get(url, { agent, headers: { Accept: 'multipart/x-mixed-replace, image/jpeg', ...(authorization !== null && { Authorization: authorization }) }, ...tlsOf(source) }, (answer) => {
            if (ended) return void answer.destroy();
            const status = answer.statusCode ?? 0;
            if (status === 200) {
              end();
              return onAnswer(answer);
            }
            answer.resume();
            const asked = answer.headers['www-authenticate'];
            if (status === 401 && !isRetry && user !== '' && asked !== undefined) {
              challenge = asked;
              return ask(true);
            }
            const refusal = refusalOf(status, user !== '');
            fail(refusal ?? text(`摄像机应答 HTTP ${status}`, `the camera answers HTTP ${status}`), refusal === null ? 'failed' : 'refused');
          });
        } catch (error) {
          // A certificate file that is none.
          return fail(text(`证书无法使用:${String(error)}`, `A certificate cannot be used: ${String(error)}`), 'refused');
        }
        request.on('error', (error: NodeJS.ErrnoException) => {
          const refusal = CERTIFICATE[error.code ?? ''];
          fail(refusal ?? text(`无法连接:${error.message}`, error.message), refusal === undefined ? 'failed' : 'refused');
        });
      };
      ask(false);
      return disposable(() => {
        end();
        request?.destroy();
      });
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
};

const refusalOf = (status: number, hasUser: boolean): Text | null => {
  if (status === 401) return hasUser ? text('用户名或密码错误:请检查站点文件', 'User or password is wrong: check the site file') : text('摄像机要求用户名和密码:请写入站点文件', 'The camera wants a user and a password: put them into the site file');
  if (status === 403) return text('此用户无权查看画面:请检查摄像机的用户权限', 'This user may not see the picture: check the users of the camera');
  if (status === 404) return text('摄像机没有这个地址:请检查站点文件的 url', 'The camera has no such address: check the url in the site file');
  if (status >= 300 && status < 400) return text('摄像机把请求转到别处:请把最终地址写入站点文件', 'The camera sends us elsewhere: put the final address into the site file');
  return null;
};

const UNTRUSTED = text('摄像机证书不受信任:请在站点文件 tls.ca 中指定签发机构', 'The camera’s certificate is not trusted: name its authority under tls.ca in the site file');
const CERTIFICATE: Readonly<Record<string, Text>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_HAS_EXPIRED: text('摄像机证书已过期:请更换证书,或检查本机时钟', 'The camera’s certificate has expired: renew it, or check this computer’s clock'),
  CERT_NOT_YET_VALID: text('摄像机证书尚未生效:请检查本机时钟', 'The camera’s certificate is not valid yet: check this computer’s clock'),
  ERR_TLS_CERT_ALTNAME_INVALID: text('摄像机证书与地址不符:请用证书上的主机名', 'The camera’s certificate is for another address: use the host name that it states'),
  EPROTO: text('对方端口不是 TLS:请检查地址(http 或 https)', 'That port does not speak TLS: check the address (http or https)'),
};

const tlsOf = ({ tls }: CameraSource) =>
  tls === undefined ? {} : { ...(tls.ca !== undefined && { ca: readFileSync(tls.ca) }), ...(tls.certificate !== undefined && { cert: readFileSync(tls.certificate) }), ...(tls.key !== undefined && { key: readFileSync(tls.key) }), rejectUnauthorized: !tls.allowSelfSigned };
