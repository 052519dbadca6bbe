import type { Anlan, ColumnsOf, Handlers } from '../../../src-shared/contract/index.ts';
import type { Listen } from '../../../src-shared/kernel/index.ts';

export type ValuesHandlers = Handlers<Anlan['values']>;
export type LiveColumns = ColumnsOf<Anlan['values']['live']>;

export const createValuesHandlers = (snapshot: () => LiveColumns, onDidAppend: Listen<LiveColumns>): ValuesHandlers => ({ live: { snapshot, onDidAppend } });
