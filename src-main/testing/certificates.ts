import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate and its key, as PEM files. */
export type KeyPair = { readonly certificate: string; readonly key: string };
/** A certificate authority for one test. */
export type TestAuthority = KeyPair & {
  /** A certificate for 127.0.0.1 and localhost, for servers and clients; `expired`: its time was in 2020. */
  issue(name: string, options?: { readonly expired?: boolean; /** For another host than those. */ readonly elsewhere?: boolean; /** A key that is there already, instead of a new one. */ readonly key?: string }): Promise<KeyPair>;
  /** Revokes a certificate; gives the revocation list, PEM. */
  revoke(leaf: KeyPair): Promise<string>;
};

/** Whether openssl is installed: certificates of tests are made by it. */
export const hasOpenssl = (): Promise<boolean> => run('openssl', ['version']).then(() => true, () => false);

/** Makes an authority in `folder` (made with files named after `name`). Needs openssl. */
export const createAuthority = async (folder: string, name: string): Promise<TestAuthority> => {
  const file = (suffix: string) => join(folder, `${name}${suffix}`);
  // A library for certificates leaves the word "undefined" there.
  const { OPENSSL_CONF: _left, ...env } = process.env;
  const openssl = (...args: readonly string[]) => run('openssl', [...args], { cwd: folder, env });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  writeFileSync(file('.index'), '');
  writeFileSync(
    file('.cnf'),
    `[ca]\ndefault_ca=own\n[own]\ndatabase=${file('.index')}\nrand_serial=yes\nnew_certs_dir=${folder}\ncertificate=${file('.pem')}\nprivate_key=${file('.key')}\ndefault_md=sha256\npolicy=any\nunique_subject=no\nx509_extensions=leaf\ncrl_extensions=list\n[any]\ncommonName=supplied\n[leaf]\nsubjectAltName=IP:127.0.0.1,DNS:localhost\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid,issuer:always\n[elsewhere]\nsubjectAltName=DNS:elsewhere.example\n[list]\nauthorityKeyIdentifier=keyid:always,issuer:always\n`,
  );
  await openssl('req', '-x509', ...newKey, '-keyout', file('.key'), '-out', file('.pem'), '-days', '2', '-subj', `/CN=${name}`);
  return {
    certificate: file('.pem'),
    key: file('.key'),
    async issue(leaf, { expired = false, elsewhere = false, key } = {}) {
      const own = (suffix: string) => file(`-${leaf}${suffix}`);
      await openssl('req', ...(key === undefined ? [...newKey, '-keyout', own('.key')] : ['-new', '-key', key]), '-out', own('.csr'), '-subj', `/CN=${leaf}`);
      const dates = expired ? ['-startdate', '20200101000000Z', '-enddate', '20200102000000Z'] : ['-days', '2'];
      await openssl('ca', '-batch', '-notext', '-config', file('.cnf'), '-in', own('.csr'), '-out', own('.pem'), ...dates, ...(elsewhere ? ['-extensions', 'elsewhere'] : []));
      return { certificate: own('.pem'), key: key ?? own('.key') };
    },
    async revoke({ certificate }) {
      await openssl('ca', '-config', file('.cnf'), '-revoke', certificate);
      await openssl('ca', '-config', file('.cnf'), '-gencrl', '-crldays', '2', '-out', file('.crl'));
      return file('.crl');
    },
  };
};
