import { DAY, isUsable } from '../../../src-shared/kernel/index.ts';
import type { RiskDependencies } from './dependencies.ts';
import { vesselOf } from './field/escalation.ts';
import { riskItems } from './field/items.ts';
import { protectionStates, type ProtectionState } from './field/protections.ts';

/** The protections of every risk item as they are now, in the order of `riskItems`: by the tags that supply them and the inspections of their vessel. */
export const createProtections = ({ registry, values, inspection, clock }: Pick<RiskDependencies, 'registry' | 'values' | 'inspection' | 'clock'>): (() => readonly { readonly equipment: string; readonly states: readonly ProtectionState[] }[]) => {
  const items = riskItems(registry.plant);
  /** A tag that has not been heard of yet says nothing. */
  const read = (tag: string): number | 'unusable' | undefined => {
    const index = registry.tagIndex(tag);
    const last = index === undefined ? undefined : values.last(index);
    return last === undefined ? undefined : isUsable(last.quality) && Number.isFinite(last.value) ? last.value : 'unusable';
  };
  return () => {
    const now = clock.now();
    // Longest overdue first: it is the one that stays.
    const late = new Map(inspection.overdue().toReversed().map((each) => [each.equipment, (now - each.due) / DAY]));
    return items.map((item) => ({ equipment: item.id, states: protectionStates(item.protections, { heat: vesselOf(item).heat, read, overdueDays: late.get(item.id) ?? 0 }) }));
  };
};
