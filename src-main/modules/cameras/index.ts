import type { Migration } from '../../platform/sql.ts';
import { cameraTables } from './migrations/0080-cameras.ts';

export { createCameras, type Cameras } from './service.ts';
export type { EvidenceBook, KeepInput } from './evidence.ts';
export type { Picture } from './messages.ts';
export { carried, SAME_PLACE, type Alignment } from './model/align.ts';

export const cameraMigrations: readonly Migration[] = [cameraTables];
