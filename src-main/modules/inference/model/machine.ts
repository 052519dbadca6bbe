import { createFeatureState, featureCount, type FeatureSpec, type FeatureState } from './features.ts';

/**
 * One machine's way from samples to model steps. A step is the mean of `stepHours` hours of the machine's own running-hour meter; where
 * there is no meter, of source time. A machine at rest does not age.
 */
export type MachineState = {
  /** One sample of sensor `index`, at running hour or source hour `hours`. Returns whether a step was completed. */
  add(index: number, value: number, hours: number): boolean;
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
  const sum = new Float64Array(sensors);
  const count = new Float64Array(sensors);
  const latest = new Float64Array(sensors).fill(Number.NaN);
  const baseline = new Float64Array(sensors).fill(Number.NaN);
  const state: FeatureState = createFeatureState(spec);
  let step = Number.NaN;
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
    add(index, value, hours) {
      const now = Math.floor(hours / stepHours);
      let completed = false;
      if (now > step && count.some((each) => each > 0)) {
        complete();
        completed = true;
      }
      if (Number.isNaN(step) || now > step) step = now;
      if (now === step && Number.isFinite(value)) {
        sum[index] = (sum[index] ?? 0) + value;
        count[index] = (count[index] ?? 0) + 1;
      }
      return completed;
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
