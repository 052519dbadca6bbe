import { digest } from '../../platform/secrets.ts';
import type { Actor } from '../../../src-shared/contract/index.ts';
import { ok, refuse, text, type Clock, type Disposable, type Refusal, type Result, type Text, type UtcMs } from '../../../src-shared/kernel/index.ts';
import type { AlarmPriority } from '../../../src-shared/plant/index.ts';
import type { Registry } from '../registry/index.ts';
import type { Alarm } from './alarm.ts';
import type { Board } from './board.ts';
import type { Definition } from './definition.ts';

/** An alarm of another system as that system states it: what is up and who has taken it is decided there, we show it and pass a person's wish on. */
export type ExternalAlarm = {
  /** Stable at the source, e.g. the NodeId of the condition (and of its branch). */
  readonly key: string;
  readonly message: Text;
  /** Where; without it the place of the tag's equipment, or the name of the source. */
  readonly place?: Text;
  /** A tag of our plant model that it is about: zone, equipment and detail follow. */
  readonly tag?: string;
  /** The source's word for the kind, e.g. `HIHI` or `OffNormal`; at most 24 characters are shown. */
  readonly kind?: string;
  /** OPC UA 1–1000; `priorityOfSeverity` says which priority that is. */
  readonly severity: number;
  readonly active: boolean;
  readonly acknowledged: boolean;
  /** Latched at the source: no longer active, acknowledged, and waits for a reset there. */
  readonly latched?: boolean;
  readonly shelved?: { readonly until: UtcMs | null } | null;
  readonly suppressed?: boolean;
  readonly outOfService?: boolean;
  /** Source time of the last change. */
  readonly at: UtcMs;
  readonly value?: number;
  readonly unit?: string;
  /** Who acknowledged or shelved it there, and what they wrote, when the source says. */
  readonly actor?: string;
  readonly note?: string;
};

/** How a person's wish reaches the system that owns the alarm. Resolved when that system has answered; what it refuses is a refusal whose text people read. Rejecting counts as refusing. */
export type ExternalSource = {
  /** Id of the feed. */
  readonly id: string;
  readonly name: Text;
  acknowledge(key: string, by: Actor, note: string): Promise<Result<void, Refusal>>;
  shelve(key: string, shelf: { readonly ms: number; readonly reason: string }, by: Actor): Promise<Result<void, Refusal>>;
  unshelve(key: string, by: Actor): Promise<Result<void, Refusal>>;
};

/** What the feed tells of its alarms. */
export type ExternalLine = Disposable & {
  /** These changed; one that is inactive, acknowledged, not latched and not set aside is over and leaves the list. */
  put(alarms: readonly ExternalAlarm[]): void;
  /** The whole list of the source, after a refresh: what it does not name is over. All of them are vouched for again. */
  replace(alarms: readonly ExternalAlarm[]): void;
  /** The source is gone: its alarms stay as they stood and are marked stale until `replace`. */
  lost(): void;
};

/** Severity of OPC UA in equal quarters: 751–1000 urgent, 501–750 high, 251–500 medium, else low. */
export const priorityOfSeverity = (severity: number): AlarmPriority => (severity > 750 ? 1 : severity > 500 ? 2 : severity > 250 ? 3 : 4);

/** The row id of an alarm at its source; a long key becomes its hash, since an id has 80 characters at most. */
export const externalId = (source: string, key: string): string => {
  const id = `external/${source}/${key}`;
  return id.length <= 80 ? id : `external/${source.slice(0, 30)}/${digest(`${source}/${key}`).slice(0, 32)}`;
};

/** The alarms of other systems on our board. */
export const createExternals = ({ board, registry, clock }: { readonly board: Board; readonly registry: Registry; readonly clock: Clock }) => {
  const sources = new Map<string, ExternalSource>();
  const keys = new Map<string, string>();

  const definitionOf = (source: ExternalSource, { key, message, place, tag, kind = '', severity, unit = '' }: ExternalAlarm): Definition => {
    const index = tag === undefined ? undefined : registry.tagIndex(tag);
    const own = index === undefined ? null : registry.tagAt(index);
    return {
      id: externalId(source.id, key), source: source.id, tag: own?.id ?? '', equipment: own?.equipment ?? '', zone: index === undefined ? '' : registry.zoneOf(index), kind: kind.slice(0, 24), priority: priorityOfSeverity(severity),
      message, place: place ?? (index === undefined ? source.name : registry.placeOf(index)), limit: NaN, unit: unit === '' ? (own?.unit ?? '') : unit, latched: false, group: null, cause: null, consequence: null, action: null, respondWithinS: null,
    };
  };
  const follow = (source: ExternalSource, told: ExternalAlarm) => {
    const alarm = board.define(definitionOf(source, told));
    keys.set(alarm.definition.id, told.key);
    const { active, acknowledged, latched = false, shelved = null, suppressed = false, outOfService = false, at, value = NaN, actor, note } = told;
    alarm.isStale = false;
    alarm.shelvedUntil = shelved?.until ?? null;
    board.follow(alarm, { active, acknowledged, held: latched, superseded: false, shelved: shelved !== null, suppressed, outOfService }, { at, value, ...(actor !== undefined && { actor }), ...(note !== undefined && { note }) });
  };
  const alarmsOf = (source: string): Alarm[] => board.table.rows().flatMap((row) => (row.source === source ? (board.alarms.get(row.id) ?? []) : []));

  const asked = async (id: string, ask: (source: ExternalSource, key: string) => Promise<Result<void, Refusal>>): Promise<Result<void, Refusal<'SourceRefused'>>> => {
    const alarm = board.alarms.get(id);
    const source = sources.get(alarm?.definition.source ?? '');
    const key = keys.get(id);
    if (alarm === undefined || source === undefined || key === undefined || alarm.isStale) return refuse('SourceRefused', text('该报警属于另一系统，目前与其没有连接', 'This alarm belongs to another system, which is not connected now'));
    const name = source.name;
    try {
      const answer = await ask(source, key);
      return answer.ok ? ok(undefined) : refuse('SourceRefused', text(`${name.zh} 拒绝：${answer.refusal.text.zh}`, `${name.en} refused: ${answer.refusal.text.en}`));
    } catch (error) {
      return refuse('SourceRefused', text(`${name.zh} 没有应答`, `${name.en} did not answer`), String(error));
    }
  };

  return {
    isExternal: (id: string): boolean => (board.alarms.get(id)?.definition.source ?? null) !== null,
    acknowledge: (id: string, by: Actor, note: string) => asked(id, (source, key) => source.acknowledge(key, by, note)),
    shelve: (id: string, shelf: { readonly ms: number; readonly reason: string }, by: Actor) => asked(id, (source, key) => source.shelve(key, shelf, by)),
    unshelve: (id: string, by: Actor) => asked(id, (source, key) => source.unshelve(key, by)),
    connect(source: ExternalSource): ExternalLine {
      sources.set(source.id, source);
      const markStale = () => {
        board.change(() => {
          for (const alarm of alarmsOf(source.id)) {
            if (alarm.isStale) continue;
            alarm.isStale = true;
            board.show(alarm, null, null);
          }
        });
      };
      return {
        put: (alarms) => board.change(() => alarms.forEach((alarm) => follow(source, alarm))),
        replace(alarms) {
          board.change(() => {
            const named = new Set(alarms.map(({ key }) => externalId(source.id, key)));
            for (const alarm of alarmsOf(source.id)) {
              if (named.has(alarm.definition.id)) continue;
              alarm.isStale = false;
              board.follow(alarm, { active: false, acknowledged: true, held: false, superseded: false, shelved: false, suppressed: false, outOfService: false }, { at: clock.now() });
            }
            for (const alarm of alarms) follow(source, alarm);
          });
        },
        lost: markStale,
        [Symbol.dispose]() {
          markStale();
          if (sources.get(source.id) === source) sources.delete(source.id);
        },
      };
    },
  };
};
export type Externals = ReturnType<typeof createExternals>;
