import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isRul, openSession, openVisionSession, readModel, readVisionModel } from '../../modules/inference/index.ts';
import { openSql } from '../../platform/sql.ts';

/** One thing that a station or its screens need of this machine. */
export type Check = { readonly name: string; run(): Promise<Outcome> | Outcome };
export type Outcome = { readonly ok: boolean; readonly detail: string };

const GIGABYTE = 1e9;
const LEAST_FREE_BYTES = 2 * GIGABYTE;
const good = (detail: string): Outcome => ({ ok: true, detail });
const bad = (detail: string): Outcome => ({ ok: false, detail });

/** Runs every check; one that throws has failed, with its error as the detail. */
export const runChecks = async (checks: readonly Check[]): Promise<readonly (Outcome & { readonly name: string })[]> => {
  const outcomes: (Outcome & { readonly name: string })[] = [];
  for (const { name, run } of checks) {
    try {
      outcomes.push({ name, ...(await run()) });
    } catch (error) {
      outcomes.push({ name, ...bad(error instanceof Error ? error.message : String(error)) });
    }
  }
  return outcomes;
};

export const node: Check = {
  name: 'node',
  run: () => (Number(process.versions.node.split('.')[0]) >= 24 ? good(`${process.version} on ${process.platform} ${process.arch}`) : bad(`${process.version}: the station needs 24 or later`)),
};

/** better-sqlite3 loads, and a database survives being closed. */
export const sqlite: Check = {
  name: 'sqlite',
  run() {
    const folder = mkdtempSync(join(tmpdir(), 'anlan-selftest-'));
    try {
      const file = join(folder, 'check.db');
      const table = [{ id: 1, name: 'check', sql: 'CREATE TABLE item (value INTEGER NOT NULL) STRICT' }];
      {
        using database = openSql(file, table);
        database.run('INSERT INTO item (value) VALUES (?)', 42);
      }
      using again = openSql(file, table);
      const { value, version } = again.get<{ value: number; version: string }>('SELECT value, sqlite_version() AS version FROM item') ?? { value: null, version: '' };
      return value === 42 ? good(`SQLite ${version}, written and read back`) : bad('what was written was not read back');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Every model in `folder` is the one its card names; the first remaining-life model runs, which proves the ONNX runtime. */
export const models = (folder: string): Check => ({
  name: 'models',
  async run() {
    const cards = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
    if (cards.length === 0) return bad(`no model card in ${folder}`);
    const read = cards.map((card) => readModel(join(folder, card)));
    const refused = read.flatMap((each) => (each.ok ? [] : [each.refusal.text.en]));
    const first = read.flatMap((each) => (each.ok ? [each.value] : [])).find(isRul);
    if (refused.length > 0 || first === undefined) return bad(refused.join('; '));
    await openSession(first);
    return good(`${cards.length} models fit their cards by SHA-256; ${first.card.id} loads in the ONNX runtime`);
  },
});

/** A picture of 8×8 grey pixels. */
const GREY_PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAI0lEQVQIHW3BAQEAAAABIJ433QFV5CnyFHmKPEWeIk+Rp8gzMpcMCZIlM+8AAAAASUVORK5CYII=';

/** The detector of `folder` looks at a picture, which proves libvips as well. */
export const pictures = (folder: string): Check => ({
  name: 'pictures',
  async run() {
    const checked = readVisionModel(join(folder, 'vision-ppe.json'));
    if (!checked.ok) return bad(checked.refusal.text.en);
    const session = await openVisionSession(checked.value);
    const started = performance.now();
    const sight = await session.detect(Buffer.from(GREY_PNG, 'base64'), 0.5);
    const spent = Math.round(performance.now() - started);
    await session.close();
    return sight.ok ? good(`${checked.value.card.id} looked at a picture in ${spent} ms`) : bad(sight.refusal.text.en);
  },
});

/** The wanted port, or one of the next that a station would take, can be had on loopback. */
export const port = (wanted: number, tries = 20): Check => ({
  name: 'ports',
  async run() {
    for (let each = wanted; each <= wanted + tries; each += 1) if (await isFree(each)) return good(each === wanted ? `127.0.0.1:${wanted} is free` : `127.0.0.1:${wanted} is busy; a station would take ${each}`);
    return bad(`127.0.0.1:${wanted} to ${wanted + tries} are busy`);
  },
});

const isFree = (wanted: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(wanted, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** The data folder takes a file, and there is room. */
export const disk = (folder: string): Check => ({
  name: 'disk',
  run() {
    mkdirSync(folder, { recursive: true });
    const probe = join(folder, '.selftest');
    writeFileSync(probe, 'probe', { flush: true });
    rmSync(probe);
    const { bavail, bsize } = statfsSync(folder);
    const detail = `${((bavail * bsize) / GIGABYTE).toFixed(1)} GB free at ${folder}, writable`;
    return bavail * bsize >= LEAST_FREE_BYTES ? good(detail) : bad(`${detail}; at least ${LEAST_FREE_BYTES / GIGABYTE} GB wanted`);
  },
});

/** Wall time is of this age, runs at the pace of the steady clock, and whether somebody keeps it right. */
export const clock: Check = {
  name: 'clock',
  async run() {
    const [wall, steady] = [Date.now(), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, 500));
    const drift = Date.now() - wall - (performance.now() - steady);
    const kept = process.platform !== 'linux' ? 'synchronisation not examined' : existsSync('/run/systemd/timesync/synchronized') ? 'synchronised' : 'no sign of time synchronisation';
    const detail = `${new Date().toISOString()}, ${drift.toFixed(1)} ms apart from the steady clock over 0.5 s, ${kept}`;
    return new Date().getUTCFullYear() >= 2025 && Math.abs(drift) < 50 ? good(detail) : bad(detail);
  },
};

/** True where this machine shows windows: the desktop checks only bind there. */
const isDesktop = (): boolean => process.platform !== 'linux' || process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;

/** Monitors as the kernel sees them. */
export const displays = (folder = '/sys/class/drm', desktop = isDesktop()): Check => ({
  name: 'displays',
  run() {
    if (process.platform !== 'linux') return good('not examined on this system');
    const connected = existsSync(folder) ? readdirSync(folder).flatMap((entry) => monitorAt(join(folder, entry))) : [];
    if (!desktop) return good(`headless: ${connected.length} monitors, no desktop; the station serves browsers`);
    return good(connected.length > 0 ? `${connected.length} connected: ${connected.join(', ')}` : `a desktop at ${process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? ''} without a monitor of its own (virtual or remote)`);
  },
});

const monitorAt = (folder: string): readonly string[] => {
  const status = join(folder, 'status');
  if (!existsSync(status) || readFileSync(status, 'utf8').trim() !== 'connected') return [];
  const [mode = 'no mode'] = readFileSync(join(folder, 'modes'), 'utf8').split('\n');
  return [`${basename(folder).split('-').slice(1).join('-')} ${mode}`];
};

/** A desk without a loudspeaker cannot sound an alarm. */
export const sound = (file = '/proc/asound/cards', desktop = isDesktop()): Check => ({
  name: 'sound',
  run() {
    if (process.platform !== 'linux') return good('not examined on this system');
    const cards = existsSync(file) ? readFileSync(file, 'utf8').split('\n').flatMap((line) => /^\s*\d+ \[.*\]: (.*)$/.exec(line)?.[1] ?? []) : [];
    if (cards.length > 0) return good(`${cards.length} sound devices: ${cards.join(', ')}`);
    return desktop ? bad('no sound device: alarms cannot sound here') : good('headless: no sound device; alarms sound where a screen is');
  },
});
