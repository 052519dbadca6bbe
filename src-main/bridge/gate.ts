import { NOBODY, type Actor, type BridgeRefusalCode, type CallContext, type Permission } from '../../src-shared/contract/index.ts';
import { refuse, type Clock, type Ids, type Log, type Refusal, type Result } from '../../src-shared/kernel/index.ts';
import type { BridgeLedger, Entry, StationCall, StationCommand } from './types.ts';

export type Caller = { readonly actor: Actor | null; readonly permissions: readonly Permission[] };
export type Call = { readonly name: string; readonly entry: Entry; readonly handler: unknown; readonly input: unknown; readonly commandId: string | undefined };
type Reply = Result<unknown, Refusal>;
type Dependencies = { readonly ledger: BridgeLedger; readonly clock: Clock; readonly ids: Ids; readonly log: Log; onLedgerDown(error: unknown): void; onLedgerUp(): void; onFailed(name: string, error: unknown): void; /** A handler that may have failed before has done its work. */ onWorked(name: string): void };

/**
 * The one gate that every call passes: input parsed → permission → ledger intent → handler → ledger outcome → reply. A command's answer is kept, so
 * that a retry under the same commandId by the same actor takes effect once; who has not signed in yet is nobody in particular, so signing in and out is
 * judged anew each time. Commands are refused while the ledger cannot write, except emergency ones.
 */
export const createGate = ({ ledger, clock, ids, log, onLedgerDown, onLedgerUp, onFailed, onWorked }: Dependencies): { pass(call: Call, caller: Caller): Promise<Reply> } => {
  const answered = new Map<string, Promise<Reply>>();
  const write = (entry: Parameters<BridgeLedger['append']>[0]): boolean => {
    try {
      ledger.append(entry);
      onLedgerUp();
      return true;
    } catch (error) {
      onLedgerDown(error);
      return false;
    }
  };
  const guarded = async (name: string, run: () => unknown | Promise<unknown>): Promise<Reply> => {
    try {
      const value = await run();
      onWorked(name);
      return { ok: true, value };
    } catch (error) {
      log.error('handler failed', { name, error: error instanceof Error ? error.stack : String(error) });
      onFailed(name, error);
      return failed;
    }
  };
  const command = async (call: Call & { readonly entry: Extract<Entry, { verb: 'command' }> }, input: unknown, caller: Caller): Promise<Reply> => {
    const { name, entry } = call;
    const actor = caller.actor ?? NOBODY;
    const commandId = call.commandId ?? ids.next('cmd');
    const body = { commandId, input: withoutSecrets(input, entry.secret) };
    if (!write({ actor: actor.id, kind: 'command', subject: name, body }) && !entry.emergency) {
      return refuse('LedgerDown', { zh: '台账无法写入,操作被拒绝', en: 'The ledger cannot write, so the action was refused' });
    }
    const context: CallContext & { readonly actor: Actor } = { actor, commandId, at: clock.now() };
    const reply = await guarded(name, () => (call.handler as StationCommand)(input, context));
    const outcome = reply.ok ? (reply.value as Reply) : reply;
    write({ actor: actor.id, kind: outcome.ok ? 'done' : 'refused', subject: name, body: outcome.ok ? { commandId } : { commandId, code: outcome.refusal.code } });
    return outcome;
  };
  return {
    async pass(call, caller) {
      const { name, entry, handler } = call;
      if (entry.verb !== 'query' && entry.verb !== 'command') return unknownName(name);
      const parsed = entry.input.safeParse(call.input);
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        const path = issue?.path.join('.') ?? '';
        return refuse('BadInput', { zh: `输入有误 ${path}: ${issue?.message ?? ''}`, en: `Bad input at ${path || 'input'}: ${issue?.message ?? ''}` }, path);
      }
      if (entry.verb === 'query') return guarded(name, () => (handler as StationCall)(parsed.data, { actor: caller.actor, commandId: '', at: clock.now() }));
      if (entry.needs !== 'session') {
        if (caller.actor === null) return refuse('NotSignedIn', { zh: '请先登录:谁在操作?', en: 'Sign in first: who acts?' });
        if (!caller.permissions.includes(entry.needs)) return refuse('NotPermitted', { zh: `${caller.actor.name} 没有此权限`, en: `${caller.actor.name} may not do this` });
      }
      const key = call.commandId === undefined || entry.needs === 'session' ? null : `${caller.actor?.id ?? ''}/${name}/${call.commandId}`;
      const known = key === null ? undefined : answered.get(key);
      if (known !== undefined) return known;
      const reply = command({ ...call, entry }, parsed.data, caller);
      if (key !== null) {
        answered.set(key, reply);
        if (answered.size > 10_000) answered.delete(answered.keys().next().value ?? '');
      }
      return reply;
    },
  };
};

const failed = refuse<BridgeRefusalCode>('Failed', { zh: '站点内部错误,已记录', en: 'The station failed; the fault is recorded' });
export const unknownName = (name: string) => refuse<BridgeRefusalCode>('UnknownName', { zh: `没有 ${name}`, en: `There is no ${name}` }, name);

const withoutSecrets = (input: unknown, secret: readonly string[]): unknown =>
  secret.length === 0 || typeof input !== 'object' || input === null ? input : Object.fromEntries(Object.entries(input).filter(([key]) => !secret.includes(key)));
