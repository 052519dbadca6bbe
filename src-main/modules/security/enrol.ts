import type { SiteFile } from '../../../src-shared/plant/index.ts';
import { newSecret, sameDigest, slowDigest } from '../../platform/secrets.ts';
import { NO_FAILURES } from './model/lockout.ts';
import type { SecurityStore, UserRecord } from './store.ts';

/** Where changes of users and sign-ins are recorded. */
export type AuditTrail = { append(entry: { readonly actor: string; readonly kind: string; readonly subject: string; readonly body: unknown }): unknown };

type Enrolment = {
  readonly users: SiteFile['users'];
  readonly store: SecurityStore;
  readonly ledger: AuditTrail;
  save(what: string, write: (store: SecurityStore) => void): void;
  endSessions(user: string): void;
  /** Filled with every user of the site file. */
  readonly credentials: Map<string, UserRecord>;
};

/** Brings the stored users in line with the site file: new ones in, changed ones updated, missing ones out, each on record. Whoever loses a pin, a role or the account loses the sessions. */
export const enrol = async ({ users, store, ledger, save, endSessions, credentials }: Enrolment): Promise<void> => {
  const stored = new Map(store.users().map((user) => [user.id, user]));
  const record = (kind: string, user: string, body: unknown = {}) => void ledger.append({ actor: 'station', kind: `security.${kind}`, subject: user, body });
  const revoke = (user: string) => {
    endSessions(user);
    store.dropSessionsOf(user);
  };
  for (const { id, name, role, pin } of users) {
    const known = stored.get(id);
    stored.delete(id);
    const isSamePin = known !== undefined && sameDigest(await slowDigest(pin, known.salt), known.pinHash);
    const user: UserRecord = isSamePin ? { ...known, name, role } : { id, name, role, ...(await freshHash(pin)), ...NO_FAILURES };
    credentials.set(id, user);
    if (isSamePin && known.name === name && known.role === role) continue;
    save('enrolment', () => {
      store.putUser(user);
      if (known === undefined) return record('user-enrolled', id, { role });
      if (!isSamePin || known.role !== role) revoke(id);
      record('user-changed', id, { role, pinChanged: !isSamePin });
    });
  }
  for (const id of stored.keys()) {
    save('removal', () => {
      store.dropUser(id);
      revoke(id);
      record('user-removed', id);
    });
  }
};

const freshHash = async (pin: string): Promise<{ readonly salt: string; readonly pinHash: string }> => {
  const salt = newSecret();
  return { salt, pinHash: await slowDigest(pin, salt) };
};
