import { createFeatureState, featureCount, type FeatureSpec, type FeatureState } from './features.ts';

/**
 * One machine's way from samples to model steps. A step is the mean of `stepHours` hours of the machine's own running-hour meter; where there is no meter, of
 * source time. Values count when the meter has moved on since: a machine at rest does not age, and its zeros are no readings of a running machine.
 */
export type MachineState = {
  /** A new value of sensor `index`; it holds until the next. */
  see(index: number, value: number): void;
  /** The meter stands at `hours`. Returns whether a step was completed. A meter that went back (a new meter) starts a new step. */
  advance(hours: number): boolean;
  readonly steps: number;
  window(): Float32Array;
  /** The same window as if sensor `index` had stayed as it was when the machine was new: [window, features]. */
  windowWithout(index: number): Float32Array;
  /** Mean of each sensor over the last completed step, in its own unit; NaN before the first. */
  readonly latest: Float64Array;
  /** Mean of each sensor over the first `baseline` steps. */
  readonly baseline: Float64Array;
};

export const createMachineState = (spec: FeatureSpec, stepHours: number): MachineState => {
  const sensors = spec.sensors.length;
  const width = featureCount(spec);
  const held = new Float64Array(sensors).fill(Number.NaN);
  const sum = new Float64Array(sensors);
  const count = new Float64Array(sensors);
  const latest = new Float64Array(sensors).fill(Number.NaN);
  const baseline = new Float64Array(sensors).fill(Number.NaN);
  const state: FeatureState = createFeatureState(spec);
  let hours = Number.NaN;
  const complete = () => {
    for (let sensor = 0; sensor < sensors; sensor += 1) {
      latest[sensor] = (count[sensor] ?? 0) > 0 ? (sum[sensor] ?? 0) / (count[sensor] ?? 1) : Number.NaN;
      if (state.steps < spec.baseline && Number.isFinite(latest[sensor])) {
        const old = baseline[sensor] ?? Number.NaN;
        baseline[sensor] = Number.isNaN(old) ? latest[sensor]! : (old * state.steps + latest[sensor]!) / (state.steps + 1);
      }
    }
    sum.fill(0);
    count.fill(0);
    state.push(latest);
  };
  return {
    latest,
    baseline,
    get steps() {
      return state.steps;
    },
    see: (index, value) => void (held[index] = value),
    advance(now) {
      const before = hours;
      hours = now;
      if (Number.isNaN(before) || now <= before) return false;
      for (let sensor = 0; sensor < sensors; sensor += 1) {
        if (!Number.isFinite(held[sensor])) continue;
        sum[sensor] = (sum[sensor] ?? 0) + held[sensor]!;
        count[sensor] = (count[sensor] ?? 0) + 1;
      }
      const isComplete = Math.floor(now / stepHours) > Math.floor(before / stepHours) && count.some((each) => each > 0);
      if (isComplete) complete();
      return isComplete;
    },
    window: () => state.window(),
    windowWithout(index) {
      const window = state.window();
      for (let row = 0; row < spec.window; row += 1) {
        const at = row * width;
        const average = at + sensors + index;
        const change = at + 2 * sensors + index;
        const asNew = (window[average] ?? 0) - (window[change] ?? 0);
        window[at + index] = asNew;
        window[average] = asNew;
        window[change] = 0;
      }
      return window;
    },
  };
};
