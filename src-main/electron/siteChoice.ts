import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Refusal, Result } from '../../src-shared/kernel/index.ts';

/** What Electron asks a person with. */
export type Dialogs = {
  showMessageBox(options: { readonly type: 'question' | 'error'; readonly title: string; readonly message: string; readonly buttons: string[]; readonly cancelId: number }): Promise<{ readonly response: number }>;
  showOpenDialog(options: { readonly title: string; readonly properties: 'openFile'[]; readonly filters: { readonly name: string; readonly extensions: string[] }[] }): Promise<{ readonly canceled: boolean; readonly filePaths: readonly string[] }>;
};
export type SiteChoice<T> = {
  /** Where the choice is kept. */
  readonly memory: string;
  readonly dialogs: Dialogs;
  /** Starts over a site file; null when none was chosen yet. */
  start(site: string | null): Result<T, Refusal>;
};

const Memory = z.object({ site: z.string().min(1) });
/** Refusals that another site file mends. */
const OF_THE_FILE = new Set(['NoSite', 'SiteFile']);

/**
 * Starts an installation that is opened from a menu, without arguments: over the site file chosen the last time, else over one that a person chooses now. A
 * file that is refused is shown with the reason, and another may be chosen; the choice is kept once a start went well.
 */
export const startChosenSite = async <T>({ memory, dialogs, start }: SiteChoice<T>): Promise<Result<T, Refusal>> => {
  let site = remembered(memory);
  for (;;) {
    const started = start(site);
    if (started.ok) {
      if (site !== null) remember(memory, site);
      return started;
    }
    if (!OF_THE_FILE.has(started.refusal.code)) return started;
    const chosen = await choose(dialogs, site === null ? null : started.refusal);
    if (chosen === null) return started;
    site = chosen;
  }
};

/** A site file, or null when the person would rather quit. */
const choose = async (dialogs: Dialogs, refusal: Refusal | null): Promise<string | null> => {
  const message = refusal === null ? '请选择本厂的站点文件。\n\nChoose the site file of this plant.' : `${refusal.text.zh}\n\n${refusal.text.en}`;
  const { response } = await dialogs.showMessageBox({ type: refusal === null ? 'question' : 'error', title: 'Anlan 安澜', message, buttons: ['选择站点文件 Choose', '退出 Quit'], cancelId: 1 });
  if (response !== 0) return null;
  const { canceled, filePaths } = await dialogs.showOpenDialog({ title: '站点文件 Site file', properties: ['openFile'], filters: [{ name: '站点文件 Site file', extensions: ['yaml', 'yml', 'json'] }] });
  return canceled ? null : (filePaths[0] ?? null);
};

/** The file chosen the last time; null when there was none, or when what was kept cannot be read: then it is asked for again. */
const remembered = (memory: string): string | null => {
  try {
    return Memory.parse(JSON.parse(readFileSync(memory, 'utf8'))).site;
  } catch {
    return null;
  }
};

const remember = (memory: string, site: string): void => {
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, JSON.stringify({ site } satisfies z.infer<typeof Memory>));
};
