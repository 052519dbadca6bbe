import { stripTypeScriptTypes } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Name of the isolated world in which a preload runs, as in Electron: it shares the page's DOM and none of its globals. */
export const PRELOAD_WORLD = 'anlan-preload';
/** The one function that this world has towards the stand-in. */
export const TO_MAIN = '__standinToMain';

/** Messages between the preload's world and the stand-in. */
export type FromPage = { readonly kind: 'send'; readonly channel: string; readonly arguments: string } | { readonly kind: 'port'; readonly port: number; readonly message: string } | { readonly kind: 'portClosed'; readonly port: number } | { readonly kind: 'loaded' };
export type ToPage = { readonly kind: 'event'; readonly channel: string; readonly message: string; readonly ports: readonly number[] } | { readonly kind: 'port'; readonly port: number; readonly message: string };

const wire = stripTypeScriptTypes(readFileSync(fileURLToPath(new URL('./wire.ts', import.meta.url)), 'utf8')).replaceAll('export const', 'const');

/**
 * Source of the isolated world: what a sandboxed preload finds (`require` of electron and nothing else; `ipcRenderer` with ports as real
 * MessagePorts of the page), then the built preload itself.
 */
export const preloadWorldSource = (preload: string): string => `(() => {
  if (window.top !== window) return;
  ${wire}
  const toMain = globalThis.${TO_MAIN};
  const post = (message) => toMain(JSON.stringify(message));
  const listeners = new Map();
  const ports = new Map();
  const openPort = (id) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => post({ kind: 'port', port: id, message: encode(data) });
    port1.addEventListener('close', () => post({ kind: 'portClosed', port: id }));
    ports.set(id, port1);
    return port2;
  };
  const ipcRenderer = {
    on(channel, listener) { listeners.set(channel, [...(listeners.get(channel) ?? []), listener]); return ipcRenderer; },
    send(channel, ...values) { post({ kind: 'send', channel, arguments: encode(values) }); },
  };
  globalThis.__standinFromMain = (batch) => {
    for (const each of batch) {
      if (each.kind === 'port') ports.get(each.port)?.postMessage(decode(each.message));
      else {
        const event = { sender: ipcRenderer, ports: each.ports.map(openPort) };
        for (const listener of listeners.get(each.channel) ?? []) listener(event, decode(each.message));
      }
    }
  };
  const require = (name) => {
    if (name === 'electron') return { ipcRenderer };
    throw new Error('module not found: ' + name + ' (a sandboxed preload has electron only)');
  };
  const module = { exports: {} };
  const exports = module.exports;
  post({ kind: 'loaded' });
  ((require, module, exports) => { ${readFileSync(preload, 'utf8')}
  })(require, module, exports);
})();`;
