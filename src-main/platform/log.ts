import pino from 'pino';
import type { Log } from '../../src-shared/kernel/index.ts';

/** JSON lines on standard error (standard output belongs to commands), at `level` and above. */
export const createLog = (level: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info'): Log => wrap(pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true })));

const wrap = (logger: pino.Logger): Log => ({
  debug: (message, fields) => logger.debug(fields ?? {}, message),
  info: (message, fields) => logger.info(fields ?? {}, message),
  warn: (message, fields) => logger.warn(fields ?? {}, message),
  error: (message, fields) => logger.error(fields ?? {}, message),
  child: (name) => wrap(logger.child({ room: name })),
});
