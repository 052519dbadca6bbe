import { X509Certificate } from 'node:crypto';
import { text, type Text } from '../../../../src-shared/kernel/index.ts';

/** What an error of a broker link means: `refused` needs a person, `protocol` an older version, `failed` is tried again. */
export type LinkFailure = { readonly kind: 'refused' | 'protocol' | 'failed'; readonly text: Text };

/** CONNACK codes of MQTT 3.1.1 (table 3.1) and reason codes of MQTT 5 (table 3-1), by number. */
const CONNACK: Readonly<Record<number, LinkFailure>> = {
  1: { kind: 'protocol', text: text('服务器不支持此 MQTT 版本', 'The broker does not speak this MQTT version') },
  2: { kind: 'refused', text: text('服务器拒绝客户端标识:请在站点文件中改用其他 clientId', 'The broker refuses the client id: choose another clientId in the site file') },
  3: { kind: 'failed', text: text('服务器暂不可用', 'The broker is not available') },
  4: { kind: 'refused', text: text('用户名或密码错误:请检查站点文件', 'User or password is wrong: check the site file') },
  5: { kind: 'refused', text: text('此用户无权连接:请联系服务器管理员', 'This user may not connect: ask who runs the broker') },
  0x84: { kind: 'protocol', text: text('服务器不支持此 MQTT 版本', 'The broker does not speak this MQTT version') },
  0x85: { kind: 'refused', text: text('服务器拒绝客户端标识:请在站点文件中改用其他 clientId', 'The broker refuses the client id: choose another clientId in the site file') },
  0x86: { kind: 'refused', text: text('用户名或密码错误:请检查站点文件', 'User or password is wrong: check the site file') },
  0x87: { kind: 'refused', text: text('此用户无权连接:请联系服务器管理员', 'This user may not connect: ask who runs the broker') },
  0x8a: { kind: 'refused', text: text('本站被服务器封禁:请联系服务器管理员', 'The broker has banned this station: ask who runs the broker') },
  0x8c: { kind: 'refused', text: text('服务器不支持此认证方式', 'The broker does not support this way of signing in') },
};

const certificate = (zh: string, en: string): LinkFailure => ({ kind: 'refused', text: text(zh, en) });
const UNTRUSTED = certificate('服务器证书不受信任:请在站点文件 tls.ca 中指定签发机构', 'The server certificate is not trusted: name its authority under tls.ca in the site file');
const OWN_MISSING = certificate('服务器要求客户端证书:请在站点文件 tls.certificate 与 tls.key 中指定', 'The server wants a client certificate: name it under tls.certificate and tls.key in the site file');
const OWN_EXPIRED = certificate('本站的客户端证书已过期:请更换证书', 'This station’s client certificate has expired: renew it');
const OWN_UNTRUSTED = certificate('服务器不信任本站的客户端证书:请联系服务器管理员登记', 'The server does not trust this station’s client certificate: ask who runs the broker to register it');
const OWN_MISMATCH = certificate('本站证书与私钥不成对:请检查站点文件 tls.certificate 与 tls.key', 'This station’s certificate and key do not belong together: check tls.certificate and tls.key in the site file');
const TLS: Readonly<Record<string, LinkFailure>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_HAS_EXPIRED: certificate('服务器证书已过期:请更换证书,或检查本机时钟', 'The server certificate has expired: renew it, or check this computer’s clock'),
  CERT_NOT_YET_VALID: certificate('服务器证书尚未生效:请检查本机时钟', 'The server certificate is not valid yet: check this computer’s clock'),
  CERT_SIGNATURE_FAILURE: UNTRUSTED,
  CERT_UNTRUSTED: UNTRUSTED,
  CERT_REVOKED: certificate('服务器证书已被吊销:请联系服务器管理员', 'The server certificate has been revoked: ask who runs the broker'),
  ERR_TLS_CERT_ALTNAME_INVALID: certificate('服务器证书与地址不符:请用证书上的主机名', 'The server certificate is for another address: use the host name that it states'),
  ERR_SSL_WRONG_VERSION_NUMBER: certificate('对方端口不是 TLS:请检查地址(mqtt 或 mqtts)', 'That port does not speak TLS: check the address (mqtt or mqtts)'),
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: OWN_MISSING,
  ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED: OWN_MISSING,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: OWN_MISSING,
  'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE': OWN_MISSING,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: OWN_EXPIRED,
  'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED': OWN_EXPIRED,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: OWN_UNTRUSTED,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: OWN_UNTRUSTED,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: OWN_UNTRUSTED,
  ERR_OSSL_X509_KEY_VALUES_MISMATCH: OWN_MISMATCH,
};

/** Only codes stated by broker or TLS library decide; everything else is worth another try. */
export const refusalOf = (error: unknown): LinkFailure => {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code === 'number' && CONNACK[code] !== undefined) return CONNACK[code];
  if (typeof code === 'string' && TLS[code] !== undefined) return TLS[code];
  if (typeof code === 'string' && code.startsWith('ERR_SSL_')) return certificate(`TLS 握手失败(${code}):服务器可能要求客户端证书`, `TLS handshake failed (${code}): the server may want a client certificate`);
  const detail = error instanceof Error ? error.message || String(code) : String(error);
  return { kind: 'failed', text: text(`无法连接:${detail}`, `Cannot connect: ${detail}`) };
};

/** A TLS link that was closed before the broker said a word: servers that dislike a client certificate may do so without an alert. */
export const silentRefusal = (certificatePem: Buffer | undefined, now: number): LinkFailure | null => {
  if (certificatePem === undefined) return null;
  if (Date.parse(new X509Certificate(certificatePem).validTo) < now) return OWN_EXPIRED;
  return { kind: 'failed', text: text('TLS 建立后服务器立即关闭了连接:可能不接受本站的客户端证书', 'The server closed the link as soon as TLS was up: it may not accept this station’s client certificate') };
};
