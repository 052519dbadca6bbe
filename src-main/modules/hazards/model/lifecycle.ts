import type { HazardRow } from '../../../../src-shared/contract/index.ts';
import { refuse, text, ok, type Refusal, type Result, type UtcMs } from '../../../../src-shared/kernel/index.ts';

/**
 * 发现 found → 交办 assigned → 整改 rectified → 销号 closed; a rejected rectification goes back to assigned. `rectifiedBy` is the
 * id of the person, for the four-eyes rule; rows show names.
 */
export type Hazard = Omit<HazardRow, 'overdue'> & { readonly rectifiedBy: string | null };

export type Step =
  | { readonly kind: 'assign'; readonly assignee: string; readonly due: UtcMs }
  | { readonly kind: 'rectify'; readonly by: string; readonly note: string; readonly at: UtcMs; readonly photo: HazardRow['photo']; readonly comparison: HazardRow['comparison'] }
  | { readonly kind: 'verify'; readonly by: string; readonly accepted: boolean; readonly note: string; readonly at: UtcMs };

type StepRefusal = Refusal<'WrongState' | 'SamePerson'>;

/** The hazard after a step, or why the step is not allowed where it stands. */
export const advance = (hazard: Hazard, step: Step): Result<Hazard, StepRefusal> => {
  switch (step.kind) {
    case 'assign':
      // Also again: to another person, or with another date, as long as nothing has been rectified.
      if (hazard.state !== 'found' && hazard.state !== 'assigned') return wrongState(hazard);
      return ok({ ...hazard, state: 'assigned', assignee: step.assignee, due: step.due });
    case 'rectify':
      if (hazard.state !== 'assigned') return wrongState(hazard);
      return ok({ ...hazard, state: 'rectified', rectifiedAt: step.at, rectifiedBy: step.by, note: step.note, photo: step.photo, comparison: step.comparison });
    case 'verify':
      if (hazard.state !== 'rectified') return wrongState(hazard);
      if (step.accepted && step.by === hazard.rectifiedBy) return refuse('SamePerson', text('整改人不能验收自己的整改（四眼原则）', 'Whoever rectified a hazard may not accept the rectification (four eyes)'));
      if (step.accepted) return ok({ ...hazard, state: 'closed', closedAt: step.at, note: step.note || hazard.note });
      return ok({ ...hazard, state: 'assigned', rectifiedAt: null, rectifiedBy: null, photo: null, comparison: null, note: step.note || hazard.note });
  }
};

/** Past its date and not yet rectified. */
export const isOverdue = ({ state, due }: Pick<Hazard, 'state' | 'due'>, now: UtcMs): boolean => due !== null && now > due && (state === 'found' || state === 'assigned');

const wrongState = (hazard: Hazard) => refuse('WrongState', text(`隐患处于“${WORDS[hazard.state].zh}”，此操作不适用`, `The hazard is ${WORDS[hazard.state].en}; this step does not apply`));
const WORDS = { found: text('发现', 'found'), assigned: text('已交办', 'assigned'), rectified: text('已整改', 'rectified'), closed: text('已销号', 'closed') } as const;
