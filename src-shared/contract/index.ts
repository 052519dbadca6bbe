import { alarms } from './alarms.ts';
import { cameras } from './cameras.ts';
import { emergency } from './emergency.ts';
import { feeds } from './feeds.ts';
import { hazards } from './hazards.ts';
import { historian } from './historian.ts';
import { incidents } from './incidents.ts';
import { inference } from './inference.ts';
import { ledger } from './ledger.ts';
import { people } from './people.ts';
import { permits } from './permits.ts';
import { registry } from './registry.ts';
import { risk } from './risk.ts';
import { security } from './security.ts';
import { system } from './system.ts';
import { values } from './values.ts';

/** The whole contract between the station and its clients, by module. */
export const anlan = { system, security, ledger, registry, historian, feeds, cameras, values, people, inference, alarms, incidents, permits, hazards, risk, emergency } as const;
export type Anlan = typeof anlan;

export * from './alarmSounds.ts';
export * from './alarms.ts';
export * from './cameras.ts';
export * from './define.ts';
export * from './emergency.ts';
export * from './feeds.ts';
export * from './hazards.ts';
export * from './historian.ts';
export * from './incidents.ts';
export * from './inference.ts';
export * from './ledger.ts';
export * from './people.ts';
export * from './permits.ts';
export * from './registry.ts';
export * from './risk.ts';
export * from './security.ts';
export * from './system.ts';
export * from './values.ts';
