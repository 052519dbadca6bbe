// Runs a program of the project under the Node that the project installs: `node scripts/run.mjs FILE [ARGUMENTS]`.
import { setUp, runUnderProjectNode } from './setup.mjs';

const [file, ...rest] = process.argv.slice(2);
await setUp();
process.exit(await runUnderProjectNode([file, ...rest]));
