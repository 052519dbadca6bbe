import { describe, expect, it } from 'vitest';
import { assert, integer, property } from 'fast-check';
import { disposable, HOUR, MINUTE, silentLog, unwrap } from '../../../src-shared/kernel/index.ts';
import type { Role, SiteFile } from '../../../src-shared/plant/index.ts';
import { openSql } from '../../platform/sql.ts';
import { buildSite } from '../../testing/buildPlant.ts';
import { createFakeClock } from '../../testing/fakeClock.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { createLedger, ledgerMigrations } from '../ledger/index.ts';
import { createSecurity, securityMigrations } from './index.ts';
import { afterFailure, lockedFor, NO_FAILURES } from './model/lockout.ts';
import { ROLES } from './model/roles.ts';

const open = (site: SiteFile = buildSite()) => {
  const folder = temporaryFolder();
  const clock = createFakeClock();
  const sql = openSql(folder.file('station.db'), [...ledgerMigrations, ...securityMigrations]);
  const ledger = createLedger({ sql, clock });
  const start = (current: SiteFile = site) => createSecurity({ sql, site: current, clock, log: silentLog, ledger });
  const kinds = () => ledger.entries({ limit: 100 }).map((entry) => `${entry.kind} ${entry.subject}`).toReversed();
  return { clock, sql, ledger, start, kinds, ...disposable(() => { sql[Symbol.dispose](); folder[Symbol.dispose](); }) };
};
const context = { actor: null, commandId: '', at: 0 };

describe('security', () => {
  it('signs in by pin and knows the holder of the token with the permissions of the role', async () => {
    using place = open();
    const security = place.start();
    const identity = unwrap(await security.signIn({ user: 'op', pin: '1234' }));
    expect(security.authenticate(identity.token)).toMatchObject({ id: 'op', name: '王强', role: 'operator', permissions: ROLES.operator.permissions });
    expect(security.authenticate('something else')).toBeNull();
    expect(await security.signIn({ user: 'op', pin: '9999' })).toMatchObject({ ok: false, refusal: { code: 'WrongPin' } });
    expect(await security.signIn({ user: 'ghost', pin: '1234' })).toMatchObject({ ok: false, refusal: { code: 'WrongPin' } });
    expect(place.kinds()).toEqual(['security.user-enrolled op', 'security.user-enrolled safety', 'security.user-enrolled visitor', 'security.signed-in op', 'security.wrong-pin op']);
  });

  it('stores neither pin nor token', async () => {
    using place = open(buildSite((site) => void (site.users[0] = { id: 'op', name: 'x', role: 'operator', pin: '481516234242' })));
    const { token } = unwrap(await place.start().signIn({ user: 'op', pin: '481516234242' }));
    const everything = JSON.stringify(['user', 'session', 'ledger'].map((table) => place.sql.all(`SELECT * FROM ${table}`)));
    expect(everything).not.toContain('481516234242');
    expect(everything).not.toContain(token);
  });

  it('locks after five wrong pins, also for parallel guesses and over a restart, and opens again', async () => {
    using place = open();
    const security = place.start();
    const codes = (await Promise.all(['1', '2', '3', '4', '5', '6', '1234'].map((pin) => security.signIn({ user: 'op', pin })))).map((result) => (result.ok ? 'in' : result.refusal.code));
    expect(codes).toEqual(['WrongPin', 'WrongPin', 'WrongPin', 'WrongPin', 'Locked', 'Locked', 'Locked']);
    const restarted = place.start();
    expect(await restarted.signIn({ user: 'op', pin: '1234' })).toMatchObject({ refusal: { code: 'Locked', text: { en: 'Sign-in is locked; try again in 60 s' } } });
    expect((await restarted.signIn({ user: 'safety', pin: '2345' })).ok).toBe(true);
    place.clock.advance(MINUTE);
    expect((await restarted.signIn({ user: 'op', pin: '1234' })).ok).toBe(true);
  });

  it('ends sessions by age, by idleness of the role and by signing out; they survive a restart', async () => {
    using place = open(buildSite((site) => void site.users.push({ id: 'fit', name: 'x', role: 'installer', pin: '4567' })));
    const security = place.start();
    const operator = unwrap(await security.signIn({ user: 'op', pin: '1234' })).token;
    const installer = unwrap(await security.signIn({ user: 'fit', pin: '4567' })).token;
    place.clock.advance(31 * MINUTE);
    expect([security.authenticate(operator)?.id, security.authenticate(installer)]).toEqual(['op', null]);
    const restarted = place.start();
    expect(restarted.authenticate(operator)?.id).toBe('op');
    expect(await restarted.handlers.whoAmI({}, { ...context, actor: { id: 'op', name: '', role: '' } })).toMatchObject({ id: 'op', expiresAt: Date.UTC(2026, 0, 1) + 12 * HOUR });
    place.clock.advance(12 * HOUR);
    expect(restarted.authenticate(operator)).toBeNull();
    const again = unwrap(await restarted.signIn({ user: 'op', pin: '1234' })).token;
    restarted.signOut('op');
    expect([restarted.authenticate(again), place.start().authenticate(again)]).toEqual([null, null]);
  });

  it('counts what a person does as activity, not what an open page reads by itself', async () => {
    using place = open(buildSite((site) => void site.users.push({ id: 'fit', name: 'x', role: 'installer', pin: '4567' })));
    const security = place.start();
    const { token } = unwrap(await security.signIn({ user: 'fit', pin: '4567' }));
    place.clock.advance(20 * MINUTE);
    expect(security.authenticate(token, true)?.id).toBe('fit');
    for (let minute = 0; minute < 29; minute += 1) {
      place.clock.advance(MINUTE);
      expect(security.authenticate(token)?.id).toBe('fit');
    }
    place.clock.advance(MINUTE);
    expect(security.authenticate(token, true)).toBeNull();
  });

  it('follows the site file: pin, role and removal end sessions and go to the ledger; nothing changed writes nothing', async () => {
    using place = open();
    const first = place.start();
    const tokens = await Promise.all([['op', '1234'], ['safety', '2345'], ['visitor', '3456']].map(async ([user = '', pin = '']) => unwrap(await first.signIn({ user, pin })).token));
    const entries = place.ledger.count();
    await place.start().ready;
    expect(place.ledger.count()).toBe(entries);
    const changed = place.start(buildSite((site) => void (site.users = [{ id: 'op', name: '王强', role: 'operator', pin: '7777' }, { id: 'safety', name: '陈静', role: 'regulator', pin: '2345' }])));
    await changed.ready;
    expect(tokens.map((token) => changed.authenticate(token))).toEqual([null, null, null]);
    expect([(await changed.signIn({ user: 'op', pin: '1234' })).ok, (await changed.signIn({ user: 'op', pin: '7777' })).ok, (await changed.signIn({ user: 'visitor', pin: '3456' })).ok]).toEqual([false, true, false]);
    expect(place.kinds().slice(entries, entries + 3)).toEqual(['security.user-changed op', 'security.user-changed safety', 'security.user-removed visitor']);
  });

  it('lets people in while the disk refuses', async () => {
    using place = open();
    const security = place.start();
    await security.ready;
    place.sql.run('PRAGMA query_only = 1');
    const signedIn = await security.signIn({ user: 'op', pin: '1234' });
    expect(signedIn.ok && security.authenticate(signedIn.value.token)?.id).toBe('op');
  });

  it('shows pins on a demonstration site only', () => {
    using place = open();
    expect(place.start().handlers.users({}, context)).toContainEqual({ id: 'op', name: '王强', role: 'operator', pinHint: null });
    expect(place.start(buildSite((site) => void (site.demo = true))).handlers.users({}, context)).toContainEqual({ id: 'op', name: '王强', role: 'operator', pinHint: '1234' });
  });
});

it('locks longer with every failure, never longer than 15 minutes, whatever the clock does', () => {
  assert(property(integer({ min: 0, max: 60 }), integer({ min: -HOUR, max: HOUR }), (count, step) => {
    let attempts = NO_FAILURES;
    for (let index = 0; index < count; index += 1) attempts = afterFailure(attempts, 1e12);
    const open = lockedFor(attempts, 1e12 + step);
    expect(open).toBeLessThanOrEqual(15 * MINUTE);
    expect(lockedFor(attempts, 1e12) > 0).toBe(count >= 5);
  }));
});

it('gives readers no power and everybody a session', () => {
  expect(ROLES.regulator.permissions).toEqual(['session']);
  for (const role of Object.keys(ROLES) as Role[]) expect(ROLES[role].permissions).toContain('session');
});
