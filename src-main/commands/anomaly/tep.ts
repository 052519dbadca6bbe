import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Tennessee Eastman files (Braatz set): 52 variables, one sample per 3 minutes; in `dNN_te` the fault starts after sample 160. */
export const TEP_SAMPLE_MINUTES = 3;
export const TEP_FAULT_START = 160;
const VARIABLES = 52;
export const TEP_VARIABLES: readonly string[] = [
  'XMEAS(1) A feed', 'XMEAS(2) D feed', 'XMEAS(3) E feed', 'XMEAS(4) A and C feed',
  'XMEAS(5) Recycle flow', 'XMEAS(6) Reactor feed rate', 'XMEAS(7) Reactor pressure', 'XMEAS(8) Reactor level',
  'XMEAS(9) Reactor temperature', 'XMEAS(10) Purge rate', 'XMEAS(11) Separator temperature', 'XMEAS(12) Separator level',
  'XMEAS(13) Separator pressure', 'XMEAS(14) Separator underflow', 'XMEAS(15) Stripper level', 'XMEAS(16) Stripper pressure',
  'XMEAS(17) Stripper underflow', 'XMEAS(18) Stripper temperature', 'XMEAS(19) Stripper steam flow', 'XMEAS(20) Compressor work',
  'XMEAS(21) Reactor cooling-water outlet temperature', 'XMEAS(22) Separator cooling-water outlet temperature', 'XMEAS(23) reactor feed analysis, A', 'XMEAS(24) reactor feed analysis, B',
  'XMEAS(25) reactor feed analysis, C', 'XMEAS(26) reactor feed analysis, D', 'XMEAS(27) reactor feed analysis, E', 'XMEAS(28) reactor feed analysis, F',
  'XMEAS(29) purge gas analysis, A', 'XMEAS(30) purge gas analysis, B', 'XMEAS(31) purge gas analysis, C', 'XMEAS(32) purge gas analysis, D',
  'XMEAS(33) purge gas analysis, E', 'XMEAS(34) purge gas analysis, F', 'XMEAS(35) purge gas analysis, G', 'XMEAS(36) purge gas analysis, H',
  'XMEAS(37) product analysis, D', 'XMEAS(38) product analysis, E', 'XMEAS(39) product analysis, F', 'XMEAS(40) product analysis, G',
  'XMEAS(41) product analysis, H', 'XMV(1) D feed flow', 'XMV(2) E feed flow', 'XMV(3) A feed flow',
  'XMV(4) A and C feed flow', 'XMV(5) Compressor recycle valve', 'XMV(6) Purge valve', 'XMV(7) Separator pot liquid flow',
  'XMV(8) Stripper liquid product flow', 'XMV(9) Stripper steam valve', 'XMV(10) Reactor cooling-water flow', 'XMV(11) Condenser cooling-water flow',
];

/** One file as columns [variable][sample]; `d00` lies transposed in the published set and is turned. Throws a RangeError that names file and line. */
export const readTep = (folder: string, name: string): Float64Array[] => {
  const rows = readText(folder, `${name}.dat`)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const numbers = line.trim().split(/\s+/).map(Number);
      if (!numbers.every(Number.isFinite)) throw new RangeError(`${name}.dat line ${index + 1}: not a number`);
      return numbers;
    });
  const width = rows[0]?.length ?? 0;
  if (!rows.every((row) => row.length === width)) throw new RangeError(`${name}.dat: lines of different length`);
  if (width === VARIABLES) return TEP_VARIABLES.map((_each, variable) => Float64Array.from(rows, (row) => row[variable]!));
  if (rows.length === VARIABLES) return rows.map((row) => Float64Array.from(row));
  throw new RangeError(`${name}.dat: ${rows.length} × ${width} numbers, expected ${VARIABLES} a line`);
};

const readText = (folder: string, name: string): string => {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return gunzipSync(readFileSync(join(folder, `${name}.gz`))).toString('utf8');
  }
};
