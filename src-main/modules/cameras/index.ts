import type { Anlan, Handlers } from '../../../src-shared/contract/index.ts';
import type { Migration } from '../../platform/sql.ts';
import { createHandlers } from './handlers.ts';
import { cameraTables } from './migrations/0080-cameras.ts';
import { createCameraService, type CameraDependencies, type CameraService } from './service.ts';

export type { EvidenceBook, KeepInput } from './evidence.ts';
export type { Picture } from './messages.ts';
export { carried, SAME_PLACE, type Alignment } from './model/align.ts';

export type Cameras = CameraService & { readonly handlers: Handlers<Anlan['cameras']> };

export const createCameras = (dependencies: CameraDependencies): Cameras => {
  const service = createCameraService(dependencies);
  return { ...service, handlers: createHandlers(service) };
};

export const cameraMigrations: readonly Migration[] = [cameraTables];
