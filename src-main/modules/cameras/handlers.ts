import type { Anlan, Handlers } from '../../../src-shared/contract/index.ts';
import type { CameraService } from './service.ts';

export const createHandlers = (cameras: CameraService): Handlers<Anlan['cameras']> => ({
  cameras: cameras.table,
  async picture({ camera, after }) {
    const seen = await cameras.next(camera, after);
    return seen === null ? null : { at: seen.picture.at, jpeg: seen.picture.jpeg, boxes: seen.boxes === null ? null : [...seen.boxes] };
  },
  setZones: (input, { actor }) => cameras.setZones(input, actor.id),
  evidence: ({ camera, limit }) => [...cameras.evidence.newest(camera, limit)],
  async evidencePicture({ id, drawn }) {
    const shown = await cameras.evidence.show(id, drawn);
    return shown === null ? null : { ...shown.evidence, jpeg: shown.jpeg, isIntact: shown.isIntact };
  },
});
