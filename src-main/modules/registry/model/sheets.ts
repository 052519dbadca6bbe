import type { ModelKind } from '../../../../src-shared/contract/index.ts';
import { ucumFor, type Language, type Text } from '../../../../src-shared/kernel/index.ts';
import { ALARM_WORDS, AlarmSetting, Equipment, EQUIPMENT_WORDS, Person, PlantDocument, RecordsFile, SUBSTANCE_WORDS, Tag, TAG_WORDS, WALK_EDGE_WORDS, WALK_NODE_WORDS, WalkEdge, WalkNode } from '../../../../src-shared/plant/index.ts';
import type { z } from 'zod';
import { readSupply, writeSupply } from './supplyCell.ts';

/** How the text of a cell becomes the value of a field. `number` takes thousands separators; `unit` takes what people write for UCUM; `date` takes a day of the plant's calendar, `supply` what a protection needs. */
type CellKind = 'text' | 'number' | 'unit' | 'boolean' | 'date' | 'supply';
export type Column = {
  /** Name of the field, as previews and histories show it. */
  readonly field: string;
  /** Where it lies in the entity. */
  readonly path: readonly (string | number)[];
  readonly cell: CellKind;
  readonly title: { readonly zh: string; readonly en: string };
  /** Other headers under which it is known. */
  readonly also?: readonly string[];
  /** Words that stand for values: 压力 for `pressure`. */
  readonly words?: Readonly<Record<string, string>>;
  /** A missing one takes the text of this field: names that are given in one language only. */
  readonly like?: string;
};
export type Sheet = {
  readonly title: { readonly zh: string; readonly en: string };
  readonly columns: readonly Column[];
  /** Fields that make the id; in a file they must be there. */
  readonly key: readonly string[];
  /** Judges the whole entity. */
  readonly schema: z.ZodType;
  /** A filled row for the template. */
  readonly example: Readonly<Record<string, string>>;
};

const column = (field: string, zh: string, en: string, rest: Partial<Omit<Column, 'field' | 'title'>> = {}): Column => ({ field, path: field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)), cell: 'text', title: { zh, en }, ...rest });
const name = (zh: string, en: string, field = 'name'): readonly Column[] => [
  column(`${field}.zh`, zh, `${en} (zh)`, { also: [`${zh}(中文)`, `${zh}中文`, `中文${zh}`, en] }),
  column(`${field}.en`, `英文${zh}`, `${en} (en)`, { also: [`${zh}(英文)`, `${zh}英文`, `english ${en}`], like: `${field}.zh` }),
];
const number = { cell: 'number' } as const;

/** The words of screens for values, and others that people write for them. */
const wordsFor = <Value extends string>(words: Readonly<Record<Value, Text>>, also: Readonly<Record<string, Value>> = {}): Readonly<Record<string, Value>> => ({ ...Object.fromEntries(Object.entries<Text>(words).flatMap(([value, { zh, en }]) => [[zh, value], [en, value]])) as Record<string, Value>, ...also });
const TAG_KINDS = wordsFor(TAG_WORDS, { 料位: 'level', 阀位: 'position', 开关量: 'state', 可燃气体: 'gas', 有毒气体: 'gas', 烟感: 'smoke' });
const EQUIPMENT_KINDS = wordsFor(EQUIPMENT_WORDS, { 卧罐: 'horizontal-vessel', 凉水塔: 'cooling-tower', 反应釜: 'reactor', 钢瓶架: 'cylinder-rack', 鹤管: 'loading-arm', 阀门: 'valve', 配电柜: 'panel', 气象杆: 'mast', 探测器支架: 'detector-post', 其他: 'other' });
const SUBSTANCES = wordsFor(SUBSTANCE_WORDS, { 液氨: 'ammonia', 液氯: 'chlorine', 天然气: 'methane', 液化气: 'lpg', 氢气: 'hydrogen', 氮气: 'nitrogen' });
const ALARM_KINDS = wordsFor(ALARM_WORDS, { 高高: 'HIHI', HH: 'HIHI', 高: 'HI', H: 'HI', 低: 'LO', L: 'LO', 低低: 'LOLO', LL: 'LOLO', 状态: 'DISCRETE' });
const PRIORITIES = { 紧急: '1', 高: '2', 中: '3', 低: '4' };

const NODE_KINDS = wordsFor(WALK_NODE_WORDS);
const WAY_KINDS = wordsFor(WALK_EDGE_WORDS);

const { qualifications } = RecordsFile.shape;

export const SHEETS: Readonly<Record<ModelKind, Sheet>> = {
  tag: {
    title: { zh: '测点', en: 'Tags' },
    key: ['id'],
    columns: [
      column('id', '位号', 'Tag', { also: ['测点', '点位', '位号编号', 'tag id', 'tagname', 'tag name'] }),
      ...name('名称', 'Name'),
      column('equipment', '设备编号', 'Equipment', { also: ['设备', '设备位号', 'equipment id'] }),
      column('kind', '测量类型', 'Kind', { also: ['类型', 'type', '参数类型'], words: TAG_KINDS }),
      column('unit', '单位', 'Unit', { cell: 'unit', also: ['工程单位', '计量单位', 'eu', 'engineering unit', 'units'] }),
      column('range.0', '量程下限', 'Range low', { ...number, also: ['量程低', '下量程', 'eu low', 'low range'] }),
      column('range.1', '量程上限', 'Range high', { ...number, also: ['量程高', '上量程', 'eu high', 'high range'] }),
      column('normal.0', '正常下限', 'Normal low', { ...number, also: ['正常值下限'] }),
      column('normal.1', '正常上限', 'Normal high', { ...number, also: ['正常值上限'] }),
      column('decimals', '小数位', 'Decimals', { ...number, also: ['小数位数'] }),
    ],
    schema: Tag.omit({ alarms: true }),
    example: { id: 'PT-1001', 'name.zh': '1#储罐压力', 'name.en': 'Tank 1 pressure', equipment: 'TK-1001', kind: '压力', unit: 'MPa', 'range.0': '0', 'range.1': '2.5', 'normal.0': '0.8', 'normal.1': '1.2', decimals: '2' },
  },
  equipment: {
    title: { zh: '设备', en: 'Equipment' },
    key: ['id'],
    columns: [
      column('id', '设备编号', 'Equipment', { also: ['设备位号', '设备', 'equipment id', 'id'] }),
      ...name('名称', 'Name'),
      column('unit', '装置', 'Unit', { also: ['单元', '装置编号', '单元编号', 'unit id'] }),
      column('zone', '区域', 'Zone', { also: ['风险区', '区域编号', 'zone id'] }),
      column('kind', '设备类型', 'Kind', { also: ['类型', 'type'], words: EQUIPMENT_KINDS }),
      column('position.0', 'X', 'X', { ...number, also: ['x坐标', 'x(m)'] }),
      column('position.1', 'Y', 'Y', { ...number, also: ['y坐标', 'y(m)'] }),
      column('position.2', 'Z', 'Z', { ...number, also: ['标高', 'z坐标', 'z(m)'] }),
      column('heading', '朝向', 'Heading', { ...number }),
      column('size.0', '长', 'Length', { ...number, also: ['长度', '长(m)'] }),
      column('size.1', '宽', 'Width', { ...number, also: ['宽度', '宽(m)'] }),
      column('size.2', '高', 'Height', { ...number, also: ['高度', '高(m)'] }),
      column('substance', '介质', 'Substance', { also: ['物料'], words: SUBSTANCES }),
      column('inventory.capacityKg', '最大存量', 'Capacity', { ...number, also: ['最大存量(kg)', '容量(kg)', 'capacity (kg)'] }),
      column('inventory.levelTag', '液位位号', 'Level tag'),
      column('inventory.pressurePa', '储存压力', 'Storage pressure', { ...number, also: ['储存压力(pa)', 'storage pressure (pa)'] }),
      column('inventory.temperatureK', '储存温度', 'Storage temperature', { ...number, also: ['储存温度(k)', 'storage temperature (k)'] }),
      column('protections.deluge.rateLMinM2', '喷淋强度', 'Deluge rate', { ...number, also: ['喷淋强度(l/(min·m2))', 'deluge rate (l/(min·m2))'] }),
      column('protections.deluge.supply', '喷淋供水', 'Deluge supply', { cell: 'supply' }),
      column('protections.fireproofing.minutes', '耐火极限', 'Fireproofing', { ...number, also: ['耐火极限(min)', 'fireproofing (min)'] }),
      column('protections.relief.supply', '火灾泄压阀', 'Fire relief', { cell: 'supply', also: ['安全阀'] }),
      column('protections.isolation.closesWithinS', '紧急切断', 'Shut-off closes within', { ...number, also: ['紧急切断(s)', '切断时间', 'shut-off closes within (s)'] }),
      column('protections.isolation.supply', '切断条件', 'Shut-off supply', { cell: 'supply' }),
      column('protections.depressurising.minutes', '紧急泄放', 'Depressurised within', { ...number, also: ['紧急泄放(min)', 'depressurised within (min)'] }),
      column('protections.depressurising.supply', '泄放条件', 'Depressurising supply', { cell: 'supply' }),
    ],
    schema: Equipment.omit({ documents: true }),
    example: { id: 'TK-1001', 'name.zh': '1#储罐', 'name.en': 'Tank 1', unit: 'U1', zone: 'Z1', kind: '储罐', 'position.0': '120', 'position.1': '80', 'position.2': '0', heading: '0', 'size.0': '10', 'size.1': '10', 'size.2': '12', substance: '甲醇', 'inventory.capacityKg': '600,000', 'inventory.levelTag': '', 'inventory.pressurePa': '101325', 'inventory.temperatureK': '298', 'protections.deluge.rateLMinM2': '2.5', 'protections.deluge.supply': 'LT-9001|LT-9002 >= 60; PT-9001 >= 0.7', 'protections.relief.supply': '是' },
  },
  limit: {
    title: { zh: '报警限', en: 'Alarm limits' },
    key: ['tag', 'kind'],
    columns: [
      column('tag', '位号', 'Tag', { also: ['测点', 'tag id'] }),
      column('kind', '报警类型', 'Alarm', { also: ['报警', 'kind', '报警种类', 'alarm type'], words: ALARM_KINDS }),
      column('limit', '限值', 'Limit', { ...number, also: ['报警值', '设定值', 'setpoint'] }),
      column('deadband', '死区', 'Deadband', { ...number, also: ['回差'] }),
      column('onDelayS', '报警延时', 'On delay', { ...number, also: ['延时报警', '报警延时(s)', 'on delay (s)'] }),
      column('offDelayS', '恢复延时', 'Off delay', { ...number, also: ['延时恢复', '恢复延时(s)', 'off delay (s)'] }),
      column('priority', '优先级', 'Priority', { ...number, also: ['级别'], words: PRIORITIES }),
      column('latched', '闭锁', 'Latched', { cell: 'boolean', also: ['锁存'] }),
      ...name('报警文字', 'Message', 'message'),
      ...name('可能原因', 'Cause', 'cause'),
      ...name('后果', 'Consequence', 'consequence'),
      ...name('处置措施', 'Action', 'action'),
      column('respondWithinS', '响应时限', 'Respond within', { ...number, also: ['响应时限(s)', 'respond within (s)'] }),
    ],
    schema: AlarmSetting.extend({ tag: Tag.shape.id }),
    example: { tag: 'PT-1001', kind: '高限', limit: '1.5', deadband: '0.05', onDelayS: '5', offDelayS: '5', priority: '2', latched: '否', 'message.zh': '1#储罐压力高', 'message.en': 'Tank 1 pressure high', 'cause.zh': '进料过快', 'cause.en': 'Filling too fast', 'consequence.zh': '安全阀起跳', 'consequence.en': 'Relief valve lifts', 'action.zh': '停止进料', 'action.en': 'Stop filling', respondWithinS: '600' },
  },
  person: {
    title: { zh: '人员', en: 'People' },
    key: ['id'],
    columns: [
      column('id', '工号', 'Person', { also: ['人员编号', '编号', '员工编号', 'person id', 'employee id'] }),
      column('name', '姓名', 'Name'),
      ...name('岗位', 'Role', 'role'),
      ...name('班组', 'Team', 'team'),
      column('wearable', '定位卡号', 'Wearable', { also: ['定位卡', '穿戴设备', '卡号', 'wearable id'] }),
    ],
    schema: Person,
    example: { id: 'P-1001', name: '王建国', 'role.zh': '外操', 'role.en': 'Field operator', 'team.zh': '甲班', 'team.en': 'Shift A', wearable: 'WB-1001' },
  },
  qualification: {
    title: { zh: '资质', en: 'Qualifications' },
    key: ['person', 'kind'],
    columns: [
      column('person', '工号', 'Person', { also: ['人员编号', '员工编号', 'person id'] }),
      column('kind', '资质', 'Qualification', { also: ['证书', '资质类别', '证书名称', 'kind', '作业类别'] }),
      column('validTo', '有效期至', 'Valid to', { cell: 'date', also: ['有效期', '到期日期', '到期日', 'expires'] }),
    ],
    schema: qualifications.unwrap().element,
    example: { person: 'P-1001', kind: '焊接与热切割作业', validTo: '2027-06-30' },
  },
  document: {
    title: { zh: '设备资料', en: 'Documents' },
    key: ['equipment', 'href'],
    columns: [column('equipment', '设备编号', 'Equipment', { also: ['设备', '设备位号', 'equipment id'] }), ...name('资料名称', 'Title', 'title'), column('href', '链接', 'Link', { also: ['地址', 'url', '网址'] })],
    schema: PlantDocument.extend({ equipment: Equipment.shape.id }),
    example: { equipment: 'TK-1001', 'title.zh': '储罐竣工图', 'title.en': 'As-built drawing', href: 'http://docs.example/tk-1001.pdf' },
  },
  'walk-node': {
    title: { zh: '通道节点', en: 'Walkway nodes' },
    key: ['id'],
    columns: [
      column('id', '节点编号', 'Node', { also: ['节点', 'node id'] }),
      column('kind', '节点类型', 'Node kind', { words: NODE_KINDS }),
      column('position.0', 'X', 'X', { ...number, also: ['x坐标', 'x(m)'] }),
      column('position.1', 'Y', 'Y', { ...number, also: ['y坐标', 'y(m)'] }),
    ],
    schema: WalkNode,
    example: { id: 'N-1001', kind: '路口', 'position.0': '120', 'position.1': '80' },
  },
  'walk-edge': {
    title: { zh: '通道', en: 'Walkways' },
    key: ['id'],
    columns: [
      column('id', '通道编号', 'Way', { also: ['通道', 'edge', 'edge id', 'way id'] }),
      column('from', '起点', 'From', { also: ['起点节点'] }),
      column('to', '终点', 'To', { also: ['终点节点'] }),
      column('width', '净宽', 'Clear width', { ...number, also: ['净宽(m)', '宽度(m)', 'width (m)'] }),
      column('kind', '通道类型', 'Way kind', { words: WAY_KINDS }),
      column('blocked', '封堵', 'Blocked', { cell: 'boolean', also: ['封闭', '不可通行'] }),
    ],
    schema: WalkEdge,
    example: { id: 'W-1001', from: 'N-1001', to: 'N-1002', width: '1.5', kind: '人行道', blocked: '否' },
  },
};

/** The id of whatever a row speaks of. */
export const idOf = (kind: ModelKind, entity: Readonly<Record<string, unknown>>): string => SHEETS[kind].key.map((field) => written(entity[field])).join('/');

/** What a field of an entity holds, as a sheet writes it. */
export const shown = (entity: unknown, { path, cell }: Column): string => {
  const value = path.reduce<unknown>((inner, part) => (typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string | number, unknown>>)[part] : undefined), entity);
  return cell === 'supply' && Array.isArray(value) ? writeSupply(value as Parameters<typeof writeSupply>[0]) : written(value);
};
const written = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '');

/** The words of a header, an enum or a cell without what does not matter: width, case, spaces and brackets. */
export const folded = (words: string): string => words.normalize('NFKC').toLowerCase().replaceAll(/[\s_*:]/g, '').replaceAll('（', '(').replaceAll('）', ')');

/** `+08:00`, as a time zone stands to UTC at a moment. */
const offsetOf = (at: number, timeZone: string): string => /[+-]\d\d:\d\d/.exec(new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).format(at))?.[0] ?? 'Z';

/** The header of a sheet in one language. */
export const headerOf = (kind: ModelKind, language: Language): string[] => SHEETS[kind].columns.map(({ title }) => title[language]);

/** The text of a cell as the raw value of its field, or why it is none. */
export const readCell = (written: string, { cell, words }: Column, timeZone = 'UTC'): { readonly value: unknown } | { readonly wrong: { readonly zh: string; readonly en: string } } => {
  const plain = written.normalize('NFKC').trim();
  const word = words === undefined ? undefined : (Object.hasOwn(words, plain) ? words[plain] : undefined) ?? Object.entries(words).find(([known]) => folded(known) === folded(plain))?.[1];
  const asked = word ?? plain;
  switch (cell) {
    case 'number': {
      const digits = asked.replaceAll(/\s/g, '');
      // 1,234,567.8 is one number; 1,5 could be two things and is none.
      const joined = /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits) ? digits.replaceAll(',', '') : digits;
      return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(joined) ? { value: Number(joined) } : { wrong: { zh: `“${written}”不是数字`, en: `"${written}" is no number` } };
    }
    case 'unit': {
      const code = ucumFor(written);
      return code === null ? { wrong: { zh: `未知的计量单位“${written}”（应为 UCUM，如 MPa、Cel、m3/h、%）`, en: `unknown unit "${written}" (UCUM is expected: MPa, Cel, m3/h, %)` } } : { value: code };
    }
    case 'boolean': {
      const known = { true: true, yes: true, y: true, '1': true, 是: true, false: false, no: false, n: false, '0': false, 否: false }[plain.toLowerCase()];
      return known === undefined ? { wrong: { zh: `应为“是”或“否”，不是“${written}”`, en: `must be yes or no, not "${written}"` } } : { value: known };
    }
    case 'supply': {
      const supply = readSupply(plain);
      return supply === null ? { wrong: { zh: `“${written}”不是供给条件（应如 LT-1|LT-2 >= 60; PT-1 >= 0.7，无监测位号时写“是”）`, en: `"${written}" is no supply (like LT-1|LT-2 >= 60; PT-1 >= 0.7, or yes where no tag watches it)` } } : { value: supply };
    }
    case 'date': {
      const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain) ?? [];
      if (year !== undefined) {
        const date = `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`;
        const at = Date.parse(`${date}T23:59:59Z`);
        // Valid to the end of that day where the plant stands.
        if (!Number.isNaN(at) && new Date(at).getUTCDate() === Number(day)) return { value: `${date}T23:59:59${offsetOf(at, timeZone)}` };
        return { wrong: { zh: `没有“${written}”这一天`, en: `there is no day "${written}"` } };
      }
      return /^([+-]\d+(\.\d+)?[dhm]|\d{4}-\d{2}-\d{2}T.*)$/.test(plain) ? { value: plain } : { wrong: { zh: `“${written}”不是日期（应如 2027-06-30）`, en: `"${written}" is no date (like 2027-06-30)` } };
    }
    case 'text':
      return { value: word ?? written.trim() };
  }
};
