import { z } from 'zod';
import { command, contract, Id, Nothing, Permission, query } from './define.ts';

export const Identity = z.object({ id: Id, name: z.string(), role: z.string(), permissions: z.array(Permission), token: z.string(), expiresAt: z.number() });
export type Identity = z.infer<typeof Identity>;

/**
 * The display is always on and read-only; an action asks who acts. `signIn` binds this connection to a person and gives a token
 * that a reconnecting client presents in `hello`. `signIn` and `signOut` need no identity themselves; `signIn` works while the ledger cannot
 * write, since emergency commands need a person.
 */
export const security = contract('security', {
  users: query({ input: Nothing, output: z.array(z.object({ id: Id, name: z.string(), role: z.string(), /** Only on a demonstration site. */ pinHint: z.string().nullable() })) }),
  whoAmI: query({ input: Nothing, output: Identity.omit({ token: true }).nullable() }),
  signIn: command({ input: z.strictObject({ user: Id, pin: z.string().max(12) }), output: Identity, refusals: ['WrongPin', 'Locked'], needs: 'session', emergency: true, secret: ['pin'] }),
  signOut: command({ input: Nothing, output: Nothing, refusals: [], needs: 'session' }),
});
