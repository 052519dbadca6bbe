import { DAY, type Clock, type Text, type UtcMs } from '../../../src-shared/kernel/index.ts';
import { resolveWhen, type RecordsFile } from '../../../src-shared/plant/index.ts';

export type InspectionTask = { readonly id: string; readonly title: Text; readonly equipment: string; readonly due: UtcMs };
export type Qualification = { readonly person: string; readonly kind: string; readonly validTo: UtcMs };

/** Inspections that are due and qualifications that have run out: the management side of risk. */
export type Inspection = {
  /** Tasks past their date and not done, longest overdue first; now, or as it will be at a moment ahead if nothing more is done. */
  overdue(at?: UtcMs): readonly InspectionTask[];
  overdueOf(equipment: string): readonly InspectionTask[];
  /** Qualifications that have run out, by person; now, or by a moment ahead. */
  expiredQualifications(at?: UtcMs): readonly Qualification[];
  /** Other qualifications from now on. */
  setQualifications(qualifications: RecordsFile['qualifications']): void;
  /** Planned work that has not ended and begins within so many days. */
  plansWithin(days: number): readonly PlannedWork[];
};
export type PlannedWork = { readonly id: string; readonly title: Text; readonly zone: string; readonly equipment: string | null; readonly from: UtcMs; readonly to: UtcMs; readonly kind: RecordsFile['plans'][number]['kind'] };

export const createInspection = ({ records, clock }: { readonly records: RecordsFile; readonly clock: Clock }): Inspection => {
  const start = clock.now();
  const tasks = records.inspections
    .map(({ id, title, equipment, due, doneAt }) => ({ id, title, equipment, due: resolveWhen(due, start), doneAt: doneAt === undefined ? Infinity : resolveWhen(doneAt, start) }))
    .toSorted((a, b) => a.due - b.due);
  const resolved = (list: RecordsFile['qualifications']) => list.map(({ person, kind, validTo }) => ({ person, kind, validTo: resolveWhen(validTo, start) }));
  let qualifications = resolved(records.qualifications);
  const plans = records.plans.map(({ equipment = null, ...plan }): PlannedWork => ({ ...plan, equipment, from: resolveWhen(plan.from, start), to: resolveWhen(plan.to, start) }));
  const overdue = (at = clock.now()) => {
    return tasks.filter((task) => task.due < at && task.doneAt > at).map(({ doneAt: _doneAt, ...task }) => task);
  };
  return {
    overdue,
    overdueOf: (equipment) => overdue().filter((task) => task.equipment === equipment),
    expiredQualifications: (at = clock.now()) => qualifications.filter((one) => one.validTo < at),
    setQualifications: (list) => void (qualifications = resolved(list)),
    plansWithin: (days) => plans.filter((plan) => plan.to > clock.now() && plan.from < clock.now() + days * DAY),
  };
};
