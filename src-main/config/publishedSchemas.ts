import { z } from 'zod';
import { PlantModel, RecordsFile, SiteFile } from '../../src-shared/plant/index.ts';

/** JSON Schema (2020-12) of the files a user writes, by file name, as kept in docs/schema. */
export const publishedSchemas = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ site: SiteFile, plant: PlantModel, records: RecordsFile }).map(([name, schema]) => [`${name}.schema.json`, `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' }), null, 2)}\n`]),
  );
