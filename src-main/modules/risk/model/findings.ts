import type { AlarmRow, AssetHealth, CameraEvent, HazardRow, PermitRow } from '../../../../src-shared/contract/index.ts';
import { DAY, text, valueWord, type Text } from '../../../../src-shared/kernel/index.ts';
import type { Protections, RiskGrade } from '../../../../src-shared/plant/index.ts';
import type { Finding } from './zoneIndex.ts';

/** What is known of one zone at one moment. */
export type ZoneFacts = {
  readonly now: number;
  readonly zone: { readonly id: string; readonly name: Text; readonly grade: RiskGrade; readonly holdsFlammable: boolean; readonly holdsToxic: boolean };
  readonly alarms: readonly (AlarmRow & { readonly tagKind: string })[];
  readonly assets: readonly (AssetHealth & { readonly name: Text })[];
  /** Ids of tags that should be live and are bad or stale, detectors apart, and how many tags the zone has. */
  readonly blind: { readonly detectors: readonly string[]; readonly others: readonly string[]; readonly tags: number };
  readonly weather: { readonly windSpeed: number; readonly temperatureC: number; readonly rain: number };
  readonly people: { readonly count: number; readonly usual: number; readonly strained: readonly { readonly id: string; readonly name: string; readonly heartRate: number }[] };
  /** Protections of vessels here that could not work now, and the tags that say so. */
  readonly unsupplied: readonly { readonly equipment: string; readonly kind: Protection; readonly tags: readonly string[] }[];
  readonly permits: readonly PermitRow[];
  readonly hazards: readonly HazardRow[];
  readonly overdue: readonly { readonly id: string; readonly title: Text; readonly due: number }[];
  /** People on an active permit here whose qualification has run out. */
  readonly unqualified: readonly { readonly person: string; readonly name: string; readonly kind: string }[];
  /** What cameras saw here lately. */
  readonly cameras: readonly CameraEvent[];
};

/** Everything that is known against a zone, each with its weight. The weights are this product's own judgement; each is stated with its reason in the README. */
export const findingsOf = (facts: ZoneFacts): readonly Finding[] => [...machineFindings(facts), ...environmentFindings(facts), ...peopleFindings(facts), ...managementFindings(facts)];

const GAS_WEIGHT = [0, 60, 35, 15, 8] as const;
const PROCESS_WEIGHT = [0, 30, 15, 6, 2] as const;

const isDanger = (alarm: { readonly tagKind: string }): boolean => alarm.tagKind === 'gas' || alarm.tagKind === 'flame' || alarm.tagKind === 'smoke';

const alarmFinding = (alarm: ZoneFacts['alarms'][number]): Finding => {
  const weight = (isDanger(alarm) ? GAS_WEIGHT : PROCESS_WEIGHT)[alarm.priority];
  const isBack = alarm.state === 'returned' || alarm.state === 'latched';
  return {
    factor: isDanger(alarm) ? 'environment' : 'machine',
    text: alarm.message,
    // Gone, but nobody has looked yet: half.
    weight: isBack ? weight / 2 : weight,
    evidence: [{ kind: 'alarm', id: alarm.id, value: valueWord(alarm.value, alarm.unit) }],
    remedy: isDanger(alarm)
      ? { id: `source/${alarm.equipment}`, text: text(`查明并切断 ${alarm.place.zh} 的泄漏`, `Find and shut the leak at ${alarm.place.en}`) }
      : { id: `equipment/${alarm.equipment}`, text: text(`处置 ${alarm.place.zh} 的报警`, `Deal with the alarms of ${alarm.place.en}`) },
  };
};

const SPEAKING = new Set(['unacknowledged', 'acknowledged', 'returned', 'latched']);

type Protection = keyof Protections;
const PROTECTIONS: Readonly<Record<Protection, Text>> = { deluge: text('固定喷淋', 'deluge'), fireproofing: text('耐火层', 'fireproofing'), relief: text('安全阀', 'relief'), isolation: text('紧急切断', 'emergency shut-off'), depressurising: text('紧急泄压', 'depressurising') };

const protectionFindings = ({ unsupplied }: ZoneFacts): readonly Finding[] =>
  [...Map.groupBy(unsupplied, ({ kind }) => kind)].map(([kind, out]) => {
    const { zh, en } = PROTECTIONS[kind];
    return {
      factor: 'machine',
      weight: Math.min(20, 8 + 2 * out.length),
      text: text(`${out.length} 台设备的${zh}不可用`, `No working ${en} on ${out.length === 1 ? 'one vessel' : `${out.length} vessels`}`),
      evidence: [...new Set(out.flatMap(({ tags }) => tags))].slice(0, 5).map((id) => ({ kind: 'tag', id, value: 'out' })),
      remedy: { id: `protection/${kind}`, text: text(`恢复${zh}`, `Restore the ${en}`) },
    };
  });

const machineFindings = (facts: ZoneFacts): readonly Finding[] => {
  const { alarms, assets, blind } = facts;
  // High and high-high of one tag are one thing wrong: the worse of them counts.
  const worstOfTags = [...Map.groupBy(alarms.filter((alarm) => SPEAKING.has(alarm.state)), (alarm) => alarm.tag).values()].map((same) => same.map(alarmFinding).toSorted((a, b) => b.weight - a.weight)[0]!);
  const fromAssets = assets.flatMap((asset): Finding[] => {
    if (asset.state === 'no-data' || asset.state === 'warming-up' || asset.state === 'healthy') return [];
    const evidence = [{ kind: 'equipment' as const, id: asset.equipment, value: `P50 ${asset.p50Days.toFixed(1)} d` }, ...asset.drivers.slice(0, 2).map((driver) => ({ kind: 'tag' as const, id: driver.tag, value: driver.text.en }))];
    return [{ factor: 'machine', weight: 6 + 34 * asset.failureWithin.d15, text: text(`${asset.name.zh} 劣化,预计剩余 ${asset.p50Days.toFixed(0)} 天`, `${asset.name.en} wears: about ${asset.p50Days.toFixed(0)} days left`), evidence, remedy: { id: `equipment/${asset.equipment}`, text: text(`提前检修 ${asset.name.zh}`, `Bring the repair of ${asset.name.en} forward`) } }];
  });
  const count = blind.detectors.length;
  const fromDetectors: Finding[] = count === 0 ? [] : [{ factor: 'machine', weight: Math.min(30, 5 * count), text: text(`${count} 台探测器无有效数据`, `${count} detectors give no usable value`), evidence: blind.detectors.slice(0, 5).map((id) => ({ kind: 'tag', id, value: 'stale' })), remedy: { id: 'instruments', text: text('恢复失效的仪表与探测器', 'Restore the failed instruments and detectors') } }];
  const share = blind.tags === 0 ? 0 : blind.others.length / blind.tags;
  const fromTags: Finding[] = share <= 0.05 ? [] : [{ factor: 'machine', weight: Math.min(20, 25 * share), text: text(`${blind.others.length} 个仪表数据失效`, `${blind.others.length} instruments give no usable value`), evidence: blind.others.slice(0, 5).map((id) => ({ kind: 'tag', id, value: 'stale' })), remedy: { id: 'instruments', text: text('恢复失效的仪表与探测器', 'Restore the failed instruments and detectors') } }];
  return [...worstOfTags, ...fromAssets, ...fromDetectors, ...fromTags, ...protectionFindings(facts)];
};

const CAMERA: Readonly<Record<CameraEvent['kind'], { readonly factor: 'people' | 'environment'; readonly weight: number }>> = {
  'no-helmet': { factor: 'people', weight: 6 },
  'no-vest': { factor: 'people', weight: 3 },
  intrusion: { factor: 'people', weight: 15 },
  climbing: { factor: 'people', weight: 10 },
  fall: { factor: 'people', weight: 25 },
  smoke: { factor: 'environment', weight: 40 },
  fire: { factor: 'environment', weight: 60 },
};

const environmentFindings = ({ zone, weather, permits }: ZoneFacts): readonly Finding[] => {
  const { windSpeed, temperatureC, rain } = weather;
  const exposed = permits.some((permit) => permit.state === 'active' && (permit.kind === 'lifting' || permit.kind === 'work-at-height'));
  const findings: Finding[] = [];
  const add = (id: string, value: string, finding: { readonly weight: number; readonly what: Text; readonly remedy: Text }): void => void findings.push({ factor: 'environment', weight: finding.weight, text: finding.what, evidence: [{ kind: 'weather', id, value }], remedy: { id: `weather/${id}`, text: finding.remedy } });
  // Force 6 (10.8 m/s) stops lifting and work at height in the open (GB 30871-2022 §8, §9).
  if (windSpeed >= 10.8) add('wind', `${windSpeed.toFixed(1)} m/s`, { weight: (windSpeed >= 17.2 ? 12 : 6) * (exposed ? 2.5 : 1), what: text(`大风 ${windSpeed.toFixed(1)} m/s`, `Strong wind ${windSpeed.toFixed(1)} m/s`), remedy: text('停止露天吊装与高处作业', 'Stop lifting and work at height in the open') });
  if (windSpeed < 1 && (zone.holdsToxic || zone.holdsFlammable)) add('wind', `${windSpeed.toFixed(1)} m/s`, { weight: 3, what: text('静风,泄漏不易扩散', 'Calm: a leak would not disperse'), remedy: text('静风期间暂停装卸与开口作业', 'Hold loading and open work while it is calm') });
  if (temperatureC >= 35) add('temperature', `${temperatureC.toFixed(1)} Cel`, { weight: temperatureC >= 40 ? 10 : 4, what: text(`高温 ${temperatureC.toFixed(0)} ℃`, `Heat ${temperatureC.toFixed(0)} °C`), remedy: text('错峰作业,开喷淋降温', 'Shift work out of the heat; start cooling sprays') });
  if (temperatureC <= -10) add('temperature', `${temperatureC.toFixed(1)} Cel`, { weight: 4, what: text(`低温 ${temperatureC.toFixed(0)} ℃`, `Frost ${temperatureC.toFixed(0)} °C`), remedy: text('检查伴热与防冻', 'Check heat tracing and frost protection') });
  if (rain >= 8) add('rain', `${rain.toFixed(1)} mm/h`, { weight: rain >= 16 ? 8 : 4, what: text(`大雨 ${rain.toFixed(0)} mm/h`, `Heavy rain ${rain.toFixed(0)} mm/h`), remedy: text('检查雨排与浮顶排水', 'Check storm drains and roof drains') });
  return findings;
};

/** More people than this in a zone of major or considerable grade is a gathering (「现场不超过 9 人」). */
const GATHERING = 9;

const peopleFindings = ({ zone, people, cameras, unqualified }: ZoneFacts): readonly Finding[] => {
  const fromCameras = [...Map.groupBy(cameras, (event) => event.kind)].map(([kind, events]): Finding => {
    const { factor, weight } = CAMERA[kind];
    return { factor, weight: weight * (1 + 0.5 * Math.min(3, events.length - 1)), text: events[0]!.text, evidence: events.slice(0, 5).map((event) => ({ kind: 'camera', id: event.camera, value: `${event.kind} × ${event.count}` })), remedy: { id: `camera/${kind}`, text: text(`现场纠正:${events[0]!.text.zh}`, `Put right on site: ${events[0]!.text.en}`) } };
  });
  const limit = zone.grade === 'major' || zone.grade === 'considerable' ? GATHERING : Infinity;
  const excess = Math.max(0, people.count - Math.min(limit, Math.max(6, 2 * people.usual)));
  const gathering: Finding[] = excess <= 0 ? [] : [{ factor: 'people', weight: Math.min(20, 2 * excess), text: text(`区域内 ${people.count} 人,多于平常`, `${people.count} people in the zone, more than usual`), evidence: [{ kind: 'person', id: zone.id, value: `${people.count} (${people.usual.toFixed(0)})` }], remedy: { id: 'gathering', text: text('疏散无关人员', 'Send people without a task away') } }];
  const strained = people.strained.map((person): Finding => ({ factor: 'people', weight: 8, text: text(`${person.name} 心率异常 ${person.heartRate.toFixed(0)}`, `${person.name}: heart rate ${person.heartRate.toFixed(0)}`), evidence: [{ kind: 'person', id: person.id, value: `${person.heartRate.toFixed(0)} /min` }], remedy: { id: `person/${person.id}`, text: text(`联系并替换 ${person.name}`, `Call ${person.name} and relieve them`) } }));
  const expired = unqualified.map((person): Finding => ({ factor: 'people', weight: 12, text: text(`${person.name} 的${person.kind}资质已过期,仍在作业`, `${person.name} works although the qualification "${person.kind}" has run out`), evidence: [{ kind: 'person', id: person.person, value: person.kind }], remedy: { id: `person/${person.person}`, text: text(`将 ${person.name} 撤出作业`, `Take ${person.name} off the work`) } }));
  return [...fromCameras, ...gathering, ...strained, ...expired];
};

/** GB 30871-2022: special, first and second level where it grades the work. */
const PERMIT: Readonly<Record<PermitRow['kind'], number>> = { 'hot-work': 8, 'confined-space': 10, 'blind-plate': 6, 'work-at-height': 5, lifting: 7, 'temporary-power': 4, excavation: 4, 'road-closure': 2 };
const LEVEL = { special: 2.2, first: 1.5, second: 1 } as const;

const managementFindings = ({ now, zone, permits, hazards, overdue, alarms }: ZoneFacts): readonly Finding[] => {
  const active = permits.filter((permit) => permit.state === 'active');
  const fromPermits = active.map((permit): Finding => ({
    factor: 'management',
    weight: PERMIT[permit.kind] * LEVEL[permit.level] * (permit.kind === 'hot-work' && zone.holdsFlammable ? 1.5 : 1),
    text: text(`作业中:${permit.title.zh}`, `Work going on: ${permit.title.en}`),
    evidence: [{ kind: 'permit', id: permit.id, value: `${permit.kind}, ${permit.level}` }],
    remedy: { id: `permit/${permit.id}`, text: text(`暂停作业票 ${permit.id}`, `Suspend permit ${permit.id}`) },
  }));
  const crossing: Finding[] = new Set(active.map((permit) => permit.kind)).size < 2 ? [] : [{ factor: 'management', weight: 5, text: text('不同作业交叉进行', 'Different works cross'), evidence: active.slice(0, 5).map((permit) => ({ kind: 'permit', id: permit.id, value: permit.kind })), remedy: { id: 'crossing', text: text('错开交叉作业时间', 'Separate the works in time') } }];
  const open = hazards.filter((hazard) => hazard.state !== 'closed');
  const fromHazards = open.map((hazard): Finding => ({
    factor: 'management',
    // Put right but not yet verified: half.
    weight: (hazard.grade === 'major' ? 20 : 6) * (hazard.overdue ? 1.5 : 1) * (hazard.state === 'rectified' ? 0.5 : 1),
    text: text(`隐患:${hazard.title.zh}`, `Open hazard: ${hazard.title.en}`),
    evidence: [{ kind: 'hazard', id: hazard.id, value: hazard.overdue ? 'overdue' : hazard.state }],
    remedy: { id: `hazard/${hazard.id}`, text: text(`整改并销号隐患 ${hazard.id}`, `Rectify and close hazard ${hazard.id}`) },
  }));
  const fromInspections = overdue.map((inspection): Finding => {
    const days = Math.max(0, (now - inspection.due) / DAY);
    return { factor: 'management', weight: 4 + Math.min(6, 0.3 * days), text: text(`检验逾期 ${days.toFixed(0)} 天:${inspection.title.zh}`, `Inspection ${days.toFixed(0)} days overdue: ${inspection.title.en}`), evidence: [{ kind: 'inspection', id: inspection.id, value: `${days.toFixed(1)} d` }], remedy: { id: `inspection/${inspection.id}`, text: text(`完成检验 ${inspection.id}`, `Do inspection ${inspection.id}`) } };
  });
  const hidden = alarms.filter((alarm) => alarm.state === 'shelved' || alarm.state === 'out-of-service');
  const fromHidden: Finding[] = hidden.length === 0 ? [] : [{ factor: 'management', weight: Math.min(12, 3 * hidden.length), text: text(`${hidden.length} 条报警被搁置或停用`, `${hidden.length} alarms shelved or out of service`), evidence: hidden.slice(0, 5).map((alarm) => ({ kind: 'alarm', id: alarm.id, value: alarm.state })), remedy: { id: 'shelved', text: text('恢复被搁置的报警', 'Put shelved alarms back') } }];
  return [...fromPermits, ...crossing, ...fromHazards, ...fromInspections, ...fromHidden];
};
