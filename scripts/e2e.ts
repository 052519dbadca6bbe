// Plays the specs of e2e/ on the built station: `npm run e2e [-- SPEC …] [--project=browser|standin|electron]`. Builds first if need be.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.ts';
import { projectEnvironment, root } from './setup.mjs';

const given = process.argv.slice(2);
const projects = given.some((argument) => argument.startsWith('--project')) ? [] : ['--project=browser', '--project=standin'];
if (!(await build())) process.exit(1);
const played = spawnSync(process.execPath, [join(root, 'node_modules/playwright/cli.js'), 'test', '--config', join(root, 'e2e/playwright.config.ts'), '--pass-with-no-tests', ...projects, ...given], { cwd: root, stdio: 'inherit', env: projectEnvironment() });
process.exit(played.status ?? 1);
