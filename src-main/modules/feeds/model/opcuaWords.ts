import { text, type Text } from '../../../../src-shared/kernel/index.ts';
import { ADVICE } from './opcuaAdvice.ts';
import { STATUS } from './opcuaStatus.ts';

/** What an OPC UA status means and what to do. A refusal needs a person; everything else is tried again. */
export type StatusWords = { readonly isRefusal: boolean; readonly text: Text };

/** The words for a status by its name: what is so, what to do, and the code to search for. Undefined for a name that is none. */
export const wordsOf = (name: string): StatusWords | undefined => {
  const entry = Object.hasOwn(STATUS, name) ? STATUS[name] : undefined;
  if (entry === undefined) return undefined;
  const [zh, en, advice, refusal] = entry;
  return { isRefusal: refusal !== undefined, text: text(`${zh}：${ADVICE[advice].zh}（${name}）`, `${en[0]!.toUpperCase()}${en.slice(1)}: ${ADVICE[advice].en} (${name})`) };
};

/** The words for whatever an error or a status says; unknown ones keep their own. */
export const wordsFor = (message: string): StatusWords => {
  for (const [name] of message.matchAll(/\b(?:Bad|Uncertain)(?:[A-Z][A-Za-z_]*)?\b/g)) {
    const known = wordsOf(name);
    if (known !== undefined && (name.length > 3 || message === name)) return known;
  }
  if (/cannot find (an )?endpoint|no endpoint/i.test(message)) return { isRefusal: true, text: text(`服务器没有此安全模式和策略的端点：${ADVICE.endpoint.zh}`, `The server has no endpoint with this security mode and policy: ${ADVICE.endpoint.en}`) };
  if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNRESET/.test(message)) return { isRefusal: false, text: text(`服务器地址没有应答：${ADVICE.network.zh}`, `Nobody answers at the address of the server: ${ADVICE.network.en}`) };
  const brief = (message.split('\n')[0] ?? message).slice(0, 160);
  return { isRefusal: false, text: text(`无法连接：${brief}`, `Cannot connect: ${brief}`) };
};
