import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { MINUTE } from '../../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import { isUnacknowledged } from './model.ts';

/** How an alarm hangs together with those before it, strongest first. */
export type Relation = 'equipment' | 'unit' | 'pipe' | 'supply';
/** A probable first cause with what followed from it, in the order of onset. */
export type Fold = { readonly first: AlarmRow; readonly consequences: readonly { readonly row: AlarmRow; readonly relation: Relation }[] };
/** One line of the view by cause; `hidden` counts what the line folds away. */
export type FoldLine = { readonly row: AlarmRow; readonly first: AlarmRow; readonly relation: Relation | null; readonly consequences: number; readonly hidden: number };

/** What the plant model says of which equipment acts on which. */
export type Topology = { unitOf(equipment: string): string | undefined; pipedTo(equipment: string): readonly string[]; supplies(equipment: string): boolean };

/** A unit made of panels and transformers alone feeds all others: where power fails, motors stop anywhere in the plant. */
export const createTopology = ({ equipment, pipes }: Pick<PlantModel, 'equipment' | 'pipes'>): Topology => {
  const unitOf = new Map(equipment.map(({ id, unit }) => [id, unit]));
  const electrical = new Map<string, boolean>();
  for (const { unit, kind } of equipment) electrical.set(unit, (electrical.get(unit) ?? true) && (kind === 'panel' || kind === 'transformer'));
  const piped = new Map<string, string[]>();
  const join = (from: string, to: string) => {
    const known = piped.get(from);
    if (known === undefined) piped.set(from, [to]);
    else known.push(to);
  };
  for (const { from, to } of pipes) {
    if (from === undefined || to === undefined) continue;
    join(from, to);
    join(to, from);
  }
  return { unitOf: (id) => unitOf.get(id), pipedTo: (id) => piped.get(id) ?? [], supplies: (id) => electrical.get(unitOf.get(id) ?? '') === true };
};

/** A consequence comes within this time of the one before it; the ISA-18.2 flood window. */
const CHAIN_MS = 10 * MINUTE;
/** Motors feel a failing supply at once, what they drive within minutes. */
const SUPPLY_MS = 3 * MINUTE;
const STRENGTH: readonly Relation[] = ['equipment', 'unit', 'pipe', 'supply'];

type Open = { readonly first: AlarmRow; readonly consequences: { row: AlarmRow; relation: Relation }[]; readonly equipment: Set<string>; readonly units: Set<string>; lastAt: number };

/**
 * Folds alarms under their probable first cause: in the order of onset at the source, each joins the fold that it hangs together
 * with most closely — same equipment, same unit, joined by a pipe, fed by a failing supply — the earliest of several; one that hangs together with none begins its own.
 */
export const foldAlarms = (rows: readonly AlarmRow[], topology: Topology): readonly Fold[] => {
  const folds: Open[] = [];
  for (const row of rows.toSorted(byOnset(topology))) {
    const unit = topology.unitOf(row.equipment);
    let best: { fold: Open; relation: Relation } | null = null;
    for (const fold of folds) {
      const relation = relationOf(row, fold, topology);
      if (relation !== null && (best === null || STRENGTH.indexOf(relation) < STRENGTH.indexOf(best.relation))) best = { fold, relation };
    }
    if (best === null) folds.push({ first: row, consequences: [], equipment: new Set([row.equipment]), units: new Set(unit === undefined ? [] : [unit]), lastAt: row.raisedAt });
    else {
      best.fold.consequences.push({ row, relation: best.relation });
      best.fold.equipment.add(row.equipment);
      if (unit !== undefined) best.fold.units.add(unit);
      best.fold.lastAt = row.raisedAt;
    }
  }
  return folds.map(({ first, consequences }) => ({ first, consequences }));
};

/** The supply first where the source saw two in the same moment: the motor cannot have caused it. Then the more urgent. */
const byOnset = ({ supplies }: Topology) => (a: AlarmRow, b: AlarmRow): number => a.raisedAt - b.raisedAt || Number(supplies(b.equipment)) - Number(supplies(a.equipment)) || a.priority - b.priority || (a.id < b.id ? -1 : 1);

const relationOf = (row: AlarmRow, fold: Open, topology: Topology): Relation | null => {
  const unit = topology.unitOf(row.equipment);
  if (unit === undefined || row.raisedAt - fold.lastAt > CHAIN_MS) return null;
  if (fold.equipment.has(row.equipment)) return 'equipment';
  if (fold.units.has(unit)) return 'unit';
  if (topology.pipedTo(row.equipment).some((id) => fold.equipment.has(id))) return 'pipe';
  return topology.supplies(fold.first.equipment) && row.raisedAt - fold.first.raisedAt <= SUPPLY_MS ? 'supply' : null;
};

/** Never folded away, whoever caused it. */
const isUrgent = ({ priority }: AlarmRow): boolean => priority === 1;

/** The folds as lines: the first cause, urgent consequences always, the others where the fold is open. The most urgent open fold comes first. */
export const foldLines = (folds: readonly Fold[], isOpen: (first: string) => boolean): readonly FoldLine[] =>
  folds.toSorted((a, b) => urgency(a) - urgency(b) || a.first.raisedAt - b.first.raisedAt).flatMap(({ first, consequences }): FoldLine[] => {
    const shown = isOpen(first.id) ? consequences : consequences.filter(({ row }) => isUrgent(row));
    const line = { first, consequences: consequences.length, hidden: consequences.length - shown.length };
    return [{ row: first, relation: null, ...line }, ...shown.map(({ row, relation }): FoldLine => ({ row, first, relation, consequences: 0, hidden: 0 }))];
  });

/** Priority of the worst unacknowledged alarm in a fold; 5 when a person has taken all. */
const urgency = ({ first, consequences }: Fold): number => [first, ...consequences.map(({ row }) => row)].reduce((worst, row) => (isUnacknowledged(row) ? Math.min(worst, row.priority) : worst), 5);
