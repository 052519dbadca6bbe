import { text, type Text } from '../../../src-shared/kernel/index.ts';
import type { AlarmPriority, AlarmSetting } from '../../../src-shared/plant/index.ts';
import type { Registry } from '../registry/index.ts';

/** One alarm of the master alarm database: everything of its row that does not change. */
export type Definition = {
  readonly id: string;
  /** The feed of the system that owns it; null for an alarm of our own. */
  readonly source: string | null;
  readonly tag: string;
  readonly equipment: string;
  readonly zone: string;
  readonly kind: string;
  readonly priority: AlarmPriority;
  readonly message: Text;
  readonly place: Text;
  readonly limit: number;
  readonly unit: string;
  readonly latched: boolean;
  /** First-out group. */
  readonly group: string | null;
  readonly cause: Text | null;
  readonly consequence: Text | null;
  readonly action: Text | null;
  readonly respondWithinS: number | null;
};

/** A configured alarm with the tag it watches and how. */
export type ProcessDefinition = { readonly definition: Definition; readonly tagIndex: number; readonly setting: AlarmSetting };

/** All alarms of the plant model, in the order of its tags; those of one tag most severe first. */
export const processDefinitions = (registry: Registry): ProcessDefinition[] =>
  registry.plant.tags.flatMap((_, tagIndex) => definitionsOf(registry, tagIndex));

/** The alarms of one tag, most severe first. */
export const definitionsOf = (registry: Registry, tagIndex: number): ProcessDefinition[] => {
  const tag = registry.tagAt(tagIndex);
  return tag.alarms
    .toSorted((a, b) => SEVERITY[b.kind] - SEVERITY[a.kind])
    .map((setting) => {
      const { kind, limit, priority, latched, times = 2, withinS = 1, group = null, cause = null, consequence = null, action = null, respondWithinS = null } = setting;
      const word = WORDS[kind];
      const often = kind === 'COUNT' ? text(`（${withinS} 秒内 ${times} 次）`, ` (${times} times in ${withinS} s)`) : text('', '');
      const message = setting.message ?? text(`${tag.name.zh} ${word.zh}${often.zh}`, `${tag.name.en} ${word.en}${often.en}`);
      const unit = kind === 'RATE' ? `${tag.unit}/min` : kind === 'COUNT' ? '1' : tag.unit;
      return { tagIndex, setting, definition: { id: `${tag.id}/${kind}`, source: null, tag: tag.id, equipment: tag.equipment, zone: registry.zoneOf(tagIndex), kind, priority, message, place: registry.placeOf(tagIndex), limit: kind === 'COUNT' ? times : limit, unit, latched, group, cause, consequence, action, respondWithinS } };
    });
};

/** An alarm of the station itself, `system/CODE`. `detail` is for the engineer. */
export type SystemAlarm = { readonly code: string; readonly priority: AlarmPriority; readonly text: Text; readonly detail?: string };

export const systemDefinition = ({ code, priority, text: message, detail }: SystemAlarm): Definition => ({
  id: `system/${code}`,
  source: null,
  tag: '',
  equipment: '',
  zone: '',
  kind: 'SYSTEM',
  priority,
  message,
  place: text('本站系统', 'This station'),
  limit: NaN,
  unit: '',
  latched: false,
  group: null,
  cause: detail === undefined ? null : text(detail, detail),
  consequence: null,
  action: null,
  respondWithinS: null,
});

const SEVERITY: Readonly<Record<AlarmSetting['kind'], number>> = { HIHI: 3, LOLO: 3, HI: 2, LO: 2, RATE: 1, DEVIATION: 1, COUNT: 1, DISCRETE: 1 };
/** A kind in words, as it stands in a message. */
export const kindWords = (kind: string): Text => (Object.hasOwn(WORDS, kind) ? WORDS[kind as AlarmSetting['kind']] : text(kind, kind));

const WORDS: Readonly<Record<AlarmSetting['kind'], Text>> = {
  HIHI: text('高高报', 'high-high'),
  HI: text('高报', 'high'),
  LO: text('低报', 'low'),
  LOLO: text('低低报', 'low-low'),
  RATE: text('变化过快', 'changes too fast'),
  DEVIATION: text('偏离给定值', 'off its set point'),
  COUNT: text('超限次数过多', 'exceeds its limit too often'),
  DISCRETE: text('状态异常', 'abnormal state'),
};
