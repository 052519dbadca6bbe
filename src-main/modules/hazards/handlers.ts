import type { Anlan, Handlers } from '../../../src-shared/contract/index.ts';
import type { HazardService } from './service.ts';

export const createHandlers = (hazards: HazardService): Handlers<Anlan['hazards']> => ({
  hazards: hazards.table,
  report: (input, { actor }) => hazards.report(input, actor),
  assign: (input, { actor }) => hazards.assign(input, actor),
  rectify: (input, { actor }) => hazards.rectify(input, actor),
  verify: (input, { actor }) => hazards.verify(input, actor),
});
