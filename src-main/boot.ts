import { join } from 'node:path';
import { ok, refuse, text, type Clock, type Disposable, type Log, type Refusal, type Result } from '../src-shared/kernel/index.ts';
import type { SiteFile } from '../src-shared/plant/index.ts';
import { loadConfig, loadSite, type Config } from './config/index.ts';
import { systemClock } from './platform/clock.ts';
import { createIds } from './platform/ids.ts';
import { createLog } from './platform/log.ts';
import { createSoundPlayer } from './platform/soundPlayer.ts';
import { lockFolder } from './platform/sqlLock.ts';
import type { Installation } from './platform/installation.ts';
import { createStandingStation } from './standingStation.ts';
import { createStation, type Station } from './station.ts';

/** A running station and what its entry needs to show it. */
export type Booted = AsyncDisposable & { readonly station: Station; readonly site: SiteFile; readonly config: Config; readonly clock: Clock; readonly log: Log };

/** What an entry hands over: its arguments, the environment, and what holds when nobody says otherwise. */
export type BootInput = { readonly argv: readonly string[]; readonly env: Readonly<Record<string, string | undefined>>; readonly defaults: Pick<Config, 'dataDir' | 'shell'>; readonly installation: Installation };

const DEFAULTS = { site: null, scenario: 'normal', port: 7420, logLevel: 'info' } as const;

/** From arguments to a running station, the same for every entry. Refuses what a person can mend: arguments, site file, a data folder that is in use or cannot be written. */
export const boot = ({ argv, env, defaults, installation }: BootInput): Result<Booted, Refusal> => {
  const config = loadConfig({ argv, env, defaults: { ...DEFAULTS, ...defaults } });
  if (!config.ok) return config;
  const { site: file, dataDir, shell, logLevel } = config.value;
  if (file === null) return refuse('NoSite', { zh: '未指定站点文件:请用 --site FILE', en: 'No site file: name one with --site FILE' }, 'site');
  const site = loadSite(file);
  if (!site.ok) return site;
  const log = createLog(logLevel);
  const opened = openFolder(dataDir, () => createStandingStation((rebuild) => createStation({ site: site.value, installation, dataDir, clock: systemClock, ids: createIds(systemClock), log, player: createSoundPlayer({ folder: join(dataDir, 'sounds'), log }), shell, rebuild }), { log }));
  if (!opened.ok) return opened;
  const { station, lock } = opened.value;
  return ok({
    station,
    site: site.value.site,
    config: config.value,
    clock: systemClock,
    log,
    async [Symbol.asyncDispose]() {
      await station[Symbol.asyncDispose]();
      lock[Symbol.dispose]();
    },
  });
};

/** Takes the data folder and starts the station over it; what the disk refuses is for a person to mend, anything else is a bug. */
const openFolder = (dataDir: string, start: () => Station): Result<{ readonly station: Station; readonly lock: Disposable }, Refusal> => {
  let lock: Disposable | null = null;
  try {
    lock = lockFolder(dataDir);
    if (lock === null) return refuse('DataInUse', text(`数据目录 ${dataDir} 正被另一个站点使用`, `Another station runs over the data folder ${dataDir}`), 'dataDir');
    return ok({ station: start(), lock });
  } catch (error) {
    // Somebody may mend the disk and try again in this very process.
    lock?.[Symbol.dispose]();
    if (!isDiskRefusal(error)) throw error;
    return refuse('DataFolder', text(`数据目录 ${dataDir} 无法写入(${error.message}):请检查磁盘空间和权限`, `The data folder ${dataDir} cannot be written (${error.message}): check its disk space and permissions`), 'dataDir');
  }
};

/** Codes of the file system and of SQLite for a disk that is full, read-only or not ours. */
const DISK_CODES = /^(EACCES|EPERM|EROFS|ENOSPC|EDQUOT|ENOTDIR|ENOENT|EEXIST|EIO|EFBIG|SQLITE_(CANTOPEN|READONLY|FULL|IOERR|PERM).*)$/;
const isDiskRefusal = (error: unknown): error is Error => error instanceof Error && ('code' in error ? DISK_CODES.test(String(error.code)) : error.message.startsWith('Cannot open database'));
