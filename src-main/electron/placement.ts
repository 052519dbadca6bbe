/** A rectangle on the desktop, device-independent pixels. */
export type Bounds = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
/** A monitor as the operating system reports it. */
export type Screen = { readonly id: number; readonly bounds: Bounds; readonly primary: boolean };
/** Where the window of one display of the site file stands. A rescued one lost its monitor and waits on the primary, not full screen. */
export type Placement = { readonly display: string; readonly screen: number; readonly bounds: Bounds; readonly rescued: boolean };

/**
 * One window per display of the site file, in its order: the first on the primary monitor, the others from left to right. A display without
 * a monitor gets no window, unless its window is `open` already: then it is rescued to the primary, so that nothing vanishes with a monitor.
 */
export const placeWindows = (displays: readonly string[], screens: readonly Screen[], open: ReadonlySet<string>): readonly Placement[] => {
  const ordered = screens.toSorted((a, b) => Number(b.primary) - Number(a.primary) || a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y);
  const [primary] = ordered;
  if (primary === undefined) return [];
  return displays.flatMap((display, place): Placement[] => {
    const own = ordered[place];
    if (own !== undefined) return [{ display, screen: own.id, bounds: own.bounds, rescued: false }];
    return open.has(display) ? [{ display, screen: primary.id, bounds: inset(primary.bounds), rescued: true }] : [];
  });
};

/** Three quarters of a monitor, centred: the window below stays reachable. */
const inset = ({ x, y, width, height }: Bounds): Bounds => ({ x: Math.round(x + width / 8), y: Math.round(y + height / 8), width: Math.round(width * 0.75), height: Math.round(height * 0.75) });
