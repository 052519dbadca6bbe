import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { History } from '../../modules/inference/index.ts';

/** NASA C-MAPSS text files (`train_FD001.txt[.gz]`): 26 columns: engine, cycle, altitude, Mach, TRA, s1…s21. */
export const CMAPSS_SENSORS = ['s2', 's3', 's4', 's7', 's8', 's9', 's11', 's12', 's13', 's14', 's15', 's17', 's20', 's21'] as const;
export const SUBSETS = ['FD001', 'FD002', 'FD003', 'FD004'] as const;
export type Subset = (typeof SUBSETS)[number];
/** Sensors that rise with wear whatever the fault: turbine temperature, compressor pressure, bleed enthalpy. */
export const CMAPSS_RISING = ['s4', 's11', 's17'] as const;
/** Least and greatest label of each test file, as the data set's README states them. */
export const CMAPSS_LABELS: Readonly<Record<Subset, readonly [number, number]>> = { FD001: [7, 145], FD002: [6, 194], FD003: [6, 145], FD004: [6, 195] };

export type Engine = { readonly id: number; readonly cycles: number; readonly history: History };

/** Engines of a `train` or `test` file in file order. Throws a RangeError that names file and line. */
export const readEngines = (folder: string, part: 'train' | 'test', subset: Subset): Engine[] => {
  const name = `${part}_${subset}.txt`;
  const rows = readText(folder, name)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const numbers = line.trim().split(/\s+/).map(Number);
      if (numbers.length !== 26 || !numbers.every(Number.isFinite)) throw new RangeError(`${name} line ${index + 1}: expected 26 numbers`);
      return numbers;
    });
  const byEngine = Map.groupBy(rows, (row) => row[0]!);
  return [...byEngine].map(([id, own]) => ({
    id,
    cycles: own.length,
    history: { sensors: CMAPSS_SENSORS.map((sensor) => Float64Array.from(own, (row) => row[4 + Number(sensor.slice(1))]!)), setting: Float64Array.from(own, (row) => row[2]!) },
  }));
};

/** Tells one history from another, whatever number it bears. */
export const fingerprint = ({ history }: Engine): string => {
  const hash = createHash('sha256');
  for (const column of history.sensors) hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  return hash.digest('hex').slice(0, 12);
};

/** True RUL after the last row of each test engine, or null where the label file is not there. */
export const readLabels = (folder: string, subset: Subset): Float64Array | null => {
  try {
    return Float64Array.from(readText(folder, `RUL_${subset}.txt`).trim().split(/\s+/), Number);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

const readText = (folder: string, name: string): string => {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return gunzipSync(readFileSync(join(folder, `${name}.gz`))).toString('utf8');
  }
};
