import type { UtcMs } from '../../../src-shared/kernel/index.ts';
import type { Sql } from '../../platform/sql.ts';
import { EMPTY_OVERLAY, Overlay } from './model/overlay.ts';

export type MappingRevision = { readonly revision: number; readonly at: UtcMs | null; readonly actor: string | null; /** Revision that an undo returns to; null when there is none. */ readonly undoesTo: number | null; readonly overlay: Overlay };

/** What the feeds keep over a restart: mappings made in the app, and gaps that are still open. */
export type FeedStore = {
  /** The mapping in force; revision 0 is the site file alone. */
  mapping(feed: string): MappingRevision;
  mappingAt(feed: string, revision: number): Pick<MappingRevision, 'overlay' | 'undoesTo'>;
  save(feed: string, next: Omit<MappingRevision, 'at' | 'actor'> & { readonly at: UtcMs; readonly actor: string }): void;
  gaps(): ReadonlyMap<string, UtcMs>;
  keepGap(feed: string, from: UtcMs | null): void;
};

type Row = { readonly revision: number; readonly at: number; readonly actor: string; readonly undoes_to: number | null; readonly overlay: string };

export const createFeedStore = (sql: Sql): FeedStore => ({
  mapping(feed) {
    const row = sql.get<Row>('SELECT revision, at, actor, undoes_to, overlay FROM feed_mapping WHERE feed = ? ORDER BY revision DESC LIMIT 1', feed);
    return row === undefined ? { revision: 0, at: null, actor: null, undoesTo: null, overlay: EMPTY_OVERLAY } : { revision: row.revision, at: row.at, actor: row.actor, undoesTo: row.undoes_to, overlay: Overlay.parse(JSON.parse(row.overlay)) };
  },
  mappingAt(feed, revision) {
    const row = sql.get<Pick<Row, 'overlay' | 'undoes_to'>>('SELECT overlay, undoes_to FROM feed_mapping WHERE feed = ? AND revision = ?', feed, revision);
    return row === undefined ? { overlay: EMPTY_OVERLAY, undoesTo: null } : { overlay: Overlay.parse(JSON.parse(row.overlay)), undoesTo: row.undoes_to };
  },
  save: (feed, { revision, at, actor, undoesTo, overlay }) => void sql.run('INSERT INTO feed_mapping (feed, revision, at, actor, undoes_to, overlay) VALUES (?, ?, ?, ?, ?, ?)', feed, revision, at, actor, undoesTo, JSON.stringify(overlay)),
  gaps: () => new Map(sql.all<{ feed: string; missing_from: number }>('SELECT feed, missing_from FROM feed_gap').map((row) => [row.feed, row.missing_from])),
  keepGap(feed, from) {
    if (from === null) sql.run('DELETE FROM feed_gap WHERE feed = ?', feed);
    else sql.run('INSERT INTO feed_gap (feed, missing_from) VALUES (?, ?) ON CONFLICT (feed) DO UPDATE SET missing_from = excluded.missing_from', feed, from);
  },
});
