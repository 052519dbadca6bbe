import { z } from 'zod';
import { AlarmPriority } from './plantModel.ts';

/** What one role may set aside (ISA-18.2 §11): for how long, how many at once in the whole station, which priorities, and whether it may take alarms out of service and equipment out of operation. */
export const SettingAside = z.strictObject({
  maxMinutes: z.number().min(1).max(480),
  most: z.int().min(0).max(1_000),
  priorities: z.array(AlarmPriority),
  outOfService: z.boolean(),
});
export type SettingAside = z.infer<typeof SettingAside>;

const NOTHING: SettingAside = { maxMinutes: 1, most: 0, priorities: [], outOfService: false };

/** By role; a role that the site file does not name keeps these. The most urgent alarms are for the safety manager alone to set aside. */
export const AlarmPolicy = z.strictObject({
  operator: SettingAside.default({ maxMinutes: 120, most: 10, priorities: [2, 3, 4], outOfService: false }),
  commander: SettingAside.default(NOTHING),
  'safety-manager': SettingAside.default({ maxMinutes: 480, most: 50, priorities: [1, 2, 3, 4], outOfService: true }),
  installer: SettingAside.default(NOTHING),
  regulator: SettingAside.default(NOTHING),
  frontline: SettingAside.default(NOTHING),
});
export type AlarmPolicy = z.infer<typeof AlarmPolicy>;

/** Of a role; nothing for one that is none of ours. */
export const settingAsideOf = (policy: AlarmPolicy, role: string): SettingAside => (Object.hasOwn(policy, role) ? policy[role as keyof AlarmPolicy] : NOTHING);
