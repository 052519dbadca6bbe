import type { FeedRow } from '../../../src-shared/contract/index.ts';
import type { Point, SampleBatch, UtcMs } from '../../../src-shared/kernel/index.ts';
import type { Feed, PlantModel, SiteFile } from '../../../src-shared/plant/index.ts';
import { toFeedTags, type FeedTag } from './model/feedTag.ts';
import type { ConditionReport } from './model/opcuaConditions.ts';
import type { Rejection } from './model/rejection.ts';
import type { CameraEventReport, PositionBatch } from './model/reports.ts';

/** What the station hands the worker at every start of it. */
export type FeedsSetup = {
  readonly site: string;
  readonly feeds: readonly Feed[];
  readonly tags: readonly FeedTag[];
  /** Wearable id → index of its person. */
  readonly wearables: ReadonlyMap<string, number>;
  readonly cameras: ReadonlySet<string>;
  /** Where the OPC UA client keeps its key and the certificates it trusts. */
  readonly pkiFolder: string;
  /** Certificate files of the site file are relative to it. */
  readonly siteFolder: string;
};

export const toSetup = (site: SiteFile, plant: PlantModel, folders: Pick<FeedsSetup, 'pkiFolder' | 'siteFolder'>): FeedsSetup => ({
  site: site.id,
  feeds: site.feeds,
  tags: toFeedTags(plant),
  wearables: new Map(plant.people.map((person, index) => [person.wearable, index])),
  cameras: new Set(plant.cameras.map((camera) => camera.id)),
  ...folders,
});

/** Tags that a feed can no longer vouch for since `at`. */
export type Loss = { readonly feed: string; readonly tags: Uint32Array; readonly at: number; /** They may come from other addresses from now on. */ readonly isRemapped?: boolean };

/** Alarms of a feed's own system: `put` some that changed, `replace` with all there are after a refresh, or `lost` with the link. */
export type ConditionChange = { readonly feed: string; readonly change: 'put' | 'replace' | 'lost'; readonly conditions: readonly ConditionReport[] };
/** What a person wants of such an alarm; the worker answers with the name of the server's status. */
export type ConditionWish = { readonly feed: string; readonly key: string } & ({ readonly act: 'acknowledge'; readonly comment: string } | { readonly act: 'shelve'; readonly ms: number } | { readonly act: 'unshelve' });

/** The way that a person's wearable is told: the muster point and the corners of the way, plant metres; both empty for whoever is to shelter where they are. */
export type WayOrder = { readonly wearable: string; readonly at: UtcMs; readonly announcement: number; readonly muster: string | null; readonly way: readonly Point[] };

/** A cause of refusals, counted since the last notice of the same feed and reason. */
export type RejectionNotice = { readonly feed: string; readonly reason: Rejection; readonly count: number; readonly detail: string };

/** What the worker tells the station. `flush` carries all that came since the last one; the station answers each with `Taken`. */
export type FeedsMessage =
  | { readonly kind: 'flush'; readonly live: SampleBatch | null; readonly history: SampleBatch | null; readonly positions: PositionBatch | null; readonly cameraEvents: readonly CameraEventReport[] }
  | { readonly kind: 'loss'; readonly loss: Loss }
  | { readonly kind: 'conditions'; readonly news: ConditionChange }
  | { readonly kind: 'gap'; readonly feed: string; readonly from: number | null }
  | { readonly kind: 'rows'; readonly rows: readonly FeedRow[] }
  | { readonly kind: 'rejections'; readonly notices: readonly RejectionNotice[] };
export type Taken = { readonly kind: 'taken' };
/** Until when each feed's tags are in the station's history, UTC ms; absent for a feed without any. Sent once after every start of the worker. */
export type Since = { readonly kind: 'since'; readonly at: ReadonlyMap<string, number> };
/** What the station tells the worker. `restart` ends a feed and begins it as it is stated now; `ways` go out on every feed that has a topic for them. */
export type FeedsOrder = Taken | Since | { readonly kind: 'restart'; readonly feed: Feed; readonly since: number } | { readonly kind: 'ways'; readonly orders: readonly WayOrder[] };
