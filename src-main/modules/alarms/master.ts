import { z } from 'zod';
import type { Actor, AlarmSettingsPreview, AlarmSettingsState, Anlan, InputOf, RefusalOf } from '../../../src-shared/contract/index.ts';
import { createValue, ok, refuse, text, type Clock, type Result, type Value } from '../../../src-shared/kernel/index.ts';
import { alarmProblems, AlarmSetting, type KnownNames } from '../../../src-shared/plant/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Registry } from '../registry/index.ts';
import { changesOf, printSettings, readSettings, type Settings } from './model/settingsFile.ts';
import type { AlarmStore } from './store.ts';

/**
 * The master alarm database (ISA-18.2 §6): the plant model's settings with the site's own overrides over them. An override wins over
 * the plant model, also over a newer one, until a file states the model's own value again or the import is undone. The registry always
 * holds what is in force: everybody else reads there.
 */
export type Master = {
  readonly state: Value<AlarmSettingsState>;
  print(): string;
  preview(csv: string): AlarmSettingsPreview;
  apply(input: { readonly csv: string; readonly revision: number }, by: Actor): Result<AlarmSettingsState, RefusalOf<Anlan['alarms']['applySettings']>>;
  /** Other settings of one alarm. */
  tune(input: InputOf<Anlan['alarms']['tune']>, by: Actor): Result<AlarmSettingsState, RefusalOf<Anlan['alarms']['tune']>>;
  /** Settings that a version of the plant model brings: they hold at once, and are taken back there. */
  follow(asked: Settings, by: Actor, reason: string): void;
  undo(revision: number, by: Actor): Result<AlarmSettingsState, RefusalOf<Anlan['alarms']['undoSettings']>>;
};

type Dependencies = { readonly registry: Registry; readonly store: AlarmStore; readonly ledger: Ledger; readonly clock: Clock; /** The settings of these tags are others now. */ readonly onChange: (tags: readonly number[]) => void };
const Overrides = z.record(z.string(), AlarmSetting);

/** Puts the stored overrides in force before it returns; `onChange` is called for later changes only. */
export const createMaster = ({ registry, store, ledger, clock, onChange }: Dependencies): Master => {
  const { tags } = registry.plant;
  const known: KnownNames = { hasTag: (id) => registry.tag(id) !== undefined, hasEquipment: (id) => registry.equipment(id) !== undefined };
  /** As the plant model has them. */
  const delivered: Settings = new Map(tags.flatMap((tag) => tag.alarms.map((setting) => [`${tag.id}/${setting.kind}`, setting] as const)));

  /** Overrides of alarms that the plant model has no more stay stored and do nothing. */
  const overridesAt = (revision: number): Settings => new Map(Object.entries(revision === 0 ? {} : Overrides.parse(JSON.parse(store.settingRevision(revision)?.overrides ?? '{}'))));
  const enforce = (overrides: Settings): number[] =>
    tags.flatMap((tag, index) => {
      const alarms = tag.alarms.map(({ kind }) => overrides.get(`${tag.id}/${kind}`) ?? delivered.get(`${tag.id}/${kind}`)!);
      if (alarms.every((setting, place) => changesOf(tag.alarms[place]!, setting).length === 0)) return [];
      registry.setAlarms(index, alarms);
      return [index];
    });
  /** The overrides of now with other settings; one that is the plant model's own is no override. */
  const overridesWith = (asked: Settings): Settings => {
    const overrides = new Map(overridesAt(state.get().revision));
    for (const [id, setting] of asked) {
      const own = delivered.get(id);
      if (own !== undefined && changesOf(own, setting).length === 0) overrides.delete(id);
      else overrides.set(id, setting);
    }
    return overrides;
  };
  const stateNow = (): AlarmSettingsState => {
    const last = store.settingRevision();
    if (last === undefined) return { revision: 0, at: null, actor: null, overrides: 0, canUndo: false };
    return { revision: last.revision, at: last.at, actor: last.actor, overrides: overridesAt(last.revision).size, canUndo: last.undoesTo !== null };
  };

  /** Stores a new revision and its ledger entry as one, then puts it in force. */
  const adopt = (overrides: Settings, { kind, by, undoesTo, reason }: { readonly kind: string; readonly by: Actor; readonly undoesTo: number | null; readonly reason?: string }): AlarmSettingsState => {
    const before = state.get().revision;
    const effective = (id: string) => overrides.get(id) ?? delivered.get(id);
    const changed = tags.flatMap((tag) =>
      tag.alarms.flatMap((setting) => {
        const id = `${tag.id}/${setting.kind}`;
        const next = effective(id);
        const changes = next === undefined ? [] : changesOf(setting, next);
        return changes.length === 0 ? [] : [{ alarm: id, changes }];
      }),
    );
    store.transaction(() => {
      store.addSettingRevision({ revision: before + 1, at: clock.now(), actor: by.name, undoesTo, overrides: JSON.stringify(Object.fromEntries(overrides)) });
      ledger.append({ actor: by.id, kind, subject: registry.plant.id, body: { revision: before + 1, before, alarms: changed.length, changed, ...(reason === undefined ? {} : { reason }) } });
    });
    onChange(enforce(overrides));
    state.set(stateNow());
    return state.get();
  };

  const state = createValue<AlarmSettingsState>(stateNow());
  enforce(overridesAt(state.get().revision));
  const outdated = () => refuse('Outdated', text('报警设定已被他人修改，请重新预览', 'Somebody has changed the alarm settings since; preview again'));
  return {
    state,
    print: () => printSettings(tags),
    preview(csv) {
      const { rows } = readSettings(csv, tags, known);
      const wrong = rows.filter(({ problems }) => problems.length > 0);
      const changed = rows.filter(({ problems, changes }) => problems.length === 0 && changes.length > 0);
      return { revision: state.get().revision, same: rows.length - wrong.length - changed.length, changed: changed.length, wrong: wrong.length, rows: [...wrong, ...changed] };
    },
    apply({ csv, revision }, by) {
      if (revision !== state.get().revision) return outdated();
      const { rows, asked } = readSettings(csv, tags, known);
      if (rows.some(({ problems }) => problems.length > 0)) return refuse('Invalid', text('文件中有错误的行，未作任何修改', 'Rows of the file are wrong; nothing was changed'));
      if (rows.every(({ changes }) => changes.length === 0)) return refuse('NothingChanged', text('文件与现行设定相同', 'The file says what is in force already'));
      return ok(adopt(overridesWith(asked), { kind: 'alarm.settings.imported', by, undoesTo: revision }));
    },
    tune({ alarm, tuning, reason, revision }, by) {
      if (revision !== state.get().revision) return outdated();
      const tag = tags.find(({ id, alarms }) => alarms.some(({ kind }) => `${id}/${kind}` === alarm));
      const before = tag?.alarms.find(({ kind }) => `${tag.id}/${kind}` === alarm);
      if (tag === undefined || before === undefined) return refuse('NotFound', text(`没有报警 ${alarm}`, `There is no alarm ${alarm}`));
      const after = { ...before, ...tuning };
      if (changesOf(before, after).length === 0) return refuse('NothingChanged', text('与现行设定相同', 'These settings are in force already'));
      const [problem] = alarmProblems(tag, tag.alarms.map((setting) => (setting === before ? after : setting)), known);
      if (problem !== undefined) return refuse('Invalid', problem.text);
      return ok(adopt(overridesWith(new Map([[alarm, after]])), { kind: 'alarm.settings.tuned', by, undoesTo: revision, reason }));
    },
    follow: (asked, by, reason) => void adopt(overridesWith(asked), { kind: 'alarm.settings.model', by, undoesTo: null, reason }),
    undo(revision, by) {
      if (revision !== state.get().revision) return outdated();
      const target = store.settingRevision(revision)?.undoesTo ?? null;
      if (target === null) return refuse('NothingToUndo', text('没有可撤销的导入', 'There is no import to undo'));
      return ok(adopt(overridesAt(target), { kind: 'alarm.settings.undone', by, undoesTo: target === 0 ? null : (store.settingRevision(target)?.undoesTo ?? null) }));
    },
  };
};
