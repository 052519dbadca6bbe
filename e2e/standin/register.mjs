// `node --import ./e2e/standin/register.mjs out/main/index.js`: the built main process meets the stand-in where it imports electron.
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const standin = new URL('./electron.ts', import.meta.url).href;
const entry = pathToFileURL(process.argv[1]).href;

// Worker threads inherit this file and have no business with electron.
if (isMainThread)
  registerHooks({
    resolve: (specifier, context, next) => (specifier === 'electron' ? { url: standin, shortCircuit: true } : next(specifier, context)),
    // Electron is ready only once the entry has been evaluated to its end: one that awaits `whenReady` at its top level hangs for ever, here too.
    load: (url, context, next) => {
      const loaded = next(url, context);
      if (url !== entry) return loaded;
      const source = typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source ?? []).toString();
      return { ...loaded, source: `${source}\n;globalThis[Symbol.for('anlan.standin.entryLoaded')]();` };
    },
  });
