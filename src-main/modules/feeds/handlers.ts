import type { Anlan, FeedRow, Handlers } from '../../../src-shared/contract/index.ts';
import type { Table } from '../../../src-shared/kernel/index.ts';
import type { OpcUaDeskHandlers } from './opcuaDesk.ts';

export type FeedsHandlers = Handlers<Anlan['feeds']>;

export const createFeedsHandlers = (table: Table<string, FeedRow>, desk: OpcUaDeskHandlers): FeedsHandlers => ({ feeds: table, ...desk });
