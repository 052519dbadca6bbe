import { convert, text } from '../../src-shared/kernel/index.ts';
import { matchesGlob, resolveWhen, RecordsFile, SiteFile, WEATHER_UNITS, WeatherSource, type CameraSource, type Feed } from '../../src-shared/plant/index.ts';
import { field, readElements, repeated, unknownId, type Elements } from './elements.ts';
import { problemAt } from './schemaProblems.ts';
import type { FieldPath, FileProblem, RawDocument } from './document.ts';
import type { PlantElements } from './plantChecks.ts';

const id = { key: 'id', of: (item: { readonly id: string }) => item.id };
const PLACEHOLDERS = ['tag', 'equipment', 'unit', 'area'];

/** What the site file's schema cannot see; `plant` is null when there is no plant model to compare with. */
export const siteProblems = (document: RawDocument, plant: PlantElements | null): FileProblem[] => {
  const feeds = readElements(document, 'feeds', SiteFile.shape.feeds.element);
  const users = readElements(document, 'users', SiteFile.shape.users.element);
  const cameras = readElements(document, 'cameras', SiteFile.shape.cameras.unwrap().element);
  const displays = readElements(document, 'displays', SiteFile.shape.displays.unwrap().element);
  return [
    ...repeated(document, feeds, id),
    ...repeated(document, cameras, id),
    ...cameras.sound.flatMap(({ path, item }) => cameraProblems(document, path, { camera: item, known: plant?.cameras ?? null })),
    ...weatherProblems(document, plant),
    ...repeated(document, users, id),
    ...repeated(document, displays, id),
    ...feeds.sound.flatMap(({ path, item }) => feedProblems(document, path, { feed: item, tags: plant?.tags ?? null })),
  ];
};

const cameraProblems = (document: RawDocument, path: FieldPath, { camera, known }: { readonly camera: CameraSource; readonly known: Elements<unknown> | null }): FileProblem[] => {
  const twice = camera.zones.findIndex(({ id: one }, index) => camera.zones.findIndex((zone) => zone.id === one) < index);
  return [
    ...(known === null ? [] : unknownId(document, [...path, 'id'], { id: camera.id, among: known })),
    ...(twice < 0 ? [] : [problemAt(document, [...path, 'zones', twice, 'id'], text(`区域编号重复：${camera.zones[twice]!.id}`, `the zone's id is there twice: ${camera.zones[twice]!.id}`))]),
  ];
};

/** Units that measure what they stand for, and tags that are there. */
const weatherProblems = (document: RawDocument, plant: PlantElements | null): FileProblem[] => {
  const weather = WeatherSource.safeParse(field(document.data, 'weather'));
  if (!weather.success) return [];
  if (weather.data.kind === 'tags') return plant === null ? [] : Object.entries(weather.data).flatMap(([name, tag]) => (name === 'kind' ? [] : unknownId(document, ['weather', name], { id: tag, among: plant.tags })));
  const units = (path: FieldPath, fields: Readonly<Record<string, { readonly unit: string } | undefined>>) =>
    Object.entries(fields).flatMap(([name, stated]) => {
      const meant = Object.entries(WEATHER_UNITS).find(([each]) => each === name)?.[1];
      return stated === undefined || meant === undefined || convert(1, stated.unit, meant) !== null ? [] : [problemAt(document, [...path, name, 'unit'], text(`单位“${stated.unit}”未知,或量纲与 ${meant} 不同`, `the unit "${stated.unit}" is unknown or measures another thing than ${meant}`))];
    });
  return [...units(['weather', 'now'], weather.data.now), ...(weather.data.forecast === undefined ? [] : units(['weather', 'forecast', 'fields'], weather.data.forecast.fields))];
};

const feedProblems = (document: RawDocument, path: FieldPath, { feed, tags }: { readonly feed: Feed; readonly tags: Elements<unknown> | null }): FileProblem[] => {
  const problems: FileProblem[] = [];
  const wrong = (at: FieldPath, zh: string, en: string) => problems.push(problemAt(document, [...path, ...at], text(zh, en)));
  if (feed.kind === 'opcua' && (feed.securityMode === 'None') !== (feed.securityPolicy === 'None')) wrong(['securityPolicy'], `安全模式 ${feed.securityMode} 与安全策略 ${feed.securityPolicy} 不匹配`, `security policy ${feed.securityPolicy} does not go with security mode ${feed.securityMode}`);
  if (feed.kind === 'opcua' && feed.userCertificate !== undefined && feed.user !== undefined) wrong(['userCertificate'], '用户名与用户证书只能选其一', 'state either a user name or a user certificate');
  feed.mappings.forEach((mapping, index) => {
    for (const [, name = ''] of mapping.address.matchAll(/\{([^}]*)\}/g)) {
      if (!PLACEHOLDERS.includes(name)) wrong(['mappings', index, 'address'], `未知占位符 {${name}}，可用 {tag} {equipment} {unit} {area}`, `unknown placeholder {${name}}; there are {tag} {equipment} {unit} {area}`);
    }
    mapping.tags.forEach((pattern, position) => {
      if (tags !== null && !matchesAny(pattern, tags.ids)) wrong(['mappings', index, 'tags', position], `装置模型中没有位号符合 “${pattern}”`, `no tag of the plant model matches "${pattern}"`);
    });
  });
  if (feed.kind === 'mqtt') {
    feed.mappings.forEach((mapping, index) => {
      const { format } = mapping.payload ?? feed.payload;
      const isShared = !mapping.address.includes('{') && (mapping.tags.length > 1 || mapping.tags.some((pattern) => pattern.includes('*')));
      if (format === 'preset' && !/^[^/]+\/.+/.test(mapping.address)) wrong(['mappings', index, 'address'], '预设格式的地址应为“设备/字段”', 'the address of a preset is DEVICE/FIELD');
      if (format === 'number' && isShared) wrong(['mappings', index, 'address'], '纯数值的主题只能对应一个位号,地址中应含 {tag}', 'a topic of a plain number carries one tag: put {tag} into the address');
    });
    for (const [at, setting, placeholder] of [['positions', feed.positions, '{wearable}'], ['cameraEvents', feed.cameraEvents, '{camera}']] as const) {
      if (setting !== undefined && !setting.topic.includes(placeholder)) wrong([at, 'topic'], `主题中应含 ${placeholder}`, `the topic must contain ${placeholder}`);
    }
  }
  return problems;
};

const matchesAny = (pattern: string, ids: ReadonlySet<string>): boolean => {
  if (pattern === '*' || !pattern.includes('*')) return pattern === '*' || ids.has(pattern);
  for (const one of ids) if (matchesGlob(pattern, one)) return true;
  return false;
};

/** What the records' schema cannot see: unknown zones, equipment and people, and times that are none or end before they begin. */
export const recordsProblems = (document: RawDocument, plant: PlantElements | null): FileProblem[] => {
  const shape = RecordsFile.shape;
  const permits = readElements(document, 'permits', shape.permits.unwrap().element);
  const inspections = readElements(document, 'inspections', shape.inspections.unwrap().element);
  const hazards = readElements(document, 'hazards', shape.hazards.unwrap().element);
  const plans = readElements(document, 'plans', shape.plans.unwrap().element);
  const qualifications = readElements(document, 'qualifications', shape.qualifications.unwrap().element);
  const refer = (path: FieldPath, one: string | undefined, among: Elements<unknown> | undefined) => (one === undefined || among === undefined ? [] : unknownId(document, path, { id: one, among }));
  const time = (path: FieldPath, when: string | undefined) => (when === undefined || !Number.isNaN(resolveWhen(when, 0)) ? [] : [problemAt(document, path, text(`“${when}” 不是有效时间`, `"${when}" is no valid time`))]);
  const span = (path: FieldPath, { from, to }: { readonly from: string; readonly to: string }) => {
    const bad = [...time([...path, 'from'], from), ...time([...path, 'to'], to)];
    // An ISO time and an offset cannot be compared before the station starts.
    const comparable = /^[+-]/.test(from) === /^[+-]/.test(to);
    return bad.length > 0 || !comparable || resolveWhen(from, 0) < resolveWhen(to, 0) ? bad : [problemAt(document, [...path, 'to'], text('结束时间应晚于开始时间', 'must be later than from'))];
  };
  return [
    ...[permits, inspections, hazards, plans].flatMap((list: Elements<{ readonly id: string }>) => repeated(document, list, id)),
    ...permits.sound.flatMap(({ path, item }) => [...refer([...path, 'zone'], item.zone, plant?.zones), ...refer([...path, 'equipment'], item.equipment, plant?.equipment), ...item.people.flatMap((person, index) => refer([...path, 'people', index], person, plant?.people)), ...span(path, item)]),
    ...inspections.sound.flatMap(({ path, item }) => [...refer([...path, 'equipment'], item.equipment, plant?.equipment), ...time([...path, 'due'], item.due), ...time([...path, 'doneAt'], item.doneAt)]),
    ...hazards.sound.flatMap(({ path, item }) => [...refer([...path, 'zone'], item.zone, plant?.zones), ...refer([...path, 'equipment'], item.equipment, plant?.equipment), ...time([...path, 'reportedAt'], item.reportedAt), ...time([...path, 'due'], item.due)]),
    ...plans.sound.flatMap(({ path, item }) => [...refer([...path, 'zone'], item.zone, plant?.zones), ...refer([...path, 'equipment'], item.equipment, plant?.equipment), ...span(path, item)]),
    ...qualifications.sound.flatMap(({ path, item }) => [...refer([...path, 'person'], item.person, plant?.people), ...time([...path, 'validTo'], item.validTo)]),
  ];
};
