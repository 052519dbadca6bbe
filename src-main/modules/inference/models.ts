import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Transferable } from 'node:worker_threads';
import { createEmitter, createScope, text, type Clock, type Disposable, type Listen, type Log, type Result, type Text } from '../../../src-shared/kernel/index.ts';
import type { Faults } from '../../platform/faults.ts';
import type { SupervisedWorker } from '../../platform/workers.ts';
import type { Card, CheckedModel } from './card.ts';
import { createUsageCount, NO_USAGE, type Usage, type UsageCount } from './usage.ts';

/** What the station knows of one model: the card it serves by, and why a newer file is not used. */
export type LoadedModel = { readonly id: string; readonly card: Card | null; readonly state: 'ready' | 'refused' | 'loading' | 'failed'; readonly detail: Text | null; readonly previous: Card | null; readonly usage: Usage };

/** A model in service. `key` names these very bytes. */
export type Serving<Kind extends Card> = { readonly key: string; readonly card: Kind };

/** What a run in the worker answers: a model that throws or gives no numbers is the model's fault, not the worker's. */
export type RunAnswer<Output> = { readonly output: Output } | { readonly failure: string };

/**
 * The models of one kind in service, in one worker. A new file is checked, loaded and warmed up beside the old one, which serves until then; the old one stays loaded, and serves again when the new one fails
 * in use. A file that is refused leaves what serves alone.
 */
export type Models<Kind extends Card> = Disposable & {
  list(): readonly LoadedModel[];
  /** The card by which `id` is to be run, also while it loads; null when there is no sound file. */
  serving(id: string): Serving<Kind> | null;
  isReady(id: string): boolean;
  /** Looks at the folder again and swaps what changed. Resolves when all that can serve is ready. */
  reload(): Promise<void>;
  /** The model before serves again, and the one taken back waits in its place. Returns whether there was one. */
  rollBack(id: string): boolean;
  /** Calls the worker's `run` with `serving` and `input`. Throws when the model fails, after going back to the one before it, or when the worker is away. */
  run<Output>(serving: Serving<Kind>, input: Readonly<Record<string, unknown>>, transfer: readonly Transferable[]): Promise<Output>;
  /** Another file serves under this id: its input must be made by its card. */
  readonly onDidSwap: Listen<string>;
};

type Loaded<Kind extends Card> = Serving<Kind> & { readonly checked: CheckedModel<Kind> };
type Slot<Kind extends Card> = { current: Loaded<Kind> | null; previous: Loaded<Kind> | null; state: LoadedModel['state']; detail: Text | null };
export const takenBack = (version: string): Text => text(`${version} 已被人工退回`, `${version} was taken back`);
const NOTHING_LOADED = { current: null, previous: null, state: 'refused', detail: null } as const;
type Dependencies<Kind extends Card> = {
  readonly ids: readonly string[];
  readonly folder: string;
  /** Reads and checks a card with its model. */
  read(cardFile: string): Result<CheckedModel<Kind>>;
  readonly worker: SupervisedWorker;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly faults: Faults;
  readonly log: Log;
};

export const createModels = <Kind extends Card>({ ids, folder, read, worker, clock, faults, log }: Dependencies<Kind>): Models<Kind> => {
  const scope = createScope();
  const swapped = createEmitter<string>();
  const slots = new Map<string, Slot<Kind>>();
  const refused = new Set<string>();
  const usages = new Map<string, UsageCount>();
  const usageOf = (key: string): UsageCount => {
    const known = usages.get(key) ?? createUsageCount(clock);
    usages.set(key, known);
    return known;
  };

  const check = (id: string): Loaded<Kind> | null => {
    if (!existsSync(join(folder, `${id}.json`))) {
      faults.report({ source: 'model', code: `${id}/missing`, severity: 'warning', text: text(`没有模型文件 ${id}.json:不作此项预测`, `There is no model file ${id}.json: nothing is predicted by it`), detail: folder });
      return null;
    }
    faults.clear('model', `${id}/missing`);
    const checked = read(join(folder, `${id}.json`));
    const slot = slots.get(id) ?? { ...NOTHING_LOADED };
    slots.set(id, slot);
    if (!checked.ok) {
      slot.detail = checked.refusal.text;
      faults.report({ source: 'model', code: `${id}/file`, severity: 'error', text: checked.refusal.text, detail: checked.refusal.field ?? '' });
      return null;
    }
    faults.clear('model', `${id}/file`);
    const { card } = checked.value;
    const key = `${id}@${card.sha256.slice(0, 16)}`;
    // A file that failed in use is not tried again; another file is.
    return refused.has(key) ? null : { key, card, checked: checked.value };
  };
  const load = async (loaded: Loaded<Kind>) => worker.call('load', { key: loaded.key, card: loaded.card, bytes: loaded.checked.bytes });
  const begin = async (id: string, loaded: Loaded<Kind>) => {
    const slot = slots.get(id)!;
    const isFirst = slot.current === null || slot.current.key === loaded.key;
    if (isFirst) [slot.current, slot.state] = [loaded, 'loading'];
    try {
      await load(loaded);
    } catch (error) {
      log.error('model did not load', { id, error: String(error) });
      faults.report({ source: 'model', code: id, severity: 'error', text: text(`模型 ${id} 无法加载`, `Model ${id} did not load`), detail: String(error) });
      if (isFirst) slot.state = 'failed';
      slot.detail = text(`无法加载:${String(error)}`, `It did not load: ${String(error)}`);
      return;
    }
    if (!isFirst) {
      if (slot.previous !== null) {
        worker.post({ unload: slot.previous.key });
        usages.delete(slot.previous.key);
      }
      [slot.previous, slot.current] = [slot.current, loaded];
    }
    [slot.state, slot.detail] = ['ready', null];
    faults.clear('model', id);
    if (!isFirst) swapped.emit(id);
  };
  const first = ids.flatMap((id) => {
    const loaded = check(id);
    if (loaded !== null) slots.get(id)!.current = loaded;
    return loaded === null ? [] : [{ id, loaded }];
  });
  for (const { id, loaded } of first) void begin(id, loaded);
  let starts = 0;
  scope.add(
    worker.onDidStart(() => {
      starts += 1;
      if (starts === 1) return;
      for (const [id, { current, previous }] of slots) {
        if (current !== null) void begin(id, current);
        if (previous !== null) void load(previous).catch((error: unknown) => log.warn('previous model did not load', { id, error: String(error) }));
      }
    }),
  );

  return {
    list: () => [...slots].map(([id, { current, previous, state, detail }]) => ({ id, card: current?.card ?? null, state, detail, previous: previous?.card ?? null, usage: current === null ? NO_USAGE : usageOf(current.key).of() })),
    serving: (id) => slots.get(id)?.current ?? null,
    isReady: (id) => slots.get(id)?.state === 'ready',
    async reload() {
      await Promise.all(
        ids.map(async (id) => {
          const loaded = check(id);
          if (loaded !== null && loaded.key !== slots.get(id)?.current?.key) await begin(id, loaded);
        }),
      );
    },
    rollBack(id) {
      const slot = slots.get(id);
      if (slot === undefined || slot.current === null || slot.previous === null) return false;
      [slot.current, slot.previous] = [slot.previous, slot.current];
      refused.delete(slot.current.key);
      refused.add(slot.previous.key);
      [slot.state, slot.detail] = ['ready', takenBack(slot.previous.card.version)];
      swapped.emit(id);
      return true;
    },
    async run<Output>({ key, card: { id } }: Serving<Kind>, input: Readonly<Record<string, unknown>>, transfer: readonly Transferable[]) {
      const began = clock.monotonic();
      const answer = await worker.call<RunAnswer<Output>>('run', { key, ...input }, transfer);
      usageOf(key).count(began);
      if ('output' in answer) return answer.output;
      const slot = slots.get(id);
      if (slot?.current?.key === key && slot.previous !== null) {
        refused.add(key);
        [slot.current, slot.previous] = [slot.previous, null];
        slot.detail = text(`${key} 运行出错(${answer.failure}),已退回上一版本`, `${key} failed in use (${answer.failure}); the model before it serves`);
        faults.report({ source: 'model', code: `${id}/fallback`, severity: 'error', text: text(`模型 ${id} 运行出错,已退回上一版本`, `Model ${id} failed in use; the version before it serves`), detail: answer.failure });
        swapped.emit(id);
      }
      throw new Error(answer.failure);
    },
    onDidSwap: swapped.listen,
    [Symbol.dispose]: () => scope[Symbol.dispose](),
  };
};
