import { expect, it } from 'vitest';
import { openSql } from '../../platform/sql.ts';
import { temporaryFolder } from '../../testing/temporary.ts';
import { feedMigrations } from './index.ts';
import { createFeedStore } from './store.ts';

it('keeps open gaps and every revision of a mapping over a restart', () => {
  using folder = temporaryFolder();
  const overlay = { entries: { 'PT-101': 'ns=1;s=A', 'LT-101': null }, endpoint: 'best' as const };
  {
    using sql = openSql(folder.file('station.db'), feedMigrations);
    const store = createFeedStore(sql);
    store.keepGap('a', 1_000);
    store.keepGap('a', 900);
    store.keepGap('b', 2_000);
    store.keepGap('b', null);
    expect(store.mapping('a')).toMatchObject({ revision: 0, undoesTo: null, overlay: { entries: {}, endpoint: null } });
    store.save('a', { revision: 1, at: 5, actor: '张工', undoesTo: 0, overlay });
    expect(() => store.save('a', { revision: 1, at: 6, actor: '张工', undoesTo: 0, overlay })).toThrow();
  }
  using sql = openSql(folder.file('station.db'), feedMigrations);
  const store = createFeedStore(sql);
  expect([...store.gaps()]).toEqual([['a', 900]]);
  expect(store.mapping('a')).toEqual({ revision: 1, at: 5, actor: '张工', undoesTo: 0, overlay });
  expect(store.mappingAt('a', 0)).toEqual({ overlay: { entries: {}, endpoint: null }, undoesTo: null });
  expect(store.mapping('b').revision).toBe(0);
});
