import type { Migration } from '../../platform/sql.ts';
import { securityTables } from './migrations/0010-security.ts';

export { createSecurity, type Security } from './security.ts';
export const securityMigrations: readonly Migration[] = [securityTables];
