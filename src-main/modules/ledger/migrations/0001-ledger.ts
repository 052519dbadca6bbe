import type { Migration } from '../../../platform/sql.ts';

export const ledgerTables: Migration = {
  id: 1,
  name: 'ledger',
  sql: `
    CREATE TABLE ledger (
      sequence INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      actor TEXT NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      body TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;
    CREATE INDEX ledger_subject ON ledger (subject, sequence);
    CREATE TABLE ledger_head (id INTEGER PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
    INSERT INTO ledger_head (id, sequence, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
    CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
    CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
    CREATE TRIGGER ledger_in_order BEFORE INSERT ON ledger
      WHEN NEW.sequence <> (SELECT sequence FROM ledger_head) + 1
      BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
    CREATE TRIGGER ledger_head_forward BEFORE UPDATE ON ledger_head
      WHEN NEW.sequence <> OLD.sequence + 1 AND NOT (NEW.sequence = OLD.sequence AND NEW.hash = OLD.hash)
      BEGIN SELECT RAISE(ABORT, 'the head of the ledger only moves forward'); END;
    CREATE TRIGGER ledger_head_no_delete BEFORE DELETE ON ledger_head BEGIN SELECT RAISE(ABORT, 'the head of the ledger stays'); END;
  `,
};
