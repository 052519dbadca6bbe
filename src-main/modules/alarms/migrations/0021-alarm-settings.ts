import type { Migration } from '../../../platform/sql.ts';

/** Every state the master alarm database has had; the last row holds. `undoes_to` is the revision that an undo returns to, 0 being the plant model. */
export const alarmSettingTables: Migration = {
  id: 21,
  name: 'alarm settings',
  sql: `
    CREATE TABLE alarm_setting_revision (
      revision INTEGER PRIMARY KEY CHECK (revision > 0),
      at REAL NOT NULL,
      actor TEXT NOT NULL,
      undoes_to INTEGER,
      overrides TEXT NOT NULL CHECK (json_valid(overrides))
    ) STRICT;
  `,
};
