import { createHash, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPCUACertificateManager } from 'node-opcua-certificate-manager';
import { StatusCodes, type StatusCode } from 'node-opcua-client';
import { text, type Clock, type Text } from '../../../../src-shared/kernel/index.ts';
import type { OpcUaFeed } from '../../../../src-shared/plant/index.ts';

type CertificateCallback = (error: Error | null, status?: StatusCode) => void;

/**
 * The station's key and certificate in its own PKI folder, and which server certificate a feed trusts: the one whose SHA-1
 * fingerprint the site file states, else the first one seen, kept in `servers/<feed>.sha1`. Asked again at every reconnect.
 */
export class PinnedCertificates extends OPCUACertificateManager {
  /** Why the last certificate was refused, in plain words; null when it was not. */
  refusal: Text | null = null;
  readonly #check: (certificate: Uint8Array) => Text | null;

  constructor(pkiFolder: string, feed: OpcUaFeed, clock: Clock) {
    super({ rootFolder: pkiFolder, keySize: 2048, disableFileWatchers: true });
    this.#check = (certificate) => checkPin(pkiFolder, feed, { certificate, now: clock.now() });
  }

  override checkCertificate(certificate: Buffer | Buffer[]): Promise<StatusCode>;
  override checkCertificate(certificate: Buffer | Buffer[], callback: CertificateCallback): void;
  override checkCertificate(certificate: Buffer | Buffer[], callback?: CertificateCallback): Promise<StatusCode> | void {
    this.refusal = this.#check(Array.isArray(certificate) ? (certificate[0] ?? Buffer.alloc(0)) : certificate);
    const status = this.refusal === null ? StatusCodes.Good : StatusCodes.BadCertificateUntrusted;
    if (callback === undefined) return Promise.resolve(status);
    callback(null, status);
  }
}

const checkPin = (pkiFolder: string, feed: OpcUaFeed, seen: { readonly certificate: Uint8Array; readonly now: number }): Text | null => {
  const der = firstOfChain(seen.certificate);
  const fingerprint = createHash('sha1').update(der).digest('hex');
  const file = join(pkiFolder, 'servers', `${feed.id}.sha1`);
  const expected = feed.serverFingerprint?.toLowerCase() ?? readPin(file);
  if (expected !== null && expected !== fingerprint) {
    return text(`服务器证书与已信任的不同(现为 ${fingerprint},应为 ${expected}):确认属实后改站点文件 serverFingerprint 或删除 ${file}`, `The server certificate is not the trusted one (now ${fingerprint}, expected ${expected}): if it was changed on purpose, set serverFingerprint in the site file or delete ${file}`);
  }
  const { validFrom, validTo } = new X509Certificate(der);
  if (seen.now < Date.parse(validFrom) || seen.now > Date.parse(validTo)) {
    return text(`服务器证书不在有效期内(${validFrom} 至 ${validTo}):请更换证书或检查时钟`, `The server certificate is not valid now (${validFrom} to ${validTo}): renew it, or check the clocks`);
  }
  if (expected === null) {
    mkdirSync(join(pkiFolder, 'servers'), { recursive: true });
    writeFileSync(file, `${fingerprint}\n`);
  }
  return null;
};

const readPin = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8').trim().toLowerCase();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

/** A chain is certificates one after another; the first is the server's own. DER: tag 0x30, long length. */
const firstOfChain = (chain: Uint8Array): Uint8Array => {
  const lengthBytes = (chain[1] ?? 0) - 0x80;
  if (lengthBytes < 1 || lengthBytes > 3) return chain;
  let length = 0;
  for (let index = 0; index < lengthBytes; index += 1) length = length * 256 + (chain[2 + index] ?? 0);
  return chain.subarray(0, 2 + lengthBytes + length);
};
