import type { Actor, Anlan, Handlers, Identity, Permission } from '../../../src-shared/contract/index.ts';
import { ok, refuse, type Clock, type Log, type Refusal, type Result } from '../../../src-shared/kernel/index.ts';
import { Role, type SiteFile } from '../../../src-shared/plant/index.ts';
import { digest, newSecret, sameDigest, slowDigest } from '../../platform/secrets.ts';
import type { Sql } from '../../platform/sql.ts';
import { enrol, type AuditTrail } from './enrol.ts';
import { afterFailure, lockedFor, NO_FAILURES } from './model/lockout.ts';
import { ROLES, SESSION_MS } from './model/roles.ts';
import { createSecurityStore, type SecurityStore, type UserRecord } from './store.ts';

export type Security = {
  /** Who holds this token, or null when it is unknown, expired or idle for too long. `acts`: a command, which counts as activity; pages read by themselves, all the time. */
  authenticate(token: string, acts?: boolean): (Actor & { readonly permissions: readonly Permission[]; readonly expiresAt: number }) | null;
  signIn(input: { readonly user: string; readonly pin: string }): Promise<Result<Identity, Refusal<'WrongPin' | 'Locked'>>>;
  /** Ends every session of a person. */
  signOut(user: string): void;
  /** Resolved when all users of the site file can sign in. */
  readonly ready: Promise<void>;
  readonly handlers: Handlers<Anlan['security']>;
};

/** `ledger` stands to the right of this module: the station passes it in. */
type Dependencies = { readonly sql: Sql; readonly site: SiteFile; readonly clock: Clock; readonly log: Log; readonly ledger: AuditTrail };
type Session = { readonly user: string; readonly expiresAt: number; seenAt: number };

/** Sign-ins that may wait for each other; more is an attack. */
const MAX_WAITING = 20;

export const createSecurity = ({ sql, site, clock, log, ledger }: Dependencies): Security => {
  const store = createSecurityStore(sql);
  const people = new Map(site.users.map((user) => [user.id, user]));
  const credentials = new Map<string, UserRecord>();
  const sessions = new Map<string, Session>();
  for (const { tokenHash, user, expiresAt } of store.sessions(clock.now())) if (people.has(user)) sessions.set(tokenHash, { user, expiresAt, seenAt: clock.now() });

  /** People can sign in while the disk refuses: memory leads, the database follows. */
  const save = (what: string, write: (store: SecurityStore) => void) => {
    try {
      sql.transaction(() => write(store));
    } catch (error) {
      log.error('security was not saved', { what, error: String(error) });
    }
  };
  const endSessions = (user: string) => {
    for (const [key, session] of sessions) if (session.user === user) sessions.delete(key);
  };
  const signOut = (user: string) => {
    endSessions(user);
    save('sign-out', () => store.dropSessionsOf(user));
  };

  const ready = enrol({ users: site.users, store, ledger, save, endSessions, credentials });
  // A failure shows at sign-in, where somebody can see it.
  ready.catch((error: unknown) => log.error('enrolment failed', { error: String(error) }));

  const check = async ({ user, pin }: { readonly user: string; readonly pin: string }): Promise<Result<Identity, Refusal<'WrongPin' | 'Locked'>>> => {
    await ready;
    const known = credentials.get(user);
    const person = people.get(user);
    const closed = lockedFor(known ?? NO_FAILURES, clock.now());
    if (closed > 0) return locked(closed);
    // The same work for an unknown name, so that time does not tell who exists.
    const pinHash = await slowDigest(pin, known?.salt ?? 'nobody');
    if (known === undefined || person === undefined || !sameDigest(pinHash, known.pinHash)) {
      if (known !== undefined) {
        const failed = { ...known, ...afterFailure(known, clock.now()) };
        credentials.set(user, failed);
        save('failed sign-in', () => {
          store.putUser(failed);
          ledger.append({ actor: user, kind: failed.lockedUntil > 0 ? 'security.locked' : 'security.wrong-pin', subject: user, body: { failures: failed.failures } });
        });
        if (failed.lockedUntil > 0) return locked(lockedFor(failed, clock.now()));
      }
      return refuse('WrongPin', { zh: '用户或密码不正确', en: 'The user or the pin is wrong' });
    }
    const token = newSecret();
    const session = { user, expiresAt: clock.now() + SESSION_MS, seenAt: clock.now() };
    sessions.set(digest(token), session);
    credentials.set(user, { ...known, ...NO_FAILURES });
    save('sign-in', () => {
      store.dropExpired(clock.now());
      store.putUser({ ...known, ...NO_FAILURES });
      store.putSession({ tokenHash: digest(token), user, expiresAt: session.expiresAt });
      ledger.append({ actor: user, kind: 'security.signed-in', subject: user, body: { role: person.role } });
    });
    return ok({ id: person.id, name: person.name, role: person.role, permissions: [...ROLES[person.role].permissions], token, expiresAt: session.expiresAt });
  };

  let waiting = 0;
  let queue: Promise<unknown> = Promise.resolve();
  /** One at a time: parallel guesses are counted like any others. */
  const signIn: Security['signIn'] = (input) => {
    if (waiting >= MAX_WAITING) return Promise.resolve(locked(1_000));
    waiting += 1;
    const turn = queue.then(() => check(input)).finally(() => (waiting -= 1));
    queue = turn.catch(() => undefined);
    return turn;
  };

  const whoHolds = (session: Session) => {
    const person = people.get(session.user);
    return person === undefined ? null : { id: person.id, name: person.name, role: person.role, permissions: ROLES[person.role].permissions, expiresAt: session.expiresAt };
  };
  const isOver = (session: Session): boolean => {
    const now = clock.now();
    const role = Role.safeParse(people.get(session.user)?.role);
    return !role.success || now >= session.expiresAt || now - session.seenAt >= ROLES[role.data].idleMs;
  };
  return {
    authenticate(token, acts = false) {
      const key = digest(token);
      const session = sessions.get(key);
      if (session === undefined) return null;
      if (isOver(session)) {
        sessions.delete(key);
        return null;
      }
      if (acts) session.seenAt = clock.now();
      return whoHolds(session);
    },
    signIn,
    signOut,
    ready,
    handlers: {
      users: () => site.users.map(({ id, name, role, pin }) => ({ id, name, role, pinHint: site.demo ? pin : null })),
      whoAmI(_input, { actor }) {
        if (actor === null) return null;
        const own = [...sessions.values()].filter((session) => session.user === actor.id && !isOver(session)).toSorted((a, b) => b.expiresAt - a.expiresAt)[0];
        const identity = own === undefined ? null : whoHolds(own);
        return identity === null ? null : { ...identity, permissions: [...identity.permissions] };
      },
      signIn,
      signOut(_input, { actor }) {
        signOut(actor.id);
        return ok({});
      },
    },
  };
};

const locked = (ms: number) => {
  const seconds = Math.ceil(ms / 1_000);
  return refuse('Locked', { zh: `登录已锁定，请 ${seconds} 秒后再试`, en: `Sign-in is locked; try again in ${seconds} s` });
};
