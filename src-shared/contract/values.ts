import { contract, series } from './define.ts';

export const values = contract('values', {
  /** Live values: tag index, source time (UTC ms), value, quality byte (see kernel `Quality`). */
  live: series({ columns: ['tag', 'at', 'value', 'quality'] }),
});
