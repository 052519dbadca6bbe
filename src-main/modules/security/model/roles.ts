import type { Permission } from '../../../../src-shared/contract/index.ts';
import { HOUR, MINUTE } from '../../../../src-shared/kernel/index.ts';
import type { Role } from '../../../../src-shared/plant/index.ts';

/** What each role may do, and after how long without a command it has to sign in again, ms. Every role may read. */
export const ROLES: Readonly<Record<Role, { readonly permissions: readonly Permission[]; readonly idleMs: number }>> = {
  operator: { permissions: ['session', 'alarm.acknowledge', 'alarm.shelve', 'incident.manage', 'emergency.command', 'hazard.report'], idleMs: 12 * HOUR },
  commander: { permissions: ['session', 'alarm.acknowledge', 'incident.manage', 'emergency.command', 'hazard.report'], idleMs: 12 * HOUR },
  'safety-manager': { permissions: ['session', 'alarm.acknowledge', 'alarm.shelve', 'incident.manage', 'emergency.command', 'hazard.report', 'hazard.manage', 'model.manage'], idleMs: 4 * HOUR },
  regulator: { permissions: ['session'], idleMs: 12 * HOUR },
  frontline: { permissions: ['session', 'hazard.report'], idleMs: HOUR },
  installer: { permissions: ['session', 'hazard.report', 'model.manage', 'feed.manage', 'site.configure'], idleMs: 30 * MINUTE },
};

/** No session outlives a shift. */
export const SESSION_MS = 12 * HOUR;
