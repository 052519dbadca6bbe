import type { ModelKind } from '../../../../src-shared/contract/index.ts';
import type { AlarmSetting, Equipment, Person, PlantDocument, PlantModel, RecordsFile, Tag, WalkEdge, WalkNode } from '../../../../src-shared/plant/index.ts';

/** The files that a site gives a station, as far as people may change them while it runs. */
export type Model = { readonly plant: PlantModel; readonly records: RecordsFile };

export type Qualification = RecordsFile['qualifications'][number];
/** What one sheet holds. Tags go without their alarms and equipment without its documents: those have sheets of their own. */
export type Entities = {
  readonly tag: Omit<Tag, 'alarms'>;
  readonly equipment: Omit<Equipment, 'documents'>;
  readonly limit: AlarmSetting & { readonly tag: string };
  readonly person: Person;
  readonly qualification: Qualification;
  readonly document: PlantDocument & { readonly equipment: string };
  readonly 'walk-node': WalkNode;
  readonly 'walk-edge': WalkEdge;
};
export type Entity = Entities[ModelKind];

/** One thing of the model before and after; null where it is not there. Complete, so that a version can be taken back by turning it round. */
export type ModelChange = { readonly kind: ModelKind; readonly id: string; readonly before: Entity | null; readonly after: Entity | null };

/** Sheets in the order in which they may refer to each other. */
export const KINDS: readonly ModelKind[] = ['equipment', 'tag', 'limit', 'person', 'qualification', 'document', 'walk-node', 'walk-edge'];

/** Everything of one sheet by its id. */
export const entitiesOf = ({ plant, records }: Model, kind: ModelKind): Map<string, Entity> => {
  switch (kind) {
    case 'tag':
      return new Map(plant.tags.map(({ alarms: _alarms, ...tag }) => [tag.id, tag]));
    case 'equipment':
      return new Map(plant.equipment.map(({ documents: _documents, ...item }) => [item.id, item]));
    case 'limit':
      return new Map(plant.tags.flatMap((tag) => tag.alarms.map((alarm): [string, Entity] => [`${tag.id}/${alarm.kind}`, { tag: tag.id, ...alarm }])));
    case 'person':
      return new Map(plant.people.map((person) => [person.id, person]));
    case 'qualification':
      return new Map(records.qualifications.map((one) => [`${one.person}/${one.kind}`, one]));
    case 'document':
      return new Map(plant.equipment.flatMap((item) => (item.documents ?? []).map((document): [string, Entity] => [`${item.id}/${document.href}`, { equipment: item.id, ...document }])));
    case 'walk-node':
      return new Map(plant.walkways.nodes.map((node) => [node.id, node]));
    case 'walk-edge':
      return new Map(plant.walkways.edges.map((edge) => [edge.id, edge]));
  }
};

/** The model with these changes; nothing of the old one is written to. What is added stands at the end, so that the places of the others stay. */
export const applyChanges = ({ plant, records }: Model, changes: readonly ModelChange[]): Model => {
  const of = <K extends ModelKind>(kind: K) => changes.filter((change): change is ModelChange & { readonly after: Entities[K] | null } => change.kind === kind);
  const limits = Map.groupBy(of('limit'), ({ id }) => id.slice(0, id.lastIndexOf('/')));
  const documents = Map.groupBy(of('document'), ({ id }) => id.slice(0, id.indexOf('/')));
  const tags = merged(plant.tags, of('tag'), (tag, old): Tag => ({ ...tag, alarms: old?.alarms ?? [] })).map((tag) => {
    const own = limits.get(tag.id);
    return own === undefined ? tag : { ...tag, alarms: mergedBy(tag.alarms, own.map(({ id, after }) => ({ key: id.slice(id.lastIndexOf('/') + 1), after: after === null ? null : withoutTag(after) })), (alarm) => alarm.kind) };
  });
  const equipment = merged(plant.equipment, of('equipment'), (item, old): Equipment => ({ ...item, ...(old?.documents === undefined ? {} : { documents: old.documents }) })).map((item) => {
    const own = documents.get(item.id);
    if (own === undefined) return item;
    const { documents: before = [], ...rest } = item;
    const now = mergedBy(before, own.map(({ id, after }) => ({ key: id.slice(id.indexOf('/') + 1), after: after === null ? null : { title: after.title, href: after.href } })), ({ href }) => href);
    return now.length === 0 ? rest : { ...rest, documents: now };
  });
  return {
    plant: { ...plant, tags, equipment, people: merged(plant.people, of('person'), (person) => person), walkways: { nodes: merged(plant.walkways.nodes, of('walk-node'), (node) => node), edges: merged(plant.walkways.edges, of('walk-edge'), (edge) => edge) } },
    records: { ...records, qualifications: mergedBy(records.qualifications, of('qualification').map(({ id, after }) => ({ key: id, after })), (one) => `${one.person}/${one.kind}`) },
  };
};

/** A version turned round. */
export const inverse = (changes: readonly ModelChange[]): ModelChange[] => changes.map(({ kind, id, before, after }) => ({ kind, id, before: after, after: before })).toReversed();

/** An alarm's settings, or a document, or a qualification can change under the running station; everything else has numbers and threads built upon it. */
export const isLive = ({ kind, before, after }: ModelChange): boolean => kind === 'document' || kind === 'qualification' || (kind === 'limit' && before !== null && after !== null);

const withoutTag = ({ tag: _tag, ...setting }: Entities['limit']): AlarmSetting => setting;

const merged = <T extends { readonly id: string }, E extends { readonly id: string }>(items: readonly T[], changes: readonly { readonly id: string; readonly after: E | null }[], make: (after: E, old: T | undefined) => T): T[] => {
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const { id, after } of changes) {
    if (after === null) byId.delete(id);
    else byId.set(id, make(after, byId.get(id)));
  }
  return [...byId.values()];
};
const mergedBy = <T>(items: readonly T[], changes: readonly { readonly key: string; readonly after: T | null }[], keyOf: (item: T) => string): T[] => {
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  for (const { key, after } of changes) {
    if (after === null) byKey.delete(key);
    else byKey.set(key, after);
  }
  return [...byKey.values()];
};
