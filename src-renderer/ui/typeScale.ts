/**
 * The base type size of a screen (screens.md rule 14): a Chinese glyph of body text spans 24 arc-minutes at the viewing
 * distance. Never smaller than 12.5 px, never so large that fewer than 46 rows fit a desk or 30 a wall.
 */
export const baseFontPx = ({ width, height, diagonalInches, distanceM, wall }: ScreenGeometry): number => {
  const pixelsPerMetre = Math.hypot(width, height) / (diagonalInches * 0.0254);
  const glyph = distanceM * Math.tan((24 / 60) * (Math.PI / 180)) * pixelsPerMetre;
  const rows = wall ? 30 : 46;
  return Math.round(Math.max(12.5, Math.min(glyph, height / rows)) * 2) / 2;
};

export type ScreenGeometry = { readonly width: number; readonly height: number; readonly diagonalInches: number; readonly distanceM: number; readonly wall: boolean };

/** Geometry from the page's address: `?distance=4&diagonal=75`; a 24-inch desk monitor at 0.6 m or a 75-inch wall at 4 m otherwise. */
export const screenGeometry = ({ search, width, height, wall }: { readonly search: string; readonly width: number; readonly height: number; readonly wall: boolean }): ScreenGeometry => {
  const given = new URLSearchParams(search);
  const read = (name: string, least: number, otherwise: number) => {
    const value = Number(given.get(name));
    return given.has(name) && Number.isFinite(value) && value >= least ? value : otherwise;
  };
  return { width, height, wall, diagonalInches: read('diagonal', 5, wall ? 75 : 24), distanceM: read('distance', 0.3, wall ? 4 : 0.6) };
};
