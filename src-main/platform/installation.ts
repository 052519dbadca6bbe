import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the parts of this installation lie: a checkout run from its sources, a build in out/, or a packaged application. */
export type Installation = {
  readonly version: string;
  /** Node and machine it runs on, such as `v24.21.0` and `linux x64`. */
  readonly node: string;
  readonly platform: string;
  /** Folder with the worker entries, and how their files end. */
  readonly workers: URL;
  readonly extension: '.ts' | '.js';
  /** Folder of the built pages, and the built preload. */
  readonly pages: string;
  readonly preload: string;
  readonly models: string;
  readonly assets: string;
  /** Where data goes when nobody says otherwise; a packaged application has no folder of its own to write to. */
  readonly data: string;
};

/** The installation around an entry file, given its `import.meta.url`: `src-main/NAME.ts` or `out/main/NAME.js`. */
export const installationOf = (entry: string): Installation => {
  const extension = entry.endsWith('.ts') ? '.ts' : '.js';
  const root = fileURLToPath(new URL(extension === '.ts' ? '..' : '../..', entry));
  const manifest = join(root, 'package.json');
  if (!existsSync(manifest)) throw new Error(`${entry} does not lie in an installation: there is no ${manifest}`);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
  return {
    version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    workers: new URL('./workers/', entry),
    extension,
    pages: join(root, 'out/renderer'),
    preload: join(root, 'out/preload/index.cjs'),
    models: join(root, 'models'),
    assets: join(root, 'assets'),
    data: join(root, 'data'),
  };
};
