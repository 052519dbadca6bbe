import type { Anlan, Handlers } from '../../../src-shared/contract/index.ts';
import type { IncidentService } from './service.ts';

export const createHandlers = (incidents: IncidentService): Handlers<Anlan['incidents']> => ({
  incidents: incidents.table,
  open: (input, { actor }) => incidents.open(input, actor),
  note: (input, { actor }) => incidents.note(input, actor),
  close: (input, { actor }) => incidents.close(input, actor),
  timeline: ({ incident }) => [...incidents.timeline(incident)],
  export: ({ incident, format }) => incidents.export(incident, format),
});
