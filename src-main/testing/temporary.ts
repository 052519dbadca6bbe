import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposable, type Disposable } from '../../src-shared/kernel/index.ts';

/** A folder that is gone when the test ends (`using`). */
export const temporaryFolder = (): Disposable & { readonly path: string; file(name: string): string } => {
  const path = mkdtempSync(join(tmpdir(), 'anlan-'));
  return { path, file: (name) => join(path, name), ...disposable(() => rmSync(path, { recursive: true, force: true })) };
};
