/**
 * Features of the remaining-useful-life models: the same code prepares training data, evaluates and runs in service, so that
 * training and service cannot drift apart. Everything is causal: a feature of step k depends on steps 0…k only.
 *
 * For S sensors each step gives 3·S numbers (+1 with age): the sensors standardised per operating condition (z), their exponential moving
 * average (EMA of z), and that average minus the machine's own mean of z over its first `baseline` steps.
 */
export type FeatureSpec = {
  /** Names of the input columns, in order. */
  readonly sensors: readonly string[];
  /** Steps a model sees at once. */
  readonly window: number;
  readonly emaAlpha: number;
  readonly baseline: number;
  /** Divisor of the step count as the last feature, or null for none: age helps on a benchmark and misleads on a plant. */
  readonly ageScale: number | null;
  /** Operating conditions by one setting, which may be one of the sensors: the nearest centre is the condition. One centre means one condition. */
  readonly conditions: { readonly setting: string | null; readonly centres: readonly number[] };
  /** Mean and standard deviation, [condition][sensor]. */
  readonly mean: readonly (readonly number[])[];
  readonly deviation: readonly (readonly number[])[];
};

/** One machine's history as columns: `sensors[s][k]` of step k, and the setting that tells the operating condition. */
export type History = { readonly sensors: readonly Float64Array[]; readonly setting: Float64Array | null };

export const featureCount = (spec: FeatureSpec): number => spec.sensors.length * 3 + (spec.ageScale === null ? 0 : 1);

/** The running features of one machine. `push` takes one step; NaN sensors repeat the last seen value. */
export type FeatureState = {
  readonly steps: number;
  push(sensors: ArrayLike<number>, setting?: number): void;
  /** The last `window` rows, row-major [window, features]; steps before the first repeat the first. */
  window(): Float32Array;
};

export const createFeatureState = (spec: FeatureSpec): FeatureState => {
  const count = spec.sensors.length;
  const width = featureCount(spec);
  const last = new Float64Array(count);
  const ema = new Float64Array(count);
  const baseline = new Float64Array(count);
  const ring = new Float32Array(spec.window * width);
  const settingSensor = spec.conditions.setting === null ? -1 : spec.sensors.indexOf(spec.conditions.setting);
  let steps = 0;
  let condition = 0;
  return {
    get steps() {
      return steps;
    },
    push(sensors, setting = 0) {
      const told = settingSensor < 0 ? setting : (sensors[settingSensor] ?? Number.NaN);
      if (Number.isFinite(told)) condition = nearest(spec.conditions.centres, told);
      const mean = spec.mean[condition] ?? [];
      const deviation = spec.deviation[condition] ?? [];
      const row = (steps % spec.window) * width;
      for (let sensor = 0; sensor < count; sensor += 1) {
        const raw = sensors[sensor] ?? Number.NaN;
        const z = Number.isFinite(raw) ? (raw - (mean[sensor] ?? 0)) / (deviation[sensor] || 1) : (last[sensor] ?? 0);
        last[sensor] = z;
        // The first steps are averaged plainly, so that one noisy first sample does not linger.
        ema[sensor] = (ema[sensor] ?? 0) + Math.max(spec.emaAlpha, 1 / (steps + 1)) * (z - (ema[sensor] ?? 0));
        if (steps < spec.baseline) baseline[sensor] = (baseline[sensor] ?? 0) + (z - (baseline[sensor] ?? 0)) / (steps + 1);
        ring[row + sensor] = z;
        ring[row + count + sensor] = ema[sensor] ?? 0;
        ring[row + 2 * count + sensor] = (ema[sensor] ?? 0) - (baseline[sensor] ?? 0);
      }
      if (spec.ageScale !== null) ring[row + 3 * count] = steps / spec.ageScale;
      steps += 1;
    },
    window() {
      const out = new Float32Array(spec.window * width);
      if (steps === 0) return out;
      for (let back = 0; back < spec.window; back += 1) {
        const step = Math.max(0, steps - spec.window + back);
        out.set(ring.subarray((step % spec.window) * width, (step % spec.window) * width + width), back * width);
      }
      return out;
    },
  };
};

/** The feature row after every step of a whole history: [steps, features], for training. A window is `spec.window` of them, the first repeated on the left. */
export const featureRows = (spec: FeatureSpec, history: History): Float32Array => {
  const state = createFeatureState({ ...spec, window: 1 });
  const width = featureCount(spec);
  const steps = history.sensors[0]?.length ?? 0;
  const rows = new Float32Array(steps * width);
  feed(state, history, (step) => rows.set(state.window(), step * width));
  return rows;
};

/** Pushes a whole history, telling after each step. */
export const feed = (state: FeatureState, history: History, after: (step: number) => void = () => {}): void => {
  const row = new Float64Array(history.sensors.length);
  const steps = history.sensors[0]?.length ?? 0;
  for (let step = 0; step < steps; step += 1) {
    history.sensors.forEach((column, sensor) => (row[sensor] = column[step] ?? Number.NaN));
    state.push(row, history.setting?.[step]);
    after(step);
  }
};

/** Conditions, means and deviations from training machines only. Settings that lie more than `gap` apart are different conditions. */
export const fitStandard = (histories: readonly History[], gap: number): Pick<FeatureSpec, 'conditions' | 'mean' | 'deviation'> => {
  const settings = histories.flatMap((history) => (history.setting === null ? [] : [...history.setting])).toSorted((a, b) => a - b);
  const groups: number[][] = [];
  for (const setting of settings) {
    const group = groups.at(-1);
    if (group === undefined || setting - (group.at(-1) ?? setting) > gap) groups.push([setting]);
    else group.push(setting);
  }
  const centres = groups.length === 0 ? [0] : groups.map((group) => group.reduce((sum, each) => sum + each, 0) / group.length);
  const sensors = histories[0]?.sensors.length ?? 0;
  const sum = centres.map(() => new Float64Array(sensors));
  const squares = centres.map(() => new Float64Array(sensors));
  const rows = centres.map(() => 0);
  const each = (use: (condition: number, sensor: number, value: number) => void) => {
    for (const history of histories)
      for (let sensor = 0; sensor < sensors; sensor += 1)
        history.sensors[sensor]?.forEach((value, step) => use(nearest(centres, history.setting?.[step] ?? 0), sensor, value));
  };
  for (const history of histories) history.sensors[0]?.forEach((_value, step) => (rows[nearest(centres, history.setting?.[step] ?? 0)]! += 1));
  each((condition, sensor, value) => (sum[condition]![sensor]! += value));
  const mean = sum.map((row, condition) => [...row].map((total) => total / Math.max(1, rows[condition] ?? 0)));
  each((condition, sensor, value) => (squares[condition]![sensor]! += (value - (mean[condition]?.[sensor] ?? 0)) ** 2));
  const deviation = squares.map((row, condition) =>
    [...row].map((total, sensor) => {
      const sigma = Math.sqrt(total / Math.max(1, rows[condition] ?? 0));
      return sigma > 1e-6 * Math.max(1, Math.abs(mean[condition]?.[sensor] ?? 0)) ? sigma : 1;
    }),
  );
  return { conditions: { setting: null, centres }, mean, deviation };
};

const nearest = (centres: readonly number[], value: number): number => {
  let best = 0;
  for (let index = 1; index < centres.length; index += 1) if (Math.abs(value - centres[index]!) < Math.abs(value - centres[best]!)) best = index;
  return best;
};
