import type { Sql } from '../../platform/sql.ts';

export type UserRecord = { readonly id: string; readonly name: string; readonly role: string; readonly salt: string; readonly pinHash: string; readonly failures: number; readonly lockedUntil: number };
export type SessionRecord = { readonly tokenHash: string; readonly user: string; readonly expiresAt: number };

/** SQL of users and sessions, in small verbs. */
export const createSecurityStore = (sql: Sql) => ({
  users: () => sql.all<UserRecord>('SELECT id, name, role, salt, pin_hash AS pinHash, failures, locked_until AS lockedUntil FROM user'),
  putUser({ id, name, role, salt, pinHash, failures, lockedUntil }: UserRecord) {
    sql.run(
      `INSERT INTO user (id, name, role, salt, pin_hash, failures, locked_until) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, salt = excluded.salt, pin_hash = excluded.pin_hash, failures = excluded.failures, locked_until = excluded.locked_until`,
      id, name, role, salt, pinHash, failures, lockedUntil,
    );
  },
  dropUser: (id: string) => void sql.run('DELETE FROM user WHERE id = ?', id),
  sessions: (now: number) => sql.all<SessionRecord>('SELECT token_hash AS tokenHash, user, expires_at AS expiresAt FROM session WHERE expires_at > ?', now),
  putSession: ({ tokenHash, user, expiresAt }: SessionRecord) => void sql.run('INSERT INTO session (token_hash, user, expires_at) VALUES (?, ?, ?)', tokenHash, user, expiresAt),
  dropSessionsOf: (user: string) => void sql.run('DELETE FROM session WHERE user = ?', user),
  dropExpired: (now: number) => void sql.run('DELETE FROM session WHERE expires_at <= ?', now),
});
export type SecurityStore = ReturnType<typeof createSecurityStore>;
