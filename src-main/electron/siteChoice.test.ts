import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ok, refuse, text } from '../../src-shared/kernel/index.ts';
import { temporaryFolder } from '../testing/temporary.ts';
import { startChosenSite, type Dialogs } from './siteChoice.ts';

/** A person who chooses these files one after the other, and then quits. */
const person = (...files: readonly string[]) => {
  const shown: string[] = [];
  const left = [...files];
  const dialogs: Dialogs = {
    showMessageBox: async ({ message }) => ({ response: shown.push(message) > 0 && left.length > 0 ? 0 : 1 }),
    showOpenDialog: async () => ({ canceled: false, filePaths: [left.shift() ?? ''] }),
  };
  return { dialogs, shown };
};
const start = (site: string | null) =>
  site === null ? refuse('NoSite', text('未指定', 'No site file')) : site.includes('busy') ? refuse('DataInUse', text('占用', 'In use')) : site.includes('bad') ? refuse('SiteFile', text('站点文件有误', 'tags[3].unit: unknown unit')) : ok(site);

describe('an installation opened from a menu', () => {
  it('asks for its site file once and keeps the answer', async () => {
    using folder = temporaryFolder();
    const memory = folder.file('data/site.json');
    const first = person('/plant/site.yaml');
    expect(await startChosenSite({ memory, dialogs: first.dialogs, start })).toEqual(ok('/plant/site.yaml'));
    const second = person();
    expect(await startChosenSite({ memory, dialogs: second.dialogs, start })).toEqual(ok('/plant/site.yaml'));
    expect([first.shown.length, second.shown.length]).toEqual([1, 0]);
  });

  it('shows why a file is refused, asks again, and keeps only one that starts', async () => {
    using folder = temporaryFolder();
    const memory = folder.file('site.json');
    const asked = person('/bad.yaml', '/good.yaml');
    expect(await startChosenSite({ memory, dialogs: asked.dialogs, start })).toEqual(ok('/good.yaml'));
    expect(asked.shown[1]).toContain('tags[3].unit');
    expect(JSON.parse(readFileSync(memory, 'utf8'))).toEqual({ site: '/good.yaml' });
  });

  it('asks again when what was kept cannot be read', async () => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('site.json'), '{"site": 7');
    expect(await startChosenSite({ memory: folder.file('site.json'), dialogs: person('/good.yaml').dialogs, start })).toEqual(ok('/good.yaml'));
  });

  it('ends with the reason when the person quits, or when another file would not help', async () => {
    using folder = temporaryFolder();
    const memory = folder.file('site.json');
    expect(await startChosenSite({ memory, dialogs: person().dialogs, start })).toMatchObject({ refusal: { code: 'NoSite' } });
    expect(await startChosenSite({ memory, dialogs: person('/busy.yaml', '/good.yaml').dialogs, start })).toMatchObject({ refusal: { code: 'DataInUse' } });
    expect(existsSync(memory)).toBe(false);
  });
});
