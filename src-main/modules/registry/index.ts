import type { Migration } from '../../platform/sql.ts';
import { modelTables } from './migrations/0060-model.ts';

export { createModelBook, type BookDependencies, type Effects, type ModelBook } from './book.ts';
export { createRegistryHandlers, type Questions } from './handlers.ts';
export { applyChanges, isLive, type Model, type ModelChange } from './model/change.ts';
export { reportOn, type Claims } from './model/report.ts';
export { createRegistry, type Registry } from './registry.ts';

export const registryMigrations: readonly Migration[] = [modelTables];
