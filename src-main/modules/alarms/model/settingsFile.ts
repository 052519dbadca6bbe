import type { AlarmSettingsRow } from '../../../../src-shared/contract/index.ts';
import { printCsv, readCsv, text, type Text } from '../../../../src-shared/kernel/index.ts';
import { alarmProblems, AlarmSetting, type KnownNames, type Tag } from '../../../../src-shared/plant/index.ts';

/** Alarms of the master alarm database by id, `TAG/KIND`. */
export type Settings = ReadonlyMap<string, AlarmSetting>;
/** A file read against the settings of now: what each row does, and the settings it asks for; none while any row is wrong. */
export type SettingsFile = { readonly rows: readonly AlarmSettingsRow[]; readonly asked: Settings };

type Words = 'message' | 'cause' | 'consequence' | 'action' | 'basis';
const NUMBERS = ['limit', 'deadband', 'onDelayS', 'offDelayS', 'priority', 'respondWithinS', 'times', 'withinS'] as const;
/** Fields of one plain text, empty for none. */
const PLAIN = ['setpoint', 'group', 'suppressWhen', 'class', 'reviewedOn'] as const;
const WORDS: readonly Words[] = ['message', 'cause', 'consequence', 'action', 'basis'];
/** `tag` and `kind` name the alarm; name and unit are there for whoever reads the file and are not read back. */
const FIELDS: readonly string[] = [...NUMBERS.slice(0, 5), 'latched', 'respondWithinS', 'times', 'withinS', ...PLAIN, ...WORDS.flatMap((word) => [`${word}.zh`, `${word}.en`])];
/** What a file of an earlier version does not have: taken as it is in force. */
const ADDED: ReadonlySet<string> = new Set(['times', 'withinS', ...PLAIN, 'basis.zh', 'basis.en']);
const HEADER: readonly string[] = ['tag', 'kind', 'name.zh', 'name.en', 'unit', ...FIELDS];

const NOT_NEGATIVE = text('不小于 0 的数字', 'a number not below 0');
const RULES: Readonly<Record<string, Text>> = { deadband: NOT_NEGATIVE, onDelayS: NOT_NEGATIVE, offDelayS: NOT_NEGATIVE, priority: text('1、2、3 或 4', '1, 2, 3 or 4'), latched: text('true 或 false', 'true or false'), respondWithinS: text('大于 0 的秒数，或留空', 'seconds above 0, or empty'), times: text('2 至 1000 的整数，或留空', 'an integer from 2 to 1000, or empty'), withinS: text('大于 0 的秒数，或留空', 'seconds above 0, or empty'), class: text('safety、environment、equipment 或 production，或留空', 'safety, environment, equipment or production, or empty'), reviewedOn: text('日期，如 2026-05-12，或留空', 'a date such as 2026-05-12, or empty'), setpoint: text('位号，或留空', 'a tag, or empty'), group: text('不超过 40 个字符', 'at most 40 characters'), suppressWhen: text('不超过 200 个字符', 'at most 200 characters') };

/** All alarms of the plant, a row each. */
export const printSettings = (tags: readonly Tag[]): string =>
  printCsv([HEADER, ...tags.flatMap((tag) => tag.alarms.map((setting) => [tag.id, setting.kind, tag.name.zh, tag.name.en, tag.unit, ...FIELDS.map((field) => shown(setting, field))]))]);

/** Reads a file. Every fault names its row and field. */
export const readSettings = (csv: string, tags: readonly Tag[], known: KnownNames): SettingsFile => {
  const [header, ...lines] = readCsv(csv);
  const missing = HEADER.filter((name) => !header?.fields.includes(name) && !ADDED.has(name) && !name.startsWith('name.') && name !== 'unit');
  if (header === undefined || missing.length > 0) return { rows: [{ line: 1, alarm: '', changes: [], problems: missing.map((field) => ({ field, text: text('缺少此列', 'this column is missing') })) }], asked: new Map() };
  const tagOf = new Map(tags.map((tag) => [tag.id, tag]));
  const place = new Map(header.fields.map((name, index) => [name, index]));
  const seen = new Map<string, number>();
  const read = lines.map(({ line, fields }) => {
    const stated = (name: string) => (fields[place.get(name) ?? -1] ?? '').trim();
    const alarm = `${stated('tag')}/${stated('kind')}`;
    const tag = tagOf.get(stated('tag'));
    const before = tag?.alarms.find(({ kind }) => kind === stated('kind'));
    const of = (name: string) => (ADDED.has(name) && !place.has(name) && before !== undefined ? shown(before, name) : stated(name));
    const problems: { field: string; text: Text }[] = [];
    if (tag === undefined) problems.push({ field: 'tag', text: text(`厂区模型没有位号 ${of('tag')}`, `the plant model has no tag ${of('tag')}`) });
    else if (before === undefined) problems.push({ field: 'kind', text: text(`位号没有 ${of('kind')} 报警`, `the tag has no ${of('kind')} alarm`) });
    const twice = seen.get(alarm);
    if (twice !== undefined) problems.push({ field: 'tag', text: text(`与第 ${twice} 行重复`, `the same alarm as in line ${twice}`) });
    seen.set(alarm, line);
    if (tag === undefined || before === undefined || problems.length > 0) return { line, alarm, tag: undefined, before: undefined, after: undefined, problems };
    const after = settingOf(of, problems);
    return { line, alarm, tag, before, after, problems };
  });
  const asked = new Map(read.flatMap(({ alarm, after, problems }) => (after === undefined || problems.length > 0 ? [] : [[alarm, after] as const])));
  // The alarms of a tag must fit each other as they will stand together, those that the file does not name included.
  for (const tag of new Set(read.flatMap((row) => (row.tag !== undefined && asked.has(row.alarm) ? [row.tag] : [])))) {
    const together = tag.alarms.map((setting) => asked.get(`${tag.id}/${setting.kind}`) ?? setting);
    for (const problem of alarmProblems(tag, together, known)) {
      const own = read.find(({ alarm }) => alarm === `${tag.id}/${together[problem.index]?.kind ?? ''}`) ?? read.find((row) => row.tag === tag);
      own?.problems.push({ field: problem.field, text: problem.text });
    }
  }
  const rows = read.map(({ line, alarm, before, after, problems }): AlarmSettingsRow => ({ line, alarm, changes: before === undefined || after === undefined ? [] : changesOf(before, after), problems }));
  return { rows, asked: rows.some(({ problems }) => problems.length > 0) ? new Map() : asked };
};

/** The fields in which two settings differ, as the file writes them. */
export const changesOf = (before: AlarmSetting, after: AlarmSetting): AlarmSettingsRow['changes'] =>
  FIELDS.flatMap((field) => (shown(before, field) === shown(after, field) ? [] : [{ field, before: shown(before, field), after: shown(after, field) }]));

const shown = (setting: AlarmSetting, field: string): string => {
  const [name = '', language] = field.split('.');
  if (language === 'zh' || language === 'en') return setting[name as Words]?.[language] ?? '';
  return String(setting[name as (typeof NUMBERS)[number] | (typeof PLAIN)[number] | 'latched'] ?? '');
};

const settingOf = (of: (name: string) => string, problems: { field: string; text: Text }[]): AlarmSetting | undefined => {
  const numbers = NUMBERS.flatMap((name) => (of(name) === '' ? [] : [[name, /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(of(name)) ? Number(of(name)) : of(name)] as const]));
  const words = WORDS.flatMap((name) => (of(`${name}.zh`) === '' && of(`${name}.en`) === '' ? [] : [[name, { zh: of(`${name}.zh`), en: of(`${name}.en`) }] as const]));
  for (const [name, both] of words) for (const language of ['zh', 'en'] as const) if (both[language] === '') problems.push({ field: `${name}.${language}`, text: text('两种语言都要填写', 'both languages are needed') });
  const plain = PLAIN.flatMap((name) => (of(name) === '' ? [] : [[name, of(name)] as const]));
  const latched = { true: true, false: false }[of('latched').toLowerCase()];
  const parsed = AlarmSetting.safeParse({ kind: of('kind'), ...Object.fromEntries(numbers), ...Object.fromEntries(plain), latched: latched ?? of('latched'), ...Object.fromEntries(words) });
  if (parsed.success) return parsed.data;
  for (const { path } of parsed.error.issues) {
    const field = path.join('.');
    const rule = RULES[field] ?? text('数字', 'a number');
    problems.push({ field, text: text(`应为${rule.zh}，不是“${of(field)}”`, `must be ${rule.en}, not "${of(field)}"`) });
  }
  return undefined;
};
