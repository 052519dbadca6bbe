import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from './setup.mjs';

type Platform = { readonly icon: string; readonly files: readonly (string | { readonly from: string; readonly to: string })[] };
type Builder = { readonly files: readonly string[]; readonly asarUnpack: readonly string[]; readonly npmRebuild: boolean; readonly linux: Platform; readonly win: Platform };
const builder = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Builder;
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly main: string; readonly dependencies: Readonly<Record<string, string>> };

describe('what electron-builder would pack', () => {
  it.each([['files', builder.files], ['linux.files', builder.linux.files], ['win.files', builder.win.files]])('%s begins with what it includes', (_name, files) => {
    expect(files[0]).not.toMatch(/^!/);
  });

  it('takes the entry and keeps native add-ons outside the archive', () => {
    expect(builder.files).toEqual(expect.arrayContaining(['out/**', 'package.json']));
    expect(manifest.main).toMatch(/^out\//);
    expect(builder.asarUnpack).toEqual(['**/*.node', 'node_modules/onnxruntime-node/bin/**', 'node_modules/@img/**']);
    expect(builder.npmRebuild).toBe(false);
  });

  it('leaves out the Node that the checkout brings', () => {
    expect(builder.files).toContain('!node_modules/node-{linux,win}-*/**');
  });

  it('has an icon of each system', () => {
    for (const { icon } of [builder.linux, builder.win]) expect(existsSync(join(root, icon))).toBe(true);
  });

  it.each([['linux', builder.linux, 'linux-x64.node'], ['win', builder.win, 'win32-x64.node']])('leaves %s its own database add-on and no other', (_name, platform, own) => {
    const excluded = platform.files.filter((pattern) => typeof pattern === 'string').filter((pattern) => pattern.startsWith('!node_modules/better-sqlite3/prebuilds/')).flatMap((pattern) => expand(pattern.slice('!node_modules/better-sqlite3/prebuilds/'.length)));
    const kept = readdirSync(join(root, 'node_modules/better-sqlite3/prebuilds')).filter((file) => !excluded.some((pattern) => pattern.test(file)));
    expect(kept).toEqual([own]);
  });

  it('packs no library of the screens or the demo plant a second time: the pages bundle theirs', () => {
    expect(Object.keys(manifest.dependencies).filter((name) => /^(react|three|@react-three|deck\.gl|@deck\.gl|aedes|node-opcua$|playwright)/.test(name))).toEqual([]);
  });
});

/** `{a,b}-*.node` as regular expressions. */
const expand = (pattern: string): readonly RegExp[] => {
  const choice = /^(.*)\{(.*)\}(.*)$/.exec(pattern);
  const [before = '', choices = '', after = ''] = choice?.slice(1) ?? [];
  const all = choice === null ? [pattern] : choices.split(',').map((each) => before + each + after);
  return all.map((each) => new RegExp(`^${each.replaceAll('.', '\\.').replaceAll('*', '.*')}$`));
};
