// `npm test`: sets the project up on Node 20+, then runs every check under the project's Node.
import { join } from 'node:path';
import { root, runUnderProjectNode, setUp } from './setup.mjs';

await setUp();
process.exit(await runUnderProjectNode([join(root, 'scripts/checks.ts'), ...process.argv.slice(2)]));
