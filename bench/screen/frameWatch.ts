/** One frame in which something was drawn with WebGL. */
export type DrawnFrame = { readonly at: number; /** Time in the callbacks of requestAnimationFrame, ms. */ readonly cpuMs: number; readonly drawCalls: number };

type Callback = (at: number) => void;
/** What of a browser the watch touches; it runs in the page, where this room's types do not reach. */
type PageWorld = { requestAnimationFrame(run: Callback): number; performance: { now(): number }; WebGL2RenderingContext: { prototype: Record<string, (...given: unknown[]) => unknown> }; anlanFrames: () => DrawnFrame[] };

/** Goes into the page before its own scripts: counts draw calls and times what a frame costs the main thread. `anlanFrames()` hands over what came since it was last asked. */
export const watchFrames = (): void => {
  const page = globalThis as unknown as PageWorld;
  let frames: DrawnFrame[] = [];
  let [stamp, cpuMs, drawCalls] = [-1, 0, 0];
  const close = () => {
    if (drawCalls > 0) frames.push({ at: stamp, cpuMs, drawCalls });
    [cpuMs, drawCalls] = [0, 0];
  };
  for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced', 'drawRangeElements']) {
    const { prototype } = page.WebGL2RenderingContext;
    const draw = prototype[name];
    if (draw === undefined) continue;
    prototype[name] = function counted(this: unknown, ...given: unknown[]) {
      drawCalls += 1;
      return draw.apply(this, given);
    };
  }
  const request = page.requestAnimationFrame.bind(globalThis);
  // All callbacks of one frame carry the same time.
  page.requestAnimationFrame = (run) =>
    request((at) => {
      if (at !== stamp) close();
      stamp = at;
      const from = page.performance.now();
      run(at);
      cpuMs += page.performance.now() - from;
    });
  page.anlanFrames = () => {
    close();
    const taken = frames;
    frames = [];
    return taken;
  };
};
