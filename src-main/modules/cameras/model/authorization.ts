/** Hash of a text, hex. */
export type HexHash = (algorithm: 'MD5' | 'SHA-256', content: string) => string;
export type Credentials = { readonly user: string; readonly password: string };

/**
 * The Authorization header that answers a `WWW-Authenticate` header: Digest (RFC 7616; MD5 or SHA-256, with or without qop=auth), which most cameras ask for, before Basic (RFC 7617); null when it asks
 * for neither. `clientNonce` is fresh for every answer.
 */
export const authorizationFor = (challenge: string, { user, password }: Credentials, { method, path, clientNonce, hash }: { readonly method: string; readonly path: string; readonly clientNonce: string; readonly hash: HexHash }): string | null => {
  const digest = /(?:^|,)\s*Digest\s+(.*)$/is.exec(challenge)?.[1];
  if (digest === undefined) return /(?:^|,)\s*Basic\b/i.test(challenge) ? `Basic ${base64(`${user}:${password}`)}` : null;
  const asked = new Map([...digest.matchAll(/([a-z]+)\s*=\s*(?:"([^"]*)"|([^\s,]+))/gi)].map(([, name = '', quoted, bare]) => [name.toLowerCase(), quoted ?? bare ?? '']));
  const [realm, nonce, opaque, stated] = [asked.get('realm') ?? '', asked.get('nonce') ?? '', asked.get('opaque'), asked.get('algorithm')];
  const algorithm = stated?.toUpperCase().replace(/-SESS$/, '') ?? 'MD5';
  if (algorithm !== 'MD5' && algorithm !== 'SHA-256') return null;
  const isAuth = (asked.get('qop') ?? '').split(',').some((each) => each.trim() === 'auth');
  const isSession = /-sess$/i.test(stated ?? '');
  const secret = hash(algorithm, `${user}:${realm}:${password}`);
  const one = isSession ? hash(algorithm, `${secret}:${nonce}:${clientNonce}`) : secret;
  const two = hash(algorithm, `${method}:${path}`);
  const count = '00000001';
  const response = hash(algorithm, isAuth ? `${one}:${nonce}:${count}:${clientNonce}:auth:${two}` : `${one}:${nonce}:${two}`);
  const quoted = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`)}"`;
  return [
    `Digest username=${quoted(user)}, realm=${quoted(realm)}, nonce=${quoted(nonce)}, uri=${quoted(path)}, response="${response}"`,
    ...(stated === undefined ? [] : [`algorithm=${stated}`]),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ...(isAuth || isSession ? [`cnonce="${clientNonce}"`] : []),
    ...(isAuth ? [`qop=auth, nc=${count}`] : []),
  ].join(', ');
};

const base64 = (content: string): string => btoa(String.fromCodePoint(...new TextEncoder().encode(content)));
