import type { Migration } from '../../../platform/sql.ts';

export const alarmTables: Migration = {
  id: 20,
  name: 'alarms',
  sql: `
    CREATE TABLE alarm_event (
      sequence INTEGER PRIMARY KEY,
      alarm TEXT NOT NULL,
      at REAL NOT NULL,
      event TEXT NOT NULL,
      priority INTEGER NOT NULL,
      value REAL,
      actor TEXT,
      note TEXT,
      message_zh TEXT NOT NULL,
      message_en TEXT NOT NULL,
      written_at REAL NOT NULL
    ) STRICT;
    CREATE INDEX alarm_event_at ON alarm_event (at);
    CREATE INDEX alarm_event_alarm ON alarm_event (alarm, at);
    CREATE TABLE alarm_state (id TEXT PRIMARY KEY, state TEXT NOT NULL CHECK (json_valid(state))) STRICT;
    CREATE TABLE alarm_settings (id INTEGER PRIMARY KEY CHECK (id = 1), hash TEXT NOT NULL) STRICT;
  `,
};
