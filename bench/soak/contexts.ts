/** WebGL contexts of a page: made since it opened, lost by the browser, and alive (made and neither lost nor collected with its canvas). */
export type Contexts = { readonly made: number; readonly lost: number; readonly alive: number };

/** Runs in the page before anything else and counts the contexts that it makes: `window.anlanContexts()`. A text, because this room knows no DOM. */
export const COUNT_CONTEXTS = `
  const canvases = [];
  const known = new WeakSet();
  const gone = new WeakSet();
  let lost = 0;
  for (const prototype of [HTMLCanvasElement.prototype, OffscreenCanvas.prototype]) {
    const own = prototype.getContext;
    prototype.getContext = function (...input) {
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
  }
  window.anlanContexts = () => ({
    made: canvases.length,
    lost,
    alive: canvases.map((each) => each.deref()).filter((canvas) => canvas !== undefined && !gone.has(canvas)).length,
  });
`;
