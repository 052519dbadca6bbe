import type { ChangeRow, ModelKind } from '../../../../src-shared/contract/index.ts';
import { text, type Text } from '../../../../src-shared/kernel/index.ts';
import { applyChanges, type Model, type ModelChange } from './change.ts';

/** What is wrong with a model as a whole: `path` as in `tags[3].alarms[0].limit`, in the file named by `file`. */
export type ModelProblem = { readonly path: string; readonly text: Text };
export type CheckModel = (model: Model) => readonly ModelProblem[];
type Row = { readonly row: ChangeRow; readonly change: ModelChange | null };

const LISTS: Readonly<Record<string, ModelKind>> = { tags: 'tag', equipment: 'equipment', people: 'person', qualifications: 'qualification', 'walkways.nodes': 'walk-node', 'walkways.edges': 'walk-edge' };

/** Refuses what does not fit together until the rest does. The model itself is sound, so every problem comes from some row. */
export const checkTogether = async (read: readonly Row[], { model, check, breathe }: { readonly model: Model; readonly check: CheckModel; readonly breathe: (share: number) => Promise<void> }): Promise<readonly Row[]> => {
  let rows = read;
  for (let round = 1; ; round += 1) {
    await breathe(1 - 1 / round);
    const changes = rows.flatMap(({ row, change }) => (change === null || row.action === 'refused' || row.action === 'unchanged' ? [] : [change]));
    if (changes.length === 0) return rows;
    const merged = applyChanges(model, changes);
    const wrong = blame(check(merged), { rows, merged });
    if (wrong.size === 0) return rows;
    rows = rows.map((one) => {
      const found = wrong.get(one);
      return found === undefined ? one : { change: null, row: { ...one.row, action: 'refused', problems: [...one.row.problems, ...found] } };
    });
  }
};

type Blamed = Map<Row, ChangeRow['problems'][number][]>;

/** Each problem on the row that speaks of it; on those that could have caused it where none does. */
const blame = (problems: readonly ModelProblem[], { rows, merged }: { readonly rows: readonly Row[]; readonly merged: Model }): Blamed => {
  const open = rows.filter(({ change, row }) => change !== null && row.action !== 'refused' && row.action !== 'unchanged');
  const byId = new Map(open.map((one) => [`${one.row.kind} ${one.row.id}`, one]));
  const blamed: Blamed = new Map();
  const add = (row: Row, field: string, message: Text) => void blamed.set(row, [...(blamed.get(row) ?? []), { field, text: message }]);
  for (const one of orphans(open, merged)) add(one, one.row.kind === 'limit' ? 'tag' : 'equipment', text('所属的测点或设备不在模型中', 'what it belongs to is not in the model'));
  for (const { path, text: message } of problems) {
    const place = placeOf(path, merged);
    const direct = place?.map(({ kind, id, field }) => ({ row: byId.get(`${kind} ${id}`), field })).find(({ row }) => row !== undefined);
    if (direct?.row !== undefined) {
      add(direct.row, direct.field, message);
      continue;
    }
    const field = place?.[0]?.field ?? path;
    const quoted = /"([^"]*)"/.exec(message.en)?.[1];
    // An alarm that is not in the file stands against one that is.
    const siblings = place?.[0]?.kind === 'limit' ? open.filter(({ row }) => row.kind === 'limit' && row.id.startsWith(`${place[1]!.id}/`)) : [];
    const named = siblings.length > 0 || quoted === undefined ? siblings : open.filter(({ row }) => row.id === quoted || row.fields.some(({ after, before }) => after === quoted || (row.action === 'removed' && before === quoted)));
    for (const row of named.length > 0 ? named : open) add(row, field, message);
  }
  return blamed;
};

/** Alarms without their tag and documents without their equipment, which no check of the merged model can see. */
const orphans = (open: readonly Row[], { plant }: Model): readonly Row[] => {
  const [tags, equipment] = [new Set(plant.tags.map(({ id }) => id)), new Set(plant.equipment.map(({ id }) => id))];
  return open.filter(({ change }) => change !== null && change.after !== null && ((change.kind === 'limit' && 'limit' in change.after && !tags.has(change.after.tag)) || (change.kind === 'document' && 'href' in change.after && !equipment.has(change.after.equipment))));
};

/** Which things of the model a path speaks of, the nearest first. */
const placeOf = (path: string, { plant, records }: Model): { readonly kind: ModelKind; readonly id: string; readonly field: string }[] | null => {
  const [, list = '', index = '', rest = ''] = /^([\w.]+)\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
  const kind = LISTS[list];
  if (kind === undefined) return null;
  const field = rest.replaceAll(/\[(\d+)\]/g, '.$1');
  const at = Number(index);
  if (kind === 'qualification') {
    const one = records.qualifications[at];
    return one === undefined ? null : [{ kind, id: `${one.person}/${one.kind}`, field }];
  }
  const owner = (kind === 'tag' ? plant.tags : kind === 'equipment' ? plant.equipment : kind === 'walk-node' ? plant.walkways.nodes : kind === 'walk-edge' ? plant.walkways.edges : plant.people)[at];
  if (owner === undefined) return null;
  const own = { kind, id: owner.id, field };
  const [, alarm = '', alarmField = ''] = /^alarms\[(\d+)\]\.?(.*)$/.exec(rest) ?? [];
  const setting = kind === 'tag' && alarm !== '' ? plant.tags[at]?.alarms[Number(alarm)] : undefined;
  return setting === undefined ? [own] : [{ kind: 'limit', id: `${owner.id}/${setting.kind}`, field: alarmField }, own];
};
