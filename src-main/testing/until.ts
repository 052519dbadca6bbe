/** Waits until `check` is true, looking every 10 ms; fails with `what` after `ms`. */
export const until = async (check: () => boolean, what: string, ms = 10_000): Promise<void> => {
  const deadline = performance.now() + ms;
  while (!check()) {
    if (performance.now() > deadline) throw new Error(`did not happen within ${ms} ms: ${what}`);
    await pause(10);
  }
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
