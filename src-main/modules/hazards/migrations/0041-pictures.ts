import type { Migration } from '../../../platform/sql.ts';

export const hazardPictures: Migration = {
  id: 41,
  name: 'hazard pictures',
  sql: `
    ALTER TABLE hazard ADD COLUMN evidence TEXT;
    ALTER TABLE hazard ADD COLUMN photo TEXT;
    ALTER TABLE hazard ADD COLUMN comparison TEXT CHECK (comparison IS NULL OR json_valid(comparison));
  `,
};
