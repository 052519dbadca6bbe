import type { Text } from '../../src-shared/kernel/index.ts';
import type { Draft } from './draft.ts';

/** A crew: how many people of a role, in which team, and the zones where their work lies. */
export type Crew = { readonly team: Text; readonly role: Text; readonly count: number; readonly zones: readonly string[]; readonly habit: Habit };
/** `rounds` walks from equipment to equipment, `room` stays in a building and walks out now and then, `site` works at one place for long. */
export type Habit = 'rounds' | 'room' | 'site' | 'driver';

const DAY = ['运行甲班', 'Operations shift A'] as const;
type Row = readonly [team: readonly [string, string], role: readonly [string, string], count: number, zones: readonly string[], habit: Habit];
const ROWS: readonly Row[] = [
  [DAY, ['值班长', 'Shift supervisor'], 2, ['Z-CB'], 'room'],
  [DAY, ['内操', 'Board operator'], 8, ['Z-CB'], 'room'],
  [DAY, ['制冷外操', 'Field operator, refrigeration'], 4, ['Z-AR'], 'rounds'],
  [DAY, ['压缩机外操', 'Field operator, compressors'], 4, ['Z-CH'], 'rounds'],
  [DAY, ['氯化外操', 'Field operator, chlorine'], 4, ['Z-CL'], 'rounds'],
  [DAY, ['芳烃外操', 'Field operator, aromatics'], 4, ['Z-AU'], 'rounds'],
  [DAY, ['甲醇外操', 'Field operator, methanol'], 3, ['Z-MR'], 'rounds'],
  [DAY, ['制氢外操', 'Field operator, hydrogen'], 3, ['Z-HS'], 'rounds'],
  [DAY, ['罐区外操', 'Field operator, tank farm'], 6, ['Z-LP', 'Z-MT', 'Z-GT', 'Z-BT', 'Z-FL'], 'rounds'],
  [DAY, ['公用工程外操', 'Field operator, utilities'], 5, ['Z-CW', 'Z-UT', 'Z-FW', 'Z-WW'], 'rounds'],
  [['检修班', 'Maintenance'], ['钳工', 'Fitter'], 8, ['Z-CH', 'Z-AU', 'Z-AR', 'Z-WS'], 'site'],
  [['检修班', 'Maintenance'], ['焊工', 'Welder'], 4, ['Z-WS', 'Z-AU'], 'site'],
  [['仪电班', 'Instrument and electrical'], ['仪表工', 'Instrument technician'], 5, ['Z-CL', 'Z-MR', 'Z-GT', 'Z-HS'], 'site'],
  [['仪电班', 'Instrument and electrical'], ['电工', 'Electrician'], 5, ['Z-PS', 'Z-CH', 'Z-UT'], 'site'],
  [['承包商', 'Contractors'], ['脚手架工', 'Scaffolder'], 6, ['Z-AU', 'Z-BT'], 'site'],
  [['承包商', 'Contractors'], ['防腐工', 'Painter'], 5, ['Z-MT', 'Z-CT'], 'site'],
  [['安全环保部', 'Safety and environment'], ['安全员', 'Safety officer'], 6, ['Z-AR', 'Z-CL', 'Z-LP', 'Z-LB', 'Z-GT'], 'rounds'],
  [['消防队', 'Fire brigade'], ['消防员', 'Firefighter'], 10, ['Z-FS'], 'room'],
  [['储运部', 'Stores and loading'], ['装卸工', 'Loader'], 6, ['Z-LB'], 'site'],
  [['储运部', 'Stores and loading'], ['槽车司机', 'Tank truck driver'], 4, ['Z-LB'], 'driver'],
  [['储运部', 'Stores and loading'], ['仓管员', 'Storekeeper'], 3, ['Z-WH', 'Z-CT'], 'site'],
  [['化验室', 'Laboratory'], ['化验员', 'Analyst'], 4, ['Z-CB'], 'room'],
  [['综合办', 'Administration'], ['工程师', 'Engineer'], 6, ['Z-OF'], 'room'],
  [['综合办', 'Administration'], ['厨师', 'Cook'], 2, ['Z-OF'], 'room'],
  [['安保队', 'Security'], ['门卫', 'Guard'], 3, ['Z-CB', 'Z-LB'], 'room'],
];

/** Everyone who wears a device on a working day: 120 people. */
export const CREWS: readonly Crew[] = ROWS.map(([team, role, count, zones, habit]) => ({ team: { zh: team[0], en: team[1] }, role: { zh: role[0], en: role[1] }, count, zones, habit }));

const SURNAMES = Array.from('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕');
const GIVEN = ['建国', '伟', '海峰', '志强', '磊', '晓东', '永刚', '春燕', '静', '文博', '立新', '国栋', '卫东', '丽娟', '鹏飞', '少华', '立军', '雪梅', '俊杰', '振宇', '明', '艳', '宏伟', '玉兰', '浩然', '子涵', '天佑', '凯', '金山', '宝林', '长河', '秀英', '学军', '庆丰', '新民', '思远', '海涛', '晨'];

export const drawPeople = (draft: Draft): void => {
  let index = 0;
  for (const { team, role, count } of CREWS)
    for (let i = 0; i < count; i += 1) {
      const number = String(index + 1).padStart(3, '0');
      draft.people.push({ id: `P-${number}`, name: `${SURNAMES[(index * 7) % SURNAMES.length]}${GIVEN[(index * 11 + Math.floor(index / SURNAMES.length)) % GIVEN.length]}`, role: { ...role }, team: { ...team }, wearable: `WB-${number}` });
      index += 1;
    }
};

/** The crew of a person by their place in the plant model's list. */
export const crewOf = (person: number): Crew => {
  let last = 0;
  for (const each of CREWS) {
    last += each.count;
    if (person < last) return each;
  }
  return CREWS.at(-1)!;
};
