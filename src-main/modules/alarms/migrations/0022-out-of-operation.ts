import type { Migration } from '../../../platform/sql.ts';

/** Equipment that a person has taken out of operation; its process alarms are suppressed by design. */
export const outOfOperationTable: Migration = {
  id: 22,
  name: 'equipment out of operation',
  sql: `
    CREATE TABLE equipment_out_of_operation (
      equipment TEXT PRIMARY KEY,
      by TEXT NOT NULL,
      at REAL NOT NULL,
      reason TEXT NOT NULL
    ) STRICT;
  `,
};
