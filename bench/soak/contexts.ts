/** WebGL contexts of a page: made since it opened, lost by the browser, and alive (made and neither lost nor collected with its canvas). */
export type Contexts = { readonly made: number; readonly lost: number; readonly alive: number };

/** Runs in the page before anything else: counts the contexts that it makes. */
export const countContexts = (): void => {
  const canvases: WeakRef<HTMLCanvasElement | OffscreenCanvas>[] = [];
  const gone = new WeakSet<object>();
  let lost = 0;
  const count = (prototype: { getContext: (this: never, ...input: never[]) => unknown }) => {
    const own = prototype.getContext as (this: unknown, ...input: unknown[]) => unknown;
    const known = new WeakSet<object>();
    (prototype as { getContext: unknown }).getContext = function (this: HTMLCanvasElement, ...input: unknown[]) {
      const context = own.apply(this, input);
      if (context !== null && String(input[0]).startsWith('webgl') && !known.has(this)) {
        known.add(this);
        canvases.push(new WeakRef(this));
        this.addEventListener('webglcontextlost', () => {
          lost += 1;
          gone.add(this);
        });
      }
      return context;
    };
  };
  count(HTMLCanvasElement.prototype as never);
  count(OffscreenCanvas.prototype as never);
  Object.assign(window, {
    anlanContexts: (): Contexts => {
      const alive = canvases.map((each) => each.deref()).filter((canvas) => canvas !== undefined && !gone.has(canvas));
      return { made: canvases.length, lost, alive: alive.length };
    },
  });
};
