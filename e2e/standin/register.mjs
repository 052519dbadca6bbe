// `node --import ./e2e/standin/register.mjs out/main/index.js`: the built main process meets the stand-in where it imports electron.
import { registerHooks } from 'node:module';

const standin = new URL('./electron.ts', import.meta.url).href;
registerHooks({ resolve: (specifier, context, next) => (specifier === 'electron' ? { url: standin, shortCircuit: true } : next(specifier, context)) });
