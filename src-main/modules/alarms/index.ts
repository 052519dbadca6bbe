import type { Anlan, Handlers } from '../../../src-shared/contract/index.ts';
import type { Migration } from '../../platform/sql.ts';
import { createHandlers } from './handlers.ts';
import { alarmTables } from './migrations/0020-alarms.ts';
import { alarmSettingTables } from './migrations/0021-alarm-settings.ts';
import { outOfOperationTable } from './migrations/0022-out-of-operation.ts';
import { createAlarmService, type AlarmDependencies, type AlarmService } from './service.ts';

export type { SystemAlarm } from './definition.ts';
export { externalId, priorityOfSeverity, type ExternalAlarm, type ExternalLine, type ExternalSource } from './external.ts';
export type { SoundPlayer } from './voices.ts';
export type { ReadSamples } from './tuner.ts';
export type Alarms = AlarmService & { readonly handlers: Handlers<Anlan['alarms']> };

export const createAlarms = (dependencies: AlarmDependencies): Alarms => {
  const service = createAlarmService(dependencies);
  return { ...service, handlers: createHandlers(service) };
};

export const alarmMigrations: readonly Migration[] = [alarmTables, alarmSettingTables, outOfOperationTable];
