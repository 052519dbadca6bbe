import type { ChangeCounts, ModelKind } from '../../../src-shared/contract/index.ts';
import type { Text } from '../../../src-shared/kernel/index.ts';
import type { SiteFile } from '../../../src-shared/plant/index.ts';
import type { Model } from './model/change.ts';
import type { Asked } from './model/readRows.ts';

/** What the worker `registry` is asked to read and to check against the model in force. */
export type Reading = { readonly model: Model; readonly site: SiteFile; readonly from: { readonly name: string; readonly gzip: Uint8Array } | { readonly asked: readonly Asked[] } };

/** Rows of a change set in pages of this many. */
export const PAGE = 500;

/** What it found: rows and changes as JSON already, so that the station need not write 50,000 of them in one turn. */
export type Read =
  | { readonly problem: Text }
  | { readonly counts: ChangeCounts; readonly kinds: readonly ModelKind[]; readonly ignored: readonly string[]; readonly rebuilds: boolean; readonly changes: string; readonly pages: readonly string[] };

export type ReadingProgress = { readonly kind: 'progress'; readonly share: number };
