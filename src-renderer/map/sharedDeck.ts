import { Deck, type Layer, View, Viewport } from '@deck.gl/core';

/**
 * deck.gl inside another renderer's WebGL2 context: it draws into the same colour and depth buffer, so that data on the
 * ground is hidden by what stands before it. Its own frame loop is stopped; the owner of the context calls `draw`, and an
 * idle scene costs nothing. `_drawLayers` and the frame loop are private to deck.gl: its version is pinned.
 */
export type SharedDeck = {
  readonly ready: boolean;
  /** Draws over what is already in the frame buffer. The caller resets its own state before and after. */
  draw(camera: SharedCamera, layers: readonly Layer[]): void;
  dispose(): void;
};
/** A perspective camera, z up. Matrices are column-major world → camera. */
export type SharedCamera = {
  readonly view: ArrayLike<number>;
  readonly position: readonly [number, number, number];
  /** Vertical field of view, degrees. */
  readonly fov: number;
  readonly near: number;
  readonly far: number;
  /** Camera to the point it looks at, metres: where sizes in pixels are true. */
  readonly distance: number;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
};

type ViewportOptions = NonNullable<ConstructorParameters<typeof Viewport>[0]>;
/** deck.gl hands the whole view state on to the viewport. */
type SharedViewState = (View extends View<infer S> ? S : never) & { readonly camera: SharedCamera };
const stateOf = (camera: SharedCamera): Record<string, SharedViewState> => ({ [VIEW]: { camera } });

class SharedViewport extends Viewport {
  constructor(options: ViewportOptions & { camera?: SharedCamera }) {
    const { camera } = options;
    if (camera === undefined) {
      super(options);
      return;
    }
    // View space is scaled so that deck.gl's unit of one pixel at the focal distance is right; depth in clip space stays the same.
    const focal = 0.5 / Math.tan((camera.fov * Math.PI) / 360);
    const scale = focal / camera.distance;
    const viewMatrix = Array.from(camera.view);
    for (let column = 0; column < 4; column += 1) for (let row = 0; row < 3; row += 1) viewMatrix[column * 4 + row] = viewMatrix[column * 4 + row]! * scale;
    const { longitude: _longitude, ...rest } = options;
    super({ ...rest, viewMatrix, fovy: camera.fov, focalDistance: focal, near: camera.near * scale, far: camera.far * scale, position: [0, 0, 0], zoom: Math.log2(scale * camera.height) });
  }
}

class SharedView extends View {
  getViewportType() {
    return SharedViewport;
  }
  protected get ControllerType() {
    return undefined as never;
  }
}

type Internals = {
  readonly animationLoop: { stop(): void } | null;
  readonly layerManager: { updateLayers(): void } | null;
  readonly device: { setParametersWebGL(parameters: Record<string, unknown>): void };
  _drawLayers(reason: string, options: { clearStack: boolean; clearCanvas: boolean }): void;
};

const VIEW = 'shared';
const FIRST: SharedCamera = { view: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, -10, 1], position: [0, 0, 10], fov: 40, near: 1, far: 100, distance: 10, width: 1, height: 1 };

/** Attaches deck.gl to a context. `onReady` is called once it may draw (later, from a promise). */
export const createSharedDeck = (context: WebGL2RenderingContext, options: { devicePixels: number; onReady: () => void; onError: (error: Error) => void }): SharedDeck => {
  let ready = false;
  let disposed = false;
  const deck = new Deck<View[]>({
    gl: context,
    width: null,
    height: null,
    views: [new SharedView({ id: VIEW })],
    viewState: stateOf(FIRST),
    controller: false,
    useDevicePixels: options.devicePixels,
    layers: [],
    _customRender: () => {
      // The owner of the context draws, in `draw`.
    },
    onLoad: () => {
      if (disposed) return;
      ready = true;
      options.onReady();
    },
    onError: options.onError,
  });
  let shown: readonly Layer[] | null = null;
  const inner = deck as unknown as Internals;
  return {
    get ready() {
      return ready;
    },
    draw(camera, layers) {
      if (!ready || disposed) return;
      // The loop starts itself once after loading; stopping is idempotent.
      inner.animationLoop?.stop();
      deck.setProps(layers === shown ? { viewState: stateOf(camera) } : { viewState: stateOf(camera), layers: [...layers] });
      shown = layers;
      inner.layerManager?.updateLayers();
      context.bindFramebuffer(context.FRAMEBUFFER, null);
      inner.device.setParametersWebGL({ depthMask: true, depthTest: true, depthFunc: context.LEQUAL, blend: true, blendFunc: [context.SRC_ALPHA, context.ONE_MINUS_SRC_ALPHA, context.ONE, context.ONE_MINUS_SRC_ALPHA], polygonOffsetFill: true, cull: false });
      inner._drawLayers('shared', { clearStack: false, clearCanvas: false });
    },
    dispose() {
      disposed = true;
      deck.finalize();
    },
  };
};
