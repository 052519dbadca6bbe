import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createAnomalyState, type AnomalyModel } from '../../modules/inference/index.ts';
import { readTep, TEP_FAULT_START, TEP_SAMPLE_MINUTES, TEP_VARIABLES } from './tep.ts';

/**
 * An anomaly model on the Tennessee Eastman test files `d01_te`…`d21_te`. Per fault: the share of samples after its start that are above the limit, the minutes to the first of three
 * samples in a row above it (null for none), and the variables that drive it most there. False alarms: samples above the limit before each fault's start; `d00_te`, where it is there, apart.
 */
export const judgeTep = (model: AnomalyModel, folder: string) => {
  const judged = FAULTS.map((fault) => ({ fault, ...judge(model, readTep(folder, `d${String(fault).padStart(2, '0')}_te`)) }));
  const faults = judged.map(({ fault, above, driversAt }) => {
    const after = above.slice(TEP_FAULT_START);
    const first = after.findIndex((_each, sample) => sample + IN_A_ROW <= after.length && after.slice(sample, sample + IN_A_ROW).every(Boolean));
    return [String(fault), { detectionRate: share(after), delayMinutes: first < 0 ? null : first * TEP_SAMPLE_MINUTES, drivers: first < 0 ? [] : driversAt(TEP_FAULT_START + first + IN_A_ROW - 1) }] as const;
  });
  const mean = faults.filter(([fault]) => !OUTSIDE_MEAN.has(Number(fault)));
  const normal = existsSync(join(folder, 'd00_te.dat')) || existsSync(join(folder, 'd00_te.dat.gz')) ? share(judge(model, readTep(folder, 'd00_te')).above) : null;
  return {
    faults: Object.fromEntries(faults),
    falseAlarmRate: share(judged.flatMap(({ above }) => above.slice(0, TEP_FAULT_START))),
    falseAlarmRateNormal: normal,
    meanDetectionRate: mean.reduce((sum, [, { detectionRate }]) => sum + detectionRate, 0) / mean.length,
  };
};

const FAULTS = Array.from({ length: 21 }, (_each, index) => index + 1);
/** Three faults that nobody detects in these variables, and one that few do, are outside the mean (as most papers do it). */
const OUTSIDE_MEAN = new Set([3, 9, 15, 21]);
const IN_A_ROW = 3;
const DRIVERS = 3;

type Judged = { readonly above: readonly boolean[]; readonly driversAt: (sample: number) => readonly string[] };
const judge = (anomaly: AnomalyModel, columns: readonly Float64Array[]): Judged => {
  const state = createAnomalyState(anomaly);
  const readings = Array.from({ length: columns[0]?.length ?? 0 }, (_each, sample) => state.push(columns.map((column) => column[sample]!)));
  return {
    above: readings.map((reading) => (reading?.ratio ?? 0) > 1),
    driversAt: (sample) => [...(readings[sample]?.drivers ?? [])].map((size, variable) => ({ size, variable })).toSorted((a, b) => b.size - a.size).slice(0, DRIVERS).map(({ variable }) => TEP_VARIABLES[variable]!),
  };
};
const share = (flags: readonly boolean[]): number => flags.filter(Boolean).length / flags.length;
