import { text } from '../../src-shared/kernel/index.ts';
import { alarmProblems, PlantModel, type Equipment, type KnownNames, type Tag } from '../../src-shared/plant/index.ts';
import { field, readElements, repeated, unknownId, type Elements } from './elements.ts';
import { problemAt } from './schemaProblems.ts';
import type { FieldPath, FileProblem, RawDocument } from './document.ts';

const shape = PlantModel.shape;

/** The lists of a plant model whose ids other files may name. */
export const plantElements = (document: RawDocument) => ({
  areas: readElements(document, 'areas', shape.areas.element),
  zones: readElements(document, 'zones', shape.zones.element),
  units: readElements(document, 'units', shape.units.element),
  equipment: readElements(document, 'equipment', shape.equipment.element),
  tags: readElements(document, 'tags', shape.tags.element),
  detectors: readElements(document, 'detectors', shape.detectors.element),
  cameras: readElements(document, 'cameras', shape.cameras.element),
  people: readElements(document, 'people', shape.people.element),
  structures: readElements(document, 'structures', shape.structures.element),
  pipes: readElements(document, 'pipes', shape.pipes.element),
  muster: readElements(document, 'muster', shape.muster.element),
  views: readElements(document, 'views', shape.views.element),
});
export type PlantElements = ReturnType<typeof plantElements>;

/** The tags that supply an equipment's protections, each with its place. */
const suppliesOf = ({ protections = {} }: Pick<Equipment, 'protections'>): readonly { readonly at: FieldPath; readonly tag: string }[] =>
  Object.entries(protections).flatMap(([kind, protection]) =>
    protection !== undefined && 'supply' in protection ? protection.supply.flatMap(({ anyOf }, condition) => anyOf.map((tag, index) => ({ at: ['protections', kind, 'supply', condition, 'anyOf', index], tag }))) : [],
  );

/** What the schema cannot see: ids that repeat or point nowhere, ranges and limits out of order, things outside the site. */
export const plantProblems = (document: RawDocument, plant: PlantElements): FileProblem[] => {
  const walkways: RawDocument = { ...document, data: field(document.data, 'walkways'), lineOf: (path) => document.lineOf(['walkways', ...path]) };
  const nodes = readElements(walkways, 'nodes', shape.walkways.shape.nodes.element);
  const edges = readElements(walkways, 'edges', shape.walkways.shape.edges.element);
  const known: KnownNames = { hasTag: plant.tags.has, hasEquipment: plant.equipment.has };
  const refer = (path: FieldPath, id: string | undefined, among: Elements<unknown>) => (id === undefined ? [] : unknownId(document, path, { id, among }));
  const id = { key: 'id', of: (item: { readonly id: string }) => item.id };
  return [
    ...[plant.areas, plant.zones, plant.units, plant.equipment, plant.tags, plant.detectors, plant.cameras, plant.people, plant.structures, plant.pipes, plant.muster, plant.views].flatMap((list: Elements<{ readonly id: string }>) => repeated(document, list, id)),
    ...repeated(walkways, nodes, id).map(inWalkways),
    ...repeated(walkways, edges, id).map(inWalkways),
    ...repeated(document, plant.people, { key: 'wearable', of: (person) => person.wearable }),
    ...plant.zones.sound.flatMap(({ path, item }) => refer([...path, 'area'], item.area, plant.areas)),
    ...plant.units.sound.flatMap(({ path, item }) => [...refer([...path, 'area'], item.area, plant.areas), ...refer([...path, 'zone'], item.zone, plant.zones)]),
    ...plant.equipment.sound.flatMap(({ path, item }) => [
      ...refer([...path, 'unit'], item.unit, plant.units),
      ...refer([...path, 'zone'], item.zone, plant.zones),
      ...refer([...path, 'inventory', 'levelTag'], item.inventory?.levelTag, plant.tags),
      ...suppliesOf(item).flatMap(({ at, tag }) => refer([...path, ...at], tag, plant.tags)),
      ...Object.entries(item.machine?.tags ?? {}).flatMap(([name, tag]) => refer([...path, 'machine', 'tags', name], tag, plant.tags)),
    ]),
    ...plant.tags.sound.flatMap(({ path, item }) => [...refer([...path, 'equipment'], item.equipment, plant.equipment), ...tagProblems(document, path, item, known)]),
    ...plant.detectors.sound.flatMap(({ path, item }) => [...refer([...path, 'tag'], item.tag, plant.tags), ...refer([...path, 'zone'], item.zone, plant.zones)]),
    ...plant.cameras.sound.flatMap(({ path, item }) => refer([...path, 'zone'], item.zone, plant.zones)),
    ...plant.pipes.sound.flatMap(({ path, item }) => [...refer([...path, 'from'], item.from, plant.equipment), ...refer([...path, 'to'], item.to, plant.equipment)]),
    ...plant.views.sound.flatMap(({ path, item }) => refer([...path, 'unit'], item.unit, plant.units)),
    ...edges.sound.flatMap(({ path, item }) => [...unknownId(walkways, [...path, 'from'], { id: item.from, among: nodes }), ...unknownId(walkways, [...path, 'to'], { id: item.to, among: nodes })]).map(inWalkways),
    ...plant.muster.sound.flatMap(({ path, item }) => refer([...path, 'node'], item.node, nodes)),
    ...weatherProblems(document, plant.tags),
    ...outsideSite(document, plant),
  ];
};

const inWalkways = (problem: FileProblem): FileProblem => ({ ...problem, path: `walkways.${problem.path}` });

const weatherProblems = (document: RawDocument, tags: Elements<Tag>): FileProblem[] => {
  const weather = shape.weather.safeParse(field(document.data, 'weather'));
  return weather.success ? Object.entries(weather.data).flatMap(([name, id]) => unknownId(document, ['weather', name], { id, among: tags })) : [];
};

const outsideSite = (document: RawDocument, { equipment, detectors, cameras }: PlantElements): FileProblem[] => {
  const site = shape.site.safeParse(field(document.data, 'site'));
  if (!site.success) return [];
  const { width, depth } = site.data;
  return [...equipment.sound, ...detectors.sound, ...cameras.sound].flatMap(({ path, item: { position: [x, y] } }) =>
    x >= 0 && x <= width && y >= 0 && y <= depth ? [] : [problemAt(document, [...path, 'position'], text(`(${x}, ${y}) 在厂区 ${width} m × ${depth} m 之外`, `(${x}, ${y}) lies outside the site of ${width} m × ${depth} m`))],
  );
};

const tagProblems = (document: RawDocument, path: FieldPath, tag: Tag, known: KnownNames): FileProblem[] => {
  const [low, high] = tag.range;
  const problems: FileProblem[] = [];
  const wrong = (at: FieldPath, zh: string, en: string) => problems.push(problemAt(document, [...path, ...at], text(zh, en)));
  if (!(low < high)) wrong(['range'], `下限 ${low} 应小于上限 ${high}`, `the lower end ${low} must be below the upper end ${high}`);
  if (tag.normal !== undefined && !(tag.normal[0] <= tag.normal[1] && tag.normal[0] >= low && tag.normal[1] <= high)) wrong(['normal'], `应为量程 ${low}…${high} 之内由小到大的区间`, `must be an ordered band within the range ${low}…${high}`);
  for (const problem of alarmProblems(tag, tag.alarms, known)) problems.push(problemAt(document, [...path, 'alarms', problem.index, problem.field], problem.text));
  return problems;
};
