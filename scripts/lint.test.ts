import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../src-main/testing/temporary.ts';

/** One file that breaks one rule. `{n}` in a source is this case's own file name without its ending. */
type Case = { readonly rule: string; readonly file: string; readonly source: string };
type Violation = { readonly rule: string; readonly file: string };

const exported = 'export const value = 1;\n';
const targets = [
  'src-shared/kernel/index.ts', 'src-shared/contract/index.ts', 'src-shared/plant/index.ts', 'src-main/station.ts', 'src-main/platform/sql.ts', 'src-main/bridge/router.ts', 'src-main/testing/fakeClock.ts',
  'src-main/modules/alarms/index.ts', 'src-main/modules/alarms/store.ts', 'src-main/modules/feeds/index.ts', 'src-main/modules/unlisted/index.ts', 'src-main/electron/windows.ts', 'src-plant/main.ts',
  'src-renderer/ui/Button.tsx', 'src-renderer/features/alarms/AlarmList.tsx', 'src-renderer/features/overview/Overview.tsx', 'src-renderer/link/client.ts', 'src-renderer/app/App.tsx', 'src-renderer/scene/Scene.tsx',
];
const packages = ['electron', 'better-sqlite3', 'mqtt', 'node-opcua-client', 'aedes', 'onnxruntime-node', 'sharp', 'ws', 'three', '@deck.gl/core', 'fast-check', 'zod', 'unheard-of'];

const imports: readonly Case[] = [
  { rule: 'kernel-is-lowest', file: 'src-shared/kernel/a.ts', source: "import '../contract/index.ts';" },
  { rule: 'plant-formats', file: 'src-shared/plant/a.ts', source: "import '../contract/index.ts';" },
  { rule: 'contract-is-pure', file: 'src-shared/contract/a.ts', source: "import 'ws';" },
  { rule: 'shared-is-below', file: 'src-shared/contract/b.ts', source: "import '../../src-main/station.ts';" },
  { rule: 'no-node-in-shared-and-renderer', file: 'src-renderer/app/a.ts', source: "import 'node:fs';" },
  { rule: 'preload-is-alone', file: 'src-preload/a.ts', source: "import '../src-shared/kernel/index.ts';" },
  { rule: 'main-not-renderer', file: 'src-main/a.ts', source: "export type { value } from '../src-renderer/app/App.tsx';" },
  { rule: 'renderer-not-main', file: 'src-renderer/app/b.ts', source: "import type { value } from '../../src-main/station.ts'; export type Value = typeof value;" },
  { rule: 'plant-knows-no-station', file: 'src-plant/a.ts', source: "import '../src-shared/contract/index.ts';" },
  { rule: 'model-is-pure', file: 'src-main/modules/alarms/model/a.ts', source: "import '../store.ts';" },
  { rule: 'model-is-pure', file: 'src-main/modules/alarms/model/b.ts', source: "import 'node:fs';" },
  { rule: 'bridge-knows-no-module', file: 'src-main/bridge/a.ts', source: "import '../modules/alarms/index.ts';" },
  { rule: 'electron-has-one-home', file: 'src-main/b.ts', source: "import type { App } from 'electron'; export type Shell = App;" },
  { rule: 'electron-has-one-home', file: 'src-main/modules/feeds/a.ts', source: "export const load = () => import('electron');" },
  { rule: 'electron-has-one-home', file: 'src-main/modules/feeds/d.ts', source: "export const load = async () => { using app = await import('electron'); return app; };" },
  { rule: 'electron-knows-no-module', file: 'src-main/electron/a.ts', source: "import '../modules/alarms/index.ts';" },
  { rule: 'platform-is-below', file: 'src-main/platform/a.ts', source: "import '../bridge/router.ts';" },
  { rule: 'modules-below-station', file: 'src-main/modules/alarms/a.ts', source: "import '../../station.ts';" },
  { rule: 'module-by-index', file: 'src-main/modules/risk/a.ts', source: "import '../alarms/store.ts';" },
  { rule: 'module-by-index-from-outside', file: 'src-main/c.ts', source: "import './modules/alarms/store.ts';" },
  { rule: 'module-is-listed', file: 'src-main/d.ts', source: "import './modules/unlisted/index.ts';" },
  { rule: 'module-order-feeds', file: 'src-main/modules/feeds/b.ts', source: "import '../alarms/index.ts';" },
  { rule: 'tests-only', file: 'src-main/e.ts', source: "import './testing/fakeClock.ts';" },
  { rule: 'station-ships', file: 'src-main/f.ts', source: "import 'fast-check';" },
  { rule: 'ui-knows-no-contract', file: 'src-renderer/ui/a.ts', source: "import '../../src-shared/contract/index.ts';" },
  { rule: 'scene-and-map-below-features', file: 'src-renderer/scene/a.ts', source: "import '../features/alarms/AlarmList.tsx';" },
  { rule: 'link-is-lowest', file: 'src-renderer/link/a.ts', source: "import '../ui/Button.tsx';" },
  { rule: 'feature-knows-no-feature', file: 'src-renderer/features/overview/a.ts', source: "import '../alarms/AlarmList.tsx';" },
  { rule: 'one-home-sql', file: 'src-main/modules/alarms/b.ts', source: "import 'better-sqlite3';" },
  { rule: 'one-home-field-protocols', file: 'src-main/g.ts', source: "import 'mqtt';" },
  { rule: 'one-home-field-protocols', file: 'src-main/modules/alarms/c.ts', source: "import 'node-opcua-client';" },
  { rule: 'one-home-plant-servers', file: 'src-main/h.ts', source: "import 'aedes';" },
  { rule: 'one-home-inference', file: 'src-main/i.ts', source: "import 'onnxruntime-node';" },
  { rule: 'one-home-pictures', file: 'src-main/sharp.ts', source: "import 'sharp';" },
  { rule: 'one-home-web-server', file: 'src-main/j.ts', source: "import 'ws';" },
  { rule: 'one-home-three', file: 'src-renderer/map/a.ts', source: "import 'three';" },
  { rule: 'one-home-deck', file: 'src-renderer/scene/b.ts', source: "import '@deck.gl/core';" },
  { rule: 'no-cycle', file: 'src-main/k.ts', source: "import './l.ts';" },
  { rule: 'resolves', file: 'src-main/m.ts', source: "import './absent.ts';" },
  { rule: 'declared', file: 'src-main/n.ts', source: "import 'unheard-of';" },
];

const code: readonly Case[] = [
  { rule: 'eslint(no-restricted-globals)', file: 'src-main/modules/alarms/timer.ts', source: 'setTimeout(() => {}, 1);' },
  { rule: 'eslint(no-restricted-globals)', file: 'src-main/electron/print.ts', source: "console.log('x');" },
  { rule: 'eslint(no-restricted-globals)', file: 'src-shared/plant/environment.ts', source: 'export const home = process.env.HOME;' },
  { rule: 'eslint(no-restricted-properties)', file: 'src-main/modules/alarms/now.ts', source: 'export const now = Date.now();' },
  { rule: 'eslint(no-restricted-properties)', file: 'src-plant/process/noise.ts', source: 'export const noise = Math.random();' },
  { rule: 'eslint(no-restricted-properties)', file: 'src-renderer/features/alarms/clock.ts', source: 'export const now = performance.now();' },
  { rule: 'eslint(no-restricted-imports)', file: 'src-main/modules/security/salt.ts', source: "import { randomBytes } from 'node:crypto'; export const salt = randomBytes(8);" },
  { rule: 'anlan(current-date)', file: 'src-main/modules/alarms/date.ts', source: 'export const today = new Date();' },
  { rule: 'typescript(no-floating-promises)', file: 'src-main/modules/alarms/floating.ts', source: 'const work = async () => {}; export const go = () => { work(); };' },
  { rule: 'typescript(no-explicit-any)', file: 'src-main/modules/alarms/any.ts', source: 'export const first = (list: any) => list[0];' },
  { rule: 'eslint(no-empty)', file: 'src-main/modules/alarms/swallow.ts', source: "export const parse = (text: string) => { try { return JSON.parse(text) as unknown; } catch {} };" },
  { rule: 'eslint(no-warning-comments)', file: 'src-main/modules/alarms/later.ts', source: `// ${'TO'}${'DO'} later\nexport const later = 1;` },
];

const allowed: readonly Omit<Case, 'rule'>[] = [
  { file: 'src-main/platform/sql.ts', source: "import 'better-sqlite3'; export const now = Date.now(); setTimeout(() => {}, 1); export const today = new Date();" },
  { file: 'src-main/modules/feeds/client.ts', source: "import 'mqtt'; import '../registry/index.ts'; import '../../platform/sql.ts';" },
  { file: 'src-main/modules/registry/index.ts', source: "import '../../../src-shared/contract/index.ts'; export const day = new Date(0);" },
  { file: 'src-main/modules/inference/session.ts', source: "import 'onnxruntime-node';" },
  { file: 'src-main/index.ts', source: "import 'electron'; import './electron/windows.ts';" },
  { file: 'src-renderer/scene/Machines.tsx', source: "import 'three'; import '../ui/Button.tsx';" },
  { file: 'src-renderer/map/bridge.ts', source: "import 'three'; import '@deck.gl/core';" },
];

const project = dirname(import.meta.dirname);
const write = (root: string, file: string, source: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), source);
};

describe('lint', () => {
  let violations: readonly Violation[] = [];

  beforeAll(() => {
    using folder = temporaryFolder();
    const root = folder.path;
    const scripts = join(root, 'scripts/lint');
    mkdirSync(scripts, { recursive: true });
    copyFileSync(join(project, 'scripts/lint/plugin.mjs'), join(scripts, 'plugin.mjs'));
    for (const file of ['.oxlintrc.json', 'package.json', 'tsconfig.base.json']) copyFileSync(join(project, file), join(root, file));
    write(root, 'tsconfig.json', JSON.stringify({ extends: './tsconfig.base.json', include: ['src-*/**/*'] }));
    for (const name of packages) {
      write(root, `node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
      write(root, `node_modules/${name}/index.js`, 'module.exports = {};\n');
    }
    symlinkSync(join(project, 'node_modules/oxlint-tsgolint'), join(root, 'node_modules/oxlint-tsgolint'));
    for (const target of targets) write(root, target, exported);
    write(root, 'src-main/l.ts', "import './k.ts';\n");
    for (const { file, source } of [...imports, ...code, ...allowed]) write(root, file, `${source}\n`);
    const output = runLint(root);
    violations = (JSON.parse(output) as { violations: Violation[] }).violations;
  });

  it.each([...imports, ...code])('$rule fires on $file', ({ rule, file }) => {
    expect(violations.filter((violation) => violation.file === file).map((violation) => violation.rule)).toContain(rule);
  });

  it.each(allowed)('nothing fires on $file', ({ file }) => {
    expect(violations.filter((violation) => violation.file === file)).toEqual([]);
  });

  it('plants a violation for every rule of imports', () => {
    const { forbidden } = createRequire(import.meta.url)(join(project, '.dependency-cruiser.cjs')) as { forbidden: { name: string }[] };
    const planted = new Set(imports.map(({ rule }) => (rule.startsWith('module-order-') ? 'module-order' : rule)));
    expect(forbidden.map(({ name }) => (name.startsWith('module-order-') ? 'module-order' : name)).filter((name) => !planted.has(name))).toEqual([]);
  });

  it('fails on a tree in which it sees nothing', () => {
    using empty = temporaryFolder();
    copyFileSync(join(project, 'package.json'), empty.file('package.json'));
    expect(() => execFileSync(process.execPath, ['scripts/lint.mjs', '--json', empty.path], { cwd: project, stdio: 'ignore' })).toThrow();
  });
});

/** Standard output of lint, which exits 1 here: the tree is full of violations. */
const runLint = (root: string): string => {
  try {
    execFileSync(process.execPath, ['scripts/lint.mjs', '--json', root], { cwd: project, encoding: 'utf8', maxBuffer: 1e8 });
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 1 && 'stdout' in error) return String(error.stdout);
    throw error;
  }
  throw new Error('lint found nothing wrong with the planted violations');
};
