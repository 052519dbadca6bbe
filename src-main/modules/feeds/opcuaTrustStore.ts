import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { UtcMs } from '../../../src-shared/kernel/index.ts';
import { TRUST_REASONS, type CertificateFacts } from './model/opcuaTrust.ts';

/**
 * Whom the OPC UA client trusts: certificates as files in the PKI folder, the layout that OPC UA tools know. `trusted/certs` (also certificate
 * authorities), `issuers/certs` (only to complete a chain), `rejected` (what was refused, waiting for a person). Beside a file of ours lies `.json`
 * with who put it there; `servers/<feed>.sha1` is the certificate that a feed accepted last: at first sight, or by one of the lists. The station and its worker both read it: files are the truth.
 */
export type TrustStore = {
  list(): readonly StoredCertificate[];
  /** The list that a person, or a file laid there, has put it on; null for what merely waits among the rejected. */
  listOf(fingerprint: string): 'trusted' | 'rejected' | null;
  /** Whether a certificate authority that is trusted vouches for it now. */
  isByAuthority(chain: readonly X509Certificate[], now: UtcMs): boolean;
  firstSeen(feed: string): string | null;
  keepFirstSeen(feed: string, certificate: X509Certificate): void;
  /** Lays a refused certificate among the rejected, with the reason, for a person to judge. */
  keepRefused(certificate: X509Certificate, note: StoreNote): void;
  /** A person's word. False when there is no such certificate. */
  judge(fingerprint: string, word: { readonly isTrusted: boolean; readonly by: string; readonly at: UtcMs }): boolean;
};

/** Who put a certificate where it lies: `by` is the name of a person, null when the station itself did. */
const StoreNote = z.object({ feed: z.string(), reason: z.enum(TRUST_REASONS).nullable(), at: z.number(), by: z.string().nullable() });
export type StoreNote = Readonly<z.infer<typeof StoreNote>>;
export type StoredCertificate = { readonly facts: CertificateFacts; readonly list: 'trusted' | 'first-seen' | 'rejected' | 'issuer' | 'own'; readonly feeds: readonly string[]; readonly note: StoreNote | null };
type Kept = { readonly certificate: X509Certificate; readonly facts: CertificateFacts; readonly file: string; readonly note: StoreNote | null };

const MOST_REFUSED = 100;
const CHAIN_LIMIT = 5;

export const openTrustStore = (pkiFolder: string): TrustStore => {
  const folders = { trusted: join(pkiFolder, 'trusted/certs'), issuer: join(pkiFolder, 'issuers/certs'), rejected: join(pkiFolder, 'rejected'), own: join(pkiFolder, 'own/certs'), 'first-seen': join(pkiFolder, 'servers') } as const;
  const read = (list: keyof typeof folders): readonly Kept[] => (existsSync(folders[list]) ? readdirSync(folders[list]).flatMap((name) => readKept(join(folders[list], name))) : []);
  const find = (list: keyof typeof folders, fingerprint: string) => read(list).find(({ facts }) => facts.fingerprint === fingerprint);
  const write = (list: 'trusted' | 'rejected', certificate: X509Certificate, note: StoreNote) => {
    mkdirSync(folders[list], { recursive: true });
    const file = join(folders[list], `${sha1(certificate.raw)}.der`);
    writeFileSync(file, certificate.raw);
    writeFileSync(`${file}.json`, JSON.stringify(note));
  };
  const remove = (kept: Kept | undefined) => {
    if (kept === undefined) return;
    rmSync(kept.file);
    rmSync(`${kept.file}.json`, { force: true });
  };
  const pins = () => (existsSync(folders['first-seen']) ? readdirSync(folders['first-seen']) : []).flatMap((name) => (name.endsWith('.sha1') ? [{ feed: name.slice(0, -'.sha1'.length), fingerprint: readPin(join(folders['first-seen'], name)) }] : []));
  const keepFirstSeen = (feed: string, certificate: X509Certificate) => {
    mkdirSync(folders['first-seen'], { recursive: true });
    writeFileSync(join(folders['first-seen'], `${feed}.der`), certificate.raw);
    writeFileSync(join(folders['first-seen'], `${feed}.sha1`), `${sha1(certificate.raw)}\n`);
  };
  const feedsOf = (fingerprint: string) => pins().flatMap((pin) => (pin.fingerprint === fingerprint ? [pin.feed] : []));
  return {
    list: () => {
      const lists = ['own', 'trusted', 'rejected', 'first-seen', 'issuer'] as const;
      const seen = new Set<string>();
      return lists.flatMap((list) =>
        read(list).flatMap(({ facts, note }) => {
          const key = `${list === 'own' || list === 'issuer' ? list : 'server'} ${facts.fingerprint}`;
          if (seen.has(key)) return [];
          seen.add(key);
          return [{ facts, list, note, feeds: [...new Set([...(note === null || note.feed === '' ? [] : [note.feed]), ...feedsOf(facts.fingerprint)])] }];
        }),
      );
    },
    listOf: (fingerprint) => (find('trusted', fingerprint) !== undefined ? 'trusted' : (find('rejected', fingerprint)?.note?.by ?? null) !== null ? 'rejected' : null),
    isByAuthority(chain, now) {
      const trusted = read('trusted');
      const known = [...chain.slice(1), ...trusted.map(({ certificate }) => certificate), ...read('issuer').map(({ certificate }) => certificate)];
      let [child, depth] = [chain[0], 0];
      while (child !== undefined && depth < CHAIN_LIMIT) {
        const own: X509Certificate = child;
        const parent = known.find((one) => one.ca && own.checkIssued(one) && own.verify(one.publicKey) && Date.parse(one.validFrom) <= now && now <= Date.parse(one.validTo));
        if (parent === undefined) return false;
        if (trusted.some(({ certificate }) => certificate.raw.equals(parent.raw))) return true;
        if (parent.raw.equals(own.raw)) return false;
        [child, depth] = [parent, depth + 1];
      }
      return false;
    },
    firstSeen: (feed) => readPin(join(folders['first-seen'], `${feed}.sha1`)),
    keepFirstSeen,
    keepRefused(certificate, note) {
      const known = read('rejected');
      const same = known.find(({ facts }) => facts.fingerprint === sha1(certificate.raw));
      // A person's word stands; of what merely waits the oldest makes room.
      if ((same?.note?.by ?? null) !== null) return;
      if (same === undefined && known.length >= MOST_REFUSED) remove(known.filter((kept) => kept.note?.by === null).toSorted((a, b) => (a.note?.at ?? 0) - (b.note?.at ?? 0))[0]);
      write('rejected', certificate, note);
    },
    judge(fingerprint, { isTrusted, by, at }) {
      const kept = find('rejected', fingerprint) ?? find('trusted', fingerprint) ?? find('first-seen', fingerprint);
      if (kept === undefined) return false;
      const feed = kept.note?.feed ?? feedsOf(fingerprint)[0] ?? '';
      write(isTrusted ? 'trusted' : 'rejected', kept.certificate, { feed, reason: isTrusted ? null : 'rejected', at, by });
      remove(find(isTrusted ? 'rejected' : 'trusted', fingerprint));
      // Any other certificate of that server is a changed one from now on, whether this one is trusted or not.
      if (isTrusted && feed !== '') keepFirstSeen(feed, kept.certificate);
      return true;
    },
  };
};

/** What a certificate says of itself. */
export const factsOf = (certificate: X509Certificate): CertificateFacts => {
  const names = (certificate.subjectAltName ?? '').split(', ');
  const named = (kind: string) => names.flatMap((name) => (name.startsWith(`${kind}:`) ? [name.slice(kind.length + 1)] : []));
  return {
    fingerprint: sha1(certificate.raw),
    subject: certificate.subject.replaceAll('\n', ', '),
    issuer: certificate.issuer.replaceAll('\n', ', '),
    validFrom: Date.parse(certificate.validFrom),
    validTo: Date.parse(certificate.validTo),
    hosts: [...named('DNS'), ...named('IP Address')],
    applicationUri: named('URI')[0] ?? null,
    keyBits: certificate.publicKey.asymmetricKeyDetails?.modulusLength ?? 0,
  };
};

/** The certificates of a chain, which is one DER after another: tag 0x30 and a long length. The first is the server's own; throws when that is none. */
export const splitChain = (chain: Uint8Array): readonly X509Certificate[] => {
  const certificates: X509Certificate[] = [];
  for (let from = 0; from < chain.length; ) {
    const lengthBytes = (chain[from + 1] ?? 0) - 0x80;
    if (lengthBytes < 1 || lengthBytes > 3) break;
    let length = 0;
    for (let index = 0; index < lengthBytes; index += 1) length = length * 256 + (chain[from + 2 + index] ?? 0);
    const end = from + 2 + lengthBytes + length;
    certificates.push(new X509Certificate(chain.subarray(from, end)));
    from = end;
  }
  if (certificates.length === 0) throw new Error('BadCertificateInvalid: the server sent no certificate');
  return certificates;
};

const sha1 = (der: Uint8Array) => createHash('sha1').update(der).digest('hex');

const readKept = (file: string): readonly Kept[] => {
  if (!/\.(der|pem|crt|cer)$/i.test(file)) return [];
  try {
    const certificate = new X509Certificate(readFileSync(file));
    return [{ certificate, facts: factsOf(certificate), file, note: readNote(`${file}.json`) }];
  } catch (error) {
    // A file that is no certificate vouches for nobody; one that was just removed is gone.
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
};
const readNote = (file: string): StoreNote | null => {
  if (!existsSync(file)) return null;
  const read = StoreNote.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return read.success ? read.data : null;
};
const readPin = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'utf8').trim().toLowerCase() : null);
