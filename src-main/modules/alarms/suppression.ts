import type { Actor, OutOfOperation } from '../../../src-shared/contract/index.ts';
import { createTable, SECOND, text, type Clock, type Table, type Text, type UtcMs } from '../../../src-shared/kernel/index.ts';
import { isPlantState, namesIn, parsePlantState, plantStateWords, type PlantState, type Tag } from '../../../src-shared/plant/index.ts';
import type { Faults } from '../../platform/faults.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Registry } from '../registry/index.ts';
import type { Alarm } from './alarm.ts';
import type { Board } from './board.ts';
import type { ProcessDefinition } from './definition.ts';
import type { Signals } from './signals.ts';
import type { AlarmStore } from './store.ts';

/** Suppressed by design (ISA-18.2 §6.5): alarms that mean nothing in the present state of the plant, or while their equipment is out of operation. */
export type Suppression = {
  readonly out: Table<string, OutOfOperation>;
  /** These signals have changed. Call it before the samples of the same batch are judged. */
  follow(tags: readonly number[]): void;
  /** Takes equipment out of operation or back; how many alarms that concerns, null when it was so already. */
  setOperation(equipment: string, inOperation: boolean, occasion: { readonly by: Actor; readonly reason: string }): number | null;
  /** A plant state that nobody can tell any more suppresses nothing after a while. */
  tick(now: UtcMs): void;
  /** The alarms of a tag have other settings. */
  redefine(tagIndex: number, definitions: readonly ProcessDefinition[]): void;
};

type Rule = { readonly alarm: Alarm; readonly tag: number; readonly equipment: string; readonly state: PlantState | null; readonly words: Text | null; readonly source: string; readonly isProtective: boolean; unknownSince: UtcMs | null };
type Dependencies = { readonly board: Board; readonly registry: Registry; readonly signals: Signals; readonly store: AlarmStore; readonly ledger: Ledger; readonly faults: Faults; readonly clock: Clock; readonly definitions: readonly ProcessDefinition[] };

/** What warns people stays: a stopped machine can leak and burn as well. */
const PROTECTIVE: ReadonlySet<Tag['kind']> = new Set(['gas', 'flame', 'smoke']);
/** As long as a bad value holds its own alarms quietly. */
const UNKNOWN_MS = 30 * SECOND;

export const createSuppression = ({ board, registry, signals, store, ledger, faults, clock, definitions }: Dependencies): Suppression => {
  const out = createTable<string, OutOfOperation>((row) => row.equipment);
  for (const row of store.outOfOperation()) out.put({ ...row, alarms: 0 });
  const rules = new Map<string, Rule>();
  const byTag = new Map<number, Set<Rule>>();
  const unknown = new Set<Rule>();

  const ruleOf = ({ definition, tagIndex, setting }: ProcessDefinition): Rule => {
    const parsed = setting.suppressWhen === undefined ? null : parsePlantState(setting.suppressWhen);
    const state = parsed?.ok === true ? parsed.value : null;
    const names = { tag: (id: string) => registry.tag(id), equipment: (id: string) => registry.equipment(id)?.name };
    return {
      alarm: board.define(definition), tag: tagIndex, equipment: definition.equipment, state, words: state === null ? null : plantStateWords(state, names), source: setting.suppressWhen ?? '',
      isProtective: PROTECTIVE.has(registry.tagAt(tagIndex).kind), unknownSince: null,
    };
  };
  const add = (definition: ProcessDefinition) => {
    const rule = ruleOf(definition);
    rules.set(definition.definition.id, rule);
    for (const name of rule.state === null ? [] : namesIn(rule.state).tags) {
      const tag = registry.tagIndex(name);
      if (tag === undefined) continue;
      signals.watch(tag);
      const known = byTag.get(tag);
      if (known === undefined) byTag.set(tag, new Set([rule]));
      else known.add(rule);
    }
    return rule;
  };

  const isOut = (equipment: string) => out.get(equipment) !== undefined;
  /** What suppresses an alarm now, in words; null for nothing, undefined when it cannot be told. */
  const reasonOf = (rule: Rule): { readonly words: Text; readonly source: string } | null | undefined => {
    if (!rule.isProtective && isOut(rule.equipment)) return { words: text(`${registry.equipment(rule.equipment)?.name.zh ?? rule.equipment}停运`, `${registry.equipment(rule.equipment)?.name.en ?? rule.equipment} out of operation`), source: `out(${rule.equipment})` };
    if (rule.state === null || rule.words === null) return null;
    const holds = isPlantState(rule.state, { value: (tag) => signals.value(registry.tagIndex(tag) ?? -1), isOut });
    return holds === null ? undefined : holds ? { words: rule.words, source: rule.source } : null;
  };
  const judge = (concerned: Iterable<Rule>, now: UtcMs) => {
    const moved = new Map<string, string[]>();
    board.change(() => {
      for (const rule of concerned) {
        let reason = reasonOf(rule);
        if (reason === undefined) {
          rule.unknownSince ??= now;
          unknown.add(rule);
          if (now - rule.unknownSince < UNKNOWN_MS) continue;
          reason = null;
        } else {
          rule.unknownSince = null;
          unknown.delete(rule);
        }
        const { alarm } = rule;
        if ((reason !== null) === alarm.life.suppressed) continue;
        const source = reason?.source ?? 'over';
        const isMoved = reason === null ? board.apply(alarm, 'unsuppress', { at: now, note: 'over' }) : board.apply(alarm, 'suppress', { at: now, note: source, by: reason.words });
        if (isMoved) moved.set(source, [...(moved.get(source) ?? []), alarm.definition.id]);
      }
    });
    for (const [source, alarms] of moved) recordMove(source, alarms);
  };
  const recordMove = (source: string, alarms: readonly string[]) => {
    try {
      ledger.append({ actor: 'station', kind: source === 'over' ? 'alarm.unsuppressed' : 'alarm.suppressed', subject: source, body: { alarms: alarms.slice(0, 200), count: alarms.length } });
    } catch (error) {
      faults.report({ source: 'alarms', code: 'SuppressionNotRecorded', severity: 'warning', text: text('按设计抑制的变化未能记入台账', 'A suppression by design could not be put on record'), detail: String(error) });
    }
  };
  const rulesOf = (equipment: string) => [...rules.values()].filter((rule) => (rule.equipment === equipment && !rule.isProtective) || (rule.state !== null && namesIn(rule.state).equipment.includes(equipment)));

  for (const definition of definitions) add(definition);
  for (const row of out.rows()) out.put({ ...row, alarms: rulesOf(row.equipment).length });
  judge(rules.values(), clock.now());

  return {
    out,
    follow(tags) {
      const concerned = new Set<Rule>();
      for (const tag of tags) for (const rule of byTag.get(tag) ?? []) concerned.add(rule);
      if (concerned.size > 0) judge(concerned, clock.now());
    },
    setOperation(equipment, inOperation, { by, reason }) {
      if (isOut(equipment) !== inOperation) return null;
      const concerned = rulesOf(equipment);
      const row = { equipment, by: by.name, at: clock.now(), reason };
      if (inOperation) {
        store.dropOutOfOperation(equipment);
        out.drop(equipment);
      } else {
        store.putOutOfOperation(row);
        out.put({ ...row, alarms: concerned.length });
      }
      judge(concerned, clock.now());
      return concerned.length;
    },
    tick(now) {
      if (unknown.size > 0) judge([...unknown], now);
    },
    redefine(tagIndex, next) {
      const old = [...rules.values()].filter(({ tag }) => tag === tagIndex);
      for (const rule of old) {
        rules.delete(rule.alarm.definition.id);
        unknown.delete(rule);
        for (const own of byTag.values()) own.delete(rule);
      }
      judge(next.map(add), clock.now());
    },
  };
};
