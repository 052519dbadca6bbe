const HALF_TURN_MS = 500;

/** Flashes every `.flash` of this page together, at 1 Hz, half of the time lit, for as long as the page lives. */
export const startFlash = (): void => {
  setInterval(() => document.documentElement.toggleAttribute('data-unlit'), HALF_TURN_MS);
};
