import { mkdirSync, rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { boot } from './boot.ts';
import { installationOf } from './platform/installation.ts';
import { temporaryFolder } from './testing/temporary.ts';

const SITE = new URL('../assets/plants/binhai/site.yaml', import.meta.url).pathname;

it('refuses a data folder that cannot be used, and takes it once it is mended, in the same process', async () => {
  using folder = temporaryFolder();
  const start = () => boot({ argv: ['--site', SITE, '--data-dir', folder.path, '--log-level', 'silent'], env: {}, defaults: { dataDir: folder.path, shell: 'none' }, installation: installationOf(new URL('./boot.ts', import.meta.url).href) });
  mkdirSync(folder.file('station.db'));
  for (const attempt of ['first', 'second']) expect([attempt, start()]).toMatchObject([attempt, { ok: false, refusal: { code: 'DataFolder' } }]);
  rmSync(folder.file('station.db'), { recursive: true });
  const started = start();
  expect(started.ok).toBe(true);
  if (started.ok) await started.value[Symbol.asyncDispose]();
});
