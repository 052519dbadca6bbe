import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ok, refuse, type Refusal, type Result } from '../../src-shared/kernel/index.ts';
import { wrongFields } from './schemaProblems.ts';

/** How one station is started. Everything about the plant itself stands in the site file. */
export const Config = z.strictObject({
  /** Path of a site file; null for the demonstration plant. */
  site: z.string().min(1).nullable(),
  /** Scenario of the demonstration plant. */
  scenario: z.string().regex(/^[a-z0-9-]+$/, 'a name of small letters, digits and dashes'),
  /** Port of the loopback server; 0 takes a free one. */
  port: z.coerce.number().int().min(0).max(65_535),
  /** Where the databases, the history and the log live. */
  dataDir: z.string().min(1),
  shell: z.enum(['electron', 'browser', 'none']),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
});
export type Config = Readonly<z.infer<typeof Config>>;

type Sources = { readonly argv: readonly string[]; readonly env: Readonly<Record<string, string | undefined>>; readonly defaults: Config };

const FLAGS = { site: 'site', scenario: 'scenario', port: 'port', dataDir: 'data-dir', shell: 'shell', logLevel: 'log-level' } as const satisfies Record<keyof Config, string>;
const NAMES = Object.keys(FLAGS) as (keyof Config)[];
const variable = (name: keyof Config) => `ANLAN_${FLAGS[name].toUpperCase().replaceAll('-', '_')}`;

/**
 * Defaults, overridden by `ANLAN_SITE`, `ANLAN_PORT` …, overridden by `--site`, `--port` …; frozen. Refuses with one
 * sentence that names the argument or variable. `argv` is without node and script.
 */
export const loadConfig = ({ argv, env, defaults }: Sources): Result<Config, Refusal<'BadArguments'>> => {
  let flags: Readonly<Record<string, string | boolean | undefined>>;
  try {
    flags = parseArgs({ args: [...argv], options: Object.fromEntries(NAMES.map((name) => [FLAGS[name], { type: 'string' as const }])), strict: true, allowPositionals: false }).values;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error);
    return refuse('BadArguments', { zh: `参数有误：${reason}。可用参数：${usage}`, en: `Bad arguments: ${reason}. Accepted: ${usage}` });
  }
  const given: Record<string, unknown> = { ...defaults };
  const from: Partial<Record<keyof Config, string>> = {};
  for (const name of NAMES) {
    const stated = flags[FLAGS[name]] ?? env[variable(name)];
    if (stated === undefined || stated === '') continue;
    given[name] = stated;
    from[name] = flags[FLAGS[name]] === undefined ? variable(name) : `--${FLAGS[name]}`;
  }
  const parsed = Config.safeParse(given);
  if (parsed.success) return ok(Object.freeze(parsed.data));
  const [wrong] = wrongFields(Config, given);
  const name = String(wrong?.path[0] ?? '') as keyof Config;
  return refuse('BadArguments', { zh: `参数 ${from[name] ?? name} 的值 “${String(given[name])}” 无效：${wrong?.text.zh ?? ''}`, en: `${from[name] ?? name} has the value "${String(given[name])}": ${wrong?.text.en ?? ''}` }, name);
};

const usage = NAMES.map((name) => `--${FLAGS[name]}`).join(' ');
