import type { AlarmEvent, AlarmPerformance, AlarmRow, Anlan, Annunciator, InputOf, OutOfOperation, OutputOf, VoiceReport } from '../../../src-shared/contract/index.ts';
import { SECOND, text, type Clock, type Listen, type SampleBatch, type Table, type UtcMs, type Value } from '../../../src-shared/kernel/index.ts';
import { AlarmPolicy, AlarmTargets } from '../../../src-shared/plant/index.ts';
import type { Faults } from '../../platform/faults.ts';
import type { Sql } from '../../platform/sql.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Registry } from '../registry/index.ts';
import { createAnnunciator } from './annunciator.ts';
import { createBoard } from './board.ts';
import { definitionsOf, processDefinitions, systemDefinition, type SystemAlarm } from './definition.ts';
import { createExternals, type ExternalLine, type ExternalSource } from './external.ts';
import { createOperator, type Operator } from './operator.ts';
import { createEvaluation } from './evaluation.ts';
import { createJournal } from './journal.ts';
import { createMaster, type Master } from './master.ts';
import { FLOOD_WINDOW_MS } from './model/flood.ts';
import { stateOf } from './model/lifecycle.ts';
import { measurePerformance } from './performance.ts';
import { restoreAlarms } from './restore.ts';
import { recordSettings } from './settings.ts';
import { createAlarmStore, type JournalFilter } from './store.ts';
import { createSignals } from './signals.ts';
import { createSuppression } from './suppression.ts';
import { replayAlarm, type ReadSamples } from './tuner.ts';
import { SILENT, type SoundPlayer } from './voices.ts';

type Entries = Anlan['alarms'];

/** Alarm management to ISA-18.2: one state machine per alarm, journal and state in the database, sound owned by the station. */
export type AlarmService = Operator & {
  /** Joins another system's alarms to the list (OPC UA Alarms & Conditions). */
  connectExternal(source: ExternalSource): ExternalLine;
  /** The hot path; columns in, stimuli out. Never throws for what a feed sends. */
  evaluate(batch: SampleBatch): void;
  /** Delays without a sample, shelving that expires, the nag, the flood window; writes what the process has raised since the last one, as one commit. Call it some ten times a second. */
  tick(): void;
  /** Raises an alarm of the station itself; raising it again while it is up only renews its words. */
  raiseSystem(alarm: SystemAlarm): void;
  /** Its cause is gone; nothing happens when it was not up. */
  clearSystem(code: string): void;
  silence(): void;
  /** What each role may set aside. */
  readonly policy: AlarmPolicy;
  /** Equipment out of operation. */
  readonly outOfOperation: Table<string, OutOfOperation>;
  /** What a client that can sound says of itself. */
  reportVoice(report: VoiceReport): void;
  /** Everything that is not normal. */
  readonly table: Table<string, AlarmRow>;
  readonly annunciator: Value<Annunciator>;
  /** A new demand for attention: raised, or back from shelving and still present. */
  readonly onDidRaise: Listen<AlarmRow>;
  /** Every event of the journal, as it happens. */
  readonly onDidRecord: Listen<AlarmEvent>;
  /** Newest first, what still waits for the disk included. */
  journal(filter: JournalFilter): AlarmEvent[];
  /** The master alarm database: export, import, undo. */
  readonly master: Master;
  /** What an alarm would have done with other settings. */
  replay(input: InputOf<Entries['replay']>): Promise<OutputOf<Entries['replay']>>;
  /** Key figures of a time, from the journal. */
  performance(period: { readonly from: UtcMs; readonly to: UtcMs }): Promise<AlarmPerformance>;
};

export type AlarmDependencies = {
  readonly registry: Registry;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly faults: Faults;
  /** Id of the feed that carries a tag, for the bad-quality alarm of each feed. */
  readonly feedOf?: (tagIndex: number) => string | null;
  /** The site's own history, for the tuner. */
  readonly samples?: ReadSamples;
  /** What each role may set aside; without it the defaults. */
  readonly policy?: AlarmPolicy;
  readonly targets?: AlarmTargets;
  /** Sounds on the station's own machine when no client confirms that it does. */
  readonly player?: SoundPlayer;
};

/** A value that is bad for this long raises the bad-quality alarm of its feed. */
const BAD_QUALITY_MS = 30 * SECOND;

export const createAlarmService = ({
  registry, sql, clock, ledger, faults, feedOf = () => 'plant', samples = () => Promise.resolve({ at: [], value: [], quality: [] }), policy = AlarmPolicy.parse({}), targets = AlarmTargets.parse({}), player = SILENT,
}: AlarmDependencies): AlarmService => {
  const store = createAlarmStore(sql);
  const journal = createJournal({ store, clock, faults });
  const board = createBoard({ clock, journal });
  const master = createMaster({ registry, store, ledger, clock, onChange: (tags) => redefine(tags) });
  const definitions = processDefinitions(registry);
  for (const { definition } of definitions) board.define(definition);
  for (const [greater, lesser] of [['HIHI', 'HI'], ['LOLO', 'LO']] as const) {
    for (const { definition } of definitions) {
      const alarm = board.alarms.get(definition.id);
      if (alarm !== undefined && definition.kind === greater) alarm.lesser = board.alarms.get(`${definition.tag}/${lesser}`) ?? null;
    }
  }
  restoreAlarms({ board, store, clock });
  recordSettings({ registry, store, ledger, faults });
  const annunciator = createAnnunciator({ board, clock, faults, player, raisedBefore: store.raisedSince(clock.now() - FLOOD_WINDOW_MS) });
  const signals = createSignals(registry.plant.tags.length);
  const evaluation = createEvaluation({ board, definitions, tags: registry.plant.tags.length, signals, indexOf: registry.tagIndex });
  const suppression = createSuppression({ board, registry, signals, store, ledger, faults, clock, definitions });
  /** New settings of these tags: what is up shows them at once, what is watched follows them from the next sample on. */
  const redefine = (changed: readonly number[]) => {
    board.change(() => {
      for (const tag of changed) {
        const own = definitionsOf(registry, tag);
        evaluation.redefine(tag, own);
        suppression.redefine(tag, own);
        for (const { definition } of own) {
          const alarm = board.alarms.get(definition.id);
          if (alarm !== undefined && stateOf(alarm.life) !== 'normal') board.show(alarm, null, null);
        }
      }
    });
    recordSettings({ registry, store, ledger, faults });
  };
  let unknownSeen = 0;
  /** Feeds that have a bad-quality alarm up. */
  let badFeeds = new Set<string>();
  let badCheckedAt = -Infinity;

  const raiseSystem: AlarmService['raiseSystem'] = (system) => {
    const known = board.alarms.get(`system/${system.code}`);
    if (known?.life.active === true && known.definition.message.en === system.text.en && known.definition.priority === system.priority) return;
    const alarm = board.define(systemDefinition(system));
    if (!board.apply(alarm, 'activate', { at: clock.now() })) board.show(alarm, null, null);
  };
  const clearSystem: AlarmService['clearSystem'] = (code) => {
    const alarm = board.alarms.get(`system/${code}`);
    if (alarm !== undefined) board.apply(alarm, 'return', { at: clock.now() });
  };

  const externals = createExternals({ board, registry, clock });
  const operator = createOperator({ board, externals, suppression, hasEquipment: (id) => registry.equipment(id) !== undefined, journal, policy, clock });

  const checkQuality = (now: number) => {
    if (clock.monotonic() - badCheckedAt < SECOND) return;
    badCheckedAt = clock.monotonic();
    const byFeed = Map.groupBy(evaluation.badFor(BAD_QUALITY_MS, now), (tag) => feedOf(tag) ?? 'unassigned');
    for (const [feed, tags] of byFeed) {
      if (badFeeds.has(feed)) continue;
      const names = tags.slice(0, 10).map((tag) => registry.tagAt(tag).id);
      raiseSystem({ code: `bad-quality.${feed}`, priority: 4, text: text(`数据源 ${feed} 有 ${tags.length} 个位号质量坏超过 30 秒，其报警保持原状态`, `Feed ${feed}: ${tags.length} tags of bad quality for more than 30 s; their alarms hold`), detail: names.join(', ') });
    }
    for (const feed of badFeeds) if (!byFeed.has(feed)) clearSystem(`bad-quality.${feed}`);
    badFeeds = new Set(byFeed.keys());
  };
  const checkJournal = () => {
    if (journal.flush()) clearSystem('alarm-journal');
    else if (!board.table.get('system/alarm-journal')) raiseSystem({ code: 'alarm-journal', priority: 2, text: text('报警日志无法写入磁盘，暂存内存', 'The alarm journal cannot be written; events wait in memory') });
  };
  const endShelving = (now: number) => {
    for (const row of board.table.rows()) {
      if (row.state !== 'shelved' || row.shelvedUntil === null || row.shelvedUntil > now) continue;
      const alarm = board.alarms.get(row.id);
      if (alarm !== undefined) board.apply(alarm, 'unshelve', { at: now, note: 'expired' });
    }
  };

  return {
    evaluate(batch) {
      const changed = signals.note(batch);
      if (changed.length === 0) evaluation.evaluate(batch);
      else {
        // The state of the plant and the set points first: what means nothing now must not show for a moment.
        board.change(() => {
          suppression.follow(changed);
          evaluation.evaluate(batch);
          evaluation.follow(changed, clock.now());
        });
      }
      if (evaluation.unknown === unknownSeen) return;
      unknownSeen = evaluation.unknown;
      faults.report({ source: 'alarms', code: 'UnknownTagIndex', severity: 'error', text: text('样本的位号编号超出装置模型', 'Samples carry a tag number outside the plant model'), detail: `${unknownSeen} so far` });
    },
    tick() {
      const now = clock.now();
      board.change(() => {
        evaluation.tick(now);
        suppression.tick(now);
        endShelving(now);
        checkQuality(now);
        checkJournal();
      });
      annunciator.tick();
    },
    raiseSystem,
    clearSystem,
    ...operator,
    connectExternal: externals.connect,
    silence: annunciator.silence,
    policy,
    outOfOperation: suppression.out,
    reportVoice: annunciator.report,
    table: board.table,
    annunciator: annunciator.value,
    onDidRaise: board.onDidRaise,
    onDidRecord: board.onDidRecord,
    journal: journal.read,
    master,
    replay: (input) => replayAlarm({ registry, samples }, input),
    performance: (period) => measurePerformance({ store, clock, rows: board.table.rows, messageOf: (id) => board.alarms.get(id)?.definition.message, targets }, period),
  };
};
