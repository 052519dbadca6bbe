// `npm start`: sets the project up on Node 20+, then launches the command centre under the project's Node.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectEnvironment, projectNode, root, setUp } from './setup.mjs';

const startedAt = Date.now();
await setUp();
const launcher = spawn(projectNode(), [join(root, 'scripts/launch.ts'), ...process.argv.slice(2)], { cwd: process.env.INIT_CWD ?? root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: { ...projectEnvironment(), ANLAN_STARTED_AT: String(startedAt) } });
// A terminal's Ctrl-C reaches the launcher by itself; this process only waits for it to end its children.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => launcher.kill('SIGTERM'));
launcher.on('close', (code) => process.exit(code ?? 1));
