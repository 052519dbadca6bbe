import { join } from 'node:path';
import { defineConfig } from 'playwright/test';
import type { ShellKind } from './harness/test.ts';

const output = join(import.meta.dirname, '../test-results');

/**
 * The specs against the browser shell; those tagged `@shell` also against the desktop shell: its stand-in in `npm test`, the real Electron in
 * `npm run smoke:electron`.
 */
export default defineConfig<object, { readonly shellKind: ShellKind }>({
  testDir: import.meta.dirname,
  testMatch: '**/*.spec.ts',
  outputDir: join(output, 'e2e'),
  // The first frame of a 3D scene takes seconds without a GPU, and more on a loaded machine.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  reporter: [['line'], ['json', { outputFile: join(output, 'e2e.json') }]],
  use: { viewport: { width: 1280, height: 720 }, trace: 'off', screenshot: 'only-on-failure' },
  projects: [
    { name: 'browser', use: { shellKind: 'browser' }, grepInvert: /@desktop/ },
    { name: 'standin', use: { shellKind: 'standin' }, grep: /@shell|@desktop/ },
    { name: 'electron', use: { shellKind: 'electron' }, grep: /@shell/ },
  ],
});
