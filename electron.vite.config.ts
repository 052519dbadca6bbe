import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (...path: readonly string[]) => join(import.meta.dirname, ...path);
/** Every entry of src-main/workers becomes a file of its own beside the station: out/main/workers/NAME.js. */
const workers = readdirSync(at('src-main/workers'), { withFileTypes: true })
  .filter((file) => file.isFile() && file.name.endsWith('.ts') && !file.name.endsWith('.test.ts'))
  .map(({ name }) => [`workers/${basename(name, '.ts')}`, at('src-main/workers', name)]);

export default defineConfig({
  main: {
    build: {
      target: 'node24',
      lib: { entry: { index: at('src-main/index.ts'), headless: at('src-main/headless.ts'), ...Object.fromEntries(workers) } },
      rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' } },
    },
  },
  // A sandboxed preload is one CommonJS file with nothing to import but electron.
  preload: {
    build: {
      externalizeDeps: false,
      lib: { entry: at('src-preload/index.ts'), formats: ['cjs'] },
      rolldownOptions: { output: { format: 'cjs', entryFileNames: 'index.cjs' } },
    },
  },
  renderer: {
    root: at('src-renderer'),
    base: './',
    publicDir: at('assets/public'),
    plugins: [react()],
    // Fonts stay files: the content policy takes no `data:` font.
    build: { minify: true, target: 'chrome140', assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined), chunkSizeWarningLimit: 4_000, rolldownOptions: { input: { index: at('src-renderer/index.html'), wall: at('src-renderer/wall.html'), annunciator: at('src-renderer/annunciator.html') } } },
  },
});
