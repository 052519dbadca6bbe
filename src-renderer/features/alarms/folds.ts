import type { AlarmRow } from '../../../src-shared/contract/index.ts';
import { MINUTE } from '../../../src-shared/kernel/index.ts';
import type { PlantModel } from '../../../src-shared/plant/index.ts';
import { isUnacknowledged } from './model.ts';

/** How an alarm hangs together with those before it, strongest first. */
export type Relation = 'equipment' | 'unit' | 'pipe' | 'supply';
/** A probable first cause with what followed from it, in the order of onset. */
export type Fold = { readonly first: AlarmRow; readonly consequences: readonly { readonly row: AlarmRow; readonly relation: Relation }[] };
/** How many alarms of each priority, urgent first. */
export type PriorityCounts = readonly [number, number, number, number];
/**
 * One line of the view by cause. `cause`: a first cause, level 0; `group`: what followed in one unit, where several are concerned, level 1; `alarm`: one of them. `counts`: what
 * the line stands for, itself included where it is an alarm; `hidden`: how much of that is folded away.
 */
export type FoldLine = {
  readonly key: string;
  readonly kind: 'cause' | 'group' | 'alarm';
  readonly level: 0 | 1 | 2;
  /** The alarm of the line; of a group the first of it. */
  readonly row: AlarmRow;
  readonly first: AlarmRow;
  readonly relation: Relation | null;
  readonly unit: string | null;
  readonly counts: PriorityCounts;
  readonly hidden: number;
};

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

/**
 * The folds as lines: the first cause; where it is open the units that followed, in the order of onset, and their alarms where these are open. Urgent alarms are always
 * in sight, whatever is folded. The most urgent open fold comes first.
 */
export const foldLines = (folds: readonly Fold[], topology: Pick<Topology, 'unitOf'>, isOpen: (key: string) => boolean): readonly FoldLine[] =>
  folds.toSorted((a, b) => urgency(a) - urgency(b) || a.first.raisedAt - b.first.raisedAt).flatMap((fold) => linesOf(fold, topology, isOpen));

const linesOf = ({ first, consequences }: Fold, { unitOf }: Pick<Topology, 'unitOf'>, isOpen: (key: string) => boolean): readonly FoldLine[] => {
  const open = isOpen(first.id);
  const groups = [...Map.groupBy(consequences, ({ row }) => unitOf(row.equipment) ?? '')];
  const alarm = ({ row, relation }: Fold['consequences'][number], level: 1 | 2): FoldLine => ({ key: row.id, kind: 'alarm', level, row, first, relation, unit: null, counts: countsOf([row]), hidden: 0 });
  const urgent = (members: Fold['consequences']) => members.filter(({ row }) => isUrgent(row));
  // Beside the cause it counts how the trouble came into the unit, not that something else of the same machine came before.
  const cameBy = new Map(groups.map(([unit, [start]]) => [unit, start?.relation]));
  const below = !open
    ? urgent(consequences).map((each) => alarm({ ...each, relation: cameBy.get(unitOf(each.row.equipment) ?? '') ?? each.relation }, 1))
    : groups.length === 1
      ? consequences.map((each) => alarm(each, 1))
      : groups.flatMap(([unit, members]): FoldLine[] => {
          const key = groupKey(first.id, unit);
          const [start] = members;
          if (start === undefined) return [];
          const shown = isOpen(key) ? members : urgent(members);
          return [{ key, kind: 'group', level: 1, row: start.row, first, relation: start.relation, unit, counts: countsOf(members.map(({ row }) => row)), hidden: members.length - shown.length }, ...shown.map((each) => alarm(each, 2))];
        });
  const hidden = open ? 0 : consequences.length - below.length;
  return [{ key: first.id, kind: 'cause', level: 0, row: first, first, relation: null, unit: null, counts: countsOf([first, ...consequences.map(({ row }) => row)]), hidden }, ...below];
};

export const groupKey = (first: string, unit: string): string => `${first} ${unit}`;
/** Every key that can be opened. */
export const foldKeys = (folds: readonly Fold[], { unitOf }: Pick<Topology, 'unitOf'>): readonly string[] => folds.flatMap(({ first, consequences }) => [first.id, ...new Set(consequences.map(({ row }) => groupKey(first.id, unitOf(row.equipment) ?? '')))]);

const countsOf = (rows: readonly AlarmRow[]): PriorityCounts => {
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  for (const { priority } of rows) counts[priority - 1]! += 1;
  return counts;
};

/** Priority of the worst unacknowledged alarm in a fold; 5 when a person has taken all. */
const urgency = ({ first, consequences }: Fold): number => [first, ...consequences.map(({ row }) => row)].reduce((worst, row) => (isUnacknowledged(row) ? Math.min(worst, row.priority) : worst), 5);
