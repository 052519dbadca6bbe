import type { Clock, Text, UtcMs } from '../../../src-shared/kernel/index.ts';
import { resolveWhen, type RecordsFile } from '../../../src-shared/plant/index.ts';

export type InspectionTask = { readonly id: string; readonly title: Text; readonly equipment: string; readonly due: UtcMs };
export type Qualification = { readonly person: string; readonly kind: string; readonly validTo: UtcMs };

/** Inspections that are due and qualifications that have run out: the management side of risk. */
export type Inspection = {
  /** Tasks past their date and not done, longest overdue first. */
  overdue(): readonly InspectionTask[];
  overdueOf(equipment: string): readonly InspectionTask[];
  /** Qualifications that have run out, by person. */
  expiredQualifications(): readonly Qualification[];
};

export const createInspection = ({ records, clock }: { readonly records: RecordsFile; readonly clock: Clock }): Inspection => {
  const start = clock.now();
  const tasks = records.inspections
    .map(({ id, title, equipment, due, doneAt }) => ({ id, title, equipment, due: resolveWhen(due, start), doneAt: doneAt === undefined ? Infinity : resolveWhen(doneAt, start) }))
    .toSorted((a, b) => a.due - b.due);
  const qualifications = records.qualifications.map(({ person, kind, validTo }) => ({ person, kind, validTo: resolveWhen(validTo, start) }));
  const overdue = () => {
    const now = clock.now();
    return tasks.filter((task) => task.due < now && task.doneAt > now).map(({ doneAt: _doneAt, ...task }) => task);
  };
  return {
    overdue,
    overdueOf: (equipment) => overdue().filter((task) => task.equipment === equipment),
    expiredQualifications() {
      const now = clock.now();
      return qualifications.filter((one) => one.validTo < now);
    },
  };
};
