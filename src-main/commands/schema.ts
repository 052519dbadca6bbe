/** Writes docs/schema/*.schema.json from the zod schemas. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { publishedSchemas } from '../config/index.ts';

const folder = new URL('../../docs/schema/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, content] of Object.entries(publishedSchemas())) writeFileSync(new URL(name, folder), content);
