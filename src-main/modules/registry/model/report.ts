import type { ModelFinding } from '../../../../src-shared/contract/index.ts';
import { contains, text, unitOf, type Text } from '../../../../src-shared/kernel/index.ts';
import { resolveWhen, type Equipment, type Tag } from '../../../../src-shared/plant/index.ts';
import type { Model } from './change.ts';

/** Feeds that claim a tag, by its index, in the order of the site file. */
export type Claims = (tag: number) => readonly string[];

const MEASURED = new Set<Tag['kind']>(['pressure', 'temperature', 'level', 'flow', 'vibration', 'gas', 'flame', 'smoke']);
/** Kinds that say something is wrong: without a limit nobody hears them. */
const GUARDING = new Set<Tag['kind']>(['gas', 'flame', 'smoke']);
/** Vessels whose contents rise and fall; what flows through a column or a compressor is always about the same. */
const STORES = new Set<Equipment['kind']>(['sphere', 'horizontal-vessel', 'vertical-vessel', 'storage-tank']);
const SOON_MS = 30 * 86_400_000;

/** What a sound model still lacks for the work it is there for; gravest first. `now` is UTC ms; records' relative times count from `start`. */
export const reportOn = ({ plant, records }: Model, { claims, now, start }: { readonly claims: Claims; readonly now: number; readonly start: number }): ModelFinding[] => {
  const findings: ModelFinding[] = [];
  const say = (severity: ModelFinding['severity'], code: string, found: { readonly kind: ModelFinding['subject']['kind']; readonly id: string; readonly what: Text; readonly advice: Text }): void =>
    void findings.push({ code, severity, subject: { kind: found.kind, id: found.id }, text: found.what, advice: found.advice });

  plant.tags.forEach((tag, index) => {
    const own = { kind: 'tag', id: tag.id } as const;
    const feeds = claims(index);
    if (feeds.length === 0) say('error', 'no-feed', { ...own, what: text('没有数据源提供此测点', 'no feed carries this tag'), advice: text('在站点文件中为它添加映射', 'add it to a mapping of the site file') });
    if (feeds.length > 1) say('error', 'two-feeds', { ...own, what: text(`多个数据源争用:${feeds.join('、')},以 ${feeds[0]} 为准`, `claimed by several feeds: ${feeds.join(', ')}; ${feeds[0]} counts`), advice: text('一数一源:从其余数据源的映射中去掉', 'one source per fact: take it out of the other mappings') });
    if (unitOf(tag.unit) === null) say('error', 'unknown-unit', { ...own, what: text(`未知的计量单位“${tag.unit}”`, `unknown unit "${tag.unit}"`), advice: text('改为 UCUM 代码,如 MPa、Cel、m3/h', 'state it as UCUM: MPa, Cel, m3/h') });
    if (tag.alarms.length === 0 && GUARDING.has(tag.kind)) say('error', 'no-limits', { ...own, what: text('探测器测点没有报警限', 'a detector without an alarm'), advice: text('补充报警限', 'give it its alarm limits') });
    else if (tag.alarms.length === 0 && tag.normal !== undefined && MEASURED.has(tag.kind)) say('advice', 'no-limits', { ...own, what: text('没有报警限', 'no alarm limits'), advice: text('确认此测点无需报警,或补充报警限', 'confirm that it needs none, or give it limits') });
    for (const alarm of tag.alarms) {
      if (alarm.priority <= 2 && (alarm.action === undefined || alarm.cause === undefined)) say(alarm.priority === 1 ? 'error' : 'warning', 'no-guidance', { ...own, what: text(`${alarm.kind} 报警(优先级 ${alarm.priority})没有原因与处置`, `alarm ${alarm.kind} of priority ${alarm.priority} has no cause and action`), advice: text('补充原因、后果与处置(ISA-18.2 §6)', 'state cause, consequence and action (ISA-18.2 §6)') });
      if (alarm.deadband === 0 && alarm.onDelayS === 0 && alarm.kind !== 'DISCRETE' && !GUARDING.has(tag.kind)) say('advice', 'no-deadband', { ...own, what: text(`${alarm.kind} 报警没有死区和延时,容易抖动`, `alarm ${alarm.kind} has neither deadband nor delay and may chatter`), advice: text('设置死区或延时', 'give it a deadband or a delay') });
    }
  });

  const qualified = new Map(Object.entries(Object.groupBy(records.qualifications, ({ person }) => person)));
  for (const person of plant.people) {
    const own = { kind: 'person', id: person.id } as const;
    const valid = (qualified.get(person.id) ?? []).map(({ kind, validTo }) => ({ kind, until: resolveWhen(validTo, start) }));
    if (valid.length === 0) say('warning', 'no-qualification', { ...own, what: text(`${person.name} 没有登记任何资质`, `${person.name} has no qualification on record`), advice: text('导入资质表', 'import the sheet of qualifications') });
    for (const { kind, until } of valid) {
      if (until < now) say('warning', 'expired', { ...own, what: text(`${person.name} 的资质“${kind}”已过期`, `${person.name}: "${kind}" has expired`), advice: text('复审后更新有效期', 'renew it and state the new date') });
      else if (until - now < SOON_MS) say('advice', 'expires', { ...own, what: text(`${person.name} 的资质“${kind}”30 天内到期`, `${person.name}: "${kind}" expires within 30 days`), advice: text('安排复审', 'plan its renewal') });
    }
  }

  const fences = plant.structures.filter(({ kind, shape }) => kind === 'fence' && shape.length > 2).map(({ shape }) => shape);
  const zones = new Map(plant.zones.map((zone) => [zone.id, zone]));
  for (const [kind, items] of [['detector', plant.detectors], ['camera', plant.cameras]] as const) {
    for (const { id, position: [x, y], zone } of items) {
      const polygon = zones.get(zone)?.polygon;
      if (fences.length > 0 && !fences.some((fence) => contains(fence, x, y))) say('warning', 'outside-fence', { kind, id, what: text('位置在围墙之外', 'stands outside the fence'), advice: text('核对坐标', 'check its position') });
      else if (polygon !== undefined && !contains(polygon, x, y)) say('advice', 'outside-zone', { kind, id, what: text(`位置不在所属区域 ${zone} 之内`, `stands outside its zone ${zone}`), advice: text('核对坐标或所属区域', 'check its position or its zone') });
    }
  }
  const tagged = new Set(plant.tags.map(({ equipment }) => equipment));
  for (const item of plant.equipment) {
    if (item.inventory !== undefined && item.inventory.levelTag === undefined && STORES.has(item.kind)) say('warning', 'no-level', { kind: 'equipment', id: item.id, what: text('有存量但没有液位测点,存量按一半计', 'holds an inventory but names no level tag; half of it is assumed'), advice: text('填写液位位号', 'name its level tag') });
    if (item.substance !== undefined && item.inventory !== undefined && !tagged.has(item.id)) say('advice', 'no-tags', { kind: 'equipment', id: item.id, what: text('没有测点', 'has no tags'), advice: text('核对测点的设备编号', 'check the equipment of its tags') });
  }
  for (const point of unreachable(plant)) say('error', 'unreachable', { kind: 'muster', id: point, what: text('从任何出口和道路都走不到此集合点', 'no way leads to this muster point'), advice: text('核对步行路网', 'check the graph of walkways') });
  const order = ['error', 'warning', 'advice'];
  return findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || a.code.localeCompare(b.code));
};

/** Muster points outside the largest connected part of the walkways: where most people walk. */
const unreachable = ({ walkways, muster }: Model['plant']): string[] => {
  const root = new Map(walkways.nodes.map(({ id }) => [id, id]));
  const find = (id: string): string => {
    let at = id;
    while (root.get(at) !== at) {
      const up = root.get(root.get(at) ?? at) ?? at;
      root.set(at, up);
      at = up;
    }
    return at;
  };
  for (const { from, to, blocked } of walkways.edges) if (blocked !== true) root.set(find(from), find(to));
  const sizes = new Map<string, number>();
  for (const { id } of walkways.nodes) sizes.set(find(id), (sizes.get(find(id)) ?? 0) + 1);
  const largest = [...sizes].toSorted((a, b) => b[1] - a[1])[0]?.[0];
  return muster.flatMap(({ id, node }) => (find(node) === largest ? [] : [id]));
};
