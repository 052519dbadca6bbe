import type { Anlan, Handlers } from '../../../src-shared/contract/index.ts';
import type { Migration } from '../../platform/sql.ts';
import { createHandlers } from './handlers.ts';
import { hazardTables } from './migrations/0040-hazards.ts';
import { hazardPictures } from './migrations/0041-pictures.ts';
import { createHazardService, type HazardDependencies, type HazardService } from './service.ts';

export type Hazards = HazardService & { readonly handlers: Handlers<Anlan['hazards']> };

export const createHazards = (dependencies: HazardDependencies): Hazards => {
  const service = createHazardService(dependencies);
  return { ...service, handlers: createHandlers(service) };
};

export const hazardMigrations: readonly Migration[] = [hazardTables, hazardPictures];
