import type { Anlan, Handlers } from '../../../src-shared/contract/index.ts';
import type { Migration } from '../../platform/sql.ts';
import { createHandlers } from './handlers.ts';
import { incidentTables } from './migrations/0030-incidents.ts';
import { createIncidentService, type IncidentDependencies, type IncidentService } from './service.ts';

export type Incidents = IncidentService & { readonly handlers: Handlers<Anlan['incidents']> };

export const createIncidents = (dependencies: IncidentDependencies): Incidents => {
  const service = createIncidentService(dependencies);
  return { ...service, handlers: createHandlers(service) };
};

export const incidentMigrations: readonly Migration[] = [incidentTables];
