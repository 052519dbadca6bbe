import type { AlarmPriority, AlarmSetting, Tag } from '../../src-shared/plant/index.ts';
import type { Text } from '../../src-shared/kernel/index.ts';

/** A tag of a template, before it belongs to an equipment. */
export type Instrument = {
  readonly suffix: string;
  readonly name: Text;
  readonly kind: Tag['kind'];
  readonly unit: string;
  readonly normal: readonly [number, number];
  readonly range: readonly [number, number];
  readonly decimals: number;
  readonly states?: readonly Text[];
  readonly alarms: readonly Limit[];
};
export type Limit = { readonly kind: AlarmSetting['kind']; readonly limit: number; readonly priority: AlarmPriority; readonly onDelayS?: number; readonly latched?: boolean; /** Means nothing while the machine stands: suppressed by design then. */ readonly ofRunning?: boolean };

type Options = { readonly range?: readonly [number, number]; readonly decimals?: number; readonly alarms?: readonly Limit[] };
export type Naming = readonly [suffix: string, zh: string, en: string];
type Band = readonly [low: number, high: number];

export const hi = (limit: number, priority: AlarmPriority = 3): Limit => ({ kind: 'HI', limit: tidy(limit), priority });
export const hihi = (limit: number, priority: AlarmPriority = 2): Limit => ({ kind: 'HIHI', limit: tidy(limit), priority });
export const lo = (limit: number, priority: AlarmPriority = 3): Limit => ({ kind: 'LO', limit: tidy(limit), priority });
export const lolo = (limit: number, priority: AlarmPriority = 2): Limit => ({ kind: 'LOLO', limit: tidy(limit), priority });
export const rate = (perMinute: number, priority: AlarmPriority = 3): Limit => ({ kind: 'RATE', limit: tidy(perMinute), priority });
export const whenState = (state: number, priority: AlarmPriority = 3): Limit => ({ kind: 'DISCRETE', limit: state, priority, onDelayS: 0 });

/** An alarm that only a running machine can earn: a stopped one has neither flow nor oil pressure. After a trip it stays: what a trip brings is to be seen. */
export const ofRunning = (limit: Limit): Limit => ({ ...limit, ofRunning: true });

/** Three significant digits, as a person would enter a limit. */
export const tidy = (value: number): number => Number(value.toPrecision(3));

/** Full scale of an instrument for a value that is normally at most `high`: the next of 1, 1.6, 2.5, 4, 6, 10 above 1.5 times of it. */
const fullScale = (high: number): number => {
  const wanted = Math.max(high * 1.5, 1e-6);
  const decade = 10 ** Math.floor(Math.log10(wanted));
  return tidy(([1, 1.6, 2.5, 4, 6, 10].find((step) => step * decade >= wanted) ?? 10) * decade);
};

/** What is measured: kind, UCUM unit and decimals shown. */
type Quantity = readonly [kind: Tag['kind'], unit: string, decimals: number];

const instrument = (...[kind, unit, decimals]: Quantity) => ([suffix, zh, en]: Naming, normal: Band, options: Options = {}): Instrument => ({
  suffix,
  name: { zh, en },
  kind,
  unit,
  normal: [tidy(normal[0]), tidy(normal[1])],
  range: options.range ?? [0, fullScale(normal[1])],
  decimals: options.decimals ?? decimals,
  alarms: options.alarms ?? [],
});

export const pressure = instrument('pressure', 'MPa', 3);
export const smallPressure = instrument('pressure', 'kPa', 2);
export const flow = instrument('flow', 'm3/h', 1);
export const level = (naming: Naming, normal: Band, options: Options = {}) => instrument('level', '%', 1)(naming, normal, { range: [0, 100], ...options });
export const temperature = (naming: Naming, normal: Band, options: Options = {}) =>
  instrument('temperature', 'Cel', 1)(naming, normal, { range: normal[0] < 0 ? [-50, 100] : normal[1] <= 75 ? [0, 120] : normal[1] <= 160 ? [0, 250] : [0, 1200], ...options });
export const vibration = instrument('vibration', 'mm/s', 2);
export const current = instrument('current', 'A', 1);
export const power = instrument('power', 'kW', 1);
export const speed = instrument('speed', '/min', 0);
export const percent = (naming: Naming, normal: Band, options: Options = {}) => instrument('position', '%', 1)(naming, normal, { range: [0, 100], ...options });
export const concentration = instrument('concentration', '%', 2);
export const measured = (quantity: Quantity, naming: Naming, normal: Band, options: Options = {}) => instrument(...quantity)(naming, normal, options);

/** A discrete tag; `usual` is its value on a normal day. */
export const state = ([suffix, zh, en]: Naming, words: readonly Text[], usual: number, alarms: readonly Limit[] = []): Instrument => ({
  suffix,
  name: { zh, en },
  kind: 'state',
  unit: '1',
  normal: [usual, usual],
  range: [0, words.length - 1],
  decimals: 0,
  states: words,
  alarms,
});

const words = (...pairs: readonly (readonly [string, string])[]): readonly Text[] => pairs.map(([zh, en]) => ({ zh, en }));
export const RUN = words(['停止', 'stopped'], ['运行', 'running'], ['跳停', 'tripped']);
export const SWITCH = words(['正常', 'normal'], ['动作', 'active']);
export const VALVE = words(['关', 'closed'], ['开', 'open'], ['行程中', 'moving'], ['故障', 'fault']);
export const MODE = words(['就地', 'local'], ['远程', 'remote']);
export const FLAME = words(['熄灭', 'out'], ['燃烧', 'burning']);
export const BREAKER = words(['分闸', 'open'], ['合闸', 'closed'], ['跳闸', 'tripped']);
export const CLAMP = words(['未连接', 'not connected'], ['已连接', 'connected'], ['故障', 'fault']);
export const ARM = words(['空闲', 'idle'], ['装车', 'loading'], ['暂停', 'paused']);
