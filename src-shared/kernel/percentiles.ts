/** The last `capacity` measurements, for percentiles; the oldest give way. */
export type Recorder = { add(measurement: number): void; percentile(share: number): number; clear(): void; readonly count: number };

export const createRecorder = (capacity = 4_096): Recorder => {
  const ring = new Float64Array(capacity);
  let count = 0;
  let sorted: Float64Array | null = null;
  return {
    add(measurement) {
      ring[count % capacity] = measurement;
      count += 1;
      sorted = null;
    },
    /** `share` 0…1; 0 when nothing was measured. */
    percentile(share) {
      const filled = Math.min(count, capacity);
      if (filled === 0) return 0;
      sorted ??= ring.slice(0, filled).sort();
      return sorted[Math.min(filled - 1, Math.ceil(share * filled) - 1)] ?? sorted[0] ?? 0;
    },
    clear() {
      count = 0;
      sorted = null;
    },
    get count() {
      return Math.min(count, capacity);
    },
  };
};
